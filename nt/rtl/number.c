/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text.
 */
#include <string.h>

#include "nt/rtl/rtl_memory.h"

#define LARGEST_DIGITS 64

/* Text of either width, looked at one unit at a time; the end of a terminated text is its zero. */
struct number_text
{
    const CHAR *narrow;
    const WCHAR *wide;
    size_t left;
};

static WCHAR peek(const struct number_text *text)
{
    if (text->left == 0)
    {
        return 0;
    }
    return text->narrow != NULL ? (UCHAR)*text->narrow : *text->wide;
}

static void advance(struct number_text *text)
{
    text->left--;
    text->narrow = text->narrow == NULL ? NULL : text->narrow + 1;
    text->wide = text->wide == NULL ? NULL : text->wide + 1;
}

static bool is_base(ULONG base)
{
    return base == 0 || base == 2 || base == 8 || base == 10 || base == 16;
}

static ULONG digit_of(WCHAR unit)
{
    if (unit >= '0' && unit <= '9')
    {
        return (ULONG)unit - '0';
    }
    if (unit >= 'a' && unit <= 'f')
    {
        return (ULONG)unit - 'a' + 10;
    }
    return unit >= 'A' && unit <= 'F' ? (ULONG)unit - 'A' + 10 : MAXULONG;
}

/* Blanks and a sign. Returns whether the number is negative. */
static bool skip_to_digits(struct number_text *text)
{
    bool negative;

    while (text->left != 0 && peek(text) != 0 && peek(text) <= ' ')
    {
        advance(text);
    }
    negative = peek(text) == '-';
    if (negative || peek(text) == '+')
    {
        advance(text);
    }
    return negative;
}

/* "0x", "0o" or "0b" tells the base where the caller did not. */
static ULONG skip_prefix(struct number_text *text)
{
    ULONG base = 10;
    struct number_text behind = *text;

    if (peek(text) == '0' && text->left > 1)
    {
        advance(&behind);
        base = peek(&behind) == 'x' ? 16 : peek(&behind) == 'o' ? 8 : peek(&behind) == 'b' ? 2 : 10;
    }
    if (base != 10)
    {
        advance(&behind);
        *text = behind;
    }
    return base;
}

/* Takes digits; whether they were more than 64 bits hold is in *ret_overflow. Returns how many there were. */
static size_t take_digits(struct number_text *text, ULONG base, ULONGLONG *ret_value, bool *ret_overflow)
{
    size_t count = 0;

    *ret_value = 0;
    *ret_overflow = false;
    for (ULONG digit = digit_of(peek(text)); digit < base; digit = digit_of(peek(text)))
    {
        *ret_overflow |= __builtin_mul_overflow(*ret_value, base, ret_value);
        *ret_overflow |= __builtin_add_overflow(*ret_value, digit, ret_value);
        advance(text);
        count++;
    }
    return count;
}

/* What does not fit 32 bits wraps, and text without digits is zero, as published. */
static NTSTATUS parse_ulong(struct number_text text, ULONG base, ULONG *ret_value)
{
    bool negative = skip_to_digits(&text);
    bool overflow;
    ULONGLONG value;

    if (!is_base(base))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (ret_value == NULL)
    {
        return STATUS_ACCESS_VIOLATION;
    }
    base = base == 0 ? skip_prefix(&text) : base;
    (void)take_digits(&text, base, &value, &overflow);
    *ret_value = (ULONG)(negative ? 0 - value : value);
    return STATUS_SUCCESS;
}

/* Writes digits with a terminator; the length is told even when there is no room. */
static NTSTATUS format_number(ULONGLONG value, ULONG base, PUNICODE_STRING string)
{
    WCHAR digits[LARGEST_DIGITS + 1];
    size_t first = LARGEST_DIGITS;

    if (!is_base(base))
    {
        return STATUS_INVALID_PARAMETER;
    }
    base = base == 0 ? 10 : base;
    digits[first] = 0;
    do
    {
        digits[--first] = (WCHAR) "0123456789ABCDEF"[value % base];
        value /= base;
    } while (value != 0);
    string->Length = (USHORT)((LARGEST_DIGITS - first) * sizeof(WCHAR));
    if (string->Length >= string->MaximumLength)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    memcpy(string->Buffer, &digits[first], string->Length + sizeof(WCHAR));
    return STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
NTSTATUS RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value)
{
    return parse_ulong((struct number_text){.narrow = String, .left = SIZE_MAX}, Base, Value);
}

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
    struct number_text text = {.wide = String->Buffer, .left = String->Length / sizeof(WCHAR)};

    return parse_ulong(text, Base, Value);
}

NTSTATUS RtlUnicodeStringToInt64(PCUNICODE_STRING String, ULONG Base, PLONG64 Number, PWSTR *EndPointer)
{
    struct number_text text = {.wide = String->Buffer, .left = String->Length / sizeof(WCHAR)};
    bool negative = skip_to_digits(&text);
    bool overflow;
    ULONGLONG value;

    if (!is_base(Base) || Number == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    Base = Base == 0 ? skip_prefix(&text) : Base;
    if (take_digits(&text, Base, &value, &overflow) == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (overflow || value > (ULONGLONG)MAXLONG64 + negative)
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    *Number = (LONG64)(negative ? 0 - value : value);
    if (EndPointer != NULL)
    {
        *EndPointer = (PWSTR)text.wide;
    }
    return STATUS_SUCCESS;
}

NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
    return format_number(Value, Base, String);
}

NTSTATUS RtlInt64ToUnicodeString(ULONGLONG Value, ULONG Base, PUNICODE_STRING String)
{
    return format_number(Value, Base, String);
}
