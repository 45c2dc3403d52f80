/* SPDX-License-Identifier: MIT */
/*
 * The engine's record of a thread.
 */
#include "wdf/thread.h"

static void thread_exit(void *record)
{
    platform_current()->wdf = NULL;
    platform_free(record, sizeof(struct wdf_thread));
}

struct wdf_thread *wdf_thread_make(void)
{
    struct platform_thread *thread = platform_current();
    struct wdf_thread *record = platform_zalloc_always(sizeof(*record));

    platform_require(record != NULL);
    thread->wdf = record;
    thread->wdf_exit = thread_exit;
    return record;
}
