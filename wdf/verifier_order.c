/* SPDX-License-Identifier: MIT */
/*
 * The order in which threads acquire locks of verified drivers: a graph whose edges lead from a lock that a thread held to the
 * one that it acquired then. A cycle in it is a deadlock that only needs the right moment.
 *
 * Each lock is a class of its own, because locks that one line of code creates are often nested on purpose, such as those of a
 * tree of Modules. Only an edge that is new is searched for a cycle.
 */
#include <stdio.h>

#include "wdf/verifier_internal.h"

enum
{
    ORDER_EDGES = 1024,
    ORDER_STACK = 6,
};

/* A thread held the lock from when it acquired the lock to. */
struct order_edge
{
    struct object *from;
    struct object *to;
    const char *function;
    const void *stack[ORDER_STACK];
    uint32_t visited;
};

/* Counts what has been taken out of any graph. Threads remember edges only while it stays. */
static uint64_t generation = 1;

struct verifier_order
{
    /* Guards all of it. Readers who look whether an edge is there take it too. */
    struct platform_spinlock lock;
    uint32_t count;
    uint32_t round;
    struct order_edge edges[ORDER_EDGES];
};

static struct order_edge *find_edge(struct verifier_order *order, const struct object *from, const struct object *to)
{
    for (uint32_t index = 0; index < order->count; index++)
    {
        if (order->edges[index].from == from && order->edges[index].to == to)
        {
            return &order->edges[index];
        }
    }
    return NULL;
}

/* An edge by which one comes from one lock to the other, over others if need be; NULL when there is no way. */
static struct order_edge *find_way(struct verifier_order *order, const struct object *from, const struct object *to)
{
    for (uint32_t index = 0; index < order->count; index++)
    {
        struct order_edge *edge = &order->edges[index];

        if (edge->from != from || edge->visited == order->round)
        {
            continue;
        }
        edge->visited = order->round;
        if (edge->to == to || find_way(order, edge->to, to) != NULL)
        {
            return edge;
        }
    }
    return NULL;
}

/* Adds the edge if it is new. True when it closes a cycle: *ret_other is the edge that leads the opposite way. */
static bool add_edge(struct verifier_order *order, struct object *from, struct object *to, const char *function,
                     struct order_edge *ret_other)
{
    struct order_edge *way = NULL;

    platform_spinlock_lock(&order->lock);
    if (find_edge(order, from, to) == NULL && order->count < ORDER_EDGES)
    {
        struct order_edge *edge = &order->edges[order->count];

        order->round++;
        way = find_way(order, to, from);
        *edge = (struct order_edge){.from = from, .to = to, .function = function};
        (void)platform_capture_stack(edge->stack, ORDER_STACK);
        order->count++;
        if (way != NULL)
        {
            *ret_other = *way;
        }
    }
    platform_spinlock_unlock(&order->lock);
    return way != NULL;
}

static void describe(const struct order_edge *edge, char *text, size_t size)
{
    size_t used = 0;

    text[0] = 0;
    for (uint32_t index = 0; index < ORDER_STACK && edge->stack[index] != NULL && used < size; index++)
    {
        char place[160];

        platform_describe_address(edge->stack[index], place, sizeof(place));
        used += (size_t)snprintf(text + used, size - used, "\n    %s", place);
    }
}

static void report_cycle(struct object *from, struct object *to, const char *function, const struct order_edge *other)
{
    char stack[1024];

    describe(other, stack, sizeof(stack));
    verifier_report(to->globals, RULE_V43, to, function,
                    "acquired under %s %p here, while there is a way to acquire them the other way round, begun in %s:%s",
                    from->class->name, wdfobj_handle(from), other->function, stack);
}

#if defined(PLATFORM_SIMULATION)
/* What a thread remembers goes by addresses, which a run must not depend on. */
static bool knows_edge(struct wdf_thread *thread, const struct object *from, const struct object *to)
{
    (void)thread;
    (void)from;
    (void)to;
    return false;
}
#else
/* Whether the thread has been here before. Afterwards it has. */
static bool knows_edge(struct wdf_thread *thread, const struct object *from, const struct object *to)
{
    size_t slot = (((uintptr_t)from >> 5) ^ ((uintptr_t)to >> 4)) % WDF_THREAD_EDGES;
    struct verifier_known_edge *known = &thread->known[slot];
    uint64_t now = __atomic_load_n(&generation, __ATOMIC_ACQUIRE);
    bool is_known = known->from == from && known->to == to && known->generation == now;

    *known = (struct verifier_known_edge){.from = from, .to = to, .generation = now};
    return is_known;
}
#endif

void verifier_order_acquired(struct wdf_thread *thread, struct object *object, const char *function)
{
    struct verifier_order *order = object->globals->verifier->order;
    struct order_edge other;

    for (uint32_t index = 0; index < thread->held_count; index++)
    {
        struct object *held = thread->held[index].object;

        if (held != object && held->globals == object->globals && !knows_edge(thread, held, object) &&
            add_edge(order, held, object, function, &other))
        {
            report_cycle(held, object, function, &other);
        }
    }
}

void verifier_order_forget(struct object *object)
{
    struct verifier_order *order = object->globals->verifier->order;
    uint32_t kept = 0;

    platform_spinlock_lock(&order->lock);
    for (uint32_t index = 0; index < order->count; index++)
    {
        if (order->edges[index].from != object && order->edges[index].to != object)
        {
            order->edges[kept++] = order->edges[index];
        }
    }
    if (kept != order->count)
    {
        order->count = kept;
        (void)__atomic_fetch_add(&generation, 1, __ATOMIC_RELEASE);
    }
    platform_spinlock_unlock(&order->lock);
}

NTSTATUS verifier_order_create(struct verifier *verifier)
{
    verifier->order = platform_zalloc(sizeof(*verifier->order));
    return verifier->order == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

void verifier_order_free(struct verifier *verifier)
{
    if (verifier->order != NULL)
    {
        platform_free(verifier->order, sizeof(*verifier->order));
    }
}
