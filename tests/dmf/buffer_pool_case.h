/* SPDX-License-Identifier: MIT */
/*
 * Cases of BufferPool. The Source of a case lives in each of the three ways; its Sink is a Dynamic Module beside it, which is
 * younger than the buffers and therefore closes after the device has deleted them.
 */
#ifndef BUFFER_POOL_CASE_H
#define BUFFER_POOL_CASE_H

#include "module_case.h"

#include "case_signal.h"

static DMF_CONFIG_BufferPool config;
static DMF_MODULE_ATTRIBUTES attributes;
static DMFMODULE source;
static DMFMODULE sink;
static struct case_signal expired;
static struct case_signal passed;
static LONG expirations;

static inline void describe(ULONG count, ULONG size, ULONG context_size)
{
    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.BufferPoolMode = BufferPool_Mode_Source;
    config.Mode.SourceSettings.BufferCount = count;
    config.Mode.SourceSettings.BufferSize = size;
    config.Mode.SourceSettings.BufferContextSize = context_size;
}

static inline DMFMODULE add_sink(void)
{
    DMF_CONFIG_BufferPool sink_config;
    DMF_MODULE_ATTRIBUTES sink_attributes;

    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&sink_config, &sink_attributes);
    sink_config.BufferPoolMode = BufferPool_Mode_Sink;
    sink_attributes.PassiveLevel = attributes.PassiveLevel;
    return module_case_dynamic(&sink_attributes);
}

static inline void begin_described(enum dmf_case_life life)
{
    expirations = 0;
    case_signal_make(&expired);
    case_signal_make(&passed);
    source = dmf_case_begin(life, &attributes);
    sink = add_sink();
}

static inline void begin(enum dmf_case_life life, ULONG count, ULONG size, ULONG context_size)
{
    describe(count, size, context_size);
    begin_described(life);
}

static inline void begin_with_timers(ULONG count)
{
    describe(count, 16, 8);
    config.Mode.SourceSettings.CreateWithTimer = TRUE;
    begin_described(DMF_CASE_STATIC);
}

static inline void end(void)
{
    dmf_case_end();
    case_signal_free(&expired);
    case_signal_free(&passed);
}

static inline VOID *get(DMFMODULE module)
{
    VOID *buffer = NULL;

    CHECK_STATUS(DMF_BufferPool_Get(module, &buffer, NULL), STATUS_SUCCESS);
    CHECK(buffer != NULL);
    return buffer;
}

static inline BOOLEAN try_get(DMFMODULE module, VOID **ret_buffer)
{
    return NT_SUCCESS(DMF_BufferPool_Get(module, ret_buffer, NULL));
}

static inline VOID count_expiration(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                    VOID *ClientDriverCallbackContext)
{
    VOID *context;

    CHECK(DmfModule == sink);
    CHECK(ClientDriverCallbackContext == &expirations || ClientDriverCallbackContext == &passed);
#if !defined(DMF_USER_MODE)
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
#endif
    DMF_BufferPool_ContextGet(sink, ClientBuffer, &context);
    CHECK(context == ClientBufferContext);
    if (ClientDriverCallbackContext == &expirations)
    {
        InterlockedIncrement(&expirations);
    }
    DMF_BufferPool_Put(source, ClientBuffer);
    case_signal_give(ClientDriverCallbackContext == &expirations ? &expired : &passed);
}

static inline void put_for(ULONGLONG milliseconds)
{
    DMF_BufferPool_PutInSinkWithTimer(sink, get(source), milliseconds, count_expiration, &expirations);
}

#endif /* BUFFER_POOL_CASE_H */
