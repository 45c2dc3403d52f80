/* SPDX-License-Identifier: MIT */
/*
 * What a program says to its debugger.
 */
#include "nt/win32/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void WINAPI OutputDebugStringA(LPCSTR lpOutputString)
{
    if (lpOutputString != NULL)
    {
        (void)fputs(lpOutputString, stderr);
    }
}

void WINAPI OutputDebugStringW(LPCWSTR lpOutputString)
{
    DWORD error = GetLastError();
    struct narrow_text narrow;

    if (narrow_open(&narrow, lpOutputString))
    {
        OutputDebugStringA(narrow.text);
        narrow_close(&narrow);
    }
    win32_set_error(error);
}

/* Whether the process is traced, which is how debuggers attach on Linux. */
BOOL WINAPI IsDebuggerPresent(void)
{
    static const char label[] = "\nTracerPid:";
    char status[4096];
    int descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    const char *found;
    ssize_t length;

    if (descriptor < 0)
    {
        return FALSE;
    }
    length = read(descriptor, status, sizeof(status) - 1);
    (void)close(descriptor);
    status[length > 0 ? length : 0] = '\0';
    found = strstr(status, label);
    return found != NULL && strtol(found + sizeof(label) - 1, NULL, 10) != 0;
}

/* Without a debugger an unhandled break point ends the process, here with a report. */
void WINAPI DebugBreak(void)
{
    if (!IsDebuggerPresent())
    {
        platform_fatal("break point (exception 0x80000003) without a debugger");
    }
    __builtin_trap();
}
