/* SPDX-License-Identifier: MIT */
/*
 * BufferQueue against a list of queued buffers and those that the Client owns.
 */
#include "buffer_model.h"

static DMFMODULE queue;
static BufferPool_SourceSettings settings;

static struct
{
    struct list queued;
    struct list owned;
    /* How many buffers were given back to be used again. */
    ULONG reused;
} model;

static VOID look(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext)
{
    UCHAR stamp = *(UCHAR *)ClientBuffer;

    CHECK(DmfModule == queue);
    CHECK(is_filled(ClientBuffer, BUFFER_SIZE, stamp) && is_filled(ClientBufferContext, CONTEXT_SIZE, stamp));
    model.reused++;
}

static VOID expired(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext, VOID *ClientDriverCallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(ClientBuffer);
    UNREFERENCED_PARAMETER(ClientBufferContext);
    UNREFERENCED_PARAMETER(ClientDriverCallbackContext);
    CHECK(FALSE);
}

static void fetch(void)
{
    ULONG out = model.queued.count + model.owned.count;
    bool is_there = out < settings.BufferCount || settings.EnableLookAside;
    struct buffer buffer;
    NTSTATUS status;

    if (out == MOST_BUFFERS)
    {
        return;
    }
    status = DMF_BufferQueue_Fetch(queue, &buffer.address, &buffer.context);
    CHECK_STATUS(status, is_there ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL);
    if (is_there)
    {
        CHECK(is_filled(buffer.context, CONTEXT_SIZE, 0));
        buffer_stamp(&buffer, fuzz_byte());
        list_insert(&model.owned, model.owned.count, buffer);
    }
}

static void enqueue(void)
{
    ULONG way = fuzz_below(3);
    struct buffer buffer;

    if (model.owned.count == 0)
    {
        return;
    }
    buffer = list_remove(&model.owned, fuzz_below(model.owned.count));
    if (way == 2 && settings.CreateWithTimer)
    {
        CHECK_STATUS(DMF_BufferQueue_EnqueueWithTimer(queue, buffer.address, ONE_HOUR, expired, NULL), STATUS_SUCCESS);
    }
    else if (way == 1)
    {
        DMF_BufferQueue_EnqueueAtHead(queue, buffer.address);
    }
    else
    {
        DMF_BufferQueue_Enqueue(queue, buffer.address);
    }
    list_insert(&model.queued, way == 1 ? 0 : model.queued.count, buffer);
}

static void dequeue(void)
{
    bool with_descriptor = fuzz_below(2) != 0;
    WDF_MEMORY_DESCRIPTOR descriptor;
    struct buffer expected;
    struct buffer buffer;
    NTSTATUS status;

    if (with_descriptor)
    {
        status = DMF_BufferQueue_DequeueWithMemoryDescriptor(queue, &buffer.address, &descriptor, &buffer.context);
        CHECK(NT_SUCCESS(status) || status == STATUS_INSUFFICIENT_RESOURCES);
    }
    else
    {
        status = DMF_BufferQueue_Dequeue(queue, &buffer.address, &buffer.context);
        CHECK(NT_SUCCESS(status) || status == STATUS_UNSUCCESSFUL);
    }
    CHECK_EQUAL(NT_SUCCESS(status), model.queued.count != 0);
    if (model.queued.count != 0)
    {
        expected = list_remove(&model.queued, 0);
        CHECK(expected.address == buffer.address && expected.context == buffer.context && buffer_is_stamped(&expected));
        list_insert(&model.owned, model.owned.count, expected);
    }
}

static void reuse(void)
{
    ULONG reused = model.reused;

    if (model.owned.count != 0)
    {
        DMF_BufferQueue_Reuse(queue, list_remove(&model.owned, fuzz_below(model.owned.count)).address);
        CHECK_EQUAL(model.reused, reused + 1);
    }
}

static void flush(void)
{
    ULONG reused = model.reused;

    DMF_BufferQueue_Flush(queue);
    CHECK_EQUAL(model.reused, reused + model.queued.count);
    model.queued.count = 0;
}

static BufferPool_EnumerationDispositionType see(DMFMODULE DmfModule, VOID *ClientBuffer, VOID *ClientBufferContext,
                                                 VOID *ClientDriverCallbackContext)
{
    CHECK(DmfModule != NULL);
    return walk_step(ClientDriverCallbackContext, ClientBuffer, ClientBufferContext);
}

static void enumerate(void)
{
    struct walk walk = {.list = &model.queued};
    VOID *address = NULL;
    VOID *context = NULL;

    DMF_BufferQueue_Enumerate(queue, see, &walk, &address, &context);
    walk_end(&walk, &model.owned, address, context);
}

static void ask(void)
{
    const struct buffer *buffer;
    VOID *context;

    CHECK_EQUAL(DMF_BufferQueue_Count(queue), model.queued.count);
    if (model.owned.count != 0)
    {
        buffer = &model.owned.buffers[fuzz_below(model.owned.count)];
        DMF_BufferQueue_ContextGet(queue, buffer->address, &context);
        CHECK(context == buffer->context && buffer_is_stamped(buffer));
    }
}

static void call(void)
{
    static void (*const methods[])(void) = {fetch, enqueue, dequeue, reuse, enumerate, ask, fetch, flush};

    methods[fuzz_below(ARRAYSIZE(methods))]();
}

void fuzz_begin(void)
{
    dmf_case_begin_modules(NULL);
}

void fuzz_input(void)
{
    ULONG kind = fuzz_below(3);
    DMF_CONFIG_BufferQueue config;
    DMF_MODULE_ATTRIBUTES attributes;

    memset(&model, 0, sizeof(model));
    DMF_CONFIG_BufferQueue_AND_ATTRIBUTES_INIT(&config, &attributes);
    settings = config.SourceSettings;
    settings.BufferCount = kind == 1 ? fuzz_below(4) : 1 + fuzz_below(4);
    settings.BufferSize = BUFFER_SIZE;
    settings.BufferContextSize = CONTEXT_SIZE;
    settings.EnableLookAside = kind == 1;
    settings.CreateWithTimer = kind == 2;
    config.SourceSettings = settings;
    config.EvtBufferQueueReuseCleanup = look;
    queue = module_case_dynamic(&attributes);
    while (fuzz_more())
    {
        call();
    }
    flush();
    while (model.owned.count != 0)
    {
        reuse();
    }
    WdfObjectDelete(queue);
}
