/* SPDX-License-Identifier: MIT */
/*
 * Physical device objects: their life, and what is said about them before they exist.
 */
#include "wdf/pdo.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/rtl/string.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/relations.h"
#include "wdf/string.h"

/* The longest list of identifiers that a counted string can hold, with the terminator of the list behind it. */
#define LONGEST_LIST (0xFFFE - sizeof(WCHAR))

struct pdo *pdo_create(struct children *list)
{
    struct pdo *pdo = platform_zalloc(sizeof(*pdo));

    if (pdo != NULL)
    {
        pdo->list = list;
        pdo->parent = list->parent;
        wdfobj_reference(&pdo->parent->object);
        if (list->object != NULL)
        {
            wdfobj_reference(list->object);
        }
    }
    return pdo;
}

static void free_texts(struct pdo *pdo)
{
    while (pdo->texts != NULL)
    {
        struct pdo_text *text = pdo->texts;

        pdo->texts = text->next;
        string_free(&text->description);
        string_free(&text->location);
        platform_free(text, sizeof(*text));
    }
}

void pdo_free(struct pdo *pdo)
{
    if (pdo == NULL)
    {
        return;
    }
    free_texts(pdo);
    string_free(&pdo->device_id);
    string_free(&pdo->instance_id);
    string_free(&pdo->container_id);
    string_free(&pdo->hardware_ids);
    string_free(&pdo->compatible_ids);
    device_set_free(&pdo->ejection_relations);
    if (pdo->list->object != NULL)
    {
        wdfobj_release(pdo->list->object);
    }
    wdfobj_release(&pdo->parent->object);
    platform_free(pdo, sizeof(*pdo));
}

static const struct pdo_text *text_of(const struct pdo *pdo, LCID locale)
{
    const struct pdo_text *text = pdo->texts;

    while (text != NULL && text->locale != locale)
    {
        text = text->next;
    }
    return text;
}

const struct pdo_text *pdo_find_text(const struct pdo *pdo, LCID locale)
{
    const struct pdo_text *text = text_of(pdo, locale);

    return text != NULL ? text : text_of(pdo, pdo->default_locale);
}

/*
 * What a driver says before the device exists. The functions of this group are for device inits of children only.
 */

static bool is_child_init(PWDF_DRIVER_GLOBALS globals, struct WDFDEVICE_INIT *init, const char *function)
{
    globals_require(globals, init, function);
    return init->child != NULL;
}

/* The same where the driver gets no status. */
static bool require_child_init(PWDF_DRIVER_GLOBALS globals, struct WDFDEVICE_INIT *init, const char *function)
{
    bool is_child = is_child_init(globals, init, function);

    if (!is_child)
    {
        globals_break(globals_of(globals), "%s: ignored: the device init is not one of a child", function);
    }
    return is_child;
}

static NTSTATUS assign(UNICODE_STRING *place, PCUNICODE_STRING text)
{
    UNICODE_STRING copy;
    NTSTATUS status = wdfstring_is_valid(text) ? string_duplicate(text, &copy) : STATUS_INVALID_PARAMETER;

    if (NT_SUCCESS(status))
    {
        string_free(place);
        *place = copy;
    }
    return status;
}

/* Appends the text and its terminator. */
static NTSTATUS append(UNICODE_STRING *list, PCUNICODE_STRING text)
{
    UNICODE_STRING joined;
    NTSTATUS status;

    if (!wdfstring_is_valid(text))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((size_t)list->Length + text->Length + sizeof(WCHAR) > LONGEST_LIST)
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    status = string_concatenate(list, text, &joined);
    if (NT_SUCCESS(status))
    {
        /* The terminator that the joined string has behind it becomes part of the list, which needs another one. */
        joined.Length += sizeof(WCHAR);
        string_free(list);
        status = string_duplicate(&joined, list);
        string_free(&joined);
    }
    return status;
}

static NTSTATUS create_text(PCUNICODE_STRING description, PCUNICODE_STRING location, struct pdo_text **ret_text)
{
    struct pdo_text *text = platform_zalloc(sizeof(*text));
    NTSTATUS status = text == NULL ? STATUS_INSUFFICIENT_RESOURCES : string_duplicate(description, &text->description);

    if (NT_SUCCESS(status))
    {
        status = string_duplicate(location, &text->location);
        if (!NT_SUCCESS(status))
        {
            string_free(&text->description);
        }
    }
    if (!NT_SUCCESS(status) && text != NULL)
    {
        platform_free(text, sizeof(*text));
        text = NULL;
    }
    *ret_text = text;
    return status;
}

PWDFDEVICE_INIT wdf_kmdf_WdfPdoInitAllocate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE ParentDevice)
{
    struct device *parent = device_from_handle(ParentDevice, "WdfPdoInitAllocate");

    if (!device_is_fdo(parent))
    {
        globals_break(globals_of(DriverGlobals), "WdfPdoInitAllocate: the parent is not a function device");
        return NULL;
    }
    return device_init_create_static_child(parent);
}

VOID wdf_kmdf_WdfPdoInitSetEventCallbacks(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                          PWDF_PDO_EVENT_CALLBACKS DispatchTable)
{
    globals_require(DriverGlobals, DispatchTable, "WdfPdoInitSetEventCallbacks");
    if (!require_child_init(DriverGlobals, DeviceInit, "WdfPdoInitSetEventCallbacks"))
    {
        return;
    }
    if (DispatchTable->Size != sizeof(WDF_PDO_EVENT_CALLBACKS))
    {
        globals_break(globals_of(DriverGlobals), "WdfPdoInitSetEventCallbacks: ignored: the structure's Size is wrong");
        return;
    }
    DeviceInit->child->callbacks = *DispatchTable;
}

NTSTATUS wdf_kmdf_WdfPdoInitAssignDeviceID(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                           PCUNICODE_STRING DeviceID)
{
    globals_require(DriverGlobals, DeviceID, "WdfPdoInitAssignDeviceID");
    return is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAssignDeviceID") ?
               assign(&DeviceInit->child->device_id, DeviceID) :
               STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfPdoInitAssignInstanceID(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                             PCUNICODE_STRING InstanceID)
{
    globals_require(DriverGlobals, InstanceID, "WdfPdoInitAssignInstanceID");
    return is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAssignInstanceID") ?
               assign(&DeviceInit->child->instance_id, InstanceID) :
               STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfPdoInitAddHardwareID(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                          PCUNICODE_STRING HardwareID)
{
    globals_require(DriverGlobals, HardwareID, "WdfPdoInitAddHardwareID");
    return is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAddHardwareID") ?
               append(&DeviceInit->child->hardware_ids, HardwareID) :
               STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfPdoInitAddCompatibleID(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                            PCUNICODE_STRING CompatibleID)
{
    globals_require(DriverGlobals, CompatibleID, "WdfPdoInitAddCompatibleID");
    return is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAddCompatibleID") ?
               append(&DeviceInit->child->compatible_ids, CompatibleID) :
               STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfPdoInitAssignContainerID(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                              PCUNICODE_STRING ContainerID)
{
    globals_require(DriverGlobals, ContainerID, "WdfPdoInitAssignContainerID");
    return is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAssignContainerID") ?
               assign(&DeviceInit->child->container_id, ContainerID) :
               STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS wdf_kmdf_WdfPdoInitAddDeviceText(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                          PCUNICODE_STRING DeviceDescription, PCUNICODE_STRING DeviceLocation, LCID LocaleId)
{
    globals_require(DriverGlobals, DeviceDescription, "WdfPdoInitAddDeviceText");
    globals_require(DriverGlobals, DeviceLocation, "WdfPdoInitAddDeviceText");
    struct pdo_text *text;
    NTSTATUS status;

    if (!is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAddDeviceText"))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!wdfstring_is_valid(DeviceDescription) || !wdfstring_is_valid(DeviceLocation))
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = create_text(DeviceDescription, DeviceLocation, &text);
    if (NT_SUCCESS(status))
    {
        /* The text of a locale that has one already replaces it, because it is found first. */
        text->locale = LocaleId;
        text->next = DeviceInit->child->texts;
        DeviceInit->child->texts = text;
    }
    return status;
}

VOID wdf_kmdf_WdfPdoInitSetDefaultLocale(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit, LCID LocaleId)
{
    if (require_child_init(DriverGlobals, DeviceInit, "WdfPdoInitSetDefaultLocale"))
    {
        DeviceInit->child->default_locale = LocaleId;
    }
}

NTSTATUS wdf_kmdf_WdfPdoInitAssignRawDevice(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                            CONST GUID *DeviceClassGuid)
{
    globals_require(DriverGlobals, DeviceClassGuid, "WdfPdoInitAssignRawDevice");
    if (!is_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAssignRawDevice"))
    {
        return STATUS_INVALID_PARAMETER;
    }
    DeviceInit->child->is_raw = true;
    DeviceInit->child->raw_class = *DeviceClassGuid;
    return STATUS_SUCCESS;
}

VOID wdf_kmdf_WdfPdoInitAllowForwardingRequestToParent(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    if (require_child_init(DriverGlobals, DeviceInit, "WdfPdoInitAllowForwardingRequestToParent"))
    {
        DeviceInit->child->forwards_to_parent = true;
    }
}

VOID wdf_kmdf_WdfPdoInitRemovePowerDependencyOnParent(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    if (require_child_init(DriverGlobals, DeviceInit, "WdfPdoInitRemovePowerDependencyOnParent"))
    {
        DeviceInit->child->independent_of_parent_power = true;
    }
}
