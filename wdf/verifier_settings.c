/* SPDX-License-Identifier: MIT */
/*
 * What the registry says of the verification of a driver: the values below Parameters\Wdf of its service.
 */
#include "nt/registry/device_keys.h"
#include "wdf/verifier_internal.h"

/* Room for a number. */
struct number_value
{
    KEY_VALUE_PARTIAL_INFORMATION information;
    ULONG more;
};

/* Reads a number; when there is none of this name, or it is none, *value stays. */
static void read_number(HANDLE key, const WCHAR *name, uint32_t *value)
{
    struct number_value buffer;
    UNICODE_STRING text;
    ULONG length;

    RtlInitUnicodeString(&text, name);
    if (NT_SUCCESS(ZwQueryValueKey(key, &text, KeyValuePartialInformation, &buffer, sizeof(buffer), &length)) &&
        buffer.information.Type == REG_DWORD && buffer.information.DataLength == sizeof(*value))
    {
        RtlCopyMemory(value, buffer.information.Data, sizeof(*value));
    }
}

static bool has_value(HANDLE key, const WCHAR *name)
{
    KEY_VALUE_PARTIAL_INFORMATION information;
    UNICODE_STRING text;
    ULONG length;
    NTSTATUS status;

    RtlInitUnicodeString(&text, name);
    status = ZwQueryValueKey(key, &text, KeyValuePartialInformation, &information, sizeof(information), &length);
    return NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW;
}

static void read_level(HANDLE key, struct verifier_settings *settings)
{
    uint32_t on = settings->level != VERIFIER_OFF;
    uint32_t level = settings->level == VERIFIER_OFF ? VERIFIER_BASIC : (uint32_t)settings->level;

    read_number(key, L"VerifierOn", &on);
    if (has_value(key, L"TrackHandles"))
    {
        level = level < VERIFIER_FULL ? VERIFIER_FULL : level;
    }
    read_number(key, L"VerifierLevel", &level);
    settings->level = on == 0 ? VERIFIER_OFF : level > VERIFIER_PAGE ? VERIFIER_PAGE : (enum verifier_level)level;
}

void verifier_read_settings(PDRIVER_OBJECT driver_object, struct verifier_settings *settings)
{
    uint32_t stops = settings->break_on_error;
    HANDLE key;

    if (!NT_SUCCESS(registry_open_service_key(driver_object, L"Parameters\\Wdf", false, KEY_QUERY_VALUE, &key)))
    {
        return;
    }
    read_level(key, settings);
    read_number(key, L"DbgBreakOnError", &stops);
    settings->break_on_error = stops != 0;
    read_number(key, L"VerifierAllocateFailCount", &settings->allocate_fail_count);
    read_number(key, L"DbgWaitForSignalTimeoutInSec", &settings->wait_seconds);
    read_number(key, L"ObjectLeakDetectionLimit", &settings->object_limit);
    (void)ZwClose(key);
}
