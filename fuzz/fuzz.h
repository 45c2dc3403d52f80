/* SPDX-License-Identifier: MIT */
/*
 * Fuzz targets of Modules. The input is a sequence of choices: which Module, which of its Methods with which arguments. A
 * target makes the calls and holds each answer against a simple model of what the Module promises; CHECK stops the program when
 * they differ. The machine and the device are started once, and each input makes its Module anew.
 *
 * With clang and its address sanitizer the program is a fuzzer; otherwise it only runs the files and folders that it is given.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "module_case.h"

/* The target's part: what comes before the first input, and one input. */
void fuzz_begin(void);
void fuzz_input(void);

/* Whether anything of the input is left. What is taken beyond its end is zero. */
bool fuzz_more(void);

/* The next choice. A limit is not reached, and is not zero. */
UCHAR fuzz_byte(void);
ULONG fuzz_below(ULONG limit);
void fuzz_bytes(void *buffer, size_t size);

#endif /* FUZZ_H */
