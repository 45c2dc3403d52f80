/* SPDX-License-Identifier: MIT */
/*
 * Generic tables over AVL trees: the heights of the two sides of a node differ by at most one. Looking up changes nothing, so
 * that many may look up at once. Elements are numbered in their order.
 *
 * BalancedRoot is no element: the tree hangs at its right child, so that every node has a parent.
 */
#include "nt/rtl/avl_table.h"

#include <string.h>

struct avl_entry
{
    RTL_BALANCED_LINKS links;
    _Alignas(8) unsigned char user_data[];
};

_Static_assert(offsetof(struct avl_entry, user_data) == sizeof(RTL_BALANCED_LINKS),
               "an allocation routine is asked for the published header and the element");

static PRTL_BALANCED_LINKS root_of(PRTL_AVL_TABLE table)
{
    return table->BalancedRoot.RightChild;
}

void *avl_user_data(PRTL_BALANCED_LINKS node)
{
    return node == NULL ? NULL : CONTAINING_RECORD(node, struct avl_entry, links)->user_data;
}

TABLE_SEARCH_RESULT avl_search(PRTL_AVL_TABLE table, PVOID buffer, PRTL_BALANCED_LINKS *ret_node)
{
    PRTL_BALANCED_LINKS node = root_of(table);

    *ret_node = node;
    while (node != NULL)
    {
        RTL_GENERIC_COMPARE_RESULTS result = table->CompareRoutine(table, buffer, avl_user_data(node));
        PRTL_BALANCED_LINKS child = result == GenericLessThan ? node->LeftChild : node->RightChild;

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

PRTL_BALANCED_LINKS avl_first(PRTL_AVL_TABLE table)
{
    PRTL_BALANCED_LINKS node = root_of(table);

    while (node != NULL && node->LeftChild != NULL)
    {
        node = node->LeftChild;
    }
    return node;
}

PRTL_BALANCED_LINKS avl_next(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node)
{
    if (node->RightChild != NULL)
    {
        for (node = node->RightChild; node->LeftChild != NULL;)
        {
            node = node->LeftChild;
        }
        return node;
    }
    while (node->Parent->RightChild == node && node->Parent != &table->BalancedRoot)
    {
        node = node->Parent;
    }
    return node->Parent == &table->BalancedRoot ? NULL : node->Parent;
}

PRTL_BALANCED_LINKS avl_previous(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node)
{
    if (node->LeftChild != NULL)
    {
        for (node = node->LeftChild; node->RightChild != NULL;)
        {
            node = node->RightChild;
        }
        return node;
    }
    while (node->Parent->LeftChild == node)
    {
        node = node->Parent;
    }
    return node->Parent == &table->BalancedRoot ? NULL : node->Parent;
}

static void replace_child(PRTL_BALANCED_LINKS parent, PRTL_BALANCED_LINKS child, PRTL_BALANCED_LINKS by)
{
    *(parent->LeftChild == child ? &parent->LeftChild : &parent->RightChild) = by;
    if (by != NULL)
    {
        by->Parent = parent;
    }
}

/* Moves the node above its parent; balances are the caller's. */
static void rotate_up(PRTL_BALANCED_LINKS node)
{
    PRTL_BALANCED_LINKS parent = node->Parent;
    bool is_left = parent->LeftChild == node;
    PRTL_BALANCED_LINKS *inner = is_left ? &node->RightChild : &node->LeftChild;
    PRTL_BALANCED_LINKS moving = *inner;

    replace_child(parent->Parent, parent, node);
    *(is_left ? &parent->LeftChild : &parent->RightChild) = moving;
    if (moving != NULL)
    {
        moving->Parent = parent;
    }
    *inner = parent;
    parent->Parent = node;
}

/*
 * Mends a node one of whose sides is higher by two; `heavy` is that side, -1 or 1. Returns the node that stands in its place,
 * and in *ret_lower whether the whole became lower.
 */
static PRTL_BALANCED_LINKS rebalance(PRTL_BALANCED_LINKS node, CHAR heavy, bool *ret_lower)
{
    PRTL_BALANCED_LINKS child = heavy > 0 ? node->RightChild : node->LeftChild;
    PRTL_BALANCED_LINKS inner;

    *ret_lower = true;
    if (child->Balance != -heavy)
    {
        *ret_lower = child->Balance != 0;
        node->Balance = (CHAR)(*ret_lower ? 0 : heavy);
        child->Balance = (CHAR)(*ret_lower ? 0 : -heavy);
        rotate_up(child);
        return child;
    }
    inner = heavy > 0 ? child->LeftChild : child->RightChild;
    rotate_up(inner);
    rotate_up(inner);
    node->Balance = (CHAR)(inner->Balance == heavy ? -heavy : 0);
    child->Balance = (CHAR)(inner->Balance == -heavy ? heavy : 0);
    inner->Balance = 0;
    return inner;
}

/* A leaf has been added: tells its ancestors that a side has grown, until one of them has not. */
static void grown(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node)
{
    while (node->Parent != &table->BalancedRoot)
    {
        PRTL_BALANCED_LINKS parent = node->Parent;
        CHAR side = (CHAR)(parent->LeftChild == node ? -1 : 1);
        bool lower;

        if (parent->Balance == side)
        {
            (void)rebalance(parent, side, &lower);
            return;
        }
        parent->Balance = (CHAR)(parent->Balance + side);
        if (parent->Balance == 0)
        {
            return;
        }
        node = parent;
    }
    table->DepthOfTree++;
}

/* The given side of the node has become lower: mends it and its ancestors, until one has kept its height. */
static void shrunk(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node, CHAR side)
{
    while (node != &table->BalancedRoot)
    {
        PRTL_BALANCED_LINKS parent = node->Parent;
        CHAR parent_side = (CHAR)(parent->LeftChild == node ? -1 : 1);
        bool lower = node->Balance != 0;

        if (node->Balance == -side)
        {
            (void)rebalance(node, (CHAR)-side, &lower);
        }
        else
        {
            node->Balance = (CHAR)(node->Balance - side);
        }
        if (!lower)
        {
            return;
        }
        node = parent;
        side = parent_side;
    }
    table->DepthOfTree--;
}

/* Exchanges a node that has two children with the one before it, links and balance. */
static void exchange_with_previous(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node)
{
    PRTL_BALANCED_LINKS before = avl_previous(table, node);
    RTL_BALANCED_LINKS old = *before;

    replace_child(node->Parent, node, before);
    before->Balance = node->Balance;
    before->RightChild = node->RightChild;
    before->RightChild->Parent = before;
    if (old.Parent == node)
    {
        before->LeftChild = node;
        node->Parent = before;
    }
    else
    {
        before->LeftChild = node->LeftChild;
        before->LeftChild->Parent = before;
        old.Parent->RightChild = node;
        node->Parent = old.Parent;
    }
    node->LeftChild = old.LeftChild;
    node->RightChild = NULL;
    node->Balance = old.Balance;
    if (node->LeftChild != NULL)
    {
        node->LeftChild->Parent = node;
    }
}

static void unlink_node(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node)
{
    PRTL_BALANCED_LINKS child;
    CHAR side;

    if (node->LeftChild != NULL && node->RightChild != NULL)
    {
        exchange_with_previous(table, node);
    }
    child = node->LeftChild != NULL ? node->LeftChild : node->RightChild;
    side = (CHAR)(node->Parent->LeftChild == node ? -1 : 1);
    replace_child(node->Parent, node, child);
    shrunk(table, node->Parent, side);
}

static void *set_new(PBOOLEAN new_element, BOOLEAN is_new, void *user_data)
{
    if (new_element != NULL)
    {
        *new_element = is_new;
    }
    return user_data;
}

static void attach(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS node, PRTL_BALANCED_LINKS parent, TABLE_SEARCH_RESULT where)
{
    memset(node, 0, sizeof(*node));
    node->Parent = where == TableEmptyTree ? &table->BalancedRoot : parent;
    *(where == TableInsertAsLeft ? &node->Parent->LeftChild : &node->Parent->RightChild) = node;
    table->NumberGenericTableElements++;
    table->OrderedPointer = NULL;
    table->WhichOrderedElement = 0;
    grown(table, node);
}

/*
 * Published entry points.
 */
VOID RtlInitializeGenericTableAvl(PRTL_AVL_TABLE Table, PRTL_AVL_COMPARE_ROUTINE CompareRoutine,
                                  PRTL_AVL_ALLOCATE_ROUTINE AllocateRoutine, PRTL_AVL_FREE_ROUTINE FreeRoutine,
                                  PVOID TableContext)
{
    memset(Table, 0, sizeof(*Table));
    Table->BalancedRoot.Parent = &Table->BalancedRoot;
    Table->CompareRoutine = CompareRoutine;
    Table->AllocateRoutine = AllocateRoutine;
    Table->FreeRoutine = FreeRoutine;
    Table->TableContext = TableContext;
}

PVOID RtlInsertElementGenericTableFullAvl(PRTL_AVL_TABLE Table, PVOID Buffer, CLONG BufferSize, PBOOLEAN NewElement,
                                          PVOID NodeOrParent, TABLE_SEARCH_RESULT SearchResult)
{
    struct avl_entry *entry;
    CLONG size;

    if (SearchResult == TableFoundNode)
    {
        return set_new(NewElement, FALSE, avl_user_data(NodeOrParent));
    }
    if (__builtin_add_overflow(BufferSize, (CLONG)sizeof(struct avl_entry), &size))
    {
        return set_new(NewElement, FALSE, NULL);
    }
    entry = Table->AllocateRoutine(Table, size);
    if (entry == NULL)
    {
        return set_new(NewElement, FALSE, NULL);
    }
    memcpy(entry->user_data, Buffer, BufferSize);
    attach(Table, &entry->links, NodeOrParent, SearchResult);
    return set_new(NewElement, TRUE, entry->user_data);
}

PVOID RtlInsertElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer, CLONG BufferSize, PBOOLEAN NewElement)
{
    PRTL_BALANCED_LINKS node;
    TABLE_SEARCH_RESULT result = avl_search(Table, Buffer, &node);

    return RtlInsertElementGenericTableFullAvl(Table, Buffer, BufferSize, NewElement, node, result);
}

/* An enumeration that stands on the element goes back by one, so that it goes on with the one behind. */
BOOLEAN RtlDeleteElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer)
{
    PRTL_BALANCED_LINKS node;

    if (avl_search(Table, Buffer, &node) != TableFoundNode)
    {
        return FALSE;
    }
    if (Table->RestartKey == node)
    {
        Table->RestartKey = avl_previous(Table, node);
    }
    unlink_node(Table, node);
    Table->DeleteCount++;
    Table->NumberGenericTableElements--;
    Table->OrderedPointer = NULL;
    Table->WhichOrderedElement = 0;
    Table->FreeRoutine(Table, CONTAINING_RECORD(node, struct avl_entry, links));
    return TRUE;
}

PVOID RtlLookupElementGenericTableFullAvl(PRTL_AVL_TABLE Table, PVOID Buffer, PVOID *NodeOrParent,
                                          TABLE_SEARCH_RESULT *SearchResult)
{
    PRTL_BALANCED_LINKS node;

    *SearchResult = avl_search(Table, Buffer, &node);
    *NodeOrParent = node;
    return *SearchResult == TableFoundNode ? avl_user_data(node) : NULL;
}

PVOID RtlLookupElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer)
{
    PRTL_BALANCED_LINKS node;

    return avl_search(Table, Buffer, &node) == TableFoundNode ? avl_user_data(node) : NULL;
}

ULONG RtlNumberGenericTableElementsAvl(PRTL_AVL_TABLE Table)
{
    return Table->NumberGenericTableElements;
}

BOOLEAN RtlIsGenericTableEmptyAvl(PRTL_AVL_TABLE Table)
{
    return Table->NumberGenericTableElements == 0;
}
