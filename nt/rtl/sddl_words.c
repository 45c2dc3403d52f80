/* SPDX-License-Identifier: MIT */
/*
 * The abbreviations of SDDL. Where several words stand for one number, the writer takes the first.
 */
#include "nt/rtl/sddl_words.h"

const struct sddl_word sddl_kinds[] = {
    {"A", ACCESS_ALLOWED_ACE_TYPE},
    {"D", ACCESS_DENIED_ACE_TYPE},
    {"AU", SYSTEM_AUDIT_ACE_TYPE},
    {"AL", SYSTEM_ALARM_ACE_TYPE},
    {"ML", SYSTEM_MANDATORY_LABEL_ACE_TYPE},
    {"OA", SDDL_NOT_SUPPORTED},
    {"OD", SDDL_NOT_SUPPORTED},
    {"OU", SDDL_NOT_SUPPORTED},
    {"OL", SDDL_NOT_SUPPORTED},
    {"XA", SDDL_NOT_SUPPORTED},
    {"XD", SDDL_NOT_SUPPORTED},
    {"XU", SDDL_NOT_SUPPORTED},
    {"ZA", SDDL_NOT_SUPPORTED},
    {"RA", SDDL_NOT_SUPPORTED},
    {"SP", SDDL_NOT_SUPPORTED},
    {"TL", SDDL_NOT_SUPPORTED},
    {"FL", SDDL_NOT_SUPPORTED},
};
const size_t sddl_kinds_count = ARRAYSIZE(sddl_kinds);

const struct sddl_word sddl_entry_flags[] = {
    {"OI", 0x01}, {"CI", 0x02}, {"NP", 0x04}, {"IO", 0x08}, {"ID", 0x10}, {"SA", 0x40}, {"FA", 0x80},
};
const size_t sddl_entry_flags_count = ARRAYSIZE(sddl_entry_flags);

const struct sddl_word sddl_rights[] = {
    {"GA", 0x10000000}, {"GR", 0x80000000}, {"GW", 0x40000000}, {"GX", 0x20000000}, {"FA", 0x001F01FF}, {"FR", 0x00120089},
    {"FW", 0x00120116}, {"FX", 0x001200A0}, {"KA", 0x000F003F}, {"KR", 0x00020019}, {"KW", 0x00020006}, {"KX", 0x00020019},
    {"RC", 0x00020000}, {"SD", 0x00010000}, {"WD", 0x00040000}, {"WO", 0x00080000}, {"CC", 0x00000001}, {"DC", 0x00000002},
    {"LC", 0x00000004}, {"SW", 0x00000008}, {"RP", 0x00000010}, {"WP", 0x00000020}, {"DT", 0x00000040}, {"LO", 0x00000080},
    {"CR", 0x00000100}, {"NW", 0x00000001}, {"NR", 0x00000002}, {"NX", 0x00000004},
};
const size_t sddl_rights_count = ARRAYSIZE(sddl_rights);

const struct sddl_identifier sddl_identifiers[] = {
    {"WD", 1, 1, {0}},       {"CO", 3, 1, {0}},       {"CG", 3, 1, {1}},       {"OW", 3, 1, {4}},
    {"NU", 5, 1, {2}},       {"IU", 5, 1, {4}},       {"SU", 5, 1, {6}},       {"AN", 5, 1, {7}},
    {"ED", 5, 1, {9}},       {"PS", 5, 1, {10}},      {"AU", 5, 1, {11}},      {"RC", 5, 1, {12}},
    {"SY", 5, 1, {18}},      {"LS", 5, 1, {19}},      {"NS", 5, 1, {20}},      {"WR", 5, 1, {33}},
    {"BA", 5, 2, {32, 544}}, {"BU", 5, 2, {32, 545}}, {"BG", 5, 2, {32, 546}}, {"PU", 5, 2, {32, 547}},
    {"AO", 5, 2, {32, 548}}, {"SO", 5, 2, {32, 549}}, {"PO", 5, 2, {32, 550}}, {"BO", 5, 2, {32, 551}},
    {"RE", 5, 2, {32, 552}}, {"RU", 5, 2, {32, 554}}, {"RD", 5, 2, {32, 555}}, {"NO", 5, 2, {32, 556}},
    {"MU", 5, 2, {32, 558}}, {"LU", 5, 2, {32, 559}}, {"IS", 5, 2, {32, 568}}, {"CY", 5, 2, {32, 569}},
    {"ER", 5, 2, {32, 573}}, {"CD", 5, 2, {32, 574}}, {"RA", 5, 2, {32, 575}}, {"ES", 5, 2, {32, 576}},
    {"MS", 5, 2, {32, 577}}, {"HA", 5, 2, {32, 578}}, {"AA", 5, 2, {32, 579}}, {"RM", 5, 2, {32, 580}},
    {"AC", 15, 2, {2, 1}},   {"LW", 16, 1, {4096}},   {"ME", 16, 1, {8192}},   {"MP", 16, 1, {8448}},
    {"HI", 16, 1, {12288}},  {"SI", 16, 1, {16384}},
};
const size_t sddl_identifiers_count = ARRAYSIZE(sddl_identifiers);
