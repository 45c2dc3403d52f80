/* SPDX-License-Identifier: MIT */
/*
 * The environment that the framework, Modules and Client Drivers rely on: the flavour, the headers of the operating system,
 * the version tests and the assertions.
 */
#ifndef DMF_INCLUDES_H
#define DMF_INCLUDES_H

#if defined(UMDF_VERSION_MAJOR) && !defined(DMF_USER_MODE)
#define DMF_USER_MODE
#endif
#if !defined(DMF_USER_MODE) && !defined(DMF_WIN32_MODE) && !defined(DMF_KERNEL_MODE)
#define DMF_KERNEL_MODE
#endif
#if !defined(DMF_WIN32_MODE)
#define DMF_WDF_DRIVER
#endif
/* Trace statements that print need no generated files. */
#if !defined(DMF_WIN32_MODE) && !defined(DMF_TRACE_PRINT)
#define DMF_INCLUDE_TMH
#endif

#if defined(DBG) && DBG && !defined(DEBUG)
#define DEBUG
#endif

/* Modules define the device property keys that they use by themselves. */
#if !defined(DEVPKEY_H_INCLUDED)
#define DEVPKEY_H_INCLUDED
#endif

#if defined(DMF_USER_MODE)
#include "DmfIncludes_USER_MODE.h"
#else
#include "DmfIncludes_KERNEL_MODE.h"
#endif
#include "DmfVersion.h"

/* An NTDDI name that the headers do not have counts as zero, so these are usable in preprocessor conditions. */
#if defined(NTDDI_WIN10_RS3) && defined(NTDDI_WIN10)
#define IS_WIN10_OR_LATER (NTDDI_WIN10 && (NTDDI_VERSION >= NTDDI_WIN10))
#else
#define IS_WIN10_OR_LATER (0)
#endif
#define IS_WIN10_RS3_OR_LATER (NTDDI_WIN10_RS3 && (NTDDI_VERSION >= NTDDI_WIN10_RS3))
#define IS_WIN10_RS4_OR_LATER (NTDDI_WIN10_RS4 && (NTDDI_VERSION >= NTDDI_WIN10_RS4))
#define IS_WIN10_RS5_OR_LATER (NTDDI_WIN10_RS5 && (NTDDI_VERSION >= NTDDI_WIN10_RS5))
#define IS_WIN10_19H1_OR_EARLIER (!(NTDDI_WIN10_19H1 && (NTDDI_VERSION > NTDDI_WIN10_19H1)))
#define IS_WIN10_19H1_OR_LATER (NTDDI_WIN10_19H1 && (NTDDI_VERSION >= NTDDI_WIN10_19H1))
#define IS_WIN10_20H1_OR_EARLIER (!(NTDDI_WIN10_VB && (NTDDI_VERSION > NTDDI_WIN10_VB)))
#define IS_WIN10_20H1_OR_LATER (NTDDI_WIN10_VB && (NTDDI_VERSION >= NTDDI_WIN10_VB))
#define IS_WIN10_20H2_OR_EARLIER (!(NTDDI_WIN10_MN && (NTDDI_VERSION > NTDDI_WIN10_MN)))
#define IS_WIN10_20H2_OR_LATER (NTDDI_WIN10_MN && (NTDDI_VERSION >= NTDDI_WIN10_MN))
#define IS_WIN10_21H1_OR_EARLIER (!(NTDDI_WIN10_FE && (NTDDI_VERSION > NTDDI_WIN10_FE)))
#define IS_WIN10_21H1_OR_LATER (NTDDI_WIN10_FE && (NTDDI_VERSION >= NTDDI_WIN10_FE))
#define IS_WIN10_21H2_OR_EARLIER (!(NTDDI_WIN10_CO && (NTDDI_VERSION > NTDDI_WIN10_CO)))
#define IS_WIN10_21H2_OR_LATER (NTDDI_WIN10_CO && (NTDDI_VERSION >= NTDDI_WIN10_CO))
#if !defined(DMF_USER_MODE)
#define IS_WIN10_22H2_OR_EARLIER (!(NTDDI_WIN10_NI && (NTDDI_VERSION > NTDDI_WIN10_NI)))
#define IS_WIN10_22H2_OR_LATER (NTDDI_WIN10_NI && (NTDDI_VERSION >= NTDDI_WIN10_NI))
#define IS_WIN11_24H2_OR_EARLIER (!(NTDDI_WIN11_GE && (NTDDI_VERSION > NTDDI_WIN11_GE)))
#define IS_WIN11_24H2_OR_LATER (NTDDI_WIN11_GE && (NTDDI_VERSION >= NTDDI_WIN11_GE))
#endif

#define DmfAssert(Expression) DmfAssertMessage(#Expression, Expression)

#if !defined(TRACE_LEVEL_NONE)
#define TRACE_LEVEL_NONE 0
#define TRACE_LEVEL_CRITICAL 1
#define TRACE_LEVEL_FATAL 1
#define TRACE_LEVEL_ERROR 2
#define TRACE_LEVEL_WARNING 3
#define TRACE_LEVEL_INFORMATION 4
#define TRACE_LEVEL_VERBOSE 5
#define TRACE_LEVEL_RESERVED6 6
#define TRACE_LEVEL_RESERVED7 7
#define TRACE_LEVEL_RESERVED8 8
#define TRACE_LEVEL_RESERVED9 9
#endif

#endif /* DMF_INCLUDES_H */
