/* SPDX-License-Identifier: MIT */
/* Ends what the last of the pshpack headers began. Included as often as needed. */
#pragma pack(pop)
