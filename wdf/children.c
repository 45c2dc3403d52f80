/* SPDX-License-Identifier: MIT */
/*
 * Lists of children: what the driver says, and walks.
 */
#include "wdf/children_internal.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/pnp/devnode.h"
#include "wdf/device.h"
#include "wdf/pdo.h"
#include "wdf/verifier.h"

/*
 * Descriptions. Without a callback of the driver's they are plain memory.
 */

static WDFCHILDLIST handle_of(const struct children *list)
{
    return wdfobj_handle(list->object);
}

static bool is_same(const struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER first,
                    PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER second,
                    PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE compare)
{
    struct verifier_callback callback;
    bool same;

    compare = compare != NULL ? compare : list->config.EvtChildListIdentificationDescriptionCompare;
    if (compare != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListIdentificationDescriptionCompare");
        same = compare(handle_of(list), first, second) != FALSE;
        verifier_callback_leave(&callback);
        return same;
    }
    return memcmp(first, second, list->config.IdentificationDescriptionSize) == 0;
}

static NTSTATUS duplicate_identification(const struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER from,
                                         PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER *ret_copy)
{
    size_t size = list->config.IdentificationDescriptionSize;
    PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER copy = platform_zalloc(size);
    NTSTATUS status = STATUS_SUCCESS;
    struct verifier_callback callback;

    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (list->config.EvtChildListIdentificationDescriptionDuplicate == NULL)
    {
        memcpy(copy, from, size);
    }
    else
    {
        copy->IdentificationDescriptionSize = (ULONG)size;
        verifier_callback_enter(&callback, list->object, "EvtChildListIdentificationDescriptionDuplicate");
        status = list->config.EvtChildListIdentificationDescriptionDuplicate(handle_of(list), from, copy);
        verifier_callback_leave(&callback);
    }
    if (!NT_SUCCESS(status))
    {
        platform_free(copy, size);
        copy = NULL;
    }
    *ret_copy = copy;
    return status;
}

static void free_identification(const struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification)
{
    struct verifier_callback callback;

    if (identification == NULL)
    {
        return;
    }
    if (list->config.EvtChildListIdentificationDescriptionCleanup != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListIdentificationDescriptionCleanup");
        list->config.EvtChildListIdentificationDescriptionCleanup(handle_of(list), identification);
        verifier_callback_leave(&callback);
    }
    platform_free(identification, list->config.IdentificationDescriptionSize);
}

/* A child of which no address has been said has one of zeros. */
static NTSTATUS duplicate_address(const struct children *list, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER from,
                                  PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER *ret_copy)
{
    size_t size = list->config.AddressDescriptionSize;
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER copy;
    NTSTATUS status = STATUS_SUCCESS;
    struct verifier_callback callback;

    *ret_copy = NULL;
    if (size == 0)
    {
        return STATUS_SUCCESS;
    }
    copy = platform_zalloc(size);
    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    copy->AddressDescriptionSize = (ULONG)size;
    if (from != NULL && list->config.EvtChildListAddressDescriptionDuplicate != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListAddressDescriptionDuplicate");
        status = list->config.EvtChildListAddressDescriptionDuplicate(handle_of(list), from, copy);
        verifier_callback_leave(&callback);
    }
    else if (from != NULL)
    {
        memcpy(copy, from, size);
    }
    if (!NT_SUCCESS(status))
    {
        platform_free(copy, size);
        return status;
    }
    *ret_copy = copy;
    return STATUS_SUCCESS;
}

static void free_address(const struct children *list, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address)
{
    struct verifier_callback callback;

    if (address == NULL)
    {
        return;
    }
    if (list->config.EvtChildListAddressDescriptionCleanup != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListAddressDescriptionCleanup");
        list->config.EvtChildListAddressDescriptionCleanup(handle_of(list), address);
        verifier_callback_leave(&callback);
    }
    platform_free(address, list->config.AddressDescriptionSize);
}

void children_copy_identification(struct child *child, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER to)
{
    const struct children *list = child->list;
    struct verifier_callback callback;

    if (list->config.EvtChildListIdentificationDescriptionCopy != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListIdentificationDescriptionCopy");
        list->config.EvtChildListIdentificationDescriptionCopy(handle_of(list), child->identification, to);
        verifier_callback_leave(&callback);
    }
    else
    {
        memcpy(to, child->identification, list->config.IdentificationDescriptionSize);
    }
}

void children_copy_address(struct child *child, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER to)
{
    struct children *list = child->list;
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address;
    struct verifier_callback callback;

    platform_spinlock_lock(&list->lock);
    address = child->address;
    platform_spinlock_unlock(&list->lock);
    if (list->config.EvtChildListAddressDescriptionCopy != NULL)
    {
        verifier_callback_enter(&callback, list->object, "EvtChildListAddressDescriptionCopy");
        list->config.EvtChildListAddressDescriptionCopy(handle_of(list), address, to);
        verifier_callback_leave(&callback);
    }
    else
    {
        memcpy(to, address, list->config.AddressDescriptionSize);
    }
}

/*
 * Entries.
 */

/* An address that another one has replaced; a walk may still be reading it. */
struct retired_address
{
    struct retired_address *next;
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address;
};

static void free_retired(const struct children *list, struct retired_address *retired)
{
    while (retired != NULL)
    {
        struct retired_address *next = retired->next;

        free_address(list, retired->address);
        platform_free(retired, sizeof(*retired));
        retired = next;
    }
}

static void free_child(struct child *child)
{
    struct children *list = child->list;

    free_retired(list, child->retired);
    free_address(list, child->address);
    free_identification(list, child->identification);
    if (child->device != NULL)
    {
        wdfobj_release(&child->device->object);
    }
    platform_free(child, sizeof(*child));
}

static NTSTATUS create_child(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                             PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address, struct child **ret_child)
{
    struct child *child = platform_zalloc(sizeof(*child));
    NTSTATUS status = STATUS_SUCCESS;

    if (child == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    child->list = list;
    if (identification != NULL)
    {
        status = duplicate_identification(list, identification, &child->identification);
    }
    if (NT_SUCCESS(status))
    {
        status = duplicate_address(list, address, &child->address);
    }
    if (!NT_SUCCESS(status))
    {
        free_child(child);
        return status;
    }
    *ret_child = child;
    return STATUS_SUCCESS;
}

/*
 * Walks.
 */

void children_begin_use(struct children *list)
{
    platform_spinlock_lock(&list->lock);
    list->users++;
    platform_spinlock_unlock(&list->lock);
}

/* Takes what is out of use off the list. A device forgets its entry here. The caller holds the lock, and there is no user. */
static void collect_garbage(struct children *list, LIST_ENTRY *ret_dead, struct retired_address **ret_retired)
{
    PLIST_ENTRY next;

    for (PLIST_ENTRY link = list->entries.Flink; link != &list->entries; link = next)
    {
        struct child *child = CONTAINING_RECORD(link, struct child, link);

        next = link->Flink;
        while (child->retired != NULL)
        {
            struct retired_address *retired = child->retired;

            child->retired = retired->next;
            retired->next = *ret_retired;
            *ret_retired = retired;
        }
        if (child->state == CHILD_DEAD)
        {
            RemoveEntryList(link);
            InsertTailList(ret_dead, link);
            if (child->device != NULL)
            {
                child->device->bus.pdo->child = NULL;
            }
        }
    }
    list->garbage = false;
}

void children_end_use(struct children *list)
{
    struct retired_address *retired = NULL;
    LIST_ENTRY dead;

    InitializeListHead(&dead);
    platform_spinlock_lock(&list->lock);
    if (--list->users == 0 && list->garbage)
    {
        collect_garbage(list, &dead, &retired);
    }
    platform_spinlock_unlock(&list->lock);
    free_retired(list, retired);
    while (!IsListEmpty(&dead))
    {
        free_child(CONTAINING_RECORD(RemoveHeadList(&dead), struct child, link));
    }
}

static ULONG flag_of(const struct child *child)
{
    switch (child->state)
    {
        case CHILD_PENDING:
            return child->wanted ? WdfRetrievePendingChildren : 0;
        case CHILD_PRESENT:
            return WdfRetrievePresentChildren;
        case CHILD_MISSING:
        case CHILD_REPORTED_MISSING:
            return WdfRetrieveMissingChildren;
        default:
            return 0;
    }
}

/* The caller holds the lock. */
static struct child *next_locked(struct children *list, struct child *after)
{
    PLIST_ENTRY link = after == NULL ? list->entries.Flink : after->link.Flink;

    return link == &list->entries ? NULL : CONTAINING_RECORD(link, struct child, link);
}

struct child *children_next(struct children *list, struct child *after, ULONG flags)
{
    struct child *child;

    platform_spinlock_lock(&list->lock);
    child = next_locked(list, after);
    while (child != NULL && (flag_of(child) & flags) == 0)
    {
        child = next_locked(list, child);
    }
    platform_spinlock_unlock(&list->lock);
    return child;
}

static bool is_live(const struct child *child)
{
    return child->state != CHILD_REPORTED_MISSING && child->state != CHILD_DEAD;
}

/* The next entry that plug and play does not know to be gone, reading its state under the lock. */
static struct child *next_live(struct children *list, struct child *after)
{
    struct child *child;

    platform_spinlock_lock(&list->lock);
    child = next_locked(list, after);
    while (child != NULL && !is_live(child))
    {
        child = next_locked(list, child);
    }
    platform_spinlock_unlock(&list->lock);
    return child;
}

struct child *children_find(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                            PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE compare)
{
    struct child *child = next_live(list, NULL);

    while (child != NULL && !is_same(list, identification, child->identification, compare))
    {
        child = next_live(list, child);
    }
    return child;
}

/*
 * States. The caller holds the lock.
 */

/* Makes the state what the driver has said. Returns whether plug and play should ask again. */
static bool settle_child(struct child *child)
{
    enum child_state state = child->state;

    if (!is_live(child))
    {
        return false;
    }
    child->state = child->wanted ? CHILD_PRESENT : CHILD_MISSING;
    return child->state != state;
}

bool children_are_frozen(const struct children *list)
{
    return list->iterations != 0 || list->answering;
}

/* A change of one entry: at once, or when the list is no longer locked. */
static bool apply_word(struct children *list, struct child *child, bool wanted)
{
    child->wanted = wanted;
    child->scan = list->scan;
    return !list->closed && !children_are_frozen(list) && settle_child(child);
}

bool children_settle(struct children *list)
{
    bool changed = false;

    if (children_are_frozen(list))
    {
        return false;
    }
    for (struct child *child = next_locked(list, NULL); child != NULL; child = next_locked(list, child))
    {
        changed |= settle_child(child);
    }
    return changed;
}

/* The list holds the device that its parent stands on, so that a word that comes too late finds one. */
void children_ask_again(struct children *list)
{
    struct devnode *devnode = devobj_extension(list->pdo)->devnode;

    if (devnode != NULL)
    {
        devnode_request_enumeration(devnode);
    }
}

/* While a scan goes on its end asks. */
static void news(struct children *list, bool changed)
{
    bool scanning;

    platform_spinlock_lock(&list->lock);
    scanning = list->scans != 0;
    list->changed_in_scan |= changed && scanning;
    platform_spinlock_unlock(&list->lock);
    if (changed && !scanning)
    {
        children_ask_again(list);
    }
}

/*
 * What the driver says.
 */

/* Puts an entry at the end. The caller holds the lock. */
static NTSTATUS insert(struct children *list, struct child *child, bool *ret_changed)
{
    if (list->closed)
    {
        return STATUS_DELETE_PENDING;
    }
    child->state = CHILD_PENDING;
    InsertTailList(&list->entries, &child->link);
    list->used = true;
    *ret_changed = apply_word(list, child, true);
    return STATUS_SUCCESS;
}

NTSTATUS children_set_address(struct child *child, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address)
{
    struct children *list = child->list;
    struct retired_address *retired = platform_alloc(sizeof(*retired));
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER copy;
    NTSTATUS status;

    if (retired == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = duplicate_address(list, address, &copy);
    if (!NT_SUCCESS(status))
    {
        platform_free(retired, sizeof(*retired));
        return status;
    }
    platform_spinlock_lock(&list->lock);
    retired->address = child->address;
    retired->next = child->retired;
    child->retired = retired;
    child->address = copy;
    list->garbage = true;
    platform_spinlock_unlock(&list->lock);
    return STATUS_SUCCESS;
}

/* The child is there already. Returns false when it has gone meanwhile. */
static bool renew(struct children *list, struct child *child, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address,
                  NTSTATUS *ret_status, bool *ret_changed)
{
    bool live;

    *ret_status = address == NULL ? STATUS_SUCCESS : children_set_address(child, address);
    if (!NT_SUCCESS(*ret_status))
    {
        return true;
    }
    platform_spinlock_lock(&list->lock);
    live = is_live(child);
    if (live)
    {
        *ret_changed = apply_word(list, child, true);
        *ret_status = STATUS_OBJECT_NAME_EXISTS;
    }
    platform_spinlock_unlock(&list->lock);
    return live;
}

/*
 * Walks to the end of the list, where the new entry goes under the same lock that said that it is the end: so of two threads
 * that add the same description one finds the other's.
 */
static NTSTATUS find_or_insert(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                               PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address, struct child **fresh, bool *ret_changed)
{
    struct child *last = NULL;
    NTSTATUS status;

    for (;;)
    {
        struct child *child;
        bool live;

        platform_spinlock_lock(&list->lock);
        child = next_locked(list, last);
        live = child != NULL && is_live(child);
        if (child == NULL && *fresh != NULL)
        {
            status = insert(list, *fresh, ret_changed);
            platform_spinlock_unlock(&list->lock);
            *fresh = NT_SUCCESS(status) ? NULL : *fresh;
            return status;
        }
        platform_spinlock_unlock(&list->lock);
        if (child == NULL)
        {
            status = create_child(list, identification, address, fresh);
            if (!NT_SUCCESS(status))
            {
                return status;
            }
            continue;
        }
        if (live && is_same(list, identification, child->identification, NULL) &&
            renew(list, child, address, &status, ret_changed))
        {
            return status;
        }
        last = child;
    }
}

NTSTATUS children_add(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                      PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address)
{
    struct child *fresh = NULL;
    bool changed = false;
    NTSTATUS status;

    children_begin_use(list);
    status = find_or_insert(list, identification, address, &fresh, &changed);
    children_end_use(list);
    if (fresh != NULL)
    {
        free_child(fresh);
    }
    news(list, changed);
    return status;
}

/* The device is the description. From here on it is the framework's to delete. The caller holds the lock. */
static NTSTATUS add_static_locked(struct children *list, struct child *fresh, struct device *device, bool *ret_changed)
{
    struct pdo *pdo = device->bus.pdo;
    NTSTATUS status;

    if (pdo->child != NULL)
    {
        return STATUS_OBJECT_NAME_EXISTS;
    }
    status = insert(list, fresh, ret_changed);
    if (NT_SUCCESS(status))
    {
        fresh->device = device;
        wdfobj_reference(&device->object);
        pdo->child = fresh;
        device->object.deletable = false;
    }
    return status;
}

NTSTATUS children_add_static(struct children *list, struct device *device)
{
    struct child *fresh;
    bool changed = false;
    NTSTATUS status = create_child(list, NULL, NULL, &fresh);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    platform_spinlock_lock(&list->lock);
    status = add_static_locked(list, fresh, device, &changed);
    platform_spinlock_unlock(&list->lock);
    if (status != STATUS_SUCCESS)
    {
        free_child(fresh);
    }
    news(list, changed);
    return status;
}

/* Marking what has been reported missing and not been removed yet is no error. The caller holds the lock. */
static NTSTATUS mark_missing_locked(struct children *list, struct child *child, bool *ret_changed)
{
    if (child == NULL || child->state == CHILD_DEAD)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    *ret_changed = apply_word(list, child, false);
    return STATUS_SUCCESS;
}

NTSTATUS children_mark_missing(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification)
{
    struct child *child;
    bool changed = false;
    NTSTATUS status;

    children_begin_use(list);
    child = children_find(list, identification, NULL);
    platform_spinlock_lock(&list->lock);
    status = mark_missing_locked(list, child, &changed);
    platform_spinlock_unlock(&list->lock);
    children_end_use(list);
    news(list, changed);
    return status;
}

NTSTATUS children_mark_device_missing(struct device *device)
{
    struct pdo *pdo = device->bus.pdo;
    struct children *list = pdo->list;
    bool changed = false;
    NTSTATUS status;

    platform_spinlock_lock(&list->lock);
    status = mark_missing_locked(list, pdo->child, &changed);
    platform_spinlock_unlock(&list->lock);
    news(list, changed);
    return status;
}

void children_mark_all_present(struct children *list)
{
    bool changed = false;

    platform_spinlock_lock(&list->lock);
    for (struct child *child = next_locked(list, NULL); child != NULL; child = next_locked(list, child))
    {
        if (is_live(child))
        {
            changed |= apply_word(list, child, true);
        }
    }
    platform_spinlock_unlock(&list->lock);
    news(list, changed);
}

void children_begin_scan(struct children *list)
{
    platform_spinlock_lock(&list->lock);
    list->scans++;
    if (list->scans == 1)
    {
        list->scan++;
    }
    platform_spinlock_unlock(&list->lock);
}

/* What was not seen since the outermost scan began is missing. The caller holds the lock. */
static bool sweep(struct children *list)
{
    bool changed = list->changed_in_scan;

    list->changed_in_scan = false;
    for (struct child *child = next_locked(list, NULL); child != NULL; child = next_locked(list, child))
    {
        if (child->wanted && child->scan != list->scan)
        {
            changed |= apply_word(list, child, false);
        }
    }
    return changed;
}

bool children_end_scan(struct children *list)
{
    bool changed = false;
    bool was_open;

    platform_spinlock_lock(&list->lock);
    was_open = list->scans != 0;
    if (was_open && --list->scans == 0)
    {
        changed = sweep(list);
    }
    platform_spinlock_unlock(&list->lock);
    if (changed)
    {
        children_ask_again(list);
    }
    return was_open;
}

void children_lock(struct children *list)
{
    platform_spinlock_lock(&list->lock);
    list->iterations++;
    list->users++;
    platform_spinlock_unlock(&list->lock);
}

bool children_unlock(struct children *list)
{
    bool changed = false;
    bool was_locked;

    platform_spinlock_lock(&list->lock);
    was_locked = list->iterations != 0;
    if (was_locked && --list->iterations == 0)
    {
        changed = children_settle(list);
    }
    platform_spinlock_unlock(&list->lock);
    news(list, changed);
    if (was_locked)
    {
        children_end_use(list);
    }
    return was_locked;
}

/*
 * Life.
 */

void children_initialize(struct children *list, struct device *parent, struct object *object,
                         const WDF_CHILD_LIST_CONFIG *config)
{
    struct children **place = &parent->bus.child_lists;

    list->parent = parent;
    list->pdo = parent->pdo;
    devobj_reference(list->pdo);
    list->object = object;
    if (config != NULL)
    {
        list->config = *config;
        list->used = true;
    }
    InitializeListHead(&list->entries);
    platform_spinlock_lock(&parent->bus.lock);
    while (*place != NULL)
    {
        place = &(*place)->next;
    }
    platform_atomic_store(place, list);
    platform_spinlock_unlock(&parent->bus.lock);
}

/* A list that was not published when its device went away ends before the device does. */
static void unlink_list(struct children *list)
{
    struct children **place = &list->parent->bus.child_lists;

    platform_spinlock_lock(&list->parent->bus.lock);
    while (*place != NULL && *place != list)
    {
        place = &(*place)->next;
    }
    if (*place == list)
    {
        platform_atomic_store(place, list->next);
    }
    platform_spinlock_unlock(&list->parent->bus.lock);
}

void children_free(struct children *list)
{
    if (list->parent != NULL)
    {
        unlink_list(list);
    }
    while (list->entries.Flink != NULL && !IsListEmpty(&list->entries))
    {
        free_child(CONTAINING_RECORD(RemoveHeadList(&list->entries), struct child, link));
    }
    if (list->pdo != NULL)
    {
        devobj_release(list->pdo);
    }
}
