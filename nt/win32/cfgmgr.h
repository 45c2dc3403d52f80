/* SPDX-License-Identifier: MIT */
/*
 * What the sources of the configuration manager's functions share: how an answer of the engine becomes one of theirs.
 */
#ifndef NT_WIN32_CFGMGR_H
#define NT_WIN32_CFGMGR_H

#include "nt/win32/text.h"

#include <cfgmgr32.h>

#include "nt/pnp/cm.h"

/* What a status of the engine is here; a status that the table does not name is CR_FAILURE. */
CONFIGRET cfgmgr_result(NTSTATUS status);

/*
 * How functions with a buffer in units and without a way to tell the size answer: CR_BUFFER_SMALL leaves the buffer alone. The
 * value is freed.
 */
CONFIGRET cfgmgr_give_wide(struct device_value *value, WCHAR *buffer, ULONG units);
CONFIGRET cfgmgr_give_narrow(struct device_value *value, char *buffer, ULONG bytes);

/* The size of the same in units, or in bytes of narrow text. */
CONFIGRET cfgmgr_size_wide(struct device_value *value, ULONG *ret_units);
CONFIGRET cfgmgr_size_narrow(struct device_value *value, ULONG *ret_bytes);

/* How functions with a size in bytes answer: it is what is needed, or what was given. The value is freed. */
CONFIGRET cfgmgr_give_bytes(struct device_value *value, void *buffer, ULONG *size);

/* Makes text, a list too, narrow. */
NTSTATUS cfgmgr_narrow(struct device_value *value);

/* Which properties there are, by the rules of the functions for that. The keys are freed. */
CONFIGRET cfgmgr_give_keys(struct device_value *keys, DEVPROPKEY *array, ULONG *count);

#endif /* NT_WIN32_CFGMGR_H */
