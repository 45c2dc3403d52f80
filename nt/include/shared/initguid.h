/* SPDX-License-Identifier: MIT */
/*
 * From here on DEFINE_GUID and DEFINE_DEVPROPKEY define what they name in this translation unit.
 */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
#ifdef DEVPROPDEF_H
#include "devpropdef.h"
#endif
