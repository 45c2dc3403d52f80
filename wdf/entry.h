/* SPDX-License-Identifier: MIT */
/*
 * Entry points: the functions in a driver's function table.
 *
 * Each is defined once, as wdf_kmdf_<Name>, with the prototype that the generated header gives it. Where both flavours have
 * the function, WDF_ENTRY_BOTH(<Name>) puts it into the user flavour's table too: the contract has the same prototype and
 * the same structures for all functions that both flavours share. What only one flavour has is defined for that flavour
 * alone. What is not defined anywhere is a generated function that names itself and stops the process.
 */
#ifndef WDF_ENTRY_H
#define WDF_ENTRY_H

#include <wdf.h>

#include "wdf_entries_kmdf.h"

#define WDF_ENTRY_BOTH(Name) extern __typeof__(wdf_kmdf_##Name) wdf_umdf_##Name __attribute__((alias("wdf_kmdf_" #Name)));

#endif /* WDF_ENTRY_H */
