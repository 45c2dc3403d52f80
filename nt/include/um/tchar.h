/* SPDX-License-Identifier: MIT */
/*
 * Names of the C library that mean its narrow or its wide functions, chosen by _UNICODE. Only names are mapped: the
 * functions come from the headers of the C library overlay.
 */
#ifndef TCHAR_H
#define TCHAR_H

#include "ntbase.h"

/*
 * TCHAR itself is chosen by UNICODE. Programs define both or none.
 */
#ifdef _UNICODE
typedef WCHAR _TCHAR, _TSCHAR, _TUCHAR, _TXCHAR;
typedef int _TINT;
#define __T(Text) L##Text
#define _tmain wmain
#define _tWinMain wWinMain
#define _tenviron _wenviron
#define _tcscat wcscat
#define _tcschr wcschr
#define _tcscpy wcscpy
#define _tcscspn wcscspn
#define _tcslen wcslen
#define _tcsnlen wcsnlen
#define _tcsncat wcsncat
#define _tcsncpy wcsncpy
#define _tcspbrk wcspbrk
#define _tcsrchr wcsrchr
#define _tcsspn wcsspn
#define _tcsstr wcsstr
#define _tcstok wcstok
#define _tcstok_s wcstok_s
#define _tcsdup _wcsdup
#define _tcsnset _wcsnset
#define _tcsrev _wcsrev
#define _tcsset _wcsset
#define _tcscmp wcscmp
#define _tcsicmp _wcsicmp
#define _tcsnicmp _wcsnicmp
#define _tcsncmp wcsncmp
#define _tcsccmp wcscmp
#define _tcsclen wcslen
#define _tcsnccmp wcsncmp
#define _tcslwr _wcslwr
#define _tcsupr _wcsupr
#define _tcscoll wcscoll
#define _tcsxfrm wcsxfrm
#define _tcscat_s wcscat_s
#define _tcscpy_s wcscpy_s
#define _tcsncat_s wcsncat_s
#define _tcsncpy_s wcsncpy_s
#define _tcslwr_s _wcslwr_s
#define _tcsupr_s _wcsupr_s
#define _tprintf wprintf
#define _tprintf_s wprintf_s
#define _ftprintf fwprintf
#define _ftprintf_s fwprintf_s
#define _stprintf swprintf
#define _stprintf_s swprintf_s
#define _sntprintf _snwprintf
#define _sntprintf_s _snwprintf_s
#define _sctprintf _scwprintf
#define _vtprintf vwprintf
#define _vftprintf vfwprintf
#define _vstprintf vswprintf
#define _vstprintf_s vswprintf_s
#define _vsntprintf _vsnwprintf
#define _vsntprintf_s _vsnwprintf_s
#define _vsctprintf _vscwprintf
#define _tscanf wscanf
#define _ftscanf fwscanf
#define _stscanf swscanf
#define _stscanf_s swscanf_s
#define _fgettc fgetwc
#define _fputtc fputwc
#define _gettchar getwchar
#define _puttchar putwchar
#define _fgetts fgetws
#define _fputts fputws
#define _getts _getws
#define _putts _putws
#define _gettch _getwch
#define _puttch _putwch
#define _tfopen _wfopen
#define _tfopen_s _wfopen_s
#define _tfreopen _wfreopen
#define _tperror _wperror
#define _tpopen _wpopen
#define _tremove _wremove
#define _trename _wrename
#define _tunlink _wunlink
#define _tsystem _wsystem
#define _tgetenv _wgetenv
#define _tgetcwd _wgetcwd
#define _tchdir _wchdir
#define _tmkdir _wmkdir
#define _trmdir _wrmdir
#define _taccess _waccess
#define _tcstod wcstod
#define _tcstol wcstol
#define _tcstoul wcstoul
#define _tcstoi64 _wcstoi64
#define _tcstoui64 _wcstoui64
#define _tstoi _wtoi
#define _tstol _wtol
#define _tstof _wtof
#define _tstoi64 _wtoi64
#define _ttoi _wtoi
#define _ttol _wtol
#define _ttoi64 _wtoi64
#define _itot _itow
#define _ltot _ltow
#define _ultot _ultow
#define _i64tot _i64tow
#define _ui64tot _ui64tow
#define _itot_s _itow_s
#define _ultot_s _ultow_s
#define _istalnum iswalnum
#define _istalpha iswalpha
#define _istascii iswascii
#define _istcntrl iswcntrl
#define _istdigit iswdigit
#define _istgraph iswgraph
#define _istlower iswlower
#define _istprint iswprint
#define _istpunct iswpunct
#define _istspace iswspace
#define _istupper iswupper
#define _istxdigit iswxdigit
#define _totlower towlower
#define _totupper towupper
#define _tsplitpath _wsplitpath
#define _tsplitpath_s _wsplitpath_s
#define _tmakepath _wmakepath
#define _tfullpath _wfullpath
#define _tasctime _wasctime
#define _tctime _wctime
#define _tcsftime wcsftime
#else
typedef char _TCHAR, _TXCHAR;
typedef signed char _TSCHAR;
typedef unsigned char _TUCHAR;
typedef int _TINT;
#define __T(Text) Text
#define _tmain main
#define _tWinMain WinMain
#define _tenviron _environ
#define _tcscat strcat
#define _tcschr strchr
#define _tcscpy strcpy
#define _tcscspn strcspn
#define _tcslen strlen
#define _tcsnlen strnlen
#define _tcsncat strncat
#define _tcsncpy strncpy
#define _tcspbrk strpbrk
#define _tcsrchr strrchr
#define _tcsspn strspn
#define _tcsstr strstr
#define _tcstok strtok
#define _tcstok_s strtok_s
#define _tcsdup _strdup
#define _tcsnset _strnset
#define _tcsrev _strrev
#define _tcsset _strset
#define _tcscmp strcmp
#define _tcsicmp _stricmp
#define _tcsnicmp _strnicmp
#define _tcsncmp strncmp
#define _tcsccmp strcmp
#define _tcsclen strlen
#define _tcsnccmp strncmp
#define _tcslwr _strlwr
#define _tcsupr _strupr
#define _tcscoll strcoll
#define _tcsxfrm strxfrm
#define _tcscat_s strcat_s
#define _tcscpy_s strcpy_s
#define _tcsncat_s strncat_s
#define _tcsncpy_s strncpy_s
#define _tcslwr_s _strlwr_s
#define _tcsupr_s _strupr_s
#define _tprintf printf
#define _tprintf_s printf_s
#define _ftprintf fprintf
#define _ftprintf_s fprintf_s
#define _stprintf sprintf
#define _stprintf_s sprintf_s
#define _sntprintf _snprintf
#define _sntprintf_s _snprintf_s
#define _sctprintf _scprintf
#define _vtprintf vprintf
#define _vftprintf vfprintf
#define _vstprintf vsprintf
#define _vstprintf_s vsprintf_s
#define _vsntprintf _vsnprintf
#define _vsntprintf_s _vsnprintf_s
#define _vsctprintf _vscprintf
#define _tscanf scanf
#define _ftscanf fscanf
#define _stscanf sscanf
#define _stscanf_s sscanf_s
#define _fgettc fgetc
#define _fputtc fputc
#define _gettchar getchar
#define _puttchar putchar
#define _fgetts fgets
#define _fputts fputs
#define _getts gets
#define _putts puts
#define _gettch _getch
#define _puttch _putch
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _tfreopen freopen
#define _tperror perror
#define _tpopen _popen
#define _tremove remove
#define _trename rename
#define _tunlink _unlink
#define _tsystem system
#define _tgetenv getenv
#define _tgetcwd _getcwd
#define _tchdir _chdir
#define _tmkdir _mkdir
#define _trmdir _rmdir
#define _taccess _access
#define _tcstod strtod
#define _tcstol strtol
#define _tcstoul strtoul
#define _tcstoi64 _strtoi64
#define _tcstoui64 _strtoui64
#define _tstoi atoi
#define _tstol atol
#define _tstof atof
#define _tstoi64 _atoi64
#define _ttoi atoi
#define _ttol atol
#define _ttoi64 _atoi64
#define _itot _itoa
#define _ltot _ltoa
#define _ultot _ultoa
#define _i64tot _i64toa
#define _ui64tot _ui64toa
#define _itot_s _itoa_s
#define _ultot_s _ultoa_s
#define _istalnum isalnum
#define _istalpha isalpha
#define _istascii __isascii
#define _istcntrl iscntrl
#define _istdigit isdigit
#define _istgraph isgraph
#define _istlower islower
#define _istprint isprint
#define _istpunct ispunct
#define _istspace isspace
#define _istupper isupper
#define _istxdigit isxdigit
#define _totlower tolower
#define _totupper toupper
#define _tsplitpath _splitpath
#define _tsplitpath_s _splitpath_s
#define _tmakepath _makepath
#define _tfullpath _fullpath
#define _tasctime asctime
#define _tctime ctime
#define _tcsftime strftime
#endif

#define _T(Text) __T(Text)
#define _TEXT(Text) __T(Text)
#define _TEOF EOF

#define _tcsinc(Position) ((Position) + 1)
#define _tcsdec(Start, Position) (((Start) >= (Position)) ? NULL : ((Position)-1))
#define _tcsnextc(Position) ((_TUCHAR) * (Position))
#define _tcsninc(Position, Count) ((Position) + (Count))

#endif /* TCHAR_H */
