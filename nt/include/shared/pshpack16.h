/* SPDX-License-Identifier: MIT */
/* Packs the structures that follow on sixteen-byte boundaries, until poppack.h. Included as often as needed. */
#pragma pack(push, 16)
