/* SPDX-License-Identifier: MIT */
/*
 * The client side of the FUSE anchor: fuse_cli.c.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/fuse_cli.c"
#undef main

#include "anchor.h"

void anchor_node_open(const char *name)
{
    fd = open(name, O_RDWR | O_CLOEXEC);
    if (fd < 0)
    {
        perror(name);
        abort();
    }
    memset(buf, 1, sizeof buf);
}

anchor_function *const anchor_node_control = b_i64;
anchor_function *const anchor_node_read = b_rd;
