/* SPDX-License-Identifier: MIT */
/*
 * The executive's interrupt controller, as a driver without WDFINTERRUPT uses it.
 */
#include "case_signal.h"

#define LEVEL 6
#define VECTOR 0x41
#define IDENTIFIER "ROOT\\CASE\\0000"

static WDFDEVICE the_device;
static LONG services;
static LONG other_services;
static BOOLEAN is_mine;
static LONG inside;

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &the_device);
}

static KSERVICE_ROUTINE Service;
static KSERVICE_ROUTINE OtherService;
static KMESSAGE_SERVICE_ROUTINE MessageService;

static BOOLEAN Service(PKINTERRUPT Interrupt, PVOID ServiceContext)
{
    CHECK(*(PKINTERRUPT *)ServiceContext == Interrupt);
    CHECK_EQUAL(KeGetCurrentIrql(), LEVEL);
    CHECK_EQUAL(InterlockedIncrement(&inside), 1);
    services++;
    CHECK_EQUAL(InterlockedDecrement(&inside), 0);
    return is_mine;
}

static BOOLEAN OtherService(PKINTERRUPT Interrupt, PVOID ServiceContext)
{
    CHECK(*(PKINTERRUPT *)ServiceContext == Interrupt);
    InterlockedIncrement(&other_services);
    return TRUE;
}

static BOOLEAN MessageService(PKINTERRUPT Interrupt, PVOID ServiceContext, ULONG MessageID)
{
    PIO_INTERRUPT_MESSAGE_INFO table = *(PIO_INTERRUPT_MESSAGE_INFO *)ServiceContext;

    CHECK(table->MessageInfo[MessageID].InterruptObject == Interrupt);
    services += (LONG)MessageID + 1;
    return TRUE;
}

static NTSTATUS connect(PKINTERRUPT *interrupt, PKSERVICE_ROUTINE service, KINTERRUPT_MODE mode, BOOLEAN shared)
{
    return IoConnectInterrupt(interrupt, service, interrupt, NULL, VECTOR, LEVEL, LEVEL, mode, shared, 1, FALSE);
}

static void begin(void)
{
    services = 0;
    other_services = 0;
    inside = 0;
    is_mine = TRUE;
}

static void connected_routine_is_called_until_it_is_disconnected(void)
{
    GROUP_AFFINITY affinity;
    PKINTERRUPT interrupt;

    begin();
    CHECK(!testkit_interrupt(VECTOR));
    CHECK_STATUS(connect(&interrupt, Service, Latched, FALSE), STATUS_SUCCESS);
    CHECK(testkit_interrupt(VECTOR));
    is_mine = FALSE;
    CHECK(!testkit_interrupt(VECTOR));
    CHECK_STATUS(IoGetAffinityInterrupt(interrupt, &affinity), STATUS_SUCCESS);
    CHECK(affinity.Mask == 1 && affinity.Group == 0);
    IoDisconnectInterrupt(interrupt);
    CHECK(!testkit_interrupt(VECTOR));
    CHECK_EQUAL(services, 2);
}

static void connection_checks_what_it_is_given(void)
{
    IO_CONNECT_INTERRUPT_PARAMETERS parameters = {.Version = 99};
    PKINTERRUPT interrupt;

    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(parameters.Version, CONNECT_FULLY_SPECIFIED);
    CHECK_STATUS(IoConnectInterrupt(&interrupt, NULL, NULL, NULL, VECTOR, LEVEL, LEVEL, Latched, FALSE, 1, FALSE),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(IoConnectInterrupt(&interrupt, Service, NULL, NULL, VECTOR, LEVEL, LEVEL, Latched, FALSE, 0, FALSE),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(IoConnectInterrupt(&interrupt, Service, NULL, NULL, VECTOR, LEVEL, LEVEL - 1, Latched, FALSE, 1, FALSE),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        IoConnectInterrupt(&interrupt, Service, NULL, NULL, VECTOR, DISPATCH_LEVEL, LEVEL, Latched, FALSE, 1, FALSE),
        STATUS_INVALID_PARAMETER);
    CHECK(interrupt == NULL);
}

static void vector_is_shared_by_those_who_agree_to_it(void)
{
    PKINTERRUPT first;
    PKINTERRUPT second;

    begin();
    CHECK_STATUS(connect(&first, Service, LevelSensitive, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(connect(&second, OtherService, LevelSensitive, TRUE), STATUS_INVALID_PARAMETER);
    IoDisconnectInterrupt(first);
    CHECK_STATUS(connect(&first, Service, LevelSensitive, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(connect(&second, OtherService, LevelSensitive, FALSE), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(connect(&second, OtherService, Latched, TRUE), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(connect(&second, OtherService, LevelSensitive, TRUE), STATUS_SUCCESS);
    CHECK(testkit_interrupt(VECTOR));
    CHECK(services == 1 && other_services == 0);
    is_mine = FALSE;
    CHECK(testkit_interrupt(VECTOR));
    CHECK(services == 2 && other_services == 1);
    IoDisconnectInterrupt(first);
    IoDisconnectInterrupt(second);
}

static void everybody_hears_of_a_latched_interrupt(void)
{
    PKINTERRUPT first;
    PKINTERRUPT second;

    begin();
    CHECK_STATUS(connect(&first, Service, Latched, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(connect(&second, OtherService, Latched, TRUE), STATUS_SUCCESS);
    CHECK(testkit_interrupt(VECTOR));
    CHECK(services == 1 && other_services == 1);
    IoDisconnectInterrupt(second);
    IoDisconnectInterrupt(first);
}

static KSYNCHRONIZE_ROUTINE Synchronized;

static BOOLEAN Synchronized(PVOID SynchronizeContext)
{
    CHECK_EQUAL(KeGetCurrentIrql(), LEVEL);
    CHECK_EQUAL(InterlockedIncrement(&inside), 1);
    /* The line waits for this thread's level to drop. */
    CHECK(testkit_interrupt(VECTOR));
    CHECK_EQUAL(InterlockedDecrement(&inside), 0);
    return SynchronizeContext != NULL;
}

static void raise_often(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 20; round++)
    {
        (void)testkit_interrupt(VECTOR);
    }
}

static void synchronised_code_excludes_the_routine(void)
{
    struct nt_thread *threads[2];
    PKINTERRUPT interrupt;

    begin();
    CHECK_STATUS(connect(&interrupt, Service, Latched, FALSE), STATUS_SUCCESS);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(raise_often, NULL);
    }
    for (int round = 0; round < 10; round++)
    {
        KIRQL before;

        CHECK(KeSynchronizeExecution(interrupt, Synchronized, &interrupt));
        CHECK(!KeSynchronizeExecution(interrupt, Synchronized, NULL));
        before = KeAcquireInterruptSpinLock(interrupt);
        CHECK_EQUAL(InterlockedIncrement(&inside), 1);
        CHECK_EQUAL(InterlockedDecrement(&inside), 0);
        KeReleaseInterruptSpinLock(interrupt, before);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    IoDisconnectInterrupt(interrupt);
    CHECK(services >= 40 + 10);
}

static void disconnection_waits_for_the_routine(void)
{
    struct nt_thread *threads[2];
    PKINTERRUPT interrupt;
    LONG count;

    begin();
    CHECK_STATUS(connect(&interrupt, Service, Latched, FALSE), STATUS_SUCCESS);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(raise_often, NULL);
    }
    IoDisconnectInterrupt(interrupt);
    CHECK_EQUAL(inside, 0);
    count = services;
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(services, count);
}

/*
 * By the resources of a device.
 */

static struct testkit_device *start_with(const struct testkit_interrupt *interrupts, size_t count)
{
    begin();
    CHECK_STATUS(testkit_set_interrupts(IDENTIFIER, interrupts, count), STATUS_SUCCESS);
    wdf_case_load(DeviceAdd);
    return wdf_case_start();
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static const struct testkit_interrupt line = {.vector = VECTOR, .level = LEVEL};

static IO_CONNECT_INTERRUPT_PARAMETERS by_line(PKINTERRUPT *interrupt)
{
    return (IO_CONNECT_INTERRUPT_PARAMETERS){
        .Version = CONNECT_LINE_BASED,
        .LineBased =
            {
                .PhysicalDeviceObject = WdfDeviceWdmGetPhysicalDevice(the_device),
                .InterruptObject = interrupt,
                .ServiceRoutine = Service,
                .ServiceContext = interrupt,
            },
    };
}

static IO_CONNECT_INTERRUPT_PARAMETERS by_message(PIO_INTERRUPT_MESSAGE_INFO *table, PKSERVICE_ROUTINE fall_back)
{
    return (IO_CONNECT_INTERRUPT_PARAMETERS){
        .Version = CONNECT_MESSAGE_BASED,
        .MessageBased =
            {
                .PhysicalDeviceObject = WdfDeviceWdmGetPhysicalDevice(the_device),
                .ConnectionContext.InterruptMessageTable = table,
                .MessageServiceRoutine = MessageService,
                .ServiceContext = table,
                .FallBackServiceRoutine = fall_back,
            },
    };
}

static void disconnect(ULONG version, PVOID connection)
{
    IO_DISCONNECT_INTERRUPT_PARAMETERS parameters = {.Version = version, .ConnectionContext.Generic = connection};

    IoDisconnectInterruptEx(&parameters);
}

static void line_of_a_device_is_found_by_its_resources(void)
{
    struct testkit_device *device = start_with(&line, 1);
    IO_CONNECT_INTERRUPT_PARAMETERS parameters;
    PKINTERRUPT interrupt = NULL;

    parameters = by_line(&interrupt);
    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_SUCCESS);
    CHECK(testkit_interrupt(VECTOR));
    CHECK_EQUAL(services, 1);
    disconnect(parameters.Version, interrupt);
    finish(device);
    device = start_with(NULL, 0);
    parameters = by_line(&interrupt);
    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_NOT_FOUND);
    finish(device);
}

static void messages_of_a_device_have_a_table(void)
{
    static const struct testkit_interrupt messages[] = {
        {.vector = VECTOR, .level = LEVEL, .messages = 1},
        {.vector = VECTOR + 1, .level = LEVEL + 1, .messages = 1},
    };
    struct testkit_device *device = start_with(messages, ARRAYSIZE(messages));
    IO_REPORT_INTERRUPT_ACTIVE_STATE_PARAMETERS state = {.Version = CONNECT_MESSAGE_BASED};
    PIO_INTERRUPT_MESSAGE_INFO table = NULL;
    IO_CONNECT_INTERRUPT_PARAMETERS parameters = by_message(&table, Service);

    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_SUCCESS);
    CHECK_EQUAL(parameters.Version, CONNECT_MESSAGE_BASED);
    CHECK(table->MessageCount == 2 && table->UnifiedIrql == LEVEL + 1 && table->MessageInfo[1].Vector == VECTOR + 1);
    CHECK(testkit_interrupt(VECTOR) && testkit_interrupt(VECTOR + 1));
    CHECK_EQUAL(services, 3);
    state.ConnectionContext.InterruptMessageTable = table;
    IoReportInterruptInactive(&state);
    CHECK(!testkit_interrupt(VECTOR) && !testkit_interrupt(VECTOR + 1));
    IoReportInterruptActive(&state);
    CHECK(testkit_interrupt(VECTOR));
    disconnect(parameters.Version, table);
    CHECK(!testkit_interrupt(VECTOR));
    finish(device);
}

static void device_without_messages_falls_back_to_its_line(void)
{
    struct testkit_device *device = start_with(&line, 1);
    IO_CONNECT_INTERRUPT_PARAMETERS parameters;
    PIO_INTERRUPT_MESSAGE_INFO table = NULL;

    parameters = by_message(&table, NULL);
    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_NOT_FOUND);
    parameters = by_message(&table, Service);
    CHECK_STATUS(IoConnectInterruptEx(&parameters), STATUS_SUCCESS);
    CHECK_EQUAL(parameters.Version, CONNECT_LINE_BASED);
    CHECK(testkit_interrupt(VECTOR));
    CHECK_EQUAL(services, 1);
    disconnect(parameters.Version, table);
    finish(device);
}

static void connect_messages_without_memory(void)
{
    PIO_INTERRUPT_MESSAGE_INFO table = NULL;
    IO_CONNECT_INTERRUPT_PARAMETERS parameters = by_message(&table, NULL);
    NTSTATUS status = IoConnectInterruptEx(&parameters);

    CHECK(status == STATUS_SUCCESS || (status == STATUS_INSUFFICIENT_RESOURCES && table == NULL));
    if (NT_SUCCESS(status))
    {
        disconnect(CONNECT_MESSAGE_BASED, table);
    }
    CHECK(!testkit_interrupt(VECTOR));
}

static void connection_survives_each_failing_allocation(void)
{
    static const struct testkit_interrupt messages[] = {
        {.vector = VECTOR, .level = LEVEL, .messages = 1},
        {.vector = VECTOR + 1, .level = LEVEL, .messages = 1},
    };
    struct testkit_device *device = start_with(messages, ARRAYSIZE(messages));

    nt_fail_each_allocation(connect_messages_without_memory);
    finish(device);
}

static void disconnection_above_passive_level(void)
{
    PKINTERRUPT interrupt;
    KIRQL before;

    begin();
    CHECK_STATUS(connect(&interrupt, Service, Latched, FALSE), STATUS_SUCCESS);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    IoDisconnectInterrupt(interrupt);
}

const struct nt_case nt_cases[] = {
    CASE(connected_routine_is_called_until_it_is_disconnected),
    CASE(connection_checks_what_it_is_given),
    CASE(vector_is_shared_by_those_who_agree_to_it),
    CASE(everybody_hears_of_a_latched_interrupt),
    CASE(synchronised_code_excludes_the_routine),
    CASE(disconnection_waits_for_the_routine),
    CASE(line_of_a_device_is_found_by_its_resources),
    CASE(messages_of_a_device_have_a_table),
    CASE(device_without_messages_falls_back_to_its_line),
    CASE(connection_survives_each_failing_allocation),
    STOPS(disconnection_above_passive_level, "IRQL_NOT_LESS_OR_EQUAL"),
    CASES_END,
};
