/* SPDX-License-Identifier: MIT */
/*
 * Requests: WDFREQUEST around an IRP.
 *
 * The first WDF driver of a stack builds its request in the packet's own block; drivers above or below that build theirs in
 * a block of its own. A request belongs to its queue, to the driver, or to a cancel callback, one at a time; who completes it
 * ends it.
 */
#ifndef WDF_REQUEST_H
#define WDF_REQUEST_H

#include <string.h>

#include "wdf/memory.h"
#include "wdf/object.h"
#include "wdf/request_send.h"

struct device;
struct file_object;
struct queue;
struct queue_frame;
struct wdf_thread;
struct verifier_callback;

enum request_owner
{
    REQUEST_OWNED_BY_FRAMEWORK,
    REQUEST_OWNED_BY_DRIVER,
    REQUEST_COMPLETED,
    /* WdfRequestCreate made it: it is in no queue, and never completed. */
    REQUEST_MADE_BY_DRIVER,
};

enum request_cancel_state
{
    REQUEST_NOT_CANCELABLE,
    REQUEST_CANCELABLE,
    REQUEST_CANCEL_CALLED,
};

enum request_memory
{
    REQUEST_MEMORY_NONE,
    REQUEST_MEMORY_BEING_MADE,
    REQUEST_MEMORY_MADE,
};

struct request
{
    struct object object;
    PIRP irp;
    struct device *device;
    struct file_object *file;
    struct queue *queue;
    /* The queue that has it in reserve, and gets it back when its packet ends; NULL for others. */
    struct queue *reserve;
    /* While its handler runs: the thread, and what that knows of it. */
    const struct platform_thread *presenter;
    struct queue_frame *frame;
    /* One word, so that the shortest ways can compare it with REQUEST_IS_PLAIN. */
    union
    {
        uint64_t condition;
        struct
        {
            union
            {
                /* The same of the first two, which no other thread changes while the driver has the request. */
                uint16_t hands;
                struct
                {
                    uint8_t owner;
                    /* By wdf_dispatch_control(): a buffered control, in its packet's block, of a driver that is not verified. */
                    bool is_short;
                };
            };
            /* In the list of those that the driver owns; guarded by the queue's lock. */
            bool listed;
            /* The driver has owned it at some time. */
            bool seen;
            /* The packet is referenced, because the request may outlive it. */
            bool keeps_packet;
            /* There is more to free than the request: a list, a format, a timer, what a send keeps. By request_need_extras(). */
            bool has_extras;
            /* The driver has given it resources before it has owned it, so that its callbacks are due. */
            bool prepared;
            /* EvtIoInCallerContext has it: the driver has, but no queue has had it yet. */
            bool in_caller_context;
        };
    };
    /* Where it goes from there, when the driver has said so; NULL for the queue that it is routed to. */
    struct queue *destination;
    /* In the list of those that wait; guarded by the queue's lock. */
    bool waiting;
    /* WdfIoQueueFindRequest has given it to the driver. */
    bool found;
    /* EvtIoStop is running for it, and is not to be overtaken by the cancel callback; guarded by the queue's lock. */
    bool stopping;
    bool cancel_deferred;
    /* The driver has acknowledged EvtIoStop, guarded by the queue's lock. */
    bool stop_acknowledged;
    uint32_t cancel_state;
    /* Of a verified driver: who was told that an unmarking came too late, and in which callback. */
    struct wdf_thread *unmarker;
    struct verifier_callback *unmarker_callback;
    /* Hears of the outcome before anybody else. May be NULL. */
    void (*decided)(struct request *request, NTSTATUS status);
    /* How far the memory objects are: enum request_memory. */
    uint8_t input_memory;
    uint8_t output_memory;
    /* Memory descriptor lists over buffers that came without; NULL until the driver asks. */
    PMDL input_list;
    PMDL output_list;
    struct request_send send;
    /* Of the rest nothing is read before it is set. In the list that waiting or listed tells. */
    LIST_ENTRY link;
    /* In the list of those whose cancel callback is due. */
    LIST_ENTRY cancel_link;
    PFN_WDF_REQUEST_CANCEL evt_cancel;
    /* Its place among the requests that the queue has given to the driver, guarded by the queue's lock. */
    uint64_t owned_number;
    /* Zeroed when they are made. */
    _Alignas(16) struct memory input;
    struct memory output;
};

/* The driver has it, and it came the shortest way; and nothing has happened to it since. */
#define REQUEST_IS_SHORT (((const struct request){.owner = REQUEST_OWNED_BY_DRIVER, .is_short = true}).hands)
#define REQUEST_IS_PLAIN \
    (((const struct request){.owner = REQUEST_OWNED_BY_DRIVER, .is_short = true, .seen = true}).condition)

/* Bytes of a request that are zeroed when it is made; those that follow are when it gets extras, or they need not be. */
#define REQUEST_CLEARED ((offsetof(struct request, send.format.input_kept) + 15) & ~(size_t)15)

/* Of requests that come with a packet. */
extern const struct object_class request_received_class __attribute__((visibility("hidden")));

/* In pieces so small that the compiler makes a store of each. The first word says what handle was here last, and stays. */
static inline void request_clear(struct request *request)
{
    memset(&request->object.references, 0, sizeof(uint64_t));
#pragma GCC unroll 64
    for (size_t offset = 2 * sizeof(uint64_t); offset < REQUEST_CLEARED; offset += 16)
    {
        memset((char *)request + offset, 0, 16);
    }
}

/* The same for what object_begin_alike() has not filled in. */
static inline void request_clear_rest(struct request *request)
{
    memset(&request->object.parent, 0, sizeof(uint64_t));
#pragma GCC unroll 64
    for (size_t offset = offsetof(struct request, object.first_child); offset < REQUEST_CLEARED; offset += 16)
    {
        memset((char *)request + offset, 0, 16);
    }
}

_Static_assert(offsetof(struct request, object.first_child) % 16 == 0, "the rest is cleared in pieces of 16 bytes");

static inline struct request *request_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct request, object);
}

/* To be called before there is more to free than the request. */
static inline void request_need_extras(struct request *request)
{
    if (!request->has_extras)
    {
#pragma GCC unroll 64
        for (size_t offset = offsetof(struct request, send.format.input_kept); offset < offsetof(struct request, link);
             offset += 16)
        {
            memset((char *)request + offset, 0, 16);
        }
        request->has_extras = true;
    }
}

_Static_assert(offsetof(struct request, send.format.input_kept) % 16 == 0 && offsetof(struct request, link) % 16 == 0,
               "extras are cleared in pieces of 16 bytes");

/* Wraps a packet that has arrived at the device. NULL when there is no memory. */
struct request *request_create(struct device *device, PIRP irp);

/* Ends a request that the driver could not prepare. Its packet goes on without it. */
void request_give_up(struct request *request);

/* Ends the request: its children and callbacks go first, then the sender sees the status. */
void request_complete(struct request *request, NTSTATUS status, ULONG_PTR information);

/*
 * The request leaves its driver as it does when it is completed, except that its packet goes to the device, from the location that
 * it is in or, if skip is false, from the next one.
 */
void request_forget(struct request *request, PDEVICE_OBJECT device, bool skip);

/* The request leaves its driver for good, and its packet goes to a queue of the device below, where a place is reserved for it. */
void request_move(struct request *request, struct queue *to);

/* The bug check for a request that is not in the driver's hands, although it acts on it. */
_Noreturn void request_refuse(PWDF_DRIVER_GLOBALS published, struct request *request, const char *function);

/* The request behind a handle, in the driver's hands; anything else is a bug check that names function, as published. */
static inline struct request *request_owned(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, const char *function)
{
    struct request *request = request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));

    if (__builtin_expect(request->owner != REQUEST_OWNED_BY_DRIVER, 0))
    {
        request_refuse(published, request, function);
    }
    return request;
}

/* The packet of a request, whoever owns it; a bug check when it has none. */
PIRP request_packet(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, const char *function);

/* Frees the memory descriptor lists that were made for the driver. */
void request_free_lists(struct request *request);

/* The transfer length of a read or write. */
ULONG request_length(const struct request *request);

static inline PIO_STACK_LOCATION request_location(const struct request *request)
{
    return request->irp->Tail.Overlay.CurrentStackLocation;
}

/* What the request asks for; all but the size is written. */
void request_get_parameters(const struct request *request, PWDF_REQUEST_PARAMETERS parameters);

/* Calls the driver's cancel callback if the request is marked cancelable. For purges. */
void request_cancel_by_framework(struct request *request);

#endif /* WDF_REQUEST_H */
