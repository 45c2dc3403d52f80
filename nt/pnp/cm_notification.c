/* SPDX-License-Identifier: MIT */
/*
 * Notification for the configuration manager.
 */
#include "nt/internal.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/pnp/cm.h"
#include "nt/pnp/notification.h"
#include "nt/rtl/string.h"

#define SIGNATURE 'nfmC'

/* The notification's callback may run before the registration returns, so everything is filled in before it. */
struct cm_notification
{
    ULONG signature;
    struct notification *notification;
    cm_callback *callback;
    void *context;
};

static enum cm_event event_of(enum notification_event event)
{
    static const enum cm_event events[] = {
        [NOTIFICATION_INTERFACE_ARRIVAL] = CM_EVENT_INTERFACE_ARRIVAL,
        [NOTIFICATION_INTERFACE_REMOVAL] = CM_EVENT_INTERFACE_REMOVAL,
        [NOTIFICATION_QUERY_REMOVE] = CM_EVENT_QUERY_REMOVE,
        [NOTIFICATION_REMOVE_CANCELLED] = CM_EVENT_QUERY_REMOVE_FAILED,
        [NOTIFICATION_REMOVE_PENDING] = CM_EVENT_REMOVE_PENDING,
        [NOTIFICATION_REMOVE_COMPLETE] = CM_EVENT_REMOVE_COMPLETE,
        [NOTIFICATION_CUSTOM] = CM_EVENT_CUSTOM,
        [NOTIFICATION_INSTANCE_ENUMERATED] = CM_EVENT_INSTANCE_ENUMERATED,
        [NOTIFICATION_INSTANCE_STARTED] = CM_EVENT_INSTANCE_STARTED,
        [NOTIFICATION_INSTANCE_REMOVED] = CM_EVENT_INSTANCE_REMOVED,
    };

    return events[event];
}

static void describe_custom(const TARGET_DEVICE_CUSTOM_NOTIFICATION *custom, struct cm_news *news)
{
    news->guid = &custom->Event;
    news->name_offset = custom->NameBufferOffset;
    news->data = custom->CustomDataBuffer;
    news->size = custom->Size - (size_t)FIELD_OFFSET(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer);
}

static NTSTATUS tell(const struct notification_news *news, void *context)
{
    struct cm_notification *notification = context;
    struct cm_news told = {.event = event_of(news->event), .guid = news->class};

    if (news->name != NULL)
    {
        told.text = news->name->Buffer;
        told.text_bytes = news->name->Length;
    }
    if (news->custom != NULL)
    {
        describe_custom(news->custom, &told);
    }
    return notification->callback(notification, &told, notification->context) == 0 ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

static struct cm_notification *create(cm_callback *callback, void *context, struct cm_notification **ret_notification)
{
    struct cm_notification *notification = platform_zalloc(sizeof(*notification));

    if (notification != NULL)
    {
        *notification = (struct cm_notification){.signature = SIGNATURE, .callback = callback, .context = context};
        *ret_notification = notification;
    }
    return notification;
}

static void destroy(struct cm_notification *notification)
{
    notification->signature = 0;
    platform_free(notification, sizeof(*notification));
}

static NTSTATUS finish(struct cm_notification *notification, NTSTATUS status, struct cm_notification **ret_notification)
{
    if (!NT_SUCCESS(status))
    {
        *ret_notification = NULL;
        destroy(notification);
    }
    return status;
}

NTSTATUS cm_listen_to_interfaces(const GUID *class, cm_callback *callback, void *context,
                                 struct cm_notification **ret_notification)
{
    struct cm_notification *notification = create(callback, context, ret_notification);

    if (notification == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return finish(notification,
                  notification_register_interfaces(class, false, tell, notification, &notification->notification),
                  ret_notification);
}

NTSTATUS cm_listen_to_instance(const WCHAR *path, cm_callback *callback, void *context,
                               struct cm_notification **ret_notification)
{
    struct cm_notification *notification = create(callback, context, ret_notification);
    UNICODE_STRING text;

    if (notification == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlInitUnicodeString(&text, path);
    return finish(
        notification,
        notification_register_instances(path == NULL ? NULL : &text, tell, notification, &notification->notification),
        ret_notification);
}

NTSTATUS cm_listen_to_handle(HANDLE file, cm_callback *callback, void *context, struct cm_notification **ret_notification)
{
    struct cm_notification *notification;
    struct devnode *devnode;
    PFILE_OBJECT object;
    NTSTATUS status = ObReferenceObjectByHandle(file, 0, *IoFileObjectType, UserMode, (PVOID *)&object, NULL);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    devnode = devobj_extension(object->DeviceObject)->devnode;
    notification = devnode == NULL ? NULL : create(callback, context, ret_notification);
    if (notification != NULL)
    {
        status = finish(notification, notification_register_target(devnode, tell, notification, &notification->notification),
                        ret_notification);
    }
    else
    {
        status = devnode == NULL ? STATUS_NOT_SUPPORTED : STATUS_INSUFFICIENT_RESOURCES;
    }
    ObDereferenceObject(object);
    return status;
}

NTSTATUS cm_unlisten(struct cm_notification *notification)
{
    if (notification == NULL || notification->signature != SIGNATURE)
    {
        return STATUS_INVALID_HANDLE;
    }
    if (notification_is_current(notification->notification))
    {
        return STATUS_POSSIBLE_DEADLOCK;
    }
    notification_unregister(notification->notification);
    destroy(notification);
    return STATUS_SUCCESS;
}
