/* SPDX-License-Identifier: MIT */
/*
 * Notification of interfaces and target devices.
 */
#include "nt/pnp/notification.h"

#include <string.h>

#include "nt/machine.h"
#include "nt/pnp/interface.h"
#include "nt/rtl/string.h"

struct notification
{
    /* Guarded by the lock of all registrations. A registration stays in the list while it is referenced. */
    LIST_ENTRY link;
    uint32_t references;
    bool ended;
    /* Who runs the callback now. */
    struct platform_thread *runner;
    /* A query was answered and neither cancelled nor followed by the removal. */
    bool queried;
    bool complete;

    /* Constant. A target registration has a devnode, one for interfaces may have a class, one for instances a path. */
    struct devnode *devnode;
    bool is_for_instances;
    bool any_class;
    GUID class;
    UNICODE_STRING path;
    notification_callback *callback;
    void *context;
};

struct notification_post
{
    struct lane_post post;
    /* One of the two, referenced. */
    struct interface *interface;
    struct devnode *devnode;
    enum notification_event event;
};

static struct notifications *notifications(void)
{
    return &machine()->notifications;
}

/*
 * The list of registrations.
 */

/* The caller holds the lock. Returns whether the memory is to be freed, without the lock. */
static bool release_locked(struct notification *notification)
{
    if (--notification->references != 0)
    {
        return false;
    }
    RemoveEntryList(&notification->link);
    return true;
}

static void free_notification(struct notification *notification)
{
    devnode_release(notification->devnode);
    string_free(&notification->path);
    platform_free(notification, sizeof(*notification));
}

static void release(struct notification *notification)
{
    bool last;

    platform_mutex_lock(&notifications()->lock);
    last = release_locked(notification);
    platform_mutex_unlock(&notifications()->lock);
    if (last)
    {
        free_notification(notification);
    }
}

/* The next registration after one (NULL for the first), referenced; gives the reference on after back. */
static struct notification *next_registered(struct notification *after)
{
    struct notifications *all = notifications();
    struct notification *next = NULL;
    PLIST_ENTRY link;
    bool last = false;

    platform_mutex_lock(&all->lock);
    link = after == NULL ? all->registered.Flink : after->link.Flink;
    if (link != &all->registered)
    {
        next = CONTAINING_RECORD(link, struct notification, link);
        next->references++;
    }
    if (after != NULL)
    {
        last = release_locked(after);
    }
    platform_mutex_unlock(&all->lock);
    if (last)
    {
        free_notification(after);
    }
    return next;
}

/* Calls back, unless the registration has ended. One callback of it runs at a time. */
static NTSTATUS tell(struct notification *notification, const struct notification_news *news)
{
    struct notifications *all = notifications();
    struct platform_thread *self = platform_current();
    struct platform_thread *outer;
    NTSTATUS status = STATUS_SUCCESS;
    bool wanted;

    platform_mutex_lock(&all->lock);
    while (notification->runner != NULL && notification->runner != self)
    {
        (void)platform_condition_wait(&all->quiet, &all->lock, PLATFORM_FOREVER);
    }
    outer = notification->runner;
    wanted = !notification->ended;
    notification->runner = wanted ? self : outer;
    platform_mutex_unlock(&all->lock);
    if (!wanted)
    {
        return STATUS_SUCCESS;
    }
    status = notification->callback(news, notification->context);
    platform_mutex_lock(&all->lock);
    notification->runner = outer;
    platform_condition_broadcast(&all->quiet);
    platform_mutex_unlock(&all->lock);
    return status;
}

static struct notification *create_notification(notification_callback *callback, void *context)
{
    struct notification *notification = platform_zalloc(sizeof(*notification));

    if (notification != NULL)
    {
        /* One for the registration, one for who registers. */
        notification->references = 2;
        notification->callback = callback;
        notification->context = context;
    }
    return notification;
}

static void enter(struct notification *notification)
{
    platform_mutex_lock(&notifications()->lock);
    InsertTailList(&notifications()->registered, &notification->link);
    platform_mutex_unlock(&notifications()->lock);
}

void notification_unregister(struct notification *notification)
{
    struct notifications *all = notifications();
    bool last;

    platform_mutex_lock(&all->lock);
    notification->ended = true;
    while (notification->runner != NULL && notification->runner != platform_current())
    {
        (void)platform_condition_wait(&all->quiet, &all->lock, PLATFORM_FOREVER);
    }
    last = release_locked(notification);
    platform_mutex_unlock(&all->lock);
    if (last)
    {
        free_notification(notification);
    }
}

bool notification_is_current(struct notification *notification)
{
    bool is_current;

    platform_mutex_lock(&notifications()->lock);
    is_current = notification->runner == platform_current();
    platform_mutex_unlock(&notifications()->lock);
    return is_current;
}

/*
 * Interfaces.
 */

static bool wants_interface(const struct notification *notification, const struct interface *interface)
{
    return notification->devnode == NULL && !notification->is_for_instances &&
           (notification->any_class || memcmp(&notification->class, &interface->class, sizeof(GUID)) == 0);
}

static void tell_of_interface(struct notification *notification, struct interface *interface, enum notification_event event)
{
    struct notification_news news = {.event = event, .class = &interface->class, .name = &interface->name};

    if (wants_interface(notification, interface))
    {
        (void)tell(notification, &news);
    }
}

static void tell_of_existing(struct notification *notification)
{
    const GUID *class = notification->any_class ? NULL : &notification->class;
    struct interface *interface = interface_next(NULL, class, NULL, true);

    while (interface != NULL)
    {
        tell_of_interface(notification, interface, NOTIFICATION_INTERFACE_ARRIVAL);
        interface = interface_next(interface, class, NULL, true);
    }
}

NTSTATUS notification_register_interfaces(const GUID *class, bool include_existing, notification_callback *callback,
                                          void *context, struct notification **ret_notification)
{
    struct notification *notification = create_notification(callback, context);

    if (notification == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    notification->any_class = class == NULL;
    if (class != NULL)
    {
        notification->class = *class;
    }
    *ret_notification = notification;
    enter(notification);
    if (include_existing)
    {
        tell_of_existing(notification);
    }
    release(notification);
    return STATUS_SUCCESS;
}

struct notification_post *notification_post_create(bool patient)
{
    struct notification_post *post = platform_zalloc(sizeof(*post));

    while (post == NULL && patient)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        post = platform_zalloc(sizeof(*post));
    }
    return post;
}

void notification_post_free(struct notification_post *post)
{
    if (post != NULL)
    {
        platform_free(post, sizeof(*post));
    }
}

static void tell_all_of_interface(struct lane_post *lane_post, void *context)
{
    struct notification_post *post = context;
    struct notification *notification = next_registered(NULL);

    (void)lane_post;
    while (notification != NULL)
    {
        tell_of_interface(notification, post->interface, post->event);
        notification = next_registered(notification);
    }
    interface_release(post->interface);
    notification_post_free(post);
}

void notification_post_interface(struct notification_post *post, struct interface *interface, enum notification_event event)
{
    interface_reference(interface);
    post->interface = interface;
    post->event = event;
    lane_post(&notifications()->lane, &post->post, tell_all_of_interface, post);
}

void notification_settle(void)
{
    lane_flush(&notifications()->lane);
}

/*
 * Target devices.
 */

NTSTATUS notification_register_target(struct devnode *devnode, notification_callback *callback, void *context,
                                      struct notification **ret_notification)
{
    struct notification *notification = create_notification(callback, context);

    if (notification == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    notification->devnode = devnode;
    devnode_reference(devnode);
    *ret_notification = notification;
    enter(notification);
    release(notification);
    return STATUS_SUCCESS;
}

/* Whether the registration is to hear of this; only the thread that drives the devnode asks. */
static bool wants_target_event(struct notification *notification, enum notification_event event)
{
    bool queried = notification->queried;

    if (notification->complete)
    {
        return false;
    }
    notification->queried = event == NOTIFICATION_QUERY_REMOVE;
    notification->complete = event == NOTIFICATION_REMOVE_COMPLETE;
    return event != NOTIFICATION_REMOVE_CANCELLED || queried;
}

/* Asks until the first veto; tells everybody of what is a fact. */
static NTSTATUS tell_all_of_target(struct devnode *devnode, enum notification_event event)
{
    struct notification_news news = {.event = event};
    struct notification *notification = next_registered(NULL);
    NTSTATUS status = STATUS_SUCCESS;

    while (notification != NULL)
    {
        if (notification->devnode == devnode && NT_SUCCESS(status) && wants_target_event(notification, event))
        {
            NTSTATUS answer = tell(notification, &news);

            status = event == NOTIFICATION_QUERY_REMOVE ? answer : STATUS_SUCCESS;
        }
        notification = next_registered(notification);
    }
    return status;
}

/*
 * Instances.
 */

NTSTATUS notification_register_instances(const UNICODE_STRING *path, notification_callback *callback, void *context,
                                         struct notification **ret_notification)
{
    struct notification *notification = create_notification(callback, context);
    NTSTATUS status = notification == NULL ? STATUS_INSUFFICIENT_RESOURCES :
                      path == NULL         ? STATUS_SUCCESS :
                                             string_duplicate(path, &notification->path);

    if (!NT_SUCCESS(status))
    {
        if (notification != NULL)
        {
            free_notification(notification);
        }
        return status;
    }
    notification->is_for_instances = true;
    *ret_notification = notification;
    enter(notification);
    release(notification);
    return STATUS_SUCCESS;
}

static void tell_all_of_instance(struct lane_post *lane_post, void *context)
{
    struct notification_post *post = context;
    struct notification_news news = {.event = post->event, .name = devnode_instance(post->devnode)};
    struct notification *notification = next_registered(NULL);

    (void)lane_post;
    while (notification != NULL)
    {
        if (notification->is_for_instances &&
            (notification->path.Length == 0 || RtlEqualUnicodeString(&notification->path, news.name, TRUE)))
        {
            (void)tell(notification, &news);
        }
        notification = next_registered(notification);
    }
    devnode_release(post->devnode);
    notification_post_free(post);
}

/* Whether anybody wants to hear of devnodes; what is not told needs no memory. */
static bool somebody_wants_instances(void)
{
    struct notifications *all = notifications();
    bool wanted = false;

    platform_mutex_lock(&all->lock);
    for (PLIST_ENTRY link = all->registered.Flink; link != &all->registered && !wanted; link = link->Flink)
    {
        wanted = CONTAINING_RECORD(link, struct notification, link)->is_for_instances;
    }
    platform_mutex_unlock(&all->lock);
    return wanted;
}

static void post_instance(struct devnode *devnode, enum notification_event event)
{
    struct notification_post *post = somebody_wants_instances() ? notification_post_create(true) : NULL;

    if (post != NULL)
    {
        devnode_reference(devnode);
        post->devnode = devnode;
        post->event = event;
        lane_post(&notifications()->lane, &post->post, tell_all_of_instance, post);
    }
}

static NTSTATUS hear(struct devnode *devnode, enum devnode_news news, void *context)
{
    (void)context;
    switch (news)
    {
        case DEVNODE_NEWS_QUERY_REMOVE:
            return tell_all_of_target(devnode, NOTIFICATION_QUERY_REMOVE);
        case DEVNODE_NEWS_REMOVE_CANCELLED:
            return tell_all_of_target(devnode, NOTIFICATION_REMOVE_CANCELLED);
        case DEVNODE_NEWS_REMOVING:
            return tell_all_of_target(devnode, NOTIFICATION_REMOVE_PENDING);
        case DEVNODE_NEWS_ARRIVED:
            post_instance(devnode, NOTIFICATION_INSTANCE_ENUMERATED);
            return STATUS_SUCCESS;
        case DEVNODE_NEWS_STARTED:
            post_instance(devnode, NOTIFICATION_INSTANCE_STARTED);
            return STATUS_SUCCESS;
        case DEVNODE_NEWS_SURPRISE_REMOVED:
        case DEVNODE_NEWS_REMOVED:
            return tell_all_of_target(devnode, NOTIFICATION_REMOVE_COMPLETE);
        case DEVNODE_NEWS_GONE:
            interface_forget_all(devnode);
            post_instance(devnode, NOTIFICATION_INSTANCE_REMOVED);
            return STATUS_SUCCESS;
        default:
            return STATUS_SUCCESS;
    }
}

void notifications_make(struct notifications *all, LIST_ENTRY *devnode_listeners)
{
    InitializeListHead(&all->registered);
    lane_initialize(&all->lane, DelayedWorkQueue);
    all->listener.hear = hear;
    InsertTailList(devnode_listeners, &all->listener.link);
}

/*
 * Reports of a device's own drivers.
 */

static NTSTATUS check_report(const TARGET_DEVICE_CUSTOM_NOTIFICATION *report)
{
    static const GUID reserved[] = {
        {0xcb3a4006, 0x46f0, 0x11d0, {0xb0, 0x8f, 0x00, 0x60, 0x97, 0x13, 0x05, 0x3f}},
        {0xcb3a4007, 0x46f0, 0x11d0, {0xb0, 0x8f, 0x00, 0x60, 0x97, 0x13, 0x05, 0x3f}},
        {0xcb3a4008, 0x46f0, 0x11d0, {0xb0, 0x8f, 0x00, 0x60, 0x97, 0x13, 0x05, 0x3f}},
    };

    if (report->Size < FIELD_OFFSET(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer) || report->FileObject != NULL ||
        report->Version != 1)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    for (size_t index = 0; index < ARRAYSIZE(reserved); index++)
    {
        if (memcmp(&report->Event, &reserved[index], sizeof(GUID)) == 0)
        {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
    }
    return STATUS_SUCCESS;
}

static void tell_all_of_report(struct devnode *devnode, const TARGET_DEVICE_CUSTOM_NOTIFICATION *report)
{
    struct notification_news news = {.event = NOTIFICATION_CUSTOM, .custom = report};
    struct notification *notification = next_registered(NULL);

    while (notification != NULL)
    {
        if (notification->devnode == devnode)
        {
            (void)tell(notification, &news);
        }
        notification = next_registered(notification);
    }
}

struct report_post
{
    struct lane_post post;
    struct devnode *devnode;
    PDEVICE_CHANGE_COMPLETE_CALLBACK callback;
    void *context;
    size_t size;
    TARGET_DEVICE_CUSTOM_NOTIFICATION report;
};

static void tell_of_posted_report(struct lane_post *lane_post, void *context)
{
    struct report_post *post = context;
    PDEVICE_CHANGE_COMPLETE_CALLBACK callback = post->callback;
    void *callback_context = post->context;

    (void)lane_post;
    tell_all_of_report(post->devnode, &post->report);
    devnode_release(post->devnode);
    platform_free(post, post->size);
    if (callback != NULL)
    {
        callback(callback_context);
    }
}

/*
 * Published entry points.
 */
NTSTATUS IoReportTargetDeviceChange(PDEVICE_OBJECT PhysicalDeviceObject, PVOID NotificationStructure)
{
    struct devnode *devnode = devnode_require_pdo(PhysicalDeviceObject);
    NTSTATUS status = check_report(NotificationStructure);

    if (NT_SUCCESS(status))
    {
        tell_all_of_report(devnode, NotificationStructure);
    }
    return status;
}

NTSTATUS IoReportTargetDeviceChangeAsynchronous(PDEVICE_OBJECT PhysicalDeviceObject, PVOID NotificationStructure,
                                                PDEVICE_CHANGE_COMPLETE_CALLBACK Callback, PVOID Context)
{
    const TARGET_DEVICE_CUSTOM_NOTIFICATION *report = NotificationStructure;
    struct devnode *devnode = devnode_require_pdo(PhysicalDeviceObject);
    NTSTATUS status = check_report(report);
    struct report_post *post;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    post = platform_zalloc(sizeof(*post) + report->Size);
    if (post == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    post->size = sizeof(*post) + report->Size;
    post->devnode = devnode;
    devnode_reference(devnode);
    post->callback = Callback;
    post->context = Context;
    memcpy(&post->report, report, report->Size);
    lane_post(&notifications()->lane, &post->post, tell_of_posted_report, post);
    return STATUS_PENDING;
}
