/* SPDX-License-Identifier: MIT */
/*
 * Power settings: values by GUID, and those who want to hear of their changes.
 */
#include <string.h>

#include "nt/power/power.h"

/* GUID_ACDC_POWER_SOURCE and GUID_LIDSWITCH_STATE_CHANGE. */
#define ACDC_POWER_SOURCE                                  \
    {                                                      \
        0x5d3e9a59, 0xe9d5, 0x4b00,                        \
        {                                                  \
            0xa6, 0xbd, 0xff, 0x34, 0xff, 0x51, 0x65, 0x48 \
        }                                                  \
    }
#define LIDSWITCH_STATE_CHANGE                             \
    {                                                      \
        0xba3e0f4d, 0xb817, 0x4094,                        \
        {                                                  \
            0xa2, 0xd1, 0xd5, 0x63, 0x79, 0xe6, 0xa0, 0xf3 \
        }                                                  \
    }

struct value
{
    LIST_ENTRY link;
    GUID setting;
    /* Counts the changes of all settings. */
    uint64_t change;
    ULONG length;
    size_t size;
    unsigned char data[];
};

struct registration
{
    LIST_ENTRY link;
    GUID setting;
    PPOWER_SETTING_CALLBACK callback;
    void *context;
    /* The order of registration, by which a walk keeps its place while no lock is held. */
    uint64_t order;
    /* The change that it was told of last. */
    uint64_t told;
    uint32_t references;
    /* Who runs the callback now, zero for nobody; it is not run twice at once. */
    uint32_t runner;
    bool unregistered;
};

/* What a machine on mains power with a monitor says before anybody has set anything. */
static const struct default_value
{
    GUID setting;
    ULONG value;
} defaults[] = {
    /* GUID_ACDC_POWER_SOURCE: mains. */
    {ACDC_POWER_SOURCE, PoAc},
    /* GUID_MONITOR_POWER_ON, GUID_CONSOLE_DISPLAY_STATE: on. */
    {{0x02731015, 0x4510, 0x4526, {0x99, 0xe6, 0xe5, 0xa1, 0x7e, 0xbd, 0x1a, 0xea}}, 1},
    {{0x6fe69556, 0x704a, 0x47a0, {0x8f, 0x24, 0xc2, 0x8d, 0x93, 0x6f, 0xda, 0x47}}, 1},
    /* GUID_BATTERY_PERCENTAGE_REMAINING. */
    {{0xa7ad8041, 0xb45a, 0x4cae, {0x87, 0xa3, 0xee, 0xcb, 0xb4, 0x68, 0xa9, 0xe1}}, 100},
    /* GUID_LIDSWITCH_STATE_CHANGE: open. */
    {{0xba3e0f4d, 0xb817, 0x4094, {0xa2, 0xd1, 0xd5, 0x63, 0x79, 0xe6, 0xa0, 0xf3}}, 1},
};

static bool same_guid(const GUID *first, const GUID *second)
{
    return memcmp(first, second, sizeof(*first)) == 0;
}

/* The caller holds the lock. */
static struct value *find_value(const GUID *setting)
{
    for (PLIST_ENTRY link = power()->setting_values.Flink; link != &power()->setting_values; link = link->Flink)
    {
        struct value *value = CONTAINING_RECORD(link, struct value, link);

        if (same_guid(&value->setting, setting))
        {
            return value;
        }
    }
    return NULL;
}

static struct value *create_value(const GUID *setting, const void *data, ULONG length)
{
    size_t size = sizeof(struct value) + length;
    struct value *value = platform_zalloc(size);

    if (value != NULL)
    {
        value->setting = *setting;
        value->length = length;
        value->size = size;
        if (length != 0)
        {
            memcpy(value->data, data, length);
        }
    }
    return value;
}

/* A copy of the current value. *ret_value is NULL when the setting has none. */
static NTSTATUS copy_value(const GUID *setting, struct value **ret_value)
{
    const struct value *value;
    bool known;

    platform_mutex_lock(&power()->settings);
    value = find_value(setting);
    known = value != NULL;
    *ret_value = known ? create_value(setting, value->data, value->length) : NULL;
    if (*ret_value != NULL)
    {
        (*ret_value)->change = value->change;
    }
    platform_mutex_unlock(&power()->settings);
    for (size_t index = 0; !known && index < ARRAYSIZE(defaults); index++)
    {
        if (same_guid(&defaults[index].setting, setting))
        {
            known = true;
            *ret_value = create_value(setting, &defaults[index].value, sizeof(ULONG));
            break;
        }
    }
    return known && *ret_value == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/*
 * Telling.
 */

/* The caller holds the lock. */
static void release_locked(struct registration *registration)
{
    if (--registration->references == 0)
    {
        platform_free(registration, sizeof(*registration));
    }
}

/*
 * The caller holds the lock, which is given up while the callback runs, and a reference. Two threads that change a setting may
 * come here in the other order: what is older than what was told is not told any more.
 */
static void tell(struct registration *registration, const struct value *value)
{
    uint32_t self = platform_current()->id;

    while (registration->runner != 0 && registration->runner != self)
    {
        (void)platform_condition_wait(&power()->setting_told, &power()->settings, PLATFORM_FOREVER);
    }
    if (registration->unregistered || registration->runner == self || value->change < registration->told)
    {
        return;
    }
    registration->told = value->change;
    registration->runner = self;
    platform_mutex_unlock(&power()->settings);
    (void)registration->callback(&value->setting, value->length == 0 ? NULL : (void *)(uintptr_t)value->data, value->length,
                                 registration->context);
    platform_mutex_lock(&power()->settings);
    registration->runner = 0;
    platform_condition_broadcast(&power()->setting_told);
}

/* The first one after the given place that waits for the setting, referenced. The caller holds the lock. */
static struct registration *next_registration(const GUID *setting, uint64_t after)
{
    for (PLIST_ENTRY link = power()->setting_listeners.Flink; link != &power()->setting_listeners; link = link->Flink)
    {
        struct registration *registration = CONTAINING_RECORD(link, struct registration, link);

        if (registration->order > after && same_guid(&registration->setting, setting))
        {
            registration->references++;
            return registration;
        }
    }
    return NULL;
}

/* Two settings are also told of through \Callback\PowerState, which has true for mains power, and for an open lid. */
static void tell_callback(const struct value *value)
{
    static const GUID source = ACDC_POWER_SOURCE;
    static const GUID lid = LIDSWITCH_STATE_CHANGE;
    ULONG number = 0;

    if (value->length != sizeof(number))
    {
        return;
    }
    memcpy(&number, value->data, sizeof(number));
    if (same_guid(&value->setting, &source))
    {
        power_notify(PO_CB_AC_STATUS, number == PoAc);
    }
    else if (same_guid(&value->setting, &lid))
    {
        power_notify(PO_CB_LID_SWITCH_STATE, number != 0);
    }
}

static void tell_all(const struct value *value)
{
    struct registration *registration;

    platform_mutex_lock(&power()->settings);
    registration = next_registration(&value->setting, 0);
    while (registration != NULL)
    {
        uint64_t place = registration->order;

        tell(registration, value);
        release_locked(registration);
        registration = next_registration(&value->setting, place);
    }
    platform_mutex_unlock(&power()->settings);
}

NTSTATUS power_set_setting(const GUID *setting, const void *data, ULONG length)
{
    struct value *value = create_value(setting, data, length);
    struct value *told = create_value(setting, data, length);
    struct value *old;

    if (value == NULL || told == NULL)
    {
        platform_free(value, sizeof(*value) + length);
        platform_free(told, sizeof(*told) + length);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    platform_mutex_lock(&power()->settings);
    old = find_value(setting);
    if (old != NULL)
    {
        RemoveEntryList(&old->link);
    }
    InsertTailList(&power()->setting_values, &value->link);
    value->change = told->change = ++power()->setting_changes;
    platform_mutex_unlock(&power()->settings);
    if (old != NULL)
    {
        platform_free(old, old->size);
    }
    tell_all(told);
    tell_callback(told);
    platform_free(told, told->size);
    return STATUS_SUCCESS;
}

void power_forget_settings(void)
{
    platform_mutex_lock(&power()->settings);
    while (!IsListEmpty(&power()->setting_values))
    {
        struct value *value = CONTAINING_RECORD(RemoveHeadList(&power()->setting_values), struct value, link);

        platform_free(value, value->size);
    }
    platform_mutex_unlock(&power()->settings);
}

/*
 * Registration. The callback hears the current value before this returns, if there is one.
 */
static NTSTATUS register_callback(const GUID *setting, PPOWER_SETTING_CALLBACK callback, void *context, void **ret_handle)
{
    struct registration *registration = platform_zalloc(sizeof(*registration));
    struct value *value = NULL;
    NTSTATUS status = registration == NULL ? STATUS_INSUFFICIENT_RESOURCES : copy_value(setting, &value);

    if (!NT_SUCCESS(status))
    {
        platform_free(registration, sizeof(*registration));
        return status;
    }
    registration->setting = *setting;
    registration->callback = callback;
    registration->context = context;
    registration->references = 2;
    /* A callback that unregisters itself at once finds its handle. */
    if (ret_handle != NULL)
    {
        *ret_handle = registration;
    }
    platform_mutex_lock(&power()->settings);
    registration->order = ++power()->setting_order;
    InsertTailList(&power()->setting_listeners, &registration->link);
    if (value != NULL)
    {
        tell(registration, value);
    }
    release_locked(registration);
    platform_mutex_unlock(&power()->settings);
    if (value != NULL)
    {
        platform_free(value, value->size);
    }
    return STATUS_SUCCESS;
}

/* Afterwards the callback does not run any more, unless this is called from inside it. */
static NTSTATUS unregister_callback(void *handle)
{
    NTSTATUS status = STATUS_INVALID_HANDLE;

    platform_mutex_lock(&power()->settings);
    for (PLIST_ENTRY link = power()->setting_listeners.Flink; link != &power()->setting_listeners; link = link->Flink)
    {
        struct registration *registration = CONTAINING_RECORD(link, struct registration, link);

        if (registration == handle)
        {
            RemoveEntryList(link);
            registration->unregistered = true;
            while (registration->runner != 0 && registration->runner != platform_current()->id)
            {
                (void)platform_condition_wait(&power()->setting_told, &power()->settings, PLATFORM_FOREVER);
            }
            release_locked(registration);
            status = STATUS_SUCCESS;
            break;
        }
    }
    platform_mutex_unlock(&power()->settings);
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS PoRegisterPowerSettingCallback(PDEVICE_OBJECT DeviceObject, LPCGUID SettingGuid, PPOWER_SETTING_CALLBACK Callback,
                                        PVOID Context, PVOID *Handle)
{
    (void)DeviceObject;
    if (SettingGuid == NULL || Callback == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return register_callback(SettingGuid, Callback, Context, Handle);
}

NTSTATUS PoUnregisterPowerSettingCallback(PVOID Handle)
{
    return unregister_callback(Handle);
}
