/* SPDX-License-Identifier: MIT */
/*
 * BufferQueue: unused buffers and a queue of used ones. The Client fetches a buffer, fills it and enqueues it; whoever
 * dequeues it gives it back for reuse.
 */
#ifndef DMF_BUFFERQUEUE_H
#define DMF_BUFFERQUEUE_H

#include "DmfDefinitions.h"
#include "Dmf_BufferPool.h"

EXTERN_C_START

/* Called for a buffer that is given back, before its contents are erased. */
typedef _Function_class_(EVT_DMF_BufferQueue_ReuseCleanup)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
VOID
EVT_DMF_BufferQueue_ReuseCleanup(_In_ DMFMODULE DmfModule,
                                 _In_ VOID* ClientBuffer,
                                 _In_ VOID* ClientBufferContext);

typedef struct
{
    /* The buffers. */
    BufferPool_SourceSettings SourceSettings;
    EVT_DMF_BufferQueue_ReuseCleanup* EvtBufferQueueReuseCleanup;
} DMF_CONFIG_BufferQueue;

FORCEINLINE
VOID
DMF_CONFIG_BufferQueue_DEFAULT(
    _Inout_ DMF_CONFIG_BufferQueue* ModuleConfig
    )
{
    DMF_CONFIG_BufferPool bufferPoolConfig;

    RtlZeroMemory(&bufferPoolConfig,
                  sizeof(bufferPoolConfig));
    DMF_CONFIG_BufferPool_DEFAULT(&bufferPoolConfig);
    ModuleConfig->SourceSettings = bufferPoolConfig.Mode.SourceSettings;
}

EXTERN_C_END

DECLARE_DMF_MODULE_EX(BufferQueue)

EXTERN_C_START

/* Gives the address of the Client's context of a buffer. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_ContextGet(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _Out_ VOID** ClientBufferContext
    );

/* Gives the number of buffers in the queue. */
_IRQL_requires_max_(DISPATCH_LEVEL)
ULONG
DMF_BufferQueue_Count(
    _In_ DMFMODULE DmfModule
    );

/* Takes the first buffer out of the queue; STATUS_UNSUCCESSFUL if there is none. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferQueue_Dequeue(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    );

/* The same; gives the buffer's memory descriptor as well. STATUS_INSUFFICIENT_RESOURCES if there is no buffer. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferQueue_DequeueWithMemoryDescriptor(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_ PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    _Out_ VOID** ClientBufferContext
    );

/* Puts a buffer at the end of the queue. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_Enqueue(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    );

/* Puts a buffer at the start of the queue. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_EnqueueAtHead(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    );

/* Puts a buffer at the end of the queue, and gives it to the callback if it is still there after the given time. */
_IRQL_requires_max_(DISPATCH_LEVEL)
NTSTATUS
DMF_BufferQueue_EnqueueWithTimer(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _In_ ULONGLONG TimerExpirationMilliseconds,
    _In_ EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback,
    _In_opt_ VOID* TimerExpirationCallbackContext
    );

/* Shows the buffers of the queue to the Client, the oldest first. The callback's Module is the child that holds them. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_Enumerate(
    _In_ DMFMODULE DmfModule,
    _In_ EVT_DMF_BufferPool_Enumeration EntryEnumerationCallback,
    _In_opt_ VOID* ClientDriverCallbackContext,
    _Out_opt_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    );

/* Takes an unused buffer; STATUS_UNSUCCESSFUL if there is none. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferQueue_Fetch(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    );

/* Gives back all buffers of the queue. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_Flush(
    _In_ DMFMODULE DmfModule
    );

/* Gives back a buffer. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferQueue_Reuse(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    );

EXTERN_C_END

#endif /* DMF_BUFFERQUEUE_H */
