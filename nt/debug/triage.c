/* SPDX-License-Identifier: MIT */
/*
 * Triage arrays: lists of memory that a driver wants in a dump.
 */
#include "nt/debug/callbacks.h"
#include "nt/internal.h"

#include <string.h>

void triage_write(struct dump_writer *writer, const KTRIAGE_DUMP_DATA_ARRAY *array, const char *component)
{
    ULONG count = array->NumBlocksUsed < array->NumBlocksTotal ? array->NumBlocksUsed : array->NumBlocksTotal;

    for (ULONG index = 0; index < count; index++)
    {
        dump_write_memory(writer, DUMP_TRIAGE, component, array->Blocks[index].Address, array->Blocks[index].Size);
    }
}

static ULONG blocks_that_fit(ULONG size)
{
    return size < offsetof(KTRIAGE_DUMP_DATA_ARRAY, Blocks) ?
               0 :
               (ULONG)((size - offsetof(KTRIAGE_DUMP_DATA_ARRAY, Blocks)) / sizeof(KADDRESS_RANGE));
}

/* A block that continues, or lies within, one that is listed already takes no room of its own. */
static bool triage_merge(PKTRIAGE_DUMP_DATA_ARRAY array, ULONG_PTR first, SIZE_T size)
{
    for (ULONG index = 0; index < array->NumBlocksUsed; index++)
    {
        PKADDRESS_RANGE block = &array->Blocks[index];
        ULONG_PTR start = (ULONG_PTR)block->Address;

        if (first >= start && first - start <= block->Size)
        {
            ULONG_PTR end = first + size > start + block->Size ? first + size : start + block->Size;

            array->DataSize += (ULONG)(end - start - block->Size);
            block->Size = end - start;
            return true;
        }
    }
    return false;
}

/*
 * Published entry points.
 */
NTSTATUS KeInitializeTriageDumpDataArray(PKTRIAGE_DUMP_DATA_ARRAY KtriageDumpDataArray, ULONG Size)
{
    ULONG count = blocks_that_fit(Size);

    if (KtriageDumpDataArray == NULL || count == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    memset(KtriageDumpDataArray, 0, offsetof(KTRIAGE_DUMP_DATA_ARRAY, Blocks));
    InitializeListHead(&KtriageDumpDataArray->List);
    KtriageDumpDataArray->NumBlocksTotal = count;
    KtriageDumpDataArray->MaxDataSize = MAXULONG;
    return STATUS_SUCCESS;
}

NTSTATUS KeAddTriageDumpDataBlock(PKTRIAGE_DUMP_DATA_ARRAY KtriageDumpDataArray, PVOID Address, SIZE_T Size)
{
    PKTRIAGE_DUMP_DATA_ARRAY array = KtriageDumpDataArray;
    ULONG_PTR end;

    if (Address == NULL || Size == 0 || __builtin_add_overflow((ULONG_PTR)Address, Size, &end))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (Size > array->MaxDataSize - array->DataSize)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    if (triage_merge(array, (ULONG_PTR)Address, Size))
    {
        return STATUS_SUCCESS;
    }
    if (array->NumBlocksUsed >= array->NumBlocksTotal)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    array->Blocks[array->NumBlocksUsed].Address = Address;
    array->Blocks[array->NumBlocksUsed].Size = Size;
    array->NumBlocksUsed++;
    array->DataSize += (ULONG)Size;
    return STATUS_SUCCESS;
}
