/* SPDX-License-Identifier: MIT */
/*
 * Runs and counts the checks of a generated contract source. It stands in for the few runtime functions that inline helpers
 * and assertion macros call, so that the contract of the headers is tested before, and without, the runtime.
 */
#include "contract_run.h"

#include <stdio.h>

unsigned char KeGetCurrentIrql(void);
void RtlAssert(void);
unsigned int DbgPrintEx(void);
unsigned int DbgPrint(void);
void DbgBreakPoint(void);

unsigned char KeGetCurrentIrql(void)
{
    return 0;
}

void RtlAssert(void)
{
}

unsigned int DbgPrintEx(void)
{
    return 0;
}

unsigned int DbgPrint(void)
{
    return 0;
}

void DbgBreakPoint(void)
{
}

static int holds(const contract_check *check)
{
    return check->function != NULL ? check->function() : check->holds;
}

/* Runs one category, prints its line, and adds to the totals. Fewer good checks than the contract has are a failure. */
static void run_category(const contract_category *category, size_t *passed, size_t *failed)
{
    size_t good = 0;
    for (size_t index = 0; index < category->count; index++)
    {
        if (holds(&category->checks[index]))
        {
            good++;
        }
        else
        {
            printf("FAIL %s: %s\n", category->name, category->checks[index].name);
        }
    }
    printf("%s %zu of %zu\n", category->name, good, category->count);
    *passed += good;
    *failed += category->count - good;
    if (good < category->minimum)
    {
        printf("FAIL %s: %zu are fewer than %zu\n", category->name, good, category->minimum);
        *failed += 1;
    }
}

int main(void)
{
    size_t passed = 0;
    size_t failed = 0;
    for (size_t index = 0; index < contract_all.count; index++)
    {
        run_category(&contract_all.categories[index], &passed, &failed);
    }
    printf("not checkable, with reasons in exceptions.tsv: %d, limit %d\n", contract_all.unchecked,
           contract_all.unchecked_limit);
    printf("of other processors, compilers or build kinds: %d\n", contract_all.other_configurations);
    if (contract_all.unchecked > contract_all.unchecked_limit)
    {
        failed++;
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
