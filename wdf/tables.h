/* SPDX-License-Identifier: MIT */
/*
 * The two function tables, generated from the contract.
 */
#ifndef WDF_TABLES_H
#define WDF_TABLES_H

#include <wdf.h>

extern const WDFFUNC wdf_kmdf_table[];
extern const WDFFUNC wdf_umdf_table[];
/* The same functions with a look at each call before it, for drivers that are verified. */
extern const WDFFUNC wdf_kmdf_checked_table[];
extern const WDFFUNC wdf_umdf_checked_table[];
extern const unsigned int wdf_kmdf_table_entries;
extern const unsigned int wdf_umdf_table_entries;

#endif /* WDF_TABLES_H */
