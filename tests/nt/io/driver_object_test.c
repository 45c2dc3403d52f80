/* SPDX-License-Identifier: MIT */
/*
 * What drivers hang on driver objects, routines that follow DriverEntry, and where a driver's image lies.
 */
#include "io_case.h"

#include "nt/io/driver_object.h"
#include "nt/registry/device_keys.h"

static char key;
static char other_key;

static void an_extension_is_zeroed_and_found_by_its_key(void)
{
    PDRIVER_OBJECT driver = io_driver("Client", io_succeed);
    unsigned char *memory = NULL;
    void *other = NULL;

    CHECK(IoGetDriverObjectExtension(driver, &key) == NULL);
    CHECK_EQUAL(IoAllocateDriverObjectExtension(driver, &key, 100, (PVOID *)&memory), STATUS_SUCCESS);
    CHECK_EQUAL((ULONG_PTR)memory % 16, 0);
    for (size_t index = 0; index < 100; index++)
    {
        CHECK_EQUAL(memory[index], 0);
    }
    CHECK_EQUAL(IoAllocateDriverObjectExtension(driver, &other_key, 0, &other), STATUS_SUCCESS);
    CHECK(IoGetDriverObjectExtension(driver, &key) == memory);
    CHECK(IoGetDriverObjectExtension(driver, &other_key) == other && other != NULL);
    drvobj_free(driver);
}

static void a_key_has_one_extension(void)
{
    PDRIVER_OBJECT driver = io_driver("Client", io_succeed);
    void *memory;
    void *second = &key;

    CHECK_EQUAL(IoAllocateDriverObjectExtension(driver, &key, 8, &memory), STATUS_SUCCESS);
    CHECK_EQUAL(IoAllocateDriverObjectExtension(driver, &key, 8, &second), STATUS_OBJECT_NAME_COLLISION);
    CHECK(second == NULL);
    CHECK(IoGetDriverObjectExtension(driver, &key) == memory);
    drvobj_free(driver);
}

static void an_extension_without_memory_is_refused(void)
{
    PDRIVER_OBJECT driver = io_driver("Client", io_succeed);
    void *memory = &key;

    nt_fail_allocation(1);
    CHECK_EQUAL(IoAllocateDriverObjectExtension(driver, &key, 8, &memory), STATUS_INSUFFICIENT_RESOURCES);
    nt_fail_allocation(0);
    CHECK(memory == NULL);
    drvobj_free(driver);
}

static unsigned collisions;
static unsigned made;

static void allocate_extension(void *argument)
{
    void *memory;
    NTSTATUS status = IoAllocateDriverObjectExtension(argument, &key, 8, &memory);

    (void)InterlockedIncrement((volatile LONG *)(status == STATUS_SUCCESS ? &made : &collisions));
    CHECK(status == STATUS_SUCCESS || status == STATUS_OBJECT_NAME_COLLISION);
    CHECK(IoGetDriverObjectExtension(argument, &key) != NULL);
}

static void one_of_several_threads_gets_the_extension(void)
{
    PDRIVER_OBJECT driver = io_driver("Client", io_succeed);
    struct nt_thread *threads[3];

    collisions = 0;
    made = 0;
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(allocate_extension, driver);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(made, 1);
    CHECK_EQUAL(collisions, 2);
    drvobj_free(driver);
}

/* The order in which routines ran: each adds its letter. */
static char order[8];
static size_t order_length;
static NTSTATUS entry_status;

static void reinitialize(PDRIVER_OBJECT driver, PVOID context, ULONG count)
{
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    order[order_length++] = *(const char *)context;
    CHECK_EQUAL(count, order_length);
    CHECK_EQUAL(driver->DriverExtension->Count, count);
    if (*(const char *)context == 'a')
    {
        IoRegisterDriverReinitialization(driver, reinitialize, (PVOID)(ULONG_PTR) "c");
    }
}

static NTSTATUS entry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    IoRegisterDriverReinitialization(driver, reinitialize, (PVOID)(ULONG_PTR) "a");
    IoRegisterDriverReinitialization(driver, reinitialize, (PVOID)(ULONG_PTR) "b");
    IoRegisterBootDriverReinitialization(driver, reinitialize, (PVOID)(ULONG_PTR) "B");
    CHECK_EQUAL(order_length, 0);
    return entry_status;
}

static void run_entry(NTSTATUS status)
{
    PDRIVER_OBJECT driver = io_driver("Late", io_succeed);

    RtlZeroMemory(order, sizeof(order));
    order_length = 0;
    entry_status = status;
    CHECK_EQUAL(drvobj_initialize(driver, entry), status);
    drvobj_free(driver);
}

static void routines_follow_a_driver_entry_in_order_boot_first(void)
{
    run_entry(STATUS_SUCCESS);
    CHECK_EQUAL(order_length, 4);
    CHECK(order[0] == 'B' && order[1] == 'a' && order[2] == 'b' && order[3] == 'c');
}

static void no_routine_follows_a_driver_entry_that_failed(void)
{
    run_entry(STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(order_length, 0);
}

static void the_path_of_a_driver_lies_on_the_drive_of_the_whole_tree(void)
{
    static const WCHAR beginning[] = L"\\??\\Z:\\";
    PDRIVER_OBJECT driver = io_driver("Path", io_succeed);
    UNICODE_STRING path = {0};

    /* Any function of the runtime's library stands for that of a driver: the test program has no path of its own. */
    driver->DriverInit = (PDRIVER_INITIALIZE)(ULONG_PTR)drvobj_create;
    CHECK_EQUAL(IoQueryFullDriverPath(driver, &path), STATUS_SUCCESS);
    CHECK(path.Length > sizeof(beginning));
    CHECK(RtlCompareMemory(path.Buffer, beginning, sizeof(beginning) - sizeof(WCHAR)) == sizeof(beginning) - sizeof(WCHAR));
    CHECK_EQUAL(path.Buffer[path.Length / sizeof(WCHAR)], 0);
    ExFreePool(path.Buffer);
    drvobj_free(driver);
}

static void a_driver_without_an_image_has_no_path(void)
{
    PDRIVER_OBJECT driver = io_driver("Path", io_succeed);
    UNICODE_STRING path;

    CHECK_EQUAL(IoQueryFullDriverPath(driver, &path), STATUS_OBJECT_PATH_NOT_FOUND);
    drvobj_free(driver);
}

static PDRIVER_OBJECT failing_driver;

static void query_path_while_memory_fails(void)
{
    UNICODE_STRING path;
    NTSTATUS status = IoQueryFullDriverPath(failing_driver, &path);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        ExFreePool(path.Buffer);
    }
}

static void a_path_without_memory_is_refused(void)
{
    failing_driver = io_driver("Path", io_succeed);
    failing_driver->DriverInit = (PDRIVER_INITIALIZE)(ULONG_PTR)drvobj_create;
    nt_fail_each_allocation(query_path_while_memory_fails);
    drvobj_free(failing_driver);
}

static unsigned unmapped;

static void unmap(void *image)
{
    CHECK(image == &key);
    unmapped++;
}

static void image_stays_while_somebody_refers_to_the_driver(void)
{
    PDRIVER_OBJECT driver = io_driver("Client", io_succeed);
    PDEVICE_OBJECT device;

    unmapped = 0;
    CHECK_EQUAL(IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device), STATUS_SUCCESS);
    ObReferenceObject(driver);
    ObReferenceObject(device);
    IoDeleteDevice(device);
    drvobj_set_image(driver, &key, unmap);
    drvobj_free(driver);
    CHECK_EQUAL(unmapped, 0);
    ObDereferenceObject(driver);
    CHECK_EQUAL(unmapped, 0);
    ObDereferenceObject(device);
    CHECK_EQUAL(unmapped, 1);
}

static PDRIVER_OBJECT key_driver;

static void open_service_key(void)
{
    HANDLE handle;
    NTSTATUS status = registry_open_service_key(key_driver, L"Made", true, KEY_ALL_ACCESS, &handle);

    if (!NT_SUCCESS(status))
    {
        CHECK_EQUAL(status, STATUS_INSUFFICIENT_RESOURCES);
        CHECK_EQUAL(registry_open_service_key(key_driver, L"Made", false, KEY_READ, &handle), STATUS_OBJECT_NAME_NOT_FOUND);
        return;
    }
    CHECK_EQUAL(ZwDeleteKey(handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void key_of_a_service_is_made_with_its_handle_or_not_at_all(void)
{
    key_driver = io_driver("Client", io_succeed);
    /* Once with memory: the keys above stay, so that each of the others needs the same allocations. */
    open_service_key();
    nt_fail_each_allocation(open_service_key);
    drvobj_free(key_driver);
}

const struct nt_case nt_cases[] = {
    CASE(an_extension_is_zeroed_and_found_by_its_key),
    CASE(a_key_has_one_extension),
    CASE(key_of_a_service_is_made_with_its_handle_or_not_at_all),
    CASE(image_stays_while_somebody_refers_to_the_driver),
    CASE(an_extension_without_memory_is_refused),
    CASE(one_of_several_threads_gets_the_extension),
    CASE(routines_follow_a_driver_entry_in_order_boot_first),
    CASE(no_routine_follows_a_driver_entry_that_failed),
    CASE(the_path_of_a_driver_lies_on_the_drive_of_the_whole_tree),
    CASE(a_driver_without_an_image_has_no_path),
    CASE(a_path_without_memory_is_refused),
    CASES_END,
};
