/* SPDX-License-Identifier: MIT */
/*
 * Self-managed I/O, as a table: every state has a row for every event.
 */
#include "wdf/self_managed_io.h"

#include "wdf/device.h"
#include "wdf/device_callback.h"

enum due
{
    DUE_NOTHING,
    DUE_INIT,
    DUE_RESTART,
    DUE_SUSPEND,
    DUE_FLUSH,
    DUE_CLEANUP,
};

static const char *const names[] = {
    [DUE_INIT] = "EvtDeviceSelfManagedIoInit",       [DUE_RESTART] = "EvtDeviceSelfManagedIoRestart",
    [DUE_SUSPEND] = "EvtDeviceSelfManagedIoSuspend", [DUE_FLUSH] = "EvtDeviceSelfManagedIoFlush",
    [DUE_CLEANUP] = "EvtDeviceSelfManagedIoCleanup",
};

#define NEW SELF_MANAGED_IO_NEW
#define INIT_FAILED SELF_MANAGED_IO_INIT_FAILED
#define RUNNING SELF_MANAGED_IO_RUNNING
#define SUSPENDED SELF_MANAGED_IO_SUSPENDED
#define FAILED SELF_MANAGED_IO_FAILED
#define FLUSHED SELF_MANAGED_IO_FLUSHED
#define OVER SELF_MANAGED_IO_OVER

static const struct row
{
    uint8_t due;
    uint8_t success;
    uint8_t failure;
} rows[SELF_MANAGED_IO_STATE_COUNT][SELF_MANAGED_IO_EVENT_COUNT] = {
    /* Start, suspend, flush, cleanup. */
    [NEW] = {{DUE_INIT, RUNNING, INIT_FAILED}, {DUE_NOTHING, NEW, NEW}, {DUE_NOTHING, NEW, NEW}, {DUE_NOTHING, OVER, OVER}},
    [INIT_FAILED] = {{DUE_NOTHING, INIT_FAILED, INIT_FAILED},
                     {DUE_NOTHING, INIT_FAILED, INIT_FAILED},
                     {DUE_FLUSH, FLUSHED, FLUSHED},
                     {DUE_CLEANUP, OVER, OVER}},
    [RUNNING] = {{DUE_NOTHING, RUNNING, RUNNING},
                 {DUE_SUSPEND, SUSPENDED, FAILED},
                 {DUE_FLUSH, FLUSHED, FLUSHED},
                 {DUE_CLEANUP, OVER, OVER}},
    [SUSPENDED] = {{DUE_RESTART, RUNNING, FAILED},
                   {DUE_NOTHING, SUSPENDED, SUSPENDED},
                   {DUE_FLUSH, FLUSHED, FLUSHED},
                   {DUE_CLEANUP, OVER, OVER}},
    [FAILED] = {{DUE_NOTHING, FAILED, FAILED},
                {DUE_NOTHING, FAILED, FAILED},
                {DUE_FLUSH, FLUSHED, FLUSHED},
                {DUE_CLEANUP, OVER, OVER}},
    [FLUSHED] = {{DUE_RESTART, RUNNING, FAILED},
                 {DUE_NOTHING, FLUSHED, FLUSHED},
                 {DUE_NOTHING, FLUSHED, FLUSHED},
                 {DUE_CLEANUP, OVER, OVER}},
    [OVER] = {{DUE_NOTHING, OVER, OVER}, {DUE_NOTHING, OVER, OVER}, {DUE_NOTHING, OVER, OVER}, {DUE_NOTHING, OVER, OVER}},
};

static NTSTATUS call(struct device *device, enum due due)
{
    const WDF_PNPPOWER_EVENT_CALLBACKS *callbacks = &device->pnp_power;

    switch (due)
    {
        case DUE_INIT:
            return device_call(device, callbacks->EvtDeviceSelfManagedIoInit, names[due]);
        case DUE_RESTART:
            return device_call(device, callbacks->EvtDeviceSelfManagedIoRestart, names[due]);
        case DUE_SUSPEND:
            return device_call(device, callbacks->EvtDeviceSelfManagedIoSuspend, names[due]);
        case DUE_FLUSH:
            device_tell(device, callbacks->EvtDeviceSelfManagedIoFlush, names[due]);
            return STATUS_SUCCESS;
        case DUE_CLEANUP:
            device_tell(device, callbacks->EvtDeviceSelfManagedIoCleanup, names[due]);
            return STATUS_SUCCESS;
        default:
            return STATUS_SUCCESS;
    }
}

NTSTATUS self_managed_io(struct device *device, enum self_managed_io_event event)
{
    const struct row *row = &rows[device->self_managed_io][event];
    NTSTATUS status = call(device, row->due);

    device->self_managed_io = NT_SUCCESS(status) ? row->success : row->failure;
    return status;
}

const char *self_managed_io_due(enum self_managed_io_state state, enum self_managed_io_event event,
                                enum self_managed_io_state *ret_success, enum self_managed_io_state *ret_failure)
{
    const struct row *row = &rows[state][event];

    *ret_success = row->success;
    *ret_failure = row->failure;
    return names[row->due];
}
