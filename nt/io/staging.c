/* SPDX-License-Identifier: MIT */
/*
 * Watched buffers of requests.
 */
#include "nt/io/staging.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/driver_block.h"
#include "nt/machine.h"

uint32_t staging_watchers;

/* The quarantine, a ring. */
static struct
{
    struct platform_spinlock lock;
    struct staging *kept[STAGING_KEPT];
    uint32_t next;
} quarantine;

void staging_begin(PDRIVER_OBJECT driver, struct staging_watcher *watcher)
{
    driver_block_of(driver)->staging_watcher = watcher;
    (void)__atomic_add_fetch(&staging_watchers, 1, __ATOMIC_RELAXED);
    /* One word for who takes a shorter way when nobody watches anything. */
    platform_memory_watch(true);
}

/* The first driver from the top that asks. */
static struct staging_watcher *watcher_of(PDEVICE_OBJECT top)
{
    struct staging_watcher *watcher = NULL;
    PDEVICE_OBJECT device = top;

    platform_mutex_lock(&machine()->topology);
    while (device != NULL && watcher == NULL)
    {
        watcher = driver_block_of(device->DriverObject)->staging_watcher;
        device = devobj_extension(device)->lower;
    }
    platform_mutex_unlock(&machine()->topology);
    return watcher;
}

/*
 * Making and freeing.
 */

static bool take_memory(struct staging *staging)
{
    staging->buffer = platform_zalloc(staging->length);
    return staging->buffer != NULL;
}

/* The buffer ends where the last page begins, as nearly as its alignment allows, so that an access behind it faults. */
static bool take_pages(struct staging *staging)
{
    size_t inside = (staging->length + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
    char *pages;

    staging->pages_size = inside + 2 * (size_t)PAGE_SIZE;
    pages = platform_pages_alloc(staging->pages_size, PAGE_SIZE, UINTPTR_MAX);
    if (pages == NULL)
    {
        return false;
    }
    platform_pages_forbid(pages, PAGE_SIZE);
    platform_pages_forbid(pages + PAGE_SIZE + inside, PAGE_SIZE);
    staging->pages = pages;
    staging->buffer = (unsigned char *)pages + PAGE_SIZE + inside - ((staging->length + 15) & ~(size_t)15);
    return true;
}

NTSTATUS staging_create(PDEVICE_OBJECT top, size_t length, struct staging **ret_staging)
{
    struct staging_watcher *watcher = watcher_of(top);
    struct staging *staging;

    *ret_staging = NULL;
    if (watcher == NULL || length == 0)
    {
        return STATUS_SUCCESS;
    }
    staging = platform_zalloc(sizeof(*staging));
    if (staging == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    staging->watcher = watcher;
    staging->length = length;
    if (!(watcher->on_pages ? take_pages(staging) : take_memory(staging)))
    {
        platform_free(staging, sizeof(*staging));
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *ret_staging = staging;
    return STATUS_SUCCESS;
}

void staging_free(struct staging *staging)
{
    if (staging == NULL)
    {
        return;
    }
    if (staging->pages != NULL)
    {
        platform_pages_free(staging->pages, staging->pages_size);
    }
    else
    {
        platform_free(staging->buffer, staging->length);
    }
    platform_free(staging, sizeof(*staging));
}

/*
 * The quarantine.
 */

/* Not seen by the thread sanitizer: a driver that writes now is what is looked for. */
static __attribute__((no_sanitize("thread"))) size_t first_touched(const struct staging *staging)
{
    size_t place = 0;

    while (place < staging->length && staging->buffer[place] == STAGING_FILL)
    {
        place++;
    }
    return place;
}

/* Looks at one that leaves, and frees it. */
static void leave(struct staging *staging)
{
    size_t place = staging->pages == NULL ? first_touched(staging) : staging->length;
    if (place < staging->length)
    {
        staging->watcher->touched(staging->watcher, staging->buffer, staging->length, place);
    }
    staging_free(staging);
}

/* The same for one that had to go; its watcher does not end meanwhile. */
static void leave_early(struct staging *staging)
{
    struct staging_watcher *watcher = staging->watcher;

    leave(staging);
    if (platform_atomic_fetch_sub(&watcher->leaving, 1) == 1)
    {
        platform_wake_word(&watcher->leaving, UINT32_MAX);
    }
}

void staging_completed(struct staging *staging)
{
    struct staging *oldest;

    if (staging == NULL)
    {
        return;
    }
    if (staging->pages != NULL)
    {
        platform_pages_forbid(staging->pages, staging->pages_size);
    }
    else
    {
        memset(staging->buffer, STAGING_FILL, staging->length);
    }
    platform_spinlock_lock(&quarantine.lock);
    oldest = quarantine.kept[quarantine.next];
    quarantine.kept[quarantine.next] = staging;
    quarantine.next = (quarantine.next + 1) % STAGING_KEPT;
    if (oldest != NULL)
    {
        (void)platform_atomic_fetch_add(&oldest->watcher->leaving, 1);
    }
    platform_spinlock_unlock(&quarantine.lock);
    if (oldest != NULL)
    {
        leave_early(oldest);
    }
}

/* Takes one of the watcher's out; NULL when there is none from *place on. */
static struct staging *take(const struct staging_watcher *watcher, uint32_t *place)
{
    struct staging *found = NULL;

    platform_spinlock_lock(&quarantine.lock);
    while (*place < STAGING_KEPT && found == NULL)
    {
        struct staging **kept = &quarantine.kept[(*place)++];

        if (*kept != NULL && (*kept)->watcher == watcher)
        {
            found = *kept;
            *kept = NULL;
        }
    }
    platform_spinlock_unlock(&quarantine.lock);
    return found;
}

void staging_end(PDRIVER_OBJECT driver, struct staging_watcher *watcher)
{
    struct staging *staging;
    uint32_t leaving;
    uint32_t place = 0;

    driver_block_of(driver)->staging_watcher = NULL;
    (void)__atomic_sub_fetch(&staging_watchers, 1, __ATOMIC_RELAXED);
    platform_memory_watch(false);
    while ((staging = take(watcher, &place)) != NULL)
    {
        leave(staging);
    }
    while ((leaving = platform_atomic_load(&watcher->leaving)) != 0)
    {
        (void)platform_wait_word(&watcher->leaving, leaving, PLATFORM_FOREVER);
    }
}

bool staging_is_gone(const void *address)
{
    for (uint32_t place = 0; place < STAGING_KEPT; place++)
    {
        const struct staging *staging = __atomic_load_n(&quarantine.kept[place], __ATOMIC_RELAXED);

        if (staging != NULL && staging->pages != NULL &&
            (uintptr_t)address - (uintptr_t)staging->pages < staging->pages_size)
        {
            return true;
        }
    }
    return false;
}
