/* SPDX-License-Identifier: MIT */
/*
 * The hand-made objects and requests of objs.c. Its other anchors need libraries that this build does not; the headers in
 * substitutes/ declare what it takes to compile them, and nothing calls them.
 */
#define main static __attribute__((unused)) anchor_main
#include "anchors/src/objs.c"
#undef main

#include "anchor.h"

void anchor_objects_start(void)
{
    root = ocreate(0, 0);
    pthread_mutex_init(&TG.l, 0);
    TG.submit = subp;
    for (int index = 0; index < 64; index++)
    {
        struct rq *request = calloc(1, sizeof *request);

        if (request == NULL)
        {
            abort();
        }
        request->nx = TG.free;
        TG.free = request;
    }
}

anchor_function *const anchor_object = b_floor;
anchor_function *const anchor_request = b_req;

void anchor_object_tree(uint64_t modules, uint64_t objects)
{
    struct obj *device = ocreate(0, 256);

    /* The anchor's own loop, for any number. */
    for (uint64_t module = 0; module < modules; module++)
    {
        struct obj *object = ocreate(device, 512);

        for (uint64_t index = 1; index < objects; index++)
        {
            ocreate(object, 64);
        }
    }
    odelete(device);
}
