/* SPDX-License-Identifier: MIT */
/*
 * Work for the executive's pool of workers.
 */
#include "nt/internal.h"

#include "nt/win32/native.h"

#include "nt/thread/worker.h"

_Static_assert(sizeof(WORK_QUEUE_ITEM) <= sizeof(((struct native_work *)NULL)->item), "the room is the engine's item's");

void native_work_queue(struct native_work *work, int priority, void (*routine)(void *context), void *context)
{
    WORK_QUEUE_ITEM *item = (WORK_QUEUE_ITEM *)work->item;

    ExInitializeWorkItem(item, routine, context);
    worker_queue(item, priority < 0 ? CriticalWorkQueue : DelayedWorkQueue);
}
