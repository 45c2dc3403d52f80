/* SPDX-License-Identifier: MIT */
/*
 * Queues: forward progress.
 */
#include "queue_case.h"

enum
{
    RESERVED = 2,
};

typedef struct
{
    ULONG Mark;
} REQUEST_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestContextGet)

static WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy;
static NTSTATUS assigned;
static WDFQUEUE reserve_queue;
static unsigned reserved_made;
static unsigned reserved_fails_at;
static unsigned asked;
static unsigned examined;
static unsigned ended;
static bool memory_is_short;
static WDF_IO_FORWARD_PROGRESS_ACTION action;

static NTSTATUS allocate_for_reserved(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == reserve_queue);
    CHECK(WdfRequestIsReserved(Request));
    RequestContextGet(Request)->Mark = ++reserved_made;
    return reserved_made == reserved_fails_at ? STATUS_DEVICE_NOT_READY : STATUS_SUCCESS;
}

static NTSTATUS allocate_for_request(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == reserve_queue);
    CHECK(!WdfRequestIsReserved(Request));
    CHECK_EQUAL(RequestContextGet(Request)->Mark, 0);
    asked++;
    RequestContextGet(Request)->Mark = 100;
    return memory_is_short ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

static WDF_IO_FORWARD_PROGRESS_ACTION examine(WDFQUEUE Queue, PIRP Irp)
{
    CHECK(Queue == reserve_queue);
    CHECK_EQUAL(IoGetCurrentIrpStackLocation(Irp)->MajorFunction, IRP_MJ_DEVICE_CONTROL);
    examined++;
    return action;
}

static VOID count_end(WDFOBJECT Object)
{
    CHECK(RequestContextGet((WDFREQUEST)Object)->Mark != 0);
    ended++;
}

static VOID with_context(PWDFDEVICE_INIT Init)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    attributes.EvtCleanupCallback = count_end;
    WdfDeviceInitSetRequestAttributes(Init, &attributes);
}

static NTSTATUS with_policy(WDFDEVICE Device)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Device);
    status = make_queue(WdfIoQueueDispatchParallel, keep, true, &reserve_queue);
    assigned = NT_SUCCESS(status) ? WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy) : status;
    return status;
}

static void forget(void)
{
    reserved_made = reserved_fails_at = asked = examined = ended = 0;
    memory_is_short = true;
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_DEFAULT_INIT(&policy, RESERVED);
    policy.EvtIoAllocateResourcesForReservedRequest = allocate_for_reserved;
    policy.EvtIoAllocateRequestResources = allocate_for_request;
    queue_case.initialise = with_context;
}

static void complete(unsigned index)
{
    WdfRequestComplete(kept[index], STATUS_SUCCESS);
}

static void requests_come_without_reserve_while_there_is_memory(void)
{
    struct testkit_operation *operation;

    forget();
    memory_is_short = false;
    begin(with_policy);
    CHECK_STATUS(assigned, STATUS_SUCCESS);
    CHECK_EQUAL(reserved_made, RESERVED);
    operation = start();
    CHECK_EQUAL(asked, 1);
    CHECK(!WdfRequestIsReserved(kept[0]));
    CHECK_EQUAL(RequestContextGet(kept[0])->Mark, 100);
    complete(0);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    CHECK_EQUAL(ended, 1);
    end();
    CHECK_EQUAL(ended, 1 + RESERVED);
}

static void reserved_request_takes_the_place_of_one_whose_resources_fail(void)
{
    struct testkit_operation *operation;

    forget();
    begin(with_policy);
    for (unsigned round = 1; round <= 3 * RESERVED; round++)
    {
        kept_count = 0;
        operation = start();
        CHECK_EQUAL(asked, round);
        /* The one that the driver could not prepare has gone, and it heard of that. */
        CHECK_EQUAL(ended, round);
        CHECK_EQUAL(kept_count, 1);
        CHECK(WdfRequestIsReserved(kept[0]));
        CHECK(WdfRequestGetIoQueue(kept[0]) == reserve_queue);
        CHECK_EQUAL(RequestContextGet(kept[0])->Mark, (round - 1) % RESERVED + 1);
        complete(0);
        CHECK_STATUS(finish(operation), STATUS_SUCCESS);
        CHECK_EQUAL(ended, round);
    }
    end();
    CHECK_EQUAL(ended, 4 * RESERVED);
}

static void packets_wait_for_a_reserved_request_in_their_order(void)
{
    struct testkit_operation *operations[RESERVED + 2];

    forget();
    begin(with_policy);
    for (unsigned index = 0; index < RESERVED + 2; index++)
    {
        operations[index] = start();
    }
    CHECK_EQUAL(kept_count, RESERVED);
    complete(1);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, RESERVED + 1);
    CHECK(kept[RESERVED] == kept[1]);
    WdfRequestComplete(kept[RESERVED], STATUS_DEVICE_BUSY);
    CHECK_STATUS(finish(operations[RESERVED]), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(kept_count, RESERVED + 2);
    complete(0);
    complete(RESERVED + 1);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[RESERVED + 1]), STATUS_SUCCESS);
    end();
}

static void waiting_packet_is_cancelled_by_its_sender(void)
{
    struct testkit_operation *operations[RESERVED + 1];

    forget();
    begin(with_policy);
    for (unsigned index = 0; index < RESERVED + 1; index++)
    {
        operations[index] = start();
    }
    testkit_cancel(operations[RESERVED]);
    CHECK_STATUS(finish(operations[RESERVED]), STATUS_CANCELLED);
    CHECK_EQUAL(kept_count, RESERVED);
    for (unsigned index = 0; index < RESERVED; index++)
    {
        complete(index);
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    end();
}

static void waiting_packets_are_cancelled_by_a_purge_and_hold_off_a_drain(void)
{
    struct testkit_operation *operations[RESERVED + 1];

    forget();
    begin(with_policy);
    for (unsigned index = 0; index < RESERVED + 1; index++)
    {
        operations[index] = start();
    }
    WdfIoQueuePurge(reserve_queue, NULL, NULL);
    CHECK_STATUS(finish(operations[RESERVED]), STATUS_CANCELLED);
    for (unsigned index = 0; index < RESERVED; index++)
    {
        complete(index);
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    CHECK_STATUS(run(), STATUS_INVALID_DEVICE_STATE);
    WdfIoQueueStart(reserve_queue);
    kept_count = 0;
    for (unsigned index = 0; index < RESERVED + 1; index++)
    {
        operations[index] = start();
    }
    WdfIoQueueDrain(reserve_queue, NULL, NULL);
    complete(0);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, RESERVED + 1);
    complete(1);
    complete(RESERVED);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[RESERVED]), STATUS_SUCCESS);
    end();
}

static void driver_examines_packets_when_that_is_the_policy(void)
{
    struct testkit_operation *operation;

    forget();
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_EXAMINE_INIT(&policy, 1, examine);
    policy.EvtIoAllocateRequestResources = allocate_for_request;
    queue_case.initialise = with_context;
    begin(with_policy);
    CHECK_STATUS(assigned, STATUS_SUCCESS);
    action = WdfIoForwardProgressActionFailRequest;
    CHECK_STATUS(run(), STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(examined, 1);
    action = WdfIoForwardProgressActionUseReservedRequest;
    operation = start();
    CHECK_EQUAL(examined, 2);
    CHECK(WdfRequestIsReserved(kept[0]));
    RequestContextGet(kept[0])->Mark = 1;
    complete(0);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    memory_is_short = false;
    operation = start();
    CHECK_EQUAL(examined, 2);
    complete(1);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void paging_policy_refuses_what_is_not_paging(void)
{
    forget();
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_PAGINGIO_INIT(&policy, 1);
    policy.EvtIoAllocateResourcesForReservedRequest = allocate_for_reserved;
    policy.EvtIoAllocateRequestResources = allocate_for_request;
    begin(with_policy);
    CHECK_STATUS(run(), STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(kept_count, 0);
    end();
}

static NTSTATUS without_policy(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, keep, true, &reserve_queue);
}

static void policy_is_checked(void)
{
    WDFQUEUE manual;

    forget();
    begin(without_policy);
    policy.Size--;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INFO_LENGTH_MISMATCH);
    forget();
    policy.TotalForwardProgressRequests = 0;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INVALID_PARAMETER);
    forget();
    policy.ForwardProgressReservedPolicy = WdfIoForwardProgressInvalidPolicy;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INVALID_PARAMETER);
    policy.ForwardProgressReservedPolicy = (WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY)4;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INVALID_PARAMETER);
    policy.ForwardProgressReservedPolicy = WdfIoForwardProgressReservedPolicyUseExamine;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INVALID_PARAMETER);
    forget();
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &manual), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(manual, &policy), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(reserved_made, 0);
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_INVALID_DEVICE_REQUEST);
    end();
}

static void driver_that_cannot_prepare_a_reserved_request_gets_its_status_and_all_of_them_back(void)
{
    forget();
    begin(without_policy);
    reserved_fails_at = 2;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_DEVICE_NOT_READY);
    CHECK_EQUAL(ended, 2);
    memory_is_short = false;
    reserved_fails_at = 0;
    reserved_made = 0;
    CHECK_STATUS(WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy), STATUS_SUCCESS);
    end();
}

static void assign_once(void)
{
    static bool done;
    NTSTATUS status;

    if (done)
    {
        return;
    }
    status = WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy);
    done = NT_SUCCESS(status);
    CHECK(done || status == STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(ended, reserved_made - (done ? RESERVED : 0));
}

static void failed_assignment_leaves_nothing(void)
{
    forget();
    begin(without_policy);
    nt_fail_each_allocation(assign_once);
    end();
}

static void buffers_of_a_reserved_request_are_those_of_its_packet(void)
{
    forget();
    begin(with_policy);
    for (unsigned round = 0; round < 2 * RESERVED; round++)
    {
        char answer[] = "answ";
        char text[8] = {0};
        struct testkit_operation *operation;
        WDFMEMORY input;
        WDFMEMORY output;
        PMDL list;

        kept_count = 0;
        operation = testkit_control_start(file, QUEUE_CODE, round % 2 == 0 ? "even" : "odd.", 4, text, 4);
        CHECK_STATUS(WdfRequestRetrieveInputMemory(kept[0], &input), STATUS_SUCCESS);
        CHECK_STATUS(WdfRequestRetrieveOutputMemory(kept[0], &output), STATUS_SUCCESS);
        CHECK_STATUS(WdfRequestRetrieveOutputWdmMdl(kept[0], &list), STATUS_SUCCESS);
        CHECK(memcmp(WdfMemoryGetBuffer(input, NULL), round % 2 == 0 ? "even" : "odd.", 4) == 0);
        CHECK_EQUAL(MmGetMdlByteCount(list), 4);
        CHECK_STATUS(WdfMemoryCopyFromBuffer(output, 0, answer, 4), STATUS_SUCCESS);
        WdfRequestCompleteWithInformation(kept[0], STATUS_SUCCESS, 4);
        CHECK_STATUS(finish(operation), STATUS_SUCCESS);
        CHECK(memcmp(text, "answ", 4) == 0);
    }
    end();
}

static VOID on_cancel(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void reserved_request_is_cancelled_forwarded_and_comes_back(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    forget();
    begin(with_policy);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &queue), STATUS_SUCCESS);
    for (unsigned round = 0; round < 2 * RESERVED; round++)
    {
        kept_count = 0;
        operation = start();
        CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], on_cancel), STATUS_SUCCESS);
        testkit_cancel(operation);
        CHECK_STATUS(finish(operation), STATUS_CANCELLED);
        operation = start();
        CHECK_STATUS(WdfRequestForwardToIoQueue(kept[1], queue), STATUS_SUCCESS);
        CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_SUCCESS);
        CHECK(request == kept[1] && WdfRequestIsReserved(request));
        WdfRequestComplete(request, STATUS_SUCCESS);
        CHECK_STATUS(finish(operation), STATUS_SUCCESS);
        operation = start();
        CHECK_STATUS(WdfRequestForwardToIoQueue(kept[2], queue), STATUS_SUCCESS);
        testkit_cancel(operation);
        CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    }
    end();
    CHECK_EQUAL(ended, 7 * RESERVED);
}

/* Several senders, more than there are reserved requests; handlers end what they get at once. */
static void send_some(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 20; round++)
    {
        struct testkit_operation *operation = testkit_control_start(file, QUEUE_CODE, NULL, 0, NULL, 0);
        NTSTATUS status;

        CHECK(operation != NULL);
        if (round % 4 == 0)
        {
            testkit_cancel(operation);
        }
        status = (NTSTATUS)testkit_wait(operation, NULL);
        CHECK(status == STATUS_SUCCESS || (round % 4 == 0 && status == STATUS_CANCELLED));
    }
}

static NTSTATUS with_quick_handler(WDFDEVICE Device)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Device);
    status = make_queue(WdfIoQueueDispatchSequential, succeed, true, &reserve_queue);
    return NT_SUCCESS(status) ? WdfIoQueueAssignForwardProgressPolicy(reserve_queue, &policy) : status;
}

static NTSTATUS refuse_always(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    return STATUS_INSUFFICIENT_RESOURCES;
}

static void senders_share_the_reserve(void)
{
    struct nt_thread *threads[3];

    forget();
    policy.EvtIoAllocateRequestResources = refuse_always;
    policy.EvtIoAllocateResourcesForReservedRequest = NULL;
    queue_case.initialise = NULL;
    begin(with_quick_handler);
    for (unsigned index = 0; index < 3; index++)
    {
        threads[index] = nt_thread_start(send_some, NULL);
    }
    for (unsigned index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    end();
}

const struct nt_case nt_cases[] = {
    CASE(requests_come_without_reserve_while_there_is_memory),
    CASE(reserved_request_takes_the_place_of_one_whose_resources_fail),
    CASE(packets_wait_for_a_reserved_request_in_their_order),
    CASE(waiting_packet_is_cancelled_by_its_sender),
    CASE(waiting_packets_are_cancelled_by_a_purge_and_hold_off_a_drain),
    CASE(driver_examines_packets_when_that_is_the_policy),
    CASE(paging_policy_refuses_what_is_not_paging),
    CASE(policy_is_checked),
    CASE(driver_that_cannot_prepare_a_reserved_request_gets_its_status_and_all_of_them_back),
    CASE(failed_assignment_leaves_nothing),
    CASE(buffers_of_a_reserved_request_are_those_of_its_packet),
    CASE(reserved_request_is_cancelled_forwarded_and_comes_back),
    CASE(senders_share_the_reserve),
    CASES_END,
};
