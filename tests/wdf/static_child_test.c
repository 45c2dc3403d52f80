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

static void iteration_shows_what_changes_only_when_it_is_over(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE first = child_add(1);
    WDFDEVICE second;

    testkit_settle();
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, WdfRetrieveAllChildren) == NULL);
    WdfFdoLockStaticChildListForIteration(bus);
    WdfFdoLockStaticChildListForIteration(bus);
    second = child_add(2);
    CHECK_STATUS(WdfPdoMarkMissing(first), STATUS_SUCCESS);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, WdfRetrievePresentChildren) == first);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, first, WdfRetrievePresentChildren) == NULL);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, first, WdfRetrieveAddedChildren) == second);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, WdfRetrievePendingChildren) == second);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, WdfRetrieveMissingChildren) == NULL);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, 0) == NULL);
    CHECK(WdfFdoRetrieveNextStaticChild(bus, NULL, 8) == NULL);
    WdfFdoUnlockStaticChildListFromIteration(bus);
    testkit_settle();
    CHECK_EQUAL(bus_count("2.Init"), 0);
    CHECK_EQUAL(bus_count("1.Gone"), 0);
    WdfFdoUnlockStaticChildListFromIteration(bus);
    testkit_settle();
    CHECK_EQUAL(bus_count("2.Init"), 1);
    CHECK_EQUAL(bus_count("1.Gone"), 1);
    end(device);
}

static void add_some(void *argument)
{
    (void)argument;
    for (ULONG number = 1; number <= 3; number++)
    {
        (void)child_add(number);
    }
}

static void mark_missing(void *argument)
{
    CHECK_STATUS(WdfPdoMarkMissing((WDFDEVICE)argument), STATUS_SUCCESS);
}

static void child_that_is_missing_while_it_starts_ends(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child = child_add(1);
    struct nt_thread *thread = nt_thread_start(mark_missing, child);

    nt_thread_join(thread);
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Gone"), 1);
    CHECK_EQUAL(bus_count("1.Init"), bus_count("1.Cleanup"));
    end(device);
}

static void bus_that_vanishes_while_children_start_takes_them_along(void)
{
    struct testkit_device *device = bus_load();
    struct nt_thread *thread = nt_thread_start(add_some, NULL);

    nt_thread_join(thread);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    CHECK_EQUAL(bus_count(".Gone"), 3);
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
}

static void child_that_fails_to_start_is_deleted_with_its_bus(void)
{
    struct testkit_device *device = bus_load();

    child_prepare_status[1] = STATUS_UNSUCCESSFUL;
    (void)child_add(1);
    testkit_settle();
    HEARD("1.PrepareHardware 1.ReleaseHardware");
    end(device);
    HEARD("1.Gone");
}

const struct nt_case nt_cases[] = {
    CASE(added_child_starts_by_itself),
    CASE(child_that_is_added_with_its_bus_starts_after_it),
    CASE(missing_child_is_surprised_removed_and_deleted),
    CASE(child_that_is_missing_before_it_was_asked_for_never_starts),
    CASE(child_that_has_ended_cannot_be_marked),
    CASE(iteration_shows_what_changes_only_when_it_is_over),
    CASE(child_that_is_missing_while_it_starts_ends),
    CASE(bus_that_vanishes_while_children_start_takes_them_along),
    CASE(child_that_fails_to_start_is_deleted_with_its_bus),
    CASES_END,
};
