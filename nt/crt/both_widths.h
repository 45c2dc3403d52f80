/* SPDX-License-Identifier: MIT */
/*
 * The functions that exist for narrow and for wide characters and do the same in both. strings.c includes this file once
 * for each, with
 *     CHARACTER               the character type,
 *     UNSIGNED_CHARACTER      the type that comparisons use,
 *     NAMED(narrow, wide)     the one of the two names that belongs to this width.
 *
 * The functions with bounds follow Microsoft's published rules. An argument that breaks a rule empties the destination and
 * returns an error; there is no invalid-parameter handler that ends the process.
 */

static CHARACTER NAMED(fold, fold_wide)(CHARACTER character)
{
    return character >= 'A' && character <= 'Z' ? (CHARACTER)(character + ('a' - 'A')) : character;
}

static CHARACTER NAMED(raise, raise_wide)(CHARACTER character)
{
    return character >= 'a' && character <= 'z' ? (CHARACTER)(character - ('a' - 'A')) : character;
}

static size_t NAMED(length_within, length_within_wide)(const CHARACTER *string, size_t limit)
{
    size_t length = 0;
    while (length < limit && string[length] != 0)
    {
        length++;
    }
    return length;
}

CRT_EXPORT int NAMED(dmf_strnicmp, dmf_wcsnicmp)(const CHARACTER *left, const CHARACTER *right, size_t count)
{
    for (; count != 0; count--, left++, right++)
    {
        UNSIGNED_CHARACTER a = (UNSIGNED_CHARACTER)NAMED(fold, fold_wide)(*left);
        UNSIGNED_CHARACTER b = (UNSIGNED_CHARACTER)NAMED(fold, fold_wide)(*right);
        if (a != b || a == 0)
        {
            return (int)a - (int)b;
        }
    }
    return 0;
}

CRT_EXPORT int NAMED(dmf_stricmp, dmf_wcsicmp)(const CHARACTER *left, const CHARACTER *right)
{
    return NAMED(dmf_strnicmp, dmf_wcsnicmp)(left, right, SIZE_MAX);
}

CRT_EXPORT CHARACTER *NAMED(dmf_strlwr, dmf_wcslwr)(CHARACTER *string)
{
    for (CHARACTER *at = string; *at != 0; at++)
    {
        *at = NAMED(fold, fold_wide)(*at);
    }
    return string;
}

CRT_EXPORT CHARACTER *NAMED(dmf_strupr, dmf_wcsupr)(CHARACTER *string)
{
    for (CHARACTER *at = string; *at != 0; at++)
    {
        *at = NAMED(raise, raise_wide)(*at);
    }
    return string;
}

CRT_EXPORT CHARACTER *NAMED(dmf_strrev, dmf_wcsrev)(CHARACTER *string)
{
    size_t length = NAMED(length_within, length_within_wide)(string, SIZE_MAX);
    for (size_t index = 0; index < length / 2; index++)
    {
        CHARACTER kept = string[index];
        string[index] = string[length - 1 - index];
        string[length - 1 - index] = kept;
    }
    return string;
}

CRT_EXPORT CHARACTER *NAMED(dmf_strdup, dmf_wcsdup)(const CHARACTER *string)
{
    if (string == NULL)
    {
        return NULL;
    }
    size_t size = (NAMED(length_within, length_within_wide)(string, SIZE_MAX) + 1) * sizeof(CHARACTER);
    CHARACTER *copy = malloc(size);
    if (copy != NULL)
    {
        memcpy(copy, string, size);
    }
    return copy;
}

CRT_EXPORT size_t NAMED(dmf_strnlen_s, dmf_wcsnlen_s)(const CHARACTER *string, size_t limit)
{
    return string == NULL ? 0 : NAMED(length_within, length_within_wide)(string, limit);
}

/* Copies to string[used], the common part of the bounded copies and concatenations. */
static int NAMED(append, append_wide)(CHARACTER *destination, size_t size, size_t used, const CHARACTER *source,
                                      size_t count)
{
    size_t room = size - used;
    size_t length = NAMED(length_within, length_within_wide)(source, count == CRT_TRUNCATE ? room : count);

    if (length < room)
    {
        memmove(destination + used, source, length * sizeof(CHARACTER));
        destination[used + length] = 0;
        return 0;
    }
    if (count == CRT_TRUNCATE)
    {
        memmove(destination + used, source, (room - 1) * sizeof(CHARACTER));
        destination[size - 1] = 0;
        return CRT_STRUNCATE;
    }
    destination[0] = 0;
    return ERANGE;
}

CRT_EXPORT int NAMED(dmf_strcpy_s, dmf_wcscpy_s)(CHARACTER *destination, size_t size, const CHARACTER *source)
{
    if (destination == NULL || size == 0)
    {
        return EINVAL;
    }
    if (source == NULL)
    {
        destination[0] = 0;
        return EINVAL;
    }
    /* One less than CRT_TRUNCATE reads to the end and asks for no truncation. */
    return NAMED(append, append_wide)(destination, size, 0, source, SIZE_MAX - 1);
}

CRT_EXPORT int NAMED(dmf_strncpy_s, dmf_wcsncpy_s)(CHARACTER *destination, size_t size, const CHARACTER *source,
                                                   size_t count)
{
    if (count == 0 && destination == NULL && size == 0)
    {
        return 0;
    }
    if (destination == NULL || size == 0)
    {
        return EINVAL;
    }
    if (count == 0)
    {
        destination[0] = 0;
        return 0;
    }
    if (source == NULL)
    {
        destination[0] = 0;
        return EINVAL;
    }
    return NAMED(append, append_wide)(destination, size, 0, source, count);
}

CRT_EXPORT int NAMED(dmf_strncat_s, dmf_wcsncat_s)(CHARACTER *destination, size_t size, const CHARACTER *source,
                                                   size_t count)
{
    if (count == 0 && destination == NULL && size == 0)
    {
        return 0;
    }
    if (destination == NULL || size == 0)
    {
        return EINVAL;
    }
    size_t used = NAMED(length_within, length_within_wide)(destination, size);
    if (used == size || (source == NULL && count != 0))
    {
        destination[0] = 0;
        return EINVAL;
    }
    return count == 0 ? 0 : NAMED(append, append_wide)(destination, size, used, source, count);
}

CRT_EXPORT int NAMED(dmf_strcat_s, dmf_wcscat_s)(CHARACTER *destination, size_t size, const CHARACTER *source)
{
    if (destination == NULL || size == 0)
    {
        return EINVAL;
    }
    return NAMED(dmf_strncat_s, dmf_wcsncat_s)(destination, size, source, SIZE_MAX - 1);
}

static bool NAMED(is_one_of, is_one_of_wide)(CHARACTER character, const CHARACTER *set)
{
    while (*set != 0 && *set != character)
    {
        set++;
    }
    return *set != 0;
}

CRT_EXPORT CHARACTER *NAMED(dmf_strtok_s, dmf_wcstok_s)(CHARACTER *string, const CHARACTER *delimiters, CHARACTER **context)
{
    if (delimiters == NULL || context == NULL || (string == NULL && *context == NULL))
    {
        errno = EINVAL;
        return NULL;
    }
    CHARACTER *start = string != NULL ? string : *context;
    while (*start != 0 && NAMED(is_one_of, is_one_of_wide)(*start, delimiters))
    {
        start++;
    }
    CHARACTER *end = start;
    while (*end != 0 && !NAMED(is_one_of, is_one_of_wide)(*end, delimiters))
    {
        end++;
    }
    *context = *end != 0 ? end + 1 : end;
    *end = 0;
    return end == start ? NULL : start;
}

CRT_EXPORT int NAMED(dmf_strlwr_s, dmf_wcslwr_s)(CHARACTER *string, size_t size)
{
    if (string == NULL || size == 0)
    {
        return EINVAL;
    }
    if (NAMED(length_within, length_within_wide)(string, size) == size)
    {
        string[0] = 0;
        return EINVAL;
    }
    (void)NAMED(dmf_strlwr, dmf_wcslwr)(string);
    return 0;
}

CRT_EXPORT int NAMED(dmf_strupr_s, dmf_wcsupr_s)(CHARACTER *string, size_t size)
{
    if (string == NULL || size == 0)
    {
        return EINVAL;
    }
    if (NAMED(length_within, length_within_wide)(string, size) == size)
    {
        string[0] = 0;
        return EINVAL;
    }
    (void)NAMED(dmf_strupr, dmf_wcsupr)(string);
    return 0;
}

/*
 * Numbers. A long has 32 bits, so the conversions to it stop at its bounds.
 */

struct NAMED(number, number_wide)
{
    uint64_t magnitude;
    bool negative;
    bool overflow;
    /* Where the number ends, or the start of the text when there is none. */
    const CHARACTER *end;
};

static struct NAMED(number, number_wide) NAMED(parse, parse_wide)(const CHARACTER *text, int base)
{
    struct NAMED(number, number_wide) number = {.end = text};
    const CHARACTER *at = text;

    if (base < 0 || base == 1 || base > 36)
    {
        errno = EINVAL;
        return number;
    }
    while (crt_is_space((UNSIGNED_CHARACTER)*at))
    {
        at++;
    }
    if (*at == '-' || *at == '+')
    {
        number.negative = *at++ == '-';
    }
    if ((base == 0 || base == 16) && at[0] == '0' && (at[1] == 'x' || at[1] == 'X') &&
        crt_digit((UNSIGNED_CHARACTER)at[2]) < 16)
    {
        at += 2;
        base = 16;
    }
    if (base == 0)
    {
        base = *at == '0' ? 8 : 10;
    }
    for (; crt_digit((UNSIGNED_CHARACTER)*at) < (unsigned)base; at++)
    {
        number.end = at + 1;
        if (__builtin_mul_overflow(number.magnitude, (uint64_t)base, &number.magnitude) ||
            __builtin_add_overflow(number.magnitude, crt_digit((UNSIGNED_CHARACTER)*at), &number.magnitude))
        {
            number.overflow = true;
        }
    }
    return number;
}

static int64_t NAMED(parse_signed, parse_signed_wide)(const CHARACTER *text, CHARACTER **end, int base, int64_t largest)
{
    struct NAMED(number, number_wide) number = NAMED(parse, parse_wide)(text, base);
    uint64_t limit = (uint64_t)largest + (number.negative ? 1 : 0);

    if (end != NULL)
    {
        *end = (CHARACTER *)(uintptr_t)number.end;
    }
    if (number.overflow || number.magnitude > limit)
    {
        errno = ERANGE;
        number.magnitude = limit;
    }
    return (int64_t)(number.negative ? 0 - number.magnitude : number.magnitude);
}

static uint64_t NAMED(parse_unsigned, parse_unsigned_wide)(const CHARACTER *text, CHARACTER **end, int base,
                                                           uint64_t largest)
{
    struct NAMED(number, number_wide) number = NAMED(parse, parse_wide)(text, base);

    if (end != NULL)
    {
        *end = (CHARACTER *)(uintptr_t)number.end;
    }
    if (number.overflow || number.magnitude > largest)
    {
        errno = ERANGE;
        return largest;
    }
    return (number.negative ? 0 - number.magnitude : number.magnitude) & largest;
}

/* The results are the machine's long, because the C++ library names these functions with it; their range is 32 bits. */
CRT_EXPORT intptr_t NAMED(dmf_strtol, dmf_wcstol)(const CHARACTER *text, CHARACTER **end, int base)
{
    return NAMED(parse_signed, parse_signed_wide)(text, end, base, INT32_MAX);
}

CRT_EXPORT uintptr_t NAMED(dmf_strtoul, dmf_wcstoul)(const CHARACTER *text, CHARACTER **end, int base)
{
    return NAMED(parse_unsigned, parse_unsigned_wide)(text, end, base, UINT32_MAX);
}

CRT_EXPORT int64_t NAMED(dmf_strtoi64, dmf_wcstoi64)(const CHARACTER *text, CHARACTER **end, int base)
{
    return NAMED(parse_signed, parse_signed_wide)(text, end, base, INT64_MAX);
}

CRT_EXPORT uint64_t NAMED(dmf_strtoui64, dmf_wcstoui64)(const CHARACTER *text, CHARACTER **end, int base)
{
    return NAMED(parse_unsigned, parse_unsigned_wide)(text, end, base, UINT64_MAX);
}

CRT_EXPORT int NAMED(dmf_atoi, dmf_wtoi)(const CHARACTER *text)
{
    return (int)NAMED(parse_signed, parse_signed_wide)(text, NULL, 10, INT32_MAX);
}

CRT_EXPORT intptr_t NAMED(dmf_atol, dmf_wtol)(const CHARACTER *text)
{
    return NAMED(parse_signed, parse_signed_wide)(text, NULL, 10, INT32_MAX);
}

CRT_EXPORT int64_t NAMED(dmf_atoi64, dmf_wtoi64)(const CHARACTER *text)
{
    return NAMED(parse_signed, parse_signed_wide)(text, NULL, 10, INT64_MAX);
}

static int NAMED(write_number, write_number_wide)(uint64_t magnitude, bool negative, CHARACTER *text, size_t size, int radix)
{
    CHARACTER digits[65];
    size_t first = sizeof(digits) / sizeof(digits[0]);

    if (text == NULL || size == 0)
    {
        return EINVAL;
    }
    text[0] = 0;
    if (radix < 2 || radix > 36)
    {
        return EINVAL;
    }
    do
    {
        unsigned digit = (unsigned)(magnitude % (unsigned)radix);
        digits[--first] = (CHARACTER)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        magnitude /= (unsigned)radix;
    } while (magnitude != 0);
    size_t count = sizeof(digits) / sizeof(digits[0]) - first;
    if (count + (negative ? 1 : 0) >= size)
    {
        return ERANGE;
    }
    if (negative)
    {
        *text++ = '-';
    }
    memcpy(text, digits + first, count * sizeof(CHARACTER));
    text[count] = 0;
    return 0;
}

/* Only base ten has a sign; in any other, a negative number is its bits. */
CRT_EXPORT int NAMED(dmf_itoa_s, dmf_itow_s)(int value, CHARACTER *text, size_t size, int radix)
{
    bool negative = value < 0 && radix == 10;
    return NAMED(write_number, write_number_wide)(negative ? 0 - (uint64_t)(int64_t)value : (uint32_t)value, negative, text,
                                                  size, radix);
}

CRT_EXPORT int NAMED(dmf_ultoa_s, dmf_ultow_s)(uint32_t value, CHARACTER *text, size_t size, int radix)
{
    return NAMED(write_number, write_number_wide)(value, false, text, size, radix);
}

CRT_EXPORT int NAMED(dmf_i64toa_s, dmf_i64tow_s)(int64_t value, CHARACTER *text, size_t size, int radix)
{
    bool negative = value < 0 && radix == 10;
    return NAMED(write_number, write_number_wide)(negative ? 0 - (uint64_t)value : (uint64_t)value, negative, text, size,
                                                  radix);
}

CRT_EXPORT int NAMED(dmf_ui64toa_s, dmf_ui64tow_s)(uint64_t value, CHARACTER *text, size_t size, int radix)
{
    return NAMED(write_number, write_number_wide)(value, false, text, size, radix);
}

/* The forms without a size trust the caller for as many characters as the value needs. */
CRT_EXPORT CHARACTER *NAMED(dmf_itoa, dmf_itow)(int value, CHARACTER *text, int radix)
{
    (void)NAMED(dmf_itoa_s, dmf_itow_s)(value, text, 34, radix);
    return text;
}

CRT_EXPORT CHARACTER *NAMED(dmf_ultoa, dmf_ultow)(uint32_t value, CHARACTER *text, int radix)
{
    (void)NAMED(dmf_ultoa_s, dmf_ultow_s)(value, text, 34, radix);
    return text;
}

CRT_EXPORT CHARACTER *NAMED(dmf_i64toa, dmf_i64tow)(int64_t value, CHARACTER *text, int radix)
{
    (void)NAMED(dmf_i64toa_s, dmf_i64tow_s)(value, text, 66, radix);
    return text;
}

CRT_EXPORT CHARACTER *NAMED(dmf_ui64toa, dmf_ui64tow)(uint64_t value, CHARACTER *text, int radix)
{
    (void)NAMED(dmf_ui64toa_s, dmf_ui64tow_s)(value, text, 66, radix);
    return text;
}
