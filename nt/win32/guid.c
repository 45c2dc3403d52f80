/* SPDX-License-Identifier: MIT */
/*
 * Identifiers as text, and new ones.
 */
#include "nt/win32/heap.h"
#include "nt/win32/text.h"

#include <string.h>

#include <objbase.h>
#include <rpcdce.h>

#define GUID_LENGTH 38
#define UUID_LENGTH 36

/* Reads the 36 characters without braces. */
static bool read_uuid(const WCHAR *text, GUID *ret_guid)
{
    WCHAR braced[GUID_LENGTH] = {'{'};

    if (wide_length(text) != UUID_LENGTH)
    {
        return false;
    }
    memcpy(braced + 1, text, UUID_LENGTH * sizeof(WCHAR));
    braced[GUID_LENGTH - 1] = '}';
    return guid_parse(braced, ret_guid);
}

int WINAPI StringFromGUID2(REFGUID rguid, LPOLESTR lpsz, int cchMax)
{
    if (cchMax < GUID_LENGTH + 1)
    {
        return 0;
    }
    guid_format(rguid, false, lpsz);
    return GUID_LENGTH + 1;
}

HRESULT WINAPI StringFromCLSID(REFCLSID rclsid, LPOLESTR *lplpsz)
{
    *lplpsz = CoTaskMemAlloc((GUID_LENGTH + 1) * sizeof(WCHAR));
    if (*lplpsz == NULL)
    {
        return E_OUTOFMEMORY;
    }
    (void)StringFromGUID2(rclsid, *lplpsz, GUID_LENGTH + 1);
    return S_OK;
}

HRESULT WINAPI StringFromIID(REFIID rclsid, LPOLESTR *lplpsz)
{
    return StringFromCLSID(rclsid, lplpsz);
}

HRESULT WINAPI IIDFromString(LPCOLESTR lpsz, LPIID lpiid)
{
    GUID read;

    if (lpsz == NULL)
    {
        *lpiid = (IID){0};
        return S_OK;
    }
    if (wide_length(lpsz) != GUID_LENGTH || !guid_parse(lpsz, &read))
    {
        return E_INVALIDARG;
    }
    *lpiid = read;
    return S_OK;
}

HRESULT WINAPI CLSIDFromString(LPCOLESTR lpsz, LPCLSID pclsid)
{
    HRESULT result = IIDFromString(lpsz, pclsid);

    if (result == E_INVALIDARG)
    {
        *pclsid = (CLSID){0};
        return CO_E_CLASSSTRING;
    }
    return result;
}

/* Random, version 4. */
RPC_STATUS WINAPI UuidCreate(UUID *Uuid)
{
    uint64_t random[2] = {platform_random64(), platform_random64()};

    memcpy(Uuid, random, sizeof(*Uuid));
    Uuid->Data3 = (USHORT)((Uuid->Data3 & 0x0FFF) | 0x4000);
    Uuid->Data4[0] = (UCHAR)((Uuid->Data4[0] & 0x3F) | 0x80);
    return RPC_S_OK;
}

HRESULT WINAPI CoCreateGuid(GUID *pguid)
{
    if (pguid == NULL)
    {
        return E_INVALIDARG;
    }
    (void)UuidCreate(pguid);
    return S_OK;
}

RPC_STATUS WINAPI UuidCreateNil(UUID *NilUuid)
{
    *NilUuid = (UUID){0};
    return RPC_S_OK;
}

RPC_STATUS WINAPI UuidToStringW(const UUID *Uuid, RPC_WSTR *StringUuid)
{
    static const UUID nil;
    WCHAR braced[GUID_LENGTH + 1];
    WCHAR *text = heap_allocate(heap_of_process(), (UUID_LENGTH + 1) * sizeof(WCHAR), true);

    if (text == NULL)
    {
        return RPC_S_OUT_OF_MEMORY;
    }
    guid_format(Uuid != NULL ? Uuid : &nil, true, braced);
    memcpy(text, braced + 1, UUID_LENGTH * sizeof(WCHAR));
    *StringUuid = text;
    return RPC_S_OK;
}

RPC_STATUS WINAPI UuidToStringA(const UUID *Uuid, RPC_CSTR *StringUuid)
{
    RPC_WSTR wide;
    UCHAR *text = heap_allocate(heap_of_process(), UUID_LENGTH + 1, true);

    if (text == NULL || UuidToStringW(Uuid, &wide) != RPC_S_OK)
    {
        (void)RpcStringFreeA(&text);
        return RPC_S_OUT_OF_MEMORY;
    }
    for (size_t index = 0; index < UUID_LENGTH; index++)
    {
        text[index] = (UCHAR)wide[index];
    }
    (void)RpcStringFreeW(&wide);
    *StringUuid = text;
    return RPC_S_OK;
}

RPC_STATUS WINAPI UuidFromStringW(RPC_WSTR StringUuid, UUID *Uuid)
{
    UUID read;

    if (StringUuid == NULL)
    {
        return UuidCreateNil(Uuid);
    }
    if (!read_uuid(StringUuid, &read))
    {
        return RPC_S_INVALID_STRING_UUID;
    }
    *Uuid = read;
    return RPC_S_OK;
}

RPC_STATUS WINAPI UuidFromStringA(RPC_CSTR StringUuid, UUID *Uuid)
{
    WCHAR wide[UUID_LENGTH + 1] = {0};

    if (StringUuid == NULL)
    {
        return UuidCreateNil(Uuid);
    }
    if (strlen((const char *)StringUuid) != UUID_LENGTH)
    {
        return RPC_S_INVALID_STRING_UUID;
    }
    for (size_t index = 0; index < UUID_LENGTH; index++)
    {
        wide[index] = StringUuid[index];
    }
    return UuidFromStringW(wide, Uuid);
}

int WINAPI UuidEqual(UUID *Uuid1, UUID *Uuid2, RPC_STATUS *Status)
{
    *Status = RPC_S_OK;
    return memcmp(Uuid1, Uuid2, sizeof(*Uuid1)) == 0;
}

int WINAPI UuidIsNil(UUID *Uuid, RPC_STATUS *Status)
{
    UUID nil = {0};

    return UuidEqual(Uuid, &nil, Status);
}

static RPC_STATUS free_string(void *text)
{
    if (text != NULL)
    {
        heap_free(heap_of_process(), text);
    }
    return RPC_S_OK;
}

RPC_STATUS WINAPI RpcStringFreeW(RPC_WSTR *String)
{
    void *text = *String;

    *String = NULL;
    return free_string(text);
}

RPC_STATUS WINAPI RpcStringFreeA(RPC_CSTR *String)
{
    void *text = *String;

    *String = NULL;
    return free_string(text);
}

LPVOID WINAPI CoTaskMemAlloc(SIZE_T cb)
{
    return heap_allocate(heap_of_process(), cb, false);
}

LPVOID WINAPI CoTaskMemRealloc(LPVOID pv, SIZE_T cb)
{
    if (pv == NULL)
    {
        return CoTaskMemAlloc(cb);
    }
    if (cb == 0)
    {
        CoTaskMemFree(pv);
        return NULL;
    }
    return heap_resize(heap_of_process(), pv, cb, false, false);
}

void WINAPI CoTaskMemFree(LPVOID pv)
{
    (void)free_string(pv);
}
