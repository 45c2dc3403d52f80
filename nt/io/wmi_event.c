/* SPDX-License-Identifier: MIT */
/*
 * Management instrumentation: events.
 */
#include "nt/io/wmi.h"
#include "nt/machine.h"

static struct wmi *wmi(void)
{
    return &machine()->wmi;
}

/* An event on its way to the listeners. */
struct wmi_event
{
    struct lane_post post;
    PWNODE_HEADER node;
};

/* The listener behind one (NULL for the first), in its gate; leaves the gate of that one. Listeners are only appended. */
static struct wmi_listener *next_listener(struct wmi_listener *after)
{
    PLIST_ENTRY link;
    struct wmi_listener *found = NULL;

    platform_mutex_lock(&wmi()->lock);
    link = after == NULL ? wmi()->listeners.Flink : after->link.Flink;
    while (link != &wmi()->listeners && found == NULL)
    {
        struct wmi_listener *listener = CONTAINING_RECORD(link, struct wmi_listener, link);

        link = link->Flink;
        found = gate_enter(&listener->gate) ? listener : NULL;
    }
    platform_mutex_unlock(&wmi()->lock);
    if (after != NULL)
    {
        gate_leave(&after->gate);
    }
    return found;
}

static void tell_listeners(struct lane_post *post, void *context)
{
    struct wmi_event *event = context;

    (void)post;
    for (struct wmi_listener *listener = next_listener(NULL); listener != NULL; listener = next_listener(listener))
    {
        listener->hear(event->node, listener->context);
    }
    ExFreePool(event->node);
    platform_free(event, sizeof(*event));
}

NTSTATUS wmi_tell(PWNODE_HEADER node)
{
    struct wmi_event *event = platform_zalloc(sizeof(*event));

    if (event == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    event->node = node;
    lane_post(&wmi()->lane, &event->post, tell_listeners, event);
    return STATUS_SUCCESS;
}

void wmi_listen(struct wmi_listener *listener)
{
    listener->gate = (struct gate){0};
    platform_mutex_lock(&wmi()->lock);
    InsertTailList(&wmi()->listeners, &listener->link);
    platform_mutex_unlock(&wmi()->lock);
}

/* Whoever walks on from the listener does so before leaving its gate, so it is taken off the list when that is closed. */
void wmi_unlisten(struct wmi_listener *listener)
{
    gate_close(&listener->gate);
    platform_mutex_lock(&wmi()->lock);
    RemoveEntryList(&listener->link);
    platform_mutex_unlock(&wmi()->lock);
}
