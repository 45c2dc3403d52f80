/* SPDX-License-Identifier: MIT */
/*
 * Notification: who wants to hear of device interfaces that come and go, and of what happens to the device behind a file.
 *
 * News of interfaces is told on a worker, one after the other in the order in which it happened: by the time that somebody
 * hears of an arrival the name leads to the device, unless a removal follows. News of a device is told on the thread that drives the devnode.
 * A callback runs at PASSIVE_LEVEL without locks, and one registration is never called twice at the same time.
 */
#ifndef NT_NOTIFICATION_H
#define NT_NOTIFICATION_H

#include "nt/internal.h"
#include "nt/pnp/devnode.h"
#include "nt/thread/lane.h"

struct interface;
struct notification;
struct notification_post;

enum notification_event
{
    NOTIFICATION_INTERFACE_ARRIVAL,
    NOTIFICATION_INTERFACE_REMOVAL,
    /* The device is to be removed; a failure status is a veto. */
    NOTIFICATION_QUERY_REMOVE,
    /* Follows a query that was answered, also one that was answered by a veto. */
    NOTIFICATION_REMOVE_CANCELLED,
    /* The orderly removal has begun, which nobody can stop any more. */
    NOTIFICATION_REMOVE_PENDING,
    /* The device is gone, orderly or not. Nothing follows. */
    NOTIFICATION_REMOVE_COMPLETE,
    /* What a driver of the device reported with IoReportTargetDeviceChange. */
    NOTIFICATION_CUSTOM,
    /* A devnode is in the tree, was started, has left the tree. */
    NOTIFICATION_INSTANCE_ENUMERATED,
    NOTIFICATION_INSTANCE_STARTED,
    NOTIFICATION_INSTANCE_REMOVED,
};

struct notification_news
{
    enum notification_event event;
    /* Of an interface; the name begins with \??\. Of an instance the name is its path. */
    const GUID *class;
    const UNICODE_STRING *name;
    const TARGET_DEVICE_CUSTOM_NOTIFICATION *custom;
};

typedef NTSTATUS notification_callback(const struct notification_news *news, void *context);

/* The part of the machine that notifies. */
struct notifications
{
    struct platform_mutex lock;
    struct platform_condition quiet;
    LIST_ENTRY registered;
    struct lane lane;
    struct devnode_listener listener;
};

/* From machine_make(), after the plug and play manager was made. */
void notifications_make(struct notifications *notifications, LIST_ENTRY *devnode_listeners);

/*
 * Registers for the interfaces of a class, NULL for all. Existing ones are told as arrivals before this returns; one that comes at the
 * same time may be told twice. STATUS_INSUFFICIENT_RESOURCES. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS notification_register_interfaces(const GUID *class, bool include_existing, notification_callback *callback,
                                          void *context, struct notification **ret_notification);

/* Registers for what happens to a devnode. */
NTSTATUS notification_register_target(struct devnode *devnode, notification_callback *callback, void *context,
                                      struct notification **ret_notification);

/* Registers for devnodes that come and go: the one with the path, NULL for all. Told on the worker, as interfaces are. */
NTSTATUS notification_register_instances(const UNICODE_STRING *path, notification_callback *callback, void *context,
                                         struct notification **ret_notification);

/* Whether the caller runs in the registration's callback. */
bool notification_is_current(struct notification *notification);

/*
 * Ends a registration. No callback runs afterwards, and none begins; except that a callback may end its own registration. IRQL:
 * PASSIVE_LEVEL.
 */
void notification_unregister(struct notification *notification);

/*
 * News of an interface to be told. It is made beforehand, because there may be no memory; patient ones wait until there is.
 * Posting consumes it.
 */
struct notification_post *notification_post_create(bool patient);
void notification_post_free(struct notification_post *post);
void notification_post_interface(struct notification_post *post, struct interface *interface, enum notification_event event);

/* Waits until all news of interfaces that was posted before has been told. Not from a callback. */
RUNTIME_API void notification_settle(void);

#endif /* NT_NOTIFICATION_H */
