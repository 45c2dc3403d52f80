/* SPDX-License-Identifier: MIT */
/*
 * What drivers of the user flavour see of the system beside windows.h: the names of the kernel that the framework's own
 * functions use. Nearly all of them are common to both flavours and come from the shared headers; packets and memory
 * descriptor lists exist in the kernel flavour only and are untyped here.
 */
#ifndef WUDFWDM_H
#define WUDFWDM_H

#include <windows.h>

#include <ntstatus.h>

#include <devpropdef.h>
#include <driverspecs.h>
#include <ntaccess.h>
#include <ntassert.h>
#include <ntkernel.h>
#include <ntlist.h>
#include <ntpnp.h>
#include <ntpofx.h>
#include <ntpower.h>
#include <ntregister.h>
#include <ntresource.h>
#include <ntrtlbase.h>

#define PMDL PVOID
#define PIRP PVOID

/* There is no paged code in a process. */
#ifndef PAGED_CODE
#define PAGED_CODE()
#define PAGED_CODE_LOCKED()
#endif

/* An error code of the Win32 functions as a status; a value that is a status already stays what it is. */
#ifndef NTSTATUS_FROM_WIN32
#define NTSTATUS_FROM_WIN32(Code) \
    ((NTSTATUS)(Code) <= 0 ? ((NTSTATUS)(Code)) : ((NTSTATUS)(((ULONG)(Code)&0x0000FFFFu) | 0xC0070000u)))
#endif

/* The values of power callbacks that the executive notifies. */
#ifndef PO_CB_SYSTEM_POWER_POLICY
#define PO_CB_SYSTEM_POWER_POLICY 0
#define PO_CB_AC_STATUS 1
#define PO_CB_BUTTON_COLLISION 2
#define PO_CB_SYSTEM_STATE_LOCK 3
#define PO_CB_LID_SWITCH_STATE 4
#define PO_CB_PROCESSOR_POWER_POLICY 5
#endif

EXTERN_C_START

typedef const NTSTATUS *PCNTSTATUS;
typedef USHORT RTL_STRING_LENGTH_TYPE;
typedef STRING CANSI_STRING;

EXTERN_C_END

#endif /* WUDFWDM_H */
