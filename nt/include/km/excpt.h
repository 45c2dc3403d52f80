/* SPDX-License-Identifier: MIT */
/*
 * Structured exceptions. The keywords are part of the compiler adapters; this adds what filters return.
 */
#ifndef EXCPT_H
#define EXCPT_H

#include "ntbase.h"

typedef enum _EXCEPTION_DISPOSITION
{
    ExceptionContinueExecution,
    ExceptionContinueSearch,
    ExceptionNestedException,
    ExceptionCollidedUnwind
} EXCEPTION_DISPOSITION;

#endif /* EXCPT_H */
