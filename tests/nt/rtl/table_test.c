/* SPDX-License-Identifier: MIT */
/*
 * Generic tables of both kinds, against an array of numbers; the shape of the trees is checked after every change.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <stdlib.h>
#include <string.h>

#define NUMBERS 64
#define CHANGES 1500

static unsigned random_state = 1;

static ULONG below(ULONG bound)
{
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 8) % bound;
}

static int allocations;
static bool refuse;

static RTL_GENERIC_COMPARE_RESULTS compare(ULONG first, ULONG second)
{
    return first < second ? GenericLessThan : first > second ? GenericGreaterThan : GenericEqual;
}

static RTL_GENERIC_COMPARE_RESULTS compare_splay(PRTL_GENERIC_TABLE table, PVOID first, PVOID second)
{
    return compare(*(ULONG *)first, *(ULONG *)second);
}

static RTL_GENERIC_COMPARE_RESULTS compare_avl(PRTL_AVL_TABLE table, PVOID first, PVOID second)
{
    return compare(*(ULONG *)first, *(ULONG *)second);
}

/* Compares by tens, so that several elements equal one key. */
static RTL_GENERIC_COMPARE_RESULTS compare_tens(PRTL_AVL_TABLE table, PVOID first, PVOID second)
{
    return compare(*(ULONG *)first / 10, *(ULONG *)second / 10);
}

static PVOID allocate(CLONG size)
{
    if (refuse)
    {
        return NULL;
    }
    allocations++;
    return malloc(size);
}

static PVOID allocate_splay(PRTL_GENERIC_TABLE table, CLONG size)
{
    CHECK_EQUAL(size, 40 + sizeof(ULONG));
    return allocate(size);
}

static PVOID allocate_avl(PRTL_AVL_TABLE table, CLONG size)
{
    CHECK_EQUAL(size, 32 + sizeof(ULONG));
    return allocate(size);
}

static VOID free_splay(PRTL_GENERIC_TABLE table, PVOID buffer)
{
    allocations--;
    free(buffer);
}

static VOID free_avl(PRTL_AVL_TABLE table, PVOID buffer)
{
    allocations--;
    free(buffer);
}

static void check_splay(PRTL_SPLAY_LINKS node)
{
    for (int side = 0; side < 2; side++)
    {
        PRTL_SPLAY_LINKS child = side == 0 ? node->LeftChild : node->RightChild;

        if (child != NULL)
        {
            CHECK(child->Parent == node);
            check_splay(child);
        }
    }
}

static int avl_height(PRTL_BALANCED_LINKS node, PRTL_BALANCED_LINKS parent)
{
    int left;
    int right;

    if (node == NULL)
    {
        return 0;
    }
    CHECK(node->Parent == parent);
    left = avl_height(node->LeftChild, node);
    right = avl_height(node->RightChild, node);
    CHECK_EQUAL(node->Balance, right - left);
    CHECK(right - left >= -1 && right - left <= 1);
    return 1 + (left > right ? left : right);
}

static void splay_table_agrees_with_the_model(void)
{
    RTL_GENERIC_TABLE table;
    ULONG order[NUMBERS];
    ULONG count = 0;

    RtlInitializeGenericTable(&table, compare_splay, allocate_splay, free_splay, NULL);
    for (int change = 0; change < CHANGES; change++)
    {
        ULONG number = below(NUMBERS);
        ULONG place = 0;
        BOOLEAN new_element;
        ULONG *found;
        PVOID key = NULL;
        ULONG before = 0;

        while (place < count && order[place] != number)
        {
            place++;
        }
        if (below(2) == 0)
        {
            found = RtlInsertElementGenericTable(&table, &number, sizeof(number), &new_element);
            CHECK_EQUAL(*found, number);
            CHECK_EQUAL(new_element, place == count);
            order[place] = number;
            count += place == count;
        }
        else
        {
            CHECK_EQUAL(RtlDeleteElementGenericTable(&table, &number), place < count);
            if (place < count)
            {
                memmove(&order[place], &order[place + 1], (count - place - 1) * sizeof(ULONG));
                count--;
            }
        }
        CHECK_EQUAL(RtlNumberGenericTableElements(&table), count);
        CHECK_EQUAL(RtlIsGenericTableEmpty(&table), count == 0);
        CHECK_EQUAL(allocations, count);
        if (count != 0)
        {
            CHECK(RtlIsRoot(table.TableRoot));
            check_splay(table.TableRoot);
            place = below(count);
            CHECK_EQUAL(*(ULONG *)RtlGetElementGenericTable(&table, place), order[place]);
            CHECK_EQUAL(*(ULONG *)RtlLookupElementGenericTable(&table, &order[place]), order[place]);
        }
        CHECK(RtlGetElementGenericTable(&table, count) == NULL);
        place = 0;
        while ((found = RtlEnumerateGenericTableWithoutSplaying(&table, &key)) != NULL)
        {
            CHECK(place == 0 || *found > before);
            before = *found;
            place++;
        }
        CHECK_EQUAL(place, count);
        place = 0;
        for (found = RtlEnumerateGenericTable(&table, TRUE); found != NULL; found = RtlEnumerateGenericTable(&table, FALSE))
        {
            place++;
        }
        CHECK_EQUAL(place, count);
    }
    while (count-- > 0)
    {
        CHECK(RtlDeleteElementGenericTable(&table, &order[count]));
    }
    CHECK_EQUAL(allocations, 0);
}

static void avl_table_agrees_with_the_model(void)
{
    RTL_AVL_TABLE table;
    bool has[NUMBERS] = {false};
    ULONG count = 0;

    RtlInitializeGenericTableAvl(&table, compare_avl, allocate_avl, free_avl, NULL);
    for (int change = 0; change < CHANGES; change++)
    {
        ULONG number = below(NUMBERS);
        BOOLEAN new_element;
        PVOID key = NULL;
        ULONG *found;
        ULONG place = 0;

        if (below(2) == 0)
        {
            found = RtlInsertElementGenericTableAvl(&table, &number, sizeof(number), &new_element);
            CHECK_EQUAL(*found, number);
            CHECK_EQUAL(new_element, !has[number]);
            count += !has[number];
            has[number] = true;
        }
        else
        {
            CHECK_EQUAL(RtlDeleteElementGenericTableAvl(&table, &number), has[number]);
            count -= has[number];
            has[number] = false;
        }
        CHECK_EQUAL(avl_height(table.BalancedRoot.RightChild, &table.BalancedRoot), table.DepthOfTree);
        CHECK_EQUAL(RtlNumberGenericTableElementsAvl(&table), count);
        CHECK_EQUAL(RtlIsGenericTableEmptyAvl(&table), count == 0);
        CHECK_EQUAL(allocations, count);
        for (ULONG index = 0; index < NUMBERS; index++)
        {
            found = RtlLookupElementGenericTableAvl(&table, &index);
            CHECK_EQUAL(found != NULL, has[index]);
            if (has[index])
            {
                CHECK_EQUAL(*(ULONG *)RtlEnumerateGenericTableWithoutSplayingAvl(&table, &key), index);
                CHECK_EQUAL(*(ULONG *)RtlGetElementGenericTableAvl(&table, place), index);
                place++;
            }
        }
        CHECK(RtlEnumerateGenericTableWithoutSplayingAvl(&table, &key) == NULL);
        CHECK(RtlGetElementGenericTableAvl(&table, count) == NULL);
        if (count != 0)
        {
            place = below(count);
            found = RtlGetElementGenericTableAvl(&table, place);
            CHECK(has[*found]);
        }
    }
    for (ULONG index = 0; index < NUMBERS; index++)
    {
        (void)RtlDeleteElementGenericTableAvl(&table, &index);
    }
    CHECK_EQUAL(allocations, 0);
}

static void fill_avl(PRTL_AVL_TABLE table, ULONG first, ULONG end, ULONG step)
{
    RtlInitializeGenericTableAvl(table, compare_avl, allocate_avl, free_avl, NULL);
    for (ULONG number = first; number < end; number += step)
    {
        CHECK(RtlInsertElementGenericTableAvl(table, &number, sizeof(number), NULL) != NULL);
    }
}

static void empty_avl(PRTL_AVL_TABLE table)
{
    ULONG *element;

    table->CompareRoutine = compare_avl;
    while ((element = RtlGetElementGenericTableAvl(table, 0)) != NULL)
    {
        ULONG number = *element;

        CHECK(RtlDeleteElementGenericTableAvl(table, &number));
    }
}

static void deleting_the_element_an_enumeration_stands_on_loses_none(void)
{
    RTL_AVL_TABLE table;
    ULONG expected = 0;

    fill_avl(&table, 0, 20, 1);
    for (ULONG *found = RtlEnumerateGenericTableAvl(&table, TRUE); found != NULL;
         found = RtlEnumerateGenericTableAvl(&table, FALSE))
    {
        ULONG number = *found;

        CHECK_EQUAL(number, expected);
        expected++;
        CHECK(RtlDeleteElementGenericTableAvl(&table, &number));
    }
    CHECK_EQUAL(expected, 20);
    CHECK(RtlIsGenericTableEmptyAvl(&table));
}

static NTSTATUS match_odd(PRTL_AVL_TABLE table, PVOID user_data, PVOID match_data)
{
    if (*(ULONG *)user_data >= *(ULONG *)match_data)
    {
        return STATUS_NO_MORE_MATCHES;
    }
    return *(ULONG *)user_data % 2 == 1 ? STATUS_SUCCESS : STATUS_NO_MATCH;
}

static void a_directory_enumeration_resumes_by_name(void)
{
    RTL_AVL_TABLE table;
    PVOID key = NULL;
    ULONG deletes = 0;
    ULONG end = 12;
    ULONG name = 4;
    ULONG *found;

    fill_avl(&table, 0, 20, 1);
    found = RtlEnumerateGenericTableLikeADirectory(&table, match_odd, &end, FALSE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 5);
    found = RtlEnumerateGenericTableLikeADirectory(&table, match_odd, &end, TRUE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 7);
    name = 7;
    CHECK(RtlDeleteElementGenericTableAvl(&table, &name));
    found = RtlEnumerateGenericTableLikeADirectory(&table, match_odd, &end, TRUE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 9);
    CHECK_EQUAL(deletes, table.DeleteCount);
    found = RtlEnumerateGenericTableLikeADirectory(&table, NULL, NULL, TRUE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 10);
    found = RtlEnumerateGenericTableLikeADirectory(&table, NULL, NULL, FALSE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 10);
    found = RtlEnumerateGenericTableLikeADirectory(&table, match_odd, &end, TRUE, &key, &deletes, &name);
    CHECK_EQUAL(*found, 11);
    CHECK(RtlEnumerateGenericTableLikeADirectory(&table, match_odd, &end, TRUE, &key, &deletes, &name) == NULL);
    empty_avl(&table);
    key = NULL;
    CHECK(RtlEnumerateGenericTableLikeADirectory(&table, NULL, NULL, TRUE, &key, &deletes, &name) == NULL);
}

static void the_first_of_several_matching_elements_is_found(void)
{
    RTL_AVL_TABLE table;
    PVOID key;
    ULONG number = 35;
    ULONG *found;

    fill_avl(&table, 0, 60, 3);
    table.CompareRoutine = compare_tens;
    found = RtlLookupFirstMatchingElementGenericTableAvl(&table, &number, &key);
    CHECK_EQUAL(*found, 30);
    CHECK_EQUAL(*(ULONG *)RtlEnumerateGenericTableWithoutSplayingAvl(&table, &key), 33);
    number = 70;
    CHECK(RtlLookupFirstMatchingElementGenericTableAvl(&table, &number, &key) == NULL);
    CHECK(key == NULL);
    empty_avl(&table);
}

static void a_search_result_is_good_for_an_insertion(void)
{
    RTL_AVL_TABLE avl;
    RTL_GENERIC_TABLE splay;
    PVOID node;
    TABLE_SEARCH_RESULT result;
    ULONG number = 5;
    BOOLEAN new_element;

    fill_avl(&avl, 0, 0, 1);
    RtlInitializeGenericTable(&splay, compare_splay, allocate_splay, free_splay, NULL);
    for (number = 5; number < 8; number++)
    {
        CHECK(RtlLookupElementGenericTableFullAvl(&avl, &number, &node, &result) == NULL);
        CHECK_EQUAL(result, number == 5 ? TableEmptyTree : TableInsertAsRight);
        CHECK(RtlInsertElementGenericTableFullAvl(&avl, &number, sizeof(number), &new_element, node, result) != NULL);
        CHECK(new_element);
        CHECK(RtlLookupElementGenericTableFull(&splay, &number, &node, &result) == NULL);
        CHECK(RtlInsertElementGenericTableFull(&splay, &number, sizeof(number), &new_element, node, result) != NULL);
        CHECK(new_element);
    }
    number = 6;
    CHECK(RtlLookupElementGenericTableFull(&splay, &number, &node, &result) != NULL);
    CHECK_EQUAL(result, TableFoundNode);
    CHECK(RtlInsertElementGenericTableFull(&splay, &number, sizeof(number), &new_element, node, result) != NULL);
    CHECK(!new_element);
    for (number = 5; number < 8; number++)
    {
        CHECK(RtlDeleteElementGenericTable(&splay, &number));
    }
    empty_avl(&avl);
}

static void an_insertion_without_memory_changes_nothing(void)
{
    RTL_AVL_TABLE avl;
    RTL_GENERIC_TABLE splay;
    BOOLEAN new_element = TRUE;
    ULONG number = 3;

    RtlInitializeGenericTableAvl(&avl, compare_avl, allocate_avl, free_avl, NULL);
    RtlInitializeGenericTable(&splay, compare_splay, allocate_splay, free_splay, NULL);
    refuse = true;
    CHECK(RtlInsertElementGenericTableAvl(&avl, &number, sizeof(number), &new_element) == NULL);
    CHECK(!new_element);
    CHECK(RtlInsertElementGenericTable(&splay, &number, sizeof(number), &new_element) == NULL);
    CHECK(RtlInsertElementGenericTable(&splay, &number, MAXULONG, &new_element) == NULL);
    CHECK(RtlInsertElementGenericTableAvl(&avl, &number, MAXULONG, &new_element) == NULL);
    CHECK(RtlIsGenericTableEmpty(&splay) && RtlIsGenericTableEmptyAvl(&avl));
    refuse = false;
}

static void splay_links_walk_in_order(void)
{
    RTL_SPLAY_LINKS nodes[7];
    PRTL_SPLAY_LINKS root = &nodes[3];

    for (int index = 0; index < 7; index++)
    {
        RtlInitializeSplayLinks(&nodes[index]);
    }
    RtlInsertAsLeftChild(&nodes[3], &nodes[1]);
    RtlInsertAsRightChild(&nodes[3], &nodes[5]);
    RtlInsertAsLeftChild(&nodes[1], &nodes[0]);
    RtlInsertAsRightChild(&nodes[1], &nodes[2]);
    RtlInsertAsLeftChild(&nodes[5], &nodes[4]);
    RtlInsertAsRightChild(&nodes[5], &nodes[6]);
    CHECK(RtlSubtreeSuccessor(&nodes[3]) == &nodes[4] && RtlSubtreePredecessor(&nodes[3]) == &nodes[2]);
    CHECK(RtlSubtreeSuccessor(&nodes[2]) == NULL && RtlSubtreePredecessor(&nodes[2]) == NULL);
    root = RtlSplay(&nodes[0]);
    for (int index = 0; index < 7; index++)
    {
        CHECK(RtlRealSuccessor(&nodes[index]) == (index == 6 ? NULL : &nodes[index + 1]));
        CHECK(RtlRealPredecessor(&nodes[index]) == (index == 0 ? NULL : &nodes[index - 1]));
    }
    RtlDeleteNoSplay(&nodes[3], &root);
    CHECK(root == &nodes[0]);
    RtlDeleteNoSplay(&nodes[0], &root);
    CHECK(RtlRealSuccessor(&nodes[2]) == &nodes[4]);
    for (int index = 1; index < 7; index++)
    {
        if (index != 3)
        {
            root = RtlDelete(&nodes[index]);
        }
    }
    CHECK(root == NULL);
}

const struct nt_case nt_cases[] = {
    CASE(splay_table_agrees_with_the_model),
    CASE(avl_table_agrees_with_the_model),
    CASE(deleting_the_element_an_enumeration_stands_on_loses_none),
    CASE(a_directory_enumeration_resumes_by_name),
    CASE(the_first_of_several_matching_elements_is_found),
    CASE(a_search_result_is_good_for_an_insertion),
    CASE(an_insertion_without_memory_changes_nothing),
    CASE(splay_links_walk_in_order),
    CASES_END,
};
