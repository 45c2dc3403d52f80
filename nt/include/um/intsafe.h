/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic and conversion of integers that report overflow instead of wrapping.
 *
 * Each function returns S_OK and the result, or INTSAFE_E_ARITHMETIC_OVERFLOW and the error value of the type.
 * The arithmetic of signed types exists only for sources that define ENABLE_INTSAFE_SIGNED_FUNCTIONS, as on Windows; that
 * part has a guard of its own, so that a later include of this header may add it.
 */
#ifndef INTSAFE_H
#define INTSAFE_H

#include "dmf_intsafe.h"
#include "minwindef.h"

#ifndef S_OK
#define S_OK ((HRESULT)0)
#endif
#define INTSAFE_E_ARITHMETIC_OVERFLOW ((HRESULT)0x80070216)

#define DMF_INTSAFE_NAME(Name) Name
#define DMF_INTSAFE_RESULT HRESULT
#define DMF_INTSAFE_GOOD S_OK
#define DMF_INTSAFE_OVERFLOW INTSAFE_E_ARITHMETIC_OVERFLOW

#define DMF_INTSAFE_WANTED
#include "dmf_intsafe_table.h"

#endif /* INTSAFE_H */

#if defined(ENABLE_INTSAFE_SIGNED_FUNCTIONS) && !defined(INTSAFE_SIGNED)
#define INTSAFE_SIGNED
#define DMF_INTSAFE_WANTED
#include "dmf_intsafe_signed.h"
#endif
