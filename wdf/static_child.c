/* SPDX-License-Identifier: MIT */
/*
 * Static children: the bus driver makes the physical device objects itself and hands them over.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/verifier.h"

NTSTATUS wdf_kmdf_WdfFdoAddStaticChild(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo, WDFDEVICE Child)
{
    struct device *parent = device_from_handle(Fdo, "WdfFdoAddStaticChild");
    struct device *child = device_from_handle(Child, "WdfFdoAddStaticChild");

    if (!device_is_fdo(parent) || !device_is_pdo(child) || child->bus.pdo->list != &parent->bus.static_children)
    {
        verifier_report(globals_of(DriverGlobals), RULE_V37, &child->object, "WdfFdoAddStaticChild",
                        "the device was not created as a static child of this function device");
        return STATUS_INVALID_PARAMETER;
    }
    return children_add_static(&parent->bus.static_children, child);
}

VOID wdf_kmdf_WdfFdoLockStaticChildListForIteration(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo)
{
    struct device *parent = device_from_handle(Fdo, "WdfFdoLockStaticChildListForIteration");

    if (!device_is_fdo(parent))
    {
        globals_break(globals_of(DriverGlobals), "WdfFdoLockStaticChildListForIteration: not a function device");
        return;
    }
    children_lock(&parent->bus.static_children);
}

VOID wdf_kmdf_WdfFdoUnlockStaticChildListFromIteration(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo)
{
    struct device *parent = device_from_handle(Fdo, "WdfFdoUnlockStaticChildListFromIteration");

    if (!device_is_fdo(parent) || !children_unlock(&parent->bus.static_children))
    {
        globals_break(globals_of(DriverGlobals), "WdfFdoUnlockStaticChildListFromIteration: the list is not locked");
    }
}

static bool is_locked(struct children *list)
{
    bool locked;

    platform_spinlock_lock(&list->lock);
    locked = list->iterations != 0;
    platform_spinlock_unlock(&list->lock);
    return locked;
}

/* A child that has ended since is not the place of any walk. */
static struct child *child_of(struct children *list, struct device *device)
{
    struct child *child;

    platform_spinlock_lock(&list->lock);
    child = device->bus.pdo->child;
    platform_spinlock_unlock(&list->lock);
    return child;
}

/* Those that are in the list come before those that are added meanwhile, because nothing enters it while it is locked. */
static WDFDEVICE next_child(struct children *list, struct device *previous, ULONG flags)
{
    struct child *after = previous == NULL ? NULL : child_of(list, previous);
    struct child *child = NULL;

    if (previous == NULL || after != NULL)
    {
        child = children_next(list, after, flags);
    }
    return child == NULL ? NULL : wdfobj_handle(&child->device->object);
}

WDFDEVICE wdf_kmdf_WdfFdoRetrieveNextStaticChild(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo, WDFDEVICE PreviousChild,
                                                 ULONG Flags)
{
    struct device *parent = device_from_handle(Fdo, "WdfFdoRetrieveNextStaticChild");
    struct device *previous =
        PreviousChild == NULL ? NULL : device_from_handle(PreviousChild, "WdfFdoRetrieveNextStaticChild");
    struct children *list = &parent->bus.static_children;

    if (!device_is_fdo(parent) || Flags == 0 || (Flags & ~(ULONG)WdfRetrieveAllChildren) != 0 ||
        (previous != NULL && (!device_is_pdo(previous) || previous->bus.pdo->list != list)))
    {
        globals_break(globals_of(DriverGlobals), "WdfFdoRetrieveNextStaticChild: wrong flags, or a wrong device");
        return NULL;
    }
    return is_locked(list) ? next_child(list, previous, Flags) : NULL;
}
