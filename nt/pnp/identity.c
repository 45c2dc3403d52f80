/* SPDX-License-Identifier: MIT */
/*
 * Who a reported device is: its identifiers, texts, capabilities, and the instance path made of them.
 */
#include "nt/debug/bugcheck.h"
#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/pnp/packet.h"
#include "nt/pnp/resource.h"
#include "nt/pnp/sequence.h"
#include "nt/rtl/string.h"

#define LONGEST_ID 200

/* An answer in pool memory that belongs to the asker. Fails only for want of memory; no answer is an empty string. */
static NTSTATUS ask_for_text(struct devnode *devnode, const IO_STACK_LOCATION *what, bool multi, UNICODE_STRING *ret_text)
{
    ULONG_PTR information = 0;
    NTSTATUS status = packet_ask(devnode, what, &information);
    const WCHAR *text = (const WCHAR *)information;
    size_t units = 0;

    if (!NT_SUCCESS(status) || text == NULL)
    {
        return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
    }
    while (text[units] != 0 || (multi && units + 1 < 0x7FFF && text[units + 1] != 0))
    {
        units++;
    }
    /* A list keeps the terminator of its last string; the copy has another one behind it. */
    units += multi && units != 0 ? 1 : 0;
    status = string_duplicate(
        &(UNICODE_STRING){(USHORT)(units * sizeof(WCHAR)), (USHORT)(units * sizeof(WCHAR)), (PWCH)(uintptr_t)text},
        ret_text);
    ExFreePool((PVOID)information);
    return status;
}

/* Blanks become underscores, as everywhere in identifiers; what cannot stand in one is the bus driver's error. */
static void check_id(const struct devnode *devnode, UNICODE_STRING *id, BUS_QUERY_ID_TYPE type)
{
    unsigned back_slashes = 0;
    size_t run = 0;

    for (size_t unit = 0; unit < id->Length / sizeof(WCHAR); unit++)
    {
        WCHAR *character = &id->Buffer[unit];

        *character = *character == ' ' ? '_' : *character;
        back_slashes += *character == '\\' ? 1 : 0;
        run = *character == 0 ? 0 : run + 1;
        if ((*character != 0 && *character < ' ') || *character > 0x7F || *character == ',' || run >= LONGEST_ID)
        {
            bugcheck(PNP_DETECTED_FATAL_ERROR, 3, (ULONG_PTR)devnode->pdo, (ULONG_PTR)id->Buffer, type);
        }
    }
    if ((type == BusQueryDeviceID && id->Length != 0 && back_slashes != 1) ||
        (type == BusQueryInstanceID && back_slashes != 0))
    {
        bugcheck(PNP_DETECTED_FATAL_ERROR, 3, (ULONG_PTR)devnode->pdo, (ULONG_PTR)id->Buffer, type);
    }
}

static NTSTATUS query_id(struct devnode *devnode, BUS_QUERY_ID_TYPE type, UNICODE_STRING *ret_id)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_ID};
    bool multi = type == BusQueryHardwareIDs || type == BusQueryCompatibleIDs;
    NTSTATUS status;

    what.Parameters.QueryId.IdType = type;
    status = ask_for_text(devnode, &what, multi, ret_id);
    if (NT_SUCCESS(status) && type != BusQueryContainerID)
    {
        check_id(devnode, ret_id, type);
    }
    return status;
}

static NTSTATUS query_text(struct devnode *devnode, DEVICE_TEXT_TYPE type, UNICODE_STRING *ret_text)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_DEVICE_TEXT};

    what.Parameters.QueryDeviceText.DeviceTextType = type;
    what.Parameters.QueryDeviceText.LocaleId = 0x0409;
    return ask_for_text(devnode, &what, false, ret_text);
}

static int hexadecimal(WCHAR character)
{
    return character >= '0' && character <= '9' ? character - '0' :
           character >= 'a' && character <= 'f' ? character - 'a' + 10 :
           character >= 'A' && character <= 'F' ? character - 'A' + 10 :
                                                  -1;
}

/* {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}; anything else leaves the container as it is. */
static void parse_container(const UNICODE_STRING *text, GUID *ret_container)
{
    static const unsigned char places[16] = {1, 3, 5, 7, 10, 12, 15, 17, 20, 22, 25, 27, 29, 31, 33, 35};
    unsigned char bytes[16];

    if (text->Length < 38 * sizeof(WCHAR) || text->Buffer[0] != '{')
    {
        return;
    }
    for (size_t index = 0; index < sizeof(bytes); index++)
    {
        int high = hexadecimal(text->Buffer[places[index]]);
        int low = hexadecimal(text->Buffer[places[index] + 1]);

        if (high < 0 || low < 0)
        {
            return;
        }
        bytes[index] = (unsigned char)(high << 4 | low);
    }
    ret_container->Data1 = (ULONG)bytes[0] << 24 | (ULONG)bytes[1] << 16 | (ULONG)bytes[2] << 8 | bytes[3];
    ret_container->Data2 = (USHORT)(bytes[4] << 8 | bytes[5]);
    ret_container->Data3 = (USHORT)(bytes[6] << 8 | bytes[7]);
    for (size_t index = 0; index < 8; index++)
    {
        ret_container->Data4[index] = bytes[8 + index];
    }
}

NTSTATUS identity_query_capabilities(struct devnode *devnode)
{
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_CAPABILITIES};
    DEVICE_CAPABILITIES capabilities = {
        .Size = sizeof(capabilities), .Version = 1, .Address = (ULONG)-1, .UINumber = (ULONG)-1};
    NTSTATUS status;

    what.Parameters.DeviceCapabilities.Capabilities = &capabilities;
    status = packet_ask(devnode, &what, NULL);
    if (NT_SUCCESS(status))
    {
        devnode->capabilities = capabilities;
    }
    return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
}

static NTSTATUS query_bus(struct devnode *devnode)
{
    ULONG_PTR information = 0;
    NTSTATUS status = packet_ask_plain(devnode, IRP_MN_QUERY_BUS_INFORMATION, &information);

    devnode->has_bus = NT_SUCCESS(status) && information != 0;
    if (devnode->has_bus)
    {
        devnode->bus = *(PPNP_BUS_INFORMATION)information;
        ExFreePool((PVOID)information);
    }
    return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
}

static WCHAR *put_hexadecimal(WCHAR *to, uint32_t value)
{
    bool begun = false;

    for (int shift = 28; shift >= 0; shift -= 4)
    {
        unsigned digit = (value >> shift) & 15;

        begun |= digit != 0 || shift == 0;
        if (begun)
        {
            *to++ = (WCHAR)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }
    }
    return to;
}

/* ENUMERATOR\DEVICE\INSTANCE; an instance that is unique on its bus only gets the parent's mark in front: level&hash&0&. */
static NTSTATUS name_instance(struct devnode *devnode, const struct devnode *parent, const UNICODE_STRING *instance)
{
    WCHAR prefix[32] = {0};
    const WCHAR *parts[] = {devnode->device_id.Buffer, L"\\", prefix, NULL, NULL};
    NTSTATUS status;

    if (!devnode->capabilities.UniqueID)
    {
        WCHAR *to = put_hexadecimal(prefix, parent->depth + 1);

        *to++ = '&';
        to = put_hexadecimal(to, node_hash(&parent->instance));
        *to++ = '&';
        *to++ = '0';
        if (instance->Length != 0)
        {
            *to++ = '&';
        }
        *to = 0;
    }
    if (instance->Length != 0)
    {
        parts[3] = instance->Buffer;
    }
    string_free(&devnode->instance);
    status = string_join(&devnode->instance, parts);
    if (NT_SUCCESS(status))
    {
        node_upcase(&devnode->instance);
    }
    return status;
}

static NTSTATUS query_instance(struct devnode *devnode, const struct devnode *parent)
{
    UNICODE_STRING instance = {0};
    NTSTATUS status = query_id(devnode, BusQueryInstanceID, &instance);

    if (NT_SUCCESS(status) && devnode->device_id.Length != 0)
    {
        status = name_instance(devnode, parent, &instance);
    }
    string_free(&instance);
    return status;
}

static NTSTATUS query_container(struct devnode *devnode)
{
    UNICODE_STRING text = {0};
    NTSTATUS status = query_id(devnode, BusQueryContainerID, &text);

    if (NT_SUCCESS(status))
    {
        parse_container(&text, &devnode->container);
    }
    string_free(&text);
    return status;
}

typedef NTSTATUS identity_step(struct devnode *devnode, const struct devnode *parent);

static NTSTATUS step_device_id(struct devnode *devnode, const struct devnode *parent)
{
    (void)parent;
    return query_id(devnode, BusQueryDeviceID, &devnode->device_id);
}

static NTSTATUS step_capabilities(struct devnode *devnode, const struct devnode *parent)
{
    (void)parent;
    return identity_query_capabilities(devnode);
}

static NTSTATUS step_texts(struct devnode *devnode, const struct devnode *parent)
{
    NTSTATUS status = query_text(devnode, DeviceTextDescription, &devnode->description);

    (void)parent;
    return NT_SUCCESS(status) ? query_text(devnode, DeviceTextLocationInformation, &devnode->location) : status;
}

static NTSTATUS step_ids(struct devnode *devnode, const struct devnode *parent)
{
    NTSTATUS status = query_id(devnode, BusQueryHardwareIDs, &devnode->hardware_ids);

    (void)parent;
    return NT_SUCCESS(status) ? query_id(devnode, BusQueryCompatibleIDs, &devnode->compatible_ids) : status;
}

static NTSTATUS step_rest(struct devnode *devnode, const struct devnode *parent)
{
    NTSTATUS status = query_container(devnode);

    (void)parent;
    if (NT_SUCCESS(status))
    {
        status = resource_query(devnode);
    }
    return NT_SUCCESS(status) ? query_bus(devnode) : status;
}

NTSTATUS identity_query(struct devnode *devnode, struct devnode *parent)
{
    static identity_step *const steps[] = {step_device_id, step_capabilities, step_texts,
                                           query_instance, step_ids,          step_rest};
    NTSTATUS status = STATUS_SUCCESS;

    string_free(&devnode->device_id);
    string_free(&devnode->hardware_ids);
    string_free(&devnode->compatible_ids);
    string_free(&devnode->description);
    string_free(&devnode->location);
    for (size_t index = 0; index < ARRAYSIZE(steps) && NT_SUCCESS(status); index++)
    {
        status = steps[index](devnode, parent);
    }
    if (!NT_SUCCESS(status))
    {
        node_set_problem(devnode, CM_PROB_OUT_OF_MEMORY, status);
        return status;
    }
    if (devnode->device_id.Length == 0)
    {
        node_set_problem(devnode, CM_PROB_INVALID_DATA, STATUS_PNP_INVALID_ID);
        return STATUS_PNP_INVALID_ID;
    }
    if (devnode->capabilities.HardwareDisabled)
    {
        node_set_problem(devnode, CM_PROB_HARDWARE_DISABLED, STATUS_SUCCESS);
    }
    return STATUS_SUCCESS;
}

NTSTATUS identity_complete(struct devnode *devnode)
{
    struct devnode *other;
    NTSTATUS status;

    pnp_lock();
    node_unindex(devnode);
    pnp_unlock();
    node_set_problem(devnode, 0, STATUS_SUCCESS);
    status = identity_query(devnode, devnode->parent);
    pnp_lock();
    other = NT_SUCCESS(status) ? node_find(&devnode->instance) : NULL;
    if (devnode->instance.Length != 0)
    {
        node_index(devnode);
    }
    pnp_unlock();
    if (other != NULL)
    {
        node_set_problem(devnode, CM_PROB_DUPLICATE_DEVICE, STATUS_OBJECT_NAME_COLLISION);
    }
    return status;
}
