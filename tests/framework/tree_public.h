/* SPDX-License-Identifier: MIT */
/*
 * What the tree driver and its test share: the trees, and control codes that one Module handles.
 */
#ifndef TREE_PUBLIC_H
#define TREE_PUBLIC_H

/* The environment variable with the name of the tree that a device gets. */
#define TREE_VARIABLE "DMF_TEST_TREE"

/* The input is the name of the one that handles the code: a Module, or "Client". */
#define TREE_HANDLED_BY 0x222000u

/* The Module A says in one byte whether its lock is a wait lock, whether it is Dynamic, and whether its Config is right. */
#define TREE_FACTS 0x222004u

#endif /* TREE_PUBLIC_H */
