/* SPDX-License-Identifier: MIT */
/*
 * Images: the runtime's own functions by name, and the sections of drivers, which are never paged out. Locking one only counts,
 * so that unlocking what was not locked is found.
 */
#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/memory/image.h"

enum
{
    NAME_MOST = 128,
    /* The first parameter of MEMORY_MANAGEMENT. */
    SECTION_NOT_LOCKED = 0x1010,
    SECTION_UNKNOWN = 0x1234,
};

/* The name in plain characters; false when it has any other, or is longer than any that there is. */
static bool name_plain(const UNICODE_STRING *name, char plain[NAME_MOST])
{
    size_t length = name->Length / sizeof(WCHAR);

    if (length == 0 || length >= NAME_MOST)
    {
        return false;
    }
    for (size_t index = 0; index < length; index++)
    {
        if (name->Buffer[index] <= ' ' || name->Buffer[index] > '~')
        {
            return false;
        }
        plain[index] = (char)name->Buffer[index];
    }
    plain[length] = 0;
    return true;
}

/* Published names begin with a capital letter, or are the few that do not; our own never do. */
static bool name_is_published(const char *name)
{
    return (name[0] >= 'A' && name[0] <= 'Z') || (name[0] == 'v' && name[1] == 'D') || (name[0] == '_' && name[1] != '_');
}

/*
 * Locked sections: one count for each image.
 */
static struct image_lock *lock_find(struct image_locks *locks, const void *image)
{
    for (size_t index = 0; index < IMAGE_LOCKS; index++)
    {
        if (locks->rows[index].image == image)
        {
            return &locks->rows[index];
        }
    }
    return NULL;
}

static void section_lock(const void *image)
{
    struct image_locks *locks = &machine()->image_locks;
    struct image_lock *row;

    platform_spinlock_lock(&locks->lock);
    row = lock_find(locks, image);
    row = row != NULL ? row : lock_find(locks, NULL);
    if (row != NULL)
    {
        row->image = image;
        row->count++;
    }
    platform_spinlock_unlock(&locks->lock);
}

static bool section_unlock(const void *image)
{
    struct image_locks *locks = &machine()->image_locks;
    struct image_lock *row;
    bool locked;

    platform_spinlock_lock(&locks->lock);
    row = lock_find(locks, image);
    locked = row != NULL && row->count != 0;
    if (locked && --row->count == 0)
    {
        row->image = NULL;
    }
    platform_spinlock_unlock(&locks->lock);
    return locked;
}

static const void *section_image(const void *address)
{
    const void *image = platform_image_of(address);

    if (image == NULL)
    {
        bugcheck_explained(MEMORY_MANAGEMENT, SECTION_UNKNOWN, (ULONG_PTR)address, 1, 0, "%p lies in no image", address);
    }
    return image;
}

/*
 * Published entry points.
 */
PVOID MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)
{
    char name[NAME_MOST];

    return name_plain(SystemRoutineName, name) && name_is_published(name) ? platform_find_export(name) : NULL;
}

PVOID MmLockPagableDataSection(PVOID AddressWithinSection)
{
    const void *image = section_image(AddressWithinSection);

    section_lock(image);
    return (PVOID)(ULONG_PTR)image;
}

VOID MmLockPagableSectionByHandle(PVOID ImageSectionHandle)
{
    section_lock(section_image(ImageSectionHandle));
}

VOID MmUnlockPagableImageSection(PVOID ImageSectionHandle)
{
    if (!section_unlock(ImageSectionHandle))
    {
        bugcheck_explained(MEMORY_MANAGEMENT, SECTION_NOT_LOCKED, (ULONG_PTR)ImageSectionHandle, 0, 0,
                           "the section %p is unlocked but not locked", ImageSectionHandle);
    }
}

PVOID MmPageEntireDriver(PVOID AddressWithinSection)
{
    return (PVOID)(ULONG_PTR)platform_image_of(AddressWithinSection);
}

VOID MmResetDriverPaging(PVOID AddressWithinSection)
{
    (void)section_image(AddressWithinSection);
}
