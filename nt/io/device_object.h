/* SPDX-License-Identifier: MIT */
/*
 * Device objects and the stacks that they form.
 *
 * A device object is one block: the published structure, our extension of it, and the driver's own extension. It is freed
 * when it has been deleted by its driver and the last reference (an open file, a running operation) is gone.
 */
#ifndef NT_DEVICE_OBJECT_H
#define NT_DEVICE_OBJECT_H

#include "nt/internal.h"

#include "nt/object/object.h"

struct devnode;
struct token;

extern const struct object_type device_type;

struct device_extension
{
    DEVOBJ_EXTENSION published;
    PDEVICE_OBJECT lower;
    /* The driver has deleted it; it may still have references. Guarded, as the stack is, by the machine's topology lock. */
    bool deleted;
    struct devnode *devnode;
    UNICODE_STRING name;
    /* What the device's security is about to become; guarded by the topology lock. */
    PSECURITY_DESCRIPTOR next_security;
    /* Called when the last reference is gone, for devices of the runtime's own. NULL for others. */
    void (*freed)(PDEVICE_OBJECT device);

    /* What the driver has said with PoSetPowerState(). */
    uint8_t power_system;
    uint8_t power_device;
    /* Of a physical device: the device of its stack whose driver decides about power, NULL for none. Not referenced. */
    const void *power_policy_owner;

    /* What the driver asked for with IoSetStartIoAttributes(), and requests for the next packet that wait for the loop. */
    bool start_io_deferred;
    bool start_io_not_cancelable;
    bool start_io_cancelable;
    bool start_io_has_key;
    ULONG start_io_key;
    uint32_t start_io_requests;
    /* One of those requests is for the packet that is current already. */
    bool start_io_current;
};

/* Creates a device of the driver; name may be NULL. The driver's first device list is maintained as published. */
NTSTATUS devobj_create(PDRIVER_OBJECT driver, ULONG extension_size, const UNICODE_STRING *name, DEVICE_TYPE type,
                       ULONG characteristics, BOOLEAN exclusive, PDEVICE_OBJECT *ret_device);

/* The driver's last word on its device: it leaves the namespace and its driver's list, and is freed when unreferenced. */
void devobj_delete(PDEVICE_OBJECT device);

/* Whether its driver has said that. */
bool devobj_is_deleted(PDEVICE_OBJECT device);

void devobj_reference(PDEVICE_OBJECT device);
void devobj_release(PDEVICE_OBJECT device);

/*
 * Puts device on top of the stack that target belongs to. *ret_below is the device below, set before anybody can find the
 * new one; NULL, and false, when target or the top of its stack has been deleted.
 */
bool devobj_attach(PDEVICE_OBJECT device, PDEVICE_OBJECT target, PDEVICE_OBJECT *ret_below);

/* Takes whatever is attached on top of lower off the stack. */
void devobj_detach(PDEVICE_OBJECT lower);

/* The top of the stack, referenced. */
PDEVICE_OBJECT devobj_top(PDEVICE_OBJECT device);

struct device_extension *devobj_extension(PDEVICE_OBJECT device);

/*
 * Security (device_security.c). The rights among `wanted` that the device's descriptor gives the token. Changes are for all devices of the
 * stack, or for none when there is no memory; see security_change() and security_copy() for the statuses. PASSIVE_LEVEL.
 */
ACCESS_MASK devobj_rights(PDEVICE_OBJECT device, const struct token *token, ACCESS_MASK wanted);
NTSTATUS devobj_change_security(PDEVICE_OBJECT device, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from);
NTSTATUS devobj_copy_security(PDEVICE_OBJECT device, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR buffer, ULONG length,
                              ULONG *ret_needed);

/* Ends the device's timer, if it has one. */
void device_timer_free(PDEVICE_OBJECT device);

#endif /* NT_DEVICE_OBJECT_H */
