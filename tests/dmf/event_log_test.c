/* SPDX-License-Identifier: MIT */
/*
 * Writers to the event log: the formats of insertion strings, and what becomes of an entry.
 */
#include "module_case.h"

#include <stdio.h>
#include <string.h>

#include "nt/debug/event_log.h"

static ULONG written;
static struct event_log_entry last;
static char last_driver[64];
static char last_strings[EVENT_LOG_STRINGS][1024];
static unsigned char last_data[1024];

static void keep(const struct event_log_entry *entry, void *context)
{
    written++;
    last = *entry;
    snprintf(last_driver, sizeof(last_driver), "%s", entry->driver);
    for (size_t index = 0; index < entry->string_count; index++)
    {
        snprintf(last_strings[index], sizeof(last_strings[index]), "%s", entry->strings[index]);
    }
    CHECK(entry->data_size <= sizeof(last_data));
    if (entry->data_size != 0)
    {
        memcpy(last_data, entry->data, entry->data_size);
    }
}

static void begin(void)
{
    written = 0;
    event_log_set_sink(keep, NULL);
    dmf_case_begin_modules(NULL);
}

static void end(void)
{
    dmf_case_end();
    event_log_set_sink(NULL, NULL);
}

/* Both flavours write the same strings; the kernel's entries take less. */
#if defined(DMF_USER_MODE)
#define WRITE(Count, Formats, ArgumentCount, ...)                                                          \
    DMF_Utility_EventLogEntryWriteUserMode((PWSTR)L"TestProvider", EVENTLOG_ERROR_TYPE, 0xC0040004, Count, \
                                           (PWCHAR *)(Formats), ArgumentCount, ##__VA_ARGS__)
#else
#define WRITE(Count, Formats, ArgumentCount, ...)                                                                           \
    DMF_Utility_EventLogEntryWriteDevice(dmf_case_wdf_device, (NTSTATUS)0xC0040004, STATUS_NO_MEMORY, 77,                   \
                                         DMF_EVENTLOG_TEXT_LENGTH_ZERO, DMF_EVENTLOG_TEXT_NULL, Count, (PWCHAR *)(Formats), \
                                         ArgumentCount, ##__VA_ARGS__)
#endif

static void entry_without_strings_has_the_event(void)
{
    begin();
    WRITE(DMF_EVENTLOG_NUMBER_OF_FORMAT_STRINGS_ZERO, DMF_EVENTLOG_FORMAT_STRINGS_NULL,
          DMF_EVENTLOG_NUMBER_OF_INSERTION_STRINGS_ZERO);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(last.event, 0xC0040004);
    CHECK_EQUAL(last.severity, EVENT_LOG_ERROR);
    CHECK_EQUAL(last.category, 0);
    CHECK_EQUAL(last.string_count, 0);
    CHECK_EQUAL(last.data_size, 0);
#if defined(DMF_USER_MODE)
    CHECK(strcmp(last_driver, "TestProvider") == 0);
    CHECK(!last.has_status);
#else
    CHECK(last.has_status);
    CHECK_EQUAL(last.final_status, (ULONG)STATUS_NO_MEMORY);
    CHECK_EQUAL(last.unique_id, 77);
#endif
    end();
}

static void each_conversion_takes_its_argument(void)
{
    static const WCHAR *const formats[] = {L"c%c", L"%d", L"<%u>", L"%08x", L"%X%%", L"%s", L"100%% %S", L"%-3d|"};
    WCHAR wide[] = L"wide";
    CHAR narrow[] = "narrow";

    begin();
    WRITE(8, formats, 8, 'Z', -5, 5u, 0xABC, 0xABC, wide, narrow, 7);
    CHECK_EQUAL(written, 1);
    CHECK_EQUAL(last.string_count, 8);
    CHECK(strcmp(last_strings[0], "cZ") == 0);
    CHECK(strcmp(last_strings[1], "-5") == 0);
    CHECK(strcmp(last_strings[2], "<5>") == 0);
    CHECK(strcmp(last_strings[3], "00000abc") == 0);
    CHECK(strcmp(last_strings[4], "ABC%") == 0);
    CHECK(strcmp(last_strings[5], "wide") == 0);
    CHECK(strcmp(last_strings[6], "100% narrow") == 0);
    CHECK(strcmp(last_strings[7], "7  |") == 0);
    end();
}

static void pointer_is_an_argument(void)
{
    static const WCHAR *const formats[] = {L"%p"};

    begin();
    WRITE(1, formats, 1, (void *)(ULONG_PTR)0x12345678);
    CHECK_EQUAL(last.string_count, 1);
    CHECK(strcmp(last_strings[0], "0000000012345678") == 0);
    end();
}

/* A kernel entry with so long a string has no strings at all. */
static void string_that_is_too_long_is_cut_off(void)
{
    static const WCHAR *const formats[] = {L"%s"};
    static WCHAR text[1000];

    for (size_t index = 0; index < 999; index++)
    {
        text[index] = L'y';
    }
    begin();
    WRITE(1, formats, 1, text);
    CHECK_EQUAL(written, 1);
#if defined(DMF_USER_MODE)
    CHECK_EQUAL(last.string_count, 1);
    CHECK_EQUAL(strlen(last_strings[0]), DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH - 1);
#else
    CHECK_EQUAL(last.string_count, 0);
    CHECK_EQUAL(last.unique_id, 77);
#endif
    end();
}

/* A debug build asserts. */
static void wrong_formats_leave_the_strings_out(void)
{
#if !DBG
    static const WCHAR *const good[] = {L"%d", L"%d", L"%d", L"%d", L"%d", L"%d", L"%d", L"%d", L"%d"};
    static const WCHAR *const bad[] = {L"",    L"none", L"%%",  L"%",    L"%ld", L"%I64x", L"%n",
                                       L"%*d", L"%f",   L"%hs", L"%d%d", L"%wZ", L"%d %"};

    begin();
    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++)
    {
        WRITE(1, &bad[index], 1, 1, 2);
        CHECK_EQUAL(written, index + 1);
        CHECK_EQUAL(last.string_count, 0);
        CHECK_EQUAL(last.event, 0xC0040004);
    }
    written = 0;
    WRITE(9, good, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    WRITE(2, good, 1, 1, 2);
    WRITE(1, good, 2, 1, 2);
    WRITE(-1, good, -1, 1, 2);
    WRITE(0, good, 0);
    WRITE(1, DMF_EVENTLOG_FORMAT_STRINGS_NULL, 1, 1);
    CHECK_EQUAL(written, 6);
    CHECK_EQUAL(last.string_count, 0);
    end();
#endif
}

static void format_that_is_wrong_asserts(void)
{
    static const WCHAR *const formats[] = {L"%I64x"};

    begin();
    WRITE(1, formats, 1, 1);
}

static void more_formats_than_arguments_assert(void)
{
    static const WCHAR *const formats[] = {L"%d", L"%d"};

    begin();
    WRITE(2, formats, 1, 1);
}

static void write_with_strings(void)
{
    static const WCHAR *const formats[] = {L"%d"};

    WRITE(1, formats, 1, 1);
}

static void entry_without_memory_is_not_written(void)
{
    begin();
    nt_fail_each_allocation(write_with_strings);
    CHECK(written >= 1);
    end();
}

#if !defined(DMF_USER_MODE)

DECLARE_DMF_MODULE_NO_CONFIG(LogWriter)
DMF_MODULE_DECLARE_NO_CONTEXT(LogWriter)
DMF_MODULE_DECLARE_NO_CONFIG(LogWriter)

NTSTATUS DMF_LogWriter_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                              WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;

    DMF_MODULE_DESCRIPTOR_INIT(descriptor, LogWriter, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

#endif

static void kernel_writers_differ_in_who_writes(void)
{
#if !defined(DMF_USER_MODE)
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;
    char name[64];

    written = 0;
    event_log_set_sink(keep, NULL);
    DMF_LogWriter_ATTRIBUTES_INIT(&attributes);
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_Utility_EventLogEntryWriteDriverObject((PDRIVER_OBJECT)wdf_case_driver_object, 0x40040001, STATUS_SUCCESS, 1, 0,
                                               NULL, 0, NULL, 0);
    CHECK_EQUAL(last.severity, EVENT_LOG_INFORMATION);
    CHECK_EQUAL(last.unique_id, 1);
    snprintf(name, sizeof(name), "%s", last_driver);
    DMF_Utility_EventLogEntryWriteDriver(WdfGetDriver(), (NTSTATUS)0x80040001, STATUS_SUCCESS, 2, 0, NULL, 0, NULL, 0);
    CHECK_EQUAL(last.severity, EVENT_LOG_WARNING);
    CHECK_EQUAL(last.unique_id, 2);
    CHECK(strcmp(name, last_driver) == 0);
    DMF_Utility_EventLogEntryWriteDmfModule(module, (NTSTATUS)0xC0040001, STATUS_SUCCESS, 3, 0, NULL, 0, NULL, 0);
    CHECK_EQUAL(last.unique_id, 3);
    CHECK(strcmp(name, last_driver) == 0);
    CHECK_EQUAL(written, 3);
    end();
#endif
}

static void kernel_text_is_the_entry_s_data(void)
{
#if !defined(DMF_USER_MODE)
    static const WCHAR *const formats[] = {L"%d"};
    static const WCHAR text[] = L"text";
    static const WCHAR endless[] = {L'a', L'b', L'c'};

    begin();
    /* The length as the user guide has it: in bytes, with the end. */
    DMF_Utility_EventLogEntryWriteDriver(WdfGetDriver(), 1, 0, 0, sizeof(text), text, 1, (PWCHAR *)formats, 1, 9);
    CHECK_EQUAL(last.data_size, sizeof(text));
    CHECK(memcmp(last_data, text, sizeof(text)) == 0);
    CHECK_EQUAL(last.string_count, 1);
    CHECK(strcmp(last_strings[0], "9") == 0);
    /* In characters, of a text without an end. */
    DMF_Utility_EventLogEntryWriteDriver(WdfGetDriver(), 1, 0, 0, 3, endless, 0, NULL, 0);
    CHECK_EQUAL(last.data_size, 4 * sizeof(WCHAR));
    CHECK(memcmp(last_data, L"abc", 4 * sizeof(WCHAR)) == 0);
    /* Too much of it: the entry alone. */
    written = 0;
    DMF_Utility_EventLogEntryWriteDriver(WdfGetDriver(), 1, 0, 5, 1000, text, 1, (PWCHAR *)formats, 1, 9);
    DMF_Utility_EventLogEntryWriteDriver(WdfGetDriver(), 1, 0, 5, MAXULONG, text, 1, (PWCHAR *)formats, 1, 9);
    CHECK_EQUAL(written, 2);
    CHECK_EQUAL(last.unique_id, 5);
    CHECK_EQUAL(last.data_size, 0);
    CHECK_EQUAL(last.string_count, 0);
    end();
#endif
}

const struct nt_case nt_cases[] = {
    CASE(entry_without_strings_has_the_event),
    CASE(each_conversion_takes_its_argument),
    CASE(pointer_is_an_argument),
    CASE(string_that_is_too_long_is_cut_off),
    CASE(wrong_formats_leave_the_strings_out),
    DEBUG_STOPS(format_that_is_wrong_asserts, ASSERTS),
    DEBUG_STOPS(more_formats_than_arguments_assert, ASSERTS),
    CASE(entry_without_memory_is_not_written),
    CASE(kernel_writers_differ_in_who_writes),
    CASE(kernel_text_is_the_entry_s_data),
    CASES_END,
};
