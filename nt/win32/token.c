/* SPDX-License-Identifier: MIT */
/*
 * Tokens and privileges. There is one token, the process'; no thread impersonates anybody.
 */
#include "nt/win32/text.h"

#include "nt/win32/native_token.h"

#include <string.h>

/* By number, from PRIVILEGE_FIRST on. */
static const WCHAR *const names[] = {
    L"SeCreateTokenPrivilege",
    L"SeAssignPrimaryTokenPrivilege",
    L"SeLockMemoryPrivilege",
    L"SeIncreaseQuotaPrivilege",
    L"SeMachineAccountPrivilege",
    L"SeTcbPrivilege",
    L"SeSecurityPrivilege",
    L"SeTakeOwnershipPrivilege",
    L"SeLoadDriverPrivilege",
    L"SeSystemProfilePrivilege",
    L"SeSystemtimePrivilege",
    L"SeProfileSingleProcessPrivilege",
    L"SeIncreaseBasePriorityPrivilege",
    L"SeCreatePagefilePrivilege",
    L"SeCreatePermanentPrivilege",
    L"SeBackupPrivilege",
    L"SeRestorePrivilege",
    L"SeShutdownPrivilege",
    L"SeDebugPrivilege",
    L"SeAuditPrivilege",
    L"SeSystemEnvironmentPrivilege",
    L"SeChangeNotifyPrivilege",
    L"SeRemoteShutdownPrivilege",
    L"SeUndockPrivilege",
    L"SeSyncAgentPrivilege",
    L"SeEnableDelegationPrivilege",
    L"SeManageVolumePrivilege",
    L"SeImpersonatePrivilege",
    L"SeCreateGlobalPrivilege",
    L"SeTrustedCredManAccessPrivilege",
    L"SeRelabelPrivilege",
    L"SeIncreaseWorkingSetPrivilege",
    L"SeTimeZonePrivilege",
    L"SeCreateSymbolicLinkPrivilege",
    L"SeDelegateSessionUserImpersonatePrivilege",
};

_Static_assert(ARRAYSIZE(names) == PRIVILEGE_LAST - PRIVILEGE_FIRST + 1, "every number has a name");

BOOL WINAPI OpenProcessToken(HANDLE ProcessHandle, DWORD DesiredAccess, PHANDLE TokenHandle)
{
    *TokenHandle = NULL;
    if (ProcessHandle != GetCurrentProcess())
    {
        return win32_fail(ERROR_INVALID_HANDLE);
    }
    return win32_result(native_token_open(DesiredAccess, TokenHandle));
}

BOOL WINAPI OpenThreadToken(HANDLE ThreadHandle, DWORD DesiredAccess, BOOL OpenAsSelf, PHANDLE TokenHandle)
{
    struct native_thread information;

    *TokenHandle = NULL;
    return win32_result(native_thread_query(ThreadHandle, &information)) ? win32_fail(ERROR_NO_TOKEN) : FALSE;
}

BOOL WINAPI LookupPrivilegeValueW(LPCWSTR lpSystemName, LPCWSTR lpName, PLUID lpLuid)
{
    if (lpSystemName != NULL && lpSystemName[0] != 0)
    {
        return win32_fail(RPC_S_SERVER_UNAVAILABLE);
    }
    for (DWORD index = 0; index < ARRAYSIZE(names); index++)
    {
        if (lpName != NULL && lstrcmpiW(names[index], lpName) == 0)
        {
            *lpLuid = (LUID){.LowPart = PRIVILEGE_FIRST + index};
            return TRUE;
        }
    }
    return win32_fail(ERROR_NO_SUCH_PRIVILEGE);
}

BOOL WINAPI LookupPrivilegeValueA(LPCSTR lpSystemName, LPCSTR lpName, PLUID lpLuid)
{
    struct wide_text name;
    BOOL found;

    if (lpSystemName != NULL && lpSystemName[0] != '\0')
    {
        return win32_fail(RPC_S_SERVER_UNAVAILABLE);
    }
    if (!wide_open(&name, lpName))
    {
        return FALSE;
    }
    found = LookupPrivilegeValueW(NULL, name.text, lpLuid);
    wide_close(&name);
    return found;
}

BOOL WINAPI LookupPrivilegeNameW(LPCWSTR lpSystemName, PLUID lpLuid, LPWSTR lpName, LPDWORD cchName)
{
    DWORD index = lpLuid->LowPart - PRIVILEGE_FIRST;
    DWORD answer;
    DWORD length;

    if (lpLuid->HighPart != 0 || lpLuid->LowPart < PRIVILEGE_FIRST || index >= ARRAYSIZE(names))
    {
        return win32_fail(ERROR_NO_SUCH_PRIVILEGE);
    }
    length = (DWORD)wide_length(names[index]);
    answer = text_answer(names[index], length, lpName, *cchName);
    *cchName = answer;
    return answer == length ? TRUE : win32_fail(ERROR_INSUFFICIENT_BUFFER);
}

/* The bit of a privilege, zero for a number that is none. */
static uint64_t bit_of(const LUID *luid)
{
    return luid->HighPart == 0 && luid->LowPart >= PRIVILEGE_FIRST && luid->LowPart <= PRIVILEGE_LAST ?
               UINT64_C(1) << luid->LowPart :
               0;
}

/* What an adjustment wants, as sets. */
struct wish
{
    uint64_t enable;
    uint64_t disable;
    uint64_t remove;
    bool unknown;
};

static struct wish wish_of(const TOKEN_PRIVILEGES *state)
{
    struct wish wish = {0};

    for (DWORD index = 0; index < state->PrivilegeCount; index++)
    {
        const LUID_AND_ATTRIBUTES *privilege = &state->Privileges[index];
        uint64_t bit = bit_of(&privilege->Luid);

        wish.unknown |= bit == 0;
        if ((privilege->Attributes & SE_PRIVILEGE_REMOVED) != 0)
        {
            wish.remove |= bit;
        }
        else
        {
            *((privilege->Attributes & SE_PRIVILEGE_ENABLED) != 0 ? &wish.enable : &wish.disable) |= bit;
        }
    }
    return wish;
}

static DWORD size_of(uint64_t set)
{
    return (DWORD)(offsetof(TOKEN_PRIVILEGES, Privileges) + (size_t)__builtin_popcountll(set) * sizeof(LUID_AND_ATTRIBUTES));
}

/* Writes the privileges of a set with what they are. */
static void describe(const struct native_privileges *privileges, uint64_t set, TOKEN_PRIVILEGES *state)
{
    state->PrivilegeCount = 0;
    for (DWORD number = PRIVILEGE_FIRST; number <= PRIVILEGE_LAST; number++)
    {
        if ((set & (UINT64_C(1) << number)) != 0)
        {
            state->Privileges[state->PrivilegeCount++] = (LUID_AND_ATTRIBUTES){
                .Luid = {.LowPart = number},
                .Attributes = (privileges->enabled & (UINT64_C(1) << number)) != 0 ? SE_PRIVILEGE_ENABLED : 0,
            };
        }
    }
}

BOOL WINAPI AdjustTokenPrivileges(HANDLE TokenHandle, BOOL DisableAllPrivileges, PTOKEN_PRIVILEGES NewState,
                                  DWORD BufferLength, PTOKEN_PRIVILEGES PreviousState, PDWORD ReturnLength)
{
    struct wish wish = {.disable = ~UINT64_C(0)};
    struct native_privileges before;
    uint64_t wanted;
    uint64_t changed;

    if ((!DisableAllPrivileges && NewState == NULL) || (PreviousState != NULL && ReturnLength == NULL))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (!DisableAllPrivileges)
    {
        wish = wish_of(NewState);
    }
    wanted = wish.enable | wish.disable | wish.remove;
    /* As much room as it may take is needed before anything is changed. */
    if (PreviousState != NULL)
    {
        *ReturnLength = DisableAllPrivileges ? size_of(UINT64_C(0x1FFFFFFFFC)) : size_of(wanted);
        if (BufferLength < *ReturnLength)
        {
            return win32_fail(ERROR_INSUFFICIENT_BUFFER);
        }
    }
    if (!win32_result(native_token_adjust(TokenHandle, wish.enable, wish.disable, wish.remove, &before)))
    {
        return FALSE;
    }
    if (PreviousState != NULL)
    {
        changed = before.present & ((wish.enable & ~before.enabled) | (wish.disable & before.enabled) | wish.remove);
        describe(&before, changed, PreviousState);
        *ReturnLength = size_of(changed);
    }
    win32_set_error(!DisableAllPrivileges && (wish.unknown || (wanted & ~before.present) != 0) ? ERROR_NOT_ALL_ASSIGNED :
                                                                                                 ERROR_SUCCESS);
    return TRUE;
}

/* Answers with a value of fixed size. */
static BOOL give(const void *value, DWORD size, void *buffer, DWORD length, PDWORD needed)
{
    *needed = size;
    if (length < size)
    {
        return win32_fail(ERROR_INSUFFICIENT_BUFFER);
    }
    memcpy(buffer, value, size);
    return TRUE;
}

BOOL WINAPI GetTokenInformation(HANDLE TokenHandle, TOKEN_INFORMATION_CLASS TokenInformationClass, LPVOID TokenInformation,
                                DWORD TokenInformationLength, PDWORD ReturnLength)
{
    struct native_privileges privileges;
    DWORD elevated = native_is_administrator();
    TOKEN_TYPE type = TokenPrimary;

    if (!win32_result(native_token_query(TokenHandle, &privileges)))
    {
        return FALSE;
    }
    switch (TokenInformationClass)
    {
        case TokenPrivileges:
            *ReturnLength = size_of(privileges.present);
            if (TokenInformationLength < *ReturnLength)
            {
                return win32_fail(ERROR_INSUFFICIENT_BUFFER);
            }
            describe(&privileges, privileges.present, TokenInformation);
            return TRUE;
        case TokenElevation:
            return give(&elevated, sizeof(elevated), TokenInformation, TokenInformationLength, ReturnLength);
        case TokenType:
            return give(&type, sizeof(type), TokenInformation, TokenInformationLength, ReturnLength);
        default:
            return win32_fail(ERROR_NOT_SUPPORTED);
    }
}
