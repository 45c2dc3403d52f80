/* SPDX-License-Identifier: MIT */
/*
 * Cases of the WDF engine's tests: the driver is part of the test program, and so are its callbacks. See nt_case.h for how
 * cases are written and run; a case here is built for both flavours.
 *
 *     static void rule_in_words(void)
 *     {
 *         wdf_case_load(NULL);
 *         CHECK_STATUS(WdfCollectionCreate(...), STATUS_SUCCESS);
 *         wdf_case_unload();
 *     }
 */
#ifndef WDF_CASE_H
#define WDF_CASE_H

#if defined(DMF_USER_MODE)
#include <windows.h>
#else
#include <ntddk.h>
#endif
#include <wdf.h>

#include "nt_case.h"
#include "testkit/testkit.h"

#define CHECK_STATUS(got, expected) CHECK_EQUAL((ULONG)(got), (ULONG)(expected))

/* The case's driver, once it is loaded. */
extern struct testkit_driver *wdf_case_driver;

/* What its DriverEntry was called with. */
extern void *wdf_case_driver_object;

/* Called in DriverEntry when the driver object is there; what it returns DriverEntry returns. NULL for nothing. */
extern NTSTATUS (*wdf_case_in_entry)(void);

/* Loads the driver; device_add may be NULL when the case starts no device. It stops the case when that fails. */
void wdf_case_load(PFN_WDF_DRIVER_DEVICE_ADD device_add);

/* The same with everything that WdfDriverCreate takes; returns what loading returned. */
NTSTATUS wdf_case_load_with(const WDF_DRIVER_CONFIG *config, WDF_OBJECT_ATTRIBUTES *attributes);
void wdf_case_unload(void);

/*
 * Where nobody verifies the driver (UNVERIFIED in CMakeLists.txt), a default queue's EvtIoDefault is its EvtIoDeviceControl too, so that controls come the
 * shortest way; elsewhere nothing.
 */
void wdf_case_shorten(WDF_IO_QUEUE_CONFIG *config);

/* Starts a device of the driver, or stops the case. */
struct testkit_device *wdf_case_start(void);

/* Lets so much time pass, which in the simulation is virtual. Only for cases about time, and between two looks at something. */
void wdf_case_pass_ms(unsigned milliseconds);

/*
 * The verifier. It looks at every case's driver, at level basic, and a report that the case does not expect stops the case. So
 * a near miss of a rule is a case like any other; SILENT only says so.
 *
 *     BREAKS(V01, request, "WdfRequestComplete", WdfRequestComplete(request, STATUS_SUCCESS));
 *
 * runs the statement, and demands that rule V01 was reported once, about that object and in that function, and no other rule.
 * The object may be WDF_CASE_ANY. Between wdf_case_expect() and wdf_case_reported() several statements may stand, also some
 * that other threads run. A case that means to misuse something all the time says so once: wdf_case_tolerate("V46").
 */
#define WDF_CASE_ANY ((const void *)1)
#define BREAKS(Rule, Object, Function, Statement)                                     \
    do                                                                                \
    {                                                                                 \
        wdf_case_expect(#Rule);                                                       \
        Statement;                                                                    \
        wdf_case_reported(__FILE__, __LINE__, (const void *)(Object), (Function), 1); \
    } while (0)
#define SILENT(Rule, Statement) \
    do                          \
    {                           \
        Statement;              \
    } while (0)

/* For drivers that the case loads from now on; a case begins with basic. */
void wdf_case_verify(enum testkit_level level);
void wdf_case_expect(const char *rule);
void wdf_case_reported(const char *file, int line, const void *object, const char *function, unsigned times);
void wdf_case_tolerate(const char *rule);

#endif /* WDF_CASE_H */
