/* SPDX-License-Identifier: MIT */
/*
 * What programs and drivers know of the Tally Library. It includes nothing.
 */
#ifndef DMF_MODULES_TALLY_PUBLIC_H
#define DMF_MODULES_TALLY_PUBLIC_H

/* CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900 and 0x901, METHOD_BUFFERED, FILE_ANY_ACCESS). */

/* The input, four bytes, is added; the output, four bytes, is the sum. */
#define IOCTL_TALLY_ADD 0x00222400u
/* The output, four bytes, is how many times something was added. */
#define IOCTL_TALLY_TIMES 0x00222404u

#endif /* DMF_MODULES_TALLY_PUBLIC_H */
