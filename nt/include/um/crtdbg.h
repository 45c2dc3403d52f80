/* SPDX-License-Identifier: MIT */
/*
 * The debugging aids of Microsoft's C library. Assertions work; the leak checker and the marked heap are jobs of the
 * address sanitizer here, so that their calls compile and do nothing.
 */
#ifndef CRTDBG_H
#define CRTDBG_H

#include <assert.h>
#include <stdlib.h>

#include "ntbase.h"

#define _CRT_WARN 0
#define _CRT_ERROR 1
#define _CRT_ASSERT 2
#define _CRT_ERRCNT 3

#define _CRTDBG_MODE_FILE 0x1
#define _CRTDBG_MODE_DEBUG 0x2
#define _CRTDBG_MODE_WNDW 0x4
#define _CRTDBG_REPORT_MODE (-1)

#define _CRTDBG_ALLOC_MEM_DF 0x01
#define _CRTDBG_DELAY_FREE_MEM_DF 0x02
#define _CRTDBG_CHECK_ALWAYS_DF 0x04
#define _CRTDBG_RESERVED_DF 0x08
#define _CRTDBG_CHECK_CRT_DF 0x10
#define _CRTDBG_LEAK_CHECK_DF 0x20
#define _CRTDBG_CHECK_EVERY_16_DF 0x00100000
#define _CRTDBG_CHECK_EVERY_128_DF 0x00800000
#define _CRTDBG_CHECK_EVERY_1024_DF 0x04000000
#define _CRTDBG_CHECK_DEFAULT_DF 0
#define _CRTDBG_REPORT_FLAG (-1)

#define _FREE_BLOCK 0
#define _NORMAL_BLOCK 1
#define _CRT_BLOCK 2
#define _IGNORE_BLOCK 3
#define _CLIENT_BLOCK 4
#define _MAX_BLOCKS 5

typedef void *_HFILE;
typedef int(__cdecl *_CRT_REPORT_HOOK)(int ReportType, char *Message, int *ReturnValue);

#define _CRTDBG_INVALID_HFILE ((_HFILE)-1)
#define _CRTDBG_HFILE_ERROR ((_HFILE)-2)
#define _CRTDBG_FILE_STDOUT ((_HFILE)-4)
#define _CRTDBG_FILE_STDERR ((_HFILE)-5)
#define _CRTDBG_REPORT_FILE ((_HFILE)-6)

#if DBG || defined(_DEBUG)
#define _ASSERT(Expression) assert(Expression)
#define _ASSERTE(Expression) assert(Expression)
#define _ASSERT_EXPR(Expression, Text) assert(Expression)
#else
#define _ASSERT(Expression) ((void)0)
#define _ASSERTE(Expression) ((void)0)
#define _ASSERT_EXPR(Expression, Text) ((void)0)
#endif

#define _CrtSetReportMode(Type, Mode) ((void)(Type), (void)(Mode), (int)0)
#define _CrtSetReportFile(Type, File) ((void)(Type), (void)(File), (_HFILE)0)
#define _CrtSetReportHook(Hook) ((void)(Hook), (_CRT_REPORT_HOOK)0)
#define _CrtSetDbgFlag(Flag) ((void)(Flag), (int)0)
#define _CrtSetBreakAlloc(Number) ((void)(Number), (int)0)
#define _CrtCheckMemory() ((int)1)
#define _CrtDumpMemoryLeaks() ((int)0)
#define _CrtDbgBreak() __builtin_trap()
#define _RPT0(Type, Text) ((void)0)
#define _RPT1(Type, Text, First) ((void)0)
#define _RPT2(Type, Text, First, Second) ((void)0)
#define _RPT3(Type, Text, First, Second, Third) ((void)0)
#define _RPTF0(Type, Text) ((void)0)
#define _RPTF1(Type, Text, First) ((void)0)
#define _RPTF2(Type, Text, First, Second) ((void)0)
#define _RPTF3(Type, Text, First, Second, Third) ((void)0)
#define _malloc_dbg(Size, Type, File, Line) malloc(Size)
#define _calloc_dbg(Count, Size, Type, File, Line) calloc(Count, Size)
#define _realloc_dbg(Memory, Size, Type, File, Line) realloc(Memory, Size)
#define _free_dbg(Memory, Type) free(Memory)

#endif /* CRTDBG_H */
