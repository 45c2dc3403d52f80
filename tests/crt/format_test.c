/* SPDX-License-Identifier: MIT */
/*
 * The formatter: every conversion, exactly, in narrow and in wide text, and what each member of the printf family does when
 * the text does not fit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

/* The counted strings that %Z and %wZ take, as the published headers lay them out. */
struct counted_string
{
    unsigned short length;
    unsigned short maximum_length;
    void *buffer;
};

/* Formats in both widths and compares with what is expected. */
#define CHECK(Expected, Format, ...)                                                                      \
    do                                                                                                    \
    {                                                                                                     \
        char narrow[4200];                                                                                \
        wchar_t wide[4200];                                                                               \
        assert_int_equal(snprintf(narrow, sizeof(narrow), Format, ##__VA_ARGS__), sizeof(Expected) - 1);  \
        assert_string_equal(narrow, Expected);                                                            \
        assert_int_equal(swprintf(wide, _countof(wide), L##Format, ##__VA_ARGS__), sizeof(Expected) - 1); \
        assert_int_equal(wcscmp(wide, L##Expected), 0);                                                   \
    } while (0)

/* The narrow form only, where the two mean different things. */
#define CHECK_NARROW(Expected, Format, ...)                                                              \
    do                                                                                                   \
    {                                                                                                    \
        char narrow[400];                                                                                \
        assert_int_equal(snprintf(narrow, sizeof(narrow), Format, ##__VA_ARGS__), sizeof(Expected) - 1); \
        assert_string_equal(narrow, Expected);                                                           \
    } while (0)

#define CHECK_WIDE(Expected, Format, ...)                                                                \
    do                                                                                                   \
    {                                                                                                    \
        wchar_t wide[400];                                                                               \
        assert_int_equal(swprintf(wide, _countof(wide), Format, ##__VA_ARGS__), _countof(Expected) - 1); \
        assert_int_equal(wcscmp(wide, Expected), 0);                                                     \
    } while (0)

static void integers(void **state)
{
    (void)state;
    CHECK("0 -1 2147483647 -2147483648", "%d %i %d %d", 0, -1, INT32_MAX, INT32_MIN);
    CHECK("4294967295 ff FF 377", "%u %x %X %o", UINT32_MAX, 255, 255, 255);
    CHECK("[   42] [42   ] [00042] [+42] [ 42]", "[%5d] [%-5d] [%05d] [%+d] [% d]", 42, 42, 42, 42, 42);
    CHECK("[-0042] [  -42] [-42  ]", "[%05d] [%5d] [%-5d]", -42, -42, -42);
    CHECK("[00042] [  042] [042  ]", "[%.5d] [%5.3d] [%-5.3d]", 42, 42, 42);
    CHECK("[  042] [] [     ]", "[%05.3d] [%.0d] [%5.0d]", 42, 0, 0);
    CHECK("0x2a 0X2A 052 0 0", "%#x %#X %#o %#x %#o", 42, 42, 42, 0, 0);
    CHECK("[0x0000002a] [      0x2a] [0x2a      ]", "[%#010x] [%#10x] [%-#10x]", 42, 42, 42);
    CHECK("[   42] [42   ] [42   ]", "[%*d] [%-*d] [%*d]", 5, 42, 5, 42, -5, 42);
    CHECK("[042] [42]", "[%.*d] [%.*d]", 3, 42, -1, 42);
    CHECK("-1 255 -1 65535", "%hhd %hhu %hd %hu", 0xFF, 0xFF, 0xFFFF, 0xFFFF);
    CHECK("%", "%%");
    CHECK("no conversion", "no conversion");
}

/* A long has 32 bits: the upper half of what a caller passes does not reach the text. */
static void widths(void **state)
{
    (void)state;
    CHECK("-1 4294967295 ffffffff", "%ld %lu %lx", -1, UINT32_MAX, UINT32_MAX);
    CHECK("-1 deadbeef", "%ld %lx", 0x7FFFFFFFFFFFFFFFll, 0x12345678DEADBEEFll);
    CHECK("9223372036854775807 -9223372036854775808", "%lld %I64d", INT64_MAX, INT64_MIN);
    CHECK("18446744073709551615 ffffffffffffffff", "%I64u %I64x", UINT64_MAX, UINT64_MAX);
    CHECK("123456789abcdef0 123456789ABCDEF0", "%llx %I64X", 0x123456789ABCDEF0ll, 0x123456789ABCDEF0ll);
    CHECK("-1 4294967295", "%I32d %I32u", -1, UINT32_MAX);
    CHECK("18446744073709551615 -1 5 -5", "%Iu %Id %zu %td", SIZE_MAX, (ptrdiff_t)-1, (size_t)5, (ptrdiff_t)-5);
    CHECK("1777777777777777777777", "%I64o", UINT64_MAX);
    CHECK("0x0123456789abcdef", "%#018I64x", 0x123456789ABCDEFll);
}

static void pointers(void **state)
{
    (void)state;
    CHECK("0000000000000000 0000000012ABCDEF", "%p %p", NULL, (void *)0x12ABCDEF);
    CHECK("[    FFFFFFFFFFFFFFFF]", "[%20p]", (void *)UINTPTR_MAX);
}

static void strings(void **state)
{
    (void)state;
    CHECK_NARROW("abc wide narrow", "%s %S %hs", "abc", L"wide", "narrow");
    CHECK_NARROW("wide wide wide", "%ws %ls %S", L"wide", L"wide", L"wide");
    CHECK_WIDE(L"wide narrow narrow", L"%s %S %hs", L"wide", "narrow", "narrow");
    CHECK_WIDE(L"wide wide", L"%ws %ls", L"wide", L"wide");
    CHECK("[  abc] [abc  ] [ab] []", "[%5hs] [%-5hs] [%.2hs] [%.0hs]", "abc", "abc", "abc", "abc");
    CHECK("[   ab] [ab   ]", "[%5.2ws] [%-5.2ws]", L"abc", L"abc");
    CHECK("(null) (null) (nu", "%hs %ws %.3hs", NULL, NULL, NULL);
    CHECK("[00abc]", "[%05hs]", "abc");
    CHECK("[  abc]", "[%*hs]", 5, "abc");
    /* A precision reads no further: neither string has an end. */
    CHECK("ab ab", "%.2hs %.2ws", (char[]){'a', 'b'}, (wchar_t[]){'a', 'b'});
}

static void unicode(void **state)
{
    (void)state;
    CHECK_NARROW("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "%ws", L"\u00E9\u20AC\U0001F600");
    CHECK_WIDE(L"\u00E9\u20AC\U0001F600", L"%hs", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    /* A lone surrogate and bytes that are no UTF-8 become the replacement character. */
    CHECK_NARROW("\xEF\xBF\xBD!", "%ws!", (wchar_t[]){0xD800, 0});
    CHECK_WIDE(L"\uFFFD!\uFFFD", L"%hs", "\xFF!\xC3");
    /* A precision never cuts a character in two. */
    CHECK_NARROW("[\xC3\xA9]", "[%.3ws]", L"\u00E9\u20AC");
    /* Narrow text in a narrow format passes as it is. */
    CHECK_NARROW("\xFF\xFE", "%s", "\xFF\xFE");
    CHECK_NARROW("[  \xC3\xA9]", "[%4ws]", L"\u00E9");
}

static void characters(void **state)
{
    char text[8];
    (void)state;
    CHECK("x y z", "%hc %lc %wc", 'x', L'y', L'z');
    CHECK_NARROW("x \xE2\x82\xAC", "%c %C", 'x', 0x20AC);
    CHECK_WIDE(L"\u20AC x", L"%c %C", 0x20AC, 'x');
    CHECK("[    x] [x    ]", "[%5hc] [%-5hc]", 'x', 'x');
    assert_int_equal(snprintf(text, sizeof(text), "a%cb", 0), 3);
    assert_memory_equal(text, "a\0b", 4);
}

static void counted_strings(void **state)
{
    struct counted_string unicode_string = {6, 8, (void *)L"abcdef"};
    struct counted_string ansi_string = {3, 4, (void *)"abcdef"};
    struct counted_string empty = {0, 0, NULL};
    (void)state;
    CHECK("abc abc abc", "%wZ %Z %lZ", &unicode_string, &ansi_string, &unicode_string);
    CHECK("(null) (null)", "%wZ %Z", &empty, NULL);
    CHECK("[  abc] [ab]", "[%5wZ] [%.2wZ]", &unicode_string, &unicode_string);
}

static void floating_point(void **state)
{
    char text[1400];
    (void)state;
    CHECK("1.500000 1.5 1.500000e+00 1.5", "%f %.1f %e %g", 1.5, 1.5, 1.5, 1.5);
    CHECK("[    1.50] [1.50    ] [00001.50] [+1.50]", "[%8.2f] [%-8.2f] [%08.2f] [%+.2f]", 1.5, 1.5, 1.5, 1.5);
    CHECK("inf -inf INF", "%f %f %F", __builtin_inf(), -__builtin_inf(), __builtin_inf());
    CHECK("2.5", "%.1Lf", 2.5L);
    /* Longer than any buffer inside. */
    assert_int_equal(snprintf(text, sizeof(text), "%.900f", 1e300), 300 + 1 + 1 + 900);
    assert_int_equal(strlen(text), 1202);
}

/* %n stores nothing; what is no conversion stays as it is; an incomplete one at the end as well. */
static void odd_formats(void **state)
{
    int stored = 77;
    (void)state;
    CHECK("ab 5", "a%nb %d", &stored, 5);
    assert_int_equal(stored, 77);
    CHECK("%y 5", "%y %d", 5);
    CHECK("5%", "%d%", 5);
    CHECK("%!STATUS! 5", "%!STATUS! %d", 5);
}

static void large_widths(void **state)
{
    char text[4];
    (void)state;
    assert_int_equal(snprintf(text, sizeof(text), "%3000d", 1), 3000);
    assert_string_equal(text, "   ");
    assert_int_equal(snprintf(text, sizeof(text), "%.3000d", 1), 3000);
    assert_string_equal(text, "000");
}

static void standard_truncation(void **state)
{
    char narrow[4];
    wchar_t wide[4];
    (void)state;
    assert_int_equal(snprintf(narrow, sizeof(narrow), "abcdef"), 6);
    assert_string_equal(narrow, "abc");
    assert_int_equal(snprintf(NULL, 0, "abcdef"), 6);
    assert_int_equal(swprintf(wide, _countof(wide), L"abc"), 3);
    assert_int_equal(swprintf(wide, _countof(wide), L"abcdef"), -1);
    assert_int_equal(wcscmp(wide, L"abc"), 0);
}

/* The forms with a leading underscore: no terminator when the text just fills the buffer. */
static void underscore_truncation(void **state)
{
    char narrow[5] = "....";
    wchar_t wide[5] = L"....";
    (void)state;
    assert_int_equal(_snprintf(narrow, 4, "abc"), 3);
    assert_string_equal(narrow, "abc");
    assert_int_equal(_snprintf(narrow, 3, "xyz"), 3);
    assert_memory_equal(narrow, "xyz\0", 4);
    assert_int_equal(_snprintf(narrow, 4, "abcdef"), -1);
    assert_memory_equal(narrow, "abcd", 5);
    assert_int_equal(_snwprintf(wide, 4, L"abcdef"), -1);
    assert_int_equal(wcscmp(wide, L"abcd"), 0);
    assert_int_equal(_snwprintf(wide, 4, L"ab"), 2);
    assert_int_equal(_scprintf("%d", 12345), 5);
    assert_int_equal(_scwprintf(L"%d", 12345), 5);
}

static void bounded_truncation(void **state)
{
    char narrow[4];
    wchar_t wide[4];
    (void)state;
    assert_int_equal(sprintf_s(narrow, sizeof(narrow), "%d", 123), 3);
    assert_string_equal(narrow, "123");
    assert_int_equal(sprintf_s(narrow, sizeof(narrow), "%d", 1234), -1);
    assert_string_equal(narrow, "");
    assert_int_equal(sprintf_s(NULL, 4, "x"), -1);
    assert_int_equal(sprintf_s(narrow, 0, "x"), -1);
    assert_int_equal(swprintf_s(wide, 4, L"%d", 123), 3);
    assert_int_equal(swprintf_s(wide, 4, L"%d", 1234), -1);
    assert_int_equal(wide[0], 0);
    assert_int_equal(_snprintf_s(narrow, 4, _TRUNCATE, "%d", 1234), -1);
    assert_string_equal(narrow, "123");
    assert_int_equal(_snprintf_s(narrow, 4, 2, "%d", 1234), -1);
    assert_string_equal(narrow, "12");
    assert_int_equal(_snprintf_s(narrow, 4, 8, "%d", 1234), -1);
    assert_string_equal(narrow, "");
    assert_int_equal(_snwprintf_s(wide, 4, _TRUNCATE, L"%d", 1234), -1);
    assert_int_equal(wcscmp(wide, L"123"), 0);
}

/* Text to a stream is UTF-8, whatever the width of the format. */
static void streams(void **state)
{
    char text[64] = {0};
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    assert_int_equal(fprintf(file, "%ld|", 0x100000005ll), 2);
    assert_int_equal(fwprintf(file, L"%s|", L"\u20AC"), 4);
    assert_true(fputws(L"\u00E9|", file) >= 0);
    assert_int_equal(fputwc(L'z', file), L'z');
    rewind(file);
    assert_non_null(fgets(text, sizeof(text), file));
    assert_string_equal(text, "5|\xE2\x82\xAC|\xC3\xA9|z");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),
        cmocka_unit_test(widths),
        cmocka_unit_test(pointers),
        cmocka_unit_test(strings),
        cmocka_unit_test(unicode),
        cmocka_unit_test(characters),
        cmocka_unit_test(counted_strings),
        cmocka_unit_test(floating_point),
        cmocka_unit_test(odd_formats),
        cmocka_unit_test(large_widths),
        cmocka_unit_test(standard_truncation),
        cmocka_unit_test(underscore_truncation),
        cmocka_unit_test(bounded_truncation),
        cmocka_unit_test(streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
