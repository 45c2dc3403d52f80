/* SPDX-License-Identifier: MIT */
/*
 * The protocol of the benchmark driver: one control that does nothing, and some that do one thing as often as the input says.
 */
#ifndef BENCH_DRIVER_H
#define BENCH_DRIVER_H

#define BENCH_DEVICE "\\??\\Bench0"
/* The same driver once more, for what compares a driver with itself. */
#define BENCH_OTHER_DEVICE "\\??\\Bench1"
/* The link that the driver makes. */
#if !defined(BENCH_LINK)
#define BENCH_LINK L"\\DosDevices\\Bench0"
#endif

/* CTL_CODE(FILE_DEVICE_UNKNOWN, Function, METHOD_BUFFERED, FILE_ANY_ACCESS). */
#define BENCH_CODE(Function) ((0x22u << 16) | ((Function) << 2))

/* Completes at once; the output is the input. */
#define BENCH_ECHO BENCH_CODE(0x8ff)

/* The same, but the driver asks for both buffers, as one does that has something to answer. */
#define BENCH_ANSWER BENCH_CODE(0x8fe)

/* A write goes to a queue whose handler runs at PASSIVE_LEVEL under the queue's lock, and is completed there. */

/* The same as the echo, but handed to that queue at DISPATCH_LEVEL, so that a worker completes it. */
#define BENCH_HAND_OVER BENCH_CODE(0x8fd)

/* The rest: input and output are one 64-bit number, how often to do it and how often it was done. */

/* An object with a context of 128 bytes, the device as its parent and both callbacks: created and deleted. */
#define BENCH_OBJECT BENCH_CODE(0x900)
/* A lock of the device: taken and given back. */
#define BENCH_SPIN_LOCK BENCH_CODE(0x901)
#define BENCH_WAIT_LOCK BENCH_CODE(0x902)
/* A request for the target below: made, formatted for a control with a buffer, sent, told about, deleted. */
#define BENCH_REQUEST BENCH_CODE(0x910)
/* The same with one request that is reused. */
#define BENCH_REQUEST_REUSE BENCH_CODE(0x911)

/* A timer started and stopped, while ten thousand others run. */
#define BENCH_TIMER BENCH_CODE(0x920)

#endif /* BENCH_DRIVER_H */
