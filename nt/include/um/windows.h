/* SPDX-License-Identifier: MIT */
/*
 * Win32 for programs and user flavour drivers: the one header that sources include.
 *
 * It may stand beside the headers of the C library and of POSIX. Everything that needs a window or a screen is left out,
 * except the few messages that report devices and power.
 */
#ifndef WINDOWS_H
#define WINDOWS_H

#include <stdarg.h>

#include "sdkddkver.h"
#include "winapifamily.h"

#include "windef.h"
#include "winbase.h"
#include "wincon.h"
#include "winerror.h"
#include "winnls.h"
#include "winreg.h"
#include "winsvc.h"
#include "winuser.h"
#include "winver.h"
#include "consoleapi.h"
#include "excpt.h"
#ifndef WIN32_LEAN_AND_MEAN
#include "rpc.h"
#include "winioctl.h"
#include "combaseapi.h"
#include "timeapi.h"
#endif

/* The annotations that a header of the C++ library may have taken away are the source's again. */
#include "sal.h"

#endif /* WINDOWS_H */
