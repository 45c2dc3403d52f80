/* SPDX-License-Identifier: MIT */
/*
 * Interfaces on several threads: binding against unbinding and destruction, calls against all of them.
 */
#include "dmf_case.h"
#include "ends.h"

#define ROUNDS 4

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
    ends.is_silent = true;
    dmf_case_begin_modules(add_two_of_each);
}

static void end(void)
{
    dmf_case_end();
    CHECK_EQUAL(ends.bound, 0);
    CHECK_EQUAL(ends.open, 0);
}

static void run_together(void (*const *bodies)(void *argument), int count)
{
    struct nt_thread *threads[4];

    for (int index = 0; index < count; index++)
    {
        threads[index] = nt_thread_start(bodies[index], NULL);
    }
    for (int index = 0; index < count; index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void bind_pair(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    NTSTATUS status = ends_bind(protocols[0], transports[0]);

    CHECK(status == STATUS_SUCCESS || status == STATUS_OBJECT_NAME_COLLISION);
}

static void unbind_pair(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    ends_unbind(protocols[0], transports[0]);
}

static void bind_and_unbind(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < ROUNDS; round++)
    {
        bind_pair(NULL);
        unbind_pair(NULL);
    }
}

static void bind_others(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < ROUNDS; round++)
    {
        CHECK_STATUS(ends_bind(protocols[1], transports[0]), STATUS_SUCCESS);
        CHECK_STATUS(ends_bind(protocols[1], transports[1]), STATUS_SUCCESS);
        ends_unbind(protocols[1], transports[0]);
        ends_unbind(protocols[1], transports[1]);
    }
}

static void one_of_several_unbinds_does_it(void)
{
    void (*const bodies[])(void *) = {unbind_pair, unbind_pair, unbind_pair};

    begin();
    bind_pair(NULL);
    run_together(bodies, 3);
    CHECK_EQUAL(ends.bound, 0);
    end();
}

static void bindings_and_unbindings_of_one_pair_and_of_others(void)
{
    void (*const bodies[])(void *) = {bind_and_unbind, bind_and_unbind, bind_others};

    begin();
    run_together(bodies, 3);
    unbind_pair(NULL);
    CHECK_EQUAL(ends.bound, 0);
    end();
}

/* The interface exists as long as this thread holds its reference. */
static DMFINTERFACE held;

static void let_go(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    CHECK_EQUAL(ends.bound, 1);
    DMF_InterfaceDereference(held);
}

static void hold(void)
{
    ends.is_silent = false;
    bind_pair(NULL);
    ends.is_silent = true;
    held = ends.interface;
    CHECK_STATUS(DMF_InterfaceReference(held), STATUS_SUCCESS);
}

static void unbinding_waits_for_the_last_call(void)
{
    struct nt_thread *thread;

    begin();
    hold();
    thread = nt_thread_start(let_go, NULL);
    unbind_pair(NULL);
    CHECK_EQUAL(ends.bound, 0);
    nt_thread_join(thread);
    end();
}

static void removal_of_the_device_waits_for_the_last_call(void)
{
    struct nt_thread *thread;

    begin();
    hold();
    thread = nt_thread_start(let_go, NULL);
    end();
    nt_thread_join(thread);
}

static void unbinding_races_the_destruction_of_either_side(void)
{
    for (int side = 0; side < 2; side++)
    {
        struct nt_thread *thread;
        DMFMODULE dynamic;

        begin();
        if (side == 0)
        {
            CHECK_STATUS(ends_create_protocol(&dynamic), STATUS_SUCCESS);
            protocols[0] = dynamic;
        }
        else
        {
            CHECK_STATUS(ends_create_transport(&dynamic), STATUS_SUCCESS);
            transports[0] = dynamic;
        }
        bind_pair(NULL);
        /* The handles stay good until both threads are through. */
        WdfObjectReference(dynamic);
        thread = nt_thread_start(unbind_pair, NULL);
        WdfObjectDelete(dynamic);
        CHECK_EQUAL(ends.bound, 0);
        nt_thread_join(thread);
        WdfObjectDereference(dynamic);
        end();
    }
}

static void bind_if_it_is_not_too_late(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    NTSTATUS status = ends_bind(protocols[0], transports[0]);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INVALID_DEVICE_STATE);
}

static void binding_races_the_destruction_of_either_side(void)
{
    for (int side = 0; side < 2; side++)
    {
        struct nt_thread *thread;
        DMFMODULE dynamic;

        begin();
        CHECK_STATUS(side == 0 ? ends_create_protocol(&dynamic) : ends_create_transport(&dynamic), STATUS_SUCCESS);
        *(side == 0 ? &protocols[0] : &transports[0]) = dynamic;
        WdfObjectReference(dynamic);
        thread = nt_thread_start(bind_if_it_is_not_too_late, NULL);
        WdfObjectDelete(dynamic);
        CHECK_EQUAL(ends.bound, 0);
        nt_thread_join(thread);
        CHECK_EQUAL(ends.bound, 0);
        WdfObjectDereference(dynamic);
        end();
    }
}

static void delete_module(void *argument)
{
    WdfObjectDelete(argument);
}

static void both_sides_are_destroyed_at_the_same_time(void)
{
    struct nt_thread *threads[2];
    DMFMODULE protocol;
    DMFMODULE transport;

    begin();
    CHECK_STATUS(ends_create_protocol(&protocol), STATUS_SUCCESS);
    CHECK_STATUS(ends_create_transport(&transport), STATUS_SUCCESS);
    CHECK_STATUS(ends_bind(protocol, transport), STATUS_SUCCESS);
    CHECK_STATUS(ends_bind(protocol, transports[0]), STATUS_SUCCESS);
    CHECK_STATUS(ends_bind(protocols[0], transport), STATUS_SUCCESS);
    threads[0] = nt_thread_start(delete_module, protocol);
    threads[1] = nt_thread_start(delete_module, transport);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(ends.bound, 0);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(one_of_several_unbinds_does_it),
    CASE(bindings_and_unbindings_of_one_pair_and_of_others),
    CASE(unbinding_waits_for_the_last_call),
    CASE(removal_of_the_device_waits_for_the_last_call),
    CASE(unbinding_races_the_destruction_of_either_side),
    CASE(binding_races_the_destruction_of_either_side),
    CASE(both_sides_are_destroyed_at_the_same_time),
    CASES_END,
};
