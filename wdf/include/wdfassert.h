/* SPDX-License-Identifier: MIT */
/*
 * Assertions of drivers.
 */
#ifndef WDFASSERT_H
#define WDFASSERT_H

#include "wdfdriver.h"
#include "wdfglobals.h"

/*
 * Asserts only in a driver whose verifier setting VerifyOn is set; elsewhere the expression is not evaluated. The detour
 * through an integer takes away the const that the published prototype of RtlAssert lacks.
 */
#define WDFVERIFY(exp) \
    { \
        if ((WdfDriverGlobals->DriverFlags & WdfVerifyOn) && !(exp)) \
        { \
            RtlAssert((PVOID)(ULONG_PTR)#exp, (PVOID)(ULONG_PTR)__FILE__, __LINE__, NULL); \
        } \
    }

#define VERIFY_IS_IRQL_PASSIVE_LEVEL() WDFVERIFY(KeGetCurrentIrql() == PASSIVE_LEVEL)
#define IS_AT_PASSIVE() WDFVERIFY(KeGetCurrentIrql() == PASSIVE_LEVEL)

/* Does not compile when the constant expression is false: the same case would stand twice. */
#define WDFCASSERT(c) \
    { \
        switch (0) \
        { \
        case (c): \
        case 0: \
            break; \
        } \
    }

#if defined(UMDF_VERSION_MAJOR)
#ifndef DbgPrint
#define DbgPrint(_fmt_, ...) DbgPrintEx(DPFLTR_DEFAULT_ID, DPFLTR_INFO_LEVEL, _fmt_, ##__VA_ARGS__)
#endif
#ifndef KdPrint
#if DBG
#define KdPrint(_x_) DbgPrint _x_
#else
#define KdPrint(_x_)
#endif
#endif
#endif

#endif /* WDFASSERT_H */
