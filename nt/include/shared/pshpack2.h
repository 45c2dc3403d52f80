/* SPDX-License-Identifier: MIT */
/* Packs the structures that follow on two-byte boundaries, until poppack.h. Included as often as needed. */
#pragma pack(push, 2)
