/* SPDX-License-Identifier: MIT */
/*
 * BufferPool: lists, buffers on demand, Config, misuse. See buffer_pool_timer_test.c for timers, ends and races.
 */
#include "buffer_pool_case.h"

/*
 * Lists.
 */

static void buffers_come_out_in_the_order_of_putting_in_every_life(void)
{
    VOID *buffers[3];

    FOR_EACH_LIFE
    {
        begin(life, 3, 24, 8);
        CHECK_EQUAL(DMF_BufferPool_Count(source), 3);
        CHECK_EQUAL(DMF_BufferPool_Count(sink), 0);
        for (ULONG index = 0; index < 3; index++)
        {
            buffers[index] = get(source);
            CHECK_EQUAL((ULONG_PTR)buffers[index] % 16, 0);
            DMF_BufferPool_Put(sink, buffers[index]);
            CHECK_EQUAL(DMF_BufferPool_Count(source), 2 - index);
            CHECK_EQUAL(DMF_BufferPool_Count(sink), index + 1);
        }
        for (ULONG index = 0; index < 3; index++)
        {
            CHECK(get(sink) == buffers[index]);
            DMF_BufferPool_Put(source, buffers[index]);
        }
        for (ULONG index = 0; index < 3; index++)
        {
            CHECK(get(source) == buffers[index]);
        }
        for (ULONG index = 0; index < 3; index++)
        {
            DMF_BufferPool_Put(source, buffers[index]);
        }
        end();
    }
}

static void buffer_put_at_head_comes_out_first(void)
{
    VOID *buffers[3];

    begin(DMF_CASE_STATIC, 3, 1, 0);
    for (ULONG index = 0; index < 3; index++)
    {
        buffers[index] = get(source);
    }
    DMF_BufferPool_Put(sink, buffers[0]);
    DMF_BufferPool_PutAtHead(sink, buffers[1]);
    DMF_BufferPool_PutAtHead(sink, buffers[2]);
    CHECK(get(sink) == buffers[2]);
    CHECK(get(sink) == buffers[1]);
    CHECK(get(sink) == buffers[0]);
    DMF_BufferPool_Put(source, buffers[0]);
    DMF_BufferPool_PutAtHead(source, buffers[1]);
    CHECK(get(source) == buffers[1]);
    CHECK(get(source) == buffers[0]);
    end();
}

static void empty_list_has_a_status_of_each_method_and_touches_nothing(void)
{
    VOID *buffer = &config;
    VOID *context = &attributes;
    WDFMEMORY memory = (WDFMEMORY)&expired;
    WDF_MEMORY_DESCRIPTOR descriptor;
    WDF_MEMORY_DESCRIPTOR before;

    begin(DMF_CASE_STATIC, 1, 1, 1);
    (void)get(source);
    memset(&descriptor, 0x55, sizeof(descriptor));
    before = descriptor;
    for (ULONG index = 0; index < 2; index++)
    {
        DMFMODULE module = index == 0 ? source : sink;

        CHECK_STATUS(DMF_BufferPool_Get(module, &buffer, &context), STATUS_UNSUCCESSFUL);
        CHECK_STATUS(DMF_BufferPool_GetWithMemory(module, &buffer, &context, &memory), STATUS_UNSUCCESSFUL);
        CHECK_STATUS(DMF_BufferPool_GetWithMemoryDescriptor(module, &buffer, &descriptor, &context),
                     STATUS_INSUFFICIENT_RESOURCES);
    }
    CHECK(buffer == &config);
    CHECK(context == &attributes);
    CHECK(memory == (WDFMEMORY)&expired);
    CHECK(RtlEqualMemory(&descriptor, &before, sizeof(before)));
    end();
}

static void every_method_tells_the_same_of_a_buffer(void)
{
    WDF_MEMORY_DESCRIPTOR descriptors[2];
    VOID *buffer;
    VOID *contexts[4];
    WDFMEMORY memories[2];
    ULONG sizes[2];
    size_t length;

    begin(DMF_CASE_STATIC, 1, 100, 7);
    CHECK_STATUS(DMF_BufferPool_Get(source, &buffer, &contexts[0]), STATUS_SUCCESS);
    DMF_BufferPool_Put(sink, buffer);
    CHECK_STATUS(DMF_BufferPool_GetWithMemory(sink, &buffer, &contexts[1], &memories[0]), STATUS_SUCCESS);
    DMF_BufferPool_Put(sink, buffer);
    RtlZeroMemory(descriptors, sizeof(descriptors));
    CHECK_STATUS(DMF_BufferPool_GetWithMemoryDescriptor(sink, &buffer, &descriptors[0], &contexts[2]), STATUS_SUCCESS);
    DMF_BufferPool_ParametersGet(source, buffer, &descriptors[1], &memories[1], &sizes[0], &contexts[3], &sizes[1]);
    CHECK(RtlEqualMemory(&descriptors[0], &descriptors[1], sizeof(descriptors[0])));
    CHECK(memories[0] == memories[1]);
    CHECK(contexts[0] == contexts[1] && contexts[1] == contexts[2] && contexts[2] == contexts[3]);
    CHECK_EQUAL((ULONG_PTR)contexts[0] % 16, 0);
    CHECK_EQUAL(sizes[0], 100);
    CHECK_EQUAL(sizes[1], 7);
    CHECK(WdfMemoryGetBuffer(memories[0], &length) == buffer);
    CHECK_EQUAL(length, 100);
    CHECK_EQUAL(descriptors[0].Type, WdfMemoryDescriptorTypeHandle);
    CHECK(descriptors[0].u.HandleType.Memory == memories[0]);
    CHECK(descriptors[0].u.HandleType.Offsets == NULL);
    DMF_BufferPool_ParametersGet(source, buffer, NULL, NULL, NULL, NULL, NULL);
    DMF_BufferPool_ContextGet(sink, buffer, &contexts[1]);
    CHECK(contexts[1] == contexts[0]);
    DMF_BufferPool_Put(source, buffer);
    end();
}

static void context_of_no_size_is_null_from_get_only(void)
{
    VOID *buffer;
    VOID *context = &config;
    WDFMEMORY memory;
    WDF_MEMORY_DESCRIPTOR descriptor;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    CHECK_STATUS(DMF_BufferPool_Get(source, &buffer, &context), STATUS_SUCCESS);
    CHECK(context == NULL);
    DMF_BufferPool_ContextGet(source, buffer, &context);
    CHECK(context != NULL);
    DMF_BufferPool_Put(source, buffer);
    context = NULL;
    CHECK_STATUS(DMF_BufferPool_GetWithMemory(source, &buffer, &context, &memory), STATUS_SUCCESS);
    CHECK(context != NULL);
    DMF_BufferPool_Put(source, buffer);
    context = NULL;
    CHECK_STATUS(DMF_BufferPool_GetWithMemoryDescriptor(source, &buffer, &descriptor, &context), STATUS_SUCCESS);
    CHECK(context != NULL);
    context = NULL;
    DMF_BufferPool_ParametersGet(source, buffer, NULL, NULL, NULL, &context, NULL);
    CHECK(context != NULL);
    DMF_BufferPool_Put(source, buffer);
    end();
}

static void source_erases_and_sink_preserves(void)
{
    UCHAR *buffer;
    UCHAR *context;

    begin(DMF_CASE_STATIC, 1, 33, 5);
    CHECK_STATUS(DMF_BufferPool_Get(source, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
    for (ULONG index = 0; index < 5; index++)
    {
        CHECK_EQUAL(context[index], 0);
    }
    memset(buffer, 0xAA, 33);
    memset(context, 0xBB, 5);
    DMF_BufferPool_Put(sink, buffer);
    CHECK_STATUS(DMF_BufferPool_Get(sink, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
    CHECK(buffer[0] == 0xAA && buffer[32] == 0xAA);
    CHECK(context[0] == 0xBB && context[4] == 0xBB);
    DMF_BufferPool_PutAtHead(source, buffer);
    CHECK_STATUS(DMF_BufferPool_Get(source, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
    for (ULONG index = 0; index < 33; index++)
    {
        CHECK_EQUAL(buffer[index], 0);
    }
    CHECK(context[0] == 0 && context[4] == 0);
    end();
}

/*
 * Buffers on demand.
 */

static void buffers_beyond_the_count_come_on_demand_and_go_again(void)
{
    VOID *buffers[7];

    FOR_EACH_LIFE
    {
        describe(3, 16, 16);
        config.Mode.SourceSettings.EnableLookAside = TRUE;
        begin_described(life);
        for (ULONG round = 0; round < 3; round++)
        {
            for (ULONG index = 0; index < ARRAYSIZE(buffers); index++)
            {
                buffers[index] = get(source);
            }
            for (ULONG index = 0; index < ARRAYSIZE(buffers); index++)
            {
                DMF_BufferPool_Put(source, buffers[index]);
                CHECK_EQUAL(DMF_BufferPool_Count(source), index < 4 ? 0 : index - 3);
            }
            CHECK_EQUAL(DMF_BufferPool_Count(source), 3);
        }
        end();
    }
}

static void source_without_a_count_has_buffers_on_demand_only(void)
{
    VOID *buffer;
    VOID *context;
    WDFMEMORY memory;

    describe(0, 16, 16);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    begin_described(DMF_CASE_STATIC);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 0);
    CHECK_STATUS(DMF_BufferPool_GetWithMemory(source, &buffer, &context, &memory), STATUS_SUCCESS);
    DMF_BufferPool_PutAtHead(source, buffer);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 0);
    end();
}

static void get_on_demand_without_memory(void)
{
    VOID *buffer = NULL;
    VOID *context;
    WDF_MEMORY_DESCRIPTOR descriptor;

    if (nt_seed() % 2 == 0)
    {
        NTSTATUS status = DMF_BufferPool_Get(source, &buffer, NULL);

        CHECK(status == STATUS_SUCCESS || status == STATUS_UNSUCCESSFUL);
    }
    else
    {
        NTSTATUS status = DMF_BufferPool_GetWithMemoryDescriptor(source, &buffer, &descriptor, &context);

        CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    }
    if (buffer != NULL)
    {
        DMF_BufferPool_Put(source, buffer);
    }
}

static void buffer_that_cannot_be_made_on_demand_is_none(void)
{
    describe(1, 16, 16);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    begin_described(DMF_CASE_STATIC);
    (void)get(source);
    nt_fail_each_allocation(get_on_demand_without_memory);
    end();
}

/*
 * Config.
 */

static void buffers_and_timers_on_demand_are_for_the_kernel_flavour(void)
{
    describe(1, 16, 16);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
#if defined(DMF_USER_MODE)
#if !defined(DEBUG)
    FOR_EACH_LIFE
    {
        CHECK_STATUS(dmf_case_try(life, &attributes, &source), STATUS_NOT_SUPPORTED);
    }
#endif
#else
    VOID *buffers[2];

    begin_described(DMF_CASE_STATIC);
    buffers[0] = get(source);
    buffers[1] = get(source);
    DMF_BufferPool_Put(source, buffers[0]);
    DMF_BufferPool_Put(source, buffers[1]);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 1);
    end();
#endif
}

/* A debug build asserts what others let pass. */
static void wrong_config_does_what_is_published(void)
{
#if !defined(DEBUG)
    describe(1, 0, 0);
    CHECK_STATUS(dmf_case_try(DMF_CASE_STATIC, &attributes, &source), STATUS_INVALID_PARAMETER);
    describe(1, 8, 0);
    config.BufferPoolMode = BufferPool_Mode_Maximum;
    begin_described(DMF_CASE_STATIC);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 0);
    end();
#endif
}

static void source_without_buffers_asserts(void)
{
    begin(DMF_CASE_STATIC, 0, 8, 0);
}

static void source_of_empty_buffers_asserts(void)
{
    begin(DMF_CASE_STATIC, 1, 0, 0);
}

static void invalid_mode_asserts(void)
{
    describe(1, 8, 0);
    config.BufferPoolMode = BufferPool_Mode_Invalid;
    begin_described(DMF_CASE_STATIC);
}

static void sink_with_buffers_asserts(void)
{
    describe(1, 8, 0);
    config.BufferPoolMode = BufferPool_Mode_Sink;
    begin_described(DMF_CASE_STATIC);
}

static void sink_on_demand_asserts(void)
{
    describe(0, 8, 0);
    config.BufferPoolMode = BufferPool_Mode_Sink;
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    begin_described(DMF_CASE_STATIC);
}

static void timers_without_a_count_assert(void)
{
    describe(0, 8, 0);
    config.Mode.SourceSettings.EnableLookAside = TRUE;
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
    begin_described(DMF_CASE_STATIC);
}

static void paged_buffers_with_spin_locks_assert(void)
{
    describe(1, 8, 0);
    config.Mode.SourceSettings.PoolType = PagedPool;
    begin_described(DMF_CASE_STATIC);
}

static void paged_buffers_live_at_passive_level(void)
{
    FOR_EACH_LIFE
    {
        VOID *buffer;

        describe(2, 8, 0);
        config.Mode.SourceSettings.PoolType = PagedPool;
        config.Mode.SourceSettings.CreateWithTimer = TRUE;
        attributes.PassiveLevel = TRUE;
        begin_described(life);
        CHECK(DMF_ModuleLockIsPassive(source));
        CHECK(DMF_ModuleLockIsPassive(sink));
        buffer = get(source);
        DMF_BufferPool_Put(sink, buffer);
        CHECK(get(sink) == buffer);
        DMF_BufferPool_Put(source, buffer);
        end();
    }
}

static void open_once(void)
{
    module_case_try_dynamic(&attributes);
}

static void every_allocation_of_open_may_fail(void)
{
    begin(DMF_CASE_STATIC, 1, 8, 8);
    describe(3, 16, 16);
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
    nt_fail_each_allocation(open_once);
    attributes.PassiveLevel = TRUE;
    nt_fail_each_allocation(open_once);
    end();
}

/*
 * Misuse.
 */

static void double_put_asserts(void)
{
    VOID *buffer;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    buffer = get(source);
    DMF_BufferPool_Put(sink, buffer);
    DMF_BufferPool_Put(sink, buffer);
}

static void double_put_with_a_timer_asserts(void)
{
    VOID *buffer;

    begin_with_timers(1);
    buffer = get(source);
    DMF_BufferPool_Put(sink, buffer);
    DMF_BufferPool_PutInSinkWithTimer(sink, buffer, 1000, count_expiration, NULL);
}

static void misuse_harms_nothing(void)
{
#if !defined(DEBUG)
    VOID *buffer;

    begin_with_timers(1);
    buffer = get(source);
    DMF_BufferPool_Put(sink, buffer);
    DMF_BufferPool_Put(sink, buffer);
    DMF_BufferPool_Put(source, buffer);
    DMF_BufferPool_PutInSinkWithTimer(sink, buffer, 1, count_expiration, NULL);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), 1);
    CHECK_EQUAL(DMF_BufferPool_Count(source), 0);
    CHECK(get(sink) == buffer);
    /* Without a callback nobody would own the buffer, so its time never ends. */
    DMF_BufferPool_PutInSinkWithTimer(sink, buffer, 0, NULL, NULL);
    CHECK(get(sink) == buffer);
    end();
    begin(DMF_CASE_STATIC, 1, 8, 0);
    buffer = get(source);
    DMF_BufferPool_PutInSinkWithTimer(sink, buffer, 0, count_expiration, NULL);
    CHECK(get(sink) == buffer);
    end();
#endif
}

static void buffer_of_another_source_asserts(void)
{
    DMFMODULE other;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    other = module_case_dynamic(&attributes);
    DMF_BufferPool_Put(source, get(other));
}

static void parameters_from_another_source_assert(void)
{
    DMFMODULE other;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    other = module_case_dynamic(&attributes);
    DMF_BufferPool_ParametersGet(source, get(other), NULL, NULL, NULL, NULL, NULL);
}

static void timed_put_into_a_source_asserts(void)
{
    begin_with_timers(1);
    DMF_BufferPool_PutInSinkWithTimer(source, get(source), 1, count_expiration, NULL);
}

static void timed_put_without_a_timer_asserts(void)
{
    begin(DMF_CASE_STATIC, 1, 8, 0);
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 1, count_expiration, NULL);
}

static void timed_put_without_a_callback_asserts(void)
{
    begin_with_timers(1);
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), 1, NULL, NULL);
}

static BufferPool_EnumerationDispositionType just_go_on(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                                        VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBuffer);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    return ClientDriverCallbackContext == NULL ? BufferPool_EnumerationDisposition_ContinueEnumeration :
                                                 *(BufferPool_EnumerationDispositionType *)ClientDriverCallbackContext;
}

static void enumeration_of_a_source_asserts(void)
{
    begin(DMF_CASE_STATIC, 1, 8, 0);
    DMF_BufferPool_Enumerate(source, just_go_on, NULL, NULL, NULL);
}

static void unknown_disposition_asserts(void)
{
    BufferPool_EnumerationDispositionType disposition = BufferPool_EnumerationDisposition_Maximum;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    DMF_BufferPool_Put(sink, get(source));
    DMF_BufferPool_Enumerate(sink, just_go_on, &disposition, NULL, NULL);
}

static void removal_for_nobody_asserts(void)
{
    BufferPool_EnumerationDispositionType disposition = BufferPool_EnumerationDisposition_RemoveAndStopEnumeration;

    begin(DMF_CASE_STATIC, 1, 8, 0);
    DMF_BufferPool_Put(sink, get(source));
    DMF_BufferPool_Enumerate(sink, just_go_on, &disposition, NULL, NULL);
}

/* The verifier is on, so these stop in every build. */

static void write_behind_the_buffer_is_found(void)
{
    UCHAR *buffer;

    begin(DMF_CASE_STATIC, 1, 20, 4);
    buffer = get(source);
    buffer[31] = 1;
    DMF_BufferPool_Put(sink, buffer);
    (void)get(sink);
    buffer[32] = 1;
    DMF_BufferPool_Put(sink, buffer);
}

static void write_behind_the_context_is_found(void)
{
    UCHAR *buffer;
    UCHAR *context;

    begin(DMF_CASE_STATIC, 1, 20, 4);
    CHECK_STATUS(DMF_BufferPool_Get(source, (VOID **)&buffer, (VOID **)&context), STATUS_SUCCESS);
    DMF_BufferPool_Put(sink, buffer);
    context[16] = 1;
    (void)get(sink);
}

static void what_is_no_buffer_is_found(void)
{
    static ULONG64 nothing[128];

    begin(DMF_CASE_STATIC, 1, 20, 4);
    DMF_BufferPool_Put(sink, &nothing[64]);
}

const struct nt_case nt_cases[] = {
    CASE(buffers_come_out_in_the_order_of_putting_in_every_life),
    CASE(buffer_put_at_head_comes_out_first),
    CASE(empty_list_has_a_status_of_each_method_and_touches_nothing),
    CASE(every_method_tells_the_same_of_a_buffer),
    CASE(context_of_no_size_is_null_from_get_only),
    CASE(source_erases_and_sink_preserves),
    CASE(buffers_beyond_the_count_come_on_demand_and_go_again),
    CASE(source_without_a_count_has_buffers_on_demand_only),
    CASE(buffer_that_cannot_be_made_on_demand_is_none),
    CASE(buffers_and_timers_on_demand_are_for_the_kernel_flavour),
    CASE(wrong_config_does_what_is_published),
    DEBUG_STOPS(source_without_buffers_asserts, ASSERTS),
    DEBUG_STOPS(source_of_empty_buffers_asserts, ASSERTS),
    DEBUG_STOPS(invalid_mode_asserts, ASSERTS),
    DEBUG_STOPS(sink_with_buffers_asserts, ASSERTS),
    DEBUG_STOPS(sink_on_demand_asserts, ASSERTS),
    DEBUG_STOPS(timers_without_a_count_assert, ASSERTS),
    STOPS(paged_buffers_with_spin_locks_assert, ASSERTS),
    CASE(paged_buffers_live_at_passive_level),
    CASE(every_allocation_of_open_may_fail),
    DEBUG_STOPS(double_put_asserts, ASSERTS),
    DEBUG_STOPS(double_put_with_a_timer_asserts, ASSERTS),
    CASE(misuse_harms_nothing),
    DEBUG_STOPS(buffer_of_another_source_asserts, ASSERTS),
    DEBUG_STOPS(parameters_from_another_source_assert, ASSERTS),
    DEBUG_STOPS(timed_put_into_a_source_asserts, ASSERTS),
    DEBUG_STOPS(timed_put_without_a_timer_asserts, ASSERTS),
    DEBUG_STOPS(timed_put_without_a_callback_asserts, ASSERTS),
    DEBUG_STOPS(enumeration_of_a_source_asserts, ASSERTS),
    DEBUG_STOPS(unknown_disposition_asserts, ASSERTS),
    DEBUG_STOPS(removal_for_nobody_asserts, ASSERTS),
    STOPS(write_behind_the_buffer_is_found, ASSERTS),
    STOPS(write_behind_the_context_is_found, ASSERTS),
    STOPS(what_is_no_buffer_is_found, ASSERTS),
    CASES_END,
};
