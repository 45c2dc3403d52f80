/* SPDX-License-Identifier: MIT */
/* Packs the structures that follow on four-byte boundaries, until poppack.h. Included as often as needed. */
#ifdef __clang__
/* Clang asks whether the includer wants the packing to outlive the header: that is what the header is for. */
#pragma clang diagnostic ignored "-Wpragma-pack"
#endif
#pragma pack(push, 4)
