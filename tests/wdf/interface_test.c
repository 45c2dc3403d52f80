/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces: creation, when they are enabled, names.
 */
#include <string.h>

#include "wdf_case.h"

#define TEXT_OF(Literal)                                                  \
    {                                                                     \
        sizeof(Literal) - sizeof(WCHAR), sizeof(Literal), (PWCH)(Literal) \
    }

static const GUID interface_class = {0x5e4f3c21, 0x1111, 0x2222, {1, 2, 3, 4, 5, 6, 7, 8}};
static const GUID other_class = {0x5e4f3c21, 0x1111, 0x2222, {1, 2, 3, 4, 5, 6, 7, 9}};
static const UNICODE_STRING reference = TEXT_OF(L"Port1");
static const UNICODE_STRING second_reference = TEXT_OF(L"Port2");
static const UNICODE_STRING reference_in_capitals = TEXT_OF(L"PORT1");
static const UNICODE_STRING odd = {3, 4, (PWCH)L"ab"};

static void (*in_device_add)(void);
static WDFDEVICE device;
static struct testkit_device *started;
static WDFFILEOBJECT last_file;

static VOID on_create(WDFDEVICE of, WDFREQUEST request, WDFFILEOBJECT file)
{
    UNREFERENCED_PARAMETER(of);
    last_file = file;
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG config;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WDF_FILEOBJECT_CONFIG_INIT(&config, on_create, NULL, NULL);
    WdfDeviceInitSetFileObjectConfig(init, &config, WDF_NO_OBJECT_ATTRIBUTES);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status) && in_device_add != NULL)
    {
        in_device_add();
    }
    return status;
}

static void begin(void (*create)(void))
{
    in_device_add = create;
    wdf_case_load(add_device);
    started = wdf_case_start();
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

/* The name of an interface of the device, of printable characters only. */
static char name[256];

static const char *name_of(const UNICODE_STRING *with_reference)
{
    UNICODE_STRING text;
    WDFSTRING string;
    size_t length;

    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceRetrieveDeviceInterfaceString(device, &interface_class, with_reference, string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &text);
    length = text.Length / sizeof(WCHAR);
    CHECK(length < sizeof(name));
    for (size_t index = 0; index < length; index++)
    {
        name[index] = (char)text.Buffer[index];
    }
    name[length] = 0;
    WdfObjectDelete(string);
    return name;
}

static bool is_open_to_all(const UNICODE_STRING *with_reference)
{
    struct testkit_file *file;
    NTSTATUS status = testkit_open(name_of(with_reference), true, true, &file);

    CHECK(status == STATUS_SUCCESS || status == STATUS_OBJECT_NAME_NOT_FOUND);
    if (file != NULL)
    {
        testkit_close(file);
    }
    return file != NULL;
}

static void create_both(void)
{
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, &reference), STATUS_SUCCESS);
}

static void interfaces_from_before_the_start_are_enabled_by_it(void)
{
    begin(create_both);
    CHECK(is_open_to_all(NULL));
    CHECK(is_open_to_all(&reference));
    end();
}

static void file_has_the_reference_string_as_its_name(void)
{
    struct testkit_file *file;
    PUNICODE_STRING file_name;

    begin(create_both);
    CHECK_STATUS(testkit_open(name_of(&reference), true, true, &file), STATUS_SUCCESS);
    file_name = WdfFileObjectGetFileName(last_file);
    CHECK_EQUAL(file_name->Length, reference.Length + sizeof(WCHAR));
    CHECK(file_name->Buffer[0] == '\\');
    CHECK(memcmp(file_name->Buffer + 1, reference.Buffer, reference.Length) == 0);
    testkit_close(file);
    CHECK_STATUS(testkit_open(name_of(NULL), true, true, &file), STATUS_SUCCESS);
    CHECK_EQUAL(WdfFileObjectGetFileName(last_file)->Length, 0);
    testkit_close(file);
    end();
}

static void create_nothing(void)
{
}

static void interface_from_after_the_start_waits_for_the_driver(void)
{
    begin(create_nothing);
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, NULL), STATUS_SUCCESS);
    CHECK(!is_open_to_all(NULL));
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, NULL, TRUE);
    CHECK(is_open_to_all(NULL));
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, NULL, FALSE);
    CHECK(!is_open_to_all(NULL));
    end();
}

/* Two that differ by their reference strings. What is opened by a name without one leads to the device with any. */
static void create_two_with_references(void)
{
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, &second_reference), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, &reference), STATUS_SUCCESS);
}

static void create_and_disable(void)
{
    create_two_with_references();
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, &second_reference, FALSE);
    WdfDeviceSetDeviceInterfaceStateEx(device, &interface_class, &reference, FALSE);
}

static void start_enables_what_the_short_form_disabled_and_not_what_the_long_form_did(void)
{
    begin(create_and_disable);
    CHECK(is_open_to_all(&second_reference));
    CHECK(!is_open_to_all(&reference));
    WdfDeviceSetDeviceInterfaceStateEx(device, &interface_class, &reference, TRUE);
    CHECK(is_open_to_all(&reference));
    end();
}

static void references_match_byte_for_byte(void)
{
    WDFSTRING string;

    begin(create_both);
    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceRetrieveDeviceInterfaceString(device, &interface_class, &reference_in_capitals, string),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfDeviceRetrieveDeviceInterfaceString(device, &other_class, NULL, string), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfDeviceRetrieveDeviceInterfaceString(device, &interface_class, &odd, string), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceCreateDeviceInterface(device, &interface_class, &odd), STATUS_INVALID_PARAMETER);
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, &reference_in_capitals, FALSE);
    WdfDeviceSetDeviceInterfaceState(device, &other_class, NULL, FALSE);
    CHECK(is_open_to_all(NULL));
    CHECK(is_open_to_all(&reference));
    end();
}

static void interfaces_stay_through_a_rebalance_and_come_back_after_a_removal(void)
{
    begin(create_two_with_references);
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, &reference, FALSE);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK(is_open_to_all(&second_reference));
    CHECK(!is_open_to_all(&reference));
    CHECK_STATUS(testkit_disable(started), STATUS_SUCCESS);
    CHECK_STATUS(testkit_enable(started), STATUS_SUCCESS);
    CHECK(is_open_to_all(&second_reference));
    CHECK(is_open_to_all(&reference));
    end();
}

static void interface_of_a_device_that_is_gone_leads_nowhere(void)
{
    char kept[sizeof(name)];
    struct testkit_file *file;

    begin(create_both);
    memcpy(kept, name_of(NULL), sizeof(kept));
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    CHECK_STATUS(testkit_open(kept, true, true, &file), STATUS_OBJECT_NAME_NOT_FOUND);
    wdf_case_unload();
}

static void create_or_fail(void)
{
    NTSTATUS status = WdfDeviceCreateDeviceInterface(device, &interface_class, &reference);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void each_allocation_of_a_creation_may_fail(void)
{
    begin(create_nothing);
    nt_fail_each_allocation(create_or_fail);
    end();
}

static void toggle(void *argument)
{
    for (unsigned round = 0; round < 4; round++)
    {
        WdfDeviceSetDeviceInterfaceState(device, &interface_class, argument, round % 2 == 0);
    }
}

static void two_threads_set_states_at_the_same_time(void)
{
    struct nt_thread *other;

    begin(create_two_with_references);
    other = nt_thread_start(toggle, (PVOID)(uintptr_t)&second_reference);
    toggle((PVOID)(uintptr_t)&second_reference);
    toggle((PVOID)(uintptr_t)&reference);
    nt_thread_join(other);
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, &second_reference, TRUE);
    CHECK(is_open_to_all(&second_reference));
    CHECK(!is_open_to_all(&reference));
    end();
}

/* In its cleanup callback, and while somebody refers to it. */
static NTSTATUS late_status;

static void use_late(void)
{
    late_status = WdfDeviceCreateDeviceInterface(device, &interface_class, &second_reference);
    WdfDeviceSetDeviceInterfaceState(device, &interface_class, &reference, TRUE);
#if !defined(DMF_USER_MODE)
    CHECK_EQUAL(WdfDeviceGetCharacteristics(device) & FILE_READ_ONLY_DEVICE, 0);
    CHECK(WdfDeviceWdmGetDeviceObject(device) != NULL);
    CHECK(WdfDeviceWdmGetPhysicalDevice(device) != NULL && WdfDeviceWdmGetAttachedDevice(device) != NULL);
    CHECK_EQUAL(WdfDeviceWdmGetDeviceObject(device)->Type, IO_TYPE_DEVICE);
    CHECK_EQUAL(WdfDeviceWdmGetPhysicalDevice(device)->Type, IO_TYPE_DEVICE);
#endif
}

static VOID late_cleanup(WDFOBJECT object)
{
    CHECK(object == (WDFOBJECT)device);
    use_late();
    CHECK_STATUS(late_status, STATUS_DELETE_PENDING);
    late_status = STATUS_SUCCESS;
}

static NTSTATUS add_device_that_looks_late(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = late_cleanup;
    status = WdfDeviceCreate(&init, &attributes, &device);
    create_two_with_references();
    WdfObjectReference(device);
    return status;
}

static void device_that_is_gone_can_be_asked_while_somebody_has_its_handle(void)
{
    wdf_case_load(add_device_that_looks_late);
    started = wdf_case_start();
    late_status = STATUS_UNSUCCESSFUL;
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    CHECK_STATUS(late_status, STATUS_SUCCESS);
    use_late();
    CHECK_STATUS(late_status, STATUS_DELETE_PENDING);
    WdfObjectDereference(device);
    wdf_case_unload();
}

static void stops_when_the_class_is_missing(void)
{
    begin(create_nothing);
    (void)WdfDeviceCreateDeviceInterface(device, NULL, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(interfaces_from_before_the_start_are_enabled_by_it),
    CASE(file_has_the_reference_string_as_its_name),
    CASE(interface_from_after_the_start_waits_for_the_driver),
    CASE(start_enables_what_the_short_form_disabled_and_not_what_the_long_form_did),
    CASE(references_match_byte_for_byte),
    CASE(interfaces_stay_through_a_rebalance_and_come_back_after_a_removal),
    CASE(interface_of_a_device_that_is_gone_leads_nowhere),
    CASE(each_allocation_of_a_creation_may_fail),
    CASE(two_threads_set_states_at_the_same_time),
    CASE(device_that_is_gone_can_be_asked_while_somebody_has_its_handle),
    STOPS(stops_when_the_class_is_missing, "WdfDeviceCreateDeviceInterface"),
    CASES_END,
};
