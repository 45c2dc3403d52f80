/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic and conversion of integers that report overflow instead of wrapping, as drivers spell them.
 *
 * Each function returns STATUS_SUCCESS and the result, or STATUS_INTEGER_OVERFLOW and the error value of the type. The
 * arithmetic of signed types exists only for sources that define ENABLE_INTSAFE_SIGNED_FUNCTIONS, as published; that part
 * has a guard of its own, so that a later include of this header may add it.
 */
#ifndef NTINTSAFE_H
#define NTINTSAFE_H

#include "dmf_intsafe.h"
#include "ntstatus.h"

#define DMF_INTSAFE_NAME(Name) Rtl##Name
#define DMF_INTSAFE_RESULT NTSTATUS
#define DMF_INTSAFE_GOOD STATUS_SUCCESS
#define DMF_INTSAFE_OVERFLOW STATUS_INTEGER_OVERFLOW

#define DMF_INTSAFE_WANTED
#include "dmf_intsafe_table.h"

#endif /* NTINTSAFE_H */

#if defined(ENABLE_INTSAFE_SIGNED_FUNCTIONS) && !defined(NTINTSAFE_SIGNED)
#define NTINTSAFE_SIGNED
#define DMF_INTSAFE_WANTED
#include "dmf_intsafe_signed.h"
#endif
