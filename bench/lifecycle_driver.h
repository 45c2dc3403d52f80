/* SPDX-License-Identifier: MIT */
/*
 * What bench_lifecycle and its driver share.
 */
#ifndef BENCH_LIFECYCLE_DRIVER_H
#define BENCH_LIFECYCLE_DRIVER_H

/* The number in the environment says how many Modules a device has. */
#define LIFECYCLE_VARIABLE "DMF_BENCH_MODULES"
/* Objects of each: the Module, its lock, and those that it makes when it opens. */
#define LIFECYCLE_OBJECTS 8
#define LIFECYCLE_NODE "\\??\\Lifecycle"

/* CTL_CODE(FILE_DEVICE_UNKNOWN, function, METHOD_BUFFERED, FILE_ANY_ACCESS): the input says how often, the output how often it was. */
#define LIFECYCLE_CODE(Function) ((0x22u << 16) | ((Function) << 2))
#define LIFECYCLE_METHOD LIFECYCLE_CODE(0x901u)
/* Opens a Module, takes a reference, and closes it, which another thread's release lets go on: the other two, until stopped. */
#define LIFECYCLE_CLOSE LIFECYCLE_CODE(0x902u)
#define LIFECYCLE_RELEASE LIFECYCLE_CODE(0x903u)
#define LIFECYCLE_RELEASE_STOP LIFECYCLE_CODE(0x904u)

#endif /* BENCH_LIFECYCLE_DRIVER_H */
