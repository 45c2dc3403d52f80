/* SPDX-License-Identifier: MIT */
/*
 * The bus's side of a physical device object: who the child is, and what its bus driver wants to hear. A device init for a child
 * has one, which the device takes over.
 */
#ifndef WDF_PDO_H
#define WDF_PDO_H

#include "wdf/bus.h"
#include "wdf/device.h"

struct WDFDEVICE_INIT;

/* Description and location in one language. */
struct pdo_text
{
    struct pdo_text *next;
    LCID locale;
    UNICODE_STRING description;
    UNICODE_STRING location;
};

struct pdo
{
    /* The function device that the child belongs to, referenced. */
    struct device *parent;
    /* The list that the child is in or will be in, which lives as long as this: its object is referenced, or part of the parent. */
    struct children *list;
    /* The entry in it; guarded by the list's lock. NULL before it is added and after its end. */
    struct child *child;

    UNICODE_STRING device_id;
    UNICODE_STRING instance_id;
    UNICODE_STRING container_id;
    /* Strings with their terminators, one after the other. */
    UNICODE_STRING hardware_ids;
    UNICODE_STRING compatible_ids;
    struct pdo_text *texts;
    LCID default_locale;

    WDF_PDO_EVENT_CALLBACKS callbacks;
    bool is_raw;
    GUID raw_class;
    bool forwards_to_parent;
    bool independent_of_parent_power;
    struct device_set ejection_relations;
};

/* The bus's side for a new child. NULL when there is no memory. */
struct pdo *pdo_create(struct children *list);
void pdo_free(struct pdo *pdo);

/* The description and location to answer with for the locale: that locale's, or the default one's. NULL for none. */
const struct pdo_text *pdo_find_text(const struct pdo *pdo, LCID locale);

/* The child's last event: its callbacks for removal run as far as they have not, and it is deleted. IRQL: PASSIVE_LEVEL. */
void pdo_end(struct device *device);

static inline bool device_is_pdo(const struct device *device)
{
    return device->bus.pdo != NULL;
}

/* A packet of plug and play that comes to a physical device object and is not one of its machine. Completes it. */
NTSTATUS pdo_dispatch_pnp(struct device *device, PIRP irp);

/*
 * Power. A child that is in D0 holds its parent there, unless it was said to be independent; false when the parent does not come
 * to D0 any more. IRQL: PASSIVE_LEVEL; the first waits.
 */
bool pdo_hold_parent(struct device *device);
void pdo_release_parent(struct device *device);

/*
 * Waking. The packet waits until it is ended or cancelled; its bus driver enables the wake signal when the device leaves D0 while
 * there is one, and disables it on the way back. Devices that are none pass through the last two. IRQL: PASSIVE_LEVEL, but for
 * ending: up to DISPATCH_LEVEL. Ending is false when there is no packet.
 */
NTSTATUS pdo_wait_wake(struct device *device, PIRP irp);
bool pdo_end_wake(struct device *device, NTSTATUS status);
void pdo_enable_wake(struct device *device);
void pdo_disable_wake(struct device *device);

#endif /* WDF_PDO_H */
