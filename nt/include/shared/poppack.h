/* SPDX-License-Identifier: MIT */
/* Ends what the last of the pshpack headers began. Included as often as needed. */
#ifdef __clang__
/* Clang asks whether the includer wants the packing to outlive the header: that is what the header is for. */
#pragma clang diagnostic ignored "-Wpragma-pack"
#endif
#pragma pack(pop)
