/* SPDX-License-Identifier: MIT */
/*
 * The identifiers of data blocks that drivers ask for; the rights to them are in wmistr.h.
 */
#ifndef WMIGUID_H
#define WMIGUID_H

#include "ntaccess.h"
#include "wmistr.h"

/* The firmware's SMBIOS tables. */
DEFINE_GUID(SMBIOS_DATA_GUID, 0x8f680850, 0xa584, 0x11d1, 0xbf, 0x38, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10);

#endif /* WMIGUID_H */
