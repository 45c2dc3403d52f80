/* SPDX-License-Identifier: MIT */
/*
 * The abbreviations of SDDL, for its reader and its writer.
 */
#ifndef NT_RTL_SDDL_WORDS_H
#define NT_RTL_SDDL_WORDS_H

#include "nt/internal.h"

struct sddl_word
{
    char text[4];
    ULONG value;
};

/* An abbreviation of an identifier stands for S-1-authority-first[-second]. */
struct sddl_identifier
{
    char text[4];
    UCHAR authority;
    UCHAR count;
    ULONG sub_authorities[2];
};

extern const struct sddl_word sddl_kinds[];
extern const size_t sddl_kinds_count;
extern const struct sddl_word sddl_entry_flags[];
extern const size_t sddl_entry_flags_count;
extern const struct sddl_word sddl_rights[];
extern const size_t sddl_rights_count;
extern const struct sddl_identifier sddl_identifiers[];
extern const size_t sddl_identifiers_count;

/* What the kinds table has for entries that are known and not supported. */
#define SDDL_NOT_SUPPORTED MAXULONG

#endif /* NT_RTL_SDDL_WORDS_H */
