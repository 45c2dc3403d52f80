/* SPDX-License-Identifier: MIT */
/*
 * Error entries of drivers, and the event log behind them.
 */
#include "nt/debug/event_log.h"

#include <ntifs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt_case.h"

#include "nt/io/driver_object.h"

static unsigned written;
static struct event_log_entry last;
static char last_driver[64];
static char last_device[64];
static char last_strings[EVENT_LOG_STRINGS][256];
static KIRQL written_at;

static void keep(const struct event_log_entry *entry, void *context)
{
    CHECK(context == &written);
    written++;
    written_at = KeGetCurrentIrql();
    last = *entry;
    (void)snprintf(last_driver, sizeof(last_driver), "%s", entry->driver);
    (void)snprintf(last_device, sizeof(last_device), "%s", entry->device != NULL ? entry->device : "none");
    for (size_t index = 0; index < entry->string_count; index++)
    {
        (void)snprintf(last_strings[index], sizeof(last_strings[index]), "%s", entry->strings[index]);
    }
}

static PDRIVER_OBJECT begin(void)
{
    PDRIVER_OBJECT driver;

    written = 0;
    event_log_set_sink(keep, &written);
    CHECK_EQUAL(drvobj_create("logger", &driver), STATUS_SUCCESS);
    return driver;
}

static void end(PDRIVER_OBJECT driver)
{
    event_log_flush();
    event_log_set_sink(NULL, NULL);
    drvobj_free(driver);
}

static PIO_ERROR_LOG_PACKET entry_with(PDRIVER_OBJECT driver, UCHAR size, const WCHAR *text, size_t bytes)
{
    PIO_ERROR_LOG_PACKET packet = IoAllocateErrorLogEntry(driver, size);

    CHECK(packet != NULL);
    packet->ErrorCode = IO_ERR_DRIVER_ERROR;
    packet->FinalStatus = STATUS_NO_MEMORY;
    packet->UniqueErrorValue = 7;
    packet->EventCategory = 3;
    packet->StringOffset = sizeof(*packet);
    memcpy((char *)packet + sizeof(*packet), text, bytes);
    return packet;
}

static void entry_says_what_the_driver_wrote(void)
{
    PDRIVER_OBJECT driver = begin();
    PIO_ERROR_LOG_PACKET packet = entry_with(driver, sizeof(*packet) + 14, L"one\0tw", 14);

    packet->NumberOfStrings = 2;
    IoWriteErrorLogEntry(packet);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(last.severity, EVENT_LOG_ERROR);
    CHECK_EQUAL(last.event, (ULONG)IO_ERR_DRIVER_ERROR);
    CHECK_EQUAL(last.final_status, (ULONG)STATUS_NO_MEMORY);
    CHECK_EQUAL(last.unique_id, 7);
    CHECK_EQUAL(last.category, 3);
    CHECK_EQUAL(last.string_count, 2);
    CHECK(strcmp(last_strings[0], "one") == 0 && strcmp(last_strings[1], "tw") == 0);
    CHECK(strcmp(last_driver, "logger") == 0 && strcmp(last_device, "none") == 0);
    end(driver);
}

static void entry_of_a_device_names_it(void)
{
    PDRIVER_OBJECT driver = begin();
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Logged");
    PDEVICE_OBJECT device;
    PIO_ERROR_LOG_PACKET packet;

    CHECK_EQUAL(IoCreateDevice(driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device), STATUS_SUCCESS);
    packet = IoAllocateErrorLogEntry(device, sizeof(*packet));
    CHECK(packet != NULL);
    packet->ErrorCode = IO_WRN_BAD_FIRMWARE;
    IoWriteErrorLogEntry(packet);
    CHECK_EQUAL(last.severity, EVENT_LOG_WARNING);
    CHECK(strcmp(last_driver, "logger") == 0);
    CHECK(strcmp(last_device, "\\Device\\Logged") == 0);
    IoDeleteDevice(device);
    end(driver);
}

static void entry_keeps_its_device(void)
{
    PDRIVER_OBJECT driver = begin();
    PIO_ERROR_LOG_PACKET packet;
    PDEVICE_OBJECT device;

    CHECK_EQUAL(IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device), STATUS_SUCCESS);
    packet = IoAllocateErrorLogEntry(device, sizeof(*packet));
    IoDeleteDevice(device);
    IoWriteErrorLogEntry(packet);
    CHECK_EQUAL(written, 1);
    CHECK(strcmp(last_driver, "logger") == 0);
    end(driver);
}

static void entry_of_a_size_that_is_none_is_not_made(void)
{
    PDRIVER_OBJECT driver = begin();

    CHECK(IoAllocateErrorLogEntry(driver, 0) == NULL);
    CHECK(IoAllocateErrorLogEntry(driver, FIELD_OFFSET(IO_ERROR_LOG_PACKET, DumpData) - 1) == NULL);
    CHECK(IoAllocateErrorLogEntry(driver, ERROR_LOG_MAXIMUM_SIZE + 1) == NULL);
    CHECK(IoAllocateErrorLogEntry(NULL, sizeof(IO_ERROR_LOG_PACKET)) == NULL);
    IoFreeErrorLogEntry(IoAllocateErrorLogEntry(driver, ERROR_LOG_MAXIMUM_SIZE));
    IoWriteErrorLogEntry(IoAllocateErrorLogEntry(driver, FIELD_OFFSET(IO_ERROR_LOG_PACKET, DumpData)));
    CHECK_EQUAL(written, 1);
    end(driver);
}

static void numbers_of_an_entry_are_not_believed(void)
{
    static const USHORT offsets[] = {0, 1, 47, 48, 49, 61, 62, 63, 64, 1000, 65535};
    PDRIVER_OBJECT driver = begin();

    for (size_t index = 0; index < sizeof(offsets) / sizeof(offsets[0]); index++)
    {
        PIO_ERROR_LOG_PACKET packet = entry_with(driver, sizeof(*packet) + 14, L"abcdefg", 14);

        packet->NumberOfStrings = 65535;
        packet->StringOffset = offsets[index];
        packet->DumpDataSize = 65535;
        IoWriteErrorLogEntry(packet);
        CHECK_EQUAL(written, index + 1);
        CHECK(last.data_size <= sizeof(*packet) + 14 - FIELD_OFFSET(IO_ERROR_LOG_PACKET, DumpData));
        CHECK(last.string_count <= EVENT_LOG_STRINGS);
    }
    end(driver);
}

static void entry_of_a_raised_level_is_handed_on_at_passive(void)
{
    PDRIVER_OBJECT driver = begin();
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    for (int index = 0; index < 3; index++)
    {
        IoWriteErrorLogEntry(IoAllocateErrorLogEntry(driver, sizeof(IO_ERROR_LOG_PACKET)));
    }
    KeLowerIrql(irql);
    event_log_flush();
    CHECK_EQUAL(written, 3);
    CHECK_EQUAL(written_at, PASSIVE_LEVEL);
    end(driver);
}

static void write_one(void)
{
    PDRIVER_OBJECT driver;
    PIO_ERROR_LOG_PACKET packet;

    if (!NT_SUCCESS(drvobj_create("logger", &driver)))
    {
        return;
    }
    packet = IoAllocateErrorLogEntry(driver, sizeof(*packet));
    if (packet != NULL)
    {
        IoWriteErrorLogEntry(packet);
    }
    drvobj_free(driver);
}

static void entry_without_memory_is_left_out(void)
{
    event_log_set_sink(keep, &written);
    nt_fail_each_allocation(write_one);
    event_log_set_sink(NULL, NULL);
}

static void entry_that_is_written_twice_stops(void)
{
    IoWriteErrorLogEntry(&(ULONG64[64]){0}[32]);
}

/* The end of the process follows, so that its output is looked at. */
static void system_log_may_be_standard_error(void)
{
    PDRIVER_OBJECT driver;
    PIO_ERROR_LOG_PACKET packet;

    (void)setenv("DMF_EVENT_LOG", "stderr", 1);
    CHECK_EQUAL(drvobj_create("logger", &driver), STATUS_SUCCESS);
    packet = entry_with(driver, sizeof(*packet) + 14, L"one\0tw", 14);
    packet->NumberOfStrings = 2;
    IoWriteErrorLogEntry(packet);
    CHECK(false);
}

const struct nt_case nt_cases[] = {
    CASE(entry_says_what_the_driver_wrote),
    CASE(entry_of_a_device_names_it),
    CASE(entry_keeps_its_device),
    CASE(entry_of_a_size_that_is_none_is_not_made),
    CASE(numbers_of_an_entry_are_not_believed),
    CASE(entry_of_a_raised_level_is_handed_on_at_passive),
    CASE(entry_without_memory_is_left_out),
    STOPS(entry_that_is_written_twice_stops, "BAD_POOL_CALLER"),
    STOPS(system_log_may_be_standard_error, "logger: event 0xC0040004: one, tw (final status 0xC0000017, unique id 0x7)"),
    CASES_END,
};
