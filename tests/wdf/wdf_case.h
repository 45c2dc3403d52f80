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

/* Loads the driver; device_add may be NULL when the case starts no device. It stops the case when that fails. */
void wdf_case_load(PFN_WDF_DRIVER_DEVICE_ADD device_add);

/* The same with everything that WdfDriverCreate takes; returns what loading returned. */
NTSTATUS wdf_case_load_with(const WDF_DRIVER_CONFIG *config, WDF_OBJECT_ATTRIBUTES *attributes);
void wdf_case_unload(void);

/* Starts a device of the driver, or stops the case. */
struct testkit_device *wdf_case_start(void);

#endif /* WDF_CASE_H */
