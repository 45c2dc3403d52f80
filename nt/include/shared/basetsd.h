/* SPDX-License-Identifier: MIT */
/*
 * The sized integer types, which are part of the base types here, with their limits and the conversions between pointers and
 * integers that ntbase.h does not have.
 */
#ifndef BASETSD_H
#define BASETSD_H

#include "ntbase.h"

typedef unsigned long long HANDLE_PTR;
typedef long long SHANDLE_PTR;
#define __int3264 long long
#define ADDRESS_TAG_BIT 0x40000000000ULL

#define MAXUINT8 ((UINT8) ~((UINT8)0))
#define MAXINT8 ((INT8)(MAXUINT8 >> 1))
#define MININT8 ((INT8)~MAXINT8)
#define MAXUINT16 ((UINT16) ~((UINT16)0))
#define MAXINT16 ((INT16)(MAXUINT16 >> 1))
#define MININT16 ((INT16)~MAXINT16)
#define MAXUINT32 ((UINT32) ~((UINT32)0))
#define MAXINT32 ((INT32)(MAXUINT32 >> 1))
#define MININT32 ((INT32)~MAXINT32)
#define MAXUINT64 ((UINT64) ~((UINT64)0))
#define MAXINT64 ((INT64)(MAXUINT64 >> 1))
#define MININT64 ((INT64)~MAXINT64)
#define MAXULONG32 ((ULONG32) ~((ULONG32)0))
#define MAXLONG32 ((LONG32)(MAXULONG32 >> 1))
#define MINLONG32 ((LONG32)~MAXLONG32)
#define MINLONG64 ((LONG64)~MAXLONG64)
#define MINLONGLONG ((LONGLONG)~MAXLONGLONG)
#define MAXUINT ((UINT) ~((UINT)0))
#define MAXINT ((INT)(MAXUINT >> 1))
#define MININT ((INT)~MAXINT)
#define MAXDWORD32 ((DWORD32) ~((DWORD32)0))
#define MAXDWORD64 ((DWORD64) ~((DWORD64)0))
#define MAXUINT_PTR (~((UINT_PTR)0))
#define MAXINT_PTR ((INT_PTR)(MAXUINT_PTR >> 1))
#define MININT_PTR (~MAXINT_PTR)
#define MAXLONG_PTR ((LONG_PTR)(MAXULONG_PTR >> 1))
#define MINLONG_PTR (~MAXLONG_PTR)
#define MAXUHALF_PTR ((UHALF_PTR)~0)
#define MAXHALF_PTR ((HALF_PTR)(MAXUHALF_PTR >> 1))
#define MINHALF_PTR (~MAXHALF_PTR)
#define MAXSIZE_T ((SIZE_T) ~((SIZE_T)0))
#define MAXSSIZE_T ((SSIZE_T)(MAXSIZE_T >> 1))
#define MINSSIZE_T (~MAXSSIZE_T)

#define PtrToShort(p) ((SHORT)(LONG_PTR)(p))
#define UIntToPtr(ui) UintToPtr(ui)
#define Ptr32ToPtr(p) ((PVOID)(ULONG_PTR)(ULONG)(ULONG_PTR)(p))
#define PtrToPtr32(p) ((PVOID)(ULONG_PTR)(ULONG)(ULONG_PTR)(p))
#define PtrToPtr64(p) ((PVOID)(p))
#define Ptr64ToPtr(p) ((PVOID)(p))
#define HandleToHandle64(h) (PtrToPtr64(h))
#define Handle64ToHandle(h) (Ptr64ToPtr(h))
#define Handle32ToHandle(h) ((HANDLE)(LONG_PTR)(LONG)(LONG_PTR)(h))
#define HandleToHandle32(h) (PtrToPtr32(h))

#endif /* BASETSD_H */
