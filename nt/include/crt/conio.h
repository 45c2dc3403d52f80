/* SPDX-License-Identifier: MIT */
/*
 * The console functions of Microsoft's C library that test programs of drivers use.
 */
#ifndef DMF_CRT_CONIO_H
#define DMF_CRT_CONIO_H

#include <dmf_crt.h>

DMF_CRT_BEGIN

int _kbhit(void) DMF_CRT_SYMBOL(dmf_kbhit);
int _getch(void) DMF_CRT_SYMBOL(dmf_getch);

DMF_CRT_END

#endif /* DMF_CRT_CONIO_H */
