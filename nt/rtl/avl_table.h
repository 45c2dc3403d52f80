/* SPDX-License-Identifier: MIT */
/*
 * The inside of an AVL table, for its enumerations. The caller serialises, as for the published functions.
 */
#ifndef NT_RTL_AVL_TABLE_H
#define NT_RTL_AVL_TABLE_H

#include "nt/internal.h"

/* The caller's bytes of an element; NULL for NULL. */
void *avl_user_data(PRTL_BALANCED_LINKS node);

/* The node that equals the buffer, or the one below which it belongs, or NULL in an empty table. */
TABLE_SEARCH_RESULT avl_search(PRTL_AVL_TABLE table, PVOID buffer, PRTL_BALANCED_LINKS *ret_node);

/* In the order of the elements; NULL at the end. */
PRTL_BALANCED_LINKS avl_first(PRTL_AVL_TABLE table);
PRTL_BALANCED_LINKS avl_next(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node);
PRTL_BALANCED_LINKS avl_previous(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node);

#endif /* NT_RTL_AVL_TABLE_H */
