/* SPDX-License-Identifier: MIT */
/* What every source of this tree includes: the environment of its flavour, as a framework header would choose it. */
#pragma once

#if defined(UMDF_VERSION_MAJOR)
#include <StdLib.h>
#include <Sal.h>
#include <Windows.h>
#include <StdIO.h>
#include <WDF.h>
#include <StrSafe.h>
#else
#include <StdLib.h>
#include <Sal.h>
#include <NtDDK.h>
#include <NtStrSafe.h>
#include <WDF.h>
#endif

#define DMF_INCLUDE_TMH

#include "..\MODULES.LIBRARY\Module_Blink_Public.h"
