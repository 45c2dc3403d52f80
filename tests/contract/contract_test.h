/* SPDX-License-Identifier: MIT */
/*
 * What the generated contract sources stand on: how a check is recorded and counted, and the questions that a check can ask
 * of the compiler. The same text compiles as C and as C++.
 */
#ifndef CONTRACT_TEST_H
#define CONTRACT_TEST_H

#include <string.h>

#include "contract_run.h"

/*
 * Are two types the same? C++ tells an enumeration from its integer type, C does not.
 */
#ifdef __cplusplus
template <typename Left, typename Right> struct contract_same
{
    static const int value = 0;
};
template <typename Type> struct contract_same<Type, Type>
{
    static const int value = 1;
};
#define CONTRACT_SAME(Left, Right) (contract_same<Left, Right>::value)
#define CONTRACT_ENUMERATOR(Name, Type, Value) \
    ((unsigned int)(Name) == (unsigned int)(Value) && CONTRACT_SAME(decltype(Name), Type))
#else
#define CONTRACT_SAME(Left, Right) (__builtin_types_compatible_p(Left, Right))
#define CONTRACT_ENUMERATOR(Name, Type, Value) ((unsigned int)(Name) == (unsigned int)(Value))
#endif

/* Only clang makes "does not return" a part of a function's type. */
#ifdef __clang__
#define CONTRACT_NORETURN __attribute__((noreturn))
#else
#define CONTRACT_NORETURN
#endif

#define CONTRACT_VALUE(Name, Value) ((long long)(Name) == (long long)(Value))
#define CONTRACT_VALUE32(Name, Value) ((unsigned int)(long long)(Name) == (unsigned int)(Value))
#define CONTRACT_TEXT_OF(...) #__VA_ARGS__
#define CONTRACT_TEXT(...) CONTRACT_TEXT_OF(__VA_ARGS__)

/* A bit field lies where the mirror's lies: both structures, cleared and with all bits of the field set, are equal. */
#define CONTRACT_BIT_FIELD(Function, Structure, Mirror, Path, Width)                                 \
    static int Function(void)                                                                        \
    {                                                                                                \
        Structure Actual;                                                                            \
        Mirror Expected;                                                                             \
        memset(&Actual, 0, sizeof(Actual));                                                          \
        memset(&Expected, 0, sizeof(Expected));                                                      \
        Actual.Path = (1 << (Width)) - 1;                                                            \
        Expected.Path = (1 << (Width)) - 1;                                                          \
        return memcmp(&Actual, &Expected, sizeof(Actual)) == 0 && Actual.Path == (1 << (Width)) - 1; \
    }

#define CONTRACT_WIDE_TEXT(Function, Name, Value)                                        \
    static int Function(void)                                                            \
    {                                                                                    \
        return sizeof(Name) == sizeof(Value) && memcmp(Name, Value, sizeof(Value)) == 0; \
    }

#define CONTRACT_NULL_POINTER(Function, Name) \
    static int Function(void)                 \
    {                                         \
        const void *Pointer = Name;           \
        return Pointer == 0;                  \
    }

/* A macro expands to the same tokens as another one, or as the name that it stands for. */
#define CONTRACT_EXPANSION(Function, Name, Value)                      \
    static int Function(void)                                          \
    {                                                                  \
        return strcmp(CONTRACT_TEXT(Name), CONTRACT_TEXT(Value)) == 0; \
    }

/* A name that is no macro is a type or something that has one. C++ may have several functions under one name. */
#ifdef __cplusplus
#define CONTRACT_EXISTS(Name, Unique) \
    namespace Unique                  \
    {                                 \
    using ::Name;                     \
    }
#define CONTRACT_TAG_EXISTS(Name, Unique) CONTRACT_EXISTS(Name, Unique)
#else
#define CONTRACT_TAG_EXISTS(Name, Unique) typedef char Unique[sizeof(struct Name)];
#define CONTRACT_EXISTS(Name, Unique) typedef __typeof__(Name) *Unique;
#endif

/* A structure that a helper fills, and the model on which the listed effects are carried out. */
typedef struct contract_pair
{
    unsigned char actual[1024] __attribute__((aligned(16)));
    unsigned char expected[1024] __attribute__((aligned(16)));
} contract_pair;

static __attribute__((unused)) void *contract_fill(contract_pair *Pair, size_t Size)
{
    memset(Pair, 0xA5, sizeof(*Pair));
    return Size <= sizeof(Pair->expected) ? Pair->expected : NULL;
}

static __attribute__((unused)) int contract_equal(const contract_pair *Pair)
{
    return memcmp(Pair->actual, Pair->expected, sizeof(Pair->actual)) == 0;
}

#endif /* CONTRACT_TEST_H */
