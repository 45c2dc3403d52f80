/* SPDX-License-Identifier: MIT */
/*
 * The scanf family: Windows' widths, and the sizes that the _s forms take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

/* %ld stores four bytes: what lies behind keeps its value. */
static void widths(void **state)
{
    int32_t values[2] = {0, 77};
    int64_t large = 0;
    short small[2] = {0, 77};
    unsigned char tiny[2] = {0, 77};
    (void)state;
    assert_int_equal(sscanf("-5", "%ld", &values[0]), 1);
    assert_int_equal(values[0], -5);
    assert_int_equal(values[1], 77);
    assert_int_equal(sscanf("123456789012", "%I64d", &large), 1);
    assert_true(large == 123456789012);
    assert_int_equal(sscanf("123456789012", "%lld", &large), 1);
    assert_int_equal(sscanf("12 34", "%hd %hhu", &small[0], &tiny[0]), 2);
    assert_int_equal(small[0], 12);
    assert_int_equal(small[1], 77);
    assert_int_equal(tiny[0], 34);
    assert_int_equal(tiny[1], 77);
}

static void integers(void **state)
{
    int a = 0;
    int b = 0;
    int c = 0;
    (void)state;
    assert_int_equal(sscanf("0x1f 17 010", "%x %d %i", &a, &b, &c), 3);
    assert_int_equal(a, 0x1f);
    assert_int_equal(b, 17);
    assert_int_equal(c, 8);
    assert_int_equal(sscanf("1234", "%2d%2d", &a, &b), 2);
    assert_int_equal(a, 12);
    assert_int_equal(b, 34);
    assert_int_equal(sscanf("5,6", "%d,%*d%n", &a, &b), 1);
    assert_int_equal(b, 3);
    assert_int_equal(sscanf("x", "%d", &a), 0);
    assert_int_equal(sscanf("", "%d", &a), EOF);
    assert_int_equal(sscanf("7 x", "%d %d", &a, &b), 1);
}

static void texts(void **state)
{
    char word[8];
    char set[8];
    wchar_t wide[8];
    float single = 0;
    double value = 0;
    (void)state;
    assert_int_equal(sscanf("  word a-b1", "%s %[a-c-]", word, set), 2);
    assert_string_equal(word, "word");
    assert_string_equal(set, "a-b");
    assert_int_equal(sscanf("key=value", "%[^=]", word), 1);
    assert_string_equal(word, "key");
    assert_int_equal(sscanf("wide", "%S", wide), 1);
    assert_int_equal(wcscmp(wide, L"wide"), 0);
    assert_int_equal(swscanf(L"wide 5", L"%s", wide), 1);
    assert_int_equal(wcscmp(wide, L"wide"), 0);
    assert_int_equal(sscanf("1.5 -2.5e1", "%f %lf", &single, &value), 2);
    assert_true(single == 1.5f && value == -25.0);
}

static void bounded(void **state)
{
    char word[4] = "...";
    wchar_t wide[4];
    char letter = 0;
    int value = 0;
    (void)state;
    assert_int_equal(sscanf_s("abc 5", "%s %d", word, (unsigned)sizeof(word), &value), 2);
    assert_string_equal(word, "abc");
    assert_int_equal(sscanf_s("abcd", "%s", word, (unsigned)sizeof(word)), 0);
    assert_string_equal(word, "");
    assert_int_equal(sscanf_s("x", "%c", &letter, 1u), 1);
    assert_int_equal(letter, 'x');
    assert_int_equal(swscanf_s(L"abc", L"%s", wide, 4u), 1);
    assert_int_equal(wcscmp(wide, L"abc"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths),
        cmocka_unit_test(integers),
        cmocka_unit_test(texts),
        cmocka_unit_test(bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
