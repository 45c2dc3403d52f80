/* SPDX-License-Identifier: MIT */
/*
 * Event sources of user mode.
 */
#include "nt/debug/event_log.h"

#include <stdio.h>
#include <string.h>

#include <windows.h>

#include "nt_case.h"

static unsigned written;
static struct event_log_entry last;
static char last_text[256];

static void keep(const struct event_log_entry *entry, void *context)
{
    written++;
    last = *entry;
    (void)snprintf(last_text, sizeof(last_text), "%s", entry->driver);
    for (size_t index = 0; index < entry->string_count; index++)
    {
        size_t used = strlen(last_text);

        (void)snprintf(&last_text[used], sizeof(last_text) - used, "|%s", entry->strings[index]);
    }
}

static HANDLE begin(void)
{
    HANDLE source;

    written = 0;
    event_log_set_sink(keep, NULL);
    source = RegisterEventSourceW(NULL, L"Quelle \u00E4");
    CHECK(source != NULL);
    return source;
}

static void end(HANDLE source)
{
    CHECK(DeregisterEventSource(source));
    event_log_set_sink(NULL, NULL);
}

static void event_says_what_was_reported(void)
{
    LPCWSTR strings[] = {L"one", L"zw\u00F6lf", NULL};
    HANDLE source = begin();

    CHECK(ReportEventW(source, EVENTLOG_WARNING_TYPE, 4, 0x1234, NULL, 3, 5, strings, (void *)(ULONG_PTR) "data"));
    CHECK_EQUAL(written, 1);
    CHECK(strcmp(last_text, "Quelle \xC3\xA4|one|zw\xC3\xB6lf|") == 0);
    CHECK_EQUAL(last.severity, EVENT_LOG_WARNING);
    CHECK_EQUAL(last.event, 0x1234);
    CHECK_EQUAL(last.category, 4);
    CHECK_EQUAL(last.data_size, 5);
    CHECK(!last.has_status);
    end(source);
}

static void types_have_severities(void)
{
    static const struct
    {
        WORD type;
        enum event_log_severity severity;
    } rows[] = {
        {EVENTLOG_SUCCESS, EVENT_LOG_INFORMATION},       {EVENTLOG_ERROR_TYPE, EVENT_LOG_ERROR},
        {EVENTLOG_WARNING_TYPE, EVENT_LOG_WARNING},      {EVENTLOG_INFORMATION_TYPE, EVENT_LOG_INFORMATION},
        {EVENTLOG_AUDIT_SUCCESS, EVENT_LOG_INFORMATION}, {EVENTLOG_AUDIT_FAILURE, EVENT_LOG_ERROR},
    };
    HANDLE source = begin();

    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++)
    {
        CHECK(ReportEventA(source, rows[index].type, 0, 1, NULL, 0, 0, NULL, NULL));
        CHECK_EQUAL(last.severity, rows[index].severity);
    }
    end(source);
}

static void wrong_parameters_are_refused(void)
{
    HANDLE source = begin();

    CHECK(!ReportEventA(source, 3, 0, 1, NULL, 0, 0, NULL, NULL) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(!ReportEventW(source, EVENTLOG_SUCCESS, 0, 1, NULL, 1, 0, NULL, NULL) &&
          GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(!ReportEventW(source, EVENTLOG_SUCCESS, 0, 1, NULL, 0, 1, NULL, NULL) &&
          GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(!ReportEventW(NULL, EVENTLOG_SUCCESS, 0, 1, NULL, 0, 0, NULL, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!ReportEventW((HANDLE)0x1230, EVENTLOG_SUCCESS, 0, 1, NULL, 0, 0, NULL, NULL));
    CHECK(!DeregisterEventSource(NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!DeregisterEventSource((HANDLE)0x1230) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(RegisterEventSourceW(NULL, NULL) == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(RegisterEventSourceA(NULL, "") == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(RegisterEventSourceA("elsewhere", "x") == NULL && GetLastError() == RPC_S_SERVER_UNAVAILABLE);
    CHECK_EQUAL(written, 0);
    end(source);
}

static void more_strings_than_an_entry_has_are_left_out(void)
{
    LPCWSTR strings[100];
    HANDLE source = begin();

    for (size_t index = 0; index < 100; index++)
    {
        strings[index] = L"s";
    }
    CHECK(ReportEventW(source, EVENTLOG_SUCCESS, 0, 1, NULL, 100, 0, strings, NULL));
    CHECK_EQUAL(last.string_count, EVENT_LOG_STRINGS);
    end(source);
}

static void report_without_memory(void)
{
    HANDLE source = RegisterEventSourceW(NULL, L"short of memory");

    if (source != NULL)
    {
        (void)ReportEventW(source, EVENTLOG_SUCCESS, 0, 1, NULL, 0, 0, NULL, NULL);
        CHECK(DeregisterEventSource(source));
    }
}

static void source_without_memory_is_none(void)
{
    event_log_set_sink(keep, NULL);
    nt_fail_each_allocation(report_without_memory);
    event_log_set_sink(NULL, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(event_says_what_was_reported),  CASE(types_have_severities),
    CASE(wrong_parameters_are_refused),  CASE(more_strings_than_an_entry_has_are_left_out),
    CASE(source_without_memory_is_none), CASES_END,
};
