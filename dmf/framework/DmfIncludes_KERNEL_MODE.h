/* SPDX-License-Identifier: MIT */
/*
 * The headers that kernel mode sources find included already, and the kernel mode form of the assertions.
 */
#ifndef DMF_INCLUDES_KERNEL_MODE_H
#define DMF_INCLUDES_KERNEL_MODE_H

#include <stdlib.h>
#include <sal.h>
#include <ntifs.h>
#include <wdm.h>
#include <ntddk.h>
#include <ntstatus.h>
#if !defined(ENABLE_INTSAFE_SIGNED_FUNCTIONS)
#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#endif
#include <ntintsafe.h>
#include <ntstrsafe.h>
#include <wdf.h>
#include <acpiioct.h>
#include <wmiguid.h>
#include <ntddstor.h>
#include <stdarg.h>
#include <ntddser.h>
#include <guiddef.h>
#include <wdmguid.h>
#include <ntddvdeo.h>
#include <spb.h>
#include <batclass.h>
#include <hidport.h>
#include <usbdi.h>
#include <usbdlib.h>
#include <wdfusb.h>
#include <wpprecorder.h>
#include <lkmdtel.h>
#include <intrin.h>
#if !defined(DMF_DONT_INCLUDE_PEPFX)
#include <pepfx.h>
#endif
#include <hidusage.h>
#include <hidpi.h>

/* The framework's own spin locks are the system's. */
#define DMF_ALWAYS_USE_WDF_HANDLES_DISABLE

#define DmfAssertMessage(Message, Expression) ASSERTMSG(Message, Expression)

/* Checks in release builds as well, when the verifier of WDF is on for this driver. */
#define DmfVerifierAssert(Message, Expression) \
    do \
    { \
        DmfAssertMessage(Message, Expression); \
        if ((WdfDriverGlobals->DriverFlags & WdfVerifyOn) && !(Expression)) \
        { \
            RtlAssert((PVOID)(Message), (PVOID)__FILE__, __LINE__, NULL); \
        } \
    } while (0)

#define DmfBreak DbgBreakPoint

#endif /* DMF_INCLUDES_KERNEL_MODE_H */
