/* SPDX-License-Identifier: MIT */
/*
 * On Windows this header makes the code analysis complain about unsafe string functions; there is no such analysis here.
 */
#ifndef DONTUSE_H
#define DONTUSE_H

#endif /* DONTUSE_H */
