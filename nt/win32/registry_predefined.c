/* SPDX-License-Identifier: MIT */
/*
 * Predefined keys: what they stand for, and what a program puts in their place.
 *
 * A call opens a predefined key for itself. A handle is kept only for one that was overridden, and for one whose changes
 * somebody wants to hear of: changes between two calls must be remembered by something that lives that long.
 */
#include "nt/win32/registry.h"

#define FIRST_PREDEFINED 0x80000000u

const WCHAR *key_predefined_path(HKEY key)
{
    switch ((ULONG)(ULONG_PTR)key)
    {
        case 0x80000000u:
            return L"\\Registry\\Machine\\Software\\Classes";
        case 0x80000001u:
            return L"\\Registry\\User\\S-1-5-18";
        case 0x80000002u:
            return L"\\Registry\\Machine";
        case 0x80000003u:
            return L"\\Registry\\User";
        case 0x80000005u:
            return L"\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles\\Current";
        default:
            return NULL;
    }
}

static struct predefined_key *kept(HKEY key)
{
    return &win32()->predefined[(ULONG)(ULONG_PTR)key - FIRST_PREDEFINED];
}

static LONG open_fresh(HKEY key, HANDLE *ret_handle)
{
    UNICODE_STRING name = key_text(key_predefined_path(key));
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    return key_error(ZwOpenKeyEx(ret_handle, MAXIMUM_ALLOWED, &attributes, 0));
}

/* Another handle to the same open key, so that who closes one does not disturb who uses the other. */
static LONG duplicate(HANDLE handle, HANDLE *ret_handle)
{
    return key_error(
        ZwDuplicateObject(GetCurrentProcess(), handle, GetCurrentProcess(), ret_handle, 0, 0, DUPLICATE_SAME_ACCESS));
}

LONG key_open_predefined(HKEY key, HANDLE *ret_handle)
{
    struct win32 *state = win32();
    bool is_overridden;
    LONG error = ERROR_SUCCESS;

    platform_mutex_lock(&state->predefined_lock);
    is_overridden = kept(key)->is_overridden;
    if (is_overridden)
    {
        error = duplicate(kept(key)->handle, ret_handle);
    }
    platform_mutex_unlock(&state->predefined_lock);
    return is_overridden ? error : open_fresh(key, ret_handle);
}

/* Puts a handle in the place, and closes the one that was there. */
static void keep(HKEY key, HANDLE handle, bool is_overridden)
{
    struct win32 *state = win32();
    HANDLE before;

    platform_mutex_lock(&state->predefined_lock);
    before = kept(key)->handle;
    *kept(key) = (struct predefined_key){handle, is_overridden};
    platform_mutex_unlock(&state->predefined_lock);
    if (before != NULL)
    {
        (void)ZwClose(before);
    }
}

/* Opened without the lock, because registered callbacks hear of it; of two that do so at once one is for nothing. */
static LONG open_kept(HKEY key, HANDLE *ret_handle)
{
    struct win32 *state = win32();
    HANDLE fresh = NULL;
    LONG error = open_fresh(key, &fresh);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    platform_mutex_lock(&state->predefined_lock);
    if (kept(key)->handle == NULL)
    {
        kept(key)->handle = fresh;
        fresh = NULL;
    }
    error = duplicate(kept(key)->handle, ret_handle);
    platform_mutex_unlock(&state->predefined_lock);
    if (fresh != NULL)
    {
        (void)ZwClose(fresh);
    }
    return error;
}

/* What was kept is of a registry that has been closed since: the next one is opened anew. */
static void forget_deleted(HKEY key)
{
    struct win32 *state = win32();
    HANDLE before = NULL;

    platform_mutex_lock(&state->predefined_lock);
    if (!kept(key)->is_overridden)
    {
        before = kept(key)->handle;
        kept(key)->handle = NULL;
    }
    platform_mutex_unlock(&state->predefined_lock);
    if (before != NULL)
    {
        (void)ZwClose(before);
    }
}

static NTSTATUS notify(HANDLE key, BOOL subtree, DWORD filter, HANDLE event, BOOL asynchronous)
{
    IO_STATUS_BLOCK block;

    return ZwNotifyChangeKey(key, asynchronous ? event : NULL, NULL, NULL, asynchronous ? NULL : &block, filter,
                             (BOOLEAN)(subtree != FALSE), NULL, 0, (BOOLEAN)(asynchronous != FALSE));
}

static LONG notify_predefined(HKEY key, BOOL subtree, DWORD filter, HANDLE event, BOOL asynchronous)
{
    NTSTATUS status = STATUS_KEY_DELETED;
    LONG error = ERROR_SUCCESS;

    for (int attempt = 0; attempt < 2 && error == ERROR_SUCCESS && status == STATUS_KEY_DELETED; attempt++)
    {
        HANDLE handle = NULL;

        error = open_kept(key, &handle);
        if (error == ERROR_SUCCESS)
        {
            status = notify(handle, subtree, filter, event, asynchronous);
            (void)ZwClose(handle);
        }
        if (error == ERROR_SUCCESS && status == STATUS_KEY_DELETED)
        {
            forget_deleted(key);
        }
    }
    return error != ERROR_SUCCESS ? error : key_error(status);
}

/*
 * Published functions.
 */

LONG WINAPI RegNotifyChangeKeyValue(HKEY hKey, BOOL bWatchSubtree, DWORD dwNotifyFilter, HANDLE hEvent, BOOL fAsynchronous)
{
    if (fAsynchronous && hEvent == NULL)
    {
        return ERROR_INVALID_PARAMETER;
    }
    return key_predefined_path(hKey) != NULL ?
               notify_predefined(hKey, bWatchSubtree, dwNotifyFilter, hEvent, fAsynchronous) :
               key_error(notify(hKey, bWatchSubtree, dwNotifyFilter, hEvent, fAsynchronous));
}

/* The caller may close its handle: the place has one of its own. */
LONG WINAPI RegOverridePredefKey(HKEY hKey, HKEY hNewHKey)
{
    struct key_facts *facts;
    ULONG size;
    HANDLE handle = NULL;
    LONG error = ERROR_SUCCESS;

    if (key_predefined_path(hKey) == NULL || key_predefined_path(hNewHKey) != NULL)
    {
        return ERROR_INVALID_HANDLE;
    }
    if (hNewHKey != NULL)
    {
        error = duplicate(hNewHKey, &handle);
    }
    if (handle != NULL)
    {
        /* What is no key must not become one of those that everything begins with. */
        error = key_read_facts(handle, &facts, &size);
        if (error == ERROR_SUCCESS)
        {
            platform_free(facts, size);
        }
        else
        {
            (void)ZwClose(handle);
        }
    }
    if (error == ERROR_SUCCESS)
    {
        keep(hKey, handle, handle != NULL);
    }
    return error;
}

/* Every call opens a predefined key anew: there is nothing to disable. */
LONG WINAPI RegDisablePredefinedCache(void)
{
    return ERROR_SUCCESS;
}

LONG WINAPI RegDisablePredefinedCacheEx(void)
{
    return ERROR_SUCCESS;
}
