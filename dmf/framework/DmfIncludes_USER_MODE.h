/* SPDX-License-Identifier: MIT */
/*
 * The headers that user mode sources find included already, and the user mode form of the assertions.
 */
#ifndef DMF_INCLUDES_USER_MODE_H
#define DMF_INCLUDES_USER_MODE_H

#include <stdlib.h>
#include <sal.h>
#include <windows.h>
#include <stdio.h>
#include <wdf.h>
#if !defined(ENABLE_INTSAFE_SIGNED_FUNCTIONS)
#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#endif
#include <intsafe.h>
#include <objbase.h>
#include <batclass.h>
#include <hidclass.h>
#include <powrprof.h>
#include <usbiodef.h>
#include <cguid.h>
#include <guiddef.h>
#include <wdmguid.h>
#include <cfgmgr32.h>
#include <ndisguid.h>
#include <strsafe.h>
#include <errno.h>
#include <acpiioct.h>
#include <hidusage.h>
#include <hidpi.h>

/* Modules of both flavours name in-flight logs. */
typedef HANDLE RECORDER_LOG;

/* The framework's own spin locks are WDF's. */
#define DMF_ALWAYS_USE_WDF_HANDLES

#if defined(DEBUG) && defined(NO_USE_ASSERT_BREAK)
#include <assert.h>
#define DmfAssertMessage(Message, Expression) assert((Message, (Expression)))
#elif defined(DEBUG)
#define DmfAssertMessage(Message, Expression) \
    ((Expression) ? (void)0 : (OutputDebugStringA(Message), DebugBreak()))
#else
#define DmfAssertMessage(Message, Expression) ((void)0)
#endif

/* Checks in release builds as well, when the verifier of WDF is on for this driver. */
#define DmfVerifierAssert(Message, Expression) \
    do \
    { \
        if ((WdfDriverGlobals->DriverFlags & WdfVerifyOn) && !(Expression)) \
        { \
            OutputDebugStringA(Message); \
            DebugBreak(); \
        } \
    } while (0)

#define DmfBreak DebugBreak

#if !defined(ASSERT)
#define ASSERT(Expression) DmfAssert(Expression)
#endif

#endif /* DMF_INCLUDES_USER_MODE_H */
