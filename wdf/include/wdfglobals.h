/* SPDX-License-Identifier: MIT */
/*
 * How a driver reaches the framework. Each driver has two pointers of its own, which the loader fills before DriverEntry:
 * its function table and its globals. Every WdfXxx function is inline and calls slot WdfXxxTableIndex of the table, with
 * the globals in front of the arguments.
 */
#ifndef WDFGLOBALS_H
#define WDFGLOBALS_H

#include "wdftypes.h"

#if defined(UMDF_VERSION_MAJOR)
#include "umdf/wdffuncenum.h"
#define WdfFunctions WdfFunctions_02033
#define UMDF_DRIVER (2)
#else
#include "kmdf/wdffuncenum.h"
#define WdfFunctions WdfFunctions_01033
#endif

#define WDF_DRIVER_GLOBALS_NAME_LEN (32)

EXTERN_C_START

/* What the framework knows about one driver. */
typedef struct _WDF_DRIVER_GLOBALS
{
    WDFDRIVER Driver;
    ULONG DriverFlags;
    ULONG DriverTag;
    CHAR DriverName[WDF_DRIVER_GLOBALS_NAME_LEN];
    BOOLEAN DisplaceDriverUnload;
} WDF_DRIVER_GLOBALS, *PWDF_DRIVER_GLOBALS;

/* A slot of the table. Each has a type of its own, PFN_WDFXXX, beside its function. */
typedef VOID (*WDFFUNC)(VOID);

/* Defined by the binding object that is linked into every driver; hidden, because each driver has its own. */
extern const WDFFUNC *WdfFunctions __attribute__((visibility("hidden")));
extern PWDF_DRIVER_GLOBALS WdfDriverGlobals __attribute__((visibility("hidden")));

EXTERN_C_END

/*
 * Availability. The runtime is always at least as new as these headers, so every published function, structure and member
 * is there; a name that is not published does not compile.
 */
#define WDF_STRUCTURE_SIZE(_structure) ((ULONG)sizeof(_structure))
#define WDF_IS_FUNCTION_AVAILABLE(_function) ((BOOLEAN)(_function##TableIndex < WdfFunctionTableNumEntries))
#define WDF_IS_STRUCTURE_AVAILABLE(_structure) ((BOOLEAN)(sizeof(_structure) != 0))
#define WDF_IS_FIELD_AVAILABLE(_structure, _field) ((BOOLEAN)(sizeof(((_structure *)0)->_field) != 0))

#endif /* WDFGLOBALS_H */
