/* SPDX-License-Identifier: MIT */
/*
 * The children of a function device: which physical device objects its driver says are there, and what plug and play knows of
 * that. The static children of a device are one such list, every WDFCHILDLIST is another.
 *
 * The driver says what is there at any time and up to DISPATCH_LEVEL; plug and play asks (bus relations) when it has been told
 * that there is news. A child is made known by being in the answer, and its removal follows from not being in the next one.
 * While the list is locked for iteration, or the answer is being made, what the driver says is kept for later.
 *
 * Locking: the list's lock guards the entries' states. Descriptions are compared and copied by the driver's callbacks, so walks
 * do that without the lock: who walks is a user of the list, and nothing that is out of use is freed while there are users.
 */
#ifndef WDF_CHILDREN_H
#define WDF_CHILDREN_H

#include <wdf.h>

#include "nt/internal.h"

struct device;
struct object;
struct WDFDEVICE_INIT;

enum child_state
{
    /* Added while the list was locked: not in it yet. */
    CHILD_PENDING,
    CHILD_PRESENT,
    /* To be left out of the next answer. */
    CHILD_MISSING,
    /* Has been left out; its removal is under way. */
    CHILD_REPORTED_MISSING,
    /* Nothing any more; waits for the last user of the list. */
    CHILD_DEAD,
};

struct child
{
    LIST_ENTRY link;
    struct children *list;
    enum child_state state;
    /* The driver's last word on it; the state follows when the list is not locked. */
    bool wanted;
    /* It was in an answer. */
    bool reported;
    /* It has been left out of the answer that is being made, and its driver does not know yet. */
    bool untold;
    /* The last scan in which it was seen. */
    uint32_t scan;
    /* The physical device object, referenced. NULL while it has not been created. */
    struct device *device;
    PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification;
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address;
    /* An address that was replaced and waits for the last user of the list. */
    struct retired_address *retired;
};

struct children
{
    struct device *parent;
    /* The physical device below the parent, referenced: where plug and play is told of news. */
    PDEVICE_OBJECT pdo;
    /* The WDFCHILDLIST, for the driver's callbacks; NULL for static children. */
    struct object *object;
    WDF_CHILD_LIST_CONFIG config;
    /* The next list of the device. Lists are appended and stay as long as the device. */
    struct children *next;

    struct platform_spinlock lock;
    LIST_ENTRY entries;
    uint32_t users;
    uint32_t iterations;
    bool answering;
    uint32_t scans;
    uint32_t scan;
    /* Attempts to create a child that asked for another one. */
    uint32_t retries;
    /* Something changed while a scan was under way; and there is something that the last user frees. */
    bool changed_in_scan;
    bool garbage;
    /* Something has been in it, so that an answer without children means that there are none any more. */
    bool used;
    /* The parent is going: nothing is added any more. */
    bool closed;
};

/* Prepares an empty list and enters it among those of the device; config is NULL for static children. */
void children_initialize(struct children *list, struct device *parent, struct object *object,
                         const WDF_CHILD_LIST_CONFIG *config);

/* Frees what is left of a list that nobody uses. */
void children_free(struct children *list);

/*
 * The driver's word. IRQL: up to DISPATCH_LEVEL. Adding what is there already is STATUS_OBJECT_NAME_EXISTS and renews its
 * address; marking as missing what is not there is STATUS_NO_SUCH_DEVICE. STATUS_DELETE_PENDING when the parent is going.
 */
NTSTATUS children_add_static(struct children *list, struct device *child);
NTSTATUS children_add(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                      PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address);
NTSTATUS children_mark_missing(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification);
NTSTATUS children_mark_device_missing(struct device *child);
void children_mark_all_present(struct children *list);
void children_begin_scan(struct children *list);
/* False when no scan is under way. */
bool children_end_scan(struct children *list);

/* Walks. Between the two what was found stays in memory, and nothing changes what a walk finds if it is a locked one. */
void children_begin_use(struct children *list);
void children_end_use(struct children *list);
void children_lock(struct children *list);
/* False when the list is not locked. */
bool children_unlock(struct children *list);

/* The next child after one (NULL for the first) that the flags (WDF_RETRIEVE_CHILD_FLAGS) ask for. For users of the list. */
struct child *children_next(struct children *list, struct child *after, ULONG flags);

/* The live child of that description; compare may be NULL for the list's own. For users of the list. */
struct child *children_find(struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification,
                            PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE compare);

/* Copies what the list knows into the driver's memory, which has the size of the list's descriptions. For users of the list. */
void children_copy_identification(struct child *child, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER to);
void children_copy_address(struct child *child, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER to);
/* Replaces the address; STATUS_INSUFFICIENT_RESOURCES, or what the driver's callback says. */
NTSTATUS children_set_address(struct child *child, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address);

/*
 * What plug and play does. IRQL: PASSIVE_LEVEL, one thread at a time for a device.
 */

/* Adds the children of all lists of the device to the answer *relations, which it replaces. */
NTSTATUS children_answer(struct device *parent, PDEVICE_RELATIONS *relations);

/* Whether the device is a bus: there are child lists, or have been static children. */
bool children_exist(const struct device *parent);

/* The parent is gone by surprise: all children are as good as reported missing. */
void children_report_all_missing(struct device *parent);

/* The parent is being removed, plug and play has removed the children: those that are left are deleted. */
void children_end(struct device *parent);

/* The removal packet has come to a child. True when that is its end, false when it is still there and may start again. */
bool children_removed(struct device *child);

/* Ends the wait-wake packets of all children as if each of them had woken. */
void children_end_wakes(struct device *parent);

/* Calls EvtChildListScanForChildren of every list of the device that has one. */
void children_scan(struct device *parent);

#endif /* WDF_CHILDREN_H */
