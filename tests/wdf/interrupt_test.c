/* SPDX-License-Identifier: MIT */
/*
 * WDFINTERRUPT.
 */
#include "case_signal.h"

#define DEVICE_LEVEL 5
#define VECTOR 0x31
#define OTHER_VECTOR 0x32
#if defined(DMF_USER_MODE)
#define WDF_IS_USER TRUE
#else
#define WDF_IS_USER FALSE
#endif
#define IDENTIFIER "ROOT\\CASE\\0000"

/* What happens, in order. */
enum step
{
    STEP_D0_ENTRY = 1,
    STEP_ENABLE_1,
    STEP_ENABLE_2,
    STEP_POST_ENABLED,
    STEP_PRE_DISABLED,
    STEP_DISABLE_2,
    STEP_DISABLE_1,
    STEP_D0_EXIT,
    STEP_RELEASED,
};

static struct
{
    WDFDEVICE device;
    WDFQUEUE queue;
    WDF_OBJECT_ATTRIBUTES device_attributes;
    WDF_INTERRUPT_CONFIG configs[2];
    WDF_OBJECT_ATTRIBUTES attributes;
    ULONG config_count;
    BOOLEAN in_prepare;
    NTSTATUS create_status;
    BOOLEAN second_fails;
    WDFINTERRUPT interrupts[2];
    struct case_signal served;
    struct case_signal deferred;
    struct case_signal go_on;
    LONG services;
    LONG inside;
    LONG deferrals;
    ULONG message;
    BOOLEAN foreign;
    LONG steps[32];
    LONG step_count;
} made;

static void step(enum step what)
{
    LONG index = InterlockedIncrement(&made.step_count) - 1;

    CHECK((size_t)index < ARRAYSIZE(made.steps));
    made.steps[index] = (LONG)what;
}

static void check_steps(const enum step *expected, size_t count)
{
    CHECK_EQUAL(made.step_count, count);
    for (size_t index = 0; index < count; index++)
    {
        CHECK_EQUAL(made.steps[index], expected[index]);
    }
    made.step_count = 0;
}

/*
 * Callbacks.
 */

static EVT_WDF_INTERRUPT_ISR Isr;
static EVT_WDF_INTERRUPT_DPC Dpc;
static EVT_WDF_INTERRUPT_WORKITEM WorkItem;
static EVT_WDF_INTERRUPT_ENABLE Enable;
static EVT_WDF_INTERRUPT_DISABLE Disable;

#if defined(DMF_USER_MODE)
#define CHECK_LEVEL(Expected) (void)(Expected)
#else
#define CHECK_LEVEL(Expected) CHECK_EQUAL(KeGetCurrentIrql(), (Expected))
#endif

/* In the user flavour all interrupts are passive. */
static BOOLEAN is_passive(WDFINTERRUPT interrupt)
{
    return WDF_IS_USER || made.configs[interrupt == made.interrupts[1]].PassiveHandling;
}

static BOOLEAN Isr(WDFINTERRUPT Interrupt, ULONG MessageID)
{
    CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
    CHECK_LEVEL(is_passive(Interrupt) ? PASSIVE_LEVEL : DEVICE_LEVEL);
    made.message = MessageID;
    made.services++;
    if (made.configs[Interrupt == made.interrupts[1]].EvtInterruptDpc != NULL)
    {
        (void)WdfInterruptQueueDpcForIsr(Interrupt);
    }
    if (made.configs[Interrupt == made.interrupts[1]].EvtInterruptWorkItem != NULL)
    {
        (void)WdfInterruptQueueWorkItemForIsr(Interrupt);
    }
    CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
    case_signal_give(&made.served);
    return !made.foreign;
}

static VOID Dpc(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject)
{
    CHECK_LEVEL(DISPATCH_LEVEL);
    CHECK(AssociatedObject == (WDFOBJECT)WdfInterruptGetDevice(Interrupt));
    InterlockedIncrement(&made.deferrals);
    case_signal_give(&made.deferred);
}

static VOID WorkItem(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject)
{
    UNREFERENCED_PARAMETER(Interrupt);
    CHECK_LEVEL(PASSIVE_LEVEL);
    CHECK(AssociatedObject == (WDFOBJECT)made.device);
    InterlockedIncrement(&made.deferrals);
    case_signal_give(&made.deferred);
}

static NTSTATUS Enable(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice)
{
    CHECK(AssociatedDevice == made.device);
    CHECK_LEVEL(is_passive(Interrupt) ? PASSIVE_LEVEL : DEVICE_LEVEL);
    step(Interrupt == made.interrupts[0] ? STEP_ENABLE_1 : STEP_ENABLE_2);
    return made.second_fails && Interrupt == made.interrupts[1] ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

static NTSTATUS Disable(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice)
{
    CHECK(AssociatedDevice == made.device);
    CHECK_LEVEL(is_passive(Interrupt) ? PASSIVE_LEVEL : DEVICE_LEVEL);
    step(Interrupt == made.interrupts[0] ? STEP_DISABLE_1 : STEP_DISABLE_2);
    return STATUS_SUCCESS;
}

/*
 * The device.
 */

static void create_interrupts(WDFDEVICE device, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
    for (ULONG index = 0; index < made.config_count && NT_SUCCESS(made.create_status); index++)
    {
        if (raw != NULL)
        {
            made.configs[index].InterruptRaw = WdfCmResourceListGetDescriptor(raw, index);
            made.configs[index].InterruptTranslated = WdfCmResourceListGetDescriptor(translated, index);
        }
        made.create_status = WdfInterruptCreate(device, &made.configs[index], &made.attributes, &made.interrupts[index]);
        CHECK(NT_SUCCESS(made.create_status) == (made.interrupts[index] != NULL));
    }
}

static EVT_WDF_DEVICE_PREPARE_HARDWARE PrepareHardware;
static EVT_WDF_DEVICE_RELEASE_HARDWARE ReleaseHardware;
static EVT_WDF_DEVICE_D0_ENTRY D0Entry;
static EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED PostEnabled;
static EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED PreDisabled;
static EVT_WDF_DEVICE_D0_EXIT D0Exit;

static NTSTATUS PrepareHardware(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    if (made.in_prepare)
    {
        create_interrupts(Device, ResourcesRaw, ResourcesTranslated);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS ReleaseHardware(WDFDEVICE Device, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    step(STEP_RELEASED);
    return STATUS_SUCCESS;
}

static NTSTATUS D0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(PreviousState);
    CHECK(!testkit_interrupt(VECTOR));
    step(STEP_D0_ENTRY);
    return STATUS_SUCCESS;
}

static NTSTATUS PostEnabled(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(PreviousState);
    step(STEP_POST_ENABLED);
    return STATUS_SUCCESS;
}

static NTSTATUS PreDisabled(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(TargetState);
    step(STEP_PRE_DISABLED);
    return STATUS_SUCCESS;
}

static NTSTATUS D0Exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(TargetState);
    CHECK(!testkit_interrupt(VECTOR));
    step(STEP_D0_EXIT);
    return STATUS_SUCCESS;
}

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = PrepareHardware;
    callbacks.EvtDeviceReleaseHardware = ReleaseHardware;
    callbacks.EvtDeviceD0Entry = D0Entry;
    callbacks.EvtDeviceD0EntryPostInterruptsEnabled = PostEnabled;
    callbacks.EvtDeviceD0ExitPreInterruptsDisabled = PreDisabled;
    callbacks.EvtDeviceD0Exit = D0Exit;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    status = WdfDeviceCreate(&DeviceInit, &made.device_attributes, &made.device);
    if (NT_SUCCESS(status) && !made.in_prepare)
    {
        create_interrupts(made.device, NULL, NULL);
    }
    return status;
}

static void begin(ULONG count)
{
    RtlZeroMemory(&made, sizeof(made));
    case_signal_make(&made.served);
    case_signal_make(&made.deferred);
    case_signal_make(&made.go_on);
    WDF_OBJECT_ATTRIBUTES_INIT(&made.attributes);
    WDF_OBJECT_ATTRIBUTES_INIT(&made.device_attributes);
    made.config_count = count;
    for (ULONG index = 0; index < ARRAYSIZE(made.configs); index++)
    {
        WDF_INTERRUPT_CONFIG_INIT(&made.configs[index], Isr, Dpc);
        made.configs[index].EvtInterruptEnable = Enable;
        made.configs[index].EvtInterruptDisable = Disable;
    }
    wdf_case_load(DeviceAdd);
}

static void give_resources(size_t count)
{
    static const struct testkit_interrupt interrupts[] = {
        {.vector = VECTOR, .level = DEVICE_LEVEL},
        {.vector = OTHER_VECTOR, .level = DEVICE_LEVEL, .latched = true},
    };

    CHECK_STATUS(testkit_set_interrupts(IDENTIFIER, interrupts, count), STATUS_SUCCESS);
}

static void end(void)
{
    CHECK(!testkit_interrupt(VECTOR));
    CHECK(!testkit_interrupt(OTHER_VECTOR));
    wdf_case_unload();
    case_signal_free(&made.served);
    case_signal_free(&made.deferred);
    case_signal_free(&made.go_on);
}

static struct testkit_device *start(ULONG count)
{
    struct testkit_device *device;

    give_resources(count);
    device = wdf_case_start();
    CHECK_STATUS(made.create_status, STATUS_SUCCESS);
    return device;
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

/*
 * Creation.
 */

/* The status of creating the one interrupt with the configuration as it is now. */
static NTSTATUS try_create(void)
{
    struct testkit_device *device;

    made.create_status = STATUS_SUCCESS;
    made.interrupts[0] = NULL;
    made.step_count = 0;
    give_resources(1);
    device = wdf_case_start();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    return made.create_status;
}

static void create_checks_the_configuration(void)
{
    begin(1);
    wdf_case_tolerate("V46");
    made.configs[0].Size--;
    CHECK_STATUS(try_create(), STATUS_INFO_LENGTH_MISMATCH);
    made.configs[0].Size++;
    made.configs[0].EvtInterruptIsr = NULL;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    made.configs[0].EvtInterruptIsr = Isr;
    made.configs[0].EvtInterruptWorkItem = WorkItem;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    made.configs[0].EvtInterruptDpc = NULL;
    CHECK_STATUS(try_create(), STATUS_SUCCESS);
    made.configs[0].CanWakeDevice = TRUE;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    made.configs[0].CanWakeDevice = FALSE;
    made.configs[0].InterruptRaw = (PCM_PARTIAL_RESOURCE_DESCRIPTOR)&made;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    made.configs[0].InterruptRaw = NULL;
    made.attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(try_create(), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    end();
}

static void create_wants_the_lock_of_its_kind(void)
{
    WDFWAITLOCK wait_lock;
    WDFSPINLOCK spin_lock;

    begin(1);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &wait_lock), STATUS_SUCCESS);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &spin_lock), STATUS_SUCCESS);
    made.configs[0].WaitLock = wait_lock;
    CHECK_STATUS(try_create(), WDF_IS_USER ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
    made.configs[0].PassiveHandling = TRUE;
    CHECK_STATUS(try_create(), STATUS_SUCCESS);
    made.configs[0].WaitLock = NULL;
    made.configs[0].SpinLock = spin_lock;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    made.configs[0].PassiveHandling = FALSE;
    CHECK_STATUS(try_create(), WDF_IS_USER ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS);
    end();
}

static void parent_is_the_device_or_needs_serialisation(void)
{
    begin(1);
    made.attributes.ParentObject = WdfGetDriver();
    CHECK_STATUS(try_create(), STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    made.configs[0].AutomaticSerialization = TRUE;
    CHECK_STATUS(try_create(), STATUS_INVALID_PARAMETER);
    end();
}

static void serialised_callback_runs_at_the_level_of_its_device(void)
{
    for (int passive = 0; passive < 2; passive++)
    {
        begin(1);
        made.device_attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
        made.device_attributes.ExecutionLevel = passive ? WdfExecutionLevelPassive : WdfExecutionLevelDispatch;
        made.configs[0].AutomaticSerialization = TRUE;
        CHECK_STATUS(try_create(), passive && !WDF_IS_USER ? STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL : STATUS_SUCCESS);
        made.configs[0].EvtInterruptDpc = NULL;
        made.configs[0].EvtInterruptWorkItem = WorkItem;
        CHECK_STATUS(try_create(), passive || WDF_IS_USER ? STATUS_SUCCESS : STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL);
        end();
    }
}

static void interrupt_is_not_made_when_the_device_works(void)
{
    struct testkit_device *device;
    WDFINTERRUPT late;

    begin(1);
    device = start(1);
    CHECK_STATUS(WdfInterruptCreate(made.device, &made.configs[0], WDF_NO_OBJECT_ATTRIBUTES, &late),
                 STATUS_INVALID_DEVICE_STATE);
    CHECK(late == NULL);
    finish(device);
}

static void driver_does_not_delete_an_interrupt(void)
{
    struct testkit_device *device;

    begin(1);
    device = start(1);
    wdf_case_tolerate("V47");
    WdfObjectDelete(made.interrupts[0]);
    CHECK(WdfInterruptGetDevice(made.interrupts[0]) == made.device);
    finish(device);
}

/*
 * Order.
 */

static void interrupts_are_connected_and_enabled_in_the_order_of_creation_and_back(void)
{
    static const enum step up[] = {STEP_D0_ENTRY, STEP_ENABLE_1, STEP_ENABLE_2, STEP_POST_ENABLED};
    static const enum step down[] = {STEP_PRE_DISABLED, STEP_DISABLE_2, STEP_DISABLE_1, STEP_D0_EXIT, STEP_RELEASED};
    struct testkit_device *device;

    begin(2);
    device = start(2);
    check_steps(up, ARRAYSIZE(up));
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    check_steps(down, ARRAYSIZE(down));
    end();
}

static void failing_enable_undoes_those_before_it(void)
{
    static const enum step steps[] = {STEP_D0_ENTRY,  STEP_ENABLE_1, STEP_ENABLE_2,
                                      STEP_DISABLE_1, STEP_D0_EXIT,  STEP_RELEASED};
    struct testkit_device *device;

    begin(2);
    made.second_fails = TRUE;
    give_resources(2);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_DEVICE_POWER_FAILURE);
    check_steps(steps, ARRAYSIZE(steps));
    end();
}

static void interrupts_of_prepare_hardware_are_gone_after_release_hardware(void)
{
    struct testkit_device *device;

    begin(2);
    made.in_prepare = TRUE;
    device = start(2);
    CHECK(testkit_interrupt(VECTOR));
    case_signal_take(&made.deferred);
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    CHECK(testkit_interrupt(OTHER_VECTOR));
    case_signal_take(&made.deferred);
    finish(device);
    CHECK_EQUAL(made.services, 2);
}

static void interrupt_without_a_resource_is_never_called(void)
{
    static const enum step up[] = {STEP_D0_ENTRY, STEP_ENABLE_1, STEP_POST_ENABLED};
    struct testkit_device *device;

    begin(2);
    give_resources(1);
    device = wdf_case_start();
    check_steps(up, ARRAYSIZE(up));
    CHECK(testkit_interrupt(VECTOR));
    CHECK(!testkit_interrupt(OTHER_VECTOR));
    finish(device);
}

/*
 * Service.
 */

static void interrupt_is_served_and_what_it_queues_runs(void)
{
    struct testkit_device *device;

    begin(1);
    device = start(1);
    for (LONG round = 1; round <= 10; round++)
    {
        CHECK(testkit_interrupt(VECTOR));
        case_signal_take(&made.served);
        case_signal_take(&made.deferred);
        CHECK_EQUAL(made.services, round);
        CHECK_EQUAL(made.deferrals, round);
    }
    CHECK(!testkit_interrupt(VECTOR + 1));
    finish(device);
}

static void passive_interrupt_is_served_by_a_worker(void)
{
    struct testkit_device *device;

    begin(1);
    made.configs[0].PassiveHandling = TRUE;
    made.configs[0].EvtInterruptDpc = NULL;
    made.configs[0].EvtInterruptWorkItem = WorkItem;
    device = start(1);
    CHECK(testkit_interrupt(VECTOR));
    case_signal_take(&made.served);
    case_signal_take(&made.deferred);
    finish(device);
    CHECK_EQUAL(made.services, 1);
}

static EVT_WDF_INTERRUPT_ISR StayInside;

static BOOLEAN StayInside(WDFINTERRUPT Interrupt, ULONG MessageID)
{
    UNREFERENCED_PARAMETER(Interrupt);
    UNREFERENCED_PARAMETER(MessageID);
    CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
    if (made.services++ == 0)
    {
        case_signal_give(&made.served);
        case_signal_take(&made.go_on);
    }
    else
    {
        case_signal_give(&made.deferred);
    }
    CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
    return TRUE;
}

static void line_of_a_passive_interrupt_is_masked_while_it_is_served(void)
{
    struct testkit_device *device;

    begin(1);
    made.configs[0].PassiveHandling = TRUE;
    made.configs[0].EvtInterruptIsr = StayInside;
    device = start(1);
    CHECK(testkit_interrupt(VECTOR));
    case_signal_take(&made.served);
    CHECK(testkit_interrupt(VECTOR));
    CHECK(testkit_interrupt(VECTOR));
    CHECK_EQUAL(made.services, 1);
    CHECK(!WdfInterruptTryToAcquireLock(made.interrupts[0]));
    case_signal_give(&made.go_on);
    case_signal_take(&made.deferred);
    finish(device);
    CHECK_EQUAL(made.services, 2);
}

static EVT_WDF_INTERRUPT_SYNCHRONIZE Synchronized;

static BOOLEAN Synchronized(WDFINTERRUPT Interrupt, WDFCONTEXT Context)
{
    CHECK(Interrupt == made.interrupts[0]);
    CHECK_LEVEL(is_passive(Interrupt) ? PASSIVE_LEVEL : DEVICE_LEVEL);
    CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
    CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
    return Context != NULL;
}

static void raise_often(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 20; round++)
    {
        (void)testkit_interrupt(VECTOR);
    }
}

static void run_synchronized(BOOLEAN passive)
{
    struct nt_thread *threads[2];
    struct testkit_device *device;

    begin(1);
    made.configs[0].PassiveHandling = passive || WDF_IS_USER;
    device = start(1);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(raise_often, NULL);
    }
    for (int round = 0; round < 10; round++)
    {
        CHECK(WdfInterruptSynchronize(made.interrupts[0], Synchronized, &made));
        CHECK(!WdfInterruptSynchronize(made.interrupts[0], Synchronized, NULL));
        WdfInterruptAcquireLock(made.interrupts[0]);
        CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
        CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
        WdfInterruptReleaseLock(made.interrupts[0]);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    finish(device);
}

static void lock_and_synchronize_exclude_the_service_routine(void)
{
    run_synchronized(FALSE);
}

static void lock_of_a_passive_interrupt_excludes_the_service_routine(void)
{
    run_synchronized(TRUE);
}

static void try_to_acquire_is_for_passive_interrupts(void)
{
    struct testkit_device *device;

    begin(1);
    device = start(1);
    if (WDF_IS_USER)
    {
        CHECK(WdfInterruptTryToAcquireLock(made.interrupts[0]));
        WdfInterruptReleaseLock(made.interrupts[0]);
    }
    else
    {
        CHECK(!WdfInterruptTryToAcquireLock(made.interrupts[0]));
    }
    finish(device);
}

/* Raised by the thread that holds the interrupt's lock: it is served when the lock is free and the level has dropped. */
static void interrupt_that_the_holder_of_its_lock_raises_waits(void)
{
    struct testkit_device *device;

    begin(1);
    device = start(1);
    WdfInterruptAcquireLock(made.interrupts[0]);
    CHECK(testkit_interrupt(VECTOR));
    CHECK_EQUAL(made.services, 0);
    WdfInterruptReleaseLock(made.interrupts[0]);
    case_signal_take(&made.served);
    CHECK_EQUAL(made.services, 1);
    finish(device);
}

static void messages_have_their_vectors_and_numbers(void)
{
    static const struct testkit_interrupt messages = {.vector = VECTOR, .level = DEVICE_LEVEL, .messages = 2};
    struct testkit_device *device;
    WDF_INTERRUPT_INFO info;

    begin(2);
    CHECK_STATUS(testkit_set_interrupts(IDENTIFIER, &messages, 1), STATUS_SUCCESS);
    device = wdf_case_start();
    for (ULONG number = 0; number < 2; number++)
    {
        WDF_INTERRUPT_INFO_INIT(&info);
        WdfInterruptGetInfo(made.interrupts[number], &info);
        CHECK(info.MessageSignaled && info.MessageNumber == number && info.Vector == VECTOR + number);
        CHECK(testkit_interrupt(VECTOR + number));
        case_signal_take(&made.served);
        CHECK_EQUAL(made.message, number);
    }
    finish(device);
}

static void info_is_what_the_resource_says(void)
{
    struct testkit_device *device;
    WDF_INTERRUPT_INFO info;

    begin(2);
    device = start(2);
    WDF_INTERRUPT_INFO_INIT(&info);
    WdfInterruptGetInfo(made.interrupts[1], &info);
    CHECK(info.Vector == OTHER_VECTOR && info.Mode == Latched && !info.MessageSignaled);
    CHECK_EQUAL(info.Irql, WDF_IS_USER ? 0 : DEVICE_LEVEL);
    CHECK_EQUAL(info.ShareDisposition, CmResourceShareDeviceExclusive);
    info.Vector = 0;
    info.Size--;
    wdf_case_tolerate("V46");
    WdfInterruptGetInfo(made.interrupts[1], &info);
    CHECK_EQUAL(info.Vector, 0);
    WdfInterruptSetPolicy(made.interrupts[0], WdfIrqPolicyAllCloseProcessors, WdfIrqPriorityHigh, 1);
    finish(device);
}

static void driver_may_disable_and_enable_its_interrupt(void)
{
    static const enum step up[] = {STEP_D0_ENTRY, STEP_ENABLE_1, STEP_POST_ENABLED};
    static const enum step again[] = {STEP_DISABLE_1, STEP_ENABLE_1};
    struct testkit_device *device;

    begin(1);
    device = start(1);
    check_steps(up, ARRAYSIZE(up));
    WdfInterruptDisable(made.interrupts[0]);
    WdfInterruptDisable(made.interrupts[0]);
    CHECK(!testkit_interrupt(VECTOR));
    WdfInterruptEnable(made.interrupts[0]);
    WdfInterruptEnable(made.interrupts[0]);
    check_steps(again, ARRAYSIZE(again));
    CHECK(testkit_interrupt(VECTOR));
    case_signal_take(&made.served);
    finish(device);
}

static void inactive_interrupt_is_not_served(void)
{
#if !defined(DMF_USER_MODE)
    struct testkit_device *device;

    begin(1);
    device = start(1);
    CHECK(WdfInterruptWdmGetInterrupt(made.interrupts[0]) != NULL);
    WdfInterruptReportInactive(made.interrupts[0]);
    CHECK(!testkit_interrupt(VECTOR));
    WdfInterruptReportActive(made.interrupts[0]);
    CHECK(testkit_interrupt(VECTOR));
    case_signal_take(&made.served);
    finish(device);
    CHECK_EQUAL(made.services, 1);
#endif
}

static void spin_lock_that_interrupts_share_is_theirs_alone(void)
{
#if !defined(DMF_USER_MODE)
    struct testkit_device *device;
    WDFSPINLOCK lock;

    begin(2);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    made.configs[0].SpinLock = lock;
    made.configs[1].SpinLock = lock;
    device = start(2);
    WdfSpinLockAcquire(lock);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    WdfSpinLockRelease(lock);
    WdfInterruptAcquireLock(made.interrupts[0]);
    CHECK(testkit_interrupt(OTHER_VECTOR));
    CHECK_EQUAL(made.services, 0);
    WdfInterruptReleaseLock(made.interrupts[0]);
    case_signal_take(&made.served);
    finish(device);
#endif
}

/*
 * Races.
 */

static void nothing_is_called_after_the_device_has_left_d0(void)
{
    struct nt_thread *threads[2];
    struct testkit_device *device;

    begin(1);
    device = start(1);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(raise_often, NULL);
    }
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK(made.deferrals <= made.services);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    end();
}

static void passive_interrupts_race_with_disconnection(void)
{
    struct nt_thread *thread;
    struct testkit_device *device;

    begin(1);
    made.configs[0].PassiveHandling = TRUE;
    device = start(1);
    thread = nt_thread_start(raise_often, NULL);
    for (int round = 0; round < 5; round++)
    {
        WdfInterruptDisable(made.interrupts[0]);
        WdfInterruptEnable(made.interrupts[0]);
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    nt_thread_join(thread);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(create_checks_the_configuration),
    CASE(create_wants_the_lock_of_its_kind),
    CASE(parent_is_the_device_or_needs_serialisation),
    CASE(serialised_callback_runs_at_the_level_of_its_device),
    CASE(interrupt_is_not_made_when_the_device_works),
    CASE(driver_does_not_delete_an_interrupt),
    CASE(interrupts_are_connected_and_enabled_in_the_order_of_creation_and_back),
    CASE(failing_enable_undoes_those_before_it),
    CASE(interrupts_of_prepare_hardware_are_gone_after_release_hardware),
    CASE(interrupt_without_a_resource_is_never_called),
    CASE(interrupt_is_served_and_what_it_queues_runs),
    CASE(passive_interrupt_is_served_by_a_worker),
    CASE(line_of_a_passive_interrupt_is_masked_while_it_is_served),
    CASE(lock_and_synchronize_exclude_the_service_routine),
    CASE(lock_of_a_passive_interrupt_excludes_the_service_routine),
    CASE(try_to_acquire_is_for_passive_interrupts),
    CASE(interrupt_that_the_holder_of_its_lock_raises_waits),
    CASE(messages_have_their_vectors_and_numbers),
    CASE(info_is_what_the_resource_says),
    CASE(driver_may_disable_and_enable_its_interrupt),
    CASE(inactive_interrupt_is_not_served),
    CASE(spin_lock_that_interrupts_share_is_theirs_alone),
    CASE(nothing_is_called_after_the_device_has_left_d0),
    CASE(passive_interrupts_race_with_disconnection),
    CASES_END,
};
