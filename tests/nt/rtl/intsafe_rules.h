/* SPDX-License-Identifier: MIT */
/*
 * The rules of safe integers, for the test of each flavour. The includer defines SAFE(Name), the published name; GOOD and
 * OVERFLOWN, what the functions return.
 */

/* A conversion agrees with the value itself for every value of the source. */
#define CHECK_CONVERSION(Name, Source, Low, High, Target, TargetLow, TargetHigh, ErrorValue) \
    for (long long value = (Low); value <= (High); value++)                                  \
    {                                                                                        \
        Target result = 0;                                                                   \
        bool fits = value >= (TargetLow) && value <= (TargetHigh);                           \
                                                                                             \
        CHECK_EQUAL(SAFE(Name)((Source)value, &result), fits ? GOOD : OVERFLOWN);            \
        CHECK_EQUAL(result, fits ? (Target)value : (Target)(ErrorValue));                    \
    }

/* Addition, subtraction and multiplication agree with the same in 64 bits for every pair of values. */
#define CHECK_PAIR(Name, Type, Operator, First, Second, Low, High, ErrorValue)                    \
    do                                                                                            \
    {                                                                                             \
        Type result = 0;                                                                          \
        long long exact = (long long)(First)Operator(long long)(Second);                          \
        bool fits = exact >= (Low) && exact <= (High);                                            \
                                                                                                  \
        CHECK_EQUAL(SAFE(Name)((Type)(First), (Type)(Second), &result), fits ? GOOD : OVERFLOWN); \
        CHECK_EQUAL(result, fits ? (Type)exact : (Type)(ErrorValue));                             \
    } while (0)

#define CHECK_MATH(Name, Type, Low, High, Step, ErrorValue)                        \
    for (long long first = (Low); first <= (High); first += (Step))                \
    {                                                                              \
        for (long long second = (Low); second <= (High); second += (Step))         \
        {                                                                          \
            CHECK_PAIR(Name##Add, Type, +, first, second, Low, High, ErrorValue);  \
            CHECK_PAIR(Name##Sub, Type, -, first, second, Low, High, ErrorValue);  \
            CHECK_PAIR(Name##Mult, Type, *, first, second, Low, High, ErrorValue); \
        }                                                                          \
    }

static void conversions_of_8_and_16_bits_agree_for_every_value(void)
{
    CHECK_CONVERSION(UInt8ToInt8, UINT8, 0, 255, INT8, -128, 127, INT8_ERROR)
    CHECK_CONVERSION(UInt8ToChar, UINT8, 0, 255, CHAR, CHAR_MIN, CHAR_MAX, CHAR_ERROR)
    CHECK_CONVERSION(Int8ToUInt8, INT8, -128, 127, UINT8, 0, 255, UINT8_ERROR)
    CHECK_CONVERSION(Int8ToUChar, INT8, -128, 127, UCHAR, 0, 255, UCHAR_ERROR)
    CHECK_CONVERSION(Int8ToULong, INT8, -128, 127, ULONG, 0, 4294967295ll, ULONG_ERROR)
    CHECK_CONVERSION(ShortToInt8, SHORT, -32768, 32767, INT8, -128, 127, INT8_ERROR)
    CHECK_CONVERSION(ShortToUInt8, SHORT, -32768, 32767, UINT8, 0, 255, UINT8_ERROR)
    CHECK_CONVERSION(ShortToUShort, SHORT, -32768, 32767, USHORT, 0, 65535, USHORT_ERROR)
    CHECK_CONVERSION(UShortToShort, USHORT, 0, 65535, SHORT, -32768, 32767, SHORT_ERROR)
    CHECK_CONVERSION(UShortToUChar, USHORT, 0, 65535, UCHAR, 0, 255, UCHAR_ERROR)
    CHECK_CONVERSION(LongToShort, LONG, -70000, 70000, SHORT, -32768, 32767, SHORT_ERROR)
    CHECK_CONVERSION(ULongToUShort, ULONG, 0, 140000, USHORT, 0, 65535, USHORT_ERROR)
}

static void arithmetic_of_8_bits_agrees_for_every_pair(void)
{
    CHECK_MATH(UInt8, UINT8, 0, 255, 1, UINT8_ERROR)
    CHECK_MATH(Int8, INT8, -128, 127, 1, INT8_ERROR)
}

static void arithmetic_of_16_bits_agrees_for_many_pairs(void)
{
    CHECK_MATH(UShort, USHORT, 0, 65535, 257, USHORT_ERROR)
    CHECK_MATH(Short, SHORT, -32768, 32767, 257, SHORT_ERROR)
    CHECK_MATH(Word, WORD, 0, 65535, 255, WORD_ERROR)
}

static void arithmetic_of_32_bits_agrees_at_the_boundaries(void)
{
    static const long long edges[] = {-2147483648ll, -2147483647ll, -65537, -65536, -46341,     -2,          -1, 0, 1, 2,
                                      46340,         46341,         65535,  65536,  2147483646, 2147483647ll};
    static const long long unsigned_edges[] = {
        0, 1, 2, 65535, 65536, 65537, 2147483647ll, 2147483648ll, 4294967294ll, 4294967295ll};

    for (size_t one = 0; one < ARRAYSIZE(edges); one++)
    {
        for (size_t other = 0; other < ARRAYSIZE(edges); other++)
        {
            CHECK_PAIR(LongAdd, LONG, +, edges[one], edges[other], -2147483648ll, 2147483647ll, LONG_ERROR);
            CHECK_PAIR(LongSub, LONG, -, edges[one], edges[other], -2147483648ll, 2147483647ll, LONG_ERROR);
            CHECK_PAIR(LongMult, LONG, *, edges[one], edges[other], -2147483648ll, 2147483647ll, LONG_ERROR);
        }
    }
    for (size_t one = 0; one < ARRAYSIZE(unsigned_edges); one++)
    {
        for (size_t other = 0; other < ARRAYSIZE(unsigned_edges); other++)
        {
            ULONG product = 0;
            ULONGLONG whole = (ULONGLONG)unsigned_edges[one] * (ULONGLONG)unsigned_edges[other];

            CHECK_PAIR(ULongAdd, ULONG, +, unsigned_edges[one], unsigned_edges[other], 0, 4294967295ll, ULONG_ERROR);
            CHECK_PAIR(ULongSub, ULONG, -, unsigned_edges[one], unsigned_edges[other], 0, 4294967295ll, ULONG_ERROR);
            CHECK_EQUAL(SAFE(ULongMult)((ULONG)unsigned_edges[one], (ULONG)unsigned_edges[other], &product),
                        whole <= 4294967295ull ? GOOD : OVERFLOWN);
            CHECK_EQUAL(product, whole <= 4294967295ull ? whole : ULONG_ERROR);
        }
    }
}

static void arithmetic_of_64_bits_stops_at_the_boundaries(void)
{
    ULONGLONG big = 0;
    LONGLONG small = 0;
    size_t size = 0;

    CHECK_EQUAL(SAFE(ULongLongAdd)(ULONGLONG_MAX - 1, 1, &big), GOOD);
    CHECK_EQUAL(big, ULONGLONG_MAX);
    CHECK_EQUAL(SAFE(ULongLongAdd)(ULONGLONG_MAX, 1, &big), OVERFLOWN);
    CHECK_EQUAL(big, ULONGLONG_ERROR);
    CHECK_EQUAL(SAFE(ULongLongSub)(0, 1, &big), OVERFLOWN);
    CHECK_EQUAL(SAFE(ULongLongMult)(0x100000000ull, 0x100000000ull, &big), OVERFLOWN);
    CHECK_EQUAL(SAFE(ULongLongMult)(0xFFFFFFFFull, 0x100000001ull, &big), GOOD);
    CHECK_EQUAL(big, ULONGLONG_MAX);
    CHECK_EQUAL(SAFE(SizeTMult)(SIZE_T_MAX, 1, &size), GOOD);
    CHECK_EQUAL(SAFE(SizeTMult)(SIZE_T_MAX / 2 + 1, 2, &size), OVERFLOWN);
    CHECK_EQUAL(size, SIZE_T_ERROR);
    CHECK_EQUAL(SAFE(LongLongAdd)(LONGLONG_MAX, 1, &small), OVERFLOWN);
    CHECK_EQUAL(small, LONGLONG_ERROR);
    CHECK_EQUAL(SAFE(LongLongSub)(LONGLONG_MIN, 1, &small), OVERFLOWN);
    CHECK_EQUAL(SAFE(LongLongSub)(LONGLONG_MIN + 1, 1, &small), GOOD);
    CHECK_EQUAL(small, LONGLONG_MIN);
    CHECK_EQUAL(SAFE(LongLongMult)(LONGLONG_MIN, -1, &small), OVERFLOWN);
    CHECK_EQUAL(SAFE(LongLongMult)(LONGLONG_MIN / 2, 2, &small), GOOD);
}

static void conversions_of_64_bits_stop_at_the_boundaries(void)
{
    LONG number = 0;
    ULONG positive = 0;
    LONGLONG wide = 0;
    ULONGLONG wide_positive = 0;
    size_t size = 0;

    CHECK_EQUAL(SAFE(LongLongToLong)(2147483647ll, &number), GOOD);
    CHECK_EQUAL(SAFE(LongLongToLong)(2147483648ll, &number), OVERFLOWN);
    CHECK_EQUAL(number, LONG_ERROR);
    CHECK_EQUAL(SAFE(LongLongToLong)(-2147483648ll, &number), GOOD);
    CHECK_EQUAL(SAFE(LongLongToLong)(-2147483649ll, &number), OVERFLOWN);
    CHECK_EQUAL(SAFE(LongLongToULong)(-1, &positive), OVERFLOWN);
    CHECK_EQUAL(positive, ULONG_ERROR);
    CHECK_EQUAL(SAFE(SizeTToULong)(0xFFFFFFFFull, &positive), GOOD);
    CHECK_EQUAL(SAFE(SizeTToULong)(0x100000000ull, &positive), OVERFLOWN);
    CHECK_EQUAL(SAFE(ULongLongToLongLong)(0x7FFFFFFFFFFFFFFFull, &wide), GOOD);
    CHECK_EQUAL(SAFE(ULongLongToLongLong)(0x8000000000000000ull, &wide), OVERFLOWN);
    CHECK_EQUAL(wide, LONGLONG_ERROR);
    CHECK_EQUAL(SAFE(LongLongToULongLong)(-1, &wide_positive), OVERFLOWN);
    CHECK_EQUAL(wide_positive, ULONGLONG_ERROR);
    CHECK_EQUAL(SAFE(LongToSizeT)(-1, &size), OVERFLOWN);
    CHECK_EQUAL(size, SIZE_T_ERROR);
    CHECK_EQUAL(SAFE(ULongLongToSizeT)(ULONGLONG_MAX, &size), GOOD);
}
