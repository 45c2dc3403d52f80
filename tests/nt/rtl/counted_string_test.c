/* SPDX-License-Identifier: MIT */
/*
 * Counted strings: construction, comparison, conversion, numbers as text.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <stdlib.h>
#include <string.h>

#define STRING(Text) ((UNICODE_STRING)RTL_CONSTANT_STRING(Text))
#define BYTES(Text) ((ANSI_STRING)RTL_CONSTANT_STRING(Text))

static bool same(const UNICODE_STRING *string, const WCHAR *text)
{
    UNICODE_STRING expected;

    RtlInitUnicodeString(&expected, text);
    return string->Length == expected.Length && memcmp(string->Buffer, text, expected.Length) == 0;
}

static WCHAR *long_text(size_t units)
{
    WCHAR *text = malloc((units + 1) * sizeof(WCHAR));

    for (size_t index = 0; index < units; index++)
    {
        text[index] = 'a';
    }
    text[units] = 0;
    return text;
}

static void initialising_counts_up_to_the_limit(void)
{
    WCHAR *text = long_text(40000);
    UNICODE_STRING string = {1, 1, NULL};

    RtlInitUnicodeString(&string, NULL);
    CHECK(string.Length == 0 && string.MaximumLength == 0 && string.Buffer == NULL);
    RtlInitUnicodeString(&string, L"ab");
    CHECK(string.Length == 4 && string.MaximumLength == 6);
    RtlInitUnicodeString(&string, text);
    CHECK(string.Length == 0xFFFC && string.MaximumLength == 0xFFFE);
    CHECK_EQUAL(RtlInitUnicodeStringEx(&string, text), STATUS_NAME_TOO_LONG);
    text[32766] = 0;
    CHECK_EQUAL(RtlInitUnicodeStringEx(&string, text), STATUS_SUCCESS);
    CHECK(string.Length == 0xFFFC && string.MaximumLength == 0xFFFE);
    text[32766] = 'a';
    text[32767] = 0;
    CHECK_EQUAL(RtlInitUnicodeStringEx(&string, text), STATUS_NAME_TOO_LONG);
    CHECK_EQUAL(RtlInitUnicodeStringEx(&string, NULL), STATUS_SUCCESS);
    free(text);
}

static void narrow_initialising_counts_up_to_the_limit(void)
{
    char *text = malloc(70001);
    ANSI_STRING string;

    memset(text, 'a', 70000);
    text[70000] = 0;
    RtlInitAnsiString(&string, text);
    CHECK(string.Length == 0xFFFE && string.MaximumLength == 0xFFFF);
    CHECK_EQUAL(RtlInitAnsiStringEx(&string, text), STATUS_NAME_TOO_LONG);
    CHECK_EQUAL(RtlInitUTF8StringEx(&string, text), STATUS_NAME_TOO_LONG);
    text[65534] = 0;
    CHECK_EQUAL(RtlInitAnsiStringEx(&string, text), STATUS_SUCCESS);
    RtlInitString(&string, NULL);
    CHECK(string.Length == 0 && string.MaximumLength == 0 && string.Buffer == NULL);
    free(text);
}

static void copying_cuts_and_terminates_where_there_is_room(void)
{
    WCHAR buffer[4] = {9, 9, 9, 9};
    UNICODE_STRING to = {0, 6, buffer};
    UNICODE_STRING from = STRING(L"abcd");
    CHAR bytes[3] = {9, 9, 9};
    STRING narrow = {0, 2, bytes};
    STRING narrow_from = BYTES("xyz");

    RtlCopyUnicodeString(&to, &from);
    CHECK(to.Length == 6 && buffer[2] == 'c' && buffer[3] == 9);
    from = STRING(L"z");
    RtlCopyUnicodeString(&to, &from);
    CHECK(to.Length == 2 && buffer[1] == 0);
    RtlCopyUnicodeString(&to, NULL);
    CHECK(to.Length == 0 && buffer[0] == 0);
    RtlCopyString(&narrow, &narrow_from);
    CHECK(narrow.Length == 2 && bytes[1] == 'y' && bytes[2] == 9);
    RtlCopyString(&narrow, NULL);
    CHECK_EQUAL(narrow.Length, 0);
}

static void appending_is_all_or_nothing(void)
{
    WCHAR buffer[5] = {9, 9, 9, 9, 9};
    UNICODE_STRING to = {0, 8, buffer};
    UNICODE_STRING piece = STRING(L"ab");
    CHAR bytes[3];
    STRING narrow = {0, 3, bytes};
    STRING narrow_piece = BYTES("xy");

    CHECK_EQUAL(RtlAppendUnicodeStringToString(&to, &piece), STATUS_SUCCESS);
    CHECK(to.Length == 4 && buffer[2] == 0);
    CHECK_EQUAL(RtlAppendUnicodeToString(&to, L"cde"), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(to.Length, 4);
    CHECK_EQUAL(RtlAppendUnicodeToString(&to, L"cd"), STATUS_SUCCESS);
    CHECK(to.Length == 8 && buffer[4] == 9);
    CHECK_EQUAL(RtlAppendUnicodeToString(&to, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAppendUnicodeToString(&to, L""), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAppendStringToString(&narrow, &narrow_piece), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAppendStringToString(&narrow, &narrow_piece), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(narrow.Length, 2);
}

static void comparing_goes_by_unit_then_by_length(void)
{
    UNICODE_STRING lower = STRING(L"stra\u00DFe \u00E9\u0451");
    UNICODE_STRING upper = STRING(L"STRA\u00DFE \u00C9\u0401");
    UNICODE_STRING shorter = STRING(L"stra");

    CHECK_EQUAL(RtlCompareUnicodeString(&lower, &upper, TRUE), 0);
    CHECK(RtlCompareUnicodeString(&lower, &upper, FALSE) > 0);
    CHECK(RtlCompareUnicodeString(&shorter, &lower, FALSE) < 0);
    CHECK(RtlCompareUnicodeString(&lower, &shorter, FALSE) > 0);
    CHECK(RtlEqualUnicodeString(&lower, &upper, TRUE));
    CHECK(!RtlEqualUnicodeString(&lower, &upper, FALSE));
    CHECK(RtlCompareUnicodeStrings(L"ab", 2, L"AC", 2, TRUE) < 0);
    CHECK_EQUAL(RtlCompareUnicodeStrings(L"abx", 2, L"ABy", 2, TRUE), 0);
    CHECK_EQUAL(RtlCompareUnicodeStrings(NULL, 0, NULL, 0, TRUE), 0);
}

static void prefixes_and_suffixes(void)
{
    UNICODE_STRING whole = STRING(L"\\Device\\Name");
    UNICODE_STRING head = STRING(L"\\DEVICE");
    UNICODE_STRING tail = STRING(L"NAME");
    UNICODE_STRING empty = STRING(L"");

    CHECK(RtlPrefixUnicodeString(&head, &whole, TRUE));
    CHECK(!RtlPrefixUnicodeString(&head, &whole, FALSE));
    CHECK(!RtlPrefixUnicodeString(&whole, &head, TRUE));
    CHECK(RtlSuffixUnicodeString(&tail, &whole, TRUE));
    CHECK(!RtlSuffixUnicodeString(&tail, &whole, FALSE));
    CHECK(!RtlSuffixUnicodeString(&whole, &tail, TRUE));
    CHECK(RtlPrefixUnicodeString(&empty, &whole, FALSE) && RtlSuffixUnicodeString(&empty, &whole, FALSE));
}

static void narrow_strings_ignore_the_case_of_ascii_only(void)
{
    STRING one = BYTES("abc\xC3\xA9");
    STRING other = BYTES("ABC\xC3\xA9");
    STRING accent = BYTES("ABC\xC3\x89");
    STRING head = BYTES("aB");
    CHAR bytes[8];
    STRING upper = {0, 8, bytes};

    CHECK_EQUAL(RtlCompareString(&one, &other, TRUE), 0);
    CHECK(RtlCompareString(&one, &other, FALSE) > 0);
    CHECK(!RtlEqualString(&one, &accent, TRUE));
    CHECK(RtlEqualString(&one, &other, TRUE));
    CHECK(RtlPrefixString(&head, &other, TRUE) && !RtlPrefixString(&head, &other, FALSE));
    RtlUpperString(&upper, &one);
    CHECK(RtlEqualString(&upper, &other, FALSE));
    CHECK_EQUAL(RtlUpperChar('z'), 'Z');
    CHECK_EQUAL(RtlUpperChar('{'), '{');
}

static void case_follows_unicode_where_it_goes_there_and_back(void)
{
    CHECK_EQUAL(RtlUpcaseUnicodeChar('a'), 'A');
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xE9), 0xC9);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xFF), 0x178);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0x3B1), 0x391);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0x3C2), 0x3A3);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0x451), 0x401);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xFF41), 0xFF21);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xDF), 0xDF);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xB5), 0xB5);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0x131), 0x131);
    CHECK_EQUAL(RtlUpcaseUnicodeChar(0xD800), 0xD800);
    CHECK_EQUAL(RtlDowncaseUnicodeChar(0x3A3), 0x3C3);
    CHECK_EQUAL(RtlDowncaseUnicodeChar('Z'), 'z');
    for (ULONG unit = 0; unit < 0x10000; unit++)
    {
        WCHAR upper = RtlUpcaseUnicodeChar((WCHAR)unit);

        CHECK_EQUAL(RtlUpcaseUnicodeChar(upper), upper);
        CHECK(upper == unit || unit == 0x3C2 || RtlDowncaseUnicodeChar(upper) == unit);
    }
}

static void whole_strings_change_case(void)
{
    UNICODE_STRING from = STRING(L"a\u00E9Z");
    WCHAR buffer[3];
    UNICODE_STRING to = {0, 4, buffer};

    CHECK_EQUAL(RtlUpcaseUnicodeString(&to, &from, FALSE), STATUS_BUFFER_OVERFLOW);
    to.MaximumLength = 6;
    CHECK_EQUAL(RtlUpcaseUnicodeString(&to, &from, FALSE), STATUS_SUCCESS);
    CHECK(same(&to, L"A\u00C9Z"));
    CHECK_EQUAL(RtlDowncaseUnicodeString(&to, &to, FALSE), STATUS_SUCCESS);
    CHECK(same(&to, L"a\u00E9z"));
    CHECK_EQUAL(RtlUpcaseUnicodeString(&to, &from, TRUE), STATUS_SUCCESS);
    CHECK(to.Length == 6 && to.MaximumLength == 6 && to.Buffer != buffer);
    RtlFreeUnicodeString(&to);
    CHECK(to.Buffer == NULL && to.Length == 0 && to.MaximumLength == 0);
    RtlFreeUnicodeString(&to);
    CHECK_EQUAL(RtlDowncaseUnicodeString(&to, &from, TRUE), STATUS_SUCCESS);
    CHECK(same(&to, L"a\u00E9z"));
    RtlFreeUnicodeString(&to);
}

static void hashes_are_the_published_ones(void)
{
    UNICODE_STRING string = STRING(L"ab");
    UNICODE_STRING upper = STRING(L"AB");
    ULONG hash = 0;
    ULONG other = 0;

    CHECK_EQUAL(RtlHashUnicodeString(&string, FALSE, HASH_STRING_ALGORITHM_DEFAULT, &hash), STATUS_SUCCESS);
    CHECK_EQUAL(hash, 'a' * 65599u + 'b');
    CHECK_EQUAL(RtlHashUnicodeString(&string, TRUE, HASH_STRING_ALGORITHM_X65599, &hash), STATUS_SUCCESS);
    CHECK_EQUAL(RtlHashUnicodeString(&upper, FALSE, HASH_STRING_ALGORITHM_X65599, &other), STATUS_SUCCESS);
    CHECK_EQUAL(hash, other);
    CHECK_EQUAL(RtlHashUnicodeString(&string, TRUE, 2, &hash), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlHashUnicodeString(&string, TRUE, HASH_STRING_ALGORITHM_INVALID, &hash), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlHashUnicodeString(NULL, TRUE, 0, &hash), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlHashUnicodeString(&string, TRUE, 0, NULL), STATUS_INVALID_PARAMETER);
}

static void validation_finds_odd_and_impossible_lengths(void)
{
    WCHAR buffer[4];
    UNICODE_STRING good = {4, 8, buffer};
    UNICODE_STRING odd = {3, 8, buffer};
    UNICODE_STRING odd_maximum = {2, 7, buffer};
    UNICODE_STRING longer = {8, 4, buffer};
    UNICODE_STRING nowhere = {0, 4, NULL};
    UNICODE_STRING empty = {0, 0, NULL};

    CHECK_EQUAL(RtlValidateUnicodeString(0, &good), STATUS_SUCCESS);
    CHECK_EQUAL(RtlValidateUnicodeString(0, &empty), STATUS_SUCCESS);
    CHECK_EQUAL(RtlValidateUnicodeString(0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(RtlValidateUnicodeString(1, &good), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlValidateUnicodeString(0, &odd), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlValidateUnicodeString(0, &odd_maximum), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlValidateUnicodeString(0, &longer), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlValidateUnicodeString(0, &nowhere), STATUS_INVALID_PARAMETER);
}

static void duplicates_obey_their_flags(void)
{
    UNICODE_STRING from = STRING(L"abc");
    UNICODE_STRING empty = STRING(L"");
    UNICODE_STRING odd = {3, 4, from.Buffer};
    WCHAR *text = long_text(32767);
    UNICODE_STRING longest = {0xFFFE, 0xFFFE, text};
    UNICODE_STRING copy;

    CHECK_EQUAL(RtlDuplicateUnicodeString(0, &from, &copy), STATUS_SUCCESS);
    CHECK(same(&copy, L"abc") && copy.MaximumLength == 6 && copy.Buffer != from.Buffer);
    RtlFreeUnicodeString(&copy);
    CHECK_EQUAL(RtlDuplicateUnicodeString(1, &from, &copy), STATUS_SUCCESS);
    CHECK(same(&copy, L"abc") && copy.MaximumLength == 8 && copy.Buffer[3] == 0);
    RtlFreeUnicodeString(&copy);
    CHECK_EQUAL(RtlDuplicateUnicodeString(1, &empty, &copy), STATUS_SUCCESS);
    CHECK(copy.Buffer == NULL && copy.MaximumLength == 0);
    CHECK_EQUAL(RtlDuplicateUnicodeString(3, &empty, &copy), STATUS_SUCCESS);
    CHECK(copy.Buffer != NULL && copy.MaximumLength == 2 && copy.Buffer[0] == 0);
    RtlFreeUnicodeString(&copy);
    CHECK_EQUAL(RtlDuplicateUnicodeString(2, &from, &copy), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDuplicateUnicodeString(4, &from, &copy), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDuplicateUnicodeString(0, &odd, &copy), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDuplicateUnicodeString(0, &from, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDuplicateUnicodeString(1, &longest, &copy), STATUS_NAME_TOO_LONG);
    CHECK_EQUAL(RtlDuplicateUnicodeString(0, &longest, &copy), STATUS_SUCCESS);
    RtlFreeUnicodeString(&copy);
    CHECK(RtlCreateUnicodeString(&copy, L"xy"));
    CHECK(same(&copy, L"xy") && copy.MaximumLength == 6);
    RtlFreeUnicodeString(&copy);
    CHECK(!RtlCreateUnicodeString(&copy, text));
    free(text);
}

static void ansi_is_utf8(void)
{
    ANSI_STRING narrow = BYTES("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    UNICODE_STRING wide;
    ANSI_STRING back;

    CHECK_EQUAL(RtlxAnsiStringToUnicodeSize(&narrow), 12);
    CHECK_EQUAL(RtlAnsiStringToUnicodeString(&wide, &narrow, TRUE), STATUS_SUCCESS);
    CHECK(same(&wide, L"\u00E9\u20AC\U0001F600z"));
    CHECK(wide.MaximumLength == 12 && wide.Buffer[5] == 0);
    CHECK_EQUAL(RtlxUnicodeStringToAnsiSize(&wide), 11);
    CHECK_EQUAL(RtlUnicodeStringToAnsiString(&back, &wide, TRUE), STATUS_SUCCESS);
    CHECK(RtlEqualString(&narrow, &back, FALSE) && back.MaximumLength == 11 && back.Buffer[10] == 0);
    RtlFreeAnsiString(&back);
    RtlFreeUnicodeString(&wide);
}

static void conversions_without_room_say_so(void)
{
    ANSI_STRING narrow = BYTES("abc");
    UNICODE_STRING source = STRING(L"ab\u20AC");
    WCHAR wide_buffer[4] = {9, 9, 9, 9};
    UNICODE_STRING wide = {0, 6, wide_buffer};
    CHAR narrow_buffer[6] = {9, 9, 9, 9, 9, 9};
    ANSI_STRING back = {0, 5, narrow_buffer};

    CHECK_EQUAL(RtlAnsiStringToUnicodeString(&wide, &narrow, FALSE), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(wide_buffer[0], 9);
    CHECK_EQUAL(RtlOemStringToCountedUnicodeString(&wide, &narrow, FALSE), STATUS_SUCCESS);
    CHECK(wide.Length == 6 && wide_buffer[3] == 9);
    wide.MaximumLength = 8;
    CHECK_EQUAL(RtlAnsiStringToUnicodeString(&wide, &narrow, FALSE), STATUS_SUCCESS);
    CHECK(wide.Length == 6 && wide_buffer[3] == 0);

    CHECK_EQUAL(RtlUnicodeStringToAnsiString(&back, &source, FALSE), STATUS_BUFFER_OVERFLOW);
    CHECK(back.Length == 2 && narrow_buffer[1] == 'b' && narrow_buffer[2] == 0 && narrow_buffer[5] == 9);
    back.MaximumLength = 0;
    CHECK_EQUAL(RtlUnicodeStringToAnsiString(&back, &source, FALSE), STATUS_BUFFER_OVERFLOW);
    back.MaximumLength = 5;
    CHECK_EQUAL(RtlUnicodeStringToCountedOemString(&back, &source, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(back.Length, 5);
    back.MaximumLength = 6;
    CHECK_EQUAL(RtlUnicodeStringToUTF8String(&back, &source, FALSE), STATUS_SUCCESS);
    CHECK(back.Length == 5 && narrow_buffer[5] == 0);
}

static void conversions_of_too_much_text_are_refused(void)
{
    char *text = malloc(40000);
    ANSI_STRING narrow = {40000, 40000, text};
    WCHAR *wide_text = long_text(32767);
    UNICODE_STRING wide = {0xFFFE, 0xFFFE, wide_text};
    UNICODE_STRING to;
    ANSI_STRING narrow_to;

    memset(text, 'x', 40000);
    CHECK_EQUAL(RtlAnsiStringToUnicodeString(&to, &narrow, TRUE), STATUS_INVALID_PARAMETER_2);
    for (size_t index = 0; index < 32767; index++)
    {
        wide_text[index] = 0x20AC;
    }
    CHECK_EQUAL(RtlUnicodeStringToAnsiString(&narrow_to, &wide, TRUE), STATUS_INVALID_PARAMETER_2);
    free(text);
    free(wide_text);
}

static void upper_case_oem_refuses_what_has_no_form(void)
{
    UNICODE_STRING good = STRING(L"a\u00E9");
    WCHAR lone[] = {'a', 0xD800};
    UNICODE_STRING bad = {4, 4, lone};
    OEM_STRING to;
    WCHAR unit = 'a';

    CHECK_EQUAL(RtlUpcaseUnicodeStringToOemString(&to, &good, TRUE), STATUS_SUCCESS);
    CHECK(to.Length == 3 && memcmp(to.Buffer, "A\xC3\x89", 4) == 0);
    RtlFreeOemString(&to);
    CHECK_EQUAL(RtlUpcaseUnicodeStringToOemString(&to, &bad, TRUE), STATUS_UNMAPPABLE_CHARACTER);
    CHECK_EQUAL(RtlUpcaseUnicodeStringToCountedOemString(&to, &bad, TRUE), STATUS_UNMAPPABLE_CHARACTER);
    CHECK_EQUAL(RtlUnicodeStringToOemString(&to, &bad, TRUE), STATUS_SUCCESS);
    CHECK(to.Length == 4 && memcmp(to.Buffer, "a\xEF\xBF\xBD", 5) == 0);
    RtlFreeOemString(&to);
    CHECK(RtlIsValidOemCharacter(&unit) && unit == 'A');
    unit = 0xDC00;
    CHECK(!RtlIsValidOemCharacter(&unit));
}

static void utf8_functions_tell_what_was_lost(void)
{
    static const WCHAR lone[] = {'a', 0xD800, 'b'};
    WCHAR wide[4];
    char narrow[8];
    ULONG bytes = 0;

    CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, 8, &bytes, lone, 6), STATUS_SOME_NOT_MAPPED);
    CHECK(bytes == 5 && memcmp(narrow,
                               "a\xEF\xBF\xBD"
                               "b",
                               5) == 0);
    CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, 3, &bytes, lone, 6), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(bytes, 1);
    CHECK_EQUAL(RtlUnicodeToUTF8N(NULL, 0, &bytes, lone, 2), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 1);
    CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, 8, &bytes, NULL, 6), STATUS_INVALID_PARAMETER_4);
    CHECK_EQUAL(RtlUnicodeToUTF8N(NULL, 0, NULL, lone, 6), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, 8, &bytes, lone, 5), STATUS_INVALID_PARAMETER_5);
    CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, 8, NULL, lone, 0), STATUS_SUCCESS);

    CHECK_EQUAL(RtlUTF8ToUnicodeN(wide, 8, &bytes,
                                  "a\xFF"
                                  "b",
                                  3),
                STATUS_SOME_NOT_MAPPED);
    CHECK(bytes == 6 && wide[1] == 0xFFFD && wide[2] == 'b');
    CHECK_EQUAL(RtlUTF8ToUnicodeN(wide, 8, &bytes, "\xEF\xBF\xBD", 3), STATUS_SUCCESS);
    CHECK_EQUAL(RtlUTF8ToUnicodeN(wide, 3, &bytes, "\xF0\x9F\x98\x80", 4), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(bytes, 0);
    CHECK_EQUAL(RtlUTF8ToUnicodeN(NULL, 0, &bytes, "\xF0\x9F\x98\x80", 4), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 4);
    CHECK_EQUAL(RtlUTF8ToUnicodeN(wide, 8, &bytes, NULL, 4), STATUS_INVALID_PARAMETER_4);
    CHECK_EQUAL(RtlUTF8ToUnicodeN(NULL, 0, NULL, "a", 1), STATUS_INVALID_PARAMETER);
}

static void multibyte_functions_cut_between_characters(void)
{
    WCHAR wide[4];
    char narrow[8];
    ULONG bytes = 0;

    CHECK_EQUAL(RtlMultiByteToUnicodeN(wide, 4, &bytes, "abc", 3), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 4);
    CHECK_EQUAL(RtlMultiByteToUnicodeSize(&bytes, "\xC3\xA9", 2), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 2);
    CHECK_EQUAL(RtlUnicodeToMultiByteN(narrow, 3, &bytes, L"a\u20AC", 4), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 1);
    CHECK_EQUAL(RtlUnicodeToMultiByteSize(&bytes, L"a\u20AC", 4), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 4);
    CHECK_EQUAL(RtlUpcaseUnicodeToMultiByteN(narrow, 8, NULL, L"a\u00E9", 4), STATUS_SUCCESS);
    CHECK(memcmp(narrow, "A\xC3\x89", 3) == 0);
    CHECK_EQUAL(RtlUnicodeToOemN(narrow, 1, &bytes, L"ab", 4), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(RtlUpcaseUnicodeToOemN(narrow, 2, &bytes, L"ab", 4), STATUS_SUCCESS);
    CHECK(memcmp(narrow, "AB", 2) == 0);
    CHECK_EQUAL(RtlOemToUnicodeN(wide, 2, &bytes, "ab", 2), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(bytes, 2);
}

static void random_text_goes_there_and_back(void)
{
    ULONG seed = 7;

    for (int round = 0; round < 500; round++)
    {
        WCHAR text[64];
        char narrow[256];
        WCHAR back[64];
        ULONG count = RtlRandomEx(&seed) % 32;
        ULONG bytes;
        ULONG back_bytes;
        ULONG used = 0;

        for (ULONG index = 0; index < count; index++)
        {
            ULONG point = RtlRandomEx(&seed) >> (RtlRandomEx(&seed) % 31);

            point %= 0x110000;
            if (point >= 0x10000)
            {
                text[used++] = (WCHAR)(0xD800 + ((point - 0x10000) >> 10));
                text[used++] = (WCHAR)(0xDC00 + (point & 0x3FF));
            }
            else
            {
                text[used++] = (WCHAR)(point >= 0xD800 && point < 0xE000 ? 'x' : point);
            }
        }
        CHECK_EQUAL(RtlUnicodeToUTF8N(narrow, sizeof(narrow), &bytes, text, used * 2), STATUS_SUCCESS);
        CHECK_EQUAL(RtlUTF8ToUnicodeN(back, sizeof(back), &back_bytes, narrow, bytes), STATUS_SUCCESS);
        CHECK_EQUAL(back_bytes, used * 2);
        CHECK(memcmp(back, text, back_bytes) == 0);
    }
}

static ULONG integer(const WCHAR *text, ULONG base)
{
    UNICODE_STRING string;
    ULONG value = 77;

    RtlInitUnicodeString(&string, text);
    CHECK_EQUAL(RtlUnicodeStringToInteger(&string, base, &value), STATUS_SUCCESS);
    return value;
}

static void text_becomes_numbers(void)
{
    UNICODE_STRING string = STRING(L"12");
    ULONG value = 0;

    CHECK_EQUAL(integer(L"123", 0), 123);
    CHECK_EQUAL(integer(L" \t-1", 10), MAXULONG);
    CHECK_EQUAL(integer(L"+0x1fG", 0), 0x1F);
    CHECK_EQUAL(integer(L"0o17", 0), 15);
    CHECK_EQUAL(integer(L"0b101", 0), 5);
    CHECK_EQUAL(integer(L"0x1f", 16), 0);
    CHECK_EQUAL(integer(L"1f", 16), 0x1F);
    CHECK_EQUAL(integer(L"789", 8), 7);
    CHECK_EQUAL(integer(L"", 10), 0);
    CHECK_EQUAL(integer(L"zz", 10), 0);
    CHECK_EQUAL(integer(L"0", 0), 0);
    CHECK_EQUAL(integer(L"4294967296", 10), 0);
    CHECK_EQUAL(RtlUnicodeStringToInteger(&string, 7, &value), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringToInteger(&string, 10, NULL), STATUS_ACCESS_VIOLATION);
    string.Length = 2;
    CHECK_EQUAL(RtlUnicodeStringToInteger(&string, 10, &value), STATUS_SUCCESS);
    CHECK_EQUAL(value, 1);
    CHECK_EQUAL(RtlCharToInteger(" -0x10", 0, &value), STATUS_SUCCESS);
    CHECK_EQUAL(value, (ULONG)-16);
    CHECK_EQUAL(RtlCharToInteger("12", 3, &value), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlCharToInteger("", 0, &value), STATUS_SUCCESS);
}

static void text_becomes_numbers_of_64_bits(void)
{
    UNICODE_STRING lowest = STRING(L"-9223372036854775808x");
    UNICODE_STRING beyond = STRING(L"9223372036854775808");
    UNICODE_STRING far_beyond = STRING(L"99999999999999999999999");
    UNICODE_STRING none = STRING(L" +");
    LONG64 value = 5;
    PWSTR end = NULL;

    CHECK_EQUAL(RtlUnicodeStringToInt64(&lowest, 10, &value, &end), STATUS_SUCCESS);
    CHECK_EQUAL(value, -MAXLONG64 - 1);
    CHECK(end == lowest.Buffer + 20);
    CHECK_EQUAL(RtlUnicodeStringToInt64(&beyond, 10, &value, NULL), STATUS_INTEGER_OVERFLOW);
    CHECK_EQUAL(RtlUnicodeStringToInt64(&far_beyond, 0, &value, NULL), STATUS_INTEGER_OVERFLOW);
    CHECK_EQUAL(RtlUnicodeStringToInt64(&none, 0, &value, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringToInt64(&lowest, 3, &value, NULL), STATUS_INVALID_PARAMETER);
}

static void numbers_become_text(void)
{
    WCHAR buffer[70];
    UNICODE_STRING string = {0, sizeof(buffer), buffer};

    CHECK_EQUAL(RtlIntegerToUnicodeString(0, 0, &string), STATUS_SUCCESS);
    CHECK(same(&string, L"0"));
    CHECK_EQUAL(RtlIntegerToUnicodeString(0xBEEF, 16, &string), STATUS_SUCCESS);
    CHECK(same(&string, L"BEEF") && buffer[4] == 0);
    CHECK_EQUAL(RtlIntegerToUnicodeString(5, 2, &string), STATUS_SUCCESS);
    CHECK(same(&string, L"101"));
    CHECK_EQUAL(RtlInt64ToUnicodeString(~0ull, 10, &string), STATUS_SUCCESS);
    CHECK(same(&string, L"18446744073709551615"));
    CHECK_EQUAL(RtlInt64ToUnicodeString(~0ull, 2, &string), STATUS_SUCCESS);
    CHECK_EQUAL(string.Length, 128);
    CHECK_EQUAL(RtlIntegerToUnicodeString(5, 3, &string), STATUS_INVALID_PARAMETER);
    string.MaximumLength = 6;
    CHECK_EQUAL(RtlIntegerToUnicodeString(123, 10, &string), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(string.Length, 6);
    string.MaximumLength = 8;
    CHECK_EQUAL(RtlIntegerToUnicodeString(123, 10, &string), STATUS_SUCCESS);
}

static void identifiers_go_there_and_back(void)
{
    static const GUID guid = {0x01234567, 0x89AB, 0xCDEF, {0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10}};
    UNICODE_STRING bad = STRING(L"{01234567-89AB-CDEF-FEDC-BA987654321}}");
    UNICODE_STRING text;
    GUID back;

    CHECK_EQUAL(RtlStringFromGUID(&guid, &text), STATUS_SUCCESS);
    CHECK(same(&text, L"{01234567-89AB-CDEF-FEDC-BA9876543210}"));
    CHECK(text.MaximumLength == 78 && text.Buffer[38] == 0);
    CHECK_EQUAL(RtlGUIDFromString(&text, &back), STATUS_SUCCESS);
    CHECK(memcmp(&back, &guid, sizeof(guid)) == 0);
    text.Length -= 2;
    CHECK_EQUAL(RtlGUIDFromString(&text, &back), STATUS_INVALID_PARAMETER);
    RtlFreeUnicodeString(&text);
    CHECK_EQUAL(RtlGUIDFromString(&bad, &back), STATUS_INVALID_PARAMETER);
    bad = STRING(L"{01234567-89AB-CDEF-FEDC-BA987654321G}");
    CHECK_EQUAL(RtlGUIDFromString(&bad, &back), STATUS_INVALID_PARAMETER);
    bad = STRING(L"(01234567-89AB-CDEF-FEDC-BA9876543210)");
    CHECK_EQUAL(RtlGUIDFromString(&bad, &back), STATUS_INVALID_PARAMETER);
}

static void convert_everything(void)
{
    ANSI_STRING narrow = BYTES("abc");
    UNICODE_STRING wide = STRING(L"abc");
    UNICODE_STRING to;
    ANSI_STRING narrow_to;
    NTSTATUS status = RtlAnsiStringToUnicodeString(&to, &narrow, TRUE);
    static const GUID guid = {0};

    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_MEMORY);
    if (NT_SUCCESS(status))
    {
        RtlFreeUnicodeString(&to);
    }
    status = RtlUnicodeStringToAnsiString(&narrow_to, &wide, TRUE);
    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_MEMORY);
    if (NT_SUCCESS(status))
    {
        RtlFreeAnsiString(&narrow_to);
    }
    status = RtlDuplicateUnicodeString(1, &wide, &to);
    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_MEMORY);
    RtlFreeUnicodeString(&to);
    status = RtlUpcaseUnicodeString(&to, &wide, TRUE);
    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_MEMORY);
    RtlFreeUnicodeString(&to);
    status = RtlStringFromGUID(&guid, &to);
    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_MEMORY);
    RtlFreeUnicodeString(&to);
    if (RtlCreateUnicodeString(&to, L"abc"))
    {
        RtlFreeUnicodeString(&to);
    }
}

static void each_conversion_survives_the_lack_of_memory(void)
{
    nt_fail_each_allocation(convert_everything);
}

const struct nt_case nt_cases[] = {
    CASE(initialising_counts_up_to_the_limit),
    CASE(narrow_initialising_counts_up_to_the_limit),
    CASE(copying_cuts_and_terminates_where_there_is_room),
    CASE(appending_is_all_or_nothing),
    CASE(comparing_goes_by_unit_then_by_length),
    CASE(prefixes_and_suffixes),
    CASE(narrow_strings_ignore_the_case_of_ascii_only),
    CASE(case_follows_unicode_where_it_goes_there_and_back),
    CASE(whole_strings_change_case),
    CASE(hashes_are_the_published_ones),
    CASE(validation_finds_odd_and_impossible_lengths),
    CASE(duplicates_obey_their_flags),
    CASE(ansi_is_utf8),
    CASE(conversions_without_room_say_so),
    CASE(conversions_of_too_much_text_are_refused),
    CASE(upper_case_oem_refuses_what_has_no_form),
    CASE(utf8_functions_tell_what_was_lost),
    CASE(multibyte_functions_cut_between_characters),
    CASE(random_text_goes_there_and_back),
    CASE(text_becomes_numbers),
    CASE(text_becomes_numbers_of_64_bits),
    CASE(numbers_become_text),
    CASE(identifiers_go_there_and_back),
    CASE(each_conversion_survives_the_lack_of_memory),
    CASES_END,
};
