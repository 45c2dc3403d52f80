/* SPDX-License-Identifier: MIT */
/*
 * How the generated sources hand their checks to the program that counts them. The generated sources are compiled as a driver
 * is, with 16-bit wide characters and the libc overlay; the counting program is an ordinary one.
 */
#ifndef CONTRACT_RUN_H
#define CONTRACT_RUN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C"
{
#endif

    /* One check: decided by the compiler ("holds"), or at run time when there is a function. */
    typedef struct contract_check
    {
        const char *name;
        int holds;
        int (*function)(void);
    } contract_check;

    /* One kind of check, and the number of them below which the test fails. */
    typedef struct contract_category
    {
        const char *name;
        const contract_check *checks;
        size_t count;
        size_t minimum;
    } contract_category;

    /* All of one flavour, what no check could be made from, and what belongs to other configurations. */
    typedef struct contract_program
    {
        const contract_category *categories;
        size_t count;
        int unchecked;
        int unchecked_limit;
        int other_configurations;
    } contract_program;

    extern const contract_program contract_all;

#ifdef __cplusplus
}
#endif

#endif /* CONTRACT_RUN_H */
