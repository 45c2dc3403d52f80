/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <string.h>: libc's functions, which are the same here, and those that Microsoft's C library adds.
 */
#if defined(DMF_CRT_IMPLEMENTATION)
#include_next <string.h>
#elif !defined(DMF_CRT_STRING_H)
#define DMF_CRT_STRING_H

#include <dmf_crt.h>

/* clang in Microsoft's mode claims no version of gcc; glibc then uses this name without defining it when it optimises. */
#include <features.h>
#if defined(__cplusplus) && !defined(__extern_always_inline)
#define __extern_always_inline extern __always_inline __attribute__((__gnu_inline__))
#endif

#include_next <string.h>

DMF_CRT_BEGIN

int _stricmp(const char *Left, const char *Right) DMF_CRT_SYMBOL(dmf_stricmp);
int _strcmpi(const char *Left, const char *Right) DMF_CRT_SYMBOL(dmf_stricmp);
int stricmp(const char *Left, const char *Right) DMF_CRT_SYMBOL(dmf_stricmp);
int _strnicmp(const char *Left, const char *Right, size_t Count) DMF_CRT_SYMBOL(dmf_strnicmp);
int strnicmp(const char *Left, const char *Right, size_t Count) DMF_CRT_SYMBOL(dmf_strnicmp);
int _memicmp(const void *Left, const void *Right, size_t Count) DMF_CRT_SYMBOL(dmf_memicmp);
char *_strdup(const char *String) DMF_CRT_SYMBOL(dmf_strdup);
char *_strlwr(char *String) DMF_CRT_SYMBOL(dmf_strlwr);
char *_strupr(char *String) DMF_CRT_SYMBOL(dmf_strupr);
char *_strrev(char *String) DMF_CRT_SYMBOL(dmf_strrev);

/* With bounds: a call that breaks a rule empties the destination and returns the error. */
errno_t memcpy_s(void *Destination, rsize_t Size, const void *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_memcpy_s);
errno_t memmove_s(void *Destination, rsize_t Size, const void *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_memmove_s);
size_t strnlen_s(const char *String, size_t Limit) DMF_CRT_SYMBOL(dmf_strnlen_s);
errno_t strcpy_s(char *Destination, rsize_t Size, const char *Source) DMF_CRT_SYMBOL(dmf_strcpy_s);
errno_t strncpy_s(char *Destination, rsize_t Size, const char *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_strncpy_s);
errno_t strcat_s(char *Destination, rsize_t Size, const char *Source) DMF_CRT_SYMBOL(dmf_strcat_s);
errno_t strncat_s(char *Destination, rsize_t Size, const char *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_strncat_s);
char *strtok_s(char *String, const char *Delimiters, char **Context) DMF_CRT_SYMBOL(dmf_strtok_s);
errno_t _strlwr_s(char *String, size_t Size) DMF_CRT_SYMBOL(dmf_strlwr_s);
errno_t _strupr_s(char *String, size_t Size) DMF_CRT_SYMBOL(dmf_strupr_s);

DMF_CRT_END

#ifdef __cplusplus
extern "C++"
{
template <size_t Size>
inline errno_t strcpy_s(char (&Destination)[Size], const char *Source)
{
    return strcpy_s(Destination, Size, Source);
}

template <size_t Size>
inline errno_t strncpy_s(char (&Destination)[Size], const char *Source, size_t Count)
{
    return strncpy_s(Destination, Size, Source, Count);
}

template <size_t Size>
inline errno_t strcat_s(char (&Destination)[Size], const char *Source)
{
    return strcat_s(Destination, Size, Source);
}

template <size_t Size>
inline errno_t strncat_s(char (&Destination)[Size], const char *Source, size_t Count)
{
    return strncat_s(Destination, Size, Source, Count);
}
}
#endif

/* Microsoft's header declares the wide half as well. */
#include <wchar.h>

#endif
