/* SPDX-License-Identifier: MIT */
/*
 * WDFCHILDLIST: the published functions over lists of children.
 */
#include "wdf/child_list.h"

#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"

static struct child_list *child_list_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct child_list, object);
}

static struct children *children_from_handle(WDFCHILDLIST handle, const char *function)
{
    return &child_list_of(wdfobj_from_handle(handle, OBJECT_CHILD_LIST, function))->children;
}

static void child_list_destroy(struct object *object)
{
    struct children *list = &child_list_of(object)->children;
    struct device *parent = list->parent;

    children_free(list);
    if (parent != NULL)
    {
        wdfobj_release(&parent->object);
    }
}

static const struct object_class child_list_class = {
    .name = "WDFCHILDLIST",
    .type = OBJECT_CHILD_LIST,
    .size = sizeof(struct child_list),
    .destroy = child_list_destroy,
};

/*
 * Creation.
 */

static bool is_good_identification(const WDF_CHILD_LIST_CONFIG *config)
{
    return config->IdentificationDescriptionSize >= sizeof(WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER) &&
           config->EvtChildListCreateDevice != NULL;
}

/* Callbacks about addresses make sense only where there are addresses. */
static bool is_good_address(const WDF_CHILD_LIST_CONFIG *config)
{
    if (config->AddressDescriptionSize != 0)
    {
        return config->AddressDescriptionSize >= sizeof(WDF_CHILD_ADDRESS_DESCRIPTION_HEADER);
    }
    return config->EvtChildListAddressDescriptionCopy == NULL && config->EvtChildListAddressDescriptionDuplicate == NULL &&
           config->EvtChildListAddressDescriptionCleanup == NULL;
}

NTSTATUS child_list_check(const WDF_CHILD_LIST_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    if (config->Size != sizeof(*config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (!is_good_identification(config) || !is_good_address(config))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return wdfobj_check_attributes(attributes, &child_list_class, OBJECT_PARENT_FORBIDDEN);
}

NTSTATUS child_list_create(struct device *parent, const WDF_CHILD_LIST_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes,
                           WDFCHILDLIST *ret_list)
{
    NTSTATUS status = child_list_check(config, attributes);
    struct object *object;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    object = wdfobj_allocate(parent->object.globals, &child_list_class, attributes, &parent->object);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    wdfobj_reference(&parent->object);
    children_initialize(&child_list_of(object)->children, parent, object, config);
    return wdfobj_publish(object, &parent->object, ret_list);
}

NTSTATUS wdf_kmdf_WdfChildListCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PWDF_CHILD_LIST_CONFIG Config,
                                     PWDF_OBJECT_ATTRIBUTES ChildListAttributes, WDFCHILDLIST *ChildList)
{
    globals_require(DriverGlobals, Config, "WdfChildListCreate");
    globals_require(DriverGlobals, ChildList, "WdfChildListCreate");
    struct device *device = device_from_handle(Device, "WdfChildListCreate");

    *ChildList = NULL;
    return device_is_fdo(device) ? child_list_create(device, Config, ChildListAttributes, ChildList) :
                                   STATUS_INVALID_DEVICE_REQUEST;
}

/* The list itself is made with the device, which then reports what is wrong with it. */
VOID wdf_kmdf_WdfFdoInitSetDefaultChildListConfig(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                  PWDF_CHILD_LIST_CONFIG Config,
                                                  PWDF_OBJECT_ATTRIBUTES DefaultChildListAttributes)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitSetDefaultChildListConfig");
    globals_require(DriverGlobals, Config, "WdfFdoInitSetDefaultChildListConfig");
    if (!device_init_is_fdo(DeviceInit) || !NT_SUCCESS(child_list_check(Config, DefaultChildListAttributes)))
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfFdoInitSetDefaultChildListConfig: ignored: the device init is not one of "
                      "a function device, or the structure or the attributes are wrong");
        return;
    }
    DeviceInit->has_child_list = true;
    DeviceInit->child_list = *Config;
    DeviceInit->has_child_list_attributes = DefaultChildListAttributes != NULL;
    if (DefaultChildListAttributes != NULL)
    {
        DeviceInit->child_list_attributes = *DefaultChildListAttributes;
    }
}

WDFCHILDLIST wdf_kmdf_WdfFdoGetDefaultChildList(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo)
{
    struct device *device = device_from_handle(Fdo, "WdfFdoGetDefaultChildList");

    (void)DriverGlobals;
    return device->bus.default_child_list;
}

WDFDEVICE wdf_kmdf_WdfChildListGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList)
{
    (void)DriverGlobals;
    return wdfobj_handle(&children_from_handle(ChildList, "WdfChildListGetDevice")->parent->object);
}

/*
 * What is there.
 */

static bool is_identification(const struct children *list, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER identification)
{
    return identification->IdentificationDescriptionSize == list->config.IdentificationDescriptionSize;
}

static bool is_address(const struct children *list, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER address)
{
    return list->config.AddressDescriptionSize != 0 &&
           address->AddressDescriptionSize == list->config.AddressDescriptionSize;
}

VOID wdf_kmdf_WdfChildListBeginScan(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList)
{
    (void)DriverGlobals;
    children_begin_scan(children_from_handle(ChildList, "WdfChildListBeginScan"));
}

VOID wdf_kmdf_WdfChildListEndScan(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList)
{
    if (!children_end_scan(children_from_handle(ChildList, "WdfChildListEndScan")))
    {
        globals_break(globals_of(DriverGlobals), "WdfChildListEndScan: no scan is under way");
    }
}

NTSTATUS wdf_kmdf_WdfChildListAddOrUpdateChildDescriptionAsPresent(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
    PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription,
    PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription)
{
    globals_require(DriverGlobals, IdentificationDescription, "WdfChildListAddOrUpdateChildDescriptionAsPresent");
    struct children *list = children_from_handle(ChildList, "WdfChildListAddOrUpdateChildDescriptionAsPresent");

    if (!is_identification(list, IdentificationDescription) ||
        (AddressDescription != NULL && !is_address(list, AddressDescription)))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return children_add(list, IdentificationDescription, AddressDescription);
}

NTSTATUS
wdf_kmdf_WdfChildListUpdateChildDescriptionAsMissing(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                                     PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription)
{
    globals_require(DriverGlobals, IdentificationDescription, "WdfChildListUpdateChildDescriptionAsMissing");
    struct children *list = children_from_handle(ChildList, "WdfChildListUpdateChildDescriptionAsMissing");

    return is_identification(list, IdentificationDescription) ? children_mark_missing(list, IdentificationDescription) :
                                                                STATUS_INVALID_DEVICE_REQUEST;
}

VOID wdf_kmdf_WdfChildListUpdateAllChildDescriptionsAsPresent(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList)
{
    (void)DriverGlobals;
    children_mark_all_present(children_from_handle(ChildList, "WdfChildListUpdateAllChildDescriptionsAsPresent"));
}

/*
 * What the list knows.
 */

NTSTATUS
wdf_kmdf_WdfChildListRetrieveAddressDescription(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                                PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription,
                                                PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription)
{
    globals_require(DriverGlobals, IdentificationDescription, "WdfChildListRetrieveAddressDescription");
    globals_require(DriverGlobals, AddressDescription, "WdfChildListRetrieveAddressDescription");
    struct children *list = children_from_handle(ChildList, "WdfChildListRetrieveAddressDescription");
    struct child *child;

    if (!is_identification(list, IdentificationDescription) || !is_address(list, AddressDescription))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    children_begin_use(list);
    child = children_find(list, IdentificationDescription, NULL);
    if (child != NULL)
    {
        children_copy_address(child, AddressDescription);
    }
    children_end_use(list);
    return child == NULL ? STATUS_NO_SUCH_DEVICE : STATUS_SUCCESS;
}

/* The device of an entry, which its creation sets while others look. */
static struct device *device_of_child(struct child *child)
{
    struct device *device;

    platform_spinlock_lock(&child->list->lock);
    device = child->device;
    platform_spinlock_unlock(&child->list->lock);
    return device;
}

/* Fills what the driver wants to know of a child that was found, or of none. Returns its device. */
static WDFDEVICE tell(struct child *child, PWDF_CHILD_RETRIEVE_INFO info)
{
    struct device *device = child == NULL ? NULL : device_of_child(child);

    if (info != NULL)
    {
        info->Status = child == NULL  ? WdfChildListRetrieveDeviceNoSuchDevice :
                       device == NULL ? WdfChildListRetrieveDeviceNotYetCreated :
                                        WdfChildListRetrieveDeviceSuccess;
    }
    if (info != NULL && child != NULL && info->AddressDescription != NULL)
    {
        children_copy_address(child, info->AddressDescription);
    }
    return device == NULL ? NULL : wdfobj_handle(&device->object);
}

static bool is_good_info(const struct children *list, PWDF_CHILD_RETRIEVE_INFO info)
{
    return (info->IdentificationDescription == NULL || is_identification(list, info->IdentificationDescription)) &&
           (info->AddressDescription == NULL || is_address(list, info->AddressDescription));
}

WDFDEVICE wdf_kmdf_WdfChildListRetrievePdo(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                           PWDF_CHILD_RETRIEVE_INFO RetrieveInfo)
{
    globals_require(DriverGlobals, RetrieveInfo, "WdfChildListRetrievePdo");
    struct children *list = children_from_handle(ChildList, "WdfChildListRetrievePdo");
    WDFDEVICE device;

    if (RetrieveInfo->Size != sizeof(*RetrieveInfo) || RetrieveInfo->IdentificationDescription == NULL ||
        !is_good_info(list, RetrieveInfo))
    {
        globals_break(globals_of(DriverGlobals), "WdfChildListRetrievePdo: the structure or a description has a wrong size");
        return NULL;
    }
    RetrieveInfo->Status = WdfChildListRetrieveDeviceUndefined;
    children_begin_use(list);
    device = tell(children_find(list, RetrieveInfo->IdentificationDescription,
                                RetrieveInfo->EvtChildListIdentificationDescriptionCompare),
                  RetrieveInfo);
    children_end_use(list);
    return device;
}

/*
 * Iteration. The iterator holds the place of the walk; the list is locked between begin and end.
 */

enum
{
    ITERATOR_LIST,
    ITERATOR_PLACE,
};

VOID wdf_kmdf_WdfChildListBeginIteration(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                         PWDF_CHILD_LIST_ITERATOR Iterator)
{
    globals_require(DriverGlobals, Iterator, "WdfChildListBeginIteration");
    struct children *list = children_from_handle(ChildList, "WdfChildListBeginIteration");

    if (Iterator->Size != sizeof(*Iterator) || Iterator->Flags == 0 ||
        (Iterator->Flags & ~(ULONG)WdfRetrieveAllChildren) != 0)
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfChildListBeginIteration: ignored: the iterator's Size or Flags are wrong");
        return;
    }
    Iterator->Reserved[ITERATOR_LIST] = list;
    Iterator->Reserved[ITERATOR_PLACE] = NULL;
    children_lock(list);
}

static NTSTATUS check_iteration(const struct children *list, PWDF_CHILD_LIST_ITERATOR iterator,
                                PWDF_CHILD_RETRIEVE_INFO info)
{
    if (iterator->Size != sizeof(*iterator) || (info != NULL && info->Size != sizeof(*info)))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (iterator->Reserved[ITERATOR_LIST] != list)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return info == NULL || is_good_info(list, info) ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfChildListRetrieveNextDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                                 PWDF_CHILD_LIST_ITERATOR Iterator, WDFDEVICE *Device,
                                                 PWDF_CHILD_RETRIEVE_INFO Info)
{
    globals_require(DriverGlobals, Iterator, "WdfChildListRetrieveNextDevice");
    globals_require(DriverGlobals, Device, "WdfChildListRetrieveNextDevice");
    struct children *list = children_from_handle(ChildList, "WdfChildListRetrieveNextDevice");
    NTSTATUS status = check_iteration(list, Iterator, Info);
    struct child *child;

    *Device = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    child = children_next(list, Iterator->Reserved[ITERATOR_PLACE], Iterator->Flags);
    if (child == NULL)
    {
        return STATUS_NO_MORE_ENTRIES;
    }
    Iterator->Reserved[ITERATOR_PLACE] = child;
    if (Info != NULL && Info->IdentificationDescription != NULL)
    {
        children_copy_identification(child, Info->IdentificationDescription);
    }
    *Device = tell(child, Info);
    return STATUS_SUCCESS;
}

VOID wdf_kmdf_WdfChildListEndIteration(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                       PWDF_CHILD_LIST_ITERATOR Iterator)
{
    globals_require(DriverGlobals, Iterator, "WdfChildListEndIteration");
    struct children *list = children_from_handle(ChildList, "WdfChildListEndIteration");

    if (Iterator->Reserved[ITERATOR_LIST] != list || !children_unlock(list))
    {
        globals_break(globals_of(DriverGlobals), "WdfChildListEndIteration: the iteration has not begun");
        return;
    }
    Iterator->Reserved[ITERATOR_LIST] = NULL;
}

BOOLEAN wdf_kmdf_WdfChildListRequestChildEject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCHILDLIST ChildList,
                                               PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription)
{
    globals_require(DriverGlobals, IdentificationDescription, "WdfChildListRequestChildEject");
    struct children *list = children_from_handle(ChildList, "WdfChildListRequestChildEject");
    struct device *device = NULL;
    struct child *child;
    bool requested;

    if (!is_identification(list, IdentificationDescription))
    {
        globals_break(globals_of(DriverGlobals), "WdfChildListRequestChildEject: the description has a wrong size");
        return FALSE;
    }
    children_begin_use(list);
    child = children_find(list, IdentificationDescription, NULL);
    device = child == NULL ? NULL : device_of_child(child);
    requested = device != NULL && pdo_request_eject(device);
    children_end_use(list);
    return requested;
}
