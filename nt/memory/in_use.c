/* SPDX-License-Identifier: MIT */
/*
 * What is in use: a list without order, in which a driver has a few.
 */
#include "nt/memory/in_use.h"

enum
{
    /* What comes when so many are in use is not known. */
    IN_USE_MOST = 4096,
};

struct in_use_entry
{
    const void *place;
    const char *what;
};

uint32_t in_use_watchers;

static struct
{
    struct platform_spinlock lock;
    in_use_function *function;
    uint32_t count;
    struct in_use_entry entries[IN_USE_MOST];
} in_use;

void in_use_watch(in_use_function *function)
{
    platform_spinlock_lock(&in_use.lock);
    __atomic_store_n(&in_use.function, function, __ATOMIC_RELAXED);
    if (__atomic_fetch_add(&in_use_watchers, 1, __ATOMIC_RELAXED) == 0)
    {
        in_use.count = 0;
    }
    platform_spinlock_unlock(&in_use.lock);
    platform_memory_watch(true);
}

void in_use_end(void)
{
    platform_memory_watch(false);
    platform_spinlock_lock(&in_use.lock);
    (void)__atomic_sub_fetch(&in_use_watchers, 1, __ATOMIC_RELAXED);
    platform_spinlock_unlock(&in_use.lock);
}

void in_use_note(const void *place, const char *what)
{
    platform_spinlock_lock(&in_use.lock);
    if (in_use.count < IN_USE_MOST)
    {
        in_use.entries[in_use.count++] = (struct in_use_entry){.place = place, .what = what};
    }
    platform_spinlock_unlock(&in_use.lock);
}

void in_use_forget(const void *place)
{
    uint32_t index = 0;

    platform_spinlock_lock(&in_use.lock);
    while (index < in_use.count && in_use.entries[index].place != place)
    {
        index++;
    }
    if (index < in_use.count)
    {
        in_use.entries[index] = in_use.entries[--in_use.count];
    }
    platform_spinlock_unlock(&in_use.lock);
}

bool in_use_find(const void *memory, size_t size, const void **ret_place, const char **ret_what)
{
    struct in_use_entry found = {0};

    platform_spinlock_lock(&in_use.lock);
    for (uint32_t index = 0; index < in_use.count && found.place == NULL; index++)
    {
        if ((uintptr_t)in_use.entries[index].place - (uintptr_t)memory < size)
        {
            found = in_use.entries[index];
        }
    }
    platform_spinlock_unlock(&in_use.lock);
    *ret_place = found.place;
    *ret_what = found.what;
    return found.place != NULL;
}

void in_use_look(const void *memory, size_t size)
{
    in_use_function *function = __atomic_load_n(&in_use.function, __ATOMIC_RELAXED);
    const void *place;
    const char *what;

    if (in_use_find(memory, size, &place, &what))
    {
        function(memory, size, place, what);
    }
}
