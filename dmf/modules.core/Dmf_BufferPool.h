/* SPDX-License-Identifier: MIT */
/*
 * BufferPool: a list of buffers of one size. A Source makes its buffers; a Sink holds buffers that Sources made. A
 * buffer may have a timer that takes it out of a Sink after a while. Whoever took a buffer out of a list owns it until
 * it puts it back into one.
 */
#ifndef DMF_BUFFERPOOL_H
#define DMF_BUFFERPOOL_H

#include "DmfDefinitions.h"

EXTERN_C_START

typedef enum
{
    BufferPool_Mode_Invalid = 0,
    /* The Module makes buffers, and its list starts with them. */
    BufferPool_Mode_Source,
    /* The Module makes none, and its list starts empty. */
    BufferPool_Mode_Sink,
    BufferPool_Mode_Maximum,
} BufferPool_ModeType;

/* What becomes of a buffer that an enumeration showed to the Client, and whether the enumeration goes on. */
typedef enum
{
    BufferPool_EnumerationDisposition_Invalid = 0,
    BufferPool_EnumerationDisposition_ContinueEnumeration,
    BufferPool_EnumerationDisposition_StopEnumeration,
    /* The Client owns the buffer. */
    BufferPool_EnumerationDisposition_RemoveAndStopEnumeration,
    /* The buffer stays in the list for good. */
    BufferPool_EnumerationDisposition_StopTimerAndStopEnumeration,
    BufferPool_EnumerationDisposition_StopTimerAndContinueEnumeration,
    /* The buffer's time begins again. */
    BufferPool_EnumerationDisposition_ResetTimerAndStopEnumeration,
    BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration,
    BufferPool_EnumerationDisposition_Maximum,
} BufferPool_EnumerationDispositionType;

/* Called for a buffer of a Sink, under the Sink's lock: it must not call the Sink's Methods. */
typedef _Function_class_(EVT_DMF_BufferPool_Enumeration)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
BufferPool_EnumerationDispositionType
EVT_DMF_BufferPool_Enumeration(_In_ DMFMODULE DmfModule,
                               _In_ VOID* ClientBuffer,
                               _In_ VOID* ClientBufferContext,
                               _In_opt_ VOID* ClientDriverCallbackContext);

/* Called at PASSIVE_LEVEL, without a lock, for a buffer whose time is over. The Client owns the buffer. */
typedef _Function_class_(EVT_DMF_BufferPool_TimerCallback)
_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_requires_same_
VOID
EVT_DMF_BufferPool_TimerCallback(_In_ DMFMODULE DmfModule,
                                 _In_ VOID* ClientBuffer,
                                 _In_ VOID* ClientBufferContext,
                                 _In_opt_ VOID* ClientDriverCallbackContext);

typedef struct
{
    /* The number of buffers that Open makes. */
    ULONG BufferCount;
    /* Their size in bytes, and that of the Client's context of each. */
    ULONG BufferSize;
    ULONG BufferContextSize;
    /* Indicates that an empty list makes further buffers, which end when they come back. */
    ULONG EnableLookAside;
    /* Indicates that buffers can be put into a Sink for a limited time. */
    ULONG CreateWithTimer;
    /* Paged buffers need a Module whose attributes say PassiveLevel. */
    POOL_TYPE PoolType;
} BufferPool_SourceSettings;

typedef struct
{
    BufferPool_ModeType BufferPoolMode;
    union
    {
        BufferPool_SourceSettings SourceSettings;
    } Mode;
} DMF_CONFIG_BufferPool;

FORCEINLINE
VOID
DMF_CONFIG_BufferPool_DEFAULT(
    _Inout_ DMF_CONFIG_BufferPool* ModuleConfig
    )
{
    ModuleConfig->Mode.SourceSettings.PoolType = NonPagedPoolNx;
}

EXTERN_C_END

DECLARE_DMF_MODULE_EX(BufferPool)

EXTERN_C_START

/* Gives the address of the Client's context of a buffer. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_ContextGet(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _Out_ VOID** ClientBufferContext
    );

/* Gives the number of buffers in the list. */
_IRQL_requires_max_(DISPATCH_LEVEL)
ULONG
DMF_BufferPool_Count(
    _In_ DMFMODULE DmfModule
    );

/* Shows a Sink's buffers to the Client, the oldest first. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_Enumerate(
    _In_ DMFMODULE DmfModule,
    _In_ EVT_DMF_BufferPool_Enumeration EntryEnumerationCallback,
    _In_opt_ VOID* ClientDriverCallbackContext,
    _Out_opt_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    );

/* Takes the first buffer out of the list; STATUS_UNSUCCESSFUL if there is none. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferPool_Get(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    );

/* The same; gives the buffer's WDFMEMORY as well. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferPool_GetWithMemory(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_ VOID** ClientBufferContext,
    _Out_ WDFMEMORY* ClientBufferMemory
    );

/* The same; gives the buffer's memory descriptor as well. STATUS_INSUFFICIENT_RESOURCES if there is no buffer. */
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BufferPool_GetWithMemoryDescriptor(
    _In_ DMFMODULE DmfModule,
    _Out_ VOID** ClientBuffer,
    _Out_ PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    _Out_ VOID** ClientBufferContext
    );

/* Gives what the Source that made a buffer knows of it. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_ParametersGet(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _Out_opt_ PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    _Out_opt_ WDFMEMORY* ClientBufferMemory,
    _Out_opt_ ULONG* ClientBufferSize,
    _Out_opt_ VOID** ClientBufferContext,
    _Out_opt_ ULONG* ClientBufferContextSize
    );

/* Puts a buffer at the end of the list. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_Put(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    );

/* Puts a buffer at the start of the list. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_PutAtHead(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer
    );

/* Puts a buffer at the end of a Sink's list, and gives it to the callback if it is still there after the given time. */
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BufferPool_PutInSinkWithTimer(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _In_ ULONGLONG TimerExpirationMilliseconds,
    _In_ EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback,
    _In_opt_ VOID* TimerExpirationCallbackContext
    );

EXTERN_C_END

#endif /* DMF_BUFFERPOOL_H */
