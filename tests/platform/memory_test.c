/* SPDX-License-Identifier: MIT */
/* Memory and its failure injection, random numbers, and the clocks. */
#include <string.h>

#include "run.h"

static bool allocate_one(void)
{
    void *block = platform_alloc(100);

    platform_free(block, 100);
    return block != NULL;
}

static void fail_at_test(void **state)
{
    uint64_t n;

    (void)state;
    for (n = 1; n <= 5; n++)
    {
        uint64_t index;

        platform_alloc_fail_at(n);
        for (index = 1; index <= 8; index++)
        {
            assert_int_equal(allocate_one(), index != n);
        }
        assert_int_equal(platform_alloc_injected(), 1);
    }
    platform_alloc_fail_at(3);
    assert_true(allocate_one());
    assert_int_equal(platform_alloc_injected(), 0);
    platform_alloc_fail_at(0);
    assert_true(allocate_one() && allocate_one() && allocate_one());
}

static void fail_from_test(void **state)
{
    int index;

    (void)state;
    platform_alloc_fail_from(3);
    assert_true(allocate_one());
    assert_true(allocate_one());
    for (index = 0; index < 4; index++)
    {
        assert_false(allocate_one());
    }
    assert_null(platform_zalloc(1));
    assert_null(platform_alloc_aligned(1, 64));
    assert_int_equal(platform_alloc_injected(), 6);
    platform_alloc_fail_from(0);
    assert_true(allocate_one());
}

/* ---------------------------------------------------------------------------------------------------------------------- */

enum
{
    PASSED = 512,
};

struct passing
{
    unsigned char *blocks[PASSED];
    struct platform_event full;
    struct platform_event empty;
};

static size_t passed_size(int index)
{
    return (size_t)(index * 37 % 1200) + 1;
}

static void passing_free(void *argument)
{
    struct passing *passing = argument;
    int round;
    int index;

    for (round = 0; round < ROUNDS(50, 2); round++)
    {
        platform_event_wait(&passing->full, PLATFORM_FOREVER);
        for (index = 0; index < PASSED; index++)
        {
            size_t size = passed_size(index);

            platform_require(passing->blocks[index][0] == (unsigned char)index);
            platform_require(passing->blocks[index][size - 1] == (unsigned char)index);
            memset(passing->blocks[index], 0xdd, size);
            platform_free(passing->blocks[index], size);
        }
        platform_event_set(&passing->empty);
    }
}

static void passing_allocate(void *argument)
{
    struct passing *passing = argument;
    int round;
    int index;

    for (round = 0; round < ROUNDS(50, 2); round++)
    {
        for (index = 0; index < PASSED; index++)
        {
            size_t size = passed_size(index);

            passing->blocks[index] = index % 2 == 0 ? platform_alloc(size) : platform_zalloc(size);
            platform_require(passing->blocks[index] != NULL);
            platform_require(index % 2 == 0 || (passing->blocks[index][0] == 0 && passing->blocks[index][size - 1] == 0));
            memset(passing->blocks[index], index, size);
        }
        platform_event_set(&passing->full);
        platform_event_wait(&passing->empty, PLATFORM_FOREVER);
    }
}

/* Blocks are allocated on one thread and freed on another, which ends: the pattern of every completed request. */
static void passing_body(void *argument)
{
    static struct passing passing;

    (void)argument;
    memset(&passing, 0, sizeof(passing));
    run_two(passing_allocate, passing_free, &passing);
    run_two(passing_allocate, passing_free, &passing);
}

static void passing_test(void **state)
{
    (void)state;
    run_body(passing_body);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static void nothing(void *argument)
{
    (void)argument;
}

/* The loop that every test of failing allocations uses: fail one after the other, until none is left to fail. */
static void fail_each_body(void *argument)
{
    uint64_t n = 0;

    (void)argument;
    do
    {
        struct platform_thread *thread;
        int error;

        platform_alloc_fail_at(++n);
        error = platform_thread_create(&thread, "maybe", 0, 0, nothing, NULL);
        if (error == 0)
        {
            platform_thread_join(thread);
        }
        platform_require(error == (platform_alloc_injected() != 0 ? ENOMEM : 0));
    } while (platform_alloc_injected() != 0);
    platform_alloc_fail_at(0);
    platform_require(n == 2);
}

static void fail_each_test(void **state)
{
    (void)state;
    run_body(fail_each_body);
}

static void blocks_test(void **state)
{
    static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 1024, 4095, 4096, 1000000};
    volatile size_t too_large = SIZE_MAX - 10;
    size_t index;

    (void)state;
    for (index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++)
    {
        size_t size = sizes[index];
        size_t offset;
        unsigned char *block = platform_alloc(size);
        unsigned char *zeroed = platform_zalloc(size);
        unsigned char *aligned = platform_alloc_aligned(size, 4096);

        assert_true(block != NULL && zeroed != NULL && aligned != NULL);
        assert_int_equal((uintptr_t)block % 16, 0);
        assert_int_equal((uintptr_t)zeroed % 16, 0);
        assert_int_equal((uintptr_t)aligned % 4096, 0);
        memset(block, 0xa5, size);
        memset(aligned, 0xa5, size);
        for (offset = 0; offset < size; offset++)
        {
            assert_int_equal(zeroed[offset], 0);
        }
        platform_free(block, size);
        platform_free(zeroed, size);
        platform_free_aligned(aligned, size);
    }
    platform_free(NULL, 0);
    platform_free_aligned(NULL, 0);
    assert_null(platform_alloc_aligned(too_large, 4096));
}

static void random_body(void *argument)
{
    uint32_t seen[6] = {0};
    uint64_t first = platform_random64();
    int index;

    (void)argument;
    platform_require(platform_random64() != first);
    for (index = 0; index < 600; index++)
    {
        seen[platform_random_below(6)]++;
    }
    for (index = 0; index < 6; index++)
    {
        /* One hundred are expected; missing by sixty is six standard deviations. */
        platform_require(seen[index] > 40 && seen[index] < 160);
    }
    platform_require(platform_random_below(1) == 0);
}

static void random_test(void **state)
{
    (void)state;
    run_body(random_body);
}

static void clock_body(void *argument)
{
    int64_t last = platform_now();
    int64_t wall = platform_wall_time_100ns();
    int index;

    (void)argument;
    for (index = 0; index < 1000; index++)
    {
        int64_t now = platform_now();

        platform_require(now >= last);
        last = now;
    }
    platform_require(platform_now_100ns() >= last / 100);
    /* After 2020 and before 2200, in units of 100 nanoseconds since 1601. */
    platform_require(wall > INT64_C(132223104000000000) && wall < INT64_C(189026784000000000));
}

static void clock_test(void **state)
{
    (void)state;
    run_body(clock_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail_at_test), cmocka_unit_test(fail_from_test), cmocka_unit_test(fail_each_test),
        cmocka_unit_test(blocks_test),  cmocka_unit_test(passing_test),   cmocka_unit_test(random_test),
        cmocka_unit_test(clock_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
