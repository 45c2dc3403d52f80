/* SPDX-License-Identifier: MIT */
/*
 * I/O targets: the device below, or another one, as something to send requests to.
 *
 * A target's lock guards its state, its lists and its counters. No completion routine, no cancellation and no driver below runs
 * under it.
 */
#ifndef WDF_IO_TARGET_H
#define WDF_IO_TARGET_H

#include "wdf/io_target_states.h"
#include "wdf/request_send.h"

struct device;
struct usb_reader;

struct target_queue
{
    LIST_ENTRY requests;
    /* Those in the list, and those whose completion routine runs. */
    uint32_t count;
    uint32_t walks;
};

struct io_target
{
    struct object object;
    struct device *owner;
    /* Where requests go, and what their file is; NULL while nothing is open. Stable while requests are counted. */
    PDEVICE_OBJECT device;
    PFILE_OBJECT file;
    /* What the device was like then, for those who format a request while somebody closes the target. */
    uint32_t device_flags;
    uint32_t stack_size;

    /* Reads from a USB pipe while the target is started. NULL for most. */
    struct usb_reader *reader;

    struct platform_spinlock lock;
    uint8_t state;
    /* The removal of the device behind it has closed it. */
    bool closed_by_removal;
    /* Somebody is sending what waited; others wait behind that. */
    bool releasing;
    /* What is open is being closed, so it is no longer to be sent to, whatever the state has become meanwhile. */
    bool closing;
    struct target_queue queues[TARGET_LISTS];
    /* Stops and purges that wait. */
    uint32_t waiters;
    uint32_t stopping;
    uint32_t changes;
};

static inline struct io_target *io_target_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct io_target, object);
}

/* What all kinds of targets share: fills in a zeroed object that has just been made. */
void io_target_make(struct io_target *target, struct device *owner, WDF_IO_TARGET_STATE state);

/* The target below a device that has one below; the device keeps it. */
NTSTATUS io_target_create_local(struct device *device);

/* The target behind a handle of any kind of target; the second for handles that are none of the usual kind. */
struct io_target *io_target_from_other_handle(WDFIOTARGET handle, const char *function);

static inline struct io_target *io_target_from_handle(WDFIOTARGET handle, const char *function)
{
    struct object *object = wdfobj_lookup(handle);

    if (__builtin_expect(object == NULL || object->type != OBJECT_IO_TARGET, 0))
    {
        return io_target_from_other_handle(handle, function);
    }
    return io_target_of(object);
}

/* Locations in a packet that is made for a target with nothing open: enough for most stacks. */
#define TARGET_USUAL_STACK 8

/* Locations that a packet for this target needs; one while nothing is open. */
static inline CCHAR io_target_stack_size(const struct io_target *target)
{
    return (CCHAR)platform_atomic_load_relaxed(&target->stack_size);
}

/* The target is for this device from now on; NULL for none. */
void io_target_set_device(struct io_target *target, PDEVICE_OBJECT device);

/*
 * Keeps what is open open for somebody who uses it in another way than by sending a request, until io_target_uncount() of
 * TARGET_SENT_IGNORING. NULL when nothing is.
 */
PDEVICE_OBJECT io_target_hold_device(struct io_target *target);

/* Carries out an event that is not about a request. Waits, where the action of a stop or purge says so, at PASSIVE_LEVEL. */
NTSTATUS io_target_start(struct io_target *target);
void io_target_stop(struct io_target *target, WDF_IO_TARGET_SENT_IO_ACTION action);
void io_target_purge(struct io_target *target, WDF_IO_TARGET_PURGE_IO_ACTION action);

/*
 * Ends all I/O, waits, and leaves the target in the state that the event leads to. Returns false when the event means nothing, or
 * is refused; then nothing has happened. IRQL: PASSIVE_LEVEL.
 */
bool io_target_disconnect(struct io_target *target, enum target_event event);

/* Cancels what was sent normally; does not wait. */
void io_target_cancel_sent(struct io_target *target);

/* Takes the request in. On TARGET_SEND the caller sends it down; on TARGET_PEND it waits; else it was refused. */
enum target_action io_target_admit(struct io_target *target, struct request *request, bool ignore_state);

/* Gives the lock back and wakes those who wait for a change. */
void io_target_unlock_changed(struct io_target *target);

/* The request leaves the lists; and, when its completion routine has returned, is counted no longer. */
static inline void io_target_remove(struct io_target *target, struct request_send *send)
{
    platform_spinlock_lock(&target->lock);
    RemoveEntryList(&send->link);
    platform_spinlock_unlock(&target->lock);
}

/* The last access to the target: who waits for it may free it. */
static inline void io_target_uncount(struct io_target *target, enum target_list list)
{
    platform_spinlock_lock(&target->lock);
    target->queues[list].count--;
    if (__builtin_expect(target->waiters != 0, 0))
    {
        io_target_unlock_changed(target);
        return;
    }
    platform_spinlock_unlock(&target->lock);
}

/* What was opened is there: goes to started, and sends what waits. STATUS_INVALID_DEVICE_STATE when the target cannot. */
NTSTATUS io_target_open_done(struct io_target *target, PDEVICE_OBJECT device, PFILE_OBJECT file);

/* Waits until something of the target changes that others wait for. The caller holds the lock, which is free meanwhile. */
void io_target_wait_for_change(struct io_target *target);

/* Waits until all that was sent normally, or everything, is over. */
void io_target_wait(struct io_target *target, bool everything);

/* What a target's class does at its end. */
void io_target_dispose(struct object *object);

#endif /* WDF_IO_TARGET_H */
