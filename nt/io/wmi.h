/* SPDX-License-Identifier: MIT */
/*
 * Management instrumentation: data blocks that drivers provide, each with a GUID and numbered instances, and events.
 *
 * A driver registers its device; which blocks there are is asked of it (IRP_MN_REGINFO_EX) whenever somebody looks. Clients are
 * the published functions, and whoever administers the machine. Functions at PASSIVE_LEVEL, without locks.
 */
#ifndef NT_IO_WMI_H
#define NT_IO_WMI_H

#include "nt/internal.h"
#include "nt/sync/gate.h"
#include "nt/thread/lane.h"

/* The part of the machine. */
struct wmi
{
    struct platform_mutex lock;
    LIST_ENTRY devices;
    uint64_t last_number;
    LIST_ENTRY listeners;
    /* Events are told in their order. */
    struct lane lane;
};

void wmi_make(struct wmi *wmi);

/* A block that a device provides. flags are WMIREG_FLAG_*; the device is only good for a comparison or for these functions. */
struct wmi_block
{
    GUID guid;
    uint32_t flags;
    uint32_t instances;
    PDEVICE_OBJECT device;
};

/* Shows all blocks of all devices, until visit returns false. STATUS_INSUFFICIENT_RESOURCES. */
typedef bool wmi_visit(const struct wmi_block *block, void *context);
RUNTIME_API NTSTATUS wmi_enumerate(wmi_visit *visit, void *context);

/* What is asked about: an instance of a block of a device. */
struct wmi_place
{
    PDEVICE_OBJECT device;
    GUID guid;
    uint32_t instance;
};

/*
 * The data of an instance. *ret_used is its size; STATUS_BUFFER_TOO_SMALL with the size that is needed. STATUS_WMI_GUID_NOT_FOUND
 * and STATUS_WMI_INSTANCE_NOT_FOUND when there is none, STATUS_NO_SUCH_DEVICE when the device is not registered.
 */
RUNTIME_API NTSTATUS wmi_query(const struct wmi_place *place, void *buffer, uint32_t size, uint32_t *ret_used);

/* Replaces the data, or one item of it. STATUS_WMI_READ_ONLY when the driver does not let. */
RUNTIME_API NTSTATUS wmi_set(const struct wmi_place *place, const void *buffer, uint32_t size);
RUNTIME_API NTSTATUS wmi_set_item(const struct wmi_place *place, uint32_t item, const void *buffer, uint32_t size);

/* Runs a method on the buffer, which has in_size bytes for the method and room bytes for its result. */
RUNTIME_API NTSTATUS wmi_execute(const struct wmi_place *place, uint32_t method, void *buffer, uint32_t in_size,
                                 uint32_t room, uint32_t *ret_used);

/* The data of all instances of the device, as a WNODE_ALL_DATA in the caller's memory. STATUS_BUFFER_TOO_SMALL as above. */
RUNTIME_API NTSTATUS wmi_query_all(const struct wmi_place *place, PWNODE_ALL_DATA node, uint32_t size, uint32_t *ret_used);

/* Switches events, or the collection of expensive data, of a block on or off. */
enum wmi_control
{
    WMI_EVENTS,
    WMI_COLLECTION,
};
RUNTIME_API NTSTATUS wmi_control(const struct wmi_place *place, enum wmi_control control, bool enable);

/* Hears of events, in their order, on a worker. The memory is the caller's, and in use until wmi_unlisten() returns. */
struct wmi_listener
{
    LIST_ENTRY link;
    struct gate gate;
    void (*hear)(const WNODE_HEADER *event, void *context);
    void *context;
};
RUNTIME_API void wmi_listen(struct wmi_listener *listener);
RUNTIME_API void wmi_unlisten(struct wmi_listener *listener);

/*
 * For drivers: a device answers from now on; it does not any more, and nobody is asking it when that returns. Registering twice
 * is STATUS_OBJECT_NAME_COLLISION.
 */
NTSTATUS wmi_register(PDEVICE_OBJECT device);
NTSTATUS wmi_deregister(PDEVICE_OBJECT device);

/* Tells an event. On success the node, which is pool memory, is the executive's. IRQL: up to DISPATCH_LEVEL. */
NTSTATUS wmi_tell(PWNODE_HEADER node);

#endif /* NT_IO_WMI_H */
