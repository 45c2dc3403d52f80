/* SPDX-License-Identifier: MIT */
/*
 * The protocol of the benchmark driver: each control does one thing as many times as its input says.
 */
#ifndef BENCH_DRIVER_H
#define BENCH_DRIVER_H

#define BENCH_DEVICE "\\??\\Bench0"

/* CTL_CODE(FILE_DEVICE_UNKNOWN, Function, METHOD_BUFFERED, FILE_ANY_ACCESS). Input and output: one 64-bit number, the times. */
#define BENCH_CODE(Function) ((0x22u << 16) | ((Function) << 2))

/* An object with a context of 128 bytes, the device as its parent and both callbacks: created and deleted. */
#define BENCH_OBJECT BENCH_CODE(0x900)
/* A lock of the device: taken and given back. */
#define BENCH_SPIN_LOCK BENCH_CODE(0x901)
#define BENCH_WAIT_LOCK BENCH_CODE(0x902)

#endif /* BENCH_DRIVER_H */
