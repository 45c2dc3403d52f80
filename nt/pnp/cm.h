/* SPDX-License-Identifier: MIT */
/*
 * The plug and play manager as the configuration manager's functions see it: devnodes by number, interfaces by name, and
 * notification, in types that both flavours of the published headers have.
 *
 * A number belongs to one devnode for ever; when that has left the tree, every function answers STATUS_NO_SUCH_DEVICE. Texts
 * are UTF-16 and zero-terminated; names of interfaces begin with \\?\ here. What is returned in a device_value is the
 * caller's, for value_free(). Besides what stands below, everything may fail with STATUS_INSUFFICIENT_RESOURCES. All wait, and
 * are called at PASSIVE_LEVEL.
 */
#ifndef NT_PNP_CM_H
#define NT_PNP_CM_H

#include <stdbool.h>
#include <stdint.h>

#include "nt/pnp/value.h"

/*
 * The tree.
 */

/*
 * Finds by instance path; NULL or an empty one is the root. A device that is gone, but held by open files, is there for
 * phantom only. STATUS_NO_SUCH_DEVICE, STATUS_OBJECT_NAME_INVALID for what cannot be an instance path.
 */
NTSTATUS cm_locate(const WCHAR *path, bool phantom, uint32_t *ret_number);

enum cm_relation
{
    CM_RELATION_PARENT,
    CM_RELATION_CHILD,
    CM_RELATION_SIBLING,
};

/* STATUS_NO_MORE_ENTRIES when there is none. A sibling is the next one. */
NTSTATUS cm_relative(uint32_t number, enum cm_relation relation, uint32_t *ret_number);
NTSTATUS cm_depth(uint32_t number, uint32_t *ret_depth);
NTSTATUS cm_instance(uint32_t number, struct device_value *ret_path);

/* DN_* bits and a CM_PROB_* number. */
NTSTATUS cm_status(uint32_t number, uint32_t *ret_status, uint32_t *ret_problem);

enum cm_list
{
    CM_LIST_ALL,
    /* Of one enumerator, or one device of it: ENUMERATOR or ENUMERATOR\DEVICE. */
    CM_LIST_ENUMERATOR,
    CM_LIST_SERVICE,
    /* A GUID in braces. */
    CM_LIST_CLASS,
    /* The children of a devnode. */
    CM_LIST_BUS_RELATIONS,
};

/* The instance paths, each with its zero, and one more at the end. */
NTSTATUS cm_list_instances(enum cm_list list, const WCHAR *filter, bool present_only, struct device_value *ret_paths);

/*
 * What is done to a devnode; it waits for the result. A removal that is vetoed says by whom, in UTF-8.
 */

struct cm_veto
{
    int type;
    char who[256];
};

enum cm_action
{
    CM_ACTION_ENUMERATE,
    /* Only asks for the enumeration. */
    CM_ACTION_REQUEST_ENUMERATION,
    CM_ACTION_ENABLE,
    CM_ACTION_DISABLE,
    CM_ACTION_REMOVE,
    CM_ACTION_EJECT,
};

/* The veto's type is zero when there was none; it may be NULL. */
NTSTATUS cm_act(uint32_t number, enum cm_action action, struct cm_veto *ret_veto);

/*
 * Properties, with the statuses of nt/pnp/device_property.h.
 */
NTSTATUS cm_get_property(uint32_t number, const DEVPROPKEY *key, struct device_value *ret_value);
NTSTATUS cm_set_property(uint32_t number, const DEVPROPKEY *key, DEVPROPTYPE type, ULONG size, const void *data);
NTSTATUS cm_list_properties(uint32_t number, struct device_value *ret_keys);

/*
 * Interfaces. STATUS_OBJECT_PATH_NOT_FOUND for a name that none has.
 */

/* The names of a class, of one devnode unless the path is NULL or empty, as a list. The statuses of cm_locate() too. */
NTSTATUS cm_list_interfaces(const GUID *class, const WCHAR *path, bool enabled_only, struct device_value *ret_names);
NTSTATUS cm_get_interface_property(const WCHAR *name, const DEVPROPKEY *key, struct device_value *ret_value);
NTSTATUS cm_set_interface_property(const WCHAR *name, const DEVPROPKEY *key, DEVPROPTYPE type, ULONG size, const void *data);
NTSTATUS cm_list_interface_properties(const WCHAR *name, struct device_value *ret_keys);

/* The name of the interface of another class with the same device and reference. STATUS_OBJECT_NAME_NOT_FOUND when there is none. */
NTSTATUS cm_interface_alias(const WCHAR *name, const GUID *class, struct device_value *ret_name);

/* Opens the registry key of the interface; made when missing if creates says so. STATUS_OBJECT_NAME_NOT_FOUND when it is not. */
NTSTATUS cm_open_interface_key(const WCHAR *name, bool creates, ULONG access, HANDLE *ret_key);

/*
 * Notification. Of interfaces and instances it is told on a worker, in the order in which it happened; of what happens to the device
 * behind a handle on the thread that drives the device, which must not be made to wait for another change of the same device.
 */

/* The numbers are those of the configuration manager. */
enum cm_event
{
    CM_EVENT_INTERFACE_ARRIVAL,
    CM_EVENT_INTERFACE_REMOVAL,
    /* Any answer but zero is a veto. */
    CM_EVENT_QUERY_REMOVE,
    CM_EVENT_QUERY_REMOVE_FAILED,
    CM_EVENT_REMOVE_PENDING,
    CM_EVENT_REMOVE_COMPLETE,
    CM_EVENT_CUSTOM,
    CM_EVENT_INSTANCE_ENUMERATED,
    CM_EVENT_INSTANCE_STARTED,
    CM_EVENT_INSTANCE_REMOVED,
};

struct cm_news
{
    enum cm_event event;
    /* Of an interface: its class; of a custom event: its kind. */
    const GUID *guid;
    /* The name of an interface, or the path of an instance; bytes without the terminator. */
    const WCHAR *text;
    size_t text_bytes;
    /* Of a custom event. */
    int32_t name_offset;
    const void *data;
    size_t size;
};

struct cm_notification;

typedef uint32_t cm_callback(struct cm_notification *notification, const struct cm_news *news, void *context);

/* A class of NULL is all of them. What is there already is not told. */
NTSTATUS cm_listen_to_interfaces(const GUID *class, cm_callback *callback, void *context,
                                 struct cm_notification **ret_notification);

/* A path of NULL is all instances; the device need not be there. */
NTSTATUS cm_listen_to_instance(const WCHAR *path, cm_callback *callback, void *context,
                               struct cm_notification **ret_notification);

/* The statuses of ObReferenceObjectByHandle(); STATUS_NOT_SUPPORTED when the file's device has no devnode. */
NTSTATUS cm_listen_to_handle(HANDLE file, cm_callback *callback, void *context, struct cm_notification **ret_notification);

/*
 * No callback runs afterwards, and none begins. STATUS_POSSIBLE_DEADLOCK, with the registration as it was, in its own callback;
 * STATUS_INVALID_HANDLE for what is no registration.
 */
NTSTATUS cm_unlisten(struct cm_notification *notification);

#endif /* NT_PNP_CM_H */
