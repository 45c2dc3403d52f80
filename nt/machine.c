/* SPDX-License-Identifier: MIT */
/*
 * The one machine of the process.
 */
#include "nt/machine.h"

static struct machine the_machine;
static struct platform_once made;

static void machine_make(void *argument)
{
    (void)argument;
    pnp_initialize(&the_machine.pnp);
    power_initialize(&the_machine.power);
    interface_table_make(&the_machine.interfaces);
    wmi_make(&the_machine.wmi);
    notifications_make(&the_machine.notifications, &the_machine.pnp.listeners);
    threads_make(&the_machine.threads);
    worker_pool_make(&the_machine.workers);
    object_manager_make(&the_machine.objects);
    timers_make(&the_machine.timers);
    interrupt_controller_make(&the_machine.interrupts);
    win32_make(&the_machine.win32);
    pool_accounts_initialize(&the_machine.pool);
    page_runs_initialize(&the_machine.pages);
    debug_state_initialize(&the_machine.debug);
    registry_initialize(&the_machine.registry);
}

struct machine *machine(void)
{
    platform_once_run(&made, machine_make, NULL);
    return &the_machine;
}

struct win32 *win32(void)
{
    return &machine()->win32;
}
