/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces, and who hears of them and of devices that go.
 */
#include "rig.h"

#include <string.h>

#include "nt/pnp/notification.h"
#include "nt/rtl/string.h"
#include "nt_case.h"

static const GUID first_class = {0x11111111, 0x2222, 0x3333, {0x44, 0x44, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55}};
static const GUID second_class = {0x11111111, 0x2222, 0x3333, {0x44, 0x44, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66}};

static struct rig_child *child;

static PDEVICE_OBJECT set_up(void)
{
    rig_set_up();
    child = rig_add_child("BUS\\Thing", "1");
    rig_start();
    return child->pdo;
}

static void tear_down(void)
{
    rig_remove_bus();
    rig_tear_down();
    notification_settle();
}

static UNICODE_STRING register_interface(PDEVICE_OBJECT pdo, const GUID *class, const WCHAR *reference)
{
    UNICODE_STRING text;
    UNICODE_STRING name;

    RtlInitUnicodeString(&text, reference);
    CHECK_EQUAL(IoRegisterDeviceInterface(pdo, class, &text, &name), STATUS_SUCCESS);
    return name;
}

static bool contains(const UNICODE_STRING *name, const char *part)
{
    char *text = string_to_utf8(name);
    bool found = text != NULL && strstr(text, part) != NULL;

    string_free_utf8(text);
    return found;
}

/*
 * What the callbacks heard, a letter each: A arrival, R removal, q query, c cancelled, x complete, * custom.
 */
static struct
{
    char letters[64];
    uint32_t count;
    NTSTATUS answer;
    void *unregister;
} heard;

static void hear_letter(char letter)
{
    heard.letters[platform_atomic_fetch_add(&heard.count, 1) % 63] = letter;
}

static NTSTATUS hear_interface(PVOID structure, PVOID context)
{
    const DEVICE_INTERFACE_CHANGE_NOTIFICATION *change = structure;

    CHECK_EQUAL(change->Version, 1);
    CHECK_EQUAL(change->Size, sizeof(*change));
    CHECK(memcmp(&change->InterfaceClassGuid, context, sizeof(GUID)) == 0);
    CHECK(contains(change->SymbolicLinkName, "\\??\\BUS#THING#"));
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    hear_letter(change->Event.Data1 == 0xcb3a4004 ? 'A' : 'R');
    if (heard.unregister != NULL)
    {
        CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(heard.unregister), STATUS_SUCCESS);
        heard.unregister = NULL;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS hear_target(PVOID structure, PVOID context)
{
    static const char letters[] = "qcx";
    const TARGET_DEVICE_REMOVAL_NOTIFICATION *removal = structure;
    ULONG number = removal->Event.Data1 - 0xcb3a4006;

    CHECK(removal->FileObject == context);
    hear_letter(number < 3 ? letters[number] : '*');
    return number == 0 ? heard.answer : STATUS_SUCCESS;
}

static void heard_is(const char *expected)
{
    notification_settle();
    heard.letters[heard.count] = 0;
    if (strcmp(heard.letters, expected) != 0)
    {
        nt_check_failed(heard.letters, 0, expected);
    }
}

static void *listen_to(const GUID *class, ULONG flags)
{
    void *entry;

    memset(&heard, 0, sizeof(heard));
    CHECK_EQUAL(IoRegisterPlugPlayNotification(EventCategoryDeviceInterfaceChange, flags, (PVOID)(uintptr_t) class,
                                               rig.function, hear_interface, (PVOID)(uintptr_t) class, &entry),
                STATUS_SUCCESS);
    return entry;
}

static void *listen_to_target(PFILE_OBJECT file)
{
    void *entry;

    memset(&heard, 0, sizeof(heard));
    CHECK_EQUAL(
        IoRegisterPlugPlayNotification(EventCategoryTargetDeviceChange, 0, file, rig.function, hear_target, file, &entry),
        STATUS_SUCCESS);
    return entry;
}

/*
 * Interfaces.
 */

static void name_is_made_of_instance_class_and_reference(void)
{
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING plain = register_interface(pdo, &first_class, NULL);
    UNICODE_STRING again = register_interface(pdo, &first_class, L"");
    UNICODE_STRING referenced = register_interface(pdo, &first_class, L"Ref");

    CHECK(RtlEqualUnicodeString(&plain, &again, FALSE));
    CHECK(contains(&plain, "\\??\\BUS#THING#"));
    CHECK(contains(&plain, "#{11111111-2222-3333-4444-555555555555}"));
    CHECK(contains(&referenced, "#{11111111-2222-3333-4444-555555555555}\\Ref"));
    CHECK_EQUAL(plain.Buffer[plain.Length / sizeof(WCHAR)], 0);
    RtlFreeUnicodeString(&plain);
    RtlFreeUnicodeString(&again);
    RtlFreeUnicodeString(&referenced);
    tear_down();
}

static void reference_with_a_slash_is_refused(void)
{
    static const WCHAR *const bad[] = {L"a\\b", L"a/b", L"\\"};
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING text;
    UNICODE_STRING name;

    for (size_t index = 0; index < ARRAYSIZE(bad); index++)
    {
        RtlInitUnicodeString(&text, bad[index]);
        CHECK_EQUAL(IoRegisterDeviceInterface(pdo, &first_class, &text, &name), STATUS_INVALID_PARAMETER);
    }
    tear_down();
}

static void only_a_physical_device_object_has_interfaces(void)
{
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING name;

    CHECK_EQUAL(IoRegisterDeviceInterface(pdo->AttachedDevice, &first_class, NULL, &name), STATUS_INVALID_DEVICE_REQUEST);
    tear_down();
}

static void state_changes_once_and_says_so(void)
{
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    UNICODE_STRING unknown;

    RtlInitUnicodeString(&unknown, L"\\??\\BUS#Nothing#{11111111-2222-3333-4444-555555555555}");
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, FALSE), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_OBJECT_NAME_EXISTS);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&unknown, TRUE), STATUS_OBJECT_NAME_NOT_FOUND);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static size_t names_in(PWSTR list)
{
    size_t count = 0;
    PWSTR at = list;

    while (*at != 0)
    {
        count++;
        while (*at != 0)
        {
            at++;
        }
        at++;
    }
    ExFreePool(list);
    return count;
}

static size_t listed(const GUID *class, PDEVICE_OBJECT pdo, ULONG flags)
{
    PWSTR list;

    CHECK_EQUAL(IoGetDeviceInterfaces(class, pdo, flags, &list), STATUS_SUCCESS);
    return names_in(list);
}

static void list_has_what_is_enabled_or_everything(void)
{
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING first = register_interface(pdo, &first_class, NULL);
    UNICODE_STRING second = register_interface(pdo, &first_class, L"two");

    CHECK_EQUAL(listed(&first_class, NULL, 0), 0);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&first, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(listed(&first_class, NULL, 0), 1);
    CHECK_EQUAL(listed(&first_class, pdo, DEVICE_INTERFACE_INCLUDE_NONACTIVE), 2);
    CHECK_EQUAL(listed(&first_class, rig.bus_pdo, DEVICE_INTERFACE_INCLUDE_NONACTIVE), 0);
    CHECK_EQUAL(listed(&second_class, NULL, DEVICE_INTERFACE_INCLUDE_NONACTIVE), 0);
    RtlFreeUnicodeString(&first);
    RtlFreeUnicodeString(&second);
    tear_down();
}

static void alias_has_the_same_device_and_reference(void)
{
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING first = register_interface(pdo, &first_class, L"r");
    UNICODE_STRING other = register_interface(pdo, &second_class, L"other");
    UNICODE_STRING alias;
    UNICODE_STRING same;

    CHECK_EQUAL(IoGetDeviceInterfaceAlias(&first, &second_class, &alias), STATUS_OBJECT_PATH_NOT_FOUND);
    same = register_interface(pdo, &second_class, L"r");
    CHECK_EQUAL(IoGetDeviceInterfaceAlias(&first, &second_class, &alias), STATUS_SUCCESS);
    CHECK(RtlEqualUnicodeString(&alias, &same, FALSE));
    RtlFreeUnicodeString(&first);
    RtlFreeUnicodeString(&other);
    RtlFreeUnicodeString(&same);
    RtlFreeUnicodeString(&alias);
    tear_down();
}

static void property_keeps_its_value_and_type(void)
{
    static const DEVPROPKEY key = {{0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, 2};
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    ULONG value = 7;
    ULONG got = 0;
    ULONG required = 0;
    DEVPROPTYPE type = 0;

    CHECK_EQUAL(IoGetDeviceInterfacePropertyData(&name, &key, 0, 0, sizeof(got), &got, &required, &type),
                STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoSetDeviceInterfacePropertyData(&name, &key, 0, 0, DEVPROP_TYPE_UINT32, 3, &value),
                STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoSetDeviceInterfacePropertyData(&name, &key, 0, 0, DEVPROP_TYPE_UINT32, sizeof(value), &value),
                STATUS_SUCCESS);
    CHECK_EQUAL(IoGetDeviceInterfacePropertyData(&name, &key, 0, 0, 0, NULL, &required, &type), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(required, sizeof(value));
    CHECK_EQUAL(type, DEVPROP_TYPE_UINT32);
    CHECK_EQUAL(IoGetDeviceInterfacePropertyData(&name, &key, 0, 0, sizeof(got), &got, &required, &type), STATUS_SUCCESS);
    CHECK_EQUAL(got, 7);
    CHECK_EQUAL(IoSetDeviceInterfacePropertyData(&name, &key, 0, 0, DEVPROP_TYPE_EMPTY, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(IoGetDeviceInterfacePropertyData(&name, &key, 0, 0, sizeof(got), &got, &required, &type),
                STATUS_OBJECT_NAME_NOT_FOUND);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static void device_that_leaves_takes_its_interfaces_along(void)
{
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    void *entry = listen_to(&first_class, 0);

    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
    child->present = false;
    rig_rescan();
    CHECK_EQUAL(listed(&first_class, NULL, DEVICE_INTERFACE_INCLUDE_NONACTIVE), 0);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_OBJECT_NAME_NOT_FOUND);
    heard_is("AR");
    CHECK_EQUAL(IoUnregisterPlugPlayNotification(entry), STATUS_SUCCESS);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static void what_finds_no_memory_leaves_nothing_behind(void)
{
    PDEVICE_OBJECT pdo = set_up();
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    UNICODE_STRING name;

    for (unsigned n = 1; !NT_SUCCESS(status); n++)
    {
        nt_fail_allocation(n);
        status = IoRegisterDeviceInterface(pdo, &first_class, NULL, &name);
        nt_fail_allocation(0);
        CHECK(n < 20);
    }
    for (unsigned n = 1; n < 20; n++)
    {
        nt_fail_allocation(n);
        status = IoSetDeviceInterfaceState(&name, TRUE);
        nt_fail_allocation(0);
        CHECK_EQUAL(listed(&first_class, NULL, 0), NT_SUCCESS(status) ? 1 : 0);
        (void)IoSetDeviceInterfaceState(&name, FALSE);
    }
    CHECK_EQUAL(status, STATUS_SUCCESS);
    RtlFreeUnicodeString(&name);
    tear_down();
}

/*
 * Notification of interfaces.
 */

static void changes_are_heard_in_their_order(void)
{
    PDEVICE_OBJECT pdo = set_up();
    UNICODE_STRING name = register_interface(pdo, &first_class, NULL);
    UNICODE_STRING other = register_interface(pdo, &second_class, NULL);
    void *entry = listen_to(&first_class, 0);

    for (int round = 0; round < 3; round++)
    {
        CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
        CHECK_EQUAL(IoSetDeviceInterfaceState(&other, TRUE), STATUS_SUCCESS);
        CHECK_EQUAL(IoSetDeviceInterfaceState(&name, FALSE), STATUS_SUCCESS);
        CHECK_EQUAL(IoSetDeviceInterfaceState(&other, FALSE), STATUS_SUCCESS);
    }
    heard_is("ARARAR");
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
    heard_is("ARARAR");
    RtlFreeUnicodeString(&name);
    RtlFreeUnicodeString(&other);
    tear_down();
}

static void existing_interfaces_are_heard_before_registration_returns(void)
{
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    void *entry;

    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
    notification_settle();
    entry = listen_to(&first_class, PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES);
    CHECK_EQUAL(heard.count, 1);
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    entry = listen_to(&first_class, 0);
    heard_is("");
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static void callback_may_end_its_own_registration(void)
{
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    void *entry = listen_to(&first_class, 0);

    heard.unregister = entry;
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDeviceInterfaceState(&name, FALSE), STATUS_SUCCESS);
    heard_is("A");
    CHECK(heard.unregister == NULL);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static void toggle(void *argument)
{
    UNICODE_STRING *name = argument;

    for (int round = 0; round < 5; round++)
    {
        (void)IoSetDeviceInterfaceState(name, TRUE);
        (void)IoSetDeviceInterfaceState(name, FALSE);
    }
}

static void nothing_is_heard_after_the_end_of_a_registration(void)
{
    UNICODE_STRING name = register_interface(set_up(), &first_class, NULL);
    struct nt_thread *thread = nt_thread_start(toggle, &name);
    uint32_t count;

    for (int round = 0; round < 5; round++)
    {
        void *entry = listen_to(&first_class, PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES);

        CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
        count = platform_atomic_load(&heard.count);
        notification_settle();
        CHECK_EQUAL(platform_atomic_load(&heard.count), count);
    }
    nt_thread_join(thread);
    RtlFreeUnicodeString(&name);
    tear_down();
}

static void registration_is_checked(void)
{
    void *entry = &entry;

    CHECK_EQUAL(
        IoRegisterPlugPlayNotification(EventCategoryDeviceInterfaceChange, 0, NULL, NULL, hear_interface, NULL, &entry),
        STATUS_INVALID_PARAMETER);
    CHECK(entry == NULL);
    CHECK_EQUAL(IoRegisterPlugPlayNotification(EventCategoryReserved, 0, NULL, NULL, hear_interface, NULL, &entry),
                STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(
        IoRegisterPlugPlayNotification(EventCategoryHardwareProfileChange, 0, NULL, NULL, hear_interface, NULL, &entry),
        STATUS_SUCCESS);
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
}

/*
 * Notification of target devices.
 */

static void removal_is_asked_for_and_then_told(void)
{
    FILE_OBJECT file = {.DeviceObject = set_up()};
    void *entry = listen_to_target(&file);
    struct devnode *devnode = rig_node(child);

    CHECK_EQUAL(devnode_remove(devnode), STATUS_SUCCESS);
    heard_is("qx");
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    tear_down();
}

static void veto_of_a_holder_ends_the_removal(void)
{
    FILE_OBJECT file = {.DeviceObject = set_up()};
    void *entry = listen_to_target(&file);
    struct devnode *devnode = rig_node(child);
    struct devnode_veto veto;

    heard.answer = STATUS_UNSUCCESSFUL;
    CHECK_EQUAL(devnode_remove_or_veto(devnode, &veto), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(devnode_state(devnode), DEVNODE_STARTED);
    heard_is("qc");
    heard.answer = STATUS_SUCCESS;
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    tear_down();
}

static void veto_of_a_driver_cancels_for_the_holder(void)
{
    FILE_OBJECT file = {.DeviceObject = set_up()};
    void *entry = listen_to_target(&file);
    struct devnode *devnode = rig_node(child);

    rig_fault("function", IRP_MN_QUERY_REMOVE_DEVICE, STATUS_UNSUCCESSFUL, 1);
    CHECK_EQUAL(devnode_remove(devnode), STATUS_UNSUCCESSFUL);
    heard_is("qc");
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    tear_down();
}

static void surprise_is_told_once_and_never_asked_for(void)
{
    FILE_OBJECT file = {.DeviceObject = set_up()};
    void *entry = listen_to_target(&file);

    child->present = false;
    rig_rescan();
    heard_is("x");
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    tear_down();
}

static void note_completion(PVOID context)
{
    KeSetEvent(context, IO_NO_INCREMENT, FALSE);
}

static void drivers_report_reaches_the_holders(void)
{
    PDEVICE_OBJECT pdo = set_up();
    FILE_OBJECT file = {.DeviceObject = pdo};
    void *entry = listen_to_target(&file);
    TARGET_DEVICE_CUSTOM_NOTIFICATION report = {
        .Version = 1, .Size = sizeof(report), .Event = first_class, .NameBufferOffset = -1};
    KEVENT done;

    KeInitializeEvent(&done, NotificationEvent, FALSE);
    CHECK_EQUAL(IoReportTargetDeviceChange(pdo, &report), STATUS_SUCCESS);
    CHECK_EQUAL(IoReportTargetDeviceChangeAsynchronous(pdo, &report, note_completion, &done), STATUS_PENDING);
    CHECK_EQUAL(KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    heard_is("**");
    nt_fail_allocation(1);
    CHECK_EQUAL(IoReportTargetDeviceChange(pdo, &report), STATUS_SUCCESS);
    nt_fail_allocation(0);
    heard_is("***");
    CHECK(report.FileObject == NULL);
    report.Event.Data1 = 0xcb3a4006;
    report.Event.Data2 = 0x46f0;
    report.Event.Data3 = 0x11d0;
    memcpy(report.Event.Data4, "\xb0\x8f\x00\x60\x97\x13\x05\x3f", 8);
    CHECK_EQUAL(IoReportTargetDeviceChange(pdo, &report), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoUnregisterPlugPlayNotificationEx(entry), STATUS_SUCCESS);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(name_is_made_of_instance_class_and_reference),
    CASE(reference_with_a_slash_is_refused),
    CASE(only_a_physical_device_object_has_interfaces),
    CASE(state_changes_once_and_says_so),
    CASE(list_has_what_is_enabled_or_everything),
    CASE(alias_has_the_same_device_and_reference),
    CASE(property_keeps_its_value_and_type),
    CASE(device_that_leaves_takes_its_interfaces_along),
    CASE(what_finds_no_memory_leaves_nothing_behind),
    CASE(changes_are_heard_in_their_order),
    CASE(existing_interfaces_are_heard_before_registration_returns),
    CASE(callback_may_end_its_own_registration),
    CASE(nothing_is_heard_after_the_end_of_a_registration),
    CASE(registration_is_checked),
    CASE(removal_is_asked_for_and_then_told),
    CASE(veto_of_a_holder_ends_the_removal),
    CASE(veto_of_a_driver_cancels_for_the_holder),
    CASE(surprise_is_told_once_and_never_asked_for),
    CASE(drivers_report_reaches_the_holders),
    CASES_END,
};
