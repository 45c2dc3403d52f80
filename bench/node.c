/* SPDX-License-Identifier: MIT */
/*
 * What a call through a device node costs, beside the same call on a bare libfuse server: 64 bytes of device control, and a
 * read of 4 KiB. run.sh starts the two servers.
 *
 *     bench_node free|one OUR-NODE ANCHOR-NODE [OPTIONS]
 *
 * "one" stays on the first processor, as both servers then do.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "anchor.h"
#include "host/include/dmf-node.h"
#include "measure.h"
#include "tests/skeleton/life_public.h"

enum
{
    DATA_SIZE = 64,
    READ_SIZE = 4096,
};

#define SIZE(size) ((void *)(size_t)(size))

static int node;

static void control(uint64_t count, void *argument)
{
    /* The head ends in an array of no length, so clang wants it at the end of a structure, or in a union. */
    union
    {
        struct dmf_node_control head;
        struct
        {
            uint8_t head_bytes[sizeof(struct dmf_node_control)];
            uint8_t data[DATA_SIZE];
        };
    } envelope;

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        memset(&envelope, 0, sizeof(envelope));
        envelope.head.version = DMF_NODE_CONTROL_VERSION;
        envelope.head.control_code = LIFE_REVERSE;
        envelope.head.input_length = DATA_SIZE;
        envelope.head.output_length = DATA_SIZE;
        envelope.data[0] = (uint8_t)index;
        if (ioctl(node, DMF_NODE_CONTROL(sizeof(envelope)), &envelope) != 0 || envelope.head.status != 0)
        {
            measure_fail("a control failed");
        }
        if (envelope.head.information != DATA_SIZE || envelope.data[DATA_SIZE - 1] != (uint8_t)index)
        {
            measure_fail("a control has a wrong result");
        }
    }
}

static void read_node(uint64_t count, void *argument)
{
    static uint8_t buffer[READ_SIZE];

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        if (read(node, buffer, sizeof(buffer)) != (ssize_t)sizeof(buffer))
        {
            measure_fail("a read failed");
        }
    }
    if (buffer[1] != 'b')
    {
        measure_fail("a read has a wrong result");
    }
}

static void measure_unpinned(void)
{
    const struct pair pairs[] = {
        {"node_control", "device control through the node", control, "libfuse", anchor_node_control, NULL, MEASURE_FREE,
         1.05},
        {"node_read", "read of 4 KiB through the node", read_node, "libfuse", anchor_node_read, SIZE(READ_SIZE),
         MEASURE_FREE, 1.05},
    };

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
}

static void measure_on_one_core(void)
{
    const struct pair pairs[] = {
        {"node_control_one", "device control, one core", control, "libfuse", anchor_node_control, NULL, MEASURE_PINNED,
         1.05},
        {"node_read_one", "read of 4 KiB, one core", read_node, "libfuse", anchor_node_read, SIZE(READ_SIZE), MEASURE_PINNED,
         1.05},
    };

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
}

int main(int count, char **words)
{
    if (count < 4)
    {
        measure_fail("usage: bench_node free|one OUR-NODE ANCHOR-NODE [--only WORD]");
    }
    measure_options(count - 4, words + 4);
    node = open(words[2], O_RDWR | O_CLOEXEC);
    if (node < 0)
    {
        measure_fail("our node does not open");
    }
    anchor_node_open(words[3]);
    anchor_limits_start();
    if (strcmp(words[1], "one") == 0)
    {
        measure_on_one_core();
    }
    else
    {
        measure_unpinned();
    }
    measure_end();
    return 0;
}
