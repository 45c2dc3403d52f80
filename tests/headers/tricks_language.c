/* SPDX-License-Identifier: MIT */
/*
 * What Microsoft's compiler allows in C and C++ alike and driver sources use: tags, anonymous members, storage attributes,
 * pragmas, annotations. The program checks the values that the language leaves to the compiler.
 * try: run
 */
#include "tricks_platform.h"

#define TRICK_POOL_TAG 'ltUT'

#pragma code_seg("PAGED")
#pragma code_seg()
#pragma code_seg(push, trick, "PAGED")
#pragma code_seg(pop, trick)
#pragma data_seg()
#pragma region annotations
#pragma warning(push)
#pragma warning(disable : 4201 4214)
#pragma warning(disable : 28167, justification : "the analyser cannot see it")
__pragma(warning(suppress : 6326))
#pragma prefast(suppress : 28118, "reason")
#pragma comment(lib, "ntoskrnl.lib")
#pragma endregion
#pragma warning(pop)

    _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_ static NTSTATUS
    trick_annotated(_In_ ULONG Length, _In_reads_bytes_(Length) const UCHAR *Buffer, _Out_writes_opt_(Length) PUCHAR Copy,
                    _Inout_opt_ PULONG Count, _In_z_ PCWSTR Name);

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, trick_annotated)
#endif
#pragma alloc_text(INIT, trick_annotated)

_Use_decl_annotations_ static NTSTATUS trick_annotated(ULONG Length, const UCHAR *Buffer, PUCHAR Copy, PULONG Count,
                                                       PCWSTR Name)
{
    UNREFERENCED_PARAMETER(Name);
    if (ARGUMENT_PRESENT(Copy))
    {
        RtlCopyMemory(Copy, Buffer, Length);
    }
    if (ARGUMENT_PRESENT(Count))
    {
        *Count += Length;
    }
    return STATUS_SUCCESS;
}

typedef struct _TRICK_MEMBERS
{
    ULONG Type;
    union
    {
        struct
        {
            USHORT Low;
            USHORT High;
        };
        ULONG Both;
    };
    _Field_size_bytes_(Type) PVOID Buffer;
} TRICK_MEMBERS, *PTRICK_MEMBERS;

/* A named structure without a member name adds its members, as the Microsoft extension has it. */
typedef struct _TRICK_DERIVED
{
    LIST_ENTRY Link;
    struct
    {
        ULONG Inner;
    };
    LARGE_INTEGER Time;
} TRICK_DERIVED;

#pragma pack(push, 1)
typedef struct _TRICK_PACKED
{
    UCHAR First;
    ULONG Second;
} TRICK_PACKED;
#pragma pack(pop)

#include <pshpack2.h>
typedef struct _TRICK_PACKED_BY_TWO
{
    UCHAR First;
    ULONG Second;
} TRICK_PACKED_BY_TWO;
#include <poppack.h>

typedef __declspec(align(64)) struct _TRICK_ALIGNED
{
    UCHAR Byte;
} TRICK_ALIGNED;

typedef struct DECLSPEC_ALIGN(32) _TRICK_ALIGNED_MEMBER
{
    UCHAR Byte;
    DECLSPEC_ALIGN(16) UCHAR Other;
} TRICK_ALIGNED_MEMBER;

__declspec(selectany) ULONG trick_selectany = 5;
EXTERN_C __declspec(dllexport) ULONG trick_exported(VOID);
EXTERN_C __declspec(noinline) ULONG trick_exported(VOID)
{
    return trick_selectany;
}

EXTERN_C __declspec(noreturn) VOID trick_stop(VOID);
EXTERN_C DECLSPEC_NORETURN VOID trick_stop(VOID)
{
    for (;;)
    {
    }
}

__declspec(deprecated) __forceinline ULONG trick_old(VOID)
{
    return 1;
}

/* In C++, which most driver sources are compiled as, the keyword may have "static" before it. */
#ifdef __cplusplus
static
#endif
    FORCEINLINE ULONG
    trick_inline(ULONG Value)
{
    return Value + 1;
}

DECLARE_GLOBAL_CONST_UNICODE_STRING(TrickGlobal, L"global");

C_ASSERT(sizeof(LONG) == 4);
C_ASSERT(sizeof(ULONG_PTR) == sizeof(PVOID));
C_ASSERT(sizeof(WCHAR) == 2);
C_ASSERT(sizeof(L"ab") == 6);
C_ASSERT(sizeof(TRICK_PACKED) == 5);
C_ASSERT(sizeof(TRICK_PACKED_BY_TWO) == 6);
C_ASSERT(FIELD_OFFSET(TRICK_MEMBERS, High) == 6);
C_ASSERT(FIELD_OFFSET(TRICK_DERIVED, Inner) == 16);
C_ASSERT(sizeof(TRICK_ALIGNED_MEMBER) == 32);

static int trick_values(void)
{
    TRICK_MEMBERS members = {0};
    TRICK_DERIVED derived;
    PLIST_ENTRY entry = &derived.Link;
    ULONG count = 1;
    UCHAR source[4] = {1, 2, 3, 4};
    UCHAR copy[4];
    members.Low = 0x1234;
    members.High = 0x5678;
    derived.Inner = 7;
    derived.Time.QuadPart = 0x100000002LL;
    return TRICK_POOL_TAG == 0x6C745554 && members.Both == 0x56781234 &&
           CONTAINING_RECORD(entry, TRICK_DERIVED, Link) == &derived && derived.Time.LowPart == 2 &&
           derived.Time.HighPart == 1 && derived.Time.u.LowPart == 2 &&
           NT_SUCCESS(trick_annotated(4, source, copy, &count, L"name")) && count == 5 && copy[3] == 4 &&
           trick_inline(1) == 2 && trick_exported() == 5 && ARRAYSIZE(copy) == 4;
}

/* Wide characters of literals are UTF-16 code units. */
static int trick_text(void)
{
    static const WCHAR text[] = L"\x263A\U0001F600";
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"name");
    DECLARE_CONST_UNICODE_STRING(constant, L"abc");
    DECLARE_UNICODE_STRING_SIZE(buffered, 16);
    return TrickGlobal.Length == 12 && sizeof(text) == 8 && text[1] == 0xD83D && name.Length == 8 &&
           name.MaximumLength == 10 && constant.Length == 6 && constant.MaximumLength == 8 && constant.Buffer[2] == L'c' &&
           buffered.Length == 0 && buffered.MaximumLength == 32;
}

int main(void)
{
    return trick_values() && trick_text() ? 0 : 1;
}
