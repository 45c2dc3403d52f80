/* SPDX-License-Identifier: MIT */
/* Stable memory: a block stays a block of its size at its place, and its first word stays until the next owner changes it. */
#include <string.h>

#include "platform/stable_memory.h"
#include "run.h"

enum
{
    MANY = 2000,
    BLOCKS = 64,
};

static uintptr_t addresses[MANY];

static void sizes_body(void *argument)
{
    static const size_t sizes[] = {0, 1, 8, 63, 64, 65, 128, 1000, 4096, STABLE_LIMIT - 1, STABLE_LIMIT};

    (void)argument;
    for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++)
    {
        unsigned char *block = stable_alloc(sizes[index]);

        platform_require(block != NULL);
        platform_require((uintptr_t)block % STABLE_STEP == 0);
        platform_require(stable_contains((uintptr_t)block));
        platform_require(sizes[index] == 0 || stable_contains((uintptr_t)block + sizes[index] - 1));
        memset(block, 0xA5, sizes[index]);
        stable_free(block, sizes[index]);
    }
    platform_require(stable_alloc(STABLE_LIMIT + 1) == NULL);
    platform_require(stable_alloc(SIZE_MAX) == NULL);
}

static void sizes_test(void **state)
{
    (void)state;
    run_body(sizes_body);
}

static void outside_test(void **state)
{
    static int here;
    void *block = stable_alloc(64);
    void *other = platform_alloc(64);

    (void)state;
    assert_non_null(block);
    assert_false(stable_contains(0));
    assert_false(stable_contains((uintptr_t)&here));
    assert_false(stable_contains((uintptr_t)other));
    assert_false(stable_contains(UINTPTR_MAX));
    assert_false(stable_contains(stable_begin - 1));
    assert_false(stable_contains(stable_begin + stable_size));
    assert_true(stable_contains(stable_begin));
    platform_free(other, 64);
    stable_free(block, 64);
}

static void first_word_test(void **state)
{
    uint64_t *block = stable_alloc(200);

    (void)state;
    assert_non_null(block);
    *block = UINT64_C(0x123456789ABCDEF0);
    stable_free(block, 200);
    assert_true(stable_peek((uintptr_t)block) == UINT64_C(0x123456789ABCDEF0));
    /* However often the size is asked for, whoever gets that place finds what was left there. */
    for (unsigned round = 0; round < 100000; round++)
    {
        uint64_t *again = stable_alloc(200);

        assert_non_null(again);
        if (again == block)
        {
            assert_true(*again == UINT64_C(0x123456789ABCDEF0));
            stable_free(again, 200);
            return;
        }
        stable_free(again, 200);
    }
    fail_msg("the block never came again");
}

/* Places of one size are never given out as another size. */
static void places_test(void **state)
{
    (void)state;
    for (unsigned index = 0; index < MANY; index++)
    {
        void *block = stable_alloc(64);

        assert_non_null(block);
        addresses[index] = (uintptr_t)block;
    }
    for (unsigned index = 0; index < MANY; index++)
    {
        stable_free((void *)addresses[index], 64);
    }
    for (unsigned round = 0; round < 100; round++)
    {
        for (size_t size = 65; size <= 4096; size += 61)
        {
            char *block = stable_alloc(size);

            assert_non_null(block);
            for (unsigned index = 0; index < MANY; index += 37)
            {
                assert_true(addresses[index] + 64 <= (uintptr_t)block || addresses[index] >= (uintptr_t)block + size);
            }
            stable_free(block, size);
        }
    }
}

static void fresh_test(void **state)
{
    static const size_t size = 10000;

    (void)state;
    /* Nobody else uses this size here, so the first of them have never had an owner. */
    for (unsigned index = 0; index < 10; index++)
    {
        uint64_t *block = stable_alloc(size);

        assert_non_null(block);
        assert_true(*block == 0);
        addresses[index] = (uintptr_t)block;
    }
    for (unsigned index = 0; index < 10; index++)
    {
        stable_free((void *)addresses[index], size);
    }
}

static void failure_test(void **state)
{
    void *block;

    (void)state;
    platform_alloc_fail_at(2);
    block = stable_alloc(64);
    assert_non_null(block);
    assert_null(stable_alloc(64));
    assert_int_equal(platform_alloc_injected(), 1);
    platform_alloc_fail_at(0);
    stable_free(block, 64);
}

/* Each owner writes its own mark, and finds it when it gives the block back, or another thread does. */
static void *handed[BLOCKS];

static void make_and_hand_over(void *argument)
{
    uint64_t mark = (uint64_t)(uintptr_t)argument << 32;

    for (unsigned round = 0; round < ROUNDS(2000, 10); round++)
    {
        for (unsigned index = 0; index < BLOCKS; index++)
        {
            uint64_t *block = stable_alloc(192);
            uint64_t *old;

            platform_require(block != NULL);
            for (unsigned word = 0; word < 24; word++)
            {
                block[word] = mark + round;
            }
            old = platform_atomic_exchange(&handed[index], (void *)block);
            if (old != NULL)
            {
                for (unsigned word = 1; word < 24; word++)
                {
                    platform_require(old[word] == old[0]);
                }
                stable_free(old, 192);
            }
        }
    }
}

static void threads_body(void *argument)
{
    struct platform_thread *one = start("one", make_and_hand_over, (void *)1);
    struct platform_thread *two = start("two", make_and_hand_over, (void *)2);

    (void)argument;
    platform_thread_join(one);
    platform_thread_join(two);
    for (unsigned index = 0; index < BLOCKS; index++)
    {
        stable_free(handed[index], 192);
        handed[index] = NULL;
    }
}

static void threads_test(void **state)
{
    (void)state;
    run_body(threads_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh_test),      cmocka_unit_test(sizes_test),  cmocka_unit_test(outside_test),
        cmocka_unit_test(first_word_test), cmocka_unit_test(places_test), cmocka_unit_test(failure_test),
        cmocka_unit_test(threads_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
