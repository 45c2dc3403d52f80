/* SPDX-License-Identifier: MIT */
/*
 * Controls that take the shortest way: buffered ones, small and sent by who waits for them, to the default queue of a driver that nobody
 * verifies. What may happen to a request on any way happens to these, and is no different.
 */
#include <string.h>

#include "case_signal.h"
#include "wdf_case.h"

#define CODE(Number, Access) CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + (Number), METHOD_BUFFERED, Access)
#define ECHO CODE(0, FILE_ANY_ACCESS)
#define INNER CODE(1, FILE_ANY_ACCESS)
#define NEEDS_WRITE CODE(2, FILE_WRITE_ACCESS)

static struct
{
    WDFDEVICE device;
    WDFQUEUE queue;
    struct testkit_device *started;
    struct testkit_file *file;
    /* What the case does with a request other than echoing it. */
    void (*handle)(WDFREQUEST request, size_t output, size_t input);
    WDFREQUEST kept;
    NTSTATUS status;
    ULONG_PTR information;
    unsigned cleaned;
    unsigned destroyed;
    struct case_signal given;
} seen;

/* The output is the input, changed; what is longer than the input is what the buffer holds. */
static void echo(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    unsigned char *input = NULL;
    unsigned char *output = NULL;
    size_t length = 0;

    if (InputLength != 0)
    {
        CHECK_STATUS(WdfRequestRetrieveInputBuffer(Request, InputLength, (PVOID *)&input, &length), STATUS_SUCCESS);
        CHECK_EQUAL(length, InputLength);
    }
    CHECK_STATUS(WdfRequestRetrieveInputBuffer(Request, InputLength + 1, (PVOID *)&input, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(Request, OutputLength + 1, (PVOID *)&output, &length),
                 STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 0);
    if (OutputLength != 0)
    {
        CHECK_STATUS(WdfRequestRetrieveOutputBuffer(Request, 0, (PVOID *)&output, NULL), STATUS_SUCCESS);
        for (size_t index = 0; index < OutputLength; index++)
        {
            output[index] = (unsigned char)(index < InputLength ? output[index] ^ 0x5A : index);
        }
    }
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, OutputLength);
}

static VOID control(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength, ULONG Code)
{
    CHECK(Queue == seen.queue);
    if (Code == INNER || seen.handle == NULL)
    {
        echo(Request, OutputLength, InputLength);
        return;
    }
    seen.handle(Request, OutputLength, InputLength);
}

static NTSTATUS device_add(WDFDRIVER Driver, PWDFDEVICE_INIT Init)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Control");
    WDF_IO_QUEUE_CONFIG config;

    UNREFERENCED_PARAMETER(Driver);
    CHECK_STATUS(WdfDeviceCreate(&Init, WDF_NO_OBJECT_ATTRIBUTES, &seen.device), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = control;
    CHECK_STATUS(WdfIoQueueCreate(seen.device, &config, WDF_NO_OBJECT_ATTRIBUTES, &seen.queue), STATUS_SUCCESS);
    return WdfDeviceCreateSymbolicLink(seen.device, &link);
}

static void begin(void (*handle)(WDFREQUEST request, size_t output, size_t input))
{
    memset(&seen, 0, sizeof(seen));
    seen.handle = handle;
    case_signal_make(&seen.given);
    wdf_case_verify(TESTKIT_VERIFIER_OFF);
    wdf_case_load(device_add);
    seen.started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Control", true, true, &seen.file), STATUS_SUCCESS);
}

static void end(void)
{
    testkit_close(seen.file);
    CHECK_STATUS(testkit_remove(seen.started), STATUS_SUCCESS);
    wdf_case_unload();
    case_signal_free(&seen.given);
}

static NTSTATUS send(uint64_t *information)
{
    unsigned char bytes[8] = "abcdefg";

    return (NTSTATUS)testkit_control(seen.file, ECHO, bytes, sizeof(bytes), bytes, sizeof(bytes), information);
}

static void send_of(uint32_t code, uint32_t input_length, uint32_t output_length)
{
    static unsigned char input[5000];
    static unsigned char output[5000];
    uint64_t information = 1;

    for (size_t index = 0; index < sizeof(input); index++)
    {
        input[index] = (unsigned char)(index * 7);
    }
    memset(output, 0xEE, sizeof(output));
    CHECK_STATUS(testkit_control(seen.file, code, input, input_length, output, output_length, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, output_length);
    for (size_t index = 0; index < sizeof(output); index++)
    {
        unsigned char expected = (unsigned char)(index >= output_length ? 0xEE :
                                                 index < input_length   ? (unsigned char)(index * 7) ^ 0x5A :
                                                                          index);

        CHECK_EQUAL(output[index], expected);
    }
}

static void control_of_every_size_comes_back_whole(void)
{
    static const uint32_t lengths[] = {0, 1, 15, 16, 64, 510, 511, 512, 513, 4096};

    begin(NULL);
    for (size_t input = 0; input < ARRAYSIZE(lengths); input++)
    {
        for (size_t output = 0; output < ARRAYSIZE(lengths); output++)
        {
            send_of(ECHO, lengths[input], lengths[output]);
        }
    }
    end();
}

static void complete_as_asked(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    PVOID buffer;

    UNREFERENCED_PARAMETER(InputLength);
    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, NULL), STATUS_SUCCESS);
    memset(buffer, 'x', OutputLength);
    WdfRequestCompleteWithInformation(Request, seen.status, seen.information);
}

static void check_outcome(NTSTATUS status, ULONG_PTR information, NTSTATUS expected, const char *output)
{
    char bytes[9] = "abcdefgh";
    uint64_t got = 99;

    seen.status = status;
    seen.information = information;
    CHECK_STATUS(testkit_control(seen.file, ECHO, bytes, 8, bytes, 8, &got), expected);
    CHECK_EQUAL(got, information);
    CHECK(strcmp(bytes, output) == 0);
}

static void sender_gets_as_many_bytes_as_the_driver_says_unless_it_is_an_error(void)
{
    begin(complete_as_asked);
    check_outcome(STATUS_SUCCESS, 3, STATUS_SUCCESS, "xxxdefgh");
    check_outcome(STATUS_SUCCESS, 0, STATUS_SUCCESS, "abcdefgh");
    check_outcome(STATUS_SUCCESS, 1000, STATUS_SUCCESS, "xxxxxxxx");
    check_outcome(STATUS_BUFFER_OVERFLOW, 2, STATUS_BUFFER_OVERFLOW, "xxcdefgh");
    check_outcome(STATUS_UNSUCCESSFUL, 4, STATUS_UNSUCCESSFUL, "abcdefgh");
    check_outcome(STATUS_WDF_BUSY, 0, STATUS_DEVICE_BUSY, "abcdefgh");
    end();
}

static void information_may_be_of_no_interest(void)
{
    begin(NULL);
    CHECK_STATUS(send(NULL), STATUS_SUCCESS);
    end();
}

static void control_that_the_file_may_not_send_never_arrives(void)
{
    struct testkit_file *reader;
    uint64_t information = 1;

    begin(NULL);
    CHECK_STATUS(testkit_open("\\??\\Control", true, false, &reader), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(reader, NEEDS_WRITE, NULL, 0, NULL, 0, &information), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(testkit_control(seen.file, NEEDS_WRITE, NULL, 0, NULL, 0, &information), STATUS_SUCCESS);
    testkit_close(reader);
    end();
}

static void keep(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    UNREFERENCED_PARAMETER(OutputLength);
    UNREFERENCED_PARAMETER(InputLength);
    seen.kept = Request;
    case_signal_give(&seen.given);
}

static void complete_kept(void *context)
{
    UNREFERENCED_PARAMETER(context);
    case_signal_take(&seen.given);
    echo(seen.kept, 8, 8);
}

static void control_that_another_thread_completes_wakes_its_sender(void)
{
    struct nt_thread *thread;
    uint64_t information = 0;

    begin(keep);
    thread = nt_thread_start(complete_kept, NULL);
    CHECK_STATUS(send(&information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 8);
    nt_thread_join(thread);
    end();
}

static void send_another(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    send_of(INNER, 64, 64);
    echo(Request, OutputLength, InputLength);
}

static void handler_may_send_a_control_to_its_own_device(void)
{
    begin(send_another);
    send_of(ECHO, 64, 100);
    end();
}

static void reference(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    if (seen.kept == NULL)
    {
        seen.kept = Request;
        WdfObjectReference(Request);
    }
    echo(Request, OutputLength, InputLength);
}

static void referenced_request_keeps_its_memory_while_others_come_and_go(void)
{
    begin(reference);
    for (unsigned count = 0; count < 3; count++)
    {
        send_of(ECHO, 64, 64);
    }
    WdfObjectDereference(seen.kept);
    send_of(ECHO, 64, 64);
    end();
}

typedef struct
{
    ULONG Value;
} MARK;

WDF_DECLARE_CONTEXT_TYPE(MARK)

static VOID on_cleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    seen.cleaned++;
}

static VOID on_destroy(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    seen.destroyed++;
}

static void add_context(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY child;
    PVOID context;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, MARK);
    attributes.EvtCleanupCallback = on_cleanup;
    attributes.EvtDestroyCallback = on_destroy;
    CHECK_STATUS(WdfObjectAllocateContext(Request, &attributes, &context), STATUS_SUCCESS);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = on_cleanup;
    attributes.EvtDestroyCallback = on_destroy;
    attributes.ParentObject = Request;
    CHECK_STATUS(WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 16, &child, NULL), STATUS_SUCCESS);
    echo(Request, OutputLength, InputLength);
    CHECK_EQUAL(seen.cleaned, 2);
}

static void contexts_and_children_of_a_request_end_before_its_sender_knows(void)
{
    begin(add_context);
    CHECK_STATUS(send(NULL), STATUS_SUCCESS);
    CHECK_EQUAL(seen.cleaned, 2);
    CHECK_EQUAL(seen.destroyed, 2);
    end();
}

static void look_at_parameters(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFMEMORY memory;

    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    WdfRequestGetCompletionParams(Request, &params);
    CHECK_EQUAL(params.Size, 0);
    CHECK_EQUAL(params.IoStatus.Information, 0);
    CHECK_STATUS(WdfRequestRetrieveOutputMemory(Request, &memory), STATUS_SUCCESS);
    CHECK(WdfRequestGetIoQueue(Request) == seen.queue);
    CHECK(!WdfRequestIsCanceled(Request));
    echo(Request, OutputLength, InputLength);
}

static void request_knows_what_any_request_knows(void)
{
    begin(look_at_parameters);
    for (unsigned count = 0; count < 3; count++)
    {
        CHECK_STATUS(send(NULL), STATUS_SUCCESS);
    }
    end();
}

static void requeue(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    if (seen.kept == NULL)
    {
        seen.kept = Request;
        WdfIoQueueStop(seen.queue, NULL, NULL);
        CHECK_STATUS(WdfRequestRequeue(Request), STATUS_INVALID_DEVICE_REQUEST);
        WdfIoQueueStart(seen.queue);
    }
    echo(Request, OutputLength, InputLength);
}

static void queue_that_stops_meanwhile_lets_the_request_end(void)
{
    begin(requeue);
    CHECK_STATUS(send(NULL), STATUS_SUCCESS);
    CHECK_STATUS(send(NULL), STATUS_SUCCESS);
    end();
}

static void send_many(void *context)
{
    unsigned char bytes[8] = "abcdefg";

    UNREFERENCED_PARAMETER(context);
    for (unsigned count = 0; count < 20; count++)
    {
        uint64_t information = 0;

        CHECK_STATUS(testkit_control(seen.file, ECHO, bytes, sizeof(bytes), bytes, sizeof(bytes), &information),
                     STATUS_SUCCESS);
        CHECK_EQUAL(information, sizeof(bytes));
    }
}

static void queue_stops_and_starts_while_several_threads_send(void)
{
    struct nt_thread *threads[3];

    begin(NULL);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(send_many, NULL);
    }
    for (unsigned count = 0; count < 5; count++)
    {
        WdfIoQueueStopSynchronously(seen.queue);
        WdfIoQueueStart(seen.queue);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    end();
}

static void complete_twice(WDFREQUEST Request, size_t OutputLength, size_t InputLength)
{
    echo(Request, OutputLength, InputLength);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 0);
}

static void stops_when_it_is_completed_twice(void)
{
    begin(complete_twice);
    (void)send(NULL);
}

const struct nt_case nt_cases[] = {
    CASE(control_of_every_size_comes_back_whole),
    CASE(sender_gets_as_many_bytes_as_the_driver_says_unless_it_is_an_error),
    CASE(information_may_be_of_no_interest),
    CASE(control_that_the_file_may_not_send_never_arrives),
    CASE(control_that_another_thread_completes_wakes_its_sender),
    CASE(handler_may_send_a_control_to_its_own_device),
    CASE(referenced_request_keeps_its_memory_while_others_come_and_go),
    CASE(contexts_and_children_of_a_request_end_before_its_sender_knows),
    CASE(request_knows_what_any_request_knows),
    CASE(queue_that_stops_meanwhile_lets_the_request_end),
    CASE(queue_stops_and_starts_while_several_threads_send),
    STOPS(stops_when_it_is_completed_twice, "WdfRequestCompleteWithInformation"),
    CASES_END,
};
