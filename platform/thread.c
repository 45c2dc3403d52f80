/* SPDX-License-Identifier: MIT */
/* Thread records: what both backends keep about a thread, whoever created it. */
#include <string.h>

#include "platform/internal.h"

__thread struct platform_thread *platform_current_thread;

void thread_record_initialize(struct platform_thread *thread, const char *name, uint32_t flags)
{
    thread->id = thread_next_identifier();
    thread->flags = flags;
    thread->references = 1;
    if (name != NULL)
    {
        strncpy(thread->name, name, sizeof(thread->name) - 1);
    }
}

struct platform_thread *thread_record_new(const char *name, uint32_t flags)
{
    struct platform_thread *thread = platform_zalloc(sizeof(*thread));

    if (thread != NULL)
    {
        thread_record_initialize(thread, name, flags);
    }
    return thread;
}

void thread_record_exit(struct platform_thread *thread)
{
    if (thread->wdf_exit != NULL)
    {
        thread->wdf_exit(thread->wdf);
    }
    if (thread->win32_exit != NULL)
    {
        thread->win32_exit(thread->win32);
    }
    if (thread->nt_exit != NULL)
    {
        thread->nt_exit(thread->nt);
    }
    thread->memory_over = true;
    if (thread->pool_exit != NULL)
    {
        thread->pool_exit(thread->pool);
    }
    memory_thread_exit(thread);
}

void platform_thread_reference(struct platform_thread *thread)
{
    __atomic_fetch_add(&thread->references, 1, __ATOMIC_RELAXED);
}

void platform_thread_release(struct platform_thread *thread)
{
    if (__atomic_fetch_sub(&thread->references, 1, __ATOMIC_ACQ_REL) == 1)
    {
        thread_record_free(thread);
    }
}
