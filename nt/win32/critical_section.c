/* SPDX-License-Identifier: MIT */
/*
 * Critical sections: recursive locks that spin before they wait.
 *
 * LockCount is the word that is waited for. As on Windows it is -1 when nobody is inside; -2 says that somebody is, and
 * CONTENDED that somebody may wait too.
 */
#include "nt/win32/win32.h"

#define FREE ((uint32_t)-1)
#define HELD ((uint32_t)-2)
#define CONTENDED ((uint32_t)-6)
#define NO_DEBUG_INFORMATION ((PRTL_CRITICAL_SECTION_DEBUG)(LONG_PTR)-1)
#define SPIN_COUNT_BITS 0x00FFFFFFu

static uint32_t *word_of(CRITICAL_SECTION *section)
{
    return (uint32_t *)(void *)&section->LockCount;
}

static HANDLE self(void)
{
    return (HANDLE)(ULONG_PTR)platform_current()->id;
}

static bool is_mine(const CRITICAL_SECTION *section)
{
    return __atomic_load_n(&section->OwningThread, __ATOMIC_RELAXED) == self();
}

static void require_initialized(const CRITICAL_SECTION *section)
{
    if (section->DebugInfo == NULL)
    {
        platform_fatal("critical section %p: used before it was initialised, or after it was deleted",
                       (const void *)section);
    }
}

static bool try_take(CRITICAL_SECTION *section)
{
    uint32_t expected = FREE;

    return platform_atomic_compare_exchange_acquire(word_of(section), &expected, HELD);
}

static void become_owner(CRITICAL_SECTION *section)
{
    __atomic_store_n(&section->OwningThread, self(), __ATOMIC_RELAXED);
    section->RecursionCount = 1;
}

static void take_slow(CRITICAL_SECTION *section)
{
    for (ULONG_PTR round = 0; round < section->SpinCount; round++)
    {
        platform_pause();
        if (platform_atomic_load_relaxed(word_of(section)) == FREE && try_take(section))
        {
            return;
        }
    }
    platform_wait_note("critical section", section,
                       (uint32_t)(ULONG_PTR)__atomic_load_n(&section->OwningThread, __ATOMIC_RELAXED));
    while (platform_atomic_exchange_acquire(word_of(section), CONTENDED) != FREE)
    {
        (void)platform_wait_word(word_of(section), CONTENDED, PLATFORM_FOREVER);
    }
    platform_wait_note(NULL, NULL, 0);
}

BOOL WINAPI InitializeCriticalSectionEx(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount, DWORD Flags)
{
    if ((Flags & RTL_CRITICAL_SECTION_FLAG_RESERVED) != 0 || (Flags & ~RTL_CRITICAL_SECTION_ALL_FLAG_BITS) != 0 ||
        (dwSpinCount & RTL_CRITICAL_SECTION_ALL_FLAG_BITS) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *lpCriticalSection =
        (CRITICAL_SECTION){.DebugInfo = NO_DEBUG_INFORMATION, .LockCount = (LONG)FREE, .SpinCount = dwSpinCount};
    return TRUE;
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)
{
    /* The high byte once held flags, and is still ignored. */
    return InitializeCriticalSectionEx(lpCriticalSection, dwSpinCount & SPIN_COUNT_BITS, 0);
}

void WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection)
{
    (void)InitializeCriticalSectionEx(lpCriticalSection, 0, 0);
}

DWORD WINAPI SetCriticalSectionSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)
{
    DWORD before = (DWORD)lpCriticalSection->SpinCount;

    lpCriticalSection->SpinCount = dwSpinCount & SPIN_COUNT_BITS;
    return before;
}

void WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection)
{
    if (!try_take(lpCriticalSection))
    {
        require_initialized(lpCriticalSection);
        if (is_mine(lpCriticalSection))
        {
            lpCriticalSection->RecursionCount++;
            return;
        }
        take_slow(lpCriticalSection);
    }
    become_owner(lpCriticalSection);
}

BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection)
{
    if (try_take(lpCriticalSection))
    {
        become_owner(lpCriticalSection);
        return TRUE;
    }
    require_initialized(lpCriticalSection);
    if (!is_mine(lpCriticalSection))
    {
        return FALSE;
    }
    lpCriticalSection->RecursionCount++;
    return TRUE;
}

void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection)
{
    if (!is_mine(lpCriticalSection))
    {
        platform_fatal("critical section %p: left by thread %u, which is not inside", (void *)lpCriticalSection,
                       platform_current()->id);
    }
    if (--lpCriticalSection->RecursionCount != 0)
    {
        return;
    }
    __atomic_store_n(&lpCriticalSection->OwningThread, NULL, __ATOMIC_RELAXED);
    if (platform_atomic_exchange_release(word_of(lpCriticalSection), FREE) == CONTENDED)
    {
        platform_wake_word(word_of(lpCriticalSection), 1);
    }
}

void WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection)
{
    require_initialized(lpCriticalSection);
    if (platform_atomic_load(word_of(lpCriticalSection)) != FREE)
    {
        platform_fatal("critical section %p: deleted while thread %u is inside", (void *)lpCriticalSection,
                       (unsigned)(ULONG_PTR)lpCriticalSection->OwningThread);
    }
    *lpCriticalSection = (CRITICAL_SECTION){0};
}
