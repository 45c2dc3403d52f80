/* SPDX-License-Identifier: MIT */
/*
 * Threads as Microsoft's C library starts them.
 */
#ifndef DMF_PROCESS_H
#define DMF_PROCESS_H

#include "ntbase.h"

EXTERN_C_START

typedef void(__cdecl *_beginthread_proc_type)(void *Argument);
typedef unsigned(__stdcall *_beginthreadex_proc_type)(void *Argument);

/* Both answer a thread's handle; the first kind is closed by the end of the thread, the second by its creator. */
WINBASEAPI uintptr_t __cdecl _beginthread(_beginthread_proc_type Start, unsigned StackSize, void *Argument);
WINBASEAPI void __cdecl _endthread(void);
WINBASEAPI uintptr_t __cdecl _beginthreadex(void *Security, unsigned StackSize, _beginthreadex_proc_type Start, void *Argument,
    unsigned Flags, unsigned *ThreadIdentifier);
WINBASEAPI void __cdecl _endthreadex(unsigned ExitCode);
WINBASEAPI int __cdecl _getpid(void);

EXTERN_C_END

#endif /* DMF_PROCESS_H */
