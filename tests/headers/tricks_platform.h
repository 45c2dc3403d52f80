/* SPDX-License-Identifier: MIT */
/* What a driver source of either flavour includes first. */
#ifndef TRICKS_PLATFORM_H
#define TRICKS_PLATFORM_H

#if defined(DMF_KERNEL_MODE)
#include <ntifs.h>
#include <wdm.h>
#include <ntddk.h>
#include <ntstatus.h>
#else
#include <windows.h>
#endif
#include <wdf.h>

#endif /* TRICKS_PLATFORM_H */
