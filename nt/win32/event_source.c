/* SPDX-License-Identifier: MIT */
/*
 * Event sources: how user mode writes to the event log. A handle is the address of its source.
 */
#include <string.h>

#include "nt/debug/event_log.h"
#include "nt/win32/text.h"

#define SOURCE_SIGNATURE 0x43525345u

/* Events of this machine alone; a source's structure is not a kernel object, and CloseHandle does not know it. */
struct event_source
{
    uint32_t signature;
    size_t size;
    char name[];
};

static struct event_source *source_of(HANDLE handle)
{
    struct event_source *source = handle;

    return source != NULL && (uintptr_t)source % 16 == 0 && platform_is_readable(source, sizeof(*source)) &&
                   source->signature == SOURCE_SIGNATURE ?
               source :
               NULL;
}

HANDLE WINAPI RegisterEventSourceA(LPCSTR lpUNCServerName, LPCSTR lpSourceName)
{
    struct event_source *source;
    size_t size;

    if (lpSourceName == NULL || lpSourceName[0] == 0)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if (lpUNCServerName != NULL && lpUNCServerName[0] != 0)
    {
        win32_set_error(RPC_S_SERVER_UNAVAILABLE);
        return NULL;
    }
    size = sizeof(*source) + strlen(lpSourceName) + 1;
    source = platform_alloc(size);
    if (source == NULL)
    {
        win32_set_error(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    source->signature = SOURCE_SIGNATURE;
    source->size = size;
    memcpy(source->name, lpSourceName, strlen(lpSourceName) + 1);
    return source;
}

HANDLE WINAPI RegisterEventSourceW(LPCWSTR lpUNCServerName, LPCWSTR lpSourceName)
{
    struct narrow_text server;
    struct narrow_text name;
    HANDLE source = NULL;

    if (!narrow_open(&server, lpUNCServerName))
    {
        return NULL;
    }
    if (narrow_open(&name, lpSourceName))
    {
        source = RegisterEventSourceA(server.text, name.text);
        narrow_close(&name);
    }
    narrow_close(&server);
    return source;
}

BOOL WINAPI DeregisterEventSource(HANDLE hEventLog)
{
    struct event_source *source = source_of(hEventLog);

    if (source == NULL)
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    source->signature = 0;
    platform_free(source, source->size);
    return TRUE;
}

static enum event_log_severity severity_of(WORD type)
{
    return type == EVENTLOG_ERROR_TYPE || type == EVENTLOG_AUDIT_FAILURE ? EVENT_LOG_ERROR :
           type == EVENTLOG_WARNING_TYPE                                 ? EVENT_LOG_WARNING :
                                                                           EVENT_LOG_INFORMATION;
}

static bool is_type(WORD type)
{
    return type == EVENTLOG_SUCCESS || type == EVENTLOG_ERROR_TYPE || type == EVENTLOG_WARNING_TYPE ||
           type == EVENTLOG_INFORMATION_TYPE || type == EVENTLOG_AUDIT_SUCCESS || type == EVENTLOG_AUDIT_FAILURE;
}

BOOL WINAPI ReportEventA(HANDLE hEventLog, WORD wType, WORD wCategory, DWORD dwEventID, PSID lpUserSid, WORD wNumStrings,
                         DWORD dwDataSize, LPCSTR *lpStrings, LPVOID lpRawData)
{
    struct event_source *source = source_of(hEventLog);
    struct event_log_entry entry = {.severity = severity_of(wType), .event = dwEventID, .category = wCategory};

    if (source == NULL)
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    if (!is_type(wType) || (wNumStrings != 0 && lpStrings == NULL) || (dwDataSize != 0 && lpRawData == NULL))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    entry.driver = source->name;
    for (WORD index = 0; index < wNumStrings && index < EVENT_LOG_STRINGS; index++)
    {
        entry.strings[entry.string_count++] = lpStrings[index] != NULL ? lpStrings[index] : "";
    }
    entry.data = lpRawData;
    entry.data_size = dwDataSize;
    event_log_write(&entry);
    return TRUE;
}

BOOL WINAPI ReportEventW(HANDLE hEventLog, WORD wType, WORD wCategory, DWORD dwEventID, PSID lpUserSid, WORD wNumStrings,
                         DWORD dwDataSize, LPCWSTR *lpStrings, LPVOID lpRawData)
{
    struct narrow_text narrow[EVENT_LOG_STRINGS];
    LPCSTR strings[EVENT_LOG_STRINGS] = {NULL};
    WORD count = wNumStrings < EVENT_LOG_STRINGS ? wNumStrings : EVENT_LOG_STRINGS;
    WORD opened = 0;
    BOOL result = FALSE;

    while (lpStrings != NULL && opened < count && narrow_open(&narrow[opened], lpStrings[opened]))
    {
        strings[opened] = narrow[opened].text;
        opened++;
    }
    if (lpStrings == NULL || opened == count)
    {
        result = ReportEventA(hEventLog, wType, wCategory, dwEventID, lpUserSid, lpStrings != NULL ? opened : wNumStrings,
                              dwDataSize, lpStrings != NULL ? strings : NULL, lpRawData);
    }
    while (opened != 0)
    {
        narrow_close(&narrow[--opened]);
    }
    return result;
}
