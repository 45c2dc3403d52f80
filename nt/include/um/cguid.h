/* SPDX-License-Identifier: MIT */
/*
 * The GUIDs that COM itself defines.
 */
#ifndef CGUID_H
#define CGUID_H

#include "guiddef.h"

/* On Windows a library has it. Here every object that includes this header has it, and the linker keeps one. */
EXTERN_C const GUID GUID_NULL __attribute__((weak));
EXTERN_C_SELECTANY const GUID GUID_NULL = {0, 0, 0, {0, 0, 0, 0, 0, 0, 0, 0}};
#define IID_NULL GUID_NULL
#define CLSID_NULL GUID_NULL
#define FMTID_NULL GUID_NULL

#endif /* CGUID_H */
