/* SPDX-License-Identifier: MIT */
/*
 * What a devnode says about itself.
 *
 * Identifiers and texts were learned when the devnode came into the tree, and do not change while it is there.
 */
#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/include/um/cfg.h"
#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/pnp/database.h"
#include "nt/pnp/device_property.h"
#include "nt/pnp/node.h"
#include "nt/rtl/guid.h"
#include "nt/rtl/string.h"

/* Values of the configuration manager that only the user flavour's headers have. */
enum
{
    CONFIGURATION_DISABLED = 1,
    CAPABILITY_LOCK = 0x001,
    CAPABILITY_EJECT = 0x002,
    CAPABILITY_REMOVABLE = 0x004,
    CAPABILITY_DOCK = 0x008,
    CAPABILITY_UNIQUE = 0x010,
    CAPABILITY_SILENT = 0x020,
    CAPABILITY_RAW = 0x040,
    CAPABILITY_SURPRISE = 0x080,
    CAPABILITY_HARDWARE_DISABLED = 0x100,
    CAPABILITY_NON_DYNAMIC = 0x200,
};

/*
 * Identifiers and texts.
 */

static NTSTATUS give_text(const UNICODE_STRING *text, DEVPROPTYPE type, struct device_value *ret_value)
{
    return value_set_text(ret_value, type, text->Buffer, text->Length);
}

static NTSTATUS get_hardware_ids(struct devnode *devnode, struct device_value *ret_value)
{
    return give_text(&devnode->hardware_ids, DEVPROP_TYPE_STRING_LIST, ret_value);
}

static NTSTATUS get_compatible_ids(struct devnode *devnode, struct device_value *ret_value)
{
    return give_text(&devnode->compatible_ids, DEVPROP_TYPE_STRING_LIST, ret_value);
}

static NTSTATUS get_description(struct devnode *devnode, struct device_value *ret_value)
{
    return give_text(&devnode->description, DEVPROP_TYPE_STRING, ret_value);
}

static NTSTATUS get_location(struct devnode *devnode, struct device_value *ret_value)
{
    return give_text(&devnode->location, DEVPROP_TYPE_STRING, ret_value);
}

static NTSTATUS get_instance(struct devnode *devnode, struct device_value *ret_value)
{
    return give_text(&devnode->instance, DEVPROP_TYPE_STRING, ret_value);
}

static NTSTATUS get_enumerator(struct devnode *devnode, struct device_value *ret_value)
{
    size_t units = 0;

    while (units < devnode->instance.Length / sizeof(WCHAR) && devnode->instance.Buffer[units] != '\\')
    {
        units++;
    }
    return value_set_text(ret_value, DEVPROP_TYPE_STRING, devnode->instance.Buffer, units * sizeof(WCHAR));
}

/* The physical device object, referenced; NULL when it is not there any more. */
static PDEVICE_OBJECT reference_pdo(struct devnode *devnode)
{
    PDEVICE_OBJECT pdo;

    pnp_lock();
    pdo = devnode->pdo;
    if (pdo != NULL)
    {
        devobj_reference(pdo);
    }
    pnp_unlock();
    return pdo;
}

static NTSTATUS get_pdo_name(struct devnode *devnode, struct device_value *ret_value)
{
    PDEVICE_OBJECT pdo = reference_pdo(devnode);
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    if (pdo != NULL)
    {
        status = give_text(&devobj_extension(pdo)->name, DEVPROP_TYPE_STRING, ret_value);
        devobj_release(pdo);
    }
    return status;
}

static NTSTATUS get_device_type(struct devnode *devnode, struct device_value *ret_value)
{
    PDEVICE_OBJECT pdo = reference_pdo(devnode);
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    if (pdo != NULL)
    {
        status = value_set_number(ret_value, DEVPROP_TYPE_UINT32, pdo->DeviceType);
        devobj_release(pdo);
    }
    return status;
}

static NTSTATUS get_characteristics(struct devnode *devnode, struct device_value *ret_value)
{
    PDEVICE_OBJECT pdo = reference_pdo(devnode);
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    if (pdo != NULL)
    {
        status = value_set_number(ret_value, DEVPROP_TYPE_UINT32, pdo->Characteristics);
        devobj_release(pdo);
    }
    return status;
}

/* The device below, referenced; NULL at the bottom. */
static PDEVICE_OBJECT reference_lower(PDEVICE_OBJECT device)
{
    PDEVICE_OBJECT lower;

    platform_mutex_lock(&machine()->topology);
    lower = devobj_extension(device)->lower;
    if (lower != NULL)
    {
        devobj_reference(lower);
    }
    platform_mutex_unlock(&machine()->topology);
    return lower;
}

/* The names of the devices of the stack, the highest first. A device without a name is there by its driver's. */
static NTSTATUS get_stack(struct devnode *devnode, struct device_value *ret_value)
{
    static const WCHAR terminator = 0;
    PDEVICE_OBJECT pdo = reference_pdo(devnode);
    PDEVICE_OBJECT device = pdo == NULL ? NULL : devobj_top(pdo);
    NTSTATUS status = device == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;

    while (device != NULL)
    {
        const UNICODE_STRING *own = &devobj_extension(device)->name;
        const UNICODE_STRING *name = own->Length != 0 ? own : &device->DriverObject->DriverName;
        PDEVICE_OBJECT lower = reference_lower(device);

        if (NT_SUCCESS(status) && name->Length != 0)
        {
            status = value_append(ret_value, name->Buffer, name->Length);
            status = NT_SUCCESS(status) ? value_append(ret_value, &terminator, sizeof(terminator)) : status;
        }
        devobj_release(device);
        device = lower;
    }
    devobj_release(pdo);
    status = NT_SUCCESS(status) ? value_append(ret_value, &terminator, sizeof(terminator)) : status;
    if (!NT_SUCCESS(status))
    {
        value_free(ret_value);
    }
    ret_value->type = DEVPROP_TYPE_STRING_LIST;
    return status;
}

/*
 * What the driver database says.
 */

/* The database's match; without one, the driver that a devnode was made for and that drives it now. */
static NTSTATUS get_service(struct devnode *devnode, struct device_value *ret_value)
{
    bool is_driven = devnode_state(devnode) != DEVNODE_INITIALIZED && devnode_state(devnode) != DEVNODE_REMOVED;
    UNICODE_STRING service;
    UNICODE_STRING class;
    NTSTATUS status = database_names(devnode, &service, &class);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = service.Length == 0 && devnode->made_for != NULL && is_driven ?
                 give_text(&devnode->made_for->DriverExtension->ServiceKeyName, DEVPROP_TYPE_STRING, ret_value) :
                 give_text(&service, DEVPROP_TYPE_STRING, ret_value);
    string_free(&service);
    string_free(&class);
    return status;
}

/* The database's class is a name or a GUID: the property of that kind has it. */
static NTSTATUS give_class(struct devnode *devnode, bool wants_guid, struct device_value *ret_value)
{
    UNICODE_STRING service;
    UNICODE_STRING class;
    NTSTATUS status = database_names(devnode, &service, &class);
    bool is_guid;
    GUID guid;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    is_guid = class.Length == GUID_UNITS * sizeof(WCHAR) && guid_parse(class.Buffer, &guid);
    if (is_guid != wants_guid)
    {
        status = STATUS_OBJECT_NAME_NOT_FOUND;
    }
    else
    {
        status = is_guid ? value_set(ret_value, DEVPROP_TYPE_GUID, &guid, sizeof(guid)) :
                           give_text(&class, DEVPROP_TYPE_STRING, ret_value);
    }
    string_free(&service);
    string_free(&class);
    return status;
}

static NTSTATUS get_class(struct devnode *devnode, struct device_value *ret_value)
{
    return give_class(devnode, false, ret_value);
}

static NTSTATUS get_class_guid(struct devnode *devnode, struct device_value *ret_value)
{
    return give_class(devnode, true, ret_value);
}

/*
 * Capabilities and the bus.
 */

static NTSTATUS get_capabilities(struct devnode *devnode, struct device_value *ret_value)
{
    const DEVICE_CAPABILITIES *from = &devnode->capabilities;
    const struct
    {
        ULONG set;
        ULONG bit;
    } bits[] = {
        {from->LockSupported, CAPABILITY_LOCK},
        {from->EjectSupported, CAPABILITY_EJECT},
        {from->Removable, CAPABILITY_REMOVABLE},
        {from->DockDevice, CAPABILITY_DOCK},
        {from->UniqueID, CAPABILITY_UNIQUE},
        {from->SilentInstall, CAPABILITY_SILENT},
        {from->RawDeviceOK, CAPABILITY_RAW},
        {from->SurpriseRemovalOK, CAPABILITY_SURPRISE},
        {from->HardwareDisabled, CAPABILITY_HARDWARE_DISABLED},
        {from->NonDynamic, CAPABILITY_NON_DYNAMIC},
    };
    ULONG capabilities = 0;

    for (size_t index = 0; index < ARRAYSIZE(bits); index++)
    {
        capabilities |= bits[index].set ? bits[index].bit : 0;
    }
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, capabilities);
}

static NTSTATUS give_unless_unknown(ULONG number, struct device_value *ret_value)
{
    return number == MAXULONG ? STATUS_OBJECT_NAME_NOT_FOUND : value_set_number(ret_value, DEVPROP_TYPE_UINT32, number);
}

/* Devices on which nobody has been asked for capabilities have no address either. */
static NTSTATUS get_address(struct devnode *devnode, struct device_value *ret_value)
{
    return give_unless_unknown(devnode->capabilities.Size == 0 ? MAXULONG : devnode->capabilities.Address, ret_value);
}

static NTSTATUS get_ui_number(struct devnode *devnode, struct device_value *ret_value)
{
    return give_unless_unknown(devnode->capabilities.Size == 0 ? MAXULONG : devnode->capabilities.UINumber, ret_value);
}

static ULONG removal_policy(const struct devnode *devnode)
{
    const DEVICE_CAPABILITIES *capabilities = &devnode->capabilities;

    return !capabilities->Removable                                         ? RemovalPolicyExpectNoRemoval :
           capabilities->SurpriseRemovalOK && !capabilities->EjectSupported ? RemovalPolicyExpectSurpriseRemoval :
                                                                              RemovalPolicyExpectOrderlyRemoval;
}

static NTSTATUS get_removal_default(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, removal_policy(devnode));
}

static NTSTATUS get_removal_policy(struct devnode *devnode, struct device_value *ret_value)
{
    NTSTATUS status = device_registry_get(devnode, &DEVPKEY_Device_RemovalPolicyOverride, LOCALE_NEUTRAL, ret_value);

    return status == STATUS_OBJECT_NAME_NOT_FOUND ? get_removal_default(devnode, ret_value) : status;
}

static NTSTATUS get_safe_removal(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_boolean(ret_value, removal_policy(devnode) == RemovalPolicyExpectOrderlyRemoval);
}

static NTSTATUS get_bus_type(struct devnode *devnode, struct device_value *ret_value)
{
    return devnode->has_bus ? value_set(ret_value, DEVPROP_TYPE_GUID, &devnode->bus.BusTypeGuid, sizeof(GUID)) :
                              STATUS_OBJECT_NAME_NOT_FOUND;
}

static NTSTATUS get_legacy_bus_type(struct devnode *devnode, struct device_value *ret_value)
{
    return devnode->has_bus ? value_set_number(ret_value, DEVPROP_TYPE_INT32, (ULONG)devnode->bus.LegacyBusType) :
                              STATUS_OBJECT_NAME_NOT_FOUND;
}

static NTSTATUS get_bus_number(struct devnode *devnode, struct device_value *ret_value)
{
    return devnode->has_bus ? value_set_number(ret_value, DEVPROP_TYPE_UINT32, devnode->bus.BusNumber) :
                              STATUS_OBJECT_NAME_NOT_FOUND;
}

static NTSTATUS get_container(struct devnode *devnode, struct device_value *ret_value)
{
    static const GUID none;

    return memcmp(&devnode->container, &none, sizeof(none)) == 0 ?
               STATUS_OBJECT_NAME_NOT_FOUND :
               value_set(ret_value, DEVPROP_TYPE_GUID, &devnode->container, sizeof(GUID));
}

/*
 * States.
 */

ULONG device_status(const struct devnode *devnode)
{
    enum devnode_state state = devnode_state(devnode);
    PNP_DEVICE_STATE pnp_state = platform_atomic_load(&devnode->pnp_state);
    ULONG status = DN_NT_ENUMERATOR | DN_NT_DRIVER;

    status |= devnode->is_root_enumerated ? DN_ROOT_ENUMERATED : 0u;
    status |= state != DEVNODE_INITIALIZED && state != DEVNODE_REMOVED ? DN_DRIVER_LOADED : 0u;
    status |= state == DEVNODE_STARTED || state == DEVNODE_STOP_PENDING || state == DEVNODE_REMOVE_PENDING ? DN_STARTED : 0u;
    status |= state == DEVNODE_REMOVE_PENDING ? DN_QUERY_REMOVE_PENDING : 0u;
    status |= devnode_problem(devnode, NULL) != 0 ? DN_HAS_PROBLEM : 0u;
    status |= (pnp_state & PNP_DEVICE_NOT_DISABLEABLE) == 0 ? DN_DISABLEABLE : 0u;
    status |= devnode->capabilities.Removable ? DN_REMOVABLE : 0u;
    status |= devnode->capabilities.SilentInstall ? DN_SILENT_INSTALL : 0u;
    status |=
        (pnp_state & PNP_DEVICE_DONT_DISPLAY_IN_UI) != 0 || devnode->capabilities.NoDisplayInUI ? DN_NO_SHOW_IN_DM : 0u;
    status |= (pnp_state & PNP_DEVICE_DISCONNECTED) != 0 || state == DEVNODE_SURPRISE_REMOVED ? DN_DEVICE_DISCONNECTED : 0u;
    return status;
}

static NTSTATUS get_status(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, device_status(devnode));
}

static NTSTATUS get_problem(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, devnode_problem(devnode, NULL));
}

static NTSTATUS get_problem_status(struct devnode *devnode, struct device_value *ret_value)
{
    NTSTATUS status;

    (void)devnode_problem(devnode, &status);
    return value_set_number(ret_value, DEVPROP_TYPE_NTSTATUS, (ULONG)status);
}

static NTSTATUS get_has_problem(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_boolean(ret_value, devnode_problem(devnode, NULL) != 0);
}

static NTSTATUS get_is_present(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_boolean(ret_value, devnode_state(devnode) != DEVNODE_SURPRISE_REMOVED);
}

static NTSTATUS get_install_state(struct devnode *devnode, struct device_value *ret_value)
{
    uint32_t problem = devnode_problem(devnode, NULL);
    ULONG state = problem == CM_PROB_FAILED_INSTALL                                 ? InstallStateFailedInstall :
                  problem == CM_PROB_NOT_CONFIGURED || problem == CM_PROB_REINSTALL ? InstallStateNeedsReinstall :
                                                                                      InstallStateInstalled;

    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, state);
}

static NTSTATUS get_configuration(struct devnode *devnode, struct device_value *ret_value)
{
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32,
                            devnode_problem(devnode, NULL) == CM_PROB_DISABLED ? CONFIGURATION_DISABLED : 0);
}

/* The machine has one memory node. */
static NTSTATUS get_memory_node(struct devnode *devnode, struct device_value *ret_value)
{
    (void)devnode;
    return value_set_number(ret_value, DEVPROP_TYPE_UINT32, 0);
}

/*
 * Relations.
 */

static NTSTATUS get_parent(struct devnode *devnode, struct device_value *ret_value)
{
    struct devnode *parent = devnode_parent(devnode);
    NTSTATUS status = parent == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : get_instance(parent, ret_value);

    devnode_release(parent);
    return status;
}

/* The instances of a devnode's children but one as a list. */
static NTSTATUS list_children(struct devnode *parent, const struct devnode *but, struct device_value *ret_value)
{
    static const WCHAR terminator = 0;
    struct devnode **children;
    uint32_t count;
    NTSTATUS status = devnode_children(parent, &children, &count);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (uint32_t index = 0; index < count && NT_SUCCESS(status); index++)
    {
        const struct devnode *child = children[index];

        if (child != but)
        {
            status = value_append(ret_value, child->instance.Buffer, child->instance.Length);
            status = NT_SUCCESS(status) ? value_append(ret_value, &terminator, sizeof(terminator)) : status;
        }
    }
    devnode_release_all(children, count);
    if (NT_SUCCESS(status))
    {
        status = ret_value->data == NULL ? STATUS_OBJECT_NAME_NOT_FOUND :
                                           value_append(ret_value, &terminator, sizeof(terminator));
    }
    if (!NT_SUCCESS(status))
    {
        value_free(ret_value);
    }
    ret_value->type = DEVPROP_TYPE_STRING_LIST;
    return status;
}

static NTSTATUS get_children(struct devnode *devnode, struct device_value *ret_value)
{
    return list_children(devnode, NULL, ret_value);
}

static NTSTATUS get_siblings(struct devnode *devnode, struct device_value *ret_value)
{
    struct devnode *parent = devnode_parent(devnode);
    NTSTATUS status = parent == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : list_children(parent, devnode, ret_value);

    devnode_release(parent);
    return status;
}

static const struct fact
{
    const DEVPROPKEY *key;
    enum fact_kind kind;
    NTSTATUS (*get)(struct devnode *devnode, struct device_value *ret_value);
} facts[] = {
    {&DEVPKEY_Device_DeviceDesc, FACT_DEFAULT, get_description},
    {&DEVPKEY_Device_HardwareIds, FACT_FIXED, get_hardware_ids},
    {&DEVPKEY_Device_CompatibleIds, FACT_FIXED, get_compatible_ids},
    {&DEVPKEY_Device_Service, FACT_DEFAULT, get_service},
    {&DEVPKEY_Device_Class, FACT_DEFAULT, get_class},
    {&DEVPKEY_Device_ClassGuid, FACT_DEFAULT, get_class_guid},
    {&DEVPKEY_Device_ConfigFlags, FACT_DEFAULT, get_configuration},
    {&DEVPKEY_Device_LocationInfo, FACT_DEFAULT, get_location},
    {&DEVPKEY_Device_PDOName, FACT_FIXED, get_pdo_name},
    {&DEVPKEY_Device_Capabilities, FACT_FIXED, get_capabilities},
    {&DEVPKEY_Device_UINumber, FACT_FIXED, get_ui_number},
    {&DEVPKEY_Device_BusTypeGuid, FACT_FIXED, get_bus_type},
    {&DEVPKEY_Device_LegacyBusType, FACT_FIXED, get_legacy_bus_type},
    {&DEVPKEY_Device_BusNumber, FACT_FIXED, get_bus_number},
    {&DEVPKEY_Device_EnumeratorName, FACT_FIXED, get_enumerator},
    {&DEVPKEY_Device_DevType, FACT_DEFAULT, get_device_type},
    {&DEVPKEY_Device_Characteristics, FACT_DEFAULT, get_characteristics},
    {&DEVPKEY_Device_Address, FACT_FIXED, get_address},
    {&DEVPKEY_Device_RemovalPolicy, FACT_FIXED, get_removal_policy},
    {&DEVPKEY_Device_RemovalPolicyDefault, FACT_FIXED, get_removal_default},
    {&DEVPKEY_Device_InstallState, FACT_FIXED, get_install_state},
    {&DEVPKEY_Device_BaseContainerId, FACT_FIXED, get_container},
    {&DEVPKEY_Device_ContainerId, FACT_FIXED, get_container},
    {&DEVPKEY_Device_InstanceId, FACT_FIXED, get_instance},
    {&DEVPKEY_Device_DevNodeStatus, FACT_FIXED, get_status},
    {&DEVPKEY_Device_ProblemCode, FACT_FIXED, get_problem},
    {&DEVPKEY_Device_ProblemStatus, FACT_FIXED, get_problem_status},
    {&DEVPKEY_Device_Parent, FACT_FIXED, get_parent},
    {&DEVPKEY_Device_Children, FACT_FIXED, get_children},
    {&DEVPKEY_Device_BusRelations, FACT_FIXED, get_children},
    {&DEVPKEY_Device_Siblings, FACT_FIXED, get_siblings},
    {&DEVPKEY_Device_Numa_Node, FACT_FIXED, get_memory_node},
    {&DEVPKEY_Device_BusReportedDeviceDesc, FACT_FIXED, get_description},
    {&DEVPKEY_Device_IsPresent, FACT_FIXED, get_is_present},
    {&DEVPKEY_Device_HasProblem, FACT_FIXED, get_has_problem},
    {&DEVPKEY_Device_Stack, FACT_FIXED, get_stack},
    {&DEVPKEY_Device_SafeRemovalRequired, FACT_FIXED, get_safe_removal},
};

enum fact_kind fact_find(const DEVPROPKEY *key, NTSTATUS (**ret_get)(struct devnode *, struct device_value *))
{
    for (size_t index = 0; index < ARRAYSIZE(facts); index++)
    {
        if (IsEqualDevPropKey(*facts[index].key, *key))
        {
            *ret_get = facts[index].get;
            return facts[index].kind;
        }
    }
    return FACT_NONE;
}

const DEVPROPKEY *fact_key(size_t index)
{
    return index < ARRAYSIZE(facts) ? facts[index].key : NULL;
}
