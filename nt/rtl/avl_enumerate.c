/* SPDX-License-Identifier: MIT */
/*
 * The ways through an AVL table.
 */
#include "nt/rtl/avl_table.h"

static NTSTATUS match_everything(PRTL_AVL_TABLE table, PVOID user_data, PVOID match_data)
{
    return STATUS_SUCCESS;
}

/*
 * Where an enumeration that was not begun, or whose position may be gone, starts: at the element that equals the buffer (behind
 * it when the next one is asked for), else at the first one behind where it would be.
 */
static PRTL_BALANCED_LINKS start_at(PRTL_AVL_TABLE table, PVOID buffer, bool next)
{
    PRTL_BALANCED_LINKS node;

    switch (avl_search(table, buffer, &node))
    {
        case TableFoundNode:
            return next ? avl_next(table, node) : node;
        case TableInsertAsRight:
            return avl_next(table, node);
        default:
            return node;
    }
}

/*
 * Published entry points.
 */
PVOID RtlEnumerateGenericTableWithoutSplayingAvl(PRTL_AVL_TABLE Table, PVOID *RestartKey)
{
    PRTL_BALANCED_LINKS node = *RestartKey == NULL ? avl_first(Table) : avl_next(Table, *RestartKey);

    if (node != NULL)
    {
        *RestartKey = node;
    }
    return avl_user_data(node);
}

PVOID RtlEnumerateGenericTableAvl(PRTL_AVL_TABLE Table, BOOLEAN Restart)
{
    if (Restart)
    {
        Table->RestartKey = NULL;
    }
    return RtlEnumerateGenericTableWithoutSplayingAvl(Table, (PVOID *)&Table->RestartKey);
}

PVOID RtlEnumerateGenericTableLikeADirectory(PRTL_AVL_TABLE Table, PRTL_AVL_MATCH_FUNCTION MatchFunction, PVOID MatchData,
                                             ULONG NextFlag, PVOID *RestartKey, PULONG DeleteCount, PVOID Buffer)
{
    PRTL_AVL_MATCH_FUNCTION matches = MatchFunction != NULL ? MatchFunction : match_everything;
    PRTL_BALANCED_LINKS node = *RestartKey;

    if (node == NULL || *DeleteCount != Table->DeleteCount)
    {
        node = start_at(Table, Buffer, NextFlag != 0);
    }
    else if (NextFlag != 0)
    {
        node = avl_next(Table, node);
    }
    for (; node != NULL; node = avl_next(Table, node))
    {
        NTSTATUS status = matches(Table, avl_user_data(node), MatchData);

        if (status == STATUS_SUCCESS)
        {
            *RestartKey = node;
            *DeleteCount = Table->DeleteCount;
            return avl_user_data(node);
        }
        if (status != STATUS_NO_MATCH)
        {
            return NULL;
        }
    }
    return NULL;
}

/* A compare routine may find several elements equal to a key that says only part of an element. */
PVOID RtlLookupFirstMatchingElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer, PVOID *RestartKey)
{
    PRTL_BALANCED_LINKS node;
    PRTL_BALANCED_LINKS before;

    *RestartKey = NULL;
    if (avl_search(Table, Buffer, &node) != TableFoundNode)
    {
        return NULL;
    }
    for (before = avl_previous(Table, node);
         before != NULL && Table->CompareRoutine(Table, Buffer, avl_user_data(before)) == GenericEqual;
         before = avl_previous(Table, node))
    {
        node = before;
    }
    *RestartKey = node;
    return avl_user_data(node);
}

PVOID RtlGetElementGenericTableAvl(PRTL_AVL_TABLE Table, ULONG I)
{
    PRTL_BALANCED_LINKS node = Table->OrderedPointer;
    ULONG at = Table->WhichOrderedElement;

    if (I >= Table->NumberGenericTableElements)
    {
        return NULL;
    }
    if (node == NULL || I + 1 < at / 2)
    {
        node = avl_first(Table);
        at = 1;
    }
    for (; at < I + 1; at++)
    {
        node = avl_next(Table, node);
    }
    for (; at > I + 1; at--)
    {
        node = avl_previous(Table, node);
    }
    Table->OrderedPointer = node;
    Table->WhichOrderedElement = at;
    return avl_user_data(node);
}
