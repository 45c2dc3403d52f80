/* SPDX-License-Identifier: MIT */
/*
 * IoctlHandler: tells the world of a device interface, and passes on the control codes of a table after it has looked at
 * their buffers and at who sends them.
 */
#ifndef DMF_IOCTLHANDLER_H
#define DMF_IOCTLHANDLER_H

#include "DmfDefinitions.h"

EXTERN_C_START

/*
 * Called for a request with a code of the table. The buffers are NULL when they are empty and may be. STATUS_PENDING says
 * that the Client completes the request; with any other status the Module completes it, with *BytesReturned.
 */
typedef _Function_class_(EVT_DMF_IoctlHandler_Callback) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
NTSTATUS
EVT_DMF_IoctlHandler_Callback(_In_ DMFMODULE DmfModule,
                              _In_ WDFQUEUE Queue,
                              _In_ WDFREQUEST Request,
                              _In_ ULONG IoctlCode,
                              _In_reads_(InputBufferSize) VOID* InputBuffer,
                              _In_ size_t InputBufferSize,
                              _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
                              _In_ size_t OutputBufferSize,
                              _Out_ size_t* BytesReturned);

/* Called for an open. TRUE says that the Client has completed the request; FALSE allows the open. */
typedef _Function_class_(EVT_DMF_IoctlHandler_AccessModeFilter) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
BOOLEAN
EVT_DMF_IoctlHandler_AccessModeFilter(_In_ DMFMODULE DmfModule,
                                      _In_ WDFDEVICE Device,
                                      _In_ WDFREQUEST Request,
                                      _In_ WDFFILEOBJECT FileObject);

/* Called once the device interface exists, before it is enabled. It may not call this Module. */
typedef _Function_class_(EVT_DMF_IoctlHandler_PostDeviceInterfaceCreate) _IRQL_requires_max_(PASSIVE_LEVEL)
_IRQL_requires_same_
NTSTATUS
EVT_DMF_IoctlHandler_PostDeviceInterfaceCreate(_In_ DMFMODULE DmfModule,
                                               _In_ GUID* DeviceInterfaceGuid,
                                               _In_opt_ UNICODE_STRING* ReferenceStringUnicodePointer);

/* One control code. A minimum of zero allows a buffer to be missing. */
typedef struct
{
    LONG IoctlCode;
    ULONG InputBufferMinimumSize;
    ULONG OutputBufferMinimumSize;
    EVT_DMF_IoctlHandler_Callback* EvtIoctlHandlerFunction;
    /* Only with IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl. */
    BOOLEAN AdministratorAccessOnly;
} IoctlHandler_IoctlRecord;

typedef enum
{
    /* Everybody may open the device. */
    IoctlHandler_AccessModeDefault = 0,
    /* The Client's callback decides. */
    IoctlHandler_AccessModeFilterClientCallback = 1,
    /* Only drivers may open the device. */
    IoctlHandler_AccessModeFilterDoNotAllowUserMode = 2,
    /* Only administrators may open the device. In user mode drivers nobody can. */
    IoctlHandler_AccessModeFilterAdministratorOnly = 3,
    /* The records say which codes are for administrators only. In user mode drivers nobody can open the device. */
    IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl = 4,
    /* The Module handles the control codes that only drivers can send, and no others. */
    IoctlHandler_AccessModeFilterKernelModeOnly = 5,
} IoctlHandler_AccessModeFilterType;

/* What the members point to must live as long as the Module. */
typedef struct
{
    /* Zero for no device interface. */
    GUID DeviceInterfaceGuid;
    IoctlHandler_AccessModeFilterType AccessModeFilter;
    EVT_DMF_IoctlHandler_AccessModeFilter* EvtIoctlHandlerAccessModeFilter;
    /* The first record with a request's code counts. */
    IoctlHandler_IoctlRecord* IoctlRecords;
    ULONG IoctlRecordCount;
    /* The device interface comes with DMF_IoctlHandler_IoctlStateSet(). */
    BOOLEAN ManualMode;
    /* Codes of the table are for drivers only. */
    BOOLEAN KernelModeRequestsOnly;
    /* Not used. */
    WCHAR* CustomCapabilities;
    CHAR IsRestricted;
    EVT_DMF_IoctlHandler_PostDeviceInterfaceCreate* PostDeviceInterfaceCreate;
    /* Requests that this Module does not handle go to the driver below. */
    BOOLEAN ForwardUnhandledRequests;
    /* Of the device interface; only requests of files that were opened through it, or without a name, are handled. */
    WCHAR* ReferenceString;
} DMF_CONFIG_IoctlHandler;

EXTERN_C_END

DECLARE_DMF_MODULE(IoctlHandler)

EXTERN_C_START

/* Calls the callback of the code's record, as if a request had come. Checks nothing and completes nothing. */
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
DMF_IoctlHandler_IoctlChain(_In_ DMFMODULE DmfModule,
                            _In_ WDFQUEUE Queue,
                            _In_ WDFREQUEST Request,
                            _In_ ULONG IoctlCode,
                            _In_reads_(InputBufferSize) VOID* InputBuffer,
                            _In_ size_t InputBufferSize,
                            _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
                            _In_ size_t OutputBufferSize,
                            _Out_ size_t* BytesReturned);

/* Enables or disables the device interface; in ManualMode the first enabling makes it. */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_IoctlHandler_IoctlStateSet(_In_ DMFMODULE DmfModule,
                               _In_ BOOLEAN Enable);

EXTERN_C_END

#endif /* DMF_IOCTLHANDLER_H */
