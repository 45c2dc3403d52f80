/* SPDX-License-Identifier: MIT */
/*
 * The two function tables, generated from the contract.
 */
#ifndef WDF_TABLES_H
#define WDF_TABLES_H

#include <wdf.h>

extern const WDFFUNC wdf_kmdf_table[];
extern const WDFFUNC wdf_umdf_table[];
extern const unsigned int wdf_kmdf_table_entries;
extern const unsigned int wdf_umdf_table_entries;

#endif /* WDF_TABLES_H */
