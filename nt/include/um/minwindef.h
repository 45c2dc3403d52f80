/* SPDX-License-Identifier: MIT */
/*
 * The first types of Windows programs: handles of modules, keys and memory, FILETIME, message parameters.
 */
#ifndef MINWINDEF_H
#define MINWINDEF_H

#include "winnt.h"

#ifndef MAX_PATH
#define MAX_PATH 260
#endif

/*
 * Annotations of old sources and markers of the 16-bit past.
 */
#ifndef IN
#endif
#ifndef OUT
#endif
#ifndef OPTIONAL
#endif
#ifndef FAR
#define FAR
#define NEAR
#endif
#ifndef far
#define far
#define near
#endif
#define APIPRIVATE
#define CDECL

/*
 * C++ programs that use the standard library's min and max define NOMINMAX, as they do on Windows. Beside the C overlay, C++
 * has functions instead of the macros, because the macros break the headers of the C++ library here.
 */
#if defined(__cplusplus) && __has_include(<dmf_stdlib.h>)
#include <dmf_stdlib.h>
#elif !defined(NOMINMAX)
#ifndef max
#define max(First, Second) (((First) > (Second)) ? (First) : (Second))
#endif
#ifndef min
#define min(First, Second) (((First) < (Second)) ? (First) : (Second))
#endif
#endif

#define MAKEWORD(Low, High) ((WORD)((BYTE)(DWORD_PTR)(Low) | ((WORD)(BYTE)(DWORD_PTR)(High) << 8)))
#define MAKELONG(Low, High) ((LONG)((WORD)(DWORD_PTR)(Low) | ((DWORD)(WORD)(DWORD_PTR)(High) << 16)))
#define LOWORD(Value) ((WORD)((DWORD_PTR)(Value)&0xffff))
#define HIWORD(Value) ((WORD)(((DWORD_PTR)(Value) >> 16) & 0xffff))
#define LOBYTE(Value) ((BYTE)((DWORD_PTR)(Value)&0xff))
#define HIBYTE(Value) ((BYTE)(((DWORD_PTR)(Value) >> 8) & 0xff))

EXTERN_C_START

typedef HANDLE HGLOBAL, HLOCAL, GLOBALHANDLE, LOCALHANDLE;
typedef int HFILE;
typedef INT_PTR(WINAPI *FARPROC)(void);
typedef INT_PTR(WINAPI *NEARPROC)(void);
typedef INT_PTR(WINAPI *PROC)(void);

typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG_PTR LRESULT;
typedef WORD ATOM;
DECLARE_HANDLE(HINSTANCE);
DECLARE_HANDLE(HKEY);
typedef HKEY *PHKEY;
DECLARE_HANDLE(HKL);
DECLARE_HANDLE(HLSURF);
DECLARE_HANDLE(HMETAFILE);
typedef HINSTANCE HMODULE;
DECLARE_HANDLE(HRGN);
DECLARE_HANDLE(HRSRC);
DECLARE_HANDLE(HSPRITE);
DECLARE_HANDLE(HSTR);
DECLARE_HANDLE(HTASK);
DECLARE_HANDLE(HWINSTA);

typedef struct _FILETIME
{
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

EXTERN_C_END

#endif /* MINWINDEF_H */
