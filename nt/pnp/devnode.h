/* SPDX-License-Identifier: MIT */
/*
 * The plug and play manager: devnodes, and the sequences that start and remove the device stack on each.
 *
 * The root bus is the only bus here: a devnode that something outside asks for gets a physical device object from it, on
 * which the function driver's AddDevice stacks the rest.
 */
#ifndef NT_DEVNODE_H
#define NT_DEVNODE_H

#include "nt/internal.h"

struct devnode;

enum devnode_state
{
    DEVNODE_INITIALIZED,
    DEVNODE_ADDED,
    DEVNODE_STARTED,
    DEVNODE_REMOVE_PENDING,
    DEVNODE_SURPRISE_REMOVED,
    DEVNODE_REMOVED,
    DEVNODE_STATE_COUNT,
};

enum devnode_event
{
    DEVNODE_EVENT_ADD,
    DEVNODE_EVENT_START,
    DEVNODE_EVENT_QUERY_REMOVE,
    DEVNODE_EVENT_CANCEL_REMOVE,
    DEVNODE_EVENT_SURPRISE_REMOVE,
    DEVNODE_EVENT_REMOVE,
    DEVNODE_EVENT_COUNT,
};

/*
 * Makes a root-enumerated devnode: "echo" becomes the instance ROOT\ECHO\0000, or the next free number. A name that is empty,
 * or has a blank, a control character, a slash, a back slash or a # in it, is STATUS_OBJECT_NAME_INVALID.
 */
RUNTIME_API NTSTATUS devnode_create(const char *device, PDRIVER_OBJECT driver, struct devnode **ret_devnode);

/*
 * Drives the devnode's machine by one event. Events of one devnode come one at a time. Returns the status of the action;
 * STATUS_INVALID_DEVICE_STATE when the state does not know the event. IRQL: PASSIVE_LEVEL.
 */
RUNTIME_API NTSTATUS devnode_event(struct devnode *devnode, enum devnode_event event);

/* AddDevice and start. On failure the stack is gone again and the devnode can be freed. */
RUNTIME_API NTSTATUS devnode_start(struct devnode *devnode);

/* Query-remove and remove. Fails with STATUS_DEVICE_BUSY while files are open, or with a driver's veto. */
RUNTIME_API NTSTATUS devnode_remove(struct devnode *devnode);

/* The device is gone without warning. Waits until the last open file is closed, then removes the stack. */
RUNTIME_API NTSTATUS devnode_surprise_remove(struct devnode *devnode);

/* Ends a devnode that has no stack. Accepts NULL. The memory stays while device objects of its stack refer to it. */
RUNTIME_API void devnode_free(struct devnode *devnode);

RUNTIME_API enum devnode_state devnode_state(const struct devnode *devnode);

/* The instance path, such as ROOT\ECHO\0000. */
const UNICODE_STRING *devnode_instance(const struct devnode *devnode);

/* The physical device object, the bottom of the stack. */
PDEVICE_OBJECT devnode_pdo(const struct devnode *devnode);

/* What a device object holds that belongs to the devnode's stack. Accept NULL. */
void devnode_reference(struct devnode *devnode);
void devnode_release(struct devnode *devnode);

/* Open files hold off the removal of a devnode; one that is opened too late is refused. NULL is a device without a devnode. */
bool devnode_file_opened(struct devnode *devnode);
void devnode_file_closed(struct devnode *devnode);

/*
 * Waits until no file is open, and refuses all that come later. A function driver calls this when its device has lost its
 * names and before it ceases to exist. IRQL: PASSIVE_LEVEL.
 */
void devnode_refuse_files(struct devnode *devnode);

/* For tests: whether a state knows an event, and what follows success. */
RUNTIME_API bool devnode_transition(enum devnode_state state, enum devnode_event event, enum devnode_state *ret_next);

#endif /* NT_DEVNODE_H */
