/* SPDX-License-Identifier: MIT */
/*
 * Static children: physical device objects that their bus driver makes itself.
 */
#include "bus_case.h"

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void added_child_starts_by_itself(void)
{
    struct testkit_device *device = bus_load();

    (void)child_add(1);
    testkit_settle();
    HEARD("1.PrepareHardware 1.D0Entry 1.Init");
    end(device);
    HEARD("1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Cleanup 1.Gone");
}

static void add_two_children(WDFDEVICE device)
{
    (void)device;
    (void)child_add(1);
    (void)child_add(2);
}

static void child_that_is_added_with_its_bus_starts_after_it(void)
{
    struct testkit_device *device;

    bus_created = add_two_children;
    device = bus_load();
    testkit_settle();
    CHECK_EQUAL(bus_count(".Init"), 2);
    end(device);
    CHECK_EQUAL(bus_count(".Gone"), 2);
    bus_created = NULL;
}

static void missing_child_is_surprised_removed_and_deleted(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child = child_add(1);

    testkit_settle();
    (void)bus_heard();
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.Surprise 1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Cleanup 1.Gone");
    end(device);
    HEARD("");
}

static void child_that_is_missing_before_it_was_asked_for_never_starts(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    WdfFdoLockStaticChildListForIteration(bus);
    child = child_add(1);
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    WdfFdoUnlockStaticChildListFromIteration(bus);
    testkit_settle();
    HEARD("1.Gone");
    end(device);
}

static void child_that_has_ended_cannot_be_marked(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child = child_add(1);

    testkit_settle();
    WdfObjectReference(child);
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_NO_SUCH_DEVICE);
    WdfObjectDereference(child);
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(added_child_starts_by_itself),
    CASE(child_that_is_added_with_its_bus_starts_after_it),
    CASE(missing_child_is_surprised_removed_and_deleted),
    CASE(child_that_is_missing_before_it_was_asked_for_never_starts),
    CASE(child_that_has_ended_cannot_be_marked),
    CASES_END,
};
