/* SPDX-License-Identifier: MIT */
/*
 * What the tests of targets and of sending share: a device of the case over one that answers as the case says.
 */
#ifndef SEND_CASE_H
#define SEND_CASE_H

#include "lower_device.h"
#include "wdf_case.h"

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

struct send_case
{
    WDFDEVICE device;
    WDFIOTARGET target;
    struct testkit_device *started;
    /* Called for the device before it is created, and after. May be NULL. */
    void (*configure)(PWDFDEVICE_INIT init);
    NTSTATUS (*created)(WDFDEVICE device);
    /* What completion routines have seen. */
    LONG noted;
    LONG completed;
    NTSTATUS statuses[16];
    WDFREQUEST requests[16];
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFCONTEXT context;
    WDFIOTARGET seen_target;
};

extern struct send_case test;

/* The driver, the device below and the device; and their end. */
void set_up(void);
void set_up_with(void (*configure)(PWDFDEVICE_INIT init), NTSTATUS (*created)(WDFDEVICE device));
void set_up_over(unsigned flags, void (*configure)(PWDFDEVICE_INIT init), NTSTATUS (*created)(WDFDEVICE device));
void tear_down(void);

/* A completion routine that notes what it was told. */
EVT_WDF_REQUEST_COMPLETION_ROUTINE note_end;

/* A request for the target; one formatted for CODE without buffers, with note_end; reused; and such a one sent. */
WDFREQUEST make_request(void);
void format(WDFREQUEST request);
void reuse(WDFREQUEST request);
WDFREQUEST send_one(void);
BOOLEAN send_with(WDFREQUEST request, ULONG flags);
BOOLEAN send_in_time(WDFREQUEST request, ULONG flags, LONGLONG timeout);

/* A memory object over size bytes, each its index plus first. */
WDFMEMORY make_memory(size_t size, UCHAR first);

#endif /* SEND_CASE_H */
