/* SPDX-License-Identifier: MIT */
/*
 * What a kernel-flavour driver may use of the executive.
 *
 * The headers of wdm/ hold one subject each and build on one another; this one brings them all.
 */
#ifndef WDM_H
#define WDM_H

#include "ntdef.h"
#include "ntstatus.h"
#include "bugcodes.h"
#include "ntiologc.h"
#include "excpt.h"
#include "devioctl.h"
#include "wdm/zw.h"
#include "wdmsec.h"

#define _WDMDDK_
#define _WDM_INCLUDED_
#define WDM_INCLUDED
#define NT_INCLUDED

#endif /* WDM_H */
