/* SPDX-License-Identifier: MIT */
/*
 * RingBuffer: a ring of a fixed number of items of one size. When it is full, a write fails or takes the oldest item's
 * place.
 */
#ifndef DMF_RINGBUFFER_H
#define DMF_RINGBUFFER_H

#include "DmfDefinitions.h"

EXTERN_C_START

typedef enum
{
    RingBuffer_Mode_Invalid = 0,
    /* A write to a full ring fails. */
    RingBuffer_Mode_FailIfFullOnWrite,
    /* A write to a full ring deletes the oldest item. */
    RingBuffer_Mode_DeleteOldestIfFullOnWrite,
    RingBuffer_Mode_Maximum,
} RingBuffer_ModeType;

typedef struct
{
    /* How many items fit. */
    ULONG ItemCount;
    /* The size of each in bytes. */
    ULONG ItemSize;
    RingBuffer_ModeType Mode;
} DMF_CONFIG_RingBuffer;

/* Called for an item, which it may modify in place. FALSE ends an enumeration. */
typedef _Function_class_(EVT_DMF_RingBuffer_Enumeration)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
BOOLEAN
EVT_DMF_RingBuffer_Enumeration(_In_ DMFMODULE DmfModule,
                               _Inout_updates_(BufferSize) UCHAR* Buffer,
                               _In_ ULONG BufferSize,
                               _In_opt_ VOID* CallbackContext);

EXTERN_C_END

DECLARE_DMF_MODULE(RingBuffer)

EXTERN_C_START

/* Shows the items to the Client, the oldest first. Without the lock only for who is alone with the ring. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_RingBuffer_Enumerate(
    _In_ DMFMODULE DmfModule,
    _In_ BOOLEAN Lock,
    _In_ EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback,
    _In_opt_ VOID* RingBufferEntryCallbackContext
    );

/* Shows all items to the Client whose first bytes are the given ones. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_RingBuffer_EnumerateToFindItem(
    _In_ DMFMODULE DmfModule,
    _In_ EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback,
    _In_opt_ VOID* RingBufferEntryCallbackContext,
    _In_ UCHAR* Item,
    _In_ ULONG ItemSize
    );

/* Takes the oldest item out; STATUS_UNSUCCESSFUL if there is none. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_Read(
    _In_ DMFMODULE DmfModule,
    _Out_writes_(TargetBufferSize) UCHAR* TargetBuffer,
    _In_ ULONG TargetBufferSize
    );

/* Takes all items out, as far as they fit. Always succeeds. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_ReadAll(
    _In_ DMFMODULE DmfModule,
    _Out_writes_(TargetBufferSize) UCHAR* TargetBuffer,
    _In_ ULONG TargetBufferSize,
    _Out_ ULONG* BytesWritten
    );

/* Puts the oldest item at the start of the ring's memory, and zeroes what holds no item. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_RingBuffer_Reorder(
    _In_ DMFMODULE DmfModule,
    _In_ BOOLEAN Lock
    );

/* Takes the oldest item out, piece by piece. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_SegmentsRead(
    _In_ DMFMODULE DmfModule,
    _In_reads_(NumberOfSegments) UCHAR** Segments,
    _In_reads_(NumberOfSegments) ULONG* SegmentSizes,
    _In_reads_(NumberOfSegments) ULONG* SegmentOffsets,
    _In_ ULONG NumberOfSegments
    );

/* Writes an item, piece by piece. What no piece covers stays as it is in the ring's memory. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_SegmentsWrite(
    _In_ DMFMODULE DmfModule,
    _In_reads_(NumberOfSegments) UCHAR** Segments,
    _In_reads_(NumberOfSegments) ULONG* SegmentSizes,
    _In_reads_(NumberOfSegments) ULONG* SegmentOffsets,
    _In_ ULONG NumberOfSegments
    );

/* Gives the number of bytes of all items of a full ring. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_RingBuffer_TotalSizeGet(
    _In_ DMFMODULE DmfModule,
    _Out_ ULONG* TotalSize
    );

/* Writes an item; STATUS_UNSUCCESSFUL if it has another size, or if the ring is full and keeps its oldest item. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_Write(
    _In_ DMFMODULE DmfModule,
    _In_reads_(SourceBufferSize) UCHAR* SourceBuffer,
    _In_ ULONG SourceBufferSize
    );

EXTERN_C_END

#endif /* DMF_RINGBUFFER_H */
