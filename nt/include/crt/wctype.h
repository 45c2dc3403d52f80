/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <wctype.h>: classes of 16-bit characters, those of the "C" locale.
 */
#if defined(DMF_CRT_IMPLEMENTATION)
#include_next <wctype.h>
#elif !defined(DMF_CRT_WCTYPE_H)
#define DMF_CRT_WCTYPE_H

#include <dmf_crt.h>

#define towlower dmf_libc_towlower
#define towupper dmf_libc_towupper
#define iswalnum dmf_libc_iswalnum
#define iswalpha dmf_libc_iswalpha
#define iswblank dmf_libc_iswblank
#define iswcntrl dmf_libc_iswcntrl
#define iswdigit dmf_libc_iswdigit
#define iswgraph dmf_libc_iswgraph
#define iswlower dmf_libc_iswlower
#define iswprint dmf_libc_iswprint
#define iswpunct dmf_libc_iswpunct
#define iswspace dmf_libc_iswspace
#define iswupper dmf_libc_iswupper
#define iswxdigit dmf_libc_iswxdigit

#include_next <wctype.h>

#undef towlower
#undef towupper
#undef iswalnum
#undef iswalpha
#undef iswblank
#undef iswcntrl
#undef iswdigit
#undef iswgraph
#undef iswlower
#undef iswprint
#undef iswpunct
#undef iswspace
#undef iswupper
#undef iswxdigit

DMF_CRT_BEGIN

wint_t towlower(wint_t Character) DMF_CRT_SYMBOL(dmf_towlower);
wint_t towupper(wint_t Character) DMF_CRT_SYMBOL(dmf_towupper);
int iswalnum(wint_t Character) DMF_CRT_SYMBOL(dmf_iswalnum);
int iswalpha(wint_t Character) DMF_CRT_SYMBOL(dmf_iswalpha);
int iswascii(wint_t Character) DMF_CRT_SYMBOL(dmf_iswascii);
int iswblank(wint_t Character) DMF_CRT_SYMBOL(dmf_iswblank);
int iswcntrl(wint_t Character) DMF_CRT_SYMBOL(dmf_iswcntrl);
int iswdigit(wint_t Character) DMF_CRT_SYMBOL(dmf_iswdigit);
int iswgraph(wint_t Character) DMF_CRT_SYMBOL(dmf_iswgraph);
int iswlower(wint_t Character) DMF_CRT_SYMBOL(dmf_iswlower);
int iswprint(wint_t Character) DMF_CRT_SYMBOL(dmf_iswprint);
int iswpunct(wint_t Character) DMF_CRT_SYMBOL(dmf_iswpunct);
int iswspace(wint_t Character) DMF_CRT_SYMBOL(dmf_iswspace);
int iswupper(wint_t Character) DMF_CRT_SYMBOL(dmf_iswupper);
int iswxdigit(wint_t Character) DMF_CRT_SYMBOL(dmf_iswxdigit);

DMF_CRT_END

#endif
