/* SPDX-License-Identifier: MIT */
/*
 * Live dumps: reports of a driver about itself, of a process that goes on.
 */
#include <stdio.h>
#include <string.h>

#include "nt/crt/format.h"
#include "nt/debug/bugcheck.h"
#include "nt/debug/dump.h"
#include "nt/debug/names.h"

#include <lkmdtel.h>

#define REPORT_TAG 0x6B6D4C44u /* "DLmk" */

enum
{
    REPORT_SIGNATURE = 0x4C4B4D44,
    /* What one report takes. */
    TRIAGE_MOST = 1024,
    SECONDARY_MOST = 64,
};

struct report_block
{
    const void *address;
    ULONG length;
};

struct report_secondary
{
    GUID guid;
    void *data;
    ULONG length;
};

struct report
{
    uint32_t signature;
    bool submitted;
    struct dump_header header;
    ULONG triage_count;
    ULONG secondary_count;
    struct report_block triage[TRIAGE_MOST];
    struct report_secondary secondary[SECONDARY_MOST];
};

/* The report behind a handle; NULL for anything else. */
static struct report *report_of(HANDLE handle)
{
    struct report *report = handle;

    return report != NULL && (ULONG_PTR)report % 16 == 0 && platform_is_readable(report, sizeof(*report)) &&
                   report->signature == REPORT_SIGNATURE ?
               report :
               NULL;
}

/* The component's name in UTF-8, as much of it as there is room for. */
static void component_copy(char *to, size_t size, PCWSTR name)
{
    struct format_buffer buffer;

    format_buffer_init(&buffer, to, size - 1);
    format_print(&buffer.sink, "%ws", name);
    to[buffer.sink.total < size ? buffer.sink.total : size - 1] = 0;
}

static void report_free(struct report *report)
{
    for (ULONG index = 0; index < report->secondary_count; index++)
    {
        ExFreePoolWithTag(report->secondary[index].data, REPORT_TAG);
    }
    report->signature = 0;
    ExFreePoolWithTag(report, REPORT_TAG);
}

/* Data of a kind that was given before takes the place of it. */
static struct report_secondary *secondary_find(struct report *report, const GUID *guid)
{
    for (ULONG index = 0; index < report->secondary_count; index++)
    {
        if (IsEqualGUID(&report->secondary[index].guid, guid))
        {
            return &report->secondary[index];
        }
    }
    return NULL;
}

static NTSTATUS secondary_set(struct report *report, const GUID *guid, const void *data, ULONG length)
{
    struct report_secondary *secondary = secondary_find(report, guid);
    void *copy;

    if (secondary == NULL && report->secondary_count == SECONDARY_MOST)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    copy = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, length, REPORT_TAG);
    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(copy, data, length);
    if (secondary == NULL)
    {
        secondary = &report->secondary[report->secondary_count++];
    }
    else
    {
        ExFreePoolWithTag(secondary->data, REPORT_TAG);
    }
    *secondary = (struct report_secondary){*guid, copy, length};
    return STATUS_SUCCESS;
}

static void report_write_text(struct dump_writer *writer, const struct dump_header *header)
{
    const char *name = bugcheck_name(header->code);
    char text[256];

    (void)snprintf(text, sizeof(text), "live report of %s: 0x%08X %s (0x%llX, 0x%llX, 0x%llX, 0x%llX)", header->component,
                   header->code, name != NULL ? name : "", (unsigned long long)header->parameters[0],
                   (unsigned long long)header->parameters[1], (unsigned long long)header->parameters[2],
                   (unsigned long long)header->parameters[3]);
    dump_write(writer, DUMP_TEXT, NULL, NULL, text, strlen(text));
}

static NTSTATUS report_write(const struct report *report)
{
    struct dump_writer writer = {.watch = NULL};

    dump_begin(&writer, &report->header);
    report_write_text(&writer, &report->header);
    dump_write_stack(&writer);
    for (ULONG index = 0; index < report->triage_count; index++)
    {
        dump_write_memory(&writer, DUMP_TRIAGE, report->header.component, report->triage[index].address,
                          report->triage[index].length);
    }
    for (ULONG index = 0; index < report->secondary_count; index++)
    {
        dump_write(&writer, DUMP_SECONDARY, report->header.component, &report->secondary[index].guid,
                   report->secondary[index].data, report->secondary[index].length);
    }
    return dump_end(&writer);
}

/*
 * Published entry points. One thread at a time uses a report.
 */
HANDLE LkmdTelCreateReport(PCWSTR ComponentName, ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
                           ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    const ULONG_PTR parameters[4] = {BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4};
    struct report *report;

    if (ComponentName == NULL)
    {
        return NULL;
    }
    report = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*report), REPORT_TAG);
    if (report == NULL)
    {
        return NULL;
    }
    dump_header_initialize(&report->header, BugCheckCode, parameters);
    report->header.live = 1;
    component_copy(report->header.component, sizeof(report->header.component), ComponentName);
    report->signature = REPORT_SIGNATURE;
    return report;
}

NTSTATUS LkmdTelInsertTriageDataBlock(HANDLE TelemetryHandle, PVOID Address, ULONG Length)
{
    struct report *report = report_of(TelemetryHandle);

    if (report == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    if (Address == NULL || Length == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (report->triage_count == TRIAGE_MOST)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    report->triage[report->triage_count++] = (struct report_block){Address, Length};
    return STATUS_SUCCESS;
}

/* The data is copied: it may change, or go, before the report is submitted. */
NTSTATUS LkmdTelSetSecondaryData(HANDLE TelemetryHandle, LPCGUID SecondaryDataGuid, PVOID Data, ULONG Length)
{
    struct report *report = report_of(TelemetryHandle);

    if (report == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    if (SecondaryDataGuid == NULL || Data == NULL || Length == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return secondary_set(report, SecondaryDataGuid, Data, Length);
}

NTSTATUS LkmdTelSubmitReport(HANDLE TelemetryHandle)
{
    struct report *report = report_of(TelemetryHandle);

    if (report == NULL)
    {
        return STATUS_INVALID_HANDLE;
    }
    if (report->submitted)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    report->submitted = true;
    return report_write(report);
}

VOID LkmdTelCloseHandle(HANDLE TelemetryHandle)
{
    struct report *report = report_of(TelemetryHandle);

    if (report == NULL)
    {
        bugcheck_explained(INVALID_KERNEL_HANDLE, (ULONG_PTR)TelemetryHandle, 0, 0, 0, "%p is no live report",
                           TelemetryHandle);
    }
    report_free(report);
}
