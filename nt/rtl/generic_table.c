/* SPDX-License-Identifier: MIT */
/*
 * Generic tables over splay trees. An element is a header and the caller's bytes, in memory that the caller's routine gives.
 *
 * Looking up, inserting, deleting and RtlEnumerateGenericTable() bring the element to the root; that root is also the only
 * memory of an enumeration. Elements are numbered in the order of their insertion.
 */
#include <string.h>

#include "nt/internal.h"

struct table_entry
{
    RTL_SPLAY_LINKS links;
    LIST_ENTRY insert_order;
    _Alignas(8) unsigned char user_data[];
};

_Static_assert(offsetof(struct table_entry, user_data) == sizeof(RTL_SPLAY_LINKS) + sizeof(LIST_ENTRY),
               "an allocation routine is asked for the published header and the element");

static struct table_entry *entry_of(PRTL_SPLAY_LINKS links)
{
    return CONTAINING_RECORD(links, struct table_entry, links);
}

/* Walks down: the node that equals the buffer, or the one below which it belongs. */
static TABLE_SEARCH_RESULT search(PRTL_GENERIC_TABLE table, PVOID buffer, PRTL_SPLAY_LINKS *ret_node)
{
    PRTL_SPLAY_LINKS node = table->TableRoot;

    *ret_node = node;
    while (node != NULL)
    {
        RTL_GENERIC_COMPARE_RESULTS result = table->CompareRoutine(table, buffer, entry_of(node)->user_data);
        PRTL_SPLAY_LINKS child = result == GenericLessThan ? node->LeftChild : node->RightChild;

        *ret_node = node;
        if (result == GenericEqual)
        {
            return TableFoundNode;
        }
        if (child == NULL)
        {
            return result == GenericLessThan ? TableInsertAsLeft : TableInsertAsRight;
        }
        node = child;
    }
    return TableEmptyTree;
}

static void attach(PRTL_GENERIC_TABLE table, struct table_entry *entry, PRTL_SPLAY_LINKS parent, TABLE_SEARCH_RESULT where)
{
    RtlInitializeSplayLinks(&entry->links);
    if (where == TableInsertAsLeft)
    {
        RtlInsertAsLeftChild(parent, &entry->links);
    }
    else if (where == TableInsertAsRight)
    {
        RtlInsertAsRightChild(parent, &entry->links);
    }
    InsertTailList(&table->InsertOrderList, &entry->insert_order);
    table->NumberGenericTableElements++;
}

static void *set_new(PBOOLEAN new_element, BOOLEAN is_new, void *user_data)
{
    if (new_element != NULL)
    {
        *new_element = is_new;
    }
    return user_data;
}

/* Moves the remembered position to the wanted number, from wherever is nearest: the remembered one or an end. */
static void seek(PRTL_GENERIC_TABLE table, ULONG number)
{
    ULONG count = table->NumberGenericTableElements;
    ULONG at = table->WhichOrderedElement;

    if (number < (number > at ? number - at : at - number))
    {
        at = 0;
        table->OrderedPointer = &table->InsertOrderList;
    }
    else if (count + 1 - number < (number > at ? number - at : at - number))
    {
        at = count + 1;
        table->OrderedPointer = &table->InsertOrderList;
    }
    for (; at < number; at++)
    {
        table->OrderedPointer = table->OrderedPointer->Flink;
    }
    for (; at > number; at--)
    {
        table->OrderedPointer = table->OrderedPointer->Blink;
    }
    table->WhichOrderedElement = number;
}

/*
 * Published entry points.
 */
VOID RtlInitializeGenericTable(PRTL_GENERIC_TABLE Table, PRTL_GENERIC_COMPARE_ROUTINE CompareRoutine,
                               PRTL_GENERIC_ALLOCATE_ROUTINE AllocateRoutine, PRTL_GENERIC_FREE_ROUTINE FreeRoutine,
                               PVOID TableContext)
{
    memset(Table, 0, sizeof(*Table));
    InitializeListHead(&Table->InsertOrderList);
    Table->OrderedPointer = &Table->InsertOrderList;
    Table->CompareRoutine = CompareRoutine;
    Table->AllocateRoutine = AllocateRoutine;
    Table->FreeRoutine = FreeRoutine;
    Table->TableContext = TableContext;
}

PVOID RtlInsertElementGenericTableFull(PRTL_GENERIC_TABLE Table, PVOID Buffer, CLONG BufferSize, PBOOLEAN NewElement,
                                       PVOID NodeOrParent, TABLE_SEARCH_RESULT SearchResult)
{
    struct table_entry *entry;
    CLONG size;

    if (SearchResult == TableFoundNode)
    {
        Table->TableRoot = RtlSplay(NodeOrParent);
        return set_new(NewElement, FALSE, entry_of(NodeOrParent)->user_data);
    }
    if (__builtin_add_overflow(BufferSize, (CLONG)sizeof(struct table_entry), &size))
    {
        return set_new(NewElement, FALSE, NULL);
    }
    entry = Table->AllocateRoutine(Table, size);
    if (entry == NULL)
    {
        return set_new(NewElement, FALSE, NULL);
    }
    attach(Table, entry, NodeOrParent, SearchResult);
    memcpy(entry->user_data, Buffer, BufferSize);
    Table->TableRoot = RtlSplay(&entry->links);
    return set_new(NewElement, TRUE, entry->user_data);
}

PVOID RtlInsertElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer, CLONG BufferSize, PBOOLEAN NewElement)
{
    PRTL_SPLAY_LINKS node;
    TABLE_SEARCH_RESULT result = search(Table, Buffer, &node);

    return RtlInsertElementGenericTableFull(Table, Buffer, BufferSize, NewElement, node, result);
}

BOOLEAN RtlDeleteElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer)
{
    PRTL_SPLAY_LINKS node;

    if (search(Table, Buffer, &node) != TableFoundNode)
    {
        return FALSE;
    }
    Table->TableRoot = RtlDelete(node);
    (void)RemoveEntryList(&entry_of(node)->insert_order);
    Table->NumberGenericTableElements--;
    Table->WhichOrderedElement = 0;
    Table->OrderedPointer = &Table->InsertOrderList;
    Table->FreeRoutine(Table, entry_of(node));
    return TRUE;
}

PVOID RtlLookupElementGenericTableFull(PRTL_GENERIC_TABLE Table, PVOID Buffer, PVOID *NodeOrParent,
                                       TABLE_SEARCH_RESULT *SearchResult)
{
    PRTL_SPLAY_LINKS node;

    *SearchResult = search(Table, Buffer, &node);
    *NodeOrParent = node;
    if (*SearchResult != TableFoundNode)
    {
        return NULL;
    }
    Table->TableRoot = RtlSplay(node);
    return entry_of(node)->user_data;
}

PVOID RtlLookupElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer)
{
    PVOID node;
    TABLE_SEARCH_RESULT result;

    return RtlLookupElementGenericTableFull(Table, Buffer, &node, &result);
}

PVOID RtlEnumerateGenericTable(PRTL_GENERIC_TABLE Table, BOOLEAN Restart)
{
    PRTL_SPLAY_LINKS node = Table->TableRoot;

    if (node == NULL)
    {
        return NULL;
    }
    if (Restart)
    {
        while (node->LeftChild != NULL)
        {
            node = node->LeftChild;
        }
    }
    else
    {
        node = RtlRealSuccessor(node);
    }
    if (node == NULL)
    {
        return NULL;
    }
    Table->TableRoot = RtlSplay(node);
    return entry_of(node)->user_data;
}

PVOID RtlEnumerateGenericTableWithoutSplaying(PRTL_GENERIC_TABLE Table, PVOID *RestartKey)
{
    PRTL_SPLAY_LINKS node = *RestartKey;

    if (Table->TableRoot == NULL)
    {
        return NULL;
    }
    if (node != NULL)
    {
        node = RtlRealSuccessor(node);
    }
    else
    {
        for (node = Table->TableRoot; node->LeftChild != NULL;)
        {
            node = node->LeftChild;
        }
    }
    if (node == NULL)
    {
        return NULL;
    }
    *RestartKey = node;
    return entry_of(node)->user_data;
}

PVOID RtlGetElementGenericTable(PRTL_GENERIC_TABLE Table, ULONG I)
{
    if (I >= Table->NumberGenericTableElements)
    {
        return NULL;
    }
    seek(Table, I + 1);
    return CONTAINING_RECORD(Table->OrderedPointer, struct table_entry, insert_order)->user_data;
}

ULONG RtlNumberGenericTableElements(PRTL_GENERIC_TABLE Table)
{
    return Table->NumberGenericTableElements;
}

BOOLEAN RtlIsGenericTableEmpty(PRTL_GENERIC_TABLE Table)
{
    return Table->TableRoot == NULL;
}
