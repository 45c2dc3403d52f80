/* SPDX-License-Identifier: MIT */
/*
 * Notification for programs. What a callback is told lies in one block that ends with a name or with data.
 */
#include "nt/win32/cfgmgr.h"

#include <string.h>

struct registration
{
    struct cm_notification *notification;
    PCM_NOTIFY_CALLBACK callback;
    void *context;
};

static CM_NOTIFY_FILTER_TYPE filter_of(enum cm_event event)
{
    return event <= CM_EVENT_INTERFACE_REMOVAL   ? CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE :
           event >= CM_EVENT_INSTANCE_ENUMERATED ? CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE :
                                                   CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE;
}

/* How many bytes the event takes: what stands before its tail, and the tail with a terminator. */
static size_t event_size(const struct cm_news *news)
{
    switch (filter_of(news->event))
    {
        case CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE:
            return (size_t)FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceInterface.SymbolicLink) + news->text_bytes +
                   sizeof(WCHAR);
        case CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE:
            return (size_t)FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceInstance.InstanceId) + news->text_bytes +
                   sizeof(WCHAR);
        default:
            return (size_t)FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceHandle.Data) + news->size;
    }
}

static void fill_event(const struct cm_news *news, PCM_NOTIFY_EVENT_DATA data)
{
    data->FilterType = filter_of(news->event);
    switch (data->FilterType)
    {
        case CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE:
            data->u.DeviceInterface.ClassGuid = *news->guid;
            memcpy((char *)data + FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceInterface.SymbolicLink), news->text,
                   news->text_bytes);
            data->u.DeviceInterface.SymbolicLink[1] = '\\';
            break;
        case CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE:
            memcpy((char *)data + FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceInstance.InstanceId), news->text,
                   news->text_bytes);
            break;
        default:
            data->u.DeviceHandle.NameOffset = news->event == CM_EVENT_CUSTOM ? news->name_offset : -1;
            data->u.DeviceHandle.DataSize = (DWORD)news->size;
            if (news->event == CM_EVENT_CUSTOM)
            {
                data->u.DeviceHandle.EventGuid = *news->guid;
                memcpy((char *)data + FIELD_OFFSET(CM_NOTIFY_EVENT_DATA, u.DeviceHandle.Data), news->data, news->size);
            }
            break;
    }
}

/* Nothing may be left out for want of memory, so this waits until there is some. */
static PCM_NOTIFY_EVENT_DATA make_event(size_t size)
{
    PCM_NOTIFY_EVENT_DATA data = platform_zalloc(size);

    while (data == NULL)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        data = platform_zalloc(size);
    }
    return data;
}

static uint32_t tell(struct cm_notification *notification, const struct cm_news *news, void *context)
{
    const struct registration *registration = context;
    size_t told = event_size(news);
    size_t size = told < sizeof(CM_NOTIFY_EVENT_DATA) ? sizeof(CM_NOTIFY_EVENT_DATA) : told;
    PCM_NOTIFY_EVENT_DATA data = make_event(size);
    DWORD answer;

    fill_event(news, data);
    answer = registration->callback((HCMNOTIFICATION)(ULONG_PTR)context, registration->context,
                                    (CM_NOTIFY_ACTION)news->event, data, (DWORD)size);
    platform_free(data, size);
    return answer;
}

/*
 * Filters.
 */

static bool is_zero(const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;

    while (size > 0 && *byte == 0)
    {
        byte++;
        size--;
    }
    return size == 0;
}

static NTSTATUS listen_to_instance(const CM_NOTIFY_FILTER *filter, struct registration *registration)
{
    bool all = (filter->Flags & CM_NOTIFY_FILTER_FLAG_ALL_DEVICE_INSTANCES) != 0;
    const WCHAR *path = filter->u.DeviceInstance.InstanceId;
    size_t length = 0;

    while (length < ARRAYSIZE(filter->u.DeviceInstance.InstanceId) && path[length] != 0)
    {
        length++;
    }
    if (all != (length == 0) || length == ARRAYSIZE(filter->u.DeviceInstance.InstanceId))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return cm_listen_to_instance(all ? NULL : path, tell, registration, &registration->notification);
}

static NTSTATUS listen_to_class(const CM_NOTIFY_FILTER *filter, struct registration *registration)
{
    bool all = (filter->Flags & CM_NOTIFY_FILTER_FLAG_ALL_INTERFACE_CLASSES) != 0;

    if (all && !is_zero(&filter->u.DeviceInterface.ClassGuid, sizeof(GUID)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return cm_listen_to_interfaces(all ? NULL : &filter->u.DeviceInterface.ClassGuid, tell, registration,
                                   &registration->notification);
}

/* Each kind has the flags that make sense for it. */
static bool is_good_filter(const CM_NOTIFY_FILTER *filter)
{
    static const DWORD flags[] = {
        [CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE] = CM_NOTIFY_FILTER_FLAG_ALL_INTERFACE_CLASSES,
        [CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE] = 0,
        [CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE] = CM_NOTIFY_FILTER_FLAG_ALL_DEVICE_INSTANCES,
    };

    return filter != NULL && filter->cbSize == sizeof(*filter) && filter->Reserved == 0 &&
           (unsigned)filter->FilterType < CM_NOTIFY_FILTER_TYPE_MAX && (filter->Flags & ~flags[filter->FilterType]) == 0;
}

static NTSTATUS listen(const CM_NOTIFY_FILTER *filter, struct registration *registration)
{
    switch (filter->FilterType)
    {
        case CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE:
            return listen_to_class(filter, registration);
        case CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE:
            return listen_to_instance(filter, registration);
        default:
            return cm_listen_to_handle(filter->u.DeviceHandle.hTarget, tell, registration, &registration->notification);
    }
}

CONFIGRET WINAPI CM_Register_Notification(PCM_NOTIFY_FILTER pFilter, PVOID pContext, PCM_NOTIFY_CALLBACK pCallback,
                                          PHCMNOTIFICATION pNotifyContext)
{
    struct registration *registration;
    NTSTATUS status;

    if (pNotifyContext == NULL)
    {
        return CR_FAILURE;
    }
    *pNotifyContext = NULL;
    if (pCallback == NULL || !is_good_filter(pFilter))
    {
        return CR_INVALID_DATA;
    }
    registration = platform_zalloc(sizeof(*registration));
    if (registration == NULL)
    {
        return CR_OUT_OF_MEMORY;
    }
    registration->callback = pCallback;
    registration->context = pContext;
    /* A callback that runs at once may look at it. */
    *pNotifyContext = (HCMNOTIFICATION)(ULONG_PTR)registration;
    status = listen(pFilter, registration);
    if (status < 0)
    {
        *pNotifyContext = NULL;
        platform_free(registration, sizeof(*registration));
    }
    return cfgmgr_result(status);
}

/* In its own callback this would wait for itself: it fails, and the registration stays. */
CONFIGRET WINAPI CM_Unregister_Notification(HCMNOTIFICATION NotifyContext)
{
    struct registration *registration = (struct registration *)(ULONG_PTR)NotifyContext;
    NTSTATUS status;

    if (registration == NULL)
    {
        return CR_INVALID_DATA;
    }
    status = cm_unlisten(registration->notification);
    if (status >= 0)
    {
        platform_free(registration, sizeof(*registration));
    }
    return cfgmgr_result(status);
}
