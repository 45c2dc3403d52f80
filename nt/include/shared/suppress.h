/* SPDX-License-Identifier: MIT */
/*
 * On Windows this header names the code analysis warnings that a source suppresses. Compilers here ignore the pragmas that
 * would use the names, so there is nothing to define.
 */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#endif /* SUPPRESS_H */
