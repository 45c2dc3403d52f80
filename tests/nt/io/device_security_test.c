/* SPDX-License-Identifier: MIT */
/*
 * The security of devices: who may open one, and how a stack's descriptors are read and changed.
 */
#include "io_case.h"

#include <wdmsec.h>

#include "nt/io/device_object.h"
#include "nt/io/file.h"
#include "nt/object/security.h"

static UNICODE_STRING device_name = RTL_CONSTANT_STRING(L"\\Device\\Secured");
static const struct file_opener administrator = {.mode = UserMode, .is_administrator = true};
static const struct file_opener own_user = {.mode = UserMode};
static const struct file_opener stranger = {.mode = UserMode, .is_stranger = true};
static const struct file_opener kernel = {.mode = KernelMode};

/* A device with this security, or with the default one. */
static PDEVICE_OBJECT secured(const WCHAR *text)
{
    PDRIVER_OBJECT driver = io_driver("Secured", io_succeed);
    UNICODE_STRING string;
    PDEVICE_OBJECT device;

    if (text == NULL)
    {
        CHECK_EQUAL(IoCreateDevice(driver, sizeof(PDEVICE_OBJECT), &device_name, FILE_DEVICE_UNKNOWN,
                                   FILE_DEVICE_SECURE_OPEN, FALSE, &device),
                    STATUS_SUCCESS);
    }
    else
    {
        RtlInitUnicodeString(&string, text);
        CHECK_EQUAL(IoCreateDeviceSecure(driver, sizeof(PDEVICE_OBJECT), &device_name, FILE_DEVICE_UNKNOWN,
                                         FILE_DEVICE_SECURE_OPEN, FALSE, &string, NULL, &device),
                    STATUS_SUCCESS);
    }
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return device;
}

static NTSTATUS open_as(const struct file_opener *opener, const WCHAR *path, ACCESS_MASK access)
{
    UNICODE_STRING name;
    struct file *file;
    NTSTATUS status;

    RtlInitUnicodeString(&name, path);
    status = file_open(&name, access, opener, &file);
    if (NT_SUCCESS(status))
    {
        file_close(file);
    }
    return status;
}

static NTSTATUS open_device(const struct file_opener *opener, ACCESS_MASK access)
{
    return open_as(opener, device_name.Buffer, access);
}

/* Whether the three kinds of openers may read: administrator, own user, stranger. */
static void check_readers(const WCHAR *text, bool administrators, bool own, bool strangers)
{
    const struct file_opener *openers[] = {&administrator, &own_user, &stranger};
    const bool expected[] = {administrators, own, strangers};
    PDEVICE_OBJECT device = secured(text);

    for (size_t index = 0; index < RTL_NUMBER_OF(openers); index++)
    {
        ACCESS_MASK rights;

        CHECK_EQUAL(open_device(openers[index], FILE_READ_DATA), expected[index] ? STATUS_SUCCESS : STATUS_ACCESS_DENIED);
        CHECK_EQUAL(file_rights(&device_name, openers[index], &rights), STATUS_SUCCESS);
        CHECK_EQUAL((rights & FILE_READ_DATA) != 0, expected[index]);
    }
    CHECK_EQUAL(open_device(&kernel, FILE_READ_DATA | FILE_WRITE_DATA), STATUS_SUCCESS);
    io_remove(device);
}

static void device_without_security_is_for_administrators_and_the_own_user(void)
{
    check_readers(NULL, true, true, false);
}

static void entries_let_in_whom_they_name(void)
{
    check_readers(L"D:P", false, false, false);
    check_readers(L"D:P(A;;GA;;;SY)", true, false, false);
    check_readers(L"D:P(A;;GA;;;SY)(A;;GA;;;BA)", true, false, false);
    check_readers(L"D:P(A;;GA;;;OW)", true, true, false);
    check_readers(L"D:P(A;;GA;;;WD)", true, true, true);
    check_readers(L"D:P(A;;GR;;;BU)", true, true, true);
    check_readers(L"D:P(A;;GR;;;AU)", true, true, true);
    check_readers(L"D:P(A;;GR;;;IU)", true, true, true);
    check_readers(L"D:P(A;;GW;;;WD)", false, false, false);
    check_readers(L"D:P(A;;GA;;;AN)(A;;GA;;;S-1-5-21-1-2-3-500)", false, false, false);
    check_readers(L"O:BA", true, true, true);
}

static void first_entry_about_a_right_counts(void)
{
    check_readers(L"D:P(D;;GR;;;BA)(A;;GA;;;WD)", false, true, true);
    check_readers(L"D:P(A;;GR;;;WD)(D;;GA;;;WD)", true, true, true);
    check_readers(L"D:P(A;IO;GA;;;WD)", false, false, false);
}

static void access_is_granted_as_a_whole_or_not(void)
{
    PDEVICE_OBJECT device = secured(L"D:P(A;;GRGW;;;BA)(A;;GR;;;WD)");

    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&stranger, FILE_WRITE_DATA), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA | FILE_WRITE_DATA), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(open_device(&administrator, FILE_READ_DATA | FILE_WRITE_DATA), STATUS_SUCCESS);
    io_remove(device);
}

static void name_behind_the_device_is_the_driver_s_matter_unless_it_says_otherwise(void)
{
    PDEVICE_OBJECT device = secured(L"D:P");

    CHECK_EQUAL(open_as(&administrator, L"\\Device\\Secured\\name", FILE_READ_DATA), STATUS_ACCESS_DENIED);
    device->Characteristics &= ~(ULONG)FILE_DEVICE_SECURE_OPEN;
    CHECK_EQUAL(open_as(&administrator, L"\\Device\\Secured\\name", FILE_READ_DATA), STATUS_SUCCESS);
    CHECK_EQUAL(open_as(&administrator, L"\\Device\\Secured", FILE_READ_DATA), STATUS_ACCESS_DENIED);
    io_remove(device);
}

static HANDLE handle_of(PDEVICE_OBJECT device, ACCESS_MASK access)
{
    HANDLE handle;

    CHECK_EQUAL(ObOpenObjectByPointer(device, OBJ_KERNEL_HANDLE, NULL, access, NULL, KernelMode, &handle), STATUS_SUCCESS);
    return handle;
}

static NTSTATUS set_as_text(PDEVICE_OBJECT device, SECURITY_INFORMATION what, ACCESS_MASK access, const WCHAR *text)
{
    HANDLE handle = handle_of(device, access);
    PDEVICE_OBJECT other;
    UNICODE_STRING string;
    NTSTATUS status;

    RtlInitUnicodeString(&string, text);
    CHECK_EQUAL(IoCreateDeviceSecure(device->DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &string, NULL, &other),
                STATUS_SUCCESS);
    status = ZwSetSecurityObject(handle, what, other->SecurityDescriptor);
    IoDeleteDevice(other);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    return status;
}

static void setting_one_device_s_security_sets_the_whole_stack_s(void)
{
    PDEVICE_OBJECT bottom = secured(NULL);
    PDEVICE_OBJECT middle = io_device(io_driver("Middle", io_skip), bottom);
    PDEVICE_OBJECT top = io_device(io_driver("Top", io_skip), middle);

    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_as_text(middle, DACL_SECURITY_INFORMATION, WRITE_DAC, L"D:P(A;;GR;;;WD)"), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&own_user, FILE_WRITE_DATA), STATUS_ACCESS_DENIED);
    for (PDEVICE_OBJECT device = bottom; device != NULL; device = device->AttachedDevice)
    {
        CHECK(device->SecurityDescriptor != security_default());
        CHECK(RtlValidSecurityDescriptor(device->SecurityDescriptor));
    }
    CHECK_EQUAL(set_as_text(top, DACL_SECURITY_INFORMATION, WRITE_DAC, L"D:P"), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_ACCESS_DENIED);
    io_remove(top);
    io_remove(middle);
    io_remove(bottom);
}

static void device_s_own_descriptor_can_be_set_again(void)
{
    PDEVICE_OBJECT device = secured(L"D:P(A;;GR;;;WD)");
    HANDLE handle = handle_of(device, WRITE_DAC);

    CHECK_EQUAL(ZwSetSecurityObject(handle, DACL_SECURITY_INFORMATION, device->SecurityDescriptor), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_SUCCESS);
    io_remove(device);
}

static void other_parts_stay_as_they_are(void)
{
    PDEVICE_OBJECT device = secured(L"O:BAG:SYD:P(A;;GR;;;WD)");
    BOOLEAN defaulted;
    PSID sid = NULL;

    CHECK_EQUAL(set_as_text(device, OWNER_SECURITY_INFORMATION, WRITE_OWNER, L"O:SYD:P"), STATUS_SUCCESS);
    CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_SUCCESS);
    CHECK_EQUAL(RtlGetOwnerSecurityDescriptor(device->SecurityDescriptor, &sid, &defaulted), STATUS_SUCCESS);
    CHECK_EQUAL(*RtlSubAuthoritySid(sid, 0), 18);
    CHECK_EQUAL(RtlGetGroupSecurityDescriptor(device->SecurityDescriptor, &sid, &defaulted), STATUS_SUCCESS);
    CHECK_EQUAL(*RtlSubAuthoritySid(sid, 0), 18);
    io_remove(device);
}

static void setting_needs_the_right_to_and_a_descriptor_with_the_part(void)
{
    PDEVICE_OBJECT device = secured(NULL);
    HANDLE handle = handle_of(device, WRITE_DAC);
    UCHAR garbage[64] = {9};
    HANDLE event;

    CHECK_EQUAL(set_as_text(device, DACL_SECURITY_INFORMATION, READ_CONTROL, L"D:P"), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_as_text(device, OWNER_SECURITY_INFORMATION, WRITE_DAC, L"O:BA"), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_as_text(device, SACL_SECURITY_INFORMATION, WRITE_DAC, L"D:P"), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(set_as_text(device, OWNER_SECURITY_INFORMATION, WRITE_OWNER, L"D:P"), STATUS_INVALID_SECURITY_DESCR);
    CHECK_EQUAL(set_as_text(device, GROUP_SECURITY_INFORMATION, WRITE_OWNER, L"D:P"), STATUS_INVALID_SECURITY_DESCR);
    CHECK_EQUAL(ZwSetSecurityObject(handle, DACL_SECURITY_INFORMATION, NULL), STATUS_ACCESS_VIOLATION);
    CHECK_EQUAL(ZwSetSecurityObject(handle, DACL_SECURITY_INFORMATION, garbage), STATUS_INVALID_SECURITY_DESCR);
    CHECK_EQUAL(ZwSetSecurityObject(NULL, DACL_SECURITY_INFORMATION, security_default()), STATUS_INVALID_HANDLE);
    CHECK(device->SecurityDescriptor == security_default());
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    CHECK_EQUAL(ZwCreateEvent(&event, EVENT_ALL_ACCESS, NULL, NotificationEvent, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetSecurityObject(event, DACL_SECURITY_INFORMATION, security_default()), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(ZwClose(event), STATUS_SUCCESS);
    io_remove(device);
}

static void query_gives_the_parts_that_are_asked_for(void)
{
    PDEVICE_OBJECT device = secured(L"O:BAD:P(A;;GR;;;WD)");
    HANDLE handle = handle_of(device, READ_CONTROL);
    ULONG64 room[64];
    BOOLEAN present;
    BOOLEAN defaulted;
    ULONG needed = 0;
    PACL list;
    PSID sid;

    CHECK_EQUAL(ZwQuerySecurityObject(handle, DACL_SECURITY_INFORMATION, NULL, 0, &needed), STATUS_BUFFER_TOO_SMALL);
    CHECK(needed != 0 && needed <= sizeof(room));
    CHECK_EQUAL(ZwQuerySecurityObject(handle, DACL_SECURITY_INFORMATION, room, needed - 1, &needed),
                STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(ZwQuerySecurityObject(handle, DACL_SECURITY_INFORMATION, room, needed, &needed), STATUS_SUCCESS);
    CHECK_EQUAL(RtlGetDaclSecurityDescriptor(room, &present, &list, &defaulted), STATUS_SUCCESS);
    CHECK(present && list->AceCount == 1);
    CHECK_EQUAL(RtlGetOwnerSecurityDescriptor(room, &sid, &defaulted), STATUS_SUCCESS);
    CHECK(sid == NULL);
    CHECK_EQUAL(ZwQuerySecurityObject(handle, SACL_SECURITY_INFORMATION, room, sizeof(room), &needed), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    io_remove(device);
}

static PDEVICE_OBJECT stack_bottom;

static void set_once(void)
{
    HANDLE handle = NULL;
    NTSTATUS status = ObOpenObjectByPointer(stack_bottom, OBJ_KERNEL_HANDLE, NULL, WRITE_DAC, NULL, KernelMode, &handle);

    if (NT_SUCCESS(status))
    {
        status = ZwSetSecurityObject(handle, DACL_SECURITY_INFORMATION, security_default());
        (void)ZwClose(handle);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK(status == STATUS_SUCCESS || (stack_bottom->SecurityDescriptor == security_default() &&
                                       stack_bottom->AttachedDevice->SecurityDescriptor == security_default()));
}

static void without_memory_no_device_of_the_stack_changes(void)
{
    PDEVICE_OBJECT top;

    stack_bottom = secured(NULL);
    top = io_device(io_driver("Top", io_skip), stack_bottom);
    nt_fail_each_allocation(set_once);
    CHECK(top->SecurityDescriptor != security_default());
    io_remove(top);
    io_remove(stack_bottom);
}

static void open_often(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        CHECK_EQUAL(open_device(&stranger, FILE_READ_DATA), STATUS_SUCCESS);
    }
}

static void change_often(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        CHECK_EQUAL(set_as_text(argument, DACL_SECURITY_INFORMATION, WRITE_DAC, L"D:P(A;;GR;;;WD)"), STATUS_SUCCESS);
    }
}

static void opens_and_changes_race(void)
{
    PDEVICE_OBJECT device = secured(L"D:P(A;;GR;;;WD)");
    struct nt_thread *threads[2];

    threads[0] = nt_thread_start(open_often, device);
    threads[1] = nt_thread_start(change_often, device);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    io_remove(device);
}

const struct nt_case nt_cases[] = {
    CASE(device_without_security_is_for_administrators_and_the_own_user),
    CASE(entries_let_in_whom_they_name),
    CASE(first_entry_about_a_right_counts),
    CASE(access_is_granted_as_a_whole_or_not),
    CASE(name_behind_the_device_is_the_driver_s_matter_unless_it_says_otherwise),
    CASE(setting_one_device_s_security_sets_the_whole_stack_s),
    CASE(device_s_own_descriptor_can_be_set_again),
    CASE(other_parts_stay_as_they_are),
    CASE(setting_needs_the_right_to_and_a_descriptor_with_the_part),
    CASE(query_gives_the_parts_that_are_asked_for),
    CASE(without_memory_no_device_of_the_stack_changes),
    CASE(opens_and_changes_race),
    CASES_END,
};
