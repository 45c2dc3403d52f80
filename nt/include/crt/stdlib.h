/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <stdlib.h>. dmf_stdlib.h holds it; what follows is the C++ library's own header, which gives the names of
 * namespace std and brings them out again.
 */
#if defined(DMF_CRT_IMPLEMENTATION)
#include_next <stdlib.h>
#else

#include <dmf_stdlib.h>

#ifdef __cplusplus
#include_next <stdlib.h>
#endif

/* Microsoft's header declares the wide half as well. */
#include <wchar.h>

#endif
