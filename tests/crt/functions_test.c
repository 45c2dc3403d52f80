/* SPDX-License-Identifier: MIT */
/*
 * The string, memory and number functions of the overlay: results, and what each does with arguments that break its rules.
 */
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include <cmocka.h>

#define assert_wide_equal(Left, Right) assert_int_equal(wcscmp((Left), (Right)), 0)

static void wide_strings(void **state)
{
    wchar_t text[16] = L"one";
    (void)state;
    assert_int_equal(sizeof(wchar_t), 2);
    assert_int_equal(wcslen(L""), 0);
    assert_int_equal(wcslen(L"\U0001F600"), 2);
    assert_int_equal(wcsnlen(L"abcdef", 3), 3);
    assert_int_equal(wcsnlen_s(NULL, 3), 0);
    assert_wide_equal(wcscat(text, L"two"), L"onetwo");
    assert_wide_equal(wcsncat(text, L"three", 2), L"onetwoth");
    wcsncpy(text, L"ab", 4);
    assert_int_equal(text[2] | text[3], 0);
    assert_true(wcscmp(L"a", L"b") < 0);
    assert_true(wcscmp(L"\xFFFF", L"a") > 0);
    assert_int_equal(wcsncmp(L"abc", L"abd", 2), 0);
    assert_int_equal(_wcsicmp(L"AbC", L"aBc"), 0);
    assert_true(_wcsicmp(L"a", L"B") < 0);
    assert_int_equal(_wcsnicmp(L"ABx", L"aby", 2), 0);
    /* Only ASCII letters have case, as in Windows' "C" locale. */
    assert_int_not_equal(_wcsicmp(L"\u00C9", L"\u00E9"), 0);
}

static void wide_searches(void **state)
{
    const wchar_t *path = L"\\Device\\Name";
    wchar_t list[] = L",a,,b";
    wchar_t *context = NULL;
    (void)state;
    assert_ptr_equal(wcschr(path, L'D'), path + 1);
    assert_ptr_equal(wcsrchr(path, L'\\'), path + 7);
    assert_ptr_equal(wcsrchr(path, 0), path + 12);
    assert_null(wcsrchr(path, L'x'));
    assert_ptr_equal(wcsstr(path, L"Name"), path + 8);
    assert_ptr_equal(wcsstr(path, L""), path);
    assert_null(wcsstr(path, L"Names"));
    assert_ptr_equal(wcspbrk(path, L"vN"), path + 3);
    assert_int_equal(wcsspn(L"aab", L"a"), 2);
    assert_int_equal(wcscspn(L"aab", L"b"), 2);
    assert_wide_equal(wcstok_s(list, L",", &context), L"a");
    assert_wide_equal(wcstok_s(NULL, L",", &context), L"b");
    assert_null(wcstok_s(NULL, L",", &context));
    assert_null(wcstok_s(NULL, NULL, &context));
}

static void bounded_copies(void **state)
{
    char text[4] = "xyz";
    wchar_t wide[4] = L"xyz";
    (void)state;
    assert_int_equal(strcpy_s(text, sizeof(text), "abc"), 0);
    assert_string_equal(text, "abc");
    assert_int_equal(strcpy_s(text, sizeof(text), "abcd"), ERANGE);
    assert_string_equal(text, "");
    assert_int_equal(strcpy_s(NULL, 4, "a"), EINVAL);
    assert_int_equal(strcpy_s(text, 0, "a"), EINVAL);
    text[0] = 'x';
    assert_int_equal(strcpy_s(text, sizeof(text), NULL), EINVAL);
    assert_string_equal(text, "");
    assert_int_equal(wcscpy_s(wide, _countof(wide), L"abc"), 0);
    assert_int_equal(wcscpy_s(wide, _countof(wide), L"abcd"), ERANGE);
    assert_wide_equal(wide, L"");

    assert_int_equal(strncpy_s(text, sizeof(text), "abcdef", 2), 0);
    assert_string_equal(text, "ab");
    assert_int_equal(strncpy_s(text, sizeof(text), "abcdef", 4), ERANGE);
    assert_string_equal(text, "");
    assert_int_equal(strncpy_s(text, sizeof(text), "abcdef", _TRUNCATE), STRUNCATE);
    assert_string_equal(text, "abc");
    assert_int_equal(strncpy_s(text, sizeof(text), "ab", _TRUNCATE), 0);
    assert_int_equal(strncpy_s(text, sizeof(text), NULL, 0), 0);
    assert_string_equal(text, "");
    assert_int_equal(strncpy_s(NULL, 0, NULL, 0), 0);
    assert_int_equal(wcsncpy_s(wide, _countof(wide), L"abcdef", _TRUNCATE), STRUNCATE);
    assert_wide_equal(wide, L"abc");
}

static void bounded_concatenations(void **state)
{
    char text[6] = "ab";
    wchar_t wide[6] = L"ab";
    char endless[2] = {'a', 'b'};
    (void)state;
    assert_int_equal(strcat_s(text, sizeof(text), "cde"), 0);
    assert_string_equal(text, "abcde");
    assert_int_equal(strcat_s(text, sizeof(text), "f"), ERANGE);
    assert_string_equal(text, "");
    assert_int_equal(strcat_s(endless, sizeof(endless), "x"), EINVAL);
    assert_int_equal(endless[0], 0);
    assert_int_equal(wcscat_s(wide, _countof(wide), L"cde"), 0);
    assert_int_equal(wcscat_s(wide, _countof(wide), L"f"), ERANGE);
    assert_wide_equal(wide, L"");
    assert_int_equal(strncat_s(text, sizeof(text), "abcdefgh", _TRUNCATE), STRUNCATE);
    assert_string_equal(text, "abcde");
    assert_int_equal(strcat_s(text, sizeof(text), NULL), EINVAL);
    assert_string_equal(text, "");
}

static void bounded_memory(void **state)
{
    char text[5] = "abcd";
    wchar_t wide[3] = L"ab";
    (void)state;
    assert_int_equal(memcpy_s(text, 4, "wx", 2), 0);
    assert_string_equal(text, "wxcd");
    assert_int_equal(memcpy_s(text, 3, "12345", 5), ERANGE);
    assert_memory_equal(text, "\0\0\0d", 4);
    assert_int_equal(memcpy_s(text, 4, NULL, 1), EINVAL);
    assert_int_equal(text[3], 0);
    assert_int_equal(memcpy_s(NULL, 4, "a", 1), EINVAL);
    assert_int_equal(memcpy_s(NULL, 0, NULL, 0), 0);
    memcpy(text, "abcd", 5);
    assert_int_equal(memmove_s(text, 3, "12345", 5), ERANGE);
    assert_string_equal(text, "abcd");
    assert_int_equal(memmove_s(text + 1, 3, text, 3), 0);
    assert_string_equal(text, "aabc");
    assert_int_equal(wmemcpy_s(wide, 3, L"xyz", SIZE_MAX / 2 + 1), ERANGE);
    assert_int_equal(wide[0], 0);
}

static void numbers(void **state)
{
    char *end;
    wchar_t *wide_end;
    const wchar_t *text = L" 0x1Fz";
    (void)state;
    assert_int_equal(strtol("-12abc", &end, 10), -12);
    assert_string_equal(end, "abc");
    errno = 0;
    assert_int_equal(strtol("99999999999", NULL, 10), LONG_MAX);
    assert_int_equal(errno, ERANGE);
    assert_int_equal(strtol("-99999999999", NULL, 10), LONG_MIN);
    assert_int_equal(strtoul("4294967295", NULL, 10), ULONG_MAX);
    assert_int_equal(strtoul("4294967296", NULL, 10), ULONG_MAX);
    assert_int_equal(strtoul("-1", NULL, 10), ULONG_MAX);
    assert_int_equal(LONG_MAX, INT32_MAX);
    assert_int_equal(wcstol(text, &wide_end, 0), 0x1F);
    assert_ptr_equal(wide_end, text + 5);
    assert_int_equal(wcstoul(L"0x", &wide_end, 0), 0);
    assert_int_equal(*wide_end, L'x');
    assert_int_equal(wcstoul(L"0777", NULL, 0), 0777);
    assert_int_equal(wcstol(L"none", &wide_end, 10), 0);
    assert_int_equal(*wide_end, L'n');
    assert_true(_wcstoui64(L"18446744073709551615", NULL, 10) == UINT64_MAX);
    assert_true(_strtoi64("-9223372036854775808", NULL, 10) == INT64_MIN);
    assert_int_equal(_wtoi(L"42x"), 42);
    assert_int_equal(atoi(" -42"), -42);
    assert_true(wcstod(L"2.5e1!", &wide_end) == 25.0);
    assert_int_equal(*wide_end, L'!');
}

static void number_texts(void **state)
{
    char text[36];
    wchar_t wide[70];
    (void)state;
    assert_int_equal(_itoa_s(-42, text, sizeof(text), 10), 0);
    assert_string_equal(text, "-42");
    assert_int_equal(_itoa_s(-1, text, sizeof(text), 16), 0);
    assert_string_equal(text, "ffffffff");
    assert_int_equal(_itoa_s(1234, text, 4, 10), ERANGE);
    assert_string_equal(text, "");
    assert_int_equal(_itoa_s(1, text, sizeof(text), 1), EINVAL);
    assert_int_equal(_itoa_s(1, NULL, 4, 10), EINVAL);
    assert_string_equal(_itoa(INT32_MIN, text, 10), "-2147483648");
    assert_wide_equal(_ultow(UINT32_MAX, wide, 2), L"11111111111111111111111111111111");
    assert_wide_equal(_ui64tow(UINT64_MAX, wide, 10), L"18446744073709551615");
    assert_int_equal(_i64tow_s(INT64_MIN, wide, _countof(wide), 10), 0);
    assert_wide_equal(wide, L"-9223372036854775808");
}

static void multibyte(void **state)
{
    wchar_t wide[4];
    char narrow[8];
    size_t converted = 77;
    (void)state;
    assert_int_equal(mbstowcs(NULL, "a\xE2\x82\xAC", 0), 2);
    assert_int_equal(mbstowcs(wide, "a\xE2\x82\xAC", 4), 2);
    assert_wide_equal(wide, L"a\u20AC");
    assert_int_equal(wcstombs(narrow, L"a\u20AC", sizeof(narrow)), 4);
    assert_string_equal(narrow, "a\xE2\x82\xAC");
    assert_int_equal(mbstowcs_s(&converted, wide, 4, "abc", _TRUNCATE), 0);
    assert_int_equal(converted, 4);
    assert_int_equal(mbstowcs_s(&converted, wide, 4, "abcd", 4), ERANGE);
    assert_wide_equal(wide, L"");
    assert_int_equal(mbstowcs_s(&converted, wide, 4, "abcd", _TRUNCATE), STRUNCATE);
    assert_wide_equal(wide, L"abc");
    assert_int_equal(wcstombs_s(&converted, NULL, 0, L"a\u20AC", 0), 0);
    assert_int_equal(converted, 5);
    assert_int_equal(wcstombs_s(&converted, narrow, sizeof(narrow), NULL, 1), EINVAL);
}

static void classes(void **state)
{
    (void)state;
    assert_int_equal(towlower(L'A'), L'a');
    assert_int_equal(towupper(L'z'), L'Z');
    assert_int_equal(towupper(0xE9), 0xE9);
    assert_true(iswdigit(L'7') && !iswdigit(L'x') && iswxdigit(L'f') && !iswxdigit(L'g'));
    assert_true(iswspace(L'\t') && iswalpha(L'q') && iswalnum(L'5') && iswpunct(L'!') && !iswpunct(L'a'));
}

static void others(void **state)
{
    char text[] = "AbC";
    unsigned first;
    (void)state;
    assert_int_equal(_stricmp("ABC", "abc"), 0);
    assert_true(_stricmp("a", "b") < 0);
    assert_int_equal(_strnicmp("abX", "ABy", 2), 0);
    assert_int_equal(_memicmp("aB", "Ab", 2), 0);
    assert_string_equal(_strupr(text), "ABC");
    assert_string_equal(_strlwr(text), "abc");
    assert_string_equal(_strrev(text), "cba");
    assert_int_equal(_strupr_s(text, 3), EINVAL);
    assert_int_equal(min(3, 4) + max(3, 4), 7);
    assert_int_equal(rand_s(&first), 0);
    assert_int_equal(rand_s(NULL), EINVAL);
    char *copy = _strdup("text");
    assert_string_equal(copy, "text");
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_strings),   cmocka_unit_test(wide_searches),
        cmocka_unit_test(bounded_copies), cmocka_unit_test(bounded_concatenations),
        cmocka_unit_test(bounded_memory), cmocka_unit_test(numbers),
        cmocka_unit_test(number_texts),   cmocka_unit_test(multibyte),
        cmocka_unit_test(classes),        cmocka_unit_test(others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
