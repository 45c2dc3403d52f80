/* SPDX-License-Identifier: MIT */
/*
 * The one machine of the process: everything that would otherwise be a global variable of the executive.
 */
#ifndef NT_MACHINE_H
#define NT_MACHINE_H

#include "nt/debug/state.h"
#include "nt/debug/recorder.h"
#include "nt/internal.h"
#include "nt/io/host/host.h"
#include "nt/io/interrupt.h"
#include "nt/io/irp_check.h"
#include "nt/io/wmi.h"
#include "nt/memory/image.h"
#include "nt/memory/pages.h"
#include "nt/memory/pool.h"
#include "nt/object/manager.h"
#include "nt/pnp/interface.h"
#include "nt/pnp/node.h"
#include "nt/pnp/notification.h"
#include "nt/sync/lock_report.h"
#include "nt/thread/thread.h"
#include "nt/thread/worker.h"
#include "nt/time/dpc.h"
#include "nt/time/timer.h"
#include "nt/registry/registry.h"
#include "nt/win32/state.h"

struct machine
{
    struct pool_accounts pool;
    struct page_runs pages;
    struct image_locks image_locks;
    struct debug_state debug;
    struct recorder recorder;

    /* Guards which device is attached to which, and which devices a driver has. */
    struct platform_mutex topology;

    /* Numbers the devices that name themselves. */
    uint32_t next_device_name;

    struct object_manager objects;
    struct threads threads;
    struct worker_pool workers;

    struct pnp pnp;
    struct power power;
    struct interface_table interfaces;
    struct notifications notifications;

    struct platform_spinlock cancel_lock;

    struct registry registry;

    struct win32 win32;
    struct irp_graveyard graveyard;
    /* Held by who locks several dispatcher objects at once. */
    struct platform_spinlock wait_all;
    /* Guards all KQUEUEs, and which threads work on them. */
    struct platform_spinlock queues;

    struct lock_histories locks;
    struct dpc_service dpcs;
    struct timers timers;

    /* What ExSetTimerResolution() was asked for, and how often; zero is Windows' tick. Guarded by the lock of dpcs. */
    ULONG timer_resolution;
    uint32_t timer_resolution_requests;
    struct host_file_system host;
    struct interrupt_controller interrupts;
    struct wmi wmi;
};

/* The machine, made on first use. */
struct machine *machine(void);

#endif /* NT_MACHINE_H */
