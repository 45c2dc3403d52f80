/* SPDX-License-Identifier: MIT */
/*
 * DriverEntry that fails after it has begun, at each point; and drivers that cannot be unloaded.
 */
#include "wdf_case.h"

/* The steps of an entry that has much to do. */
enum step
{
    CREATE_OBJECT,
    ALLOCATE_INIT,
    NAME_IT,
    CREATE_CONTROL_DEVICE,
    CREATE_QUEUE,
    CREATE_LINK,
    CREATE_TIMER,
    START_TIMER,
    CREATE_WORK_ITEM,
    ENQUEUE_WORK_ITEM,
    FINISH_INITIALIZING,
    STEPS,
};

static struct
{
    enum step last;
    PWDFDEVICE_INIT init;
    WDFDEVICE device;
    WDFTIMER timer;
    WDFWORKITEM work;
    unsigned made;
    unsigned cleanups;
    unsigned destructions;
    unsigned driver_cleanups;
    unsigned unloads;
} entry;

static VOID on_cleanup(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    CHECK_EQUAL(entry.driver_cleanups, 0);
    entry.cleanups++;
}

static VOID on_destroy(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    entry.destructions++;
}

static VOID on_driver_cleanup(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    CHECK_EQUAL(entry.cleanups, entry.made);
    entry.driver_cleanups++;
}

static VOID on_unload(WDFDRIVER driver)
{
    UNREFERENCED_PARAMETER(driver);
    entry.unloads++;
}

static VOID tick(WDFTIMER timer)
{
    UNREFERENCED_PARAMETER(timer);
}

static VOID work(WDFWORKITEM item)
{
    UNREFERENCED_PARAMETER(item);
}

static WDF_OBJECT_ATTRIBUTES attributes_below(WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = on_cleanup;
    attributes.EvtDestroyCallback = on_destroy;
    attributes.ParentObject = parent;
    return attributes;
}

static NTSTATUS count(NTSTATUS status)
{
    entry.made += NT_SUCCESS(status) ? 1 : 0;
    return status;
}

static NTSTATUS make_object(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_below(NULL);
    WDFOBJECT object;

    return count(WdfObjectCreate(&attributes, &object));
}

static NTSTATUS make_device(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_below(NULL);

    return count(WdfDeviceCreate(&entry.init, &attributes, &entry.device));
}

static NTSTATUS make_queue(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_below(NULL);
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    return count(WdfIoQueueCreate(entry.device, &config, &attributes, WDF_NO_HANDLE));
}

static NTSTATUS make_timer(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_below(entry.device);
    WDF_TIMER_CONFIG config;

    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, tick, 1);
    config.AutomaticSerialization = FALSE;
    return count(WdfTimerCreate(&config, &attributes, &entry.timer));
}

static NTSTATUS make_work_item(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_below(entry.device);
    WDF_WORKITEM_CONFIG config;

    WDF_WORKITEM_CONFIG_INIT(&config, work);
    config.AutomaticSerialization = FALSE;
    return count(WdfWorkItemCreate(&config, &attributes, &entry.work));
}

static NTSTATUS go(enum step step)
{
    DECLARE_CONST_UNICODE_STRING(everyone, L"D:P(A;;GA;;;WD)");
    DECLARE_CONST_UNICODE_STRING(name, L"\\Device\\CaseEntry");
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\CaseEntry");

    switch (step)
    {
        case CREATE_OBJECT:
            return make_object();
        case ALLOCATE_INIT:
            entry.init = WdfControlDeviceInitAllocate(WdfGetDriver(), &everyone);
            return entry.init == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
        case NAME_IT:
            return WdfDeviceInitAssignName(entry.init, &name);
        case CREATE_CONTROL_DEVICE:
            return make_device();
        case CREATE_QUEUE:
            return make_queue();
        case CREATE_LINK:
            return WdfDeviceCreateSymbolicLink(entry.device, &link);
        case CREATE_TIMER:
            return make_timer();
        case START_TIMER:
            (void)WdfTimerStart(entry.timer, WDF_REL_TIMEOUT_IN_US(1));
            return STATUS_SUCCESS;
        case CREATE_WORK_ITEM:
            return make_work_item();
        case ENQUEUE_WORK_ITEM:
            WdfWorkItemEnqueue(entry.work);
            return STATUS_SUCCESS;
        default:
            WdfControlFinishInitializing(entry.device);
            return STATUS_SUCCESS;
    }
}

/* All steps up to the last one, and then the failure. An initialisation that was not used is freed, as it should be. */
static NTSTATUS enter_and_fail(void)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (enum step step = 0; step <= entry.last && step < STEPS && NT_SUCCESS(status); step++)
    {
        status = go(step);
    }
    if (entry.init != NULL)
    {
        WdfDeviceInitFree(entry.init);
        entry.init = NULL;
    }
    return NT_SUCCESS(status) && entry.last == STEPS ? STATUS_SUCCESS :
           NT_SUCCESS(status)                        ? STATUS_DEVICE_CONFIGURATION_ERROR :
                                                       status;
}

static NTSTATUS load(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = on_driver_cleanup;
    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags = WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = on_unload;
    wdf_case_in_entry = enter_and_fail;
    status = wdf_case_load_with(&config, &attributes);
    wdf_case_in_entry = NULL;
    return status;
}

static void entry_that_fails_at_any_point_leaves_nothing(void)
{
    for (enum step last = 0; last < STEPS; last++)
    {
        struct testkit_file *file;

        RtlZeroMemory(&entry, sizeof(entry));
        entry.last = last;
        CHECK_STATUS(load(), STATUS_DEVICE_CONFIGURATION_ERROR);
        CHECK_EQUAL(entry.cleanups, entry.made);
        CHECK_EQUAL(entry.destructions, entry.made);
        CHECK_EQUAL(entry.driver_cleanups, 1);
        CHECK_EQUAL(entry.unloads, 0);
        CHECK(!NT_SUCCESS(testkit_open("\\Device\\CaseEntry", true, true, &file)));
        CHECK(!NT_SUCCESS(testkit_open("\\??\\CaseEntry", true, true, &file)));
    }
}

static void enter(void)
{
    RtlZeroMemory(&entry, sizeof(entry));
    entry.last = STEPS;
    if (NT_SUCCESS(load()))
    {
        struct testkit_file *file;

        if (NT_SUCCESS(testkit_open("\\??\\CaseEntry", true, true, &file)))
        {
            testkit_close(file);
        }
        wdf_case_unload();
    }
    /* What could not be created has no callbacks. */
    CHECK(entry.cleanups == entry.made && entry.destructions == entry.made);
}

static void entry_that_lacks_memory_at_any_point_leaves_nothing(void)
{
    enter();
    CHECK_EQUAL(entry.cleanups, entry.made);
    CHECK_EQUAL(entry.unloads, 1);
    nt_fail_each_allocation(enter);
    enter();
    CHECK_EQUAL(entry.cleanups, entry.made);
}

static void driver_without_plug_and_play_that_has_no_unload_callback_cannot_be_unloaded(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DRIVER_CONFIG config;

    RtlZeroMemory(&entry, sizeof(entry));
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = on_driver_cleanup;
    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags = WdfDriverInitNonPnpDriver;
    CHECK_STATUS(wdf_case_load_with(&config, &attributes), STATUS_SUCCESS);
    CHECK(((PDRIVER_OBJECT)wdf_case_driver_object)->DriverUnload == NULL);
    /* The end of the machine is the end of it all the same. */
    wdf_case_unload();
    CHECK_EQUAL(entry.driver_cleanups, 1);
    config.EvtDriverUnload = on_unload;
    CHECK_STATUS(wdf_case_load_with(&config, WDF_NO_OBJECT_ATTRIBUTES), STATUS_SUCCESS);
    CHECK(((PDRIVER_OBJECT)wdf_case_driver_object)->DriverUnload != NULL);
    wdf_case_unload();
    CHECK_EQUAL(entry.unloads, 1);
}

const struct nt_case nt_cases[] = {
    CASE(entry_that_fails_at_any_point_leaves_nothing),
    CASE(entry_that_lacks_memory_at_any_point_leaves_nothing),
    CASE(driver_without_plug_and_play_that_has_no_unload_callback_cannot_be_unloaded),
    CASES_END,
};
