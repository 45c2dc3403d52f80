/* SPDX-License-Identifier: MIT */
/*
 * The safe strings of the kernel's flavour: RtlStringCch..., RtlStringCb...
 */
#include <ntifs.h>
#include <ntstrsafe.h>

#include "nt/rtl/safe_string.h"

static NTSTATUS status_of(enum safe_result result)
{
    return result == SAFE_OK ? STATUS_SUCCESS : result == SAFE_OVERFLOW ? STATUS_BUFFER_OVERFLOW : STATUS_INVALID_PARAMETER;
}

static bool is_valid(PCUNICODE_STRING string)
{
    return string != NULL && NT_SUCCESS(RtlValidateUnicodeString(0, string));
}

#define SAFE_RETURN NTSTATUS
#define SAFE_STATUS(Result) status_of(Result)

#define SAFE_NAME(Function) RtlStringCch##Function##A
#define SAFE_CHARACTER CHAR
#define SAFE_IN_BYTES false
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) RtlStringCch##Function##W
#define SAFE_CHARACTER WCHAR
#define SAFE_IN_BYTES false
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) RtlStringCb##Function##A
#define SAFE_CHARACTER CHAR
#define SAFE_IN_BYTES true
#include "nt/rtl/safe_string_entries.h"

#define SAFE_NAME(Function) RtlStringCb##Function##W
#define SAFE_CHARACTER WCHAR
#define SAFE_IN_BYTES true
#include "nt/rtl/safe_string_entries.h"

/* Copies a counted string into a terminated one. */
static NTSTATUS copy_counted(struct safe_destination to, PCUNICODE_STRING source)
{
    bool nothing = source == NULL && to.extended && (to.flags & STRSAFE_IGNORE_NULLS) != 0;
    struct safe_source from = {.kind = SAFE_COUNTED};

    if (!nothing && is_valid(source))
    {
        from.text = source->Buffer != NULL ? source->Buffer : L"";
        from.limit = source->Length / sizeof(WCHAR);
    }
    return status_of(safe_string(&to, &from));
}

NTSTATUS RtlStringCchCopyUnicodeString(NTSTRSAFE_PWSTR Destination, size_t cchDestination, PCUNICODE_STRING Source)
{
    struct safe_destination to = {.text = Destination, .size = cchDestination, .unit = sizeof(WCHAR)};

    return copy_counted(to, Source);
}

NTSTATUS RtlStringCbCopyUnicodeString(NTSTRSAFE_PWSTR Destination, size_t cbDestination, PCUNICODE_STRING Source)
{
    struct safe_destination to = {
        .text = Destination, .size = cbDestination, .unit = sizeof(WCHAR), .size_is_in_bytes = true};

    return copy_counted(to, Source);
}

NTSTATUS RtlStringCchCopyUnicodeStringEx(NTSTRSAFE_PWSTR Destination, size_t cchDestination, PCUNICODE_STRING Source,
                                         NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags)
{
    struct safe_destination to = {.text = Destination,
                                  .size = cchDestination,
                                  .unit = sizeof(WCHAR),
                                  .extended = true,
                                  .flags = Flags,
                                  .ret_end = (void **)DestinationEnd,
                                  .ret_remaining = cchRemaining};

    return copy_counted(to, Source);
}

NTSTATUS RtlStringCbCopyUnicodeStringEx(NTSTRSAFE_PWSTR Destination, size_t cbDestination, PCUNICODE_STRING Source,
                                        NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags)
{
    struct safe_destination to = {.text = Destination,
                                  .size = cbDestination,
                                  .unit = sizeof(WCHAR),
                                  .size_is_in_bytes = true,
                                  .extended = true,
                                  .flags = Flags,
                                  .ret_end = (void **)DestinationEnd,
                                  .ret_remaining = cbRemaining};

    return copy_counted(to, Source);
}
