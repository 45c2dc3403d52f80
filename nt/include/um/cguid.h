/* SPDX-License-Identifier: MIT */
/*
 * The GUIDs that COM itself defines.
 */
#ifndef CGUID_H
#define CGUID_H

#include "guiddef.h"

DEFINE_GUID(GUID_NULL, 0x00000000, 0x0000, 0x0000, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00);
#define IID_NULL GUID_NULL
#define CLSID_NULL GUID_NULL
#define FMTID_NULL GUID_NULL

#endif /* CGUID_H */
