/* SPDX-License-Identifier: MIT */
/*
 * The names of devices, and symbolic links to them, in the object namespace. Names compare without regard to case; \DosDevices\,
 * \GLOBAL??\ and \??\ are the same directory, and \\?\ and \\.\ are taken for it too.
 */
#ifndef NT_NAMESPACE_H
#define NT_NAMESPACE_H

#include "nt/internal.h"

enum namespace_event
{
    NAMESPACE_LINK_ADDED,
    NAMESPACE_LINK_REMOVED,
};

/* Hears of symbolic links under \??\: the part behind it, in UTF-8. Called without locks, in the order of the changes. */
typedef void namespace_observer(enum namespace_event event, const char *name, void *context);

/*
 * Both fail with STATUS_OBJECT_NAME_COLLISION when the name is taken, STATUS_OBJECT_NAME_INVALID unless it begins with \,
 * STATUS_OBJECT_PATH_NOT_FOUND when there is no such directory. The name holds a reference.
 */
NTSTATUS namespace_insert_device(const UNICODE_STRING *name, PDEVICE_OBJECT device);
NTSTATUS namespace_insert_link(const UNICODE_STRING *name, const UNICODE_STRING *target);

/*
 * Removes the link that has this name, without allocating. STATUS_OBJECT_NAME_NOT_FOUND when nothing has the name,
 * STATUS_OBJECT_TYPE_MISMATCH when something else has. A device loses its name by object_unname().
 */
NTSTATUS namespace_remove(const UNICODE_STRING *name);

/*
 * Finds the device that a path leads to, through links, and references it. A path may continue behind the device's name:
 * *ret_rest is that part, with what a link put in front of it, for string_free(). The path begins at root, NULL for the namespace's.
 */
NTSTATUS namespace_find_device(void *root, const UNICODE_STRING *path, PDEVICE_OBJECT *ret_device, UNICODE_STRING *ret_rest);

/* Installs the one observer of the machine and tells it of the links that exist already. NULL removes it. */
RUNTIME_API void namespace_observe(namespace_observer *observer, void *context);

#endif /* NT_NAMESPACE_H */
