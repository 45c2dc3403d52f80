/* SPDX-License-Identifier: MIT */
/*
 * GUIDs as the remote procedure call service makes, compares and prints them.
 */
#ifndef RPCDCE_H
#define RPCDCE_H

#include "minwinbase.h"
#include "winerror.h"

EXTERN_C_START

typedef LONG RPC_STATUS;
typedef UCHAR *RPC_CSTR;
typedef WCHAR *RPC_WSTR;
typedef const WCHAR *RPC_CWSTR;

WINBASEAPI RPC_STATUS WINAPI UuidCreate(UUID *Uuid);
WINBASEAPI RPC_STATUS WINAPI UuidCreateSequential(UUID *Uuid);
WINBASEAPI RPC_STATUS WINAPI UuidCreateNil(UUID *NilUuid);
WINBASEAPI RPC_STATUS WINAPI UuidToStringA(const UUID *Uuid, RPC_CSTR *StringUuid);
WINBASEAPI RPC_STATUS WINAPI UuidToStringW(const UUID *Uuid, RPC_WSTR *StringUuid);
WINBASEAPI RPC_STATUS WINAPI UuidFromStringA(RPC_CSTR StringUuid, UUID *Uuid);
WINBASEAPI RPC_STATUS WINAPI UuidFromStringW(RPC_WSTR StringUuid, UUID *Uuid);
WINBASEAPI int WINAPI UuidCompare(UUID *Uuid1, UUID *Uuid2, RPC_STATUS *Status);
WINBASEAPI int WINAPI UuidEqual(UUID *Uuid1, UUID *Uuid2, RPC_STATUS *Status);
WINBASEAPI int WINAPI UuidIsNil(UUID *Uuid, RPC_STATUS *Status);
WINBASEAPI USHORT WINAPI UuidHash(UUID *Uuid, RPC_STATUS *Status);
WINBASEAPI RPC_STATUS WINAPI RpcStringFreeA(RPC_CSTR *String);
WINBASEAPI RPC_STATUS WINAPI RpcStringFreeW(RPC_WSTR *String);

EXTERN_C_END

#define UuidToString DMF_NAME_AW(UuidToString)
#define UuidFromString DMF_NAME_AW(UuidFromString)
#define RpcStringFree DMF_NAME_AW(RpcStringFree)

#endif /* RPCDCE_H */
