/* SPDX-License-Identifier: MIT */
/*
 * Protocol and Transport interfaces: how two Modules are bound and unbound, and what becomes of calls meanwhile.
 */
#include "dmf_case.h"

#include <string.h>

#include "ends.h"

static DMFMODULE protocols[2];
static DMFMODULE transports[2];

static VOID add_two_of_each(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    for (int index = 0; index < 2; index++)
    {
        ends_add_protocol(DmfModuleInit, &protocols[index]);
        ends_add_transport(DmfModuleInit, &transports[index]);
    }
}

static void begin(void)
{
    ends_reset();
    dmf_case_begin_modules(add_two_of_each);
}

static void end(void)
{
    dmf_case_end();
    CHECK_EQUAL(ends.bound, 0);
    CHECK_EQUAL(ends.open, 0);
}

static void binding_calls_both_sides_in_order(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK(strcmp(ends.trace, "ProtocolBind TransportBind TransportPostBind ProtocolPostBind ") == 0);
    CHECK_EQUAL(ends_call_transport(protocols[0], 5), 6);
    CHECK_EQUAL(ends_call_protocol(transports[0], 5), 4);
    ends.trace[0] = 0;
    ends_unbind(protocols[0], transports[0]);
    CHECK(strcmp(ends.trace, "ProtocolPreUnbind TransportPreUnbind ProtocolUnbind TransportUnbind ") == 0);
    end();
}

static void reference_is_refused_until_the_interface_is_open_and_after_it_closes(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK_STATUS(ends.reference_in_bind, STATUS_UNSUCCESSFUL);
    CHECK_STATUS(ends.reference_in_post_bind, STATUS_SUCCESS);
    ends_unbind(protocols[0], transports[0]);
    CHECK_STATUS(ends.reference_in_pre_unbind, STATUS_SUCCESS);
    CHECK_STATUS(ends.reference_in_unbind, STATUS_UNSUCCESSFUL);
    end();
}

static void interface_knows_both_sides(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK(DMF_InterfaceProtocolModuleGet(ends.interface) == protocols[0]);
    CHECK(DMF_InterfaceTransportModuleGet(ends.interface) == transports[0]);
    CHECK(DMF_InterfaceProtocolDeclarationDataGet(ends.interface) == TalkProtocolDeclarationDataGet(protocols[0]));
    CHECK(DMF_InterfaceTransportDeclarationDataGet(ends.interface) == TalkTransportDeclarationDataGet(transports[0]));
    CHECK(WdfObjectIsCustomType(ends.interface, DMFINTERFACE_TYPE));
    end();
}

static void second_binding_of_a_pair_is_a_collision(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    ends.trace[0] = 0;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_OBJECT_NAME_COLLISION);
    CHECK(ends.trace[0] == 0);
    ends_unbind(protocols[0], transports[0]);
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    end();
}

static void module_is_bound_to_several_others(void)
{
    DMFINTERFACE interfaces[3];

    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    interfaces[0] = ends.interface;
    CHECK_STATUS(ends_bind(protocols[0], transports[1]), STATUS_SUCCESS);
    interfaces[1] = ends.interface;
    CHECK_STATUS(ends_bind(protocols[1], transports[0]), STATUS_SUCCESS);
    interfaces[2] = ends.interface;
    /* Each binding has contexts of its own. */
    for (int index = 0; index < 3; index++)
    {
        CHECK_EQUAL(TalkProtocolContextGet(interfaces[index])->Number, 0);
        TalkProtocolContextGet(interfaces[index])->Number = 10 + (ULONG)index;
        TalkTransportContextGet(interfaces[index])->Number = 20 + (ULONG)index;
    }
    for (int index = 0; index < 3; index++)
    {
        CHECK_EQUAL(TalkProtocolContextGet(interfaces[index])->Number, 10 + (ULONG)index);
        CHECK_EQUAL(TalkTransportContextGet(interfaces[index])->Number, 20 + (ULONG)index);
    }
    ends_unbind(protocols[0], transports[1]);
    CHECK_EQUAL(ends.bound, 2);
    end();
}

static void unbinding_what_is_not_bound_does_nothing(void)
{
    begin();
    ends_unbind(protocols[0], transports[0]);
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    ends_unbind(protocols[0], transports[1]);
    ends_unbind(protocols[1], transports[0]);
    CHECK_EQUAL(ends.bound, 1);
    ends_unbind(protocols[0], transports[0]);
    ends.trace[0] = 0;
    ends_unbind(protocols[0], transports[0]);
    CHECK(ends.trace[0] == 0);
    end();
}

static void protocol_that_does_not_bind_is_unbound(void)
{
    begin();
    ends.bind_status = STATUS_NOT_FOUND;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_NOT_FOUND);
    CHECK(strcmp(ends.trace, "ProtocolBind ProtocolPreUnbind TransportPreUnbind ProtocolUnbind ") == 0);
    ends.bind_status = STATUS_SUCCESS;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    end();
}

/* All callbacks unbind. Those of the binding and of the unbinding itself find nothing to unbind. */
static void unbinding_within_post_bind_comes_after_it(void)
{
    begin();
    ends.trace[0] = 0;
    ends.unbinds_in_callbacks = true;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK_EQUAL(ends.bound, 0);
    CHECK(strcmp(ends.trace, "ProtocolBind TransportBind TransportPostBind ProtocolPostBind "
                             "ProtocolPreUnbind TransportPreUnbind ProtocolUnbind TransportUnbind ") == 0);
    ends.unbinds_in_callbacks = false;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK_EQUAL(ends.bound, 1);
    ends_unbind(protocols[0], transports[0]);
    CHECK_EQUAL(ends.bound, 0);
    end();
}

static void module_that_is_destroyed_is_unbound_first(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    CHECK_STATUS(ends_bind(protocols[1], transports[0]), STATUS_SUCCESS);
    CHECK_STATUS(ends_bind(protocols[1], transports[1]), STATUS_SUCCESS);
    ends.trace[0] = 0;
    end();
    CHECK(strcmp(ends.trace, "TransportClose ProtocolClose TransportClose ProtocolClose "
                             "ProtocolDestroy ProtocolPreUnbind TransportPreUnbind ProtocolUnbind TransportUnbind "
                             "TransportDestroy ProtocolPreUnbind TransportPreUnbind ProtocolUnbind TransportUnbind "
                             "ProtocolDestroy ProtocolPreUnbind TransportPreUnbind ProtocolUnbind TransportUnbind "
                             "TransportDestroy ") == 0);
}

static void dynamic_modules_are_bound_and_unbound_like_others(void)
{
    DMFMODULE protocol;
    DMFMODULE transport;

    begin();
    for (int first = 0; first < 2; first++)
    {
        CHECK_STATUS(ends_create_protocol(&protocol), STATUS_SUCCESS);
        CHECK_STATUS(ends_create_transport(&transport), STATUS_SUCCESS);
        CHECK_STATUS(ends_bind(protocol, transport), STATUS_SUCCESS);
        CHECK_STATUS(ends_bind(protocol, transports[0]), STATUS_SUCCESS);
        CHECK_EQUAL(ends.bound, 2);
        WdfObjectDelete(first == 0 ? protocol : transport);
        CHECK_EQUAL(ends.bound, first);
        WdfObjectDelete(first == 0 ? transport : protocol);
        CHECK_EQUAL(ends.bound, 0);
    }
    end();
}

static void interface_is_declared_once(void)
{
    DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA data;

    begin();
    ends_describe_transport(&data);
    CHECK_EQUAL(data.DmfTransportDescriptor.GenericInterfaceDescriptor.Size, sizeof(data));
    CHECK_EQUAL(data.DmfTransportDescriptor.GenericInterfaceDescriptor.InterfaceType, Interface_Transport);
    CHECK_STATUS(DMF_ModuleInterfaceDescriptorAdd(transports[0], &data.DmfTransportDescriptor.GenericInterfaceDescriptor),
                 STATUS_OBJECT_NAME_COLLISION);
    /* A Module may be at both ends of an interface. */
    CHECK_STATUS(DMF_ModuleInterfaceDescriptorAdd(protocols[0], &data.DmfTransportDescriptor.GenericInterfaceDescriptor),
                 STATUS_SUCCESS);
    end();
}

static void callbacks_that_a_side_does_not_have_are_not_called(void)
{
    begin();
    ends.has_no_events = true;
    dmf_case_end();
    dmf_case_begin_modules(add_two_of_each);
    ends.trace[0] = 0;
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    ends_unbind(protocols[0], transports[0]);
    CHECK(strcmp(ends.trace, "ProtocolBind TransportBind ProtocolUnbind TransportUnbind ") == 0);
    end();
}

static void bind_with_lack_of_memory(void)
{
    NTSTATUS status = ends_bind(protocols[0], transports[0]);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(ends.bound, NT_SUCCESS(status));
    ends_unbind(protocols[0], transports[0]);
}

static void lack_of_memory_leaves_nothing_bound(void)
{
    begin();
    nt_fail_each_allocation(bind_with_lack_of_memory);
    end();
}

static void create_with_lack_of_memory(void)
{
    DMFMODULE protocol;
    NTSTATUS status = ends_create_protocol(&protocol);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        WdfObjectDelete(protocol);
    }
}

static void declaration_that_fails_fails_the_module(void)
{
    begin();
    nt_fail_each_allocation(create_with_lack_of_memory);
    end();
}

static void dereference_too_many_stops(void)
{
    begin();
    CHECK_STATUS(ends_bind(protocols[0], transports[0]), STATUS_SUCCESS);
    DMF_InterfaceDereference(ends.interface);
}

static void binding_without_declaration_stops(void)
{
    begin();
    (void)ends_bind(transports[0], protocols[0]);
}

const struct nt_case nt_cases[] = {
    CASE(binding_calls_both_sides_in_order),
    CASE(reference_is_refused_until_the_interface_is_open_and_after_it_closes),
    CASE(interface_knows_both_sides),
    CASE(second_binding_of_a_pair_is_a_collision),
    CASE(module_is_bound_to_several_others),
    CASE(unbinding_what_is_not_bound_does_nothing),
    CASE(protocol_that_does_not_bind_is_unbound),
    CASE(unbinding_within_post_bind_comes_after_it),
    CASE(module_that_is_destroyed_is_unbound_first),
    CASE(dynamic_modules_are_bound_and_unbound_like_others),
    CASE(interface_is_declared_once),
    CASE(callbacks_that_a_side_does_not_have_are_not_called),
    CASE(lack_of_memory_leaves_nothing_bound),
    CASE(declaration_that_fails_fails_the_module),
    DEBUG_STOPS(dereference_too_many_stops, "word > "),
    DEBUG_STOPS(binding_without_declaration_stops, "Descriptor != "),
    CASES_END,
};
