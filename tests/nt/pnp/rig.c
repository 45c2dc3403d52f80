/* SPDX-License-Identifier: MIT */
/*
 * The test drivers.
 */
#include "rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt/io/driver_object.h"
#include "nt/rtl/string.h"
#include "nt_case.h"

struct rig rig;

static char journal[16384];
static size_t journal_used;
static pthread_mutex_t journal_lock = PTHREAD_MUTEX_INITIALIZER;

struct extension
{
    PDEVICE_OBJECT lower;
    PDEVICE_OBJECT pdo;
    struct rig_child *child;
    const char *driver;
};

static struct extension *extension_of(PDEVICE_OBJECT device)
{
    return device->DeviceExtension;
}

/*
 * The journal. No scheduling point of the simulation lies inside the lock, so it is never waited for there.
 */

void rig_write(const char *driver, const char *what)
{
    int wrote;

    if (rig.quiet)
    {
        return;
    }
    (void)pthread_mutex_lock(&journal_lock);
    wrote = snprintf(journal + journal_used, sizeof(journal) - journal_used, "%s:%s ", driver, what);
    journal_used += (size_t)wrote < sizeof(journal) - journal_used ? (size_t)wrote : 0;
    (void)pthread_mutex_unlock(&journal_lock);
}

const char *rig_journal(void)
{
    return journal;
}

void rig_clear_journal(void)
{
    journal_used = 0;
    journal[0] = 0;
}

static const char *minor_name(UCHAR minor)
{
    static const char *const names[] = {
        [IRP_MN_START_DEVICE] = "start",
        [IRP_MN_QUERY_REMOVE_DEVICE] = "query_remove",
        [IRP_MN_REMOVE_DEVICE] = "remove",
        [IRP_MN_CANCEL_REMOVE_DEVICE] = "cancel_remove",
        [IRP_MN_STOP_DEVICE] = "stop",
        [IRP_MN_QUERY_STOP_DEVICE] = "query_stop",
        [IRP_MN_CANCEL_STOP_DEVICE] = "cancel_stop",
        [IRP_MN_SURPRISE_REMOVAL] = "surprise",
        [IRP_MN_EJECT] = "eject",
        [IRP_MN_DEVICE_USAGE_NOTIFICATION] = "usage",
    };
    static const char *const questions[] = {
        [IRP_MN_QUERY_DEVICE_RELATIONS] = "relations",
        [IRP_MN_QUERY_INTERFACE] = "interface",
        [IRP_MN_QUERY_CAPABILITIES] = "capabilities",
        [IRP_MN_QUERY_RESOURCES] = "resources",
        [IRP_MN_QUERY_RESOURCE_REQUIREMENTS] = "requirements",
        [IRP_MN_QUERY_DEVICE_TEXT] = "text",
        [IRP_MN_FILTER_RESOURCE_REQUIREMENTS] = "filter",
        [IRP_MN_QUERY_ID] = "id",
        [IRP_MN_QUERY_PNP_DEVICE_STATE] = "state",
        [IRP_MN_QUERY_BUS_INFORMATION] = "bus",
        [IRP_MN_DEVICE_ENUMERATED] = "enumerated",
    };

    if (minor < ARRAYSIZE(names) && names[minor] != NULL)
    {
        return names[minor];
    }
    return rig.journal_questions && minor < ARRAYSIZE(questions) ? questions[minor] : NULL;
}

/*
 * Faults.
 */

void rig_no_faults(void)
{
    memset(rig.faults, 0, sizeof(rig.faults));
}

static struct rig_fault *free_fault(void)
{
    for (size_t index = 0; index < ARRAYSIZE(rig.faults); index++)
    {
        if (rig.faults[index].driver == NULL)
        {
            return &rig.faults[index];
        }
    }
    abort();
}

void rig_fault(const char *driver, int minor, NTSTATUS status, unsigned times)
{
    *free_fault() = (struct rig_fault){.driver = driver, .minor = minor, .status = status, .times = times};
}

void rig_hook(const char *driver, int minor, void (*hook)(PDEVICE_OBJECT device, PIRP irp))
{
    *free_fault() = (struct rig_fault){.driver = driver, .minor = minor, .hook = hook};
}

/* The status that the driver is to fail with, success for none. */
static NTSTATUS fault_of(const char *driver, int minor, PDEVICE_OBJECT device, PIRP irp)
{
    for (size_t index = 0; index < ARRAYSIZE(rig.faults); index++)
    {
        struct rig_fault *fault = &rig.faults[index];

        if (fault->driver == NULL || strcmp(fault->driver, driver) != 0 || fault->minor != minor)
        {
            continue;
        }
        if (fault->hook != NULL)
        {
            fault->hook(device, irp);
            return STATUS_SUCCESS;
        }
        if (fault->times == 1)
        {
            fault->minor = -2;
        }
        fault->times -= fault->times > 1 ? 1 : 0;
        return fault->status;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

/* Sends the packet down and takes it back. */
static NTSTATUS pass_and_wait(PDEVICE_OBJECT lower, PIRP irp)
{
    CHECK(IoForwardIrpSynchronously(lower, irp));
    return irp->IoStatus.Status;
}

static NTSTATUS pass(PDEVICE_OBJECT lower, PIRP irp)
{
    IoSkipCurrentIrpStackLocation(irp);
    return IoCallDriver(lower, irp);
}

static NTSTATUS note(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR minor = IoGetCurrentIrpStackLocation(irp)->MinorFunction;
    const char *name = minor_name(minor);

    if (name != NULL)
    {
        rig_write(extension_of(device)->driver, name);
    }
    return fault_of(extension_of(device)->driver, minor, device, irp);
}

static NTSTATUS attach(PDRIVER_OBJECT driver, const char *name, PDEVICE_OBJECT pdo)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    rig_write(name, "add");
    status = fault_of(name, RIG_ADD_DEVICE, pdo, NULL);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = IoCreateDevice(driver, sizeof(struct extension), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    extension_of(device)->driver = name;
    extension_of(device)->pdo = pdo;
    extension_of(device)->lower = IoAttachDeviceToDeviceStack(device, pdo);
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

static NTSTATUS remove_from_stack(PDEVICE_OBJECT device, PIRP irp)
{
    PDEVICE_OBJECT lower = extension_of(device)->lower;
    NTSTATUS status;

    irp->IoStatus.Status = STATUS_SUCCESS;
    status = pass(lower, irp);
    IoDetachDevice(lower);
    IoDeleteDevice(device);
    return status;
}

/*
 * The function driver and the filters.
 */

static ULONG interrupt_of(const CM_RESOURCE_LIST *list)
{
    return list == NULL ? 0 : list->List[0].PartialResourceList.PartialDescriptors[0].u.Interrupt.Vector;
}

static NTSTATUS start_function(PDEVICE_OBJECT device, PIRP irp, NTSTATUS fault)
{
    NTSTATUS status = pass_and_wait(extension_of(device)->lower, irp);

    if (extension_of(device)->driver[0] == 'f')
    {
        PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

        (void)InterlockedExchange((LONG *)&rig.started_with,
                                  (LONG)interrupt_of(location->Parameters.StartDevice.AllocatedResourcesTranslated));
    }
    return complete(irp, NT_SUCCESS(status) ? fault : status);
}

static NTSTATUS function_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR minor = IoGetCurrentIrpStackLocation(irp)->MinorFunction;
    NTSTATUS fault = note(device, irp);

    if (minor == IRP_MN_START_DEVICE)
    {
        return start_function(device, irp, fault);
    }
    if (minor == IRP_MN_REMOVE_DEVICE)
    {
        return remove_from_stack(device, irp);
    }
    if (!NT_SUCCESS(fault))
    {
        return complete(irp, fault);
    }
    if (minor == IRP_MN_QUERY_PNP_DEVICE_STATE && extension_of(device)->driver[0] == 'f' && rig.function_state != 0)
    {
        irp->IoStatus.Information |= rig.function_state;
        irp->IoStatus.Status = STATUS_SUCCESS;
    }
    return pass(extension_of(device)->lower, irp);
}

/* "set S3", "query D0" and so on. */
static void note_power(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    bool system = location->Parameters.Power.Type == SystemPowerState;
    char text[32];

    if (location->MinorFunction == IRP_MN_WAIT_WAKE)
    {
        rig_write(extension_of(device)->driver, "wait_wake");
        return;
    }
    (void)snprintf(text, sizeof(text), "%s_%c%d", location->MinorFunction == IRP_MN_SET_POWER ? "set" : "query",
                   system ? 'S' : 'D', (int)location->Parameters.Power.State.SystemState - 1);
    rig_write(extension_of(device)->driver, text);
}

/* The device has followed the system: now the system's packet goes on. */
static VOID device_followed(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE state, PVOID context, PIO_STATUS_BLOCK status)
{
    PIRP irp = context;

    (void)minor;
    (void)state;
    (void)status;
    IoSkipCurrentIrpStackLocation(irp);
    (void)PoCallDriver(extension_of(device)->lower, irp);
}

static NTSTATUS follow_system(PDEVICE_OBJECT device, PIRP irp)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD3};
    NTSTATUS status;

    if (IoGetCurrentIrpStackLocation(irp)->Parameters.Power.State.SystemState == PowerSystemWorking)
    {
        state.DeviceState = PowerDeviceD0;
    }
    IoMarkIrpPending(irp);
    status = PoRequestPowerIrp(device, IRP_MN_SET_POWER, state, device_followed, irp, NULL);
    if (status != STATUS_PENDING)
    {
        IoSkipCurrentIrpStackLocation(irp);
        (void)PoCallDriver(extension_of(device)->lower, irp);
    }
    return STATUS_PENDING;
}

static NTSTATUS pass_power(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    const char *driver = extension_of(device)->driver;
    NTSTATUS fault;

    note_power(device, irp);
    fault = fault_of(driver, RIG_POWER(location->MinorFunction), device, irp);
    PoStartNextPowerIrp(irp);
    if (!NT_SUCCESS(fault))
    {
        return complete(irp, fault);
    }
    if (rig.owns_policy && driver[0] == 'f' && location->MinorFunction == IRP_MN_SET_POWER &&
        location->Parameters.Power.Type == SystemPowerState)
    {
        return follow_system(device, irp);
    }
    IoSkipCurrentIrpStackLocation(irp);
    return PoCallDriver(extension_of(device)->lower, irp);
}

static NTSTATUS accept(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return complete(irp, STATUS_SUCCESS);
}

static NTSTATUS function_add(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    return attach(driver, "function", pdo);
}

static NTSTATUS lower_add(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    return attach(driver, "lower", pdo);
}

static NTSTATUS upper_add(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    return attach(driver, "upper", pdo);
}

/*
 * The bus.
 */

static void *text_for(const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    WCHAR *wide = ExAllocatePool2(POOL_FLAG_PAGED, (length + 2) * sizeof(WCHAR), 'tseT');

    for (size_t unit = 0; wide != NULL && unit < length; unit++)
    {
        wide[unit] = (WCHAR)text[unit];
    }
    return wide;
}

static NTSTATUS answer(PIRP irp, void *information)
{
    irp->IoStatus.Information = (ULONG_PTR)information;
    return complete(irp, information == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
}

static NTSTATUS answer_id(const struct rig_child *child, PIRP irp)
{
    switch (IoGetCurrentIrpStackLocation(irp)->Parameters.QueryId.IdType)
    {
        case BusQueryDeviceID:
            return child->device_id == NULL ? complete(irp, STATUS_NOT_SUPPORTED) : answer(irp, text_for(child->device_id));
        case BusQueryInstanceID:
            return answer(irp, text_for(child->instance_id));
        case BusQueryHardwareIDs:
            return answer(irp, text_for(child->hardware_id));
        case BusQueryCompatibleIDs:
            return answer(irp, text_for(child->compatible_id));
        case BusQueryContainerID:
            return child->container_id == NULL ? complete(irp, STATUS_NOT_SUPPORTED) :
                                                 answer(irp, text_for(child->container_id));
        default:
            return complete(irp, STATUS_NOT_SUPPORTED);
    }
}

static NTSTATUS answer_resources(const struct rig_child *child, PIRP irp)
{
    PCM_RESOURCE_LIST list;

    if (child->interrupt == 0)
    {
        return complete(irp, irp->IoStatus.Status);
    }
    list = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*list), 'tseT');
    if (list != NULL)
    {
        list->Count = 1;
        list->List[0].PartialResourceList.Count = 1;
        list->List[0].PartialResourceList.PartialDescriptors[0].Type = CmResourceTypeInterrupt;
        list->List[0].PartialResourceList.PartialDescriptors[0].u.Interrupt.Vector = child->interrupt;
    }
    return answer(irp, list);
}

static NTSTATUS answer_capabilities(const struct rig_child *child, PIRP irp)
{
    PDEVICE_CAPABILITIES capabilities = IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceCapabilities.Capabilities;

    CHECK(capabilities->Size == sizeof(*capabilities) && capabilities->Version == 1);
    CHECK(capabilities->Address == (ULONG)-1 && capabilities->UINumber == (ULONG)-1);
    capabilities->UniqueID = child->unique;
    capabilities->RawDeviceOK = child->raw;
    capabilities->HardwareDisabled = child->hardware_disabled;
    capabilities->DeviceState[PowerSystemWorking] = PowerDeviceD0;
    capabilities->DeviceState[PowerSystemSleeping3] = PowerDeviceD3;
    return complete(irp, STATUS_SUCCESS);
}

static NTSTATUS answer_one_relation(struct rig_child *related, PIRP irp)
{
    PDEVICE_RELATIONS relations;

    if (related == NULL || related->pdo == NULL)
    {
        return complete(irp, irp->IoStatus.Status);
    }
    relations = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*relations), 'tseT');
    if (relations != NULL)
    {
        relations->Count = 1;
        relations->Objects[0] = related->pdo;
        ObReferenceObject(related->pdo);
    }
    return answer(irp, relations);
}

static NTSTATUS answer_child_relations(struct rig_child *child, PIRP irp)
{
    DEVICE_RELATION_TYPE type = IoGetCurrentIrpStackLocation(irp)->Parameters.QueryDeviceRelations.Type;

    return answer_one_relation(type == RemovalRelations     ? child->removal_relation :
                               type == EjectionRelations    ? child->ejection_relation :
                               type == TargetDeviceRelation ? child :
                                                              NULL,
                               irp);
}

static NTSTATUS answer_interface(PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    if (location->Parameters.QueryInterface.Size < sizeof(INTERFACE))
    {
        return complete(irp, STATUS_INVALID_PARAMETER);
    }
    location->Parameters.QueryInterface.Interface->Context = location->Parameters.QueryInterface.InterfaceSpecificData;
    location->Parameters.QueryInterface.Interface->Version = location->Parameters.QueryInterface.Version;
    return complete(irp, STATUS_SUCCESS);
}

/* A device that has been reported missing goes with its removal; another one stays. */
static NTSTATUS remove_child(PDEVICE_OBJECT device, struct rig_child *child, PIRP irp)
{
    bool goes = InterlockedCompareExchange(&child->reported, 0, 0) == 0;
    NTSTATUS status;

    child->removes++;
    if (goes)
    {
        child->pdo = NULL;
    }
    status = complete(irp, STATUS_SUCCESS);
    if (goes)
    {
        IoDeleteDevice(device);
    }
    return status;
}

static NTSTATUS child_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    struct rig_child *child = extension_of(device)->child;
    NTSTATUS fault = note(device, irp);

    if (!NT_SUCCESS(fault))
    {
        return complete(irp, fault);
    }
    switch (IoGetCurrentIrpStackLocation(irp)->MinorFunction)
    {
        case IRP_MN_START_DEVICE:
        case IRP_MN_QUERY_REMOVE_DEVICE:
        case IRP_MN_CANCEL_REMOVE_DEVICE:
        case IRP_MN_QUERY_STOP_DEVICE:
        case IRP_MN_CANCEL_STOP_DEVICE:
        case IRP_MN_STOP_DEVICE:
        case IRP_MN_SURPRISE_REMOVAL:
        case IRP_MN_DEVICE_USAGE_NOTIFICATION:
            return complete(irp, STATUS_SUCCESS);
        case IRP_MN_EJECT:
            (void)InterlockedExchange(&child->present, !NT_SUCCESS(child->eject_status));
            return complete(irp, child->eject_status);
        case IRP_MN_REMOVE_DEVICE:
            return remove_child(device, child, irp);
        case IRP_MN_QUERY_ID:
            return answer_id(child, irp);
        case IRP_MN_QUERY_CAPABILITIES:
            return answer_capabilities(child, irp);
        case IRP_MN_QUERY_DEVICE_RELATIONS:
            return answer_child_relations(child, irp);
        case IRP_MN_QUERY_RESOURCES:
            return answer_resources(child, irp);
        case IRP_MN_QUERY_INTERFACE:
            return answer_interface(irp);
        case IRP_MN_QUERY_PNP_DEVICE_STATE:
            irp->IoStatus.Information |= child->pnp_state;
            return complete(irp, STATUS_SUCCESS);
        default:
            return complete(irp, irp->IoStatus.Status);
    }
}

static NTSTATUS make_pdo(struct rig_child *child)
{
    NTSTATUS status = IoCreateDevice(rig.bus, sizeof(struct extension), NULL, FILE_DEVICE_UNKNOWN,
                                     FILE_AUTOGENERATED_DEVICE_NAME, FALSE, &child->pdo);

    if (!NT_SUCCESS(status))
    {
        child->pdo = NULL;
        return status;
    }
    extension_of(child->pdo)->driver = "pdo";
    extension_of(child->pdo)->child = child;
    child->removes = 0;
    return STATUS_SUCCESS;
}

static NTSTATUS answer_bus_relations(PIRP irp)
{
    PDEVICE_RELATIONS relations =
        ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*relations) + rig.child_count * sizeof(PDEVICE_OBJECT), 'tseT');

    if (relations == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (size_t index = 0; index < rig.child_count; index++)
    {
        struct rig_child *child = &rig.children[index];
        /* One that was missing is another device when it comes back, as on a real bus. */
        bool present = InterlockedCompareExchange(&child->present, 0, 0) != 0;
        bool waits = present && InterlockedCompareExchange(&child->reported, 0, 0) == 0 && child->pdo != NULL;

        if (present && !waits && (child->pdo != NULL || NT_SUCCESS(make_pdo(child))))
        {
            ObReferenceObject(child->pdo);
            relations->Objects[relations->Count++] = child->pdo;
        }
        (void)InterlockedExchange(&child->reported, present && !waits && child->pdo != NULL);
    }
    irp->IoStatus.Information = (ULONG_PTR)relations;
    irp->IoStatus.Status = STATUS_SUCCESS;
    return STATUS_SUCCESS;
}

static void delete_children(void)
{
    for (size_t index = 0; index < rig.child_count; index++)
    {
        struct rig_child *child = &rig.children[index];

        if (child->pdo != NULL)
        {
            IoDeleteDevice(child->pdo);
            child->pdo = NULL;
        }
        (void)InterlockedExchange(&child->reported, FALSE);
    }
}

static NTSTATUS bus_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS fault;

    if (extension_of(device)->child != NULL)
    {
        return child_pnp(device, irp);
    }
    fault = note(device, irp);
    if (location->MinorFunction == IRP_MN_START_DEVICE)
    {
        return start_function(device, irp, fault);
    }
    if (location->MinorFunction == IRP_MN_REMOVE_DEVICE)
    {
        delete_children();
        return remove_from_stack(device, irp);
    }
    if (NT_SUCCESS(fault) && location->MinorFunction == IRP_MN_QUERY_DEVICE_RELATIONS &&
        location->Parameters.QueryDeviceRelations.Type == BusRelations)
    {
        fault = answer_bus_relations(irp);
    }
    return NT_SUCCESS(fault) ? pass(extension_of(device)->lower, irp) : complete(irp, fault);
}

static VOID cancel_wait_wake(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    rig.wait_wake = NULL;
    (void)complete(irp, STATUS_CANCELLED);
}

static NTSTATUS keep_wait_wake(PIRP irp)
{
    IoMarkIrpPending(irp);
    rig.wait_wake = irp;
    (void)IoSetCancelRoutine(irp, cancel_wait_wake);
    return STATUS_PENDING;
}

static NTSTATUS bus_power(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS fault;

    if (extension_of(device)->child == NULL)
    {
        return pass_power(device, irp);
    }
    note_power(device, irp);
    fault = fault_of("pdo", RIG_POWER(location->MinorFunction), device, irp);
    PoStartNextPowerIrp(irp);
    if (location->MinorFunction == IRP_MN_WAIT_WAKE && NT_SUCCESS(fault))
    {
        return keep_wait_wake(irp);
    }
    return complete(irp, fault);
}

static NTSTATUS bus_add(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    return attach(driver, "bus", pdo);
}

/*
 * The rig.
 */

static NTSTATUS load(const UNICODE_STRING *service, void *context, PDRIVER_OBJECT *ret_driver)
{
    char name[32] = "";

    (void)context;
    for (size_t unit = 0; unit < service->Length / sizeof(WCHAR) && unit < sizeof(name) - 1; unit++)
    {
        name[unit] = (char)service->Buffer[unit];
    }
    *ret_driver = strcmp(name, "function") == 0 ? rig.function :
                  strcmp(name, "lower") == 0    ? rig.lower :
                  strcmp(name, "upper") == 0    ? rig.upper :
                                                  NULL;
    return *ret_driver == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
}

static NTSTATUS make_driver(const char *name, PDRIVER_ADD_DEVICE add, PDRIVER_DISPATCH pnp, PDRIVER_DISPATCH power,
                            PDRIVER_OBJECT *ret_driver)
{
    NTSTATUS status = drvobj_create(name, ret_driver);

    if (NT_SUCCESS(status))
    {
        (*ret_driver)->DriverExtension->AddDevice = add;
        (*ret_driver)->MajorFunction[IRP_MJ_PNP] = pnp;
        (*ret_driver)->MajorFunction[IRP_MJ_POWER] = power;
        (*ret_driver)->MajorFunction[IRP_MJ_CREATE] = accept;
        (*ret_driver)->MajorFunction[IRP_MJ_CLEANUP] = accept;
        (*ret_driver)->MajorFunction[IRP_MJ_CLOSE] = accept;
    }
    return status;
}

NTSTATUS rig_try_set_up(void)
{
    NTSTATUS status;

    memset(&rig, 0, sizeof(rig));
    rig.children = calloc(RIG_CHILDREN, sizeof(*rig.children));
    CHECK(rig.children != NULL);
    rig_clear_journal();
    devnode_set_driver_loader(load, NULL);
    status = make_driver("bus", bus_add, bus_pnp, bus_power, &rig.bus);
    if (NT_SUCCESS(status))
    {
        status = make_driver("function", function_add, function_pnp, pass_power, &rig.function);
    }
    if (NT_SUCCESS(status))
    {
        status = make_driver("lower", lower_add, function_pnp, pass_power, &rig.lower);
    }
    if (NT_SUCCESS(status))
    {
        status = make_driver("upper", upper_add, function_pnp, pass_power, &rig.upper);
    }
    if (NT_SUCCESS(status))
    {
        status = devnode_add_match("TEST\\Function", "function", "TestClass");
    }
    if (NT_SUCCESS(status))
    {
        status = devnode_create("bus", rig.bus, &rig.bus_node);
    }
    if (!NT_SUCCESS(status))
    {
        rig_tear_down();
        return status;
    }
    rig.bus_pdo = devnode_pdo(rig.bus_node);
    return STATUS_SUCCESS;
}

void rig_set_up(void)
{
    CHECK_EQUAL(rig_try_set_up(), STATUS_SUCCESS);
}

void rig_tear_down(void)
{
    pnp_settle();
    devnode_free(rig.bus_node);
    devnode_clear_database();
    devnode_set_driver_loader(NULL, NULL);
    drvobj_free(rig.bus);
    drvobj_free(rig.function);
    drvobj_free(rig.lower);
    drvobj_free(rig.upper);
    free(rig.children);
    memset(&rig, 0, sizeof(rig));
}

struct rig_child *rig_add_child(const char *device_id, const char *instance_id)
{
    struct rig_child *child = &rig.children[rig.child_count++];

    CHECK(rig.child_count <= RIG_CHILDREN);
    child->device_id = device_id;
    child->instance_id = instance_id;
    child->hardware_id = "TEST\\Function";
    child->unique = true;
    child->present = true;
    return child;
}

void rig_start(void)
{
    CHECK_EQUAL(devnode_start(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
}

void rig_rescan(void)
{
    IoInvalidateDeviceRelations(rig.bus_pdo, BusRelations);
    pnp_settle();
}

void rig_remove_bus(void)
{
    CHECK_EQUAL(devnode_remove(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
}

/* The devnode lives as long as the device; the reference is given back at once, which is good enough for a look. */
struct devnode *rig_node(struct rig_child *child)
{
    char path[512];
    struct devnode *devnode;

    (void)snprintf(path, sizeof(path), "%s\\%s", child->device_id, child->instance_id);
    devnode = devnode_find_utf8(path);
    devnode_release(devnode);
    return devnode;
}

enum devnode_state rig_state(struct rig_child *child)
{
    struct devnode *devnode = rig_node(child);

    return devnode == NULL ? DEVNODE_STATE_COUNT : devnode_state(devnode);
}

uint32_t rig_problem(struct rig_child *child)
{
    struct devnode *devnode = rig_node(child);

    CHECK(devnode != NULL);
    return devnode_problem(devnode, NULL);
}
