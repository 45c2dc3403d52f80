/* SPDX-License-Identifier: MIT */
/*
 * What the devices of all three drivers have in common: every callback of plug and play and power, held against the model.
 */
#ifndef STORM_DEVICE_H
#define STORM_DEVICE_H

#if defined(DMF_USER_MODE)
#include <windows.h>
#else
#include <ntddk.h>
#endif
#include <wdf.h>

#include "storm_public.h"
#include "watch.h"

typedef struct
{
    struct watch_device Watch;
} STORM_DEVICE;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(STORM_DEVICE, StormDevice)

/* What a driver does in its own D0 callbacks. */
typedef void storm_power(WDFDEVICE device);

/* Sets the callbacks; creates the device and begins to watch it. vetoes: its queries are refused now and then. */
void storm_device_prepare(PWDFDEVICE_INIT init, BOOLEAN vetoes);
NTSTATUS storm_device_create(PWDFDEVICE_INIT *init, const char *driver, WDFDEVICE *ret_device);

/* Called after D0 has been entered and before it is left; NULL for nothing. */
extern storm_power *storm_powered_up;
extern storm_power *storm_powers_down;

/* Completes with the complement of the number that is the input. */
void storm_answer(WDFREQUEST request);

#endif /* STORM_DEVICE_H */
