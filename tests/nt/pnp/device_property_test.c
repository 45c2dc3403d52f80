/* SPDX-License-Identifier: MIT */
/*
 * Properties of devices, as drivers ask for them.
 */
#include "rig.h"

#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/pnp/device_property.h"
#include "nt/registry/registry.h"
#include "nt/rtl/string.h"
#include "nt_case.h"

static const DEVPROPKEY own_key = {{0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, 2};

static struct rig_child *child;

static PDEVICE_OBJECT set_up(void)
{
    rig_set_up();
    child = rig_add_child("BUS\\Thing", "1");
    child->compatible_id = "BUS\\Soft";
    child->container_id = "{11111111-2222-3333-4444-555555555555}";
    rig_start();
    return child->pdo;
}

static void tear_down(void)
{
    rig_remove_bus();
    rig_tear_down();
}

/* What the property is as UTF-8 text, which must be that. */
static void text_is(PDEVICE_OBJECT pdo, DEVICE_REGISTRY_PROPERTY property, const char *expected)
{
    WCHAR text[256];
    ULONG length = 0;
    UNICODE_STRING string;
    char *got;

    CHECK_EQUAL(IoGetDeviceProperty(pdo, property, sizeof(text), text, &length), STATUS_SUCCESS);
    RtlInitUnicodeString(&string, text);
    got = string_to_utf8(&string);
    if (strcmp(got, expected) != 0)
    {
        nt_check_failed(got, 0, expected);
    }
    string_free_utf8(got);
}

static void identifiers_are_lists(void)
{
    PDEVICE_OBJECT pdo = set_up();
    WCHAR list[64];
    ULONG length;

    text_is(pdo, DevicePropertyHardwareID, "TEST\\Function");
    text_is(pdo, DevicePropertyCompatibleIDs, "BUS\\Soft");
    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyHardwareID, sizeof(list), list, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(L"TEST\\Function") + sizeof(WCHAR));
    CHECK_EQUAL(list[length / sizeof(WCHAR) - 1], 0);
    CHECK_EQUAL(list[length / sizeof(WCHAR) - 2], 0);
    tear_down();
}

static void texts_are_of_the_devnode(void)
{
    PDEVICE_OBJECT pdo = set_up();

    text_is(pdo, DevicePropertyEnumeratorName, "BUS");
    text_is(pdo, DevicePropertyContainerID, "{11111111-2222-3333-4444-555555555555}");
    tear_down();
}

static void numbers_have_their_size(void)
{
    PDEVICE_OBJECT pdo = set_up();
    ULONG number = 99;
    ULONG length = 0;

    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyInstallState, sizeof(number), &number, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(number));
    CHECK_EQUAL(number, InstallStateInstalled);
    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyRemovalPolicy, sizeof(number), &number, &length), STATUS_SUCCESS);
    CHECK(number >= RemovalPolicyExpectNoRemoval && number <= RemovalPolicyExpectSurpriseRemoval);
    tear_down();
}

static void small_buffer_tells_the_size(void)
{
    PDEVICE_OBJECT pdo = set_up();
    WCHAR text[8] = L"";
    ULONG length = 0;

    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyEnumeratorName, 0, NULL, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, sizeof(L"BUS"));
    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyEnumeratorName, length - 1, text, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(text[0], 0);
    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyEnumeratorName, length, text, &length), STATUS_SUCCESS);
    tear_down();
}

static void missing_properties_are_not_found(void)
{
    PDEVICE_OBJECT pdo = set_up();
    char byte;
    ULONG length = 7;

    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyFriendlyName, 1, &byte, &length), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(IoGetDeviceProperty(pdo, DevicePropertyManufacturer, 1, &byte, &length), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoGetDeviceProperty(pdo, (DEVICE_REGISTRY_PROPERTY)23, 1, &byte, &length), STATUS_INVALID_PARAMETER_2);
    CHECK_EQUAL(IoGetDeviceProperty(pdo, (DEVICE_REGISTRY_PROPERTY)-1, 1, &byte, &length), STATUS_INVALID_PARAMETER_2);
    tear_down();
}

static void only_a_physical_device_object_has_properties(void)
{
    PDEVICE_OBJECT pdo = set_up();
    PDEVICE_OBJECT upper = pdo->AttachedDevice;
    ULONG number = 1;
    ULONG length;
    DEVPROPTYPE type;
    USHORT node;

    CHECK_EQUAL(IoGetDeviceProperty(upper, DevicePropertyAddress, 4, &number, &length), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoGetDevicePropertyData(upper, &own_key, 0, 0, 4, &number, &length, &type), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoSetDevicePropertyData(upper, &own_key, 0, 0, DEVPROP_TYPE_UINT32, 4, &number),
                STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoGetDeviceNumaNode(upper, &node), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoGetDeviceNumaNode(pdo, &node), STATUS_SUCCESS);
    CHECK_EQUAL(node, 0);
    tear_down();
}

static void data_keeps_its_value_and_type(ULONG flags)
{
    PDEVICE_OBJECT pdo = set_up();
    ULONG value = 7;
    ULONG got = 0;
    ULONG required;
    DEVPROPTYPE type;

    CHECK_EQUAL(IoGetDevicePropertyData(pdo, &own_key, 0, 0, sizeof(got), &got, &required, &type),
                STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, flags, DEVPROP_TYPE_UINT32, 3, &value), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, flags, DEVPROP_TYPE_UINT32, 4, &value), STATUS_SUCCESS);
    CHECK_EQUAL(IoGetDevicePropertyData(pdo, &own_key, 0x409, 0, sizeof(got), &got, &required, &type),
                STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(IoGetDevicePropertyData(pdo, &own_key, 0, 0, 0, NULL, &required, &type), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(required, sizeof(value));
    CHECK_EQUAL(type, DEVPROP_TYPE_UINT32);
    CHECK_EQUAL(IoGetDevicePropertyData(pdo, &own_key, 0, 0, sizeof(got), &got, &required, &type), STATUS_SUCCESS);
    CHECK_EQUAL(got, 7);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, flags, DEVPROP_TYPE_EMPTY, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, flags, DEVPROP_TYPE_EMPTY, 0, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    tear_down();
}

static void volatile_data_keeps_its_value_and_type(void)
{
    data_keeps_its_value_and_type(0);
}

static void persistent_data_keeps_its_value_and_type(void)
{
    data_keeps_its_value_and_type(PLUGPLAY_PROPERTY_PERSISTENT);
    registry_close();
}

static void persistent_data_outlives_the_devnode(void)
{
    PDEVICE_OBJECT pdo = set_up();
    ULONG value = 7;
    ULONG got = 0;
    ULONG required;
    DEVPROPTYPE type;

    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, PLUGPLAY_PROPERTY_PERSISTENT, DEVPROP_TYPE_UINT32, 4, &value),
                STATUS_SUCCESS);
    tear_down();
    pdo = set_up();
    CHECK_EQUAL(IoGetDevicePropertyData(pdo, &own_key, 0, 0, sizeof(got), &got, &required, &type), STATUS_SUCCESS);
    CHECK_EQUAL(got, 7);
    tear_down();
    registry_close();
}

static void name_that_was_set_is_the_named_value(void)
{
    PDEVICE_OBJECT pdo = set_up();
    GUID class = own_key.fmtid;

    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &DEVPKEY_Device_FriendlyName, 0, 0, DEVPROP_TYPE_STRING, sizeof(L"Friend"),
                                        (PVOID)(uintptr_t)L"Friend"),
                STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &DEVPKEY_Device_ClassGuid, 0, 0, DEVPROP_TYPE_GUID, sizeof(class), &class),
                STATUS_SUCCESS);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &DEVPKEY_Device_Manufacturer, 0, 0, DEVPROP_TYPE_GUID, sizeof(class), &class),
                STATUS_INVALID_PARAMETER);
    text_is(pdo, DevicePropertyFriendlyName, "Friend");
    text_is(pdo, DevicePropertyClassGuid, "{12345678-0001-0002-0304-05060708090a}");
    tear_down();
    registry_close();
}

static void facts_cannot_be_set(void)
{
    PDEVICE_OBJECT pdo = set_up();
    ULONG value = 7;

    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &DEVPKEY_Device_Address, 0, 0, DEVPROP_TYPE_UINT32, 4, &value),
                STATUS_ACCESS_DENIED);
    CHECK_EQUAL(IoSetDevicePropertyData(pdo, &own_key, 0, 2, DEVPROP_TYPE_UINT32, 4, &value), STATUS_INVALID_PARAMETER);
    tear_down();
}

static void instance_and_relations_are_properties(void)
{
    PDEVICE_OBJECT pdo = set_up();
    struct devnode *devnode = rig_node(child);
    struct device_value value;
    struct device_value parent;

    CHECK_EQUAL(device_property_get(devnode, &DEVPKEY_Device_InstanceId, 0, &value), STATUS_SUCCESS);
    CHECK_EQUAL(value.type, DEVPROP_TYPE_STRING);
    CHECK_EQUAL(value.size, devnode_instance(devnode)->Length + sizeof(WCHAR));
    value_free(&value);
    CHECK_EQUAL(device_property_get(devnode, &DEVPKEY_Device_Parent, 0, &parent), STATUS_SUCCESS);
    CHECK_EQUAL(parent.size, devnode_instance(rig.bus_node)->Length + sizeof(WCHAR));
    value_free(&parent);
    CHECK_EQUAL(device_property_get(rig.bus_node, &DEVPKEY_Device_Children, 0, &value), STATUS_SUCCESS);
    CHECK_EQUAL(value.type, DEVPROP_TYPE_STRING_LIST);
    CHECK_EQUAL(value.size, devnode_instance(devnode)->Length + 2 * sizeof(WCHAR));
    value_free(&value);
    CHECK_EQUAL(device_property_get(devnode, &DEVPKEY_Device_Siblings, 0, &value), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(device_property_get(devnode, &DEVPKEY_Device_Stack, 0, &value), STATUS_SUCCESS);
    value_free(&value);
    CHECK(pdo != NULL);
    tear_down();
}

static void every_key_that_is_listed_has_a_value(void)
{
    struct device_value keys;
    struct devnode *devnode;
    ULONG value = 1;
    bool found = false;

    (void)set_up();
    devnode = rig_node(child);
    CHECK_EQUAL(device_property_set(devnode, &own_key, 0, true, DEVPROP_TYPE_UINT32, 4, &value), STATUS_SUCCESS);
    CHECK_EQUAL(device_property_keys(devnode, &keys), STATUS_SUCCESS);
    for (size_t index = 0; index < keys.size / sizeof(DEVPROPKEY); index++)
    {
        const DEVPROPKEY *key = (const DEVPROPKEY *)keys.data + index;
        struct device_value one;

        CHECK_EQUAL(device_property_get(devnode, key, 0, &one), STATUS_SUCCESS);
        value_free(&one);
        found |= IsEqualDevPropKey(*key, own_key);
    }
    CHECK(found);
    value_free(&keys);
    tear_down();
    registry_close();
}

static void what_finds_no_memory_leaves_nothing_behind(void)
{
    ULONG number = 7;
    struct devnode *devnode;
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    struct device_value keys;

    (void)set_up();
    devnode = rig_node(child);
    for (unsigned n = 1; !NT_SUCCESS(status); n++)
    {
        nt_fail_allocation(n);
        status = device_property_set(devnode, &own_key, 0, true, DEVPROP_TYPE_UINT32, sizeof(number), &number);
        nt_fail_allocation(0);
        CHECK(n < 500);
    }
    status = STATUS_INSUFFICIENT_RESOURCES;
    for (unsigned n = 1; !NT_SUCCESS(status); n++)
    {
        nt_fail_allocation(n);
        status = device_property_keys(devnode, &keys);
        nt_fail_allocation(0);
        CHECK(NT_SUCCESS(status) || status == STATUS_INSUFFICIENT_RESOURCES);
        CHECK(n < 2000);
    }
    value_free(&keys);
    tear_down();
    registry_close();
}

const struct nt_case nt_cases[] = {
    CASE(identifiers_are_lists),
    CASE(texts_are_of_the_devnode),
    CASE(numbers_have_their_size),
    CASE(small_buffer_tells_the_size),
    CASE(missing_properties_are_not_found),
    CASE(only_a_physical_device_object_has_properties),
    CASE(volatile_data_keeps_its_value_and_type),
    CASE(persistent_data_keeps_its_value_and_type),
    CASE(persistent_data_outlives_the_devnode),
    CASE(name_that_was_set_is_the_named_value),
    CASE(facts_cannot_be_set),
    CASE(instance_and_relations_are_properties),
    CASE(every_key_that_is_listed_has_a_value),
    CASE(what_finds_no_memory_leaves_nothing_behind),
    CASES_END,
};
