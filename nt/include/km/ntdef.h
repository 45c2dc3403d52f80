/* SPDX-License-Identifier: MIT */
/*
 * Basic vocabulary of the kernel flavour. Brings the annotations, the base types, strings and lists.
 */
#ifndef NTDEF_H
#define NTDEF_H

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include "sdkddkver.h"
#include "specstrings.h"
#include "ntbase.h"
#include "ntkernel.h"
#include "ntlang.h"
#include "ntlist.h"
#include "ntrtlbase.h"

/* Beside the C overlay, C++ has functions instead of the macros, which would break the headers of the C++ library. */
#if defined(__cplusplus) && __has_include(<dmf_stdlib.h>)
#include <dmf_stdlib.h>
#elif !defined(NOMINMAX)
#ifndef min
#define min(First, Second) (((First) < (Second)) ? (First) : (Second))
#endif
#ifndef max
#define max(First, Second) (((First) > (Second)) ? (First) : (Second))
#endif
#endif

/* An empty statement that says it is meant. */
#define NOTHING

#ifndef MAX_PATH
#define MAX_PATH 260
#endif

typedef enum _NT_PRODUCT_TYPE
{
    NtProductWinNt = 1,
    NtProductLanManNt,
    NtProductServer
} NT_PRODUCT_TYPE, *PNT_PRODUCT_TYPE;

typedef UCHAR FCHAR;
typedef USHORT FSHORT;
typedef ULONG FLONG;
typedef const PSTR *PCZPSTR;
typedef PCSTR *PZPCSTR;
typedef const PWSTR *PCZPWSTR;
typedef WCHAR *LPUWSTR;
typedef WCHAR *PUWSTR;
typedef PCWSTR *PZPCWSTR;
typedef const WCHAR *LPCUWSTR;
typedef const WCHAR *PCUWSTR;
typedef short *PCSHORT;
typedef struct _QUAD
{
    union
    {
        LONGLONG UseThisFieldToCopy;
        double DoNotUseThisField;
    };
} QUAD, UQUAD, *PQUAD, *PUQUAD;

typedef STRING CANSI_STRING;
typedef struct _STRING32
{
    USHORT Length;
    USHORT MaximumLength;
    ULONG Buffer;
} STRING32, UNICODE_STRING32, ANSI_STRING32, *PSTRING32, *PUNICODE_STRING32, *PANSI_STRING32;

typedef struct _STRING64
{
    USHORT Length;
    USHORT MaximumLength;
    ULONGLONG Buffer;
} STRING64, UNICODE_STRING64, ANSI_STRING64, *PSTRING64, *PUNICODE_STRING64, *PANSI_STRING64;

typedef struct _OBJECT_ATTRIBUTES64
{
    ULONG Length;
    ULONG64 RootDirectory;
    ULONG64 ObjectName;
    ULONG Attributes;
    ULONG64 SecurityDescriptor;
    ULONG64 SecurityQualityOfService;
} OBJECT_ATTRIBUTES64, *POBJECT_ATTRIBUTES64;

typedef const OBJECT_ATTRIBUTES64 *PCOBJECT_ATTRIBUTES64;
typedef struct _OBJECT_ATTRIBUTES32
{
    ULONG Length;
    ULONG RootDirectory;
    ULONG ObjectName;
    ULONG Attributes;
    ULONG SecurityDescriptor;
    ULONG SecurityQualityOfService;
} OBJECT_ATTRIBUTES32, *POBJECT_ATTRIBUTES32;

typedef const OBJECT_ATTRIBUTES32 *PCOBJECT_ATTRIBUTES32;
typedef struct LIST_ENTRY32
{
    ULONG Flink;
    ULONG Blink;
} LIST_ENTRY32, *PLIST_ENTRY32;

typedef struct LIST_ENTRY64
{
    ULONGLONG Flink;
    ULONGLONG Blink;
} LIST_ENTRY64, *PLIST_ENTRY64;

typedef struct _SINGLE_LIST_ENTRY32
{
    ULONG Next;
} SINGLE_LIST_ENTRY32, *PSINGLE_LIST_ENTRY32;

typedef struct _WNF_STATE_NAME
{
    ULONG Data[2];
} WNF_STATE_NAME, *PWNF_STATE_NAME;

typedef const WNF_STATE_NAME *PCWNF_STATE_NAME;
#define UNREFERENCED_LOCAL_VARIABLE(Variable) ((void)(Variable))
#define RTL_FIELD_TYPE(Type, Field) (((Type *)0)->Field)
#define RTL_BITS_OF_FIELD(Type, Field) (RTL_BITS_OF(RTL_FIELD_TYPE(Type, Field)))
#define TYPE_ALIGNMENT(Type) _Alignof(Type)
#define PROBE_ALIGNMENT(Structure) ((_Alignof(Structure) > 4) ? _Alignof(Structure) : 4)
#define Int64ShllMod32(Value, Count) ((ULONGLONG)(Value) << (Count))
#define Int64ShraMod32(Value, Count) ((LONGLONG)(Value) >> (Count))
#define Int64ShrlMod32(Value, Count) ((ULONGLONG)(Value) >> (Count))

#endif /* NTDEF_H */
