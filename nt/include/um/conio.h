/* SPDX-License-Identifier: MIT */
/*
 * Console input and output without a line discipline, as test programs use it to wait for a key.
 */
#ifndef CONIO_H
#define CONIO_H

#include "ntbase.h"

EXTERN_C_START

WINBASEAPI int __cdecl _getch(void);
WINBASEAPI int __cdecl _getche(void);
WINBASEAPI int __cdecl _kbhit(void);
WINBASEAPI int __cdecl _putch(int Character);
WINBASEAPI int __cdecl _ungetch(int Character);
WINBASEAPI int __cdecl _cputs(const char *Text);
WINBASEAPI char *__cdecl _cgets(char *Buffer);
WINBASEAPI int __cdecl _cprintf(const char *Format, ...);
WINBASEAPI int __cdecl _cscanf(const char *Format, ...);
WINBASEAPI WCHAR __cdecl _getwch(void);
WINBASEAPI WCHAR __cdecl _getwche(void);
WINBASEAPI WCHAR __cdecl _putwch(WCHAR Character);

EXTERN_C_END

/*
 * The names without an underscore. A program that also includes curses.h, which has some of them, defines
 * _CRT_DECLARE_NONSTDC_NAMES as 0, as it does on Windows.
 */
#if !defined(_CRT_DECLARE_NONSTDC_NAMES) || _CRT_DECLARE_NONSTDC_NAMES
FORCEINLINE int getch(void)
{
    return _getch();
}
FORCEINLINE int getche(void)
{
    return _getche();
}
FORCEINLINE int kbhit(void)
{
    return _kbhit();
}
FORCEINLINE int putch(int Character)
{
    return _putch(Character);
}
FORCEINLINE int ungetch(int Character)
{
    return _ungetch(Character);
}
FORCEINLINE int cputs(const char *Text)
{
    return _cputs(Text);
}
#endif

#endif /* CONIO_H */
