/* SPDX-License-Identifier: MIT */
#include "ends.h"

#include <stdio.h>
#include <string.h>

struct ends ends;

void ends_reset(void)
{
    memset(&ends, 0, sizeof(ends));
}

static void note(const char *what)
{
    if (!ends.is_silent)
    {
        size_t used = strlen(ends.trace);

        (void)snprintf(ends.trace + used, sizeof(ends.trace) - used, "%s ", what);
    }
}

static NTSTATUS try_reference(DMFINTERFACE interface)
{
    NTSTATUS status = DMF_InterfaceReference(interface);

    if (NT_SUCCESS(status))
    {
        DMF_InterfaceDereference(interface);
    }
    return status;
}

static void unbind_from_within(DMFINTERFACE interface)
{
    if (ends.unbinds_in_callbacks)
    {
        ends_unbind(DMF_InterfaceProtocolModuleGet(interface), DMF_InterfaceTransportModuleGet(interface));
    }
}

/*
 * The Transport.
 */

DECLARE_DMF_MODULE_NO_CONFIG(TalkTransport)
DMF_MODULE_DECLARE_NO_CONTEXT(TalkTransport)
DMF_MODULE_DECLARE_NO_CONFIG(TalkTransport)

static LONG transport_add(DMFINTERFACE DmfInterface, LONG Number)
{
    UNREFERENCED_PARAMETER(DmfInterface);
    return Number + 1;
}

static VOID transport_bind(DMFINTERFACE DmfInterface)
{
    UNREFERENCED_PARAMETER(DmfInterface);
    note("TransportBind");
}

static VOID transport_unbind(DMFINTERFACE DmfInterface)
{
    UNREFERENCED_PARAMETER(DmfInterface);
    note("TransportUnbind");
}

static VOID transport_post_bind(DMFINTERFACE DmfInterface)
{
    note("TransportPostBind");
    unbind_from_within(DmfInterface);
}

static VOID transport_pre_unbind(DMFINTERFACE DmfInterface)
{
    note("TransportPreUnbind");
    unbind_from_within(DmfInterface);
}

void ends_describe_transport(DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA *ret_data)
{
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT(
        &ret_data->DmfTransportDescriptor, (PSTR) "Talk", DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA,
        ends.has_no_events ? NULL : transport_post_bind, ends.has_no_events ? NULL : transport_pre_unbind);
    DMF_INTERFACE_DESCRIPTOR_SET_CONTEXT_TYPE(&ret_data->DmfTransportDescriptor, TALK_TRANSPORT_CONTEXT);
    ret_data->Bind = transport_bind;
    ret_data->Unbind = transport_unbind;
    ret_data->Add = transport_add;
}

static NTSTATUS end_open(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    InterlockedIncrement(&ends.open);
    return STATUS_SUCCESS;
}

static VOID transport_close(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    note("TransportClose");
    InterlockedDecrement(&ends.open);
}

static VOID transport_destroy(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    note("TransportDestroy");
}

NTSTATUS DMF_TalkTransport_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                                  WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;
    DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA data;
    NTSTATUS status;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceOpen = end_open;
    callbacks.DeviceClose = transport_close;
    callbacks.ModuleInstanceDestroy = transport_destroy;
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, TalkTransport, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.CallbacksDmf = &callbacks;
    status = DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
    if (NT_SUCCESS(status))
    {
        ends_describe_transport(&data);
        status = DMF_ModuleInterfaceDescriptorAdd(*DmfModule, (DMF_INTERFACE_DESCRIPTOR *)&data);
    }
    return status;
}

/*
 * The Protocol.
 */

DECLARE_DMF_MODULE_NO_CONFIG(TalkProtocol)
DMF_MODULE_DECLARE_NO_CONTEXT(TalkProtocol)
DMF_MODULE_DECLARE_NO_CONFIG(TalkProtocol)

static LONG protocol_subtract(DMFINTERFACE DmfInterface, LONG Number)
{
    UNREFERENCED_PARAMETER(DmfInterface);
    return Number - 1;
}

static DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA *transport_data(DMFINTERFACE interface)
{
    return (DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA *)DMF_InterfaceTransportDeclarationDataGet(interface);
}

static NTSTATUS protocol_bind(DMFINTERFACE DmfInterface)
{
    note("ProtocolBind");
    if (!ends.is_silent)
    {
        ends.interface = DmfInterface;
        ends.reference_in_bind = try_reference(DmfInterface);
    }
    unbind_from_within(DmfInterface);
    InterlockedIncrement(&ends.bound);
    if (!NT_SUCCESS(ends.bind_status))
    {
        return ends.bind_status;
    }
    transport_data(DmfInterface)->Bind(DmfInterface);
    TalkProtocolContextGet(DmfInterface)->Number = 0;
    return STATUS_SUCCESS;
}

static VOID protocol_unbind(DMFINTERFACE DmfInterface)
{
    note("ProtocolUnbind");
    if (!ends.is_silent)
    {
        ends.reference_in_unbind = try_reference(DmfInterface);
    }
    unbind_from_within(DmfInterface);
    if (NT_SUCCESS(ends.bind_status))
    {
        transport_data(DmfInterface)->Unbind(DmfInterface);
    }
    InterlockedDecrement(&ends.bound);
}

static VOID protocol_post_bind(DMFINTERFACE DmfInterface)
{
    note("ProtocolPostBind");
    if (!ends.is_silent)
    {
        ends.reference_in_post_bind = try_reference(DmfInterface);
    }
    unbind_from_within(DmfInterface);
}

static VOID protocol_pre_unbind(DMFINTERFACE DmfInterface)
{
    note("ProtocolPreUnbind");
    if (!ends.is_silent)
    {
        ends.reference_in_pre_unbind = try_reference(DmfInterface);
    }
    unbind_from_within(DmfInterface);
}

static VOID protocol_close(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    note("ProtocolClose");
    InterlockedDecrement(&ends.open);
}

static VOID protocol_destroy(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    note("ProtocolDestroy");
}

NTSTATUS DMF_TalkProtocol_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                                 WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;
    DMF_INTERFACE_PROTOCOL_Talk_DECLARATION_DATA data;
    NTSTATUS status;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceOpen = end_open;
    callbacks.DeviceClose = protocol_close;
    callbacks.ModuleInstanceDestroy = protocol_destroy;
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, TalkProtocol, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.CallbacksDmf = &callbacks;
    status = DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT(
        &data.DmfProtocolDescriptor, (PSTR) "Talk", DMF_INTERFACE_PROTOCOL_Talk_DECLARATION_DATA, protocol_bind,
        protocol_unbind, ends.has_no_events ? NULL : protocol_post_bind, ends.has_no_events ? NULL : protocol_pre_unbind);
    DMF_INTERFACE_DESCRIPTOR_SET_CONTEXT_TYPE(&data.DmfProtocolDescriptor, TALK_PROTOCOL_CONTEXT);
    data.Subtract = protocol_subtract;
    status = DMF_ModuleInterfaceDescriptorAdd(*DmfModule, (DMF_INTERFACE_DESCRIPTOR *)&data);
    if (!NT_SUCCESS(status) && DmfModuleAttributes->DynamicModuleImmediate)
    {
        WdfObjectDelete(*DmfModule);
        *DmfModule = NULL;
    }
    return status;
}

/*
 * For cases.
 */

void ends_add_protocol(PDMFMODULE_INIT init, DMFMODULE *ret_module)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_TalkProtocol_ATTRIBUTES_INIT(&attributes);
    DMF_DmfModuleAdd(init, &attributes, WDF_NO_OBJECT_ATTRIBUTES, ret_module);
}

void ends_add_transport(PDMFMODULE_INIT init, DMFMODULE *ret_module)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_TalkTransport_ATTRIBUTES_INIT(&attributes);
    DMF_DmfModuleAdd(init, &attributes, WDF_NO_OBJECT_ATTRIBUTES, ret_module);
}

NTSTATUS ends_create_protocol(DMFMODULE *ret_module)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_TalkProtocol_ATTRIBUTES_INIT(&attributes);
    return DMF_TalkProtocol_Create(dmf_case_wdf_device, &attributes, WDF_NO_OBJECT_ATTRIBUTES, ret_module);
}

NTSTATUS ends_create_transport(DMFMODULE *ret_module)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_TalkTransport_ATTRIBUTES_INIT(&attributes);
    return DMF_TalkTransport_Create(dmf_case_wdf_device, &attributes, WDF_NO_OBJECT_ATTRIBUTES, ret_module);
}

NTSTATUS ends_bind(DMFMODULE protocol, DMFMODULE transport)
{
    return DMF_INTERFACE_BIND(protocol, transport, Talk);
}

void ends_unbind(DMFMODULE protocol, DMFMODULE transport)
{
    DMF_INTERFACE_UNBIND(protocol, transport, Talk);
}

LONG ends_call_transport(DMFMODULE protocol, LONG number)
{
    LONG result = -1;

    if (NT_SUCCESS(DMF_InterfaceReference(ends.interface)))
    {
        CHECK(DMF_InterfaceProtocolModuleGet(ends.interface) == protocol);
        result = transport_data(ends.interface)->Add(ends.interface, number);
        DMF_InterfaceDereference(ends.interface);
    }
    return result;
}

LONG ends_call_protocol(DMFMODULE transport, LONG number)
{
    LONG result = -1;
    DMF_INTERFACE_PROTOCOL_Talk_DECLARATION_DATA *data;

    if (NT_SUCCESS(DMF_InterfaceReference(ends.interface)))
    {
        CHECK(DMF_InterfaceTransportModuleGet(ends.interface) == transport);
        data = (DMF_INTERFACE_PROTOCOL_Talk_DECLARATION_DATA *)DMF_InterfaceProtocolDeclarationDataGet(ends.interface);
        result = data->Subtract(ends.interface, number);
        DMF_InterfaceDereference(ends.interface);
    }
    return result;
}
