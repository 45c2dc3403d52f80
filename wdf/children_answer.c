/* SPDX-License-Identifier: MIT */
/*
 * Lists of children: what plug and play asks, and what it does.
 */
#include "nt/io/device_object.h"
#include "wdf/children_internal.h"
#include "wdf/device.h"
#include "wdf/device_callback.h"
#include "wdf/device_init.h"
#include "wdf/pdo.h"
#include "wdf/pnp.h"

#define TAG 'CfdW'

/* How often a child is tried again whose creation asks for it. */
#define MOST_RETRIES 3

static struct children *first_list(const struct device *parent)
{
    return platform_atomic_load(&parent->bus.child_lists);
}

static struct children *next_list(const struct children *list)
{
    return platform_atomic_load(&list->next);
}

bool children_exist(const struct device *parent)
{
    bool exist = false;

    for (struct children *list = first_list(parent); list != NULL; list = next_list(list))
    {
        platform_spinlock_lock(&list->lock);
        exist |= list->used;
        platform_spinlock_unlock(&list->lock);
    }
    return exist;
}

/* The caller is a user of the list and does not hold its lock. */
static void set_dead(struct child *child)
{
    platform_spinlock_lock(&child->list->lock);
    child->state = CHILD_DEAD;
    child->list->garbage = true;
    platform_spinlock_unlock(&child->list->lock);
}

static void tell_missing(struct device *device)
{
    device_tell(device, device->bus.pdo->callbacks.EvtDeviceReportedMissing, "EvtDeviceReportedMissing");
}

/*
 * Making the devices of children that the driver has described.
 */

/* Says whether the child has its device now, or should be tried again, or is none. */
static NTSTATUS create_device(struct child *child)
{
    struct children *list = child->list;
    struct WDFDEVICE_INIT *init = device_init_create_child(list->parent, list);
    struct verifier_callback callback;
    struct device *device;
    NTSTATUS status;

    if (init == NULL)
    {
        return STATUS_RETRY;
    }
    verifier_callback_enter(&callback, list->object, "EvtChildListCreateDevice");
    status = list->config.EvtChildListCreateDevice(wdfobj_handle(list->object), child->identification, init);
    verifier_callback_leave(&callback);
    device = init->created_device;
    if (device != NULL && !NT_SUCCESS(status))
    {
        device_abandon(device);
    }
    if (NT_SUCCESS(status) && device == NULL)
    {
        status = STATUS_NO_SUCH_DEVICE;
    }
    if (NT_SUCCESS(status))
    {
        wdfobj_reference(&device->object);
        platform_spinlock_lock(&list->lock);
        child->device = device;
        device->bus.pdo->child = child;
        platform_spinlock_unlock(&list->lock);
    }
    device_init_free(init);
    return status;
}

/* Returns whether a child is to be tried again. */
static bool create_devices(struct children *list)
{
    bool again = false;

    for (struct child *child = children_next(list, NULL, WdfRetrievePresentChildren); child != NULL;
         child = children_next(list, child, WdfRetrievePresentChildren))
    {
        NTSTATUS status = child->device != NULL ? STATUS_SUCCESS : create_device(child);

        if (status == STATUS_RETRY)
        {
            again = true;
        }
        else if (!NT_SUCCESS(status))
        {
            /* The driver may describe it again. */
            set_dead(child);
        }
    }
    list->retries = again ? list->retries + 1 : 0;
    return again && list->retries <= MOST_RETRIES;
}

/*
 * The answer.
 */

/* How many children an answer may have at most: those that are missing may be said to be there until it is filled. */
static ULONG count_known(struct children *list)
{
    ULONG flags = WdfRetrievePresentChildren | WdfRetrieveMissingChildren;
    ULONG count = 0;

    for (struct child *child = children_next(list, NULL, flags); child != NULL; child = children_next(list, child, flags))
    {
        count += child->device != NULL ? 1 : 0;
    }
    return count;
}

/*
 * Takes up the children that are there, and decides under the same lock that the missing ones are left out: what the driver says
 * before that counts for this answer, and what it says after it is about another device. The caller has counted.
 */
static void fill(struct children *list, PDEVICE_RELATIONS relations)
{
    platform_spinlock_lock(&list->lock);
    for (PLIST_ENTRY link = list->entries.Flink; link != &list->entries; link = link->Flink)
    {
        struct child *child = CONTAINING_RECORD(link, struct child, link);

        if (child->state == CHILD_MISSING && !child->wanted)
        {
            child->state = CHILD_REPORTED_MISSING;
            child->untold = true;
        }
        else if ((child->state == CHILD_PRESENT || child->state == CHILD_MISSING) && child->device != NULL)
        {
            relations->Objects[relations->Count++] = child->device->wdm;
            devobj_reference(child->device->wdm);
            child->reported = true;
        }
    }
    platform_spinlock_unlock(&list->lock);
}

/* Plug and play has never heard of it, so nothing else ends it. */
static void drop_unreported(struct child *child)
{
    if (child->device != NULL)
    {
        pdo_end(child->device);
    }
    set_dead(child);
}

/* Says of those that the answer has left out that it has. */
static void report_missing(struct children *list)
{
    for (struct child *child = children_next(list, NULL, WdfRetrieveMissingChildren); child != NULL;
         child = children_next(list, child, WdfRetrieveMissingChildren))
    {
        bool news;

        platform_spinlock_lock(&list->lock);
        news = child->untold;
        child->untold = false;
        platform_spinlock_unlock(&list->lock);
        if (news && child->reported)
        {
            tell_missing(child->device);
        }
        else if (news)
        {
            drop_unreported(child);
        }
    }
}

/* Freezes the list and makes the devices of new children. Returns whether one is to be tried again. */
static bool begin_answer(struct children *list)
{
    platform_spinlock_lock(&list->lock);
    list->users++;
    list->answering = true;
    platform_spinlock_unlock(&list->lock);
    return create_devices(list);
}

static void end_answer(struct children *list, bool again)
{
    bool changed;

    platform_spinlock_lock(&list->lock);
    list->answering = false;
    changed = children_settle(list);
    platform_spinlock_unlock(&list->lock);
    if (changed || again)
    {
        children_ask_again(list);
    }
    children_end_use(list);
}

/* Room for what somebody else has answered and count more. NULL when there is no memory; the old answer stays. */
static PDEVICE_RELATIONS enlarge(PDEVICE_RELATIONS old, ULONG count)
{
    ULONG before = old == NULL ? 0 : old->Count;
    size_t size = FIELD_OFFSET(DEVICE_RELATIONS, Objects) + ((size_t)before + count) * sizeof(PDEVICE_OBJECT);
    PDEVICE_RELATIONS relations =
        ExAllocatePool2(POOL_FLAG_PAGED, size < sizeof(*relations) ? sizeof(*relations) : size, TAG);

    if (relations == NULL)
    {
        return NULL;
    }
    for (ULONG index = 0; index < before; index++)
    {
        relations->Objects[index] = old->Objects[index];
    }
    relations->Count = before;
    if (old != NULL)
    {
        ExFreePool(old);
    }
    return relations;
}

/*
 * All lists are frozen before the answer is made, and the memory for it is there before anything is said: an answer that fails
 * leaves everything to the next question. A list that a callback creates meanwhile is behind last.
 */
NTSTATUS children_answer(struct device *parent, PDEVICE_RELATIONS *relations)
{
    struct children *end = NULL;
    struct children *list;
    PDEVICE_RELATIONS larger;
    bool again = false;
    ULONG count = 0;

    for (list = first_list(parent); list != NULL; list = next_list(list))
    {
        again |= begin_answer(list);
        count += count_known(list);
        end = list;
    }
    end = end == NULL ? NULL : next_list(end);
    larger = enlarge(*relations, count);
    for (list = first_list(parent); larger != NULL && list != end; list = next_list(list))
    {
        fill(list, larger);
        report_missing(list);
    }
    for (list = first_list(parent); list != end; list = next_list(list))
    {
        end_answer(list, again);
    }
    *relations = larger == NULL ? *relations : larger;
    return larger == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/*
 * The end of children, and of their parent.
 */

bool children_removed(struct device *device)
{
    struct children *list = device->bus.pdo->list;
    struct child *child;
    bool ended = true;

    children_begin_use(list);
    platform_spinlock_lock(&list->lock);
    child = device->bus.pdo->child;
    if (child != NULL)
    {
        ended = child->state == CHILD_REPORTED_MISSING || child->state == CHILD_DEAD;
        child->state = ended ? CHILD_DEAD : child->state;
        list->garbage |= ended;
    }
    platform_spinlock_unlock(&list->lock);
    children_end_use(list);
    return ended;
}

/* What nobody knows of yet stays for the end of the parent. */
static void report_all_missing(struct children *list)
{
    children_begin_use(list);
    for (struct child *child = children_next(list, NULL, WdfRetrieveAllChildren); child != NULL;
         child = children_next(list, child, WdfRetrieveAllChildren))
    {
        bool news;

        platform_spinlock_lock(&list->lock);
        child->wanted = false;
        news = child->reported && (child->state == CHILD_PRESENT || child->state == CHILD_MISSING);
        child->state = news ? CHILD_REPORTED_MISSING : child->state;
        platform_spinlock_unlock(&list->lock);
        if (news)
        {
            tell_missing(child->device);
        }
    }
    children_end_use(list);
}

void children_report_all_missing(struct device *parent)
{
    for (struct children *list = first_list(parent); list != NULL; list = next_list(list))
    {
        report_all_missing(list);
    }
}

static void end_list(struct children *list)
{
    children_begin_use(list);
    platform_spinlock_lock(&list->lock);
    list->closed = true;
    platform_spinlock_unlock(&list->lock);
    for (struct child *child = children_next(list, NULL, WdfRetrieveAllChildren); child != NULL;
         child = children_next(list, child, WdfRetrieveAllChildren))
    {
        set_dead(child);
        if (child->device != NULL)
        {
            pdo_end(child->device);
        }
    }
    children_end_use(list);
}

void children_end(struct device *parent)
{
    for (struct children *list = first_list(parent); list != NULL; list = next_list(list))
    {
        end_list(list);
    }
}

void children_scan(struct device *parent)
{
    struct verifier_callback callback;

    for (struct children *list = first_list(parent); list != NULL; list = next_list(list))
    {
        if (list->config.EvtChildListScanForChildren != NULL)
        {
            verifier_callback_enter(&callback, list->object, "EvtChildListScanForChildren");
            list->config.EvtChildListScanForChildren(wdfobj_handle(list->object));
            verifier_callback_leave(&callback);
        }
    }
}

static void end_wakes(struct children *list)
{
    ULONG flags = WdfRetrievePresentChildren | WdfRetrieveMissingChildren;

    children_begin_use(list);
    for (struct child *child = children_next(list, NULL, flags); child != NULL; child = children_next(list, child, flags))
    {
        if (child->device != NULL)
        {
            (void)pdo_end_wake(child->device, STATUS_SUCCESS);
        }
    }
    children_end_use(list);
}

void children_end_wakes(struct device *parent)
{
    for (struct children *list = first_list(parent); list != NULL; list = next_list(list))
    {
        end_wakes(list);
    }
}
