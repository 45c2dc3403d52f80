/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <stdio.h>: printf and scanf with the widths and specifiers of Windows. dmf_crt.h says how the overlay works.
 */
#if defined(DMF_CRT_IMPLEMENTATION)
#include_next <stdio.h>
#elif !defined(DMF_CRT_STDIO_H)
#define DMF_CRT_STDIO_H

#include <dmf_crt.h>

#define printf dmf_libc_printf
#define fprintf dmf_libc_fprintf
#define sprintf dmf_libc_sprintf
#define snprintf dmf_libc_snprintf
#define vprintf dmf_libc_vprintf
#define vfprintf dmf_libc_vfprintf
#define vsprintf dmf_libc_vsprintf
#define vsnprintf dmf_libc_vsnprintf
#define scanf dmf_libc_scanf
#define fscanf dmf_libc_fscanf
#define sscanf dmf_libc_sscanf
#define vscanf dmf_libc_vscanf
#define vfscanf dmf_libc_vfscanf
#define vsscanf dmf_libc_vsscanf

#include_next <stdio.h>

#undef printf
#undef fprintf
#undef sprintf
#undef snprintf
#undef vprintf
#undef vfprintf
#undef vsprintf
#undef vsnprintf
#undef scanf
#undef fscanf
#undef sscanf
#undef vscanf
#undef vfscanf
#undef vsscanf

DMF_CRT_BEGIN

int printf(const char *Format, ...) DMF_CRT_SYMBOL(dmf_printf);
int printf_s(const char *Format, ...) DMF_CRT_SYMBOL(dmf_printf);
int fprintf(FILE *File, const char *Format, ...) DMF_CRT_SYMBOL(dmf_fprintf);
int fprintf_s(FILE *File, const char *Format, ...) DMF_CRT_SYMBOL(dmf_fprintf);
int vprintf(const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vprintf);
int vprintf_s(const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vprintf);
int vfprintf(FILE *File, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vfprintf);
int vfprintf_s(FILE *File, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vfprintf);
int sprintf(char *Text, const char *Format, ...) DMF_CRT_SYMBOL(dmf_sprintf);
int vsprintf(char *Text, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vsprintf);
int snprintf(char *Text, size_t Size, const char *Format, ...) DMF_CRT_SYMBOL(dmf_snprintf);
int vsnprintf(char *Text, size_t Size, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vsnprintf);
int sprintf_s(char *Text, size_t Size, const char *Format, ...) DMF_CRT_SYMBOL(dmf_sprintf_s);
int vsprintf_s(char *Text, size_t Size, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vsprintf_s);
int _snprintf(char *Text, size_t Count, const char *Format, ...) DMF_CRT_SYMBOL(dmf__snprintf);
int _vsnprintf(char *Text, size_t Count, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf__vsnprintf);
int _snprintf_s(char *Text, size_t Size, size_t Count, const char *Format, ...) DMF_CRT_SYMBOL(dmf_snprintf_s);
int _vsnprintf_s(char *Text, size_t Size, size_t Count, const char *Format, va_list Arguments)
    DMF_CRT_SYMBOL(dmf_vsnprintf_s);
int vsnprintf_s(char *Text, size_t Size, size_t Count, const char *Format, va_list Arguments)
    DMF_CRT_SYMBOL(dmf_vsnprintf_s);
int _scprintf(const char *Format, ...) DMF_CRT_SYMBOL(dmf_scprintf);
int _vscprintf(const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vscprintf);
int scanf(const char *Format, ...) DMF_CRT_SYMBOL(dmf_scanf);
int scanf_s(const char *Format, ...) DMF_CRT_SYMBOL(dmf_scanf_s);
int vscanf(const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vscanf);
int fscanf(FILE *File, const char *Format, ...) DMF_CRT_SYMBOL(dmf_fscanf);
int fscanf_s(FILE *File, const char *Format, ...) DMF_CRT_SYMBOL(dmf_fscanf_s);
int vfscanf(FILE *File, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vfscanf);
int sscanf(const char *Text, const char *Format, ...) DMF_CRT_SYMBOL(dmf_sscanf);
int sscanf_s(const char *Text, const char *Format, ...) DMF_CRT_SYMBOL(dmf_sscanf_s);
int vsscanf(const char *Text, const char *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vsscanf);

DMF_CRT_END

#ifdef __cplusplus
extern "C++"
{
template <size_t Size>
inline int vsprintf_s(char (&Text)[Size], const char *Format, va_list Arguments)
{
    return vsprintf_s(Text, Size, Format, Arguments);
}

template <size_t Size>
inline int sprintf_s(char (&Text)[Size], const char *Format, ...)
{
    va_list arguments;
    va_start(arguments, Format);
    int result = vsprintf_s(Text, Size, Format, arguments);
    va_end(arguments);
    return result;
}

template <size_t Size>
inline int _snprintf_s(char (&Text)[Size], size_t Count, const char *Format, ...)
{
    va_list arguments;
    va_start(arguments, Format);
    int result = _vsnprintf_s(Text, Size, Count, Format, arguments);
    va_end(arguments);
    return result;
}
}
#endif

/* Microsoft's header declares the wide half as well. */
#include <wchar.h>

#endif
