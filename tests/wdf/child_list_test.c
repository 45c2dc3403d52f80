/* SPDX-License-Identifier: MIT */
/*
 * WDFCHILDLIST: children that their bus driver describes, and whose devices the framework has it create.
 */
#include "bus_case.h"

#include <string.h>

typedef struct
{
    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Header;
    ULONG Number;
    PULONG Allocated;
} IDENTIFICATION;

typedef struct
{
    WDF_CHILD_ADDRESS_DESCRIPTION_HEADER Header;
    ULONG Slot;
} ADDRESS;

static WDF_CHILD_LIST_CONFIG config;
static NTSTATUS create_status;
static LONG creations;
static void (*in_create)(WDFCHILDLIST list);

static WDFCHILDLIST default_list(void)
{
    return WdfFdoGetDefaultChildList(bus);
}

static IDENTIFICATION identification(ULONG number)
{
    IDENTIFICATION description;

    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER_INIT(&description.Header, sizeof(description));
    description.Number = number;
    return description;
}

static ADDRESS address(ULONG slot)
{
    ADDRESS description;

    WDF_CHILD_ADDRESS_DESCRIPTION_HEADER_INIT(&description.Header, sizeof(description));
    description.Slot = slot;
    return description;
}

static NTSTATUS report(ULONG number)
{
    IDENTIFICATION description = identification(number);

    return WdfChildListAddOrUpdateChildDescriptionAsPresent(default_list(), &description.Header, NULL);
}

static NTSTATUS report_missing(ULONG number)
{
    IDENTIFICATION description = identification(number);

    return WdfChildListUpdateChildDescriptionAsMissing(default_list(), &description.Header);
}

static NTSTATUS create_device(WDFCHILDLIST ChildList, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Description,
                              PWDFDEVICE_INIT ChildInit)
{
    InterlockedIncrement(&creations);
    if (in_create != NULL)
    {
        in_create(ChildList);
    }
    if (!NT_SUCCESS(create_status))
    {
        return create_status;
    }
    return child_create_from(ChildInit, CONTAINING_RECORD(Description, IDENTIFICATION, Header)->Number);
}

static void set_config(PWDFDEVICE_INIT init)
{
    WdfFdoInitSetDefaultChildListConfig(init, &config, WDF_NO_OBJECT_ATTRIBUTES);
}

static struct testkit_device *begin(void)
{
    create_status = STATUS_SUCCESS;
    creations = 0;
    in_create = NULL;
    bus_prepare = set_config;
    return bus_load();
}

static void plain(void)
{
    WDF_CHILD_LIST_CONFIG_INIT(&config, sizeof(IDENTIFICATION), create_device);
    config.AddressDescriptionSize = sizeof(ADDRESS);
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_prepare = NULL;
}

static void described_child_is_created_when_plug_and_play_asks_and_starts(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.PrepareHardware 1.D0Entry 1.Init");
    CHECK_EQUAL(creations, 1);
    end(device);
    HEARD("1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Cleanup 1.Gone");
}

static void child_that_is_described_again_is_the_same(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    CHECK_STATUS(report(1), STATUS_OBJECT_NAME_EXISTS);
    testkit_settle();
    CHECK_STATUS(report(1), STATUS_OBJECT_NAME_EXISTS);
    testkit_settle();
    CHECK_EQUAL(creations, 1);
    end(device);
}

static void missing_child_is_removed_and_deleted(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    CHECK_STATUS(report(2), STATUS_SUCCESS);
    testkit_settle();
    (void)bus_heard();
    CHECK_STATUS(report_missing(1), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.Surprise 1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Cleanup 1.Gone");
    CHECK_STATUS(report_missing(1), STATUS_NO_SUCH_DEVICE);
    end(device);
}

static void child_that_comes_back_is_a_new_device(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(report_missing(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(creations, 2);
    CHECK_EQUAL(bus_count("1.Init"), 2);
    end(device);
    CHECK_EQUAL(bus_count("1.Gone"), 2);
}

static void scan_reports_missing_what_it_has_not_seen(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    WdfChildListBeginScan(default_list());
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    CHECK_STATUS(report(2), STATUS_SUCCESS);
    CHECK_STATUS(report(3), STATUS_SUCCESS);
    WdfChildListEndScan(default_list());
    testkit_settle();
    CHECK_EQUAL(bus_count(".Init"), 3);
    (void)bus_heard();
    WdfChildListBeginScan(default_list());
    CHECK_STATUS(report(2), STATUS_OBJECT_NAME_EXISTS);
    WdfChildListBeginScan(default_list());
    WdfChildListEndScan(default_list());
    CHECK_STATUS(report(3), STATUS_OBJECT_NAME_EXISTS);
    WdfChildListEndScan(default_list());
    testkit_settle();
    HEARD("1.Surprise 1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Cleanup 1.Gone");
    WdfChildListBeginScan(default_list());
    WdfChildListUpdateAllChildDescriptionsAsPresent(default_list());
    WdfChildListEndScan(default_list());
    testkit_settle();
    HEARD("");
    end(device);
}

static void description_of_a_wrong_size_is_refused(void)
{
    struct testkit_device *device;
    IDENTIFICATION wrong = identification(1);
    IDENTIFICATION good = identification(1);
    ADDRESS wrong_address = address(1);
    ADDRESS good_address = address(1);

    plain();
    device = begin();
    wrong.Header.IdentificationDescriptionSize--;
    wrong_address.Header.AddressDescriptionSize++;
    CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(default_list(), &wrong.Header, NULL),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(default_list(), &good.Header, &wrong_address.Header),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfChildListUpdateChildDescriptionAsMissing(default_list(), &wrong.Header), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfChildListRetrieveAddressDescription(default_list(), &wrong.Header, &good_address.Header),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfChildListRetrieveAddressDescription(default_list(), &good.Header, &wrong_address.Header),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfChildListRetrieveAddressDescription(default_list(), &good.Header, &good_address.Header),
                 STATUS_NO_SUCH_DEVICE);
    end(device);
}

static void address_is_what_was_said_last(void)
{
    struct testkit_device *device;
    IDENTIFICATION one = identification(1);
    ADDRESS said = address(7);
    ADDRESS got = address(0);
    WDF_CHILD_RETRIEVE_INFO info;
    WDFDEVICE pdo;

    plain();
    device = begin();
    CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(default_list(), &one.Header, &said.Header),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfChildListRetrieveAddressDescription(default_list(), &one.Header, &got.Header), STATUS_SUCCESS);
    CHECK_EQUAL(got.Slot, 7);
    said.Slot = 8;
    CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(default_list(), &one.Header, &said.Header),
                 STATUS_OBJECT_NAME_EXISTS);
    testkit_settle();
    WDF_CHILD_RETRIEVE_INFO_INIT(&info, &one.Header);
    info.AddressDescription = &got.Header;
    pdo = WdfChildListRetrievePdo(default_list(), &info);
    CHECK(pdo != NULL);
    CHECK_EQUAL(info.Status, WdfChildListRetrieveDeviceSuccess);
    CHECK_EQUAL(got.Slot, 8);
    said.Slot = 9;
    CHECK_STATUS(WdfPdoUpdateAddressDescription(pdo, &said.Header), STATUS_SUCCESS);
    CHECK_STATUS(WdfPdoRetrieveAddressDescription(pdo, &got.Header), STATUS_SUCCESS);
    CHECK_EQUAL(got.Slot, 9);
    one.Number = 0;
    CHECK_STATUS(WdfPdoRetrieveIdentificationDescription(pdo, &one.Header), STATUS_SUCCESS);
    CHECK_EQUAL(one.Number, 1);
    CHECK(WdfPdoGetParent(pdo) == bus);
    CHECK(WdfChildListGetDevice(default_list()) == bus);
    one.Header.IdentificationDescriptionSize++;
    got.Header.AddressDescriptionSize++;
    CHECK_STATUS(WdfPdoRetrieveIdentificationDescription(pdo, &one.Header), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoRetrieveAddressDescription(pdo, &got.Header), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoUpdateAddressDescription(pdo, &got.Header), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoUpdateAddressDescription(bus, &got.Header), STATUS_INVALID_PARAMETER);
    end(device);
}

static void retrieval_says_what_became_of_the_child(void)
{
    struct testkit_device *device;
    IDENTIFICATION one = identification(1);
    WDF_CHILD_RETRIEVE_INFO info;

    plain();
    device = begin();
    WDF_CHILD_RETRIEVE_INFO_INIT(&info, &one.Header);
    CHECK(WdfChildListRetrievePdo(default_list(), &info) == NULL);
    CHECK_EQUAL(info.Status, WdfChildListRetrieveDeviceNoSuchDevice);
    create_status = STATUS_RETRY;
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK(WdfChildListRetrievePdo(default_list(), &info) == NULL);
    CHECK_EQUAL(info.Status, WdfChildListRetrieveDeviceNotYetCreated);
    end(device);
}

static void failed_creation_is_forgotten_and_retried_when_it_asks_for_that(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    create_status = STATUS_UNSUCCESSFUL;
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(creations, 1);
    CHECK_STATUS(report_missing(1), STATUS_NO_SUCH_DEVICE);
    create_status = STATUS_RETRY;
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(creations, 5);
    create_status = STATUS_SUCCESS;
    CHECK_STATUS(testkit_enumerate(device), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Init"), 1);
    end(device);
}

static NTSTATUS next(PWDF_CHILD_LIST_ITERATOR iterator, ULONG *ret_number)
{
    IDENTIFICATION found = identification(0);
    WDF_CHILD_RETRIEVE_INFO info;
    WDFDEVICE pdo;
    NTSTATUS status;

    WDF_CHILD_RETRIEVE_INFO_INIT(&info, &found.Header);
    status = WdfChildListRetrieveNextDevice(default_list(), iterator, &pdo, &info);
    *ret_number = found.Number;
    return status;
}

static void what_changes_during_an_iteration_counts_after_it(void)
{
    struct testkit_device *device;
    WDF_CHILD_LIST_ITERATOR present;
    WDF_CHILD_LIST_ITERATOR pending;
    ULONG number;

    plain();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    CHECK_STATUS(report(2), STATUS_SUCCESS);
    testkit_settle();
    WDF_CHILD_LIST_ITERATOR_INIT(&present, WdfRetrievePresentChildren);
    WDF_CHILD_LIST_ITERATOR_INIT(&pending, WdfRetrievePendingChildren);
    WdfChildListBeginIteration(default_list(), &present);
    WdfChildListBeginIteration(default_list(), &pending);
    CHECK_STATUS(next(&present, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 1);
    CHECK_STATUS(report_missing(2), STATUS_SUCCESS);
    CHECK_STATUS(report(3), STATUS_SUCCESS);
    CHECK_STATUS(next(&present, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 2);
    CHECK_STATUS(next(&present, &number), STATUS_NO_MORE_ENTRIES);
    CHECK_STATUS(next(&pending, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 3);
    CHECK_STATUS(next(&pending, &number), STATUS_NO_MORE_ENTRIES);
    WdfChildListEndIteration(default_list(), &present);
    testkit_settle();
    CHECK_EQUAL(bus_count("3.Init"), 0);
    WdfChildListEndIteration(default_list(), &pending);
    testkit_settle();
    CHECK_EQUAL(bus_count("3.Init"), 1);
    CHECK_EQUAL(bus_count("2.Gone"), 1);
    end(device);
}

static void iterator_that_has_not_begun_or_has_a_wrong_size_is_refused(void)
{
    struct testkit_device *device;
    WDF_CHILD_LIST_ITERATOR iterator;
    WDF_CHILD_RETRIEVE_INFO info;
    WDFDEVICE pdo;

    plain();
    device = begin();
    WDF_CHILD_LIST_ITERATOR_INIT(&iterator, WdfRetrieveAllChildren);
    CHECK_STATUS(WdfChildListRetrieveNextDevice(default_list(), &iterator, &pdo, NULL), STATUS_INVALID_PARAMETER);
    WdfChildListBeginIteration(default_list(), &iterator);
    CHECK_STATUS(WdfChildListRetrieveNextDevice(default_list(), &iterator, &pdo, NULL), STATUS_NO_MORE_ENTRIES);
    WDF_CHILD_RETRIEVE_INFO_INIT(&info, NULL);
    WdfChildListEndIteration(default_list(), &iterator);
    CHECK_STATUS(WdfChildListRetrieveNextDevice(default_list(), &iterator, &pdo, &info), STATUS_INVALID_PARAMETER);
    end(device);
}

static void configuration_that_does_not_hold_together_is_refused(void)
{
    struct testkit_device *device;
    WDF_CHILD_LIST_CONFIG wrong;
    WDFCHILDLIST list;
    WDF_OBJECT_ATTRIBUTES attributes;

    plain();
    device = begin();
    WDF_CHILD_LIST_CONFIG_INIT(&wrong, sizeof(IDENTIFICATION), NULL);
    CHECK_STATUS(WdfChildListCreate(bus, &wrong, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_INVALID_PARAMETER);
    CHECK(list == NULL);
    WDF_CHILD_LIST_CONFIG_INIT(&wrong, 1, create_device);
    CHECK_STATUS(WdfChildListCreate(bus, &wrong, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_INVALID_PARAMETER);
    WDF_CHILD_LIST_CONFIG_INIT(&wrong, sizeof(IDENTIFICATION), create_device);
    wrong.AddressDescriptionSize = 1;
    CHECK_STATUS(WdfChildListCreate(bus, &wrong, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_INVALID_PARAMETER);
    wrong.AddressDescriptionSize = 0;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = bus;
    CHECK_STATUS(WdfChildListCreate(bus, &wrong, &attributes, &list), STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    CHECK_STATUS(WdfChildListCreate(bus, &wrong, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_SUCCESS);
    end(device);
}

/* A driver whose descriptions point at memory of their own. */

static LONG allocated;

static VOID deep_copy(WDFCHILDLIST List, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Source,
                      PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Destination)
{
    UNREFERENCED_PARAMETER(List);
    CONTAINING_RECORD(Destination, IDENTIFICATION, Header)->Number =
        *CONTAINING_RECORD(Source, IDENTIFICATION, Header)->Allocated;
}

static NTSTATUS deep_duplicate(WDFCHILDLIST List, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Source,
                               PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Destination)
{
    IDENTIFICATION *from = CONTAINING_RECORD(Source, IDENTIFICATION, Header);
    IDENTIFICATION *to = CONTAINING_RECORD(Destination, IDENTIFICATION, Header);

    UNREFERENCED_PARAMETER(List);
    to->Allocated = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ULONG), 'tseT');
    if (to->Allocated == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *to->Allocated = from->Number;
    to->Number = from->Number;
    InterlockedIncrement(&allocated);
    return STATUS_SUCCESS;
}

static VOID deep_cleanup(WDFCHILDLIST List, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Description)
{
    UNREFERENCED_PARAMETER(List);
    ExFreePool(CONTAINING_RECORD(Description, IDENTIFICATION, Header)->Allocated);
    InterlockedDecrement(&allocated);
}

static BOOLEAN deep_compare(WDFCHILDLIST List, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER First,
                            PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Second)
{
    UNREFERENCED_PARAMETER(List);
    return CONTAINING_RECORD(First, IDENTIFICATION, Header)->Number ==
           CONTAINING_RECORD(Second, IDENTIFICATION, Header)->Number;
}

static void deep(void)
{
    plain();
    config.EvtChildListIdentificationDescriptionCopy = deep_copy;
    config.EvtChildListIdentificationDescriptionDuplicate = deep_duplicate;
    config.EvtChildListIdentificationDescriptionCleanup = deep_cleanup;
    config.EvtChildListIdentificationDescriptionCompare = deep_compare;
}

static void every_duplicate_is_cleaned_up_once(void)
{
    struct testkit_device *device;
    WDF_CHILD_LIST_ITERATOR iterator;
    ULONG number;

    allocated = 0;
    deep();
    device = begin();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    CHECK_STATUS(report(1), STATUS_OBJECT_NAME_EXISTS);
    CHECK_STATUS(report(2), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(allocated, 2);
    WDF_CHILD_LIST_ITERATOR_INIT(&iterator, WdfRetrieveAllChildren);
    WdfChildListBeginIteration(default_list(), &iterator);
    CHECK_STATUS(next(&iterator, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 1);
    WdfChildListEndIteration(default_list(), &iterator);
    CHECK_STATUS(report_missing(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(allocated, 1);
    end(device);
    CHECK_EQUAL(allocated, 0);
}

static VOID scan(WDFCHILDLIST List)
{
    IDENTIFICATION one = identification(1);

    bus_note(0, "Scan");
    WdfChildListBeginScan(List);
    CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(List, &one.Header, NULL), STATUS_SUCCESS);
    WdfChildListEndScan(List);
}

static void bus_that_enters_d0_is_asked_to_scan(void)
{
    struct testkit_device *device;

    plain();
    config.EvtChildListScanForChildren = scan;
    device = begin();
    testkit_settle();
    HEARD("0.Scan 1.PrepareHardware 1.D0Entry 1.Init");
    end(device);
}

static void describe_in_create(WDFCHILDLIST List)
{
    IDENTIFICATION two = identification(2);

    if (creations == 1)
    {
        CHECK_STATUS(WdfChildListAddOrUpdateChildDescriptionAsPresent(List, &two.Header, NULL), STATUS_SUCCESS);
    }
}

static void child_that_is_described_while_another_is_created_follows(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    in_create = describe_in_create;
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count(".Init"), 2);
    end(device);
}

static void memory_that_is_short_leaves_the_list_as_it_was(void)
{
    struct testkit_device *device;
    IDENTIFICATION one = identification(1);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    deep();
    allocated = 0;
    device = begin();
    for (unsigned n = 1; status == STATUS_INSUFFICIENT_RESOURCES; n++)
    {
        WDF_CHILD_RETRIEVE_INFO info;

        WDF_CHILD_RETRIEVE_INFO_INIT(&info, &one.Header);
        CHECK(WdfChildListRetrievePdo(default_list(), &info) == NULL);
        CHECK_EQUAL(info.Status, WdfChildListRetrieveDeviceNoSuchDevice);
        nt_fail_allocation(n);
        status = report(1);
        nt_fail_allocation(0);
    }
    CHECK_STATUS(status, STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Init"), 1);
    end(device);
    CHECK_EQUAL(allocated, 0);
}

/*
 * Races.
 */

static void describe_some(void *argument)
{
    ULONG first = (ULONG)(ULONG_PTR)argument;

    for (ULONG number = first; number < first + 3; number++)
    {
        CHECK(NT_SUCCESS(report(number)));
    }
}

static void scan_once(void *argument)
{
    WdfChildListBeginScan(default_list());
    (void)report((ULONG)(ULONG_PTR)argument);
    WdfChildListEndScan(default_list());
}

static void threads_that_describe_the_same_children_agree(void)
{
    struct testkit_device *device;
    struct nt_thread *first;
    struct nt_thread *second;

    deep();
    allocated = 0;
    device = begin();
    first = nt_thread_start(describe_some, (void *)1);
    second = nt_thread_start(describe_some, (void *)1);
    nt_thread_join(first);
    nt_thread_join(second);
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Init"), 1);
    CHECK_EQUAL(bus_count("3.Init"), 1);
    end(device);
    CHECK_EQUAL(allocated, 0);
    CHECK_EQUAL(bus_count(".Gone"), creations);
}

static void scan_races_removal(void)
{
    struct testkit_device *device;
    struct nt_thread *scanner;
    struct nt_thread *describer;

    deep();
    allocated = 0;
    device = begin();
    scanner = nt_thread_start(scan_once, (void *)2);
    describer = nt_thread_start(describe_some, (void *)1);
    (void)testkit_enumerate(device);
    nt_thread_join(scanner);
    nt_thread_join(describer);
    end(device);
    CHECK_EQUAL(allocated, 0);
    CHECK_EQUAL(bus_count(".Gone"), creations);
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
}

static void bus_that_vanishes_while_children_start_takes_them_along(void)
{
    struct testkit_device *device;
    struct nt_thread *describer;

    deep();
    allocated = 0;
    device = begin();
    describer = nt_thread_start(describe_some, (void *)1);
    nt_thread_join(describer);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_prepare = NULL;
    CHECK_EQUAL(allocated, 0);
    CHECK_EQUAL(bus_count(".Gone"), creations);
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
}

/*
 * Predecessors.
 */

static ULONG named;

/* Each device has a name of its own, so that the case can open it. */
static void name_by_count(PWDFDEVICE_INIT init, ULONG number)
{
    WCHAR text[] = L"\\Device\\CaseChild0";
    UNICODE_STRING name;

    UNREFERENCED_PARAMETER(number);
    text[ARRAYSIZE(text) - 2] = (WCHAR)('0' + named++);
    RtlInitUnicodeString(&name, text);
    CHECK_STATUS(WdfDeviceInitAssignName(init, &name), STATUS_SUCCESS);
}

static void child_that_comes_back_starts_when_its_predecessor_is_gone(void)
{
    struct testkit_device *device;
    struct testkit_file *file;

    plain();
    device = begin();
    named = 0;
    child_prepare = name_by_count;
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(testkit_open("\\Device\\CaseChild0", true, true, &file), STATUS_SUCCESS);
    (void)bus_heard();
    CHECK_STATUS(report_missing(1), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(report(1), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.Surprise 1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush");
    CHECK_EQUAL(creations, 2);
    testkit_close(file);
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Gone"), 1);
    CHECK_EQUAL(bus_count("1.Init"), 2);
    child_prepare = NULL;
    end(device);
    CHECK_EQUAL(bus_count("1.Gone"), 2);
}

/* The bus is asked before anybody has acted on the child's absence. */
static void child_that_is_exchanged_between_two_questions_starts(void)
{
    struct testkit_device *device;

    plain();
    device = begin();
    for (int round = 0; round < 3; round++)
    {
        (void)report(1);
        (void)testkit_enumerate(device);
        CHECK_STATUS(report_missing(1), STATUS_SUCCESS);
        (void)report(1);
        (void)testkit_enumerate(device);
    }
    testkit_settle();
    CHECK_EQUAL(bus_count("1.Init"), bus_count("1.Cleanup") + 1);
    end(device);
    CHECK_EQUAL(bus_count(".Gone"), creations);
}

const struct nt_case nt_cases[] = {
    CASE(child_that_comes_back_starts_when_its_predecessor_is_gone),
    CASE(child_that_is_exchanged_between_two_questions_starts),
    CASE(described_child_is_created_when_plug_and_play_asks_and_starts),
    CASE(child_that_is_described_again_is_the_same),
    CASE(missing_child_is_removed_and_deleted),
    CASE(child_that_comes_back_is_a_new_device),
    CASE(scan_reports_missing_what_it_has_not_seen),
    CASE(description_of_a_wrong_size_is_refused),
    CASE(address_is_what_was_said_last),
    CASE(retrieval_says_what_became_of_the_child),
    CASE(failed_creation_is_forgotten_and_retried_when_it_asks_for_that),
    CASE(what_changes_during_an_iteration_counts_after_it),
    CASE(iterator_that_has_not_begun_or_has_a_wrong_size_is_refused),
    CASE(configuration_that_does_not_hold_together_is_refused),
    CASE(every_duplicate_is_cleaned_up_once),
    CASE(bus_that_enters_d0_is_asked_to_scan),
    CASE(child_that_is_described_while_another_is_created_follows),
    CASE(memory_that_is_short_leaves_the_list_as_it_was),
    CASE(threads_that_describe_the_same_children_agree),
    CASE(scan_races_removal),
    CASE(bus_that_vanishes_while_children_start_takes_them_along),
    CASES_END,
};
