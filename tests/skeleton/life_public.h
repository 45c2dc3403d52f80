/* SPDX-License-Identifier: MIT */
/*
 * The protocol of the test driver "life", for the driver and for the tests.
 */
#ifndef LIFE_PUBLIC_H
#define LIFE_PUBLIC_H

/* CTL_CODE(FILE_DEVICE_UNKNOWN, Function, Method, Access), spelled out so that a test needs no published header. */
#define LIFE_CODE(Function, Method, Access) ((0x22u << 16) | ((Access) << 14) | ((Function) << 2) | (Method))

/* Returns the input reversed. */
#define LIFE_REVERSE LIFE_CODE(0x800, 0, 0)
#define LIFE_REVERSE_IN_DIRECT LIFE_CODE(0x801, 1, 0)
#define LIFE_REVERSE_OUT_DIRECT LIFE_CODE(0x802, 2, 0)
/* Stays with the driver, cancelable, until LIFE_RELEASE completes it with success and information 7. */
#define LIFE_PEND LIFE_CODE(0x803, 0, 0)
/* Ends the oldest request that waits in the driver's manual queue, with the given status code (4 bytes of input). */
#define LIFE_RELEASE LIFE_CODE(0x804, 0, 0)
/* Goes to the driver's manual queue. */
#define LIFE_FORWARD LIFE_CODE(0x805, 0, 0)
/* Demands read, or write, access of the handle. */
#define LIFE_NEEDS_READ LIFE_CODE(0x806, 0, 1)
#define LIFE_NEEDS_WRITE LIFE_CODE(0x807, 0, 2)
/* Breaks a rule on purpose. */
#define LIFE_CALL_MISSING LIFE_CODE(0x808, 0, 0)
#define LIFE_BAD_HANDLE LIFE_CODE(0x809, 0, 0)
#define LIFE_COMPLETE_TWICE LIFE_CODE(0x80a, 0, 0)
/* Completes the inverted call that LIFE_PEND left. */
#define LIFE_FINISH_PENDING LIFE_CODE(0x80b, 0, 0)
/* Returns the text of the request's parameters as seen through memory objects. */
#define LIFE_MEMORY LIFE_CODE(0x80c, 0, 0)
/* Says so with a status of the framework's own facility, which the sender must not see. */
#define LIFE_PAUSED LIFE_CODE(0x80d, 0, 0)

/* Information is the number of inverted calls that the driver holds. */
#define LIFE_PENDING_COUNT LIFE_CODE(0x80e, 0, 0)

/* Completes, and keeps a reference on the request until LIFE_DROP. Information of the latter is the value in its context. */
#define LIFE_KEEP LIFE_CODE(0x80f, 0, 0)
#define LIFE_DROP LIFE_CODE(0x810, 0, 0)
/* Retrieves from the queue that the driver created in EvtDeviceSelfManagedIoInit; there is nothing in it. */
#define LIFE_LATE_QUEUE LIFE_CODE(0x811, 0, 0)

/* Breaks rules on purpose, too: leaves out a required parameter. */
#define LIFE_NULL_PARAMETER LIFE_CODE(0x812, 0, 0)

/* Creates a device interface when the device has started already, which leaves it disabled. */
#define LIFE_LATE_INTERFACE LIFE_CODE(0x813, 0, 0)

/* Disables the interface that the driver has created with the device. */
#define LIFE_DISABLE_INTERFACE LIFE_CODE(0x814, 0, 0)

#endif /* LIFE_PUBLIC_H */
