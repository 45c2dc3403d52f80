/* SPDX-License-Identifier: MIT */
/*
 * Device stacks: attaching by pointer and by name, neighbours, and device objects found by name.
 */
#include "io_case.h"

#include <wdmsec.h>

#include "nt/io/driver_object.h"

static UNICODE_STRING device_name = RTL_CONSTANT_STRING(L"\\Device\\Stacked");

/* How many packets of each kind the named device has got. */
static unsigned counts[IRP_MJ_MAXIMUM_FUNCTION + 1];
static NTSTATUS create_status;

static NTSTATUS count_packets(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR major = IoGetCurrentIrpStackLocation(irp)->MajorFunction;

    (void)device;
    counts[major]++;
    return io_complete(irp, major == IRP_MJ_CREATE ? create_status : STATUS_SUCCESS, 0);
}

static PDEVICE_OBJECT named_device(BOOLEAN exclusive)
{
    PDRIVER_OBJECT driver = io_driver("Named", count_packets);
    PDEVICE_OBJECT device;

    RtlZeroMemory(counts, sizeof(counts));
    create_status = STATUS_SUCCESS;
    CHECK_EQUAL(IoCreateDevice(driver, sizeof(PDEVICE_OBJECT), &device_name, FILE_DEVICE_UNKNOWN, 0, exclusive, &device),
                STATUS_SUCCESS);
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return device;
}

static void attach_goes_on_the_top_of_the_targets_stack(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT middle = io_device(io_driver("Middle", io_skip), bottom);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), NULL);
    PDEVICE_OBJECT below = NULL;

    CHECK_EQUAL(IoAttachDeviceToDeviceStackSafe(top, bottom, &below), STATUS_SUCCESS);
    CHECK(below == middle);
    CHECK_EQUAL(top->StackSize, 3);
    CHECK(IoGetAttachedDevice(bottom) == top);
    CHECK(IoGetAttachedDevice(top) == top);
    IoDetachDevice(below);
    CHECK(IoGetAttachedDevice(bottom) == middle);
    CHECK_EQUAL(IoAttachDeviceByPointer(top, bottom), STATUS_SUCCESS);
    CHECK(middle->AttachedDevice == top);
    IoDetachDevice(middle);
    io_remove(top);
    io_remove(middle);
    io_remove(bottom);
}

static void who_attaches_gets_alignment_and_sector_size_of_the_device_below(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), NULL);

    bottom->AlignmentRequirement = FILE_QUAD_ALIGNMENT;
    bottom->SectorSize = 4096;
    *(PDEVICE_OBJECT *)top->DeviceExtension = IoAttachDeviceToDeviceStack(top, bottom);
    CHECK_EQUAL(top->AlignmentRequirement, FILE_QUAD_ALIGNMENT);
    CHECK_EQUAL(top->SectorSize, 4096);
    io_remove(top);
    io_remove(bottom);
}

static void nobody_attaches_to_a_deleted_device(void)
{
    PDRIVER_OBJECT driver = io_driver("Bottom", io_succeed);
    PDEVICE_OBJECT bottom = io_device(driver, NULL);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), NULL);
    PDEVICE_OBJECT below = top;

    ObReferenceObject(bottom);
    IoDeleteDevice(bottom);
    CHECK(IoAttachDeviceToDeviceStack(top, bottom) == NULL);
    CHECK_EQUAL(IoAttachDeviceToDeviceStackSafe(top, bottom, &below), STATUS_NO_SUCH_DEVICE);
    CHECK(below == NULL);
    CHECK_EQUAL(IoAttachDeviceByPointer(top, bottom), STATUS_NO_SUCH_DEVICE);
    CHECK_EQUAL(top->StackSize, 1);
    ObDereferenceObject(bottom);
    drvobj_free(driver);
    io_remove(top);
}

static void lower_and_base_are_referenced(void)
{
    PDEVICE_OBJECT bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    PDEVICE_OBJECT middle = io_device(io_driver("Middle", io_skip), bottom);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), middle);
    PDEVICE_OBJECT found;

    found = IoGetLowerDeviceObject(top);
    CHECK(found == middle);
    ObDereferenceObject(found);
    CHECK(IoGetLowerDeviceObject(bottom) == NULL);
    found = IoGetDeviceAttachmentBaseRef(top);
    CHECK(found == bottom);
    ObDereferenceObject(found);
    found = IoGetDeviceAttachmentBaseRef(bottom);
    CHECK(found == bottom);
    ObDereferenceObject(found);
    found = IoGetAttachedDeviceReference(bottom);
    CHECK(found == top);
    ObDereferenceObject(found);
    io_remove(top);
    io_remove(middle);
    io_remove(bottom);
}

static void an_object_pointer_is_the_top_of_the_named_devices_stack(void)
{
    PDEVICE_OBJECT named = named_device(FALSE);
    PDEVICE_OBJECT filter = io_device(io_driver("Filter", io_skip), named);
    PFILE_OBJECT file = NULL;
    PDEVICE_OBJECT found = NULL;

    CHECK_EQUAL(IoGetDeviceObjectPointer(&device_name, FILE_ALL_ACCESS, &file, &found), STATUS_SUCCESS);
    CHECK(found == filter);
    CHECK(file->DeviceObject == named);
    CHECK(IoGetRelatedDeviceObject(file) == filter);
    CHECK_EQUAL(counts[IRP_MJ_CREATE], 1);
    CHECK_EQUAL(counts[IRP_MJ_CLEANUP], 1);
    CHECK_EQUAL(counts[IRP_MJ_CLOSE], 0);
    ObDereferenceObject(file);
    CHECK_EQUAL(counts[IRP_MJ_CLOSE], 1);
    io_remove(filter);
    io_remove(named);
}

static void an_object_pointer_fails_as_the_open_does(void)
{
    UNICODE_STRING nothing = RTL_CONSTANT_STRING(L"\\Device\\Nothing");
    PDEVICE_OBJECT named = named_device(FALSE);
    PFILE_OBJECT file;
    PDEVICE_OBJECT found;

    CHECK_EQUAL(IoGetDeviceObjectPointer(&nothing, FILE_READ_DATA, &file, &found), STATUS_OBJECT_NAME_NOT_FOUND);
    create_status = STATUS_DEVICE_NOT_READY;
    CHECK_EQUAL(IoGetDeviceObjectPointer(&device_name, FILE_READ_DATA, &file, &found), STATUS_DEVICE_NOT_READY);
    CHECK_EQUAL(counts[IRP_MJ_CLOSE], 0);
    io_remove(named);
}

static void an_exclusive_device_has_one_object_pointer_at_a_time(void)
{
    PDEVICE_OBJECT named = named_device(TRUE);
    PFILE_OBJECT file;
    PFILE_OBJECT other;
    PDEVICE_OBJECT found;

    CHECK_EQUAL(IoGetDeviceObjectPointer(&device_name, FILE_READ_DATA, &file, &found), STATUS_SUCCESS);
    CHECK_EQUAL(IoGetDeviceObjectPointer(&device_name, FILE_READ_DATA, &other, &found), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(counts[IRP_MJ_CREATE], 1);
    ObDereferenceObject(file);
    CHECK_EQUAL(IoGetDeviceObjectPointer(&device_name, FILE_READ_DATA, &file, &found), STATUS_SUCCESS);
    ObDereferenceObject(file);
    io_remove(named);
}

static void attach_by_name_opens_and_closes_the_target(void)
{
    PDEVICE_OBJECT named = named_device(FALSE);
    PDEVICE_OBJECT filter = io_device(io_driver("Filter", io_skip), NULL);
    PDEVICE_OBJECT *below = filter->DeviceExtension;

    CHECK_EQUAL(IoAttachDevice(filter, &device_name, below), STATUS_SUCCESS);
    CHECK(*below == named);
    CHECK(IoGetAttachedDevice(named) == filter);
    CHECK_EQUAL(counts[IRP_MJ_CREATE], 1);
    CHECK_EQUAL(counts[IRP_MJ_CLOSE], 1);
    io_remove(filter);
    io_remove(named);
}

static void attach_by_a_name_that_leads_nowhere_fails(void)
{
    PDEVICE_OBJECT filter = io_device(io_driver("Filter", io_skip), NULL);
    PDEVICE_OBJECT below = filter;

    CHECK_EQUAL(IoAttachDevice(filter, &device_name, &below), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(below == NULL);
    io_remove(filter);
}

static void all_devices_of_a_driver_are_listed_newest_first(void)
{
    PDRIVER_OBJECT driver = io_driver("Several", io_succeed);
    PDEVICE_OBJECT first = io_device(driver, NULL);
    PDEVICE_OBJECT second = io_device(driver, NULL);
    PDEVICE_OBJECT list[3] = {NULL};
    ULONG count = 0;

    CHECK_EQUAL(IoEnumerateDeviceObjectList(driver, NULL, 0, &count), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(count, 2);
    CHECK_EQUAL(IoEnumerateDeviceObjectList(driver, list, sizeof(list[0]), &count), STATUS_BUFFER_TOO_SMALL);
    CHECK(list[0] == second && list[1] == NULL);
    ObDereferenceObject(second);
    CHECK_EQUAL(IoEnumerateDeviceObjectList(driver, list, sizeof(list), &count), STATUS_SUCCESS);
    CHECK(count == 2 && list[0] == second && list[1] == first && list[2] == NULL);
    ObDereferenceObject(first);
    ObDereferenceObject(second);
    IoDeleteDevice(second);
    IoDeleteDevice(first);
    drvobj_free(driver);
}

static void a_secure_device_carries_its_descriptor(void)
{
    PDRIVER_OBJECT driver = io_driver("Secure", io_succeed);
    PDEVICE_OBJECT device;

    CHECK_EQUAL(IoCreateDeviceSecure(driver, 8, &device_name, FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE,
                                     &SDDL_DEVOBJ_SYS_ALL_ADM_ALL, NULL, &device),
                STATUS_SUCCESS);
    CHECK(RtlValidSecurityDescriptor(device->SecurityDescriptor));
    CHECK_EQUAL(device->Characteristics, FILE_DEVICE_SECURE_OPEN);
    IoDeleteDevice(device);
    drvobj_free(driver);
}

static void a_secure_device_needs_a_text_that_is_sddl(void)
{
    UNICODE_STRING texts[] = {RTL_CONSTANT_STRING(L""), RTL_CONSTANT_STRING(L"nonsense"),
                              RTL_CONSTANT_STRING(L"D:P(A;;GA;;;XX)"), RTL_CONSTANT_STRING(L"D:P(A;;GA)")};
    PDRIVER_OBJECT driver = io_driver("Secure", io_succeed);
    PDEVICE_OBJECT device;

    for (size_t index = 0; index < ARRAYSIZE(texts); index++)
    {
        CHECK_EQUAL(IoCreateDeviceSecure(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &texts[index], NULL, &device),
                    STATUS_INVALID_PARAMETER);
        CHECK(device == NULL);
    }
    CHECK_EQUAL(IoCreateDeviceSecure(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, NULL, NULL, &device),
                STATUS_INVALID_PARAMETER);
    CHECK(driver->DeviceObject == NULL);
    drvobj_free(driver);
}

static PDRIVER_OBJECT failing_driver;

static void create_secure_while_memory_fails(void)
{
    PDRIVER_OBJECT driver = failing_driver;
    PDEVICE_OBJECT device;
    NTSTATUS status = IoCreateDeviceSecure(driver, 8, &device_name, FILE_DEVICE_UNKNOWN, 0, FALSE,
                                           &SDDL_DEVOBJ_SYS_ALL_ADM_ALL, NULL, &device);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK((status == STATUS_SUCCESS) == (device != NULL));
    if (device != NULL)
    {
        IoDeleteDevice(device);
    }
    CHECK(driver->DeviceObject == NULL);
}

static void open_by_name_while_memory_fails(void)
{
    PFILE_OBJECT file;
    PDEVICE_OBJECT found;
    NTSTATUS status = IoGetDeviceObjectPointer(&device_name, FILE_READ_DATA, &file, &found);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        ObDereferenceObject(file);
    }
}

static void an_object_pointer_without_memory_leaves_nothing_open(void)
{
    PDEVICE_OBJECT named = named_device(TRUE);

    open_by_name_while_memory_fails();
    nt_fail_each_allocation(open_by_name_while_memory_fails);
    open_by_name_while_memory_fails();
    CHECK_EQUAL(named->ReferenceCount, 0);
    CHECK_EQUAL(counts[IRP_MJ_CREATE], counts[IRP_MJ_CLOSE]);
    CHECK_EQUAL(counts[IRP_MJ_CREATE], counts[IRP_MJ_CLEANUP]);
    io_remove(named);
}

static PDEVICE_OBJECT racing_bottom;

static void attach_and_detach(void *argument)
{
    PDEVICE_OBJECT below = IoAttachDeviceToDeviceStack(argument, racing_bottom);

    CHECK(below == racing_bottom || below->AttachedDevice == argument);
}

static void devices_that_attach_at_once_form_one_stack(void)
{
    PDEVICE_OBJECT devices[3];
    struct nt_thread *threads[3];
    PDEVICE_OBJECT device;
    unsigned height = 0;

    racing_bottom = io_device(io_driver("Bottom", io_succeed), NULL);
    for (size_t index = 0; index < ARRAYSIZE(devices); index++)
    {
        static const char *const names[] = {"One", "Two", "Three"};

        devices[index] = io_device(io_driver(names[index], io_skip), NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(devices); index++)
    {
        threads[index] = nt_thread_start(attach_and_detach, devices[index]);
    }
    for (size_t index = 0; index < ARRAYSIZE(devices); index++)
    {
        nt_thread_join(threads[index]);
    }
    for (device = racing_bottom; device->AttachedDevice != NULL; device = device->AttachedDevice)
    {
        height++;
        CHECK_EQUAL(device->AttachedDevice->StackSize, height + 1);
    }
    CHECK_EQUAL(height, ARRAYSIZE(devices));
    while (device != racing_bottom)
    {
        PDEVICE_OBJECT lower = IoGetLowerDeviceObject(device);

        IoDetachDevice(lower);
        io_remove(device);
        ObDereferenceObject(lower);
        device = lower;
    }
    io_remove(racing_bottom);
}

static void a_secure_device_without_memory_leaves_nothing(void)
{
    failing_driver = io_driver("Secure", io_succeed);
    create_secure_while_memory_fails();
    nt_fail_each_allocation(create_secure_while_memory_fails);
    create_secure_while_memory_fails();
    drvobj_free(failing_driver);
}

const struct nt_case nt_cases[] = {
    CASE(attach_goes_on_the_top_of_the_targets_stack),
    CASE(who_attaches_gets_alignment_and_sector_size_of_the_device_below),
    CASE(nobody_attaches_to_a_deleted_device),
    CASE(lower_and_base_are_referenced),
    CASE(an_object_pointer_is_the_top_of_the_named_devices_stack),
    CASE(an_object_pointer_fails_as_the_open_does),
    CASE(an_exclusive_device_has_one_object_pointer_at_a_time),
    CASE(attach_by_name_opens_and_closes_the_target),
    CASE(attach_by_a_name_that_leads_nowhere_fails),
    CASE(all_devices_of_a_driver_are_listed_newest_first),
    CASE(a_secure_device_carries_its_descriptor),
    CASE(a_secure_device_needs_a_text_that_is_sddl),
    CASE(a_secure_device_without_memory_leaves_nothing),
    CASE(an_object_pointer_without_memory_leaves_nothing_open),
    CASE(devices_that_attach_at_once_form_one_stack),
    CASES_END,
};
