/* SPDX-License-Identifier: MIT */
/*
 * BufferPool: a Source and a Sink against two lists and the buffers that the Client owns.
 */
#include "buffer_model.h"

static DMFMODULE source;
static DMFMODULE sink;
static BufferPool_SourceSettings settings;

static struct
{
    struct list source;
    struct list sink;
    struct list owned;
    /* Buffers beyond the Source's own, which end as others come back. */
    ULONG additional;
} model;

static VOID expired(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBuffer);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    CHECK(FALSE);
}

static DMFMODULE make(BufferPool_ModeType mode)
{
    DMF_CONFIG_BufferPool config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.BufferPoolMode = mode;
    if (mode == BufferPool_Mode_Source)
    {
        settings.PoolType = config.Mode.SourceSettings.PoolType;
        config.Mode.SourceSettings = settings;
    }
    return module_case_dynamic(&attributes);
}

/* Asks for a buffer in one of the three ways. What it says on failure is its own. */
static bool get(DMFMODULE pool, struct buffer *ret_buffer)
{
    ULONG way = fuzz_below(3);
    WDF_MEMORY_DESCRIPTOR descriptor;
    WDFMEMORY memory;
    NTSTATUS status;

    if (way == 0)
    {
        status = DMF_BufferPool_Get(pool, &ret_buffer->address, &ret_buffer->context);
    }
    else if (way == 1)
    {
        status = DMF_BufferPool_GetWithMemory(pool, &ret_buffer->address, &ret_buffer->context, &memory);
        CHECK(!NT_SUCCESS(status) || WdfMemoryGetBuffer(memory, NULL) == ret_buffer->address);
    }
    else
    {
        status = DMF_BufferPool_GetWithMemoryDescriptor(pool, &ret_buffer->address, &descriptor, &ret_buffer->context);
        CHECK(!NT_SUCCESS(status) || descriptor.Type == WdfMemoryDescriptorTypeHandle);
    }
    CHECK(NT_SUCCESS(status) || status == (way == 2 ? STATUS_INSUFFICIENT_RESOURCES : STATUS_UNSUCCESSFUL));
    return NT_SUCCESS(status);
}

static void get_from_source(void)
{
    bool makes_one = model.source.count == 0 && settings.EnableLookAside;
    struct buffer buffer;

    if (makes_one && model.owned.count + model.sink.count >= MOST_BUFFERS)
    {
        return;
    }
    CHECK_EQUAL(get(source, &buffer), makes_one || model.source.count != 0);
    if (makes_one)
    {
        model.additional++;
    }
    else if (model.source.count != 0)
    {
        /* A Source's buffers are told apart by their stamps only while they are out of it. */
        (void)list_remove(&model.source, 0);
    }
    else
    {
        return;
    }
    CHECK(is_filled(buffer.context, CONTEXT_SIZE, 0));
    buffer_stamp(&buffer, fuzz_byte());
    list_insert(&model.owned, model.owned.count, buffer);
}

static void get_from_sink(void)
{
    struct buffer buffer;
    struct buffer expected;

    CHECK_EQUAL(get(sink, &buffer), model.sink.count != 0);
    if (model.sink.count != 0)
    {
        expected = list_remove(&model.sink, 0);
        CHECK(expected.address == buffer.address && expected.context == buffer.context && buffer_is_stamped(&expected));
        list_insert(&model.owned, model.owned.count, expected);
    }
}

static void put_into_source(struct buffer buffer, bool at_head)
{
    if (at_head)
    {
        DMF_BufferPool_PutAtHead(source, buffer.address);
    }
    else
    {
        DMF_BufferPool_Put(source, buffer.address);
    }
    if (model.additional != 0)
    {
        model.additional--;
        return;
    }
    list_insert(&model.source, at_head ? 0 : model.source.count, buffer);
}

static void put_into_sink(struct buffer buffer, ULONG way)
{
    if (way == 2 && settings.CreateWithTimer)
    {
        DMF_BufferPool_PutInSinkWithTimer(sink, buffer.address, ONE_HOUR, expired, NULL);
    }
    else if (way == 1)
    {
        DMF_BufferPool_PutAtHead(sink, buffer.address);
    }
    else
    {
        DMF_BufferPool_Put(sink, buffer.address);
    }
    list_insert(&model.sink, way == 1 ? 0 : model.sink.count, buffer);
}

static void put(bool into_source)
{
    struct buffer buffer;

    if (model.owned.count == 0)
    {
        return;
    }
    buffer = list_remove(&model.owned, fuzz_below(model.owned.count));
    CHECK(buffer_is_stamped(&buffer));
    if (into_source)
    {
        put_into_source(buffer, fuzz_below(2) != 0);
    }
    else
    {
        put_into_sink(buffer, fuzz_below(3));
    }
}

static BufferPool_EnumerationDispositionType see(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                                 VOID *ClientDriverCallbackContext)
{
    CHECK(DmfModule == sink);
    return walk_step(ClientDriverCallbackContext, ClientBuffer, ClientBufferContext);
}

static void enumerate(void)
{
    struct walk walk = {.list = &model.sink};
    VOID *address = NULL;
    VOID *context = NULL;

    DMF_BufferPool_Enumerate(sink, see, &walk, &address, &context);
    walk_end(&walk, &model.owned, address, context);
}

static void ask(void)
{
    WDF_MEMORY_DESCRIPTOR descriptor;
    WDFMEMORY memory;
    VOID *context;
    ULONG size;
    ULONG context_size;
    const struct buffer *buffer;

    CHECK_EQUAL(DMF_BufferPool_Count(source), model.source.count);
    CHECK_EQUAL(DMF_BufferPool_Count(sink), model.sink.count);
    if (model.owned.count != 0)
    {
        buffer = &model.owned.buffers[fuzz_below(model.owned.count)];
        DMF_BufferPool_ParametersGet(source, buffer->address, &descriptor, &memory, &size, &context, &context_size);
        CHECK(size == BUFFER_SIZE && context_size == CONTEXT_SIZE && context == buffer->context);
        CHECK(WdfMemoryGetBuffer(memory, NULL) == buffer->address);
        DMF_BufferPool_ContextGet(source, buffer->address, &context);
        CHECK(context == buffer->context);
    }
}

static void call(void)
{
    switch (fuzz_below(6))
    {
        case 0:
            get_from_source();
            break;
        case 1:
            get_from_sink();
            break;
        case 2:
            put(true);
            break;
        case 3:
            put(false);
            break;
        case 4:
            enumerate();
            break;
        default:
            ask();
            break;
    }
}

/* The Client gives everything back, and the Source has its own buffers again. */
static void end(void)
{
    while (model.sink.count != 0)
    {
        get_from_sink();
        put(true);
    }
    while (model.owned.count != 0)
    {
        put(true);
    }
    CHECK_EQUAL(model.source.count, settings.BufferCount);
    ask();
    WdfObjectDelete(sink);
    WdfObjectDelete(source);
}

void fuzz_begin(void)
{
    dmf_case_begin_modules(NULL);
}

void fuzz_input(void)
{
    ULONG kind = fuzz_below(3);

    memset(&model, 0, sizeof(model));
    memset(&settings, 0, sizeof(settings));
    settings.BufferCount = kind == 1 ? fuzz_below(4) : 1 + fuzz_below(4);
    settings.BufferSize = BUFFER_SIZE;
    settings.BufferContextSize = CONTEXT_SIZE;
    settings.EnableLookAside = kind == 1;
    settings.CreateWithTimer = kind == 2;
    source = make(BufferPool_Mode_Source);
    sink = make(BufferPool_Mode_Sink);
    model.source.count = settings.BufferCount;
    while (fuzz_more())
    {
        call();
    }
    end();
}
