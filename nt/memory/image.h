/* SPDX-License-Identifier: MIT */
/*
 * Images, and how often their sections are locked.
 */
#ifndef NT_IMAGE_H
#define NT_IMAGE_H

#include "nt/internal.h"

enum
{
    IMAGE_LOCKS = 64,
};

struct image_lock
{
    const void *image;
    uint32_t count;
};

/* The machine's part. An image that finds no row is not counted, and so is not found when it is unlocked too often. */
struct image_locks
{
    struct platform_spinlock lock;
    struct image_lock rows[IMAGE_LOCKS];
};

#endif /* NT_IMAGE_H */
