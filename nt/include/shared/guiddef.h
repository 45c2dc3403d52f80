/* SPDX-License-Identifier: MIT */
/*
 * GUIDs: the type, DEFINE_GUID and comparison.
 *
 * DEFINE_GUID declares; after initguid.h has been included it defines, in every translation unit that includes the GUID's
 * header (as weak objects, of which the linker keeps one). This part is deliberately outside the include guard.
 */
#include "ntcompiler.h"

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    EXTERN_C const GUID name __attribute__((weak)); \
    EXTERN_C_SELECTANY const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) EXTERN_C const GUID name
#endif
#define DEFINE_OLEGUID(name, l, w1, w2) DEFINE_GUID(name, l, w1, w2, 0xC0, 0, 0, 0, 0, 0, 0, 0x46)

#ifndef GUIDDEF_H
#define GUIDDEF_H

#ifdef __cplusplus
#include <string.h>
#define EXTERN_C_SELECTANY extern "C" __attribute__((weak))
#else
#define EXTERN_C_SELECTANY __attribute__((weak))
#endif

typedef struct _GUID
{
    unsigned int Data1;
    unsigned short Data2;
    unsigned short Data3;
    unsigned char Data4[8];
} GUID, *LPGUID;
typedef const GUID *LPCGUID;
#define GUID_DEFINED
typedef GUID IID, *LPIID, CLSID, *LPCLSID, FMTID, *LPFMTID, UUID;

#ifdef __cplusplus
#define REFGUID const GUID &
#define REFIID const IID &
#define REFCLSID const IID &
#define REFFMTID const IID &

/* Operators overload, also where a source includes its headers within extern "C". */
extern "C++" {
FORCEINLINE int InlineIsEqualGUID(REFGUID First, REFGUID Second)
{
    return memcmp(&First, &Second, sizeof(GUID)) == 0;
}
FORCEINLINE int IsEqualGUID(REFGUID First, REFGUID Second)
{
    return memcmp(&First, &Second, sizeof(GUID)) == 0;
}
FORCEINLINE bool operator==(REFGUID First, REFGUID Second)
{
    return IsEqualGUID(First, Second) != 0;
}
FORCEINLINE bool operator!=(REFGUID First, REFGUID Second)
{
    return IsEqualGUID(First, Second) == 0;
}
}
#else
#define REFGUID const GUID *
#define REFIID const IID *
#define REFCLSID const IID *
#define REFFMTID const IID *
#define InlineIsEqualGUID(First, Second) (__builtin_memcmp((First), (Second), sizeof(GUID)) == 0)
#define IsEqualGUID(First, Second) InlineIsEqualGUID(First, Second)
#endif
#define IsEqualIID(First, Second) IsEqualGUID(First, Second)
#define IsEqualCLSID(First, Second) IsEqualGUID(First, Second)
#define IsEqualFMTID(First, Second) IsEqualGUID(First, Second)

#endif /* GUIDDEF_H */
