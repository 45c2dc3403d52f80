/* SPDX-License-Identifier: MIT */
/*
 * The Modules that keep data: buffers of a pool, items of a ring, and keys of a hash table, beside plain C under a mutex.
 *
 *     bench_containers CONTAINERS_DRIVER.so [OPTIONS]
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "anchor.h"
#include "containers_driver.h"
#include "measure.h"
#include "testkit/testkit.h"

static struct testkit_driver *driver;
static struct testkit_device *device;
static struct testkit_file *file;

/* Those that are in the table, and as many others. */
static struct anchor_keys present;
static struct anchor_keys absent;

static void require(int32_t status, const char *what)
{
    if (!TESTKIT_SUCCESS(status))
    {
        measure_fail(what);
    }
}

static uint64_t control(uint32_t code, uint64_t count, const struct anchor_keys *keys)
{
    struct containers_input input = {.count = count};
    uint64_t done = 0;

    if (keys != NULL)
    {
        input.keys = keys->bytes;
        input.order = keys->order;
        input.number_of_keys = keys->count;
        input.key_length = keys->length;
    }
    require(testkit_control(file, code, &input, sizeof(input), &done, sizeof(done), NULL), "the driver refuses");
    return done;
}

static void check(bool right)
{
    if (!right)
    {
        measure_fail("a Method failed");
    }
}

static void pool(uint64_t count, void *argument)
{
    (void)argument;
    check(control(CONTAINERS_POOL, count, NULL) == count);
}

static void ring_64(uint64_t count, void *argument)
{
    (void)argument;
    check(control(CONTAINERS_RING_64, count, NULL) == count);
}

static void ring_1024(uint64_t count, void *argument)
{
    (void)argument;
    check(control(CONTAINERS_RING_1024, count, NULL) == count);
}

static void read_keys(uint64_t count, void *argument)
{
    check(control(CONTAINERS_READ, count, argument) == (argument == &present ? count : 0));
}

static void find_keys(uint64_t count, void *argument)
{
    check(control(CONTAINERS_FIND, count, argument) == count);
}

static void insert_keys(uint64_t count, void *argument)
{
    uint64_t time = control(CONTAINERS_INSERT, count, argument);

    check(time != 0);
    measure_instead((double)time / present.count);
}

static void anchor_insert_keys(uint64_t count, void *argument)
{
    (void)count;
    measure_instead(anchor_hash_insert(argument));
}

/*
 * Keys.
 */

static uint64_t random_number(void)
{
    static uint64_t state = 88172645463325252ull;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void *new_memory(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL)
    {
        measure_fail("there is no memory");
    }
    return memory;
}

static void make_keys(struct anchor_keys *keys, uint32_t number, uint32_t length)
{
    uint64_t *words = new_memory((size_t)number * length);
    uint32_t *order = new_memory((size_t)number * sizeof(*order));

    for (size_t index = 0; index < (size_t)number * length / sizeof(*words); index++)
    {
        words[index] = random_number();
    }
    for (uint32_t index = 0; index < number; index++)
    {
        uint32_t other = (uint32_t)(random_number() % (index + 1));

        order[index] = order[other];
        order[other] = index;
    }
    *keys = (struct anchor_keys){(const uint8_t *)words, length, number, order};
}

static void free_keys(struct anchor_keys *keys)
{
    free((void *)(uintptr_t)keys->bytes);
    free((void *)(uintptr_t)keys->order);
}

/*
 * Devices.
 */

static void set_number(const char *variable, uint32_t number)
{
    char text[16];

    (void)snprintf(text, sizeof(text), "%u", number);
    if (setenv(variable, text, 1) != 0)
    {
        measure_fail("the environment is full");
    }
}

static void bring_up(const char *path, uint32_t keys, uint32_t length)
{
    set_number(CONTAINERS_KEYS_VARIABLE, keys);
    set_number(CONTAINERS_LENGTH_VARIABLE, length);
    require(testkit_load(path, &driver), path);
    require(testkit_start(driver, "containers", &device), "the device does not start");
    require(testkit_open(CONTAINERS_NODE, true, true, &file), "the device does not open");
}

static void take_down(void)
{
    testkit_close(file);
    require(testkit_remove(device), "the device cannot be removed");
    testkit_unload(driver);
}

static void measure_buffers(const char *path)
{
    const struct pair pairs[] = {
        {"pool", "BufferPool, get and put, 256 B", pool, "free list under a mutex", anchor_free_list, NULL, MEASURE_PINNED,
         1.0},
        {"pool_two", "the same, two threads", pool, "free list under a mutex", anchor_free_list, NULL, MEASURE_TWO_THREADS,
         1.0},
        {"ring_64", "RingBuffer, write and read, 64 B", ring_64, "ring under a mutex", anchor_ring_64, NULL, MEASURE_PINNED,
         1.0},
        {"ring_1024", "the same, 1 KiB", ring_1024, "ring under a mutex", anchor_ring_1024, NULL, MEASURE_PINNED, 1.0},
    };

    bring_up(path, 16, 16);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    take_down();
}

/* What the keys and titles of a table's pairs are made of. */
struct size
{
    uint32_t keys;
    const char *name;
};

#define WORD_SIZE 24
#define TITLE_SIZE 64

static void measure_table(const char *path, const struct size *size, uint32_t length)
{
    static const struct pair operations[] = {
        {"read", "value of a key", read_keys, "open addressing, mutex", NULL, &present, MEASURE_PINNED, 1.0},
        {"find", "callback for a key", find_keys, "open addressing, mutex", NULL, &present, MEASURE_PINNED, 1.0},
        {"miss", "no such key", read_keys, "open addressing, mutex", NULL, &absent, MEASURE_PINNED, 1.0},
        {"insert", "new key", insert_keys, "open addressing, mutex", anchor_insert_keys, &present, MEASURE_PINNED, 1.0},
    };
    struct pair pairs[sizeof(operations) / sizeof(operations[0])];
    char words[sizeof(operations) / sizeof(operations[0])][WORD_SIZE];
    char titles[sizeof(operations) / sizeof(operations[0])][TITLE_SIZE];
    bool wanted = false;

    memcpy(pairs, operations, sizeof(pairs));
    for (size_t index = 0; index < sizeof(pairs) / sizeof(pairs[0]); index++)
    {
        (void)snprintf(words[index], WORD_SIZE, "%s_%s_%u", operations[index].key, size->name, length);
        (void)snprintf(titles[index], TITLE_SIZE, "HashTable, %s keys of %u B: %s", size->name, length,
                       operations[index].title);
        pairs[index].key = words[index];
        pairs[index].title = titles[index];
        pairs[index].anchor = operations[index].anchor != NULL ? operations[index].anchor : anchor_hash_find;
        wanted = measure_wants(words[index]) || wanted;
    }
    if (!wanted)
    {
        return;
    }
    make_keys(&present, size->keys, length);
    make_keys(&absent, size->keys, length);
    bring_up(path, size->keys, length);
    anchor_hash_start(&present);
    check(control(CONTAINERS_WRITE, 1, &present) == size->keys);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    take_down();
    free_keys(&present);
    free_keys(&absent);
}

static void measure(void *argument)
{
    static const struct size sizes[] = {{1u << 10, "1Ki"}, {1u << 16, "64Ki"}, {1u << 20, "1Mi"}};
    static const uint32_t lengths[] = {16, 32};
    const char *const *path = argument;

    measure_buffers(*path);
    for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++)
    {
        for (size_t kind = 0; kind < sizeof(lengths) / sizeof(lengths[0]); kind++)
        {
            measure_table(*path, &sizes[index], lengths[kind]);
        }
    }
    measure_end();
}

int main(int count, char **words)
{
    if (count < 2)
    {
        measure_fail("usage: bench_containers CONTAINERS_DRIVER.so [--only WORD] [--count KEY NUMBER]");
    }
    measure_options(count - 2, words + 2);
    anchor_rings_start();
    measure_move(0);
    (void)testkit_run(1, 1, measure, words + 1);
    return 0;
}
