/* SPDX-License-Identifier: MIT */
/*
 * What every device class header (USB, HID, SPB, ACPI, ...) stands on, so that each of them compiles alone in either
 * flavour. Drivers never include this header themselves.
 *
 * The kernel flavour brings wdm.h, which has the real packets, device objects and interface callbacks. In the user flavour
 * drivers see packets and memory descriptor lists only as addresses, and device objects not at all.
 */
#ifndef DMF_NTCLASS_H
#define DMF_NTCLASS_H

#include "ntbase.h"
#include "devioctl.h"
#include "driverspecs.h"

#if defined(_KERNEL_MODE) || defined(DMF_KERNEL_MODE)
#include "wdm.h"
#else
EXTERN_C_START
#ifndef PMDL
typedef PVOID PMDL;
#endif
#ifndef PIRP
typedef PVOID PIRP;
#endif
typedef struct _DEVICE_OBJECT *PDEVICE_OBJECT;
EXTERN_C_END
#endif

#endif /* DMF_NTCLASS_H */
