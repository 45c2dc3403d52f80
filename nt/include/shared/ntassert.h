/* SPDX-License-Identifier: MIT */
/*
 * Assertions and debugger output, common to both flavours.
 *
 * DBG selects the checked forms, as on Windows; it is 0 unless the build defines it. A failed ASSERT goes to RtlAssert(),
 * a failed NT_ASSERT to the debugger trap.
 */
#ifndef NTASSERT_H
#define NTASSERT_H

#include "ntbase.h"

#ifndef DBG
#define DBG 0
#endif

#include "dpfilter.h"

EXTERN_C_START

NTSYSAPI VOID RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, PCHAR Message);
NTSYSAPI ULONG DbgPrint(PCSTR Format, ...);
NTSYSAPI ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...);
NTSYSAPI ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, __builtin_va_list Arguments);
NTSYSAPI ULONG vDbgPrintExWithPrefix(PCSTR Prefix, ULONG ComponentId, ULONG Level, PCSTR Format,
                                     __builtin_va_list Arguments);
NTSYSAPI ULONG DbgPrintReturnControlC(PCSTR Format, ...);
NTSYSAPI NTSTATUS DbgQueryDebugFilterState(ULONG ComponentId, ULONG Level);
NTSYSAPI NTSTATUS DbgSetDebugFilterState(ULONG ComponentId, ULONG Level, BOOLEAN State);

EXTERN_C_END

#define DbgBreakPoint() __builtin_trap()
#ifndef __debugbreak
#define __debugbreak() __builtin_trap()
#endif
#define DbgRaiseAssertionFailure() __builtin_trap()

#if DBG
#define KdPrint(Arguments) ((void)DbgPrint Arguments)
#define KdPrintEx(Arguments) ((void)DbgPrintEx Arguments)
#define vKdPrintEx(Arguments) ((void)vDbgPrintEx Arguments)
#define KdBreakPoint() DbgBreakPoint()
#define RTL_SOFT_ASSERT(Expression) \
    ((!(Expression)) ? (DbgPrint("%s(%d): soft assertion failed: %s\n", __FILE__, __LINE__, #Expression), FALSE) : TRUE)
#define RTL_SOFT_ASSERTMSG(Message, Expression)                                                                  \
    ((!(Expression)) ?                                                                                           \
         (DbgPrint("%s(%d): soft assertion failed: %s %s\n", __FILE__, __LINE__, #Expression, Message), FALSE) : \
         TRUE)
#else
#define KdPrint(Arguments)
#define KdPrintEx(Arguments)
#define vKdPrintEx(Arguments)
#define KdBreakPoint()
#define RTL_SOFT_ASSERT(Expression) ((void)0)
#define RTL_SOFT_ASSERTMSG(Message, Expression) ((void)0)
#endif

/*
 * Both configurations evaluate the expression of a VERIFY; only the checked one that of an ASSERT.
 */
#define NT_ANALYSIS_ASSUME(Expression) ((void)0)
#define NT_ASSERT_ACTION(Expression) ((!(Expression)) ? (DbgRaiseAssertionFailure(), FALSE) : TRUE)
#define NT_ASSERTMSG_ACTION(Message, Expression) NT_ASSERT_ACTION(Expression)
#define NT_ASSERTMSGW_ACTION(Message, Expression) NT_ASSERT_ACTION(Expression)
#define NT_FRE_ASSERT(Expression) ((void)NT_ASSERT_ACTION(Expression))
#define NT_FRE_ASSERTMSG(Message, Expression) ((void)NT_ASSERTMSG_ACTION(Message, Expression))
#define NT_FRE_ASSERTMSGW(Message, Expression) ((void)NT_ASSERTMSGW_ACTION(Message, Expression))

#undef ASSERT
#undef ASSERTMSG
#if DBG
#define RTL_VERIFY(Expression) \
    ((!(Expression)) ? (RtlAssert((PVOID) #Expression, (PVOID)__FILE__, __LINE__, NULL), FALSE) : TRUE)
#define RTL_VERIFYMSG(Message, Expression) \
    ((!(Expression)) ? (RtlAssert((PVOID) #Expression, (PVOID)__FILE__, __LINE__, (PCHAR)(Message)), FALSE) : TRUE)
#define ASSERT(Expression) ((void)RTL_VERIFY(Expression))
#define ASSERTMSG(Message, Expression) ((void)RTL_VERIFYMSG(Message, Expression))
#define NT_ASSERT_ASSUME(Expression) ((void)NT_ASSERT_ACTION(Expression))
#define NT_ASSERTMSG_ASSUME(Message, Expression) ((void)NT_ASSERTMSG_ACTION(Message, Expression))
#define NT_ASSERTMSGW_ASSUME(Message, Expression) ((void)NT_ASSERTMSGW_ACTION(Message, Expression))
#define NT_VERIFY(Expression) NT_ASSERT_ACTION(Expression)
#define NT_VERIFYMSG(Message, Expression) NT_ASSERTMSG_ACTION(Message, Expression)
#define NT_VERIFYMSGW(Message, Expression) NT_ASSERTMSGW_ACTION(Message, Expression)
#else
#define RTL_VERIFY(Expression) ((Expression) ? TRUE : FALSE)
#define RTL_VERIFYMSG(Message, Expression) ((Expression) ? TRUE : FALSE)
#define ASSERT(Expression) ((void)0)
#define ASSERTMSG(Message, Expression) ((void)0)
#define NT_ASSERT_ASSUME(Expression) ((void)0)
#define NT_ASSERTMSG_ASSUME(Message, Expression) ((void)0)
#define NT_ASSERTMSGW_ASSUME(Message, Expression) ((void)0)
#define NT_VERIFY(Expression) ((Expression) ? TRUE : FALSE)
#define NT_VERIFYMSG(Message, Expression) ((Expression) ? TRUE : FALSE)
#define NT_VERIFYMSGW(Message, Expression) ((Expression) ? TRUE : FALSE)
#endif
#define RTL_ASSERT(Expression) ASSERT(Expression)
#define RTL_ASSERTMSG(Message, Expression) ASSERTMSG(Message, Expression)
#define NT_ASSERT_NOASSUME(Expression) NT_ASSERT_ASSUME(Expression)
#define NT_ASSERTMSG_NOASSUME(Message, Expression) NT_ASSERTMSG_ASSUME(Message, Expression)
#define NT_ASSERTMSGW_NOASSUME(Message, Expression) NT_ASSERTMSGW_ASSUME(Message, Expression)
#define NT_ASSERT(Expression) NT_ASSERT_ASSUME(Expression)
#define NT_ASSERTMSG(Message, Expression) NT_ASSERTMSG_ASSUME(Message, Expression)
#define NT_ASSERTMSGW(Message, Expression) NT_ASSERTMSGW_ASSUME(Message, Expression)

#endif /* NTASSERT_H */
