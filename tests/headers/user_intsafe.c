/* SPDX-License-Identifier: MIT */
/*
 * The functions of intsafe.h and the conversions of winerror.h at their limits. They are inline or macros, so that no
 * runtime is needed.
 *
 * try: user run
 */
#include <intsafe.h>

/* The signed arithmetic arrives with a later include, as sources on Windows may have it. */
#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#include <intsafe.h>
#include <windows.h>

#define EXPECT(Condition) failures += !(Condition)
#define EXPECT_OVERFLOW(Call, Result, ErrorValue) \
    EXPECT(((Call) == INTSAFE_E_ARITHMETIC_OVERFLOW) && ((Result) == (ErrorValue)))
#define EXPECT_VALUE(Call, Result, Value) EXPECT(((Call) == S_OK) && ((Result) == (Value)))

static int check_conversions(void)
{
    int failures = 0;
    UCHAR narrow;
    UINT8 small;
    INT8 small_signed;
    USHORT half;
    INT number;
    LONG number_long;
    ULONG number_unsigned;
    size_t size;
    LONGLONG wide;
    CHAR character;

    EXPECT_VALUE(ULongToUChar(255, &narrow), narrow, 255);
    EXPECT_OVERFLOW(ULongToUChar(256, &narrow), narrow, 0);
    EXPECT_OVERFLOW(ULongToUInt8(256, &small), small, 0xff);
    EXPECT_OVERFLOW(IntToInt8(-129, &small_signed), small_signed, -1);
    EXPECT_VALUE(IntToInt8(-128, &small_signed), small_signed, -128);
    EXPECT_OVERFLOW(IntToUShort(-1, &half), half, 0xffff);
    EXPECT_OVERFLOW(UIntToInt(0x80000000u, &number), number, -1);
    EXPECT_VALUE(UIntToInt(0x7fffffff, &number), number, MAXLONG);
    EXPECT_OVERFLOW(LongLongToLong(0x80000000ll, &number_long), number_long, -1);
    EXPECT_VALUE(LongLongToLong(-0x80000000ll, &number_long), number_long, LONG_MIN);
    EXPECT_OVERFLOW(SizeTToULong((size_t)1 << 32, &number_unsigned), number_unsigned, ULONG_MAX);
    EXPECT_OVERFLOW(LongToSizeT(-1, &size), size, SIZE_T_ERROR);
    EXPECT_OVERFLOW(ULongLongToLongLong(0x8000000000000000ull, &wide), wide, -1);
    EXPECT_OVERFLOW(IntToChar(1000, &character), character, 0);
    return failures;
}

static int check_arithmetic(void)
{
    int failures = 0;
    ULONG sum;
    USHORT half;
    UINT8 small;
    size_t size;
    INT32 number;
    LONG64 wide;
    LONGLONG product;

    EXPECT_VALUE(ULongAdd(0xfffffffeu, 1, &sum), sum, 0xffffffffu);
    EXPECT_OVERFLOW(ULongAdd(0xffffffffu, 1, &sum), sum, 0xffffffffu);
    EXPECT_OVERFLOW(ULongSub(0, 1, &sum), sum, 0xffffffffu);
    EXPECT_OVERFLOW(UShortMult(256, 256, &half), half, 0xffff);
    EXPECT_OVERFLOW(UInt8Add(200, 56, &small), small, 0xff);
    EXPECT_OVERFLOW(SizeTMult((size_t)1 << 32, (size_t)1 << 32, &size), size, SIZE_T_ERROR);
    EXPECT_OVERFLOW(Int32Add(MAXLONG, 1, &number), number, -1);
    EXPECT_OVERFLOW(Int32Mult(65536, 32768, &number), number, -1);
    EXPECT_VALUE(Int32Mult(65536, -32768, &number), number, LONG_MIN);
    EXPECT_OVERFLOW(Long64Add(MAXLONGLONG, 1, &wide), wide, -1);
    EXPECT_OVERFLOW(Long64Mult(MAXLONGLONG, 2, &wide), wide, -1);
    EXPECT_VALUE(LongLongSub(-1, MAXLONGLONG, &product), product, LONGLONG_MIN);
    return failures;
}

static int check_codes(void)
{
    int failures = 0;

    EXPECT(HRESULT_FROM_WIN32(ERROR_SUCCESS) == S_OK);
    EXPECT(HRESULT_FROM_WIN32(ERROR_NOT_FOUND) == (HRESULT)0x80070490);
    EXPECT(HRESULT_FROM_WIN32(E_FAIL) == E_FAIL);
    EXPECT(HRESULT_FROM_NT(0xC0000001) == (HRESULT)0xD0000001);
    EXPECT(NTSTATUS_FROM_WIN32(ERROR_SUCCESS) == 0);
    EXPECT(NTSTATUS_FROM_WIN32(ERROR_NOT_FOUND) == (NTSTATUS)0xC0070490);
    EXPECT(NTSTATUS_FROM_WIN32(0xC0000001) == (NTSTATUS)0xC0000001);
    EXPECT(HRESULT_CODE(E_INVALIDARG) == ERROR_INVALID_PARAMETER);
    EXPECT(HRESULT_FACILITY(E_INVALIDARG) == FACILITY_WIN32);
    EXPECT(IS_ERROR(E_FAIL) && !IS_ERROR(S_FALSE));
    return failures;
}

int main(void)
{
    return check_conversions() + check_arithmetic() + check_codes();
}
