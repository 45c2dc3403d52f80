/* SPDX-License-Identifier: MIT */
/*
 * The sending half of a request: what it was formatted for, and where it is once it has been sent.
 *
 * A request in flight is held by several at once: the drivers below, who sends it, its timer, and whoever is cancelling it. Each
 * holds a part of one word; who lets go of the last part finishes the request, so nobody ever touches a packet that has been
 * given away. The target counts a request until its completion routine has returned.
 */
#ifndef WDF_REQUEST_SEND_H
#define WDF_REQUEST_SEND_H

#include "wdf/object.h"

struct io_target;
struct memory;
struct request;
struct request_timer;

/* Parts of the flight word. */
enum flight
{
    /* The packet is with the drivers below, or waits in a target that is stopped. */
    FLIGHT_PACKET = 0x01,
    /* Who sends it has not finished arming its timer and handing it over. */
    FLIGHT_SENDER = 0x02,
    /* Its timer is armed. */
    FLIGHT_TIMER = 0x04,
    /* Somebody asked for its cancellation since it was reused; holds nothing. */
    FLIGHT_CANCELLED = 0x08,
    /* Each of those who are cancelling it. */
    FLIGHT_CANCELLER = 0x10,
};

/* In which of a target's lists a request is, and by which of its counters it is counted. */
enum target_list
{
    TARGET_SENT,
    /* Sent with WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE, which a stop does not wait for. */
    TARGET_SENT_IGNORING,
    /* Waits in a stopped target. */
    TARGET_PENDED,
    TARGET_LISTS,
};

/* What a request was formatted with. */
struct request_format
{
    bool formatted;
    /* There is something to release. */
    bool held;
    /* Refers to memory or parameters of the driver's, so that it cannot be forgotten. */
    bool has_context;
    /* The output is to be copied out of the staging buffer. */
    bool copies_back;
    /* The fields below were put aside, because the packet is somebody else's. */
    bool saved;
    KPROCESSOR_MODE saved_mode;
    WDF_REQUEST_TYPE type;
    ULONG code;
    /* Says how the request ended in its parameters, for what is more than a transfer. May be NULL. */
    void (*completed)(struct request *request, WDF_REQUEST_COMPLETION_PARAMS *params);
    /* From here on nothing is set before the request has extras. What keeps the memory objects, and where the buffers begin. */
    struct object *input_kept;
    struct object *output_kept;
    struct memory *input;
    struct memory *output;
    size_t input_offset;
    size_t output_offset;
    void *output_address;
    size_t output_length;
    void *saved_system_buffer;
    void *saved_user_buffer;
    PMDL saved_mdl;
    /* Belongs to completed; freed with the format by release. */
    void *context;
    void (*release)(void *context);
};

struct request_send
{
    uint32_t flight;
    uint8_t list;
    bool timed_out;
    bool forget;
    /* Something has set its status since it was made. */
    bool has_status;
    /* The packet is the request's to free, and was made by it, so that a larger one can take its place. */
    bool owns_packet;
    bool made_packet;
    /* The last walk over the target's list that met the request, guarded by the target's lock. */
    uint32_t visited;
    /* The packet in whose block a request that a driver made lives; NULL where it has memory of its own. */
    PIRP home;
    struct io_target *target;
    PFN_WDF_REQUEST_COMPLETION_ROUTINE routine;
    WDFCONTEXT context;
    struct platform_event *synchronous;
    struct request_timer *timer;
    /* The status while there is no packet. */
    NTSTATUS status;
    struct request_format format;
    /* The same is true of these. In a list of the target. */
    LIST_ENTRY link;
    /* Kept from one use to the next: the buffer that both directions of a buffered request share, and a descriptor. */
    void *staging;
    size_t staging_size;
    PMDL mdl;
    size_t mdl_pages;
    WDF_REQUEST_COMPLETION_PARAMS params;
};

/* Options of a send whose structure has been checked. */
struct send_options
{
    ULONG flags;
    LONGLONG timeout;
};

/* Checks options, NULL for none, as the functions that return a status do. */
NTSTATUS request_check_options(PWDF_REQUEST_SEND_OPTIONS options, bool user_flavour, struct send_options *ret_options);

/* WdfRequestSend. Returns whether it was sent; if not the request's status says why. */
bool request_send(struct request *request, struct io_target *target, const struct send_options *options);

/* Makes a request of the framework's own, which is not in flight, ready for its next format, whether or not it was cancelled. */
void request_reuse_flight(struct request *request);

/* Sends and waits, without calling a completion routine. The status is the final one. IRQL: PASSIVE_LEVEL. */
NTSTATUS request_send_and_wait(struct request *request, struct io_target *target, const struct send_options *options);

/* Whether the packet has the locations that the target's stack needs. */
bool request_fits(const struct request *request, const struct io_target *target, bool forget);

/* Hands the packet of an admitted request to the device of its target. The request may be gone when this returns. */
void request_send_down(struct request *request);
void request_send_pended(struct request *request);

/* A packet that has a place in a target's list came back, or never went down. Finishes the request unless somebody holds it. */
void request_packet_done(struct request *request);

/* Begins to cancel: false when the request is not in flight. Each true needs one request_end_cancel(). */
bool request_begin_cancel(struct request *request);
void request_end_cancel(struct request *request);

/* Cancels a request whose cancellation has begun, and ends that. Returns whether a cancel routine was reached. */
bool request_cancel_held(struct request *request);

static inline bool request_is_in_flight(const struct request_send *send)
{
    return (platform_atomic_load(&send->flight) & ~(uint32_t)FLIGHT_CANCELLED) != 0;
}

/*
 * Formats.
 */

/* A part of a memory object, of a buffer, or of what a descriptor list describes. */
struct transfer
{
    void *address;
    size_t length;
    /* A list that describes exactly this, or NULL. */
    PMDL mdl;
    struct memory *memory;
    size_t offset;
};

/* STATUS_INTEGER_OVERFLOW for what is not in the memory. */
NTSTATUS transfer_of_part(WDFMEMORY memory, const WDFMEMORY_OFFSET *offsets, const char *function,
                          struct transfer *ret_transfer);

/* The same; a handle that is NULL is an empty transfer. */
static inline NTSTATUS transfer_of_memory(WDFMEMORY memory, const WDFMEMORY_OFFSET *offsets, const char *function,
                                          struct transfer *ret_transfer)
{
    if (memory == NULL)
    {
        *ret_transfer = (struct transfer){0};
        return STATUS_SUCCESS;
    }
    return transfer_of_part(memory, offsets, function, ret_transfer);
}

/* STATUS_INVALID_PARAMETER for a descriptor that names nothing. A descriptor that is NULL is an empty transfer. */
NTSTATUS transfer_of_descriptor(const WDF_MEMORY_DESCRIPTOR *descriptor, bool user_flavour, const char *function,
                                struct transfer *ret_transfer);

/* References what keeps the memory valid, and returns it. NULL for no memory. */
struct object *transfer_keep(struct memory *memory);

/* Gives back what the format holds, and puts the packet into the state it was in before. The request is not in flight. */
void request_release_format(struct request *request);

/* Frees what a request keeps from one send to the next. */
void request_end_send(struct request *request);

/* What a completed send leaves: copies the output, restores the packet, fills the parameters. */
void request_finish_format(struct request *request, NTSTATUS status);

/*
 * Makes the request ready for a format of this type for the target: releases the last one, makes sure that there is a packet
 * with room for the target's stack. STATUS_REQUEST_NOT_ACCEPTED, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_DEVICE_STATE.
 * The next location is empty but for the major function and the file object.
 */
NTSTATUS request_begin_format(struct request *request, struct io_target *target, WDF_REQUEST_TYPE type, UCHAR major,
                              PIO_STACK_LOCATION *ret_location);

/* Formats; every failure is the request's status too. */
NTSTATUS request_format_transfer(struct request *request, struct io_target *target, UCHAR major,
                                 const struct transfer *transfer, const LONGLONG *offset);
NTSTATUS request_format_control(struct request *request, struct io_target *target, UCHAR major, ULONG code,
                                const struct transfer *input, const struct transfer *output);

/*
 * Requests that a driver makes.
 */

/*
 * Makes one, with a packet for the target if that is known; NULL when there is no memory. The caller publishes it below the parent,
 * which is NULL for one of the framework's own.
 */
struct request *request_make(struct driver_globals *globals, PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent,
                             struct io_target *target);

/* Makes sure that the packet has room for the target's stack. */
NTSTATUS request_fit_packet(struct request *request, const struct io_target *target);

/* Sets what WdfRequestGetStatus returns. */
void request_set_status(struct request *request, NTSTATUS status);

/* Arms the request's timer, which there is, and takes it back. Disarming fails when it has gone off, which the timer tells. */
void request_timer_went_off(struct request *request);
void request_timer_arm(struct request *request, LONGLONG timeout);
bool request_timer_disarm(struct request *request);
NTSTATUS request_timer_make(struct request *request);
void request_timer_free(struct request *request);

#endif /* WDF_REQUEST_SEND_H */
