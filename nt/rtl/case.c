/* SPDX-License-Identifier: MIT */
/*
 * Upper and lower case. The tables are generated (generate_case.py): pages of differences, found by the high byte.
 */
#include "nt/rtl/unicode.h"

#include "case_pages.h"

WCHAR unicode_upcase(WCHAR unit)
{
    return (WCHAR)(unit + upcase_pages[upcase_index[unit >> 8]][unit & 0xFF]);
}

WCHAR unicode_downcase(WCHAR unit)
{
    return (WCHAR)(unit + downcase_pages[downcase_index[unit >> 8]][unit & 0xFF]);
}

CHAR unicode_upcase_byte(CHAR byte)
{
    return (CHAR)(byte >= 'a' && byte <= 'z' ? byte - ('a' - 'A') : byte);
}

/*
 * Published entry points.
 */
WCHAR RtlUpcaseUnicodeChar(WCHAR SourceCharacter)
{
    return unicode_upcase(SourceCharacter);
}

WCHAR RtlDowncaseUnicodeChar(WCHAR SourceCharacter)
{
    return unicode_downcase(SourceCharacter);
}

CHAR RtlUpperChar(CHAR Character)
{
    return unicode_upcase_byte(Character);
}
