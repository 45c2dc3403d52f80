/* SPDX-License-Identifier: MIT */
/*
 * A device below the case's: a WDM filter between the physical device and the driver's, which answers requests as the case says.
 * Plain C types, so that cases of both flavours use it.
 */
#ifndef LOWER_DEVICE_H
#define LOWER_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

enum lower_behaviour
{
    /* Completes at once. */
    LOWER_COMPLETES,
    /* Keeps, and completes with STATUS_CANCELLED when cancelled. */
    LOWER_KEEPS,
    /* Keeps, without a cancel routine. */
    LOWER_KEEPS_FIRMLY,
};

/* How it wants the buffers of reads and writes: DO_BUFFERED_IO, DO_DIRECT_IO. */
#define LOWER_BUFFERED 0x4u
#define LOWER_DIRECT 0x10u

/* A request as the device sees it. */
struct lower_request
{
    unsigned major;
    uint32_t code;
    uint32_t input_length;
    uint32_t output_length;
    uint64_t offset;
    const void *input;
    void *output;
    void *file;
    /* Of an internal control with arguments. */
    void *argument[3];
    void *urb;
};

/* What the device does, and what it has seen. */
struct lower
{
    enum lower_behaviour behaviour;
    int32_t status;
    uint64_t information;
    /* The new device is of this kind, and has more stack locations than needed. */
    uint32_t flags;
    unsigned extra_locations;
    /* Sees each request before anything else happens to it, and may write output. Returning true, it has set status and information. */
    bool (*hook)(const struct lower_request *request, int32_t *status, uint64_t *information);
    /* Fills in an interface that the driver above asks for, or returns false. */
    bool (*interface)(const void *type, void *interface, uint16_t size, uint16_t version);
    uint32_t received;
    uint32_t cancelled;
    /* Files of its own. */
    uint32_t created;
    uint32_t cleaned_up;
    uint32_t closed;
    struct lower_request last;
};

extern struct lower lower;

/* Forgets what was before, and puts a device below each that the driver (the DriverEntry's DriverObject) adds from now on. */
void lower_install(void *driver_object);

/* When the driver's devices are gone. Nothing is kept any more. */
void lower_uninstall(void);

/* How many requests are kept; waits until at least so many are. */
unsigned lower_kept(void);
void lower_wait_kept(unsigned count);

/* Completes the oldest, or the latest one that is kept. False when there is none. */
bool lower_complete_first(int32_t status, uint64_t information);
bool lower_complete_last(int32_t status, uint64_t information);

#endif /* LOWER_DEVICE_H */
