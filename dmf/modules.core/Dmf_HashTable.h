/* SPDX-License-Identifier: MIT */
/*
 * HashTable: a table of keys and values, both strings of bytes of limited length. Its memory is there from the start.
 * Keys stay until the Module closes.
 */
#ifndef DMF_HASHTABLE_H
#define DMF_HASHTABLE_H

#include "DmfDefinitions.h"

EXTERN_C_START

/* All callbacks run under the Module's lock: they must not call the Module's Methods. */

/* Gives the hash of a key, always the same for the same key. */
typedef _Function_class_(EVT_DMF_HashTable_HashCalculate)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
ULONG_PTR
EVT_DMF_HashTable_HashCalculate(_In_ DMFMODULE DmfModule,
                                _In_reads_(KeyLength) UCHAR* Key,
                                _In_ ULONG KeyLength);

/* Reads or changes the value of a key in place. A key that was not there has a value of length 0, and room that is zero. */
typedef _Function_class_(EVT_DMF_HashTable_Find)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
VOID
EVT_DMF_HashTable_Find(_In_ DMFMODULE DmfModule,
                       _In_reads_(KeyLength) UCHAR* Key,
                       _In_ ULONG KeyLength,
                       _Inout_updates_to_(*ValueLength, *ValueLength) UCHAR* Value,
                       _Inout_ ULONG* ValueLength);

typedef _Function_class_(EVT_DMF_HashTable_FindEx)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
VOID
EVT_DMF_HashTable_FindEx(_In_ DMFMODULE DmfModule,
                         _In_ VOID* CallbackContext,
                         _In_reads_(KeyLength) UCHAR* Key,
                         _In_ ULONG KeyLength,
                         _Inout_updates_to_(*ValueLength, *ValueLength) UCHAR* Value,
                         _Inout_ ULONG* ValueLength);

/* Called for a key and its value. FALSE ends the enumeration. */
typedef _Function_class_(EVT_DMF_HashTable_Enumerate)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
BOOLEAN
EVT_DMF_HashTable_Enumerate(_In_ DMFMODULE DmfModule,
                            _In_reads_(KeyLength) UCHAR* Key,
                            _In_ ULONG KeyLength,
                            _In_reads_(ValueLength) UCHAR* Value,
                            _In_ ULONG ValueLength,
                            _In_ VOID* CallbackContext);

typedef struct
{
    /* In bytes. */
    ULONG MaximumKeyLength;
    ULONG MaximumValueLength;
    /* How many keys fit. */
    ULONG MaximumTableSize;
    /* NULL for the Module's own. */
    EVT_DMF_HashTable_HashCalculate* EvtHashTableHashCalculate;
} DMF_CONFIG_HashTable;

EXTERN_C_END

DECLARE_DMF_MODULE(HashTable)

EXTERN_C_START

/* Shows all keys and values to the Client, in the order in which the keys came. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_HashTable_Enumerate(
    _In_ DMFMODULE DmfModule,
    _In_ EVT_DMF_HashTable_Enumerate* CallbackEnumerate,
    _In_ VOID* CallbackContext
    );

/* Finds a key, or adds it, and shows its value to the Client. STATUS_BUFFER_TOO_SMALL if the table is full. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_HashTable_Find(
    _In_ DMFMODULE DmfModule,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _In_ EVT_DMF_HashTable_Find* CallbackFind
    );

/* The same, with a context for the callback. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_HashTable_FindEx(
    _In_ DMFMODULE DmfModule,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _In_ EVT_DMF_HashTable_FindEx* CallbackFindEx,
    _In_ VOID* CallbackContext
    );

/* Copies the value of a key. STATUS_NOT_FOUND if there is none, STATUS_BUFFER_TOO_SMALL if it does not fit. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_HashTable_Read(
    _In_ DMFMODULE DmfModule,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _Out_writes_bytes_(ValueBufferLength) UCHAR* ValueBuffer,
    _In_ ULONG ValueBufferLength,
    _Out_opt_ ULONG* ValueLength
    );

/* Writes the value of a key, which is added if it is not there. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_HashTable_Write(
    _In_ DMFMODULE DmfModule,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _In_reads_(ValueLength) UCHAR* Value,
    _In_ ULONG ValueLength
    );

EXTERN_C_END

#endif /* DMF_HASHTABLE_H */
