/* SPDX-License-Identifier: MIT */
/*
 * Providers of events. The types are those of the shared header of the same name.
 */
#ifndef EVNTPROV_USER_H
#define EVNTPROV_USER_H

#include "windows.h"
#include_next <evntprov.h>

EXTERN_C_START

typedef enum _EVENT_INFO_CLASS
{
    EventProviderBinaryTrackInfo,
    EventProviderSetReserved1,
    EventProviderSetTraits,
    EventProviderUseDescriptorType,
    MaxEventInfo
} EVENT_INFO_CLASS;

typedef void(CALLBACK *PENABLECALLBACK)(LPCGUID, ULONG, UCHAR, ULONGLONG, ULONGLONG, PEVENT_FILTER_DESCRIPTOR, PVOID);

WINBASEAPI BOOLEAN WINAPI EventEnabled(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor);
WINBASEAPI BOOLEAN WINAPI EventProviderEnabled(REGHANDLE RegHandle, UCHAR Level, ULONGLONG Keyword);
WINBASEAPI ULONG WINAPI EventWriteTransfer(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, LPCGUID ActivityId,
                                           LPCGUID RelatedActivityId, ULONG UserDataCount, PEVENT_DATA_DESCRIPTOR UserData);
WINBASEAPI ULONG WINAPI EventWriteString(REGHANDLE RegHandle, UCHAR Level, ULONGLONG Keyword, PCWSTR String);
WINBASEAPI ULONG WINAPI EventActivityIdControl(ULONG ControlCode, LPGUID ActivityId);
WINBASEAPI ULONG WINAPI EventWriteEx(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, ULONG64 Filter, ULONG Flags,
                                     LPCGUID ActivityId, LPCGUID RelatedActivityId, ULONG UserDataCount,
                                     PEVENT_DATA_DESCRIPTOR UserData);
WINBASEAPI ULONG WINAPI EventRegister(LPCGUID ProviderId, PENABLECALLBACK EnableCallback, PVOID CallbackContext,
                                      PREGHANDLE RegHandle);
WINBASEAPI ULONG WINAPI EventUnregister(REGHANDLE RegHandle);
WINBASEAPI ULONG WINAPI EventWrite(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, ULONG UserDataCount,
                                   PEVENT_DATA_DESCRIPTOR UserData);
WINBASEAPI ULONG WINAPI EventSetInformation(REGHANDLE RegHandle, EVENT_INFO_CLASS InformationClass, PVOID EventInformation,
                                            ULONG InformationLength);

FORCEINLINE VOID EventDataDescCreate(PEVENT_DATA_DESCRIPTOR EventDataDescriptor, const VOID *DataPtr, ULONG DataSize)
{
    EventDataDescriptor->Ptr = (ULONGLONG)(ULONG_PTR)DataPtr;
    EventDataDescriptor->Size = DataSize;
    EventDataDescriptor->Reserved = 0;
}
FORCEINLINE VOID EventDescZero(PEVENT_DESCRIPTOR EventDescriptor)
{
    __builtin_memset(EventDescriptor, 0, sizeof(*EventDescriptor));
}
FORCEINLINE VOID EventDescCreate(PEVENT_DESCRIPTOR EventDescriptor, USHORT Id, UCHAR Version, UCHAR Channel, UCHAR Level,
                                 USHORT Task, UCHAR Opcode, ULONGLONG Keyword)
{
    EventDescriptor->Id = Id;
    EventDescriptor->Version = Version;
    EventDescriptor->Channel = Channel;
    EventDescriptor->Level = Level;
    EventDescriptor->Task = Task;
    EventDescriptor->Opcode = Opcode;
    EventDescriptor->Keyword = Keyword;
}

EXTERN_C_END

#endif /* EVNTPROV_USER_H */
