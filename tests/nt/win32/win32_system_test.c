/* SPDX-License-Identifier: MIT */
/*
 * Messages, modules, the environment, identifiers, the system.
 */
#include "nt_case.h"

#include <windows.h>
#include <objbase.h>
#include <ntstatus.h>

#include <string.h>

static WCHAR wide[256];
static CHAR narrow[256];

static DWORD format_list(DWORD flags, const WCHAR *text, ...)
{
    va_list arguments;
    DWORD length;

    va_start(arguments, text);
    length = FormatMessageW(FORMAT_MESSAGE_FROM_STRING | flags, text, 0, 0, wide, 256, &arguments);
    va_end(arguments);
    return length;
}

static void check_text(const WCHAR *expected)
{
    CHECK(wcscmp(wide, expected) == 0);
}

static void the_system_has_a_text_for_every_code(void)
{
    CHECK_EQUAL(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, ERROR_FILE_NOT_FOUND, 0, wide, 256, NULL), 17);
    check_text(L"File not found.\r\n");
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_MAX_WIDTH_MASK, NULL, ERROR_ACCESS_DENIED, 0, narrow,
                         256, NULL) != 0);
    CHECK(strcmp(narrow, "Access denied. ") == 0);
    CHECK(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, (DWORD)STATUS_OBJECT_NAME_COLLISION, 0, wide, 256, NULL) != 0);
    check_text(L"Object name collision.\r\n");
    CHECK(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, (DWORD)HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND), 0, wide, 256,
                         NULL) != 0);
    check_text(L"File not found.\r\n");
    CHECK_EQUAL(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0x12345678, 0, wide, 256, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_MR_MID_NOT_FOUND);
    CHECK_EQUAL(
        FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 2, MAKELANGID(LANG_GERMAN, SUBLANG_GERMAN), wide, 256, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_RESOURCE_LANG_NOT_FOUND);
}

static void inserts_are_put_in_by_number_and_format(void)
{
    CHECK_EQUAL(format_list(0, L"%2 %1!d! 100%%%n", (ULONG_PTR)7, L"of"), 11);
    check_text(L"of 7 100%\r\n");
    CHECK(format_list(0, L"%1!S!|%2!08X!|%3!-5s!|%1!hs!", "narrow", (ULONG_PTR)0xBEEF, L"ab") != 0);
    check_text(L"narrow|0000BEEF|ab   |narrow");
    CHECK(format_list(0, L"%1!*.*s! %2", (ULONG_PTR)4, (ULONG_PTR)2, L"abcdef", L"next") != 0);
    check_text(L"  ab next");
}

static void inserts_come_from_an_array_too(void)
{
    DWORD_PTR array[] = {(DWORD_PTR)L"one", (DWORD_PTR)L"two"};
    DWORD_PTR narrow_array[] = {(DWORD_PTR) "one", 42};

    CHECK(FormatMessageW(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY, L"%2-%1-%2", 0, 0, wide, 256,
                         (va_list *)(void *)array) != 0);
    check_text(L"two-one-two");
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY, "%1 is %2!u!", 0, 0, narrow, 256,
                         (va_list *)(void *)narrow_array) != 0);
    CHECK(strcmp(narrow, "one is 42") == 0);
}

static void inserts_may_be_ignored(void)
{
    CHECK(format_list(FORMAT_MESSAGE_IGNORE_INSERTS, L"%1!d! and %12%0 never") != 0);
    check_text(L"%1!d! and %12");
    CHECK_EQUAL(format_list(0, L"%1!d", (ULONG_PTR)1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(FormatMessageW(FORMAT_MESSAGE_FROM_STRING, L"%1", 0, 0, wide, 256, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void lines_break_where_the_width_says(void)
{
    CHECK(format_list(10, L"one two three four\nfive") != 0);
    check_text(L"one two\r\nthree four\r\nfive");
    CHECK(format_list(FORMAT_MESSAGE_MAX_WIDTH_MASK, L"one\r\ntwo%nthree") != 0);
    check_text(L"one two\r\nthree");
    CHECK(format_list(0, L"one\ntwo") != 0);
    check_text(L"one\r\ntwo");
}

static void a_buffer_is_allocated_on_demand(void)
{
    PWSTR text = wide;
    PSTR narrow_text = NULL;

    CHECK_EQUAL(
        FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, 2, 0, (LPWSTR)&text, 100, NULL),
        17);
    CHECK(LocalSize(text) >= 100 * sizeof(WCHAR));
    CHECK(LocalFree(text) == NULL);
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, 2, 0, (LPSTR)&narrow_text, 0,
                         NULL) != 0);
    CHECK(strcmp(narrow_text, "File not found.\r\n") == 0);
    CHECK(LocalFree(narrow_text) == NULL);
    CHECK_EQUAL(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 2, 0, wide, 17, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 2, 0, wide, 18, NULL), 17);
    CHECK_EQUAL(FormatMessageW(0, NULL, 2, 0, wide, 18, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void format_all(void)
{
    PWSTR text = NULL;
    PSTR narrow_text = NULL;

    (void)FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, 2, 0, (LPWSTR)&text, 0, NULL);
    (void)LocalFree(text);
    (void)FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, 2, 0, (LPSTR)&narrow_text, 0,
                         NULL);
    (void)LocalFree(narrow_text);
}

static void want_of_memory_leaks_no_message(void)
{
    nt_fail_each_allocation(format_all);
}

typedef LONG NTAPI get_version(PRTL_OSVERSIONINFOW);

static void functions_of_the_system_are_found_by_name(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    RTL_OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};
    get_version *function;

    CHECK(ntdll != NULL);
    CHECK(GetModuleHandleA("KERNEL32") == ntdll);
    CHECK(LoadLibraryW(L"C:\\Windows\\System32\\kernel32.dll") == ntdll);
    CHECK(FreeLibrary(ntdll));
    function = (get_version *)(void *)GetProcAddress(ntdll, "RtlGetVersion");
    CHECK(function != NULL);
    CHECK(function(&version) == 0 && version.dwMajorVersion == 10);
    CHECK(GetProcAddress(ntdll, "NoSuchFunction") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_PROC_NOT_FOUND);
    CHECK(GetProcAddress(ntdll, (LPCSTR)(ULONG_PTR)5) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_ORDINAL);
}

static void what_is_not_implemented_is_not_found(void)
{
    HMODULE system = GetModuleHandleW(L"user32");

    CHECK(GetProcAddress(system, "MessageBoxW") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_PROC_NOT_FOUND);
    CHECK(GetProcAddress(system, "malloc") == NULL);
}

static void a_library_that_is_not_there_is_reported(void)
{
    HMODULE module = NULL;

    CHECK(LoadLibraryA("no_such_library.dll") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_MOD_NOT_FOUND);
    CHECK(GetModuleHandleW(L"no_such_library.dll") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_MOD_NOT_FOUND);
    CHECK(LoadLibraryExW(L"x.dll", NULL, LOAD_LIBRARY_AS_DATAFILE) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_NOT_SUPPORTED);
    CHECK(LoadLibraryW(NULL) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!FreeLibrary((HMODULE)(ULONG_PTR)16));
    CHECK(GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                             (LPCWSTR)(const void *)&wide, &module));
    CHECK(module == GetModuleHandleW(NULL));
}

static void a_module_has_a_path(void)
{
    DWORD length = GetModuleFileNameW(NULL, wide, 256);

    CHECK(length > 3 && wide[0] == 'Z' && wide[1] == ':' && wide[2] == '\\');
    CHECK(wcsstr(wide, L"nt_win32_system") != NULL);
    CHECK_EQUAL(GetModuleFileNameW(NULL, wide, 5), 5);
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(wide[4], 0);
    CHECK_EQUAL(GetModuleFileNameA(GetModuleHandleW(L"ntdll"), narrow, 256), strlen(narrow));
    CHECK(strstr(narrow, "dmf-runtime") != NULL);
}

static void variables_of_the_environment(void)
{
    CHECK(SetEnvironmentVariableW(L"Dmf_Test", L"v\x00E4lue"));
    CHECK_EQUAL(GetEnvironmentVariableW(L"DMF_TEST", wide, 256), 5);
    check_text(L"v\x00E4lue");
    CHECK_EQUAL(GetEnvironmentVariableA("Dmf_Test", narrow, 256), 6);
    CHECK_EQUAL(GetEnvironmentVariableW(L"Dmf_Test", wide, 5), 6);
    CHECK(SetEnvironmentVariableW(L"Dmf_Test", L""));
    SetLastError(1);
    CHECK_EQUAL(GetEnvironmentVariableW(L"Dmf_Test", wide, 256), 0);
    CHECK_EQUAL(GetLastError(), ERROR_SUCCESS);
    CHECK(SetEnvironmentVariableA("dmf_test", NULL));
    CHECK_EQUAL(GetEnvironmentVariableW(L"Dmf_Test", wide, 256), 0);
    CHECK_EQUAL(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    CHECK(!SetEnvironmentVariableA("dmf_test", NULL));
    CHECK_EQUAL(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    CHECK(!SetEnvironmentVariableW(L"a=b", L"c"));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void variables_are_expanded(void)
{
    CHECK(SetEnvironmentVariableW(L"DMF_ROOM", L"here"));
    CHECK_EQUAL(ExpandEnvironmentStringsW(L"<%dmf_room%> 5% %none% %", wide, 256), 19);
    check_text(L"<here> 5% %none% %");
    CHECK_EQUAL(ExpandEnvironmentStringsW(L"%DMF_ROOM%", NULL, 0), 5);
    CHECK_EQUAL(ExpandEnvironmentStringsA("%DMF_ROOM%!", narrow, 256), 6);
    CHECK(strcmp(narrow, "here!") == 0);
    CHECK(SetEnvironmentVariableW(L"DMF_ROOM", NULL));
}

static const GUID some = {0x12345678, 0x9ABC, 0xDEF0, {1, 2, 3, 4, 5, 6, 7, 0xFF}};

static void identifiers_become_text_and_back(void)
{
    GUID read;
    RPC_WSTR text;
    RPC_CSTR narrow_text;

    CHECK_EQUAL(StringFromGUID2(&some, wide, 256), 39);
    check_text(L"{12345678-9ABC-DEF0-0102-0304050607FF}");
    CHECK_EQUAL(StringFromGUID2(&some, wide, 38), 0);
    CHECK_EQUAL(CLSIDFromString(L"{12345678-9abc-def0-0102-0304050607ff}", &read), S_OK);
    CHECK(memcmp(&read, &some, sizeof(read)) == 0);
    CHECK_EQUAL(CLSIDFromString(L"12345678", &read), CO_E_CLASSSTRING);
    CHECK_EQUAL(IIDFromString(L"{12345678-9abc-def0-0102-0304050607fg}", &read), E_INVALIDARG);
    CHECK_EQUAL(UuidToStringW(&some, &text), RPC_S_OK);
    CHECK(wcscmp(text, L"12345678-9abc-def0-0102-0304050607ff") == 0);
    CHECK_EQUAL(UuidFromStringW(text, &read), RPC_S_OK);
    CHECK_EQUAL(RpcStringFreeW(&text), RPC_S_OK);
    CHECK(text == NULL);
    CHECK_EQUAL(UuidToStringA(&some, &narrow_text), RPC_S_OK);
    CHECK_EQUAL(UuidFromStringA(narrow_text, &read), RPC_S_OK);
    CHECK(memcmp(&read, &some, sizeof(read)) == 0);
    CHECK_EQUAL(RpcStringFreeA(&narrow_text), RPC_S_OK);
    CHECK_EQUAL(UuidFromStringW((RPC_WSTR)L"12", &read), RPC_S_INVALID_STRING_UUID);
}

static void new_identifiers_are_random_ones(void)
{
    GUID first;
    GUID second;

    CHECK_EQUAL(CoCreateGuid(&first), S_OK);
    CHECK_EQUAL(UuidCreate(&second), RPC_S_OK);
    CHECK(memcmp(&first, &second, sizeof(first)) != 0);
    CHECK_EQUAL(first.Data3 >> 12, 4);
    CHECK_EQUAL(first.Data4[0] >> 6, 2);
}

static void the_system_says_what_it_is(void)
{
    OSVERSIONINFOEXW version = {.dwOSVersionInfoSize = sizeof(version)};
    SYSTEM_INFO system;
    MEMORYSTATUSEX memory = {.dwLength = sizeof(memory)};
    DWORD size = 256;

    CHECK(GetVersionExW((OSVERSIONINFOW *)&version));
    CHECK(version.dwMajorVersion == 10 && version.dwBuildNumber >= 22000);
    version.dwOSVersionInfoSize = 3;
    CHECK(!GetVersionExW((OSVERSIONINFOW *)&version));
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    version = (OSVERSIONINFOEXW){.dwOSVersionInfoSize = sizeof(version), .dwMajorVersion = 11};
    CHECK(!VerifyVersionInfoW(&version, VER_MAJORVERSION, VerSetConditionMask(0, VER_MAJORVERSION, VER_GREATER_EQUAL)));
    CHECK_EQUAL(GetLastError(), ERROR_OLD_WIN_VERSION);
    GetSystemInfo(&system);
    CHECK(system.dwNumberOfProcessors >= 1 && system.dwPageSize >= 4096 && system.dwAllocationGranularity == 65536);
    CHECK(GlobalMemoryStatusEx(&memory) && memory.ullTotalPhys != 0 && memory.dwMemoryLoad <= 100);
    CHECK(GetComputerNameW(wide, &size) && size == wcslen(wide) && size <= MAX_COMPUTERNAME_LENGTH);
    size = 0;
    CHECK(!GetComputerNameA(narrow, &size));
    CHECK_EQUAL(GetLastError(), ERROR_BUFFER_OVERFLOW);
    CHECK_EQUAL(MulDiv(7, 3, 2), 11);
    CHECK_EQUAL(MulDiv(-7, 3, 2), (unsigned long long)-11);
    CHECK_EQUAL(MulDiv(7, 3, 0), (unsigned long long)-1);
}

static void a_break_point_without_a_debugger(void)
{
    DebugBreak();
}

const struct nt_case nt_cases[] = {
    CASE(the_system_has_a_text_for_every_code),
    CASE(inserts_are_put_in_by_number_and_format),
    CASE(inserts_come_from_an_array_too),
    CASE(inserts_may_be_ignored),
    CASE(lines_break_where_the_width_says),
    CASE(a_buffer_is_allocated_on_demand),
    CASE(want_of_memory_leaks_no_message),
    CASE(functions_of_the_system_are_found_by_name),
    CASE(what_is_not_implemented_is_not_found),
    CASE(a_library_that_is_not_there_is_reported),
    CASE(a_module_has_a_path),
    CASE(variables_of_the_environment),
    CASE(variables_are_expanded),
    CASE(identifiers_become_text_and_back),
    CASE(new_identifiers_are_random_ones),
    CASE(the_system_says_what_it_is),
    STOPS(a_break_point_without_a_debugger, "break point"),
    CASES_END,
};
