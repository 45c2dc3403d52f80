/* SPDX-License-Identifier: MIT */
/*
 * The plug and play manager: the tree of devnodes, and the sequences that start, stop, eject and remove the device stack on
 * each.
 *
 * A devnode comes from a bus driver, which reports its physical device objects, or from somebody outside who asks for a
 * root-enumerated device. Functions here may be called by several threads at once, at PASSIVE_LEVEL and not from a driver's PnP
 * callback, unless they say otherwise; they wait for the result. What follows from it for other devices (children that a bus
 * reported, say) goes on by itself: pnp_settle() waits for that.
 */
#ifndef NT_DEVNODE_H
#define NT_DEVNODE_H

#include "nt/internal.h"

struct devnode;

enum devnode_state
{
    /* There is no stack yet. */
    DEVNODE_INITIALIZED,
    /* The drivers have attached to it. */
    DEVNODE_ADDED,
    DEVNODE_STARTED,
    /* The drivers have agreed to stop for other resources. */
    DEVNODE_STOP_PENDING,
    DEVNODE_STOPPED,
    /* The drivers have agreed to be removed. */
    DEVNODE_REMOVE_PENDING,
    /* The drivers know that the device is gone; the stack waits for its last file to be closed. */
    DEVNODE_SURPRISE_REMOVED,
    /* There is no stack any more. */
    DEVNODE_REMOVED,
    DEVNODE_STATE_COUNT,
};

enum devnode_event
{
    DEVNODE_EVENT_ADD,
    DEVNODE_EVENT_START,
    DEVNODE_EVENT_QUERY_STOP,
    DEVNODE_EVENT_CANCEL_STOP,
    DEVNODE_EVENT_STOP,
    DEVNODE_EVENT_QUERY_REMOVE,
    DEVNODE_EVENT_CANCEL_REMOVE,
    DEVNODE_EVENT_SURPRISE_REMOVE,
    DEVNODE_EVENT_REMOVE,
    DEVNODE_EVENT_COUNT,
};

/* Who said no to a removal, stop or disabling, and why. type is a PNP_VETO_TYPE of the configuration manager. */
struct devnode_veto
{
    int type;
    NTSTATUS status;
    /* The instance path of the devnode, cut if need be. */
    char who[256];
};

/*
 * Making and ending root-enumerated devnodes.
 */

/*
 * Makes a root-enumerated devnode: "echo" becomes the instance ROOT\ECHO\0000, or the next free number. A name that is empty,
 * longer than 190 units, or has a blank, a control character, a slash, a back slash or a # in it, is STATUS_OBJECT_NAME_INVALID. driver is its
 * function driver; with NULL the driver database decides, which knows it by the hardware identifier ROOT\echo.
 */
RUNTIME_API NTSTATUS devnode_create(const char *device, PDRIVER_OBJECT driver, struct devnode **ret_devnode);

/*
 * Ends a root-enumerated devnode; a stack that it still has, or has again, is removed by surprise. Accepts NULL. The memory stays
 * while somebody refers to it.
 */
RUNTIME_API void devnode_free(struct devnode *devnode);

/*
 * Removes and frees the devices that a driver has reported itself (IoReportDetectedDevice), because it is about to be unloaded:
 * in order if nobody objects, by surprise otherwise, which waits for the last close.
 */
RUNTIME_API void devnode_free_detected(PDRIVER_OBJECT driver);

/*
 * Sequences. The first three are also how a devnode is tried again that could not be started before. While the machine is on its
 * way to sleep or back they wait; while it sleeps, those that start a stack (start, enable, restart, rebalance) change nothing and
 * are STATUS_POWER_STATE_INVALID.
 */

/*
 * AddDevice of the filters and the function driver, resources, start, and the question which children there are; those start
 * by themselves. On failure the stack is gone again, and the devnode's problem tells why.
 */
RUNTIME_API NTSTATUS devnode_start(struct devnode *devnode);

/*
 * Query-remove and remove of the devnode and everything below it, and of what it must not be without. Fails with
 * STATUS_DEVICE_BUSY while files are open, or with a driver's veto; then everything goes on. veto may be NULL.
 */
RUNTIME_API NTSTATUS devnode_remove(struct devnode *devnode);
RUNTIME_API NTSTATUS devnode_remove_or_veto(struct devnode *devnode, struct devnode_veto *veto);

/* The device is gone without warning. Waits until the last open file is closed, then removes the stack. */
RUNTIME_API NTSTATUS devnode_surprise_remove(struct devnode *devnode);

/* The same, and returns as soon as the drivers have been told; the rest follows by itself. */
RUNTIME_API NTSTATUS devnode_surprise_remove_begin(struct devnode *devnode);

/*
 * Removes the stack, as devnode_remove() does, and keeps the devnode until it is enabled again. A device that cannot be
 * disabled, or has such a one below it, is STATUS_NOT_SUPPORTED with the veto PNP_VetoNonDisableable.
 */
RUNTIME_API NTSTATUS devnode_disable(struct devnode *devnode, struct devnode_veto *veto);
RUNTIME_API NTSTATUS devnode_enable(struct devnode *devnode);

/* Removes the stack and starts it anew. */
RUNTIME_API NTSTATUS devnode_restart(struct devnode *devnode, struct devnode_veto *veto);

/*
 * Stops the devnode's stack and starts it with the resources that the machine has for it now. What runs below it is asked and
 * stopped before it and started after it; anybody's veto leaves everything as it is. What does not start again is removed by
 * surprise; the status is the devnode's own.
 */
RUNTIME_API NTSTATUS devnode_rebalance(struct devnode *devnode, struct devnode_veto *veto);

/* Removes the devnode, those below it, and its ejection relations, then tells the bus driver to eject it. */
RUNTIME_API NTSTATUS devnode_eject(struct devnode *devnode, struct devnode_veto *veto);

/* Asks the devnode's stack which children it has, at once, and waits for the answer. */
RUNTIME_API NTSTATUS devnode_enumerate(struct devnode *devnode);

/* Tells the stack that a file of the special type is, or is no longer, on the device. The stack may say no. */
RUNTIME_API NTSTATUS devnode_notify_usage(struct devnode *devnode, DEVICE_USAGE_NOTIFICATION_TYPE type, bool in_path);

/*
 * Root-enumerated devices, for who plays their hardware: from which system states they can wake (PowerSystemWorking: themselves
 * only; PowerSystemUnspecified, as at first: not at all), and waking: the device's wait-wake packet succeeds. False when there is
 * none. IRQL: up to DISPATCH_LEVEL.
 */
RUNTIME_API void devnode_set_root_wake(SYSTEM_POWER_STATE deepest);
RUNTIME_API bool devnode_wake(struct devnode *devnode);

/* Waits until a device power packet that asked for this state is through, the last one that was. D0 before there is any. */
RUNTIME_API void devnode_wait_for_power(struct devnode *devnode, DEVICE_POWER_STATE state);

/*
 * Asks the stack for an interface, as drivers ask each other. The interface is referenced for the caller when it succeeds;
 * STATUS_NOT_SUPPORTED when nobody has it. specific may be NULL.
 */
RUNTIME_API NTSTATUS devnode_query_interface(struct devnode *devnode, const GUID *type, USHORT size, USHORT version,
                                             PINTERFACE ret_interface, void *specific);

/* Asks the stack which physical device a file on it is for (target relation). The device is referenced for the caller. */
RUNTIME_API NTSTATUS devnode_query_target(struct devnode *devnode, PDEVICE_OBJECT *ret_pdo);

/*
 * Drives the devnode's machine by one event, without its neighbours. Returns the status of the action;
 * STATUS_INVALID_DEVICE_STATE when the state does not know the event.
 */
RUNTIME_API NTSTATUS devnode_event(struct devnode *devnode, enum devnode_event event);

/* Waits until nothing that was asked for is under way or waits to be. Not for those whom it could wait for. */
RUNTIME_API void pnp_settle(void);

/*
 * Requests that only note what is wanted. They need no memory; the same request made twice before its turn is one.
 * IRQL: up to DISPATCH_LEVEL, also from a driver's callback.
 */
RUNTIME_API void devnode_request_start(struct devnode *devnode);
RUNTIME_API void devnode_request_enumeration(struct devnode *devnode);
RUNTIME_API void devnode_request_state_check(struct devnode *devnode);
RUNTIME_API void devnode_request_surprise_removal(struct devnode *devnode);

/* A device that has failed is to begin anew: surprise removal, and a start when its last file has been closed. */
RUNTIME_API void devnode_request_restart(struct devnode *devnode);

/*
 * Looking at the tree. What is returned is referenced.
 */

/* The root of the tree, not referenced: it lasts. */
RUNTIME_API struct devnode *devnode_root(void);
RUNTIME_API struct devnode *devnode_find(const UNICODE_STRING *path);
RUNTIME_API struct devnode *devnode_find_utf8(const char *path);
RUNTIME_API struct devnode *devnode_parent(struct devnode *devnode);

/* The first child (after is NULL) or the next one; gives the reference on after back. NULL at the end. */
RUNTIME_API struct devnode *devnode_next_child(struct devnode *parent, struct devnode *after);

/*
 * All children at one moment, referenced, whoever of them goes meanwhile. *ret_children is given back with devnode_release_all();
 * NULL when there are none. STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS devnode_children(struct devnode *parent, struct devnode ***ret_children, uint32_t *ret_count);
void devnode_release_all(struct devnode **devnodes, uint32_t count);
RUNTIME_API uint32_t devnode_child_count(struct devnode *devnode);
RUNTIME_API enum devnode_state devnode_state(const struct devnode *devnode);

/* A CM_PROB_* number, zero for none, and the status that caused it. */
RUNTIME_API uint32_t devnode_problem(const struct devnode *devnode, NTSTATUS *ret_status);

/* The instance path, such as ROOT\ECHO\0000. Lives as long as the devnode. */
RUNTIME_API const UNICODE_STRING *devnode_instance(const struct devnode *devnode);

/* The physical device object, the bottom of the stack; NULL when the bus has taken it back. */
RUNTIME_API PDEVICE_OBJECT devnode_pdo(const struct devnode *devnode);

/* What was learned at the enumeration. The strings and lists belong to the devnode: for who drives it, or is told of it. */
struct devnode_identity
{
    UNICODE_STRING device_id;
    UNICODE_STRING hardware_ids;
    UNICODE_STRING compatible_ids;
    UNICODE_STRING description;
    UNICODE_STRING location;
    GUID container;
    PNP_BUS_INFORMATION bus;
    bool has_bus;
    DEVICE_CAPABILITIES capabilities;
    PDRIVER_OBJECT driver;
    PNP_DEVICE_STATE pnp_state;
    const CM_RESOURCE_LIST *boot_resources;
    const IO_RESOURCE_REQUIREMENTS_LIST *requirements;
    const CM_RESOURCE_LIST *raw;
    const CM_RESOURCE_LIST *translated;
};
RUNTIME_API const struct devnode_identity *devnode_identity(const struct devnode *devnode,
                                                            struct devnode_identity *ret_identity);

/* The devnode of a physical device object; NULL when the device is none that the manager knows. Not referenced. */
RUNTIME_API struct devnode *devnode_of_pdo(PDEVICE_OBJECT device);

/* The same for published functions that take one: anything else is the bug check PNP_DETECTED_FATAL_ERROR. */
struct devnode *devnode_require_pdo(PDEVICE_OBJECT device);

RUNTIME_API void devnode_reference(struct devnode *devnode);
RUNTIME_API void devnode_release(struct devnode *devnode);

/*
 * Hearing of events.
 */

enum devnode_news
{
    /* The devnode is in the tree. */
    DEVNODE_NEWS_ARRIVED,
    DEVNODE_NEWS_STARTED,
    DEVNODE_NEWS_START_FAILED,
    DEVNODE_NEWS_STOPPED,
    /* Before the drivers are asked. A failure status of a listener is a veto. */
    DEVNODE_NEWS_QUERY_REMOVE,
    DEVNODE_NEWS_REMOVE_CANCELLED,
    /* The removal has begun and cannot be stopped; the stack is still there. */
    DEVNODE_NEWS_REMOVING,
    DEVNODE_NEWS_SURPRISE_REMOVED,
    /* The stack is gone. */
    DEVNODE_NEWS_REMOVED,
    /* The devnode has left the tree. */
    DEVNODE_NEWS_GONE,
    DEVNODE_NEWS_CHILDREN_CHANGED,
};

/*
 * Hears of every event of one devnode in its order, without locks, on the thread that drives the devnode; it must not wait for
 * another event of the same devnode. The status counts where the event says so.
 */
struct devnode_listener
{
    LIST_ENTRY link;
    NTSTATUS (*hear)(struct devnode *devnode, enum devnode_news news, void *context);
    void *context;
};

/* The listener's memory is the caller's, and in use until devnode_unlisten() returns. Both wait for a quiet moment. */
RUNTIME_API void devnode_listen(struct devnode_listener *listener);
RUNTIME_API void devnode_unlisten(struct devnode_listener *listener);

/*
 * The driver database: which drivers a device gets, and which resources.
 */

/* Returns the driver object of a service, loaded if need be; it stays loaded while devices of it are there. */
typedef NTSTATUS devnode_driver_loader(const UNICODE_STRING *service, void *context, PDRIVER_OBJECT *ret_driver);

RUNTIME_API void devnode_set_driver_loader(devnode_driver_loader *loader, void *context);

enum devnode_filter
{
    DEVNODE_FILTER_LOWER_DEVICE,
    DEVNODE_FILTER_LOWER_CLASS,
    DEVNODE_FILTER_UPPER_DEVICE,
    DEVNODE_FILTER_UPPER_CLASS,
    DEVNODE_FILTER_COUNT,
};

/*
 * A device with this hardware or compatible identifier, or this instance path, gets the service's function driver, and the
 * filters of the class (a text such as a class GUID, NULL for none). A later match of the same identifier replaces an earlier
 * one. All texts are UTF-8 and copied. STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_PARAMETER.
 */
RUNTIME_API NTSTATUS devnode_add_match(const char *identifier, const char *service, const char *class_name);

/* Filters of a device are found by identifier or instance path, those of a class by its name; in the order of their addition. */
RUNTIME_API NTSTATUS devnode_add_filter(enum devnode_filter kind, const char *identifier_or_class, const char *service);

/*
 * What a device with this identifier or instance path is started with; copied. Either may be NULL for none; a translated list
 * of NULL beside a raw one means that they are the same.
 */
RUNTIME_API NTSTATUS devnode_set_resources(const char *identifier, const CM_RESOURCE_LIST *raw,
                                           const CM_RESOURCE_LIST *translated);

/* Forgets all of it. */
RUNTIME_API void devnode_clear_database(void);

/*
 * A sequence that is stuck is reported after the time limit (60 seconds unless set) and goes on waiting. The text names the
 * packet, the devnode and the driver that has it. NULL and zero restore what is usual: standard error, 60 seconds.
 */
typedef void pnp_report(const char *text, void *context);
RUNTIME_API void pnp_set_report(pnp_report *report, void *context, int64_t patience_nanoseconds);

/*
 * Files.
 */

/* Open files hold off the removal of a devnode; one that is opened too late is refused. NULL is a device without a devnode. */
RUNTIME_API bool devnode_file_opened(struct devnode *devnode);
RUNTIME_API void devnode_file_closed(struct devnode *devnode);

/*
 * Waits until no file is open, and refuses all that come later. A function driver calls this when its device has lost its
 * names and before it ceases to exist. IRQL: PASSIVE_LEVEL.
 */
void devnode_refuse_files(struct devnode *devnode);

/* For tests: whether a state knows an event, and what follows success. */
RUNTIME_API bool devnode_transition(enum devnode_state state, enum devnode_event event, enum devnode_state *ret_next);

#endif /* NT_DEVNODE_H */
