/* SPDX-License-Identifier: MIT */
/*
 * How a Linux program sends a device control through a device node.
 *
 * read(2) and write(2) on a node are the driver's reads and writes. A device control travels in an envelope, because the
 * kernel knows nothing of the lengths behind a Windows control code: fill a struct dmf_node_control, append the input, and
 * call ioctl(fd, DMF_NODE_CONTROL(size), envelope) with the size of the whole. ioctl returns 0 when the driver has answered;
 * its answer is in status and information, its output in data. ioctl fails with
 *
 *     ENOTTY            the code is not the envelope's, or the driver runs in a host that has no such node
 *     EPROTONOSUPPORT   version is not DMF_NODE_CONTROL_VERSION
 *     EINVAL            the lengths do not fit into the size, or a reserved field is not zero
 *     EINTR             a signal came before the driver answered, and the driver gave the request up
 */
#ifndef DMF_NODE_H
#define DMF_NODE_H

#include <stdint.h>
#include <sys/ioctl.h>

#define DMF_NODE_CONTROL_VERSION 1
#define DMF_NODE_CONTROL_TYPE 0xD5
#define DMF_NODE_CONTROL_NUMBER 1
#define DMF_NODE_CONTROL(size) _IOC(_IOC_READ | _IOC_WRITE, DMF_NODE_CONTROL_TYPE, DMF_NODE_CONTROL_NUMBER, (size))

/* The largest envelope, head and data together. */
#define DMF_NODE_CONTROL_MAXIMUM 16383

struct dmf_node_control
{
    uint32_t version;
    uint32_t control_code;
    /* Bytes of input in data, and bytes of output that the caller has room for there. Both start at its beginning. */
    uint32_t input_length;
    uint32_t output_length;
    /* The driver's answer: an NTSTATUS, and the number of bytes that it put into data, or whatever it says there. */
    int32_t status;
    uint32_t reserved;
    uint64_t information;
    uint8_t data[];
};

#endif /* DMF_NODE_H */
