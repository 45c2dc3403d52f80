/* SPDX-License-Identifier: MIT */
/*
 * WMI: the executive's side asks, the callbacks of providers and instances answer.
 */
#include "wdf_case.h"

#include "nt/io/wmi.h"

#include <string.h>

static const GUID block_guid = {0x11, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static const GUID other_guid = {0x12, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

typedef struct
{
    ULONG Value;
    ULONG Items[4];
} INSTANCE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(INSTANCE_CONTEXT, InstanceGetContext)

static WDFDEVICE device;
static WDFWMIPROVIDER provider;
static WDFWMIINSTANCE instances[2];
static ULONG provider_flags;
static BOOLEAN with_callbacks;
static LONG controls;

static NTSTATUS query(WDFWMIINSTANCE Instance, ULONG Size, PVOID Buffer, PULONG Used)
{
    *Used = sizeof(ULONG);
    if (Size < sizeof(ULONG))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    *(ULONG *)Buffer = InstanceGetContext(Instance)->Value;
    return STATUS_SUCCESS;
}

static NTSTATUS set(WDFWMIINSTANCE Instance, ULONG Size, PVOID Buffer)
{
    if (Size != sizeof(ULONG))
    {
        return STATUS_WMI_SET_FAILURE;
    }
    InstanceGetContext(Instance)->Value = *(ULONG *)Buffer;
    return STATUS_SUCCESS;
}

static NTSTATUS set_item(WDFWMIINSTANCE Instance, ULONG Item, ULONG Size, PVOID Buffer)
{
    if (Item >= 4 || Size != sizeof(ULONG))
    {
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    InstanceGetContext(Instance)->Items[Item] = *(ULONG *)Buffer;
    return STATUS_SUCCESS;
}

/* Method 1 doubles its argument; the result may need more room than it has. */
static NTSTATUS execute(WDFWMIINSTANCE Instance, ULONG Method, ULONG InSize, ULONG OutSize, PVOID Buffer, PULONG Used)
{
    UNREFERENCED_PARAMETER(Instance);
    if (Method != 1 || InSize != sizeof(ULONG))
    {
        return STATUS_INVALID_PARAMETER;
    }
    *Used = sizeof(ULONGLONG);
    if (OutSize < sizeof(ULONGLONG))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    *(ULONGLONG *)Buffer = 2ull * *(ULONG *)Buffer;
    return STATUS_SUCCESS;
}

static NTSTATUS control(WDFWMIPROVIDER Provider, WDF_WMI_PROVIDER_CONTROL Control, BOOLEAN Enable)
{
    CHECK(Provider == provider);
    CHECK(WdfWmiProviderIsEnabled(Provider, Control) == Enable);
    controls += Enable ? 1 : 100;
    return STATUS_SUCCESS;
}

static NTSTATUS create_instance(BOOLEAN registered, WDFWMIINSTANCE *instance)
{
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = registered;
    if (with_callbacks)
    {
        config.EvtWmiInstanceQueryInstance = query;
        config.EvtWmiInstanceSetInstance = set;
        config.EvtWmiInstanceSetItem = set_item;
        config.EvtWmiInstanceExecuteMethod = execute;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, INSTANCE_CONTEXT);
    return WdfWmiInstanceCreate(device, &config, &attributes, instance);
}

static NTSTATUS create_provider(void)
{
    WDF_WMI_PROVIDER_CONFIG config;

    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &block_guid);
    config.Flags = provider_flags;
    config.EvtWmiProviderFunctionControl = control;
    return WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &provider);
}

static NTSTATUS add_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);

    UNREFERENCED_PARAMETER(Driver);
    if (NT_SUCCESS(status))
    {
        status = create_provider();
    }
    for (ULONG index = 0; index < 2 && NT_SUCCESS(status); index++)
    {
        status = create_instance(TRUE, &instances[index]);
        if (NT_SUCCESS(status))
        {
            InstanceGetContext(instances[index])->Value = 10 + index;
        }
    }
    return status;
}

static struct testkit_device *begin(void)
{
    with_callbacks = TRUE;
    provider_flags = 0;
    controls = 0;
    wdf_case_load(add_device);
    return wdf_case_start();
}

static void end(struct testkit_device *testkit_device)
{
    CHECK_STATUS(testkit_remove(testkit_device), STATUS_SUCCESS);
    wdf_case_unload();
}

static struct wmi_place place(ULONG instance)
{
    return (struct wmi_place){WdfDeviceWdmGetDeviceObject(device), block_guid, instance};
}

static bool note_block(const struct wmi_block *block, void *context)
{
    struct wmi_block *found = context;

    if (memcmp(&block->guid, &block_guid, sizeof(GUID)) == 0)
    {
        *found = *block;
    }
    return true;
}

static void block_is_found_while_its_device_is_started(void)
{
    struct wmi_block block = {0};
    struct testkit_device *testkit_device = begin();

    CHECK_STATUS(wmi_enumerate(note_block, &block), STATUS_SUCCESS);
    CHECK_EQUAL(block.instances, 2);
    CHECK_EQUAL(block.flags, WMIREG_FLAG_INSTANCE_PDO);
    CHECK(block.device == WdfDeviceWdmGetDeviceObject(device));
    WdfWmiInstanceDeregister(instances[0]);
    CHECK_STATUS(wmi_enumerate(note_block, &block), STATUS_SUCCESS);
    CHECK_EQUAL(block.instances, 1);
    end(testkit_device);
    block.instances = 77;
    CHECK_STATUS(wmi_enumerate(note_block, &block), STATUS_SUCCESS);
    CHECK_EQUAL(block.instances, 77);
}

static void query_and_set_reach_the_instance(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place second = place(1);
    ULONG value = 0;
    uint32_t used;

    CHECK_STATUS(wmi_query(&second, &value, sizeof(value), &used), STATUS_SUCCESS);
    CHECK_EQUAL(used, sizeof(value));
    CHECK_EQUAL(value, 11);
    value = 99;
    CHECK_STATUS(wmi_set(&second, &value, sizeof(value)), STATUS_SUCCESS);
    CHECK_EQUAL(InstanceGetContext(instances[1])->Value, 99);
    CHECK_STATUS(wmi_set(&second, &value, 1), STATUS_WMI_SET_FAILURE);
    value = 5;
    CHECK_STATUS(wmi_set_item(&second, 3, &value, sizeof(value)), STATUS_SUCCESS);
    CHECK_EQUAL(InstanceGetContext(instances[1])->Items[3], 5);
    CHECK_STATUS(wmi_set_item(&second, 4, &value, sizeof(value)), STATUS_WMI_ITEMID_NOT_FOUND);
    end(testkit_device);
}

static void buffer_that_is_too_small_is_told_what_is_needed(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place first = place(0);
    ULONG value = 21;
    ULONGLONG result = 21;
    uint32_t used;

    CHECK_STATUS(wmi_query(&first, &value, 2, &used), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(used, sizeof(value));
    CHECK_STATUS(wmi_execute(&first, 1, &value, sizeof(value), sizeof(value), &used), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(used, sizeof(result));
    CHECK_STATUS(wmi_execute(&first, 1, &result, sizeof(ULONG), sizeof(result), &used), STATUS_SUCCESS);
    CHECK_EQUAL(used, sizeof(result));
    CHECK_EQUAL(result, 42);
    CHECK_STATUS(wmi_execute(&first, 2, &result, sizeof(ULONG), sizeof(result), &used), STATUS_INVALID_PARAMETER);
    end(testkit_device);
}

static void all_instances_come_in_one_node(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place all = place(0);
    union
    {
        WNODE_ALL_DATA node;
        unsigned char bytes[256];
    } buffer;
    const OFFSETINSTANCEDATAANDLENGTH *places;
    uint32_t used;

    CHECK_STATUS(wmi_query_all(&all, &buffer.node, sizeof(buffer), &used), STATUS_SUCCESS);
    CHECK_EQUAL(buffer.node.InstanceCount, 2);
    places = buffer.node.OffsetInstanceDataAndLength;
    for (ULONG index = 0; index < 2; index++)
    {
        CHECK_EQUAL(places[index].LengthInstanceData, sizeof(ULONG));
        CHECK_EQUAL(*(ULONG *)(buffer.bytes + places[index].OffsetInstanceData), 10 + index);
    }
    CHECK_STATUS(wmi_query_all(&all, &buffer.node, sizeof(buffer.node), &used), STATUS_BUFFER_TOO_SMALL);
    CHECK(used > sizeof(buffer.node) && used <= sizeof(buffer));
    CHECK_STATUS(wmi_query_all(&all, &buffer.node, used, &used), STATUS_SUCCESS);
    end(testkit_device);
}

static void what_does_not_exist_is_said_to(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place third = place(2);
    struct wmi_place other = place(0);
    struct wmi_place nobody = place(0);
    ULONG value;
    uint32_t used;

    other.guid = other_guid;
    nobody.device = NULL;
    CHECK_STATUS(wmi_query(&third, &value, sizeof(value), &used), STATUS_WMI_INSTANCE_NOT_FOUND);
    CHECK_STATUS(wmi_query(&other, &value, sizeof(value), &used), STATUS_WMI_GUID_NOT_FOUND);
    CHECK_STATUS(wmi_query(&nobody, &value, sizeof(value), &used), STATUS_NO_SUCH_DEVICE);
    end(testkit_device);
}

static void instance_without_callbacks_is_read_only_and_has_no_methods(void)
{
    struct testkit_device *testkit_device = begin();
    WDFWMIINSTANCE bare;
    struct wmi_place third = place(2);
    ULONG value = 0;
    uint32_t used;

    with_callbacks = FALSE;
    CHECK_STATUS(create_instance(FALSE, &bare), STATUS_SUCCESS);
    CHECK_STATUS(wmi_query(&third, &value, sizeof(value), &used), STATUS_WMI_INSTANCE_NOT_FOUND);
    CHECK_STATUS(WdfWmiInstanceRegister(bare), STATUS_SUCCESS);
    CHECK_STATUS(WdfWmiInstanceRegister(bare), STATUS_WMI_ALREADY_ENABLED);
    CHECK_STATUS(wmi_query(&third, &value, sizeof(value), &used), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(wmi_set(&third, &value, sizeof(value)), STATUS_WMI_READ_ONLY);
    CHECK_STATUS(wmi_set_item(&third, 0, &value, sizeof(value)), STATUS_WMI_READ_ONLY);
    CHECK_STATUS(wmi_execute(&third, 1, &value, sizeof(value), sizeof(value), &used), STATUS_INVALID_DEVICE_REQUEST);
    CHECK(WdfWmiInstanceGetDevice(bare) == device);
    CHECK(WdfWmiInstanceGetProvider(bare) == provider);
    CHECK(WdfWmiProviderGetDevice(provider) == device);
    WdfObjectDelete(bare);
    CHECK_STATUS(wmi_set(&third, &value, sizeof(value)), STATUS_WMI_INSTANCE_NOT_FOUND);
    end(testkit_device);
}

static void context_answers_queries_by_itself(void)
{
    struct testkit_device *testkit_device = begin();
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance;
    INSTANCE_CONTEXT got;
    struct wmi_place third = place(2);
    uint32_t used;

    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.UseContextForQuery = TRUE;
    config.Register = TRUE;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance), STATUS_INVALID_PARAMETER);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, INSTANCE_CONTEXT);
    config.EvtWmiInstanceQueryInstance = query;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_INVALID_PARAMETER);
    config.EvtWmiInstanceQueryInstance = NULL;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    InstanceGetContext(instance)->Value = 4711;
    CHECK_STATUS(wmi_query(&third, &got, sizeof(got), &used), STATUS_SUCCESS);
    CHECK_EQUAL(used, sizeof(got));
    CHECK_EQUAL(got.Value, 4711);
    CHECK_STATUS(wmi_query(&third, &got, 1, &used), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(used, sizeof(got));
    end(testkit_device);
}

static void configuration_that_does_not_hold_together_is_refused(void)
{
    struct testkit_device *testkit_device = begin();
    WDF_WMI_PROVIDER_CONFIG provider_config;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIPROVIDER another;
    WDFWMIINSTANCE instance;

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider_config, &block_guid);
    CHECK_STATUS(WdfWmiProviderCreate(device, &provider_config, WDF_NO_OBJECT_ATTRIBUTES, &another),
                 STATUS_OBJECT_NAME_COLLISION);
    CHECK(another == NULL);
    provider_config.Flags = 8;
    CHECK_STATUS(WdfWmiProviderCreate(device, &provider_config, WDF_NO_OBJECT_ATTRIBUTES, &another),
                 STATUS_INVALID_PARAMETER);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, NULL);
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance), STATUS_INVALID_PARAMETER);
    WDF_WMI_PROVIDER_CONFIG_INIT(&provider_config, &other_guid);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider_config);
    config.Provider = provider;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance), STATUS_INVALID_PARAMETER);
    config.Provider = NULL;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL), STATUS_SUCCESS);
    end(testkit_device);
}

static void provider_hears_what_is_switched(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place block = place(0);

    CHECK(!WdfWmiProviderIsEnabled(provider, WdfWmiEventControl));
    CHECK_STATUS(wmi_control(&block, WMI_EVENTS, true), STATUS_SUCCESS);
    CHECK(WdfWmiProviderIsEnabled(provider, WdfWmiEventControl));
    CHECK(!WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl));
    CHECK_STATUS(wmi_control(&block, WMI_COLLECTION, true), STATUS_SUCCESS);
    CHECK_STATUS(wmi_control(&block, WMI_EVENTS, false), STATUS_SUCCESS);
    CHECK_STATUS(wmi_control(&block, WMI_COLLECTION, false), STATUS_SUCCESS);
    CHECK_EQUAL(controls, 202);
    CHECK_EQUAL(WdfWmiProviderGetTracingHandle(provider), 0);
    end(testkit_device);
}

static KEVENT event_heard;
static ULONG event_value;

static void hear(const WNODE_HEADER *node, void *context)
{
    const WNODE_SINGLE_INSTANCE *event = (const WNODE_SINGLE_INSTANCE *)node;

    CHECK(context == &event_heard);
    CHECK(memcmp(&node->Guid, &block_guid, sizeof(GUID)) == 0);
    CHECK_EQUAL(event->InstanceIndex, 1);
    event_value = *(const ULONG *)((const char *)event + event->DataBlockOffset);
    KeSetEvent(&event_heard, 0, FALSE);
}

static void fired_event_reaches_the_listeners(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_listener listener = {.hear = hear, .context = &event_heard};
    ULONG value = 8;

    KeInitializeEvent(&event_heard, NotificationEvent, FALSE);
    wmi_listen(&listener);
    CHECK_STATUS(WdfWmiInstanceFireEvent(instances[1], sizeof(value), &value), STATUS_SUCCESS);
    CHECK_STATUS(KeWaitForSingleObject(&event_heard, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(event_value, 8);
    wmi_unlisten(&listener);
    CHECK_STATUS(WdfWmiInstanceFireEvent(instances[1], sizeof(value), &value), STATUS_SUCCESS);
    CHECK_STATUS(WdfWmiInstanceFireEvent(instances[1], sizeof(value), NULL), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfWmiInstanceFireEvent(instances[1], MAXULONG, &value), STATUS_INTEGER_OVERFLOW);
    WdfWmiInstanceDeregister(instances[1]);
    CHECK_STATUS(WdfWmiInstanceFireEvent(instances[1], sizeof(value), &value), STATUS_INVALID_DEVICE_STATE);
    end(testkit_device);
}

/*
 * Packets that no executive would send.
 */

static NTSTATUS keep_packet(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent((PKEVENT)Context, 0, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS send(UCHAR minor, const GUID *guid, void *buffer, ULONG size, ULONG_PTR *ret_information)
{
    PDEVICE_OBJECT wdm = WdfDeviceWdmGetDeviceObject(device);
    PIRP irp = IoAllocateIrp(wdm->StackSize, FALSE);
    PIO_STACK_LOCATION next;
    KEVENT event;
    NTSTATUS status;

    CHECK(irp != NULL);
    KeInitializeEvent(&event, NotificationEvent, FALSE);
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = IRP_MJ_SYSTEM_CONTROL;
    next->MinorFunction = minor;
    next->Parameters.WMI.ProviderId = (ULONG_PTR)wdm;
    next->Parameters.WMI.DataPath = (PVOID)(ULONG_PTR)guid;
    next->Parameters.WMI.Buffer = buffer;
    next->Parameters.WMI.BufferSize = size;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    IoSetCompletionRoutine(irp, keep_packet, &event, TRUE, TRUE, TRUE);
    (void)IoCallDriver(wdm, irp);
    (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
    status = irp->IoStatus.Status;
    *ret_information = irp->IoStatus.Information;
    IoFreeIrp(irp);
    return status;
}

static union
{
    WNODE_SINGLE_INSTANCE single;
    WNODE_SINGLE_ITEM item;
    WNODE_METHOD_ITEM method;
    unsigned char bytes[160];
} raw;

/* A node that is in order, for one of the minor functions about an instance. */
static void fill_raw(UCHAR minor)
{
    memset(&raw, 0, sizeof(raw));
    raw.single.WnodeHeader.BufferSize = sizeof(raw);
    raw.single.WnodeHeader.Guid = block_guid;
    raw.single.DataBlockOffset = 80;
    raw.single.SizeDataBlock = sizeof(ULONG);
    if (minor == IRP_MN_CHANGE_SINGLE_ITEM)
    {
        raw.item.ItemId = 1;
        raw.item.DataBlockOffset = 80;
        raw.item.SizeDataItem = sizeof(ULONG);
    }
    if (minor == IRP_MN_EXECUTE_METHOD)
    {
        raw.method.MethodId = 1;
        raw.method.DataBlockOffset = 80;
        raw.method.SizeDataBlock = sizeof(ULONG);
    }
}

static ULONG *offset_of(UCHAR minor)
{
    return minor == IRP_MN_CHANGE_SINGLE_ITEM ? &raw.item.DataBlockOffset :
           minor == IRP_MN_EXECUTE_METHOD     ? &raw.method.DataBlockOffset :
                                                &raw.single.DataBlockOffset;
}

static ULONG *size_of(UCHAR minor)
{
    return minor == IRP_MN_CHANGE_SINGLE_ITEM ? &raw.item.SizeDataItem :
           minor == IRP_MN_EXECUTE_METHOD     ? &raw.method.SizeDataBlock :
                                                &raw.single.SizeDataBlock;
}

static const UCHAR about_instances[] = {IRP_MN_QUERY_SINGLE_INSTANCE, IRP_MN_CHANGE_SINGLE_INSTANCE,
                                        IRP_MN_CHANGE_SINGLE_ITEM, IRP_MN_EXECUTE_METHOD};

static void data_outside_its_node_is_refused(void)
{
    static const ULONG bad_offsets[] = {0, 8, 60, sizeof(raw) + 1, 0x80000000, MAXULONG};
    static const ULONG bad_sizes[] = {sizeof(raw), 0x80000000, MAXULONG - 79, MAXULONG};
    struct testkit_device *testkit_device = begin();
    ULONG_PTR information;

    for (size_t index = 0; index < ARRAYSIZE(about_instances); index++)
    {
        UCHAR minor = about_instances[index];

        fill_raw(minor);
        CHECK_STATUS(send(minor, &block_guid, &raw, sizeof(raw), &information), STATUS_SUCCESS);
        for (size_t bad = 0; bad < ARRAYSIZE(bad_offsets); bad++)
        {
            fill_raw(minor);
            *offset_of(minor) = bad_offsets[bad];
            CHECK_STATUS(send(minor, &block_guid, &raw, sizeof(raw), &information), STATUS_INVALID_PARAMETER);
            CHECK_EQUAL(information, 0);
        }
        for (size_t bad = 0; bad < ARRAYSIZE(bad_sizes) && minor != IRP_MN_QUERY_SINGLE_INSTANCE; bad++)
        {
            fill_raw(minor);
            *size_of(minor) = bad_sizes[bad];
            CHECK_STATUS(send(minor, &block_guid, &raw, sizeof(raw), &information), STATUS_INVALID_PARAMETER);
        }
    }
    end(testkit_device);
}

/* Every length of the buffer that is too short for the node, in memory of just that length. */
static void buffer_that_is_shorter_than_its_node_is_refused(void)
{
    struct testkit_device *testkit_device = begin();
    ULONG_PTR information;

    for (size_t index = 0; index < ARRAYSIZE(about_instances); index++)
    {
        for (ULONG size = 0; size < 64; size++)
        {
            void *part = ExAllocatePool2(POOL_FLAG_NON_PAGED, size + 1, 'tseT');

            CHECK(part != NULL);
            fill_raw(about_instances[index]);
            memcpy(part, &raw, size);
            CHECK_STATUS(send(about_instances[index], &block_guid, part, size, &information), STATUS_INVALID_PARAMETER);
            CHECK_EQUAL(information, 0);
            ExFreePool(part);
        }
    }
    for (ULONG size = 0; size < sizeof(WNODE_TOO_SMALL); size++)
    {
        CHECK_STATUS(send(IRP_MN_QUERY_ALL_DATA, &block_guid, &raw, size, &information), STATUS_BUFFER_TOO_SMALL);
        CHECK_EQUAL(information, 0);
    }
    CHECK_STATUS(send(IRP_MN_REGINFO_EX, NULL, &raw, 3, &information), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(send(IRP_MN_REGINFO_EX, NULL, &raw, 4, &information), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information, sizeof(ULONG));
    CHECK_STATUS(send(IRP_MN_ENABLE_EVENTS, &block_guid, &raw, 0, &information), STATUS_SUCCESS);
    CHECK_STATUS(send(IRP_MN_DISABLE_EVENTS, &block_guid, &raw, 0, &information), STATUS_SUCCESS);
    end(testkit_device);
}

static void block_that_is_not_there_or_not_named_is_not_found(void)
{
    struct testkit_device *testkit_device = begin();
    ULONG_PTR information;

    for (UCHAR minor = IRP_MN_QUERY_ALL_DATA; minor <= IRP_MN_EXECUTE_METHOD; minor++)
    {
        if (minor != IRP_MN_REGINFO)
        {
            fill_raw(minor);
            CHECK_STATUS(send(minor, &other_guid, &raw, sizeof(raw), &information), STATUS_WMI_GUID_NOT_FOUND);
            CHECK_STATUS(send(minor, NULL, &raw, sizeof(raw), &information), STATUS_WMI_GUID_NOT_FOUND);
        }
    }
    CHECK_STATUS(send(IRP_MN_REGINFO_EX + 1, &block_guid, &raw, sizeof(raw), &information), STATUS_INVALID_DEVICE_REQUEST);
    end(testkit_device);
}

static ULONG claimed;

static NTSTATUS query_too_much(WDFWMIINSTANCE Instance, ULONG Size, PVOID Buffer, PULONG Used)
{
    UNREFERENCED_PARAMETER(Instance);
    memset(Buffer, 0xFF, Size);
    *Used = claimed;
    return STATUS_SUCCESS;
}

static NTSTATUS execute_too_much(WDFWMIINSTANCE Instance, ULONG Method, ULONG InSize, ULONG OutSize, PVOID Buffer,
                                 PULONG Used)
{
    UNREFERENCED_PARAMETER(Method);
    UNREFERENCED_PARAMETER(InSize);
    return query_too_much(Instance, OutSize, Buffer, Used);
}

static void driver_that_says_it_wrote_more_than_fits_had_too_little_room(void)
{
    struct testkit_device *testkit_device = begin();
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE instance;
    struct wmi_place third = place(2);
    unsigned char data[16];
    uint32_t used;

    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = TRUE;
    config.EvtWmiInstanceQueryInstance = query_too_much;
    config.EvtWmiInstanceExecuteMethod = execute_too_much;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance), STATUS_SUCCESS);
    claimed = sizeof(data);
    CHECK_STATUS(wmi_query(&third, data, sizeof(data), &used), STATUS_SUCCESS);
    CHECK_EQUAL(used, sizeof(data));
    claimed++;
    CHECK_STATUS(wmi_query(&third, data, sizeof(data), &used), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(used, sizeof(data) + 1);
    CHECK_STATUS(wmi_execute(&third, 1, data, 0, sizeof(data), &used), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(used, sizeof(data) + 1);
    end(testkit_device);
}

/*
 * The end of instances while their callbacks run.
 */

static KEVENT in_query;
static KEVENT may_return;
static LONG queries_running;
static WDFWMIINSTANCE slow_instance;

static NTSTATUS query_slowly(WDFWMIINSTANCE Instance, ULONG Size, PVOID Buffer, PULONG Used)
{
    UNREFERENCED_PARAMETER(Size);
    UNREFERENCED_PARAMETER(Buffer);
    InterlockedIncrement(&queries_running);
    KeSetEvent(&in_query, 0, FALSE);
    (void)KeWaitForSingleObject(&may_return, Executive, KernelMode, FALSE, NULL);
    CHECK(Instance == slow_instance);
    *Used = 0;
    InterlockedDecrement(&queries_running);
    return STATUS_SUCCESS;
}

/* Takes its own instance back, and does not wait for itself. */
static NTSTATUS query_and_deregister(WDFWMIINSTANCE Instance, ULONG Size, PVOID Buffer, PULONG Used)
{
    UNREFERENCED_PARAMETER(Size);
    UNREFERENCED_PARAMETER(Buffer);
    *Used = 0;
    KeSetEvent(&in_query, 0, FALSE);
    (void)KeWaitForSingleObject(&may_return, Executive, KernelMode, FALSE, NULL);
    WdfWmiInstanceDeregister(Instance);
    return STATUS_SUCCESS;
}

static void create_slow(PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE callback)
{
    WDF_WMI_INSTANCE_CONFIG config;

    queries_running = 0;
    KeInitializeEvent(&in_query, NotificationEvent, FALSE);
    KeInitializeEvent(&may_return, NotificationEvent, FALSE);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = TRUE;
    config.EvtWmiInstanceQueryInstance = callback;
    CHECK_STATUS(WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &slow_instance), STATUS_SUCCESS);
}

static void ask_slowly(void *argument)
{
    struct wmi_place third = place(2);
    ULONG value;
    uint32_t used;
    NTSTATUS status = wmi_query(&third, &value, sizeof(value), &used);

    CHECK(status == STATUS_SUCCESS || (argument != NULL && status == STATUS_WMI_INSTANCE_NOT_FOUND));
}

static void let_return(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    KeSetEvent(&may_return, 0, FALSE);
}

static void end_while_called(void (*end_instance)(void))
{
    struct testkit_device *testkit_device = begin();
    struct nt_thread *asker;
    struct nt_thread *releaser;

    create_slow(query_slowly);
    asker = nt_thread_start(ask_slowly, NULL);
    (void)KeWaitForSingleObject(&in_query, Executive, KernelMode, FALSE, NULL);
    releaser = nt_thread_start(let_return, NULL);
    end_instance();
    CHECK_EQUAL(queries_running, 0);
    nt_thread_join(asker);
    nt_thread_join(releaser);
    end(testkit_device);
}

static void deregister_slow(void)
{
    WdfWmiInstanceDeregister(slow_instance);
}

static void delete_slow(void)
{
    WdfObjectDelete(slow_instance);
}

static void instance_that_is_taken_back_is_not_in_a_callback_any_more(void)
{
    end_while_called(deregister_slow);
}

static void instance_that_is_deleted_is_not_in_a_callback_any_more(void)
{
    end_while_called(delete_slow);
}

static void callbacks_may_take_their_own_instance_back(void)
{
    struct testkit_device *testkit_device = begin();
    struct nt_thread *askers[2];

    create_slow(query_and_deregister);
    askers[0] = nt_thread_start(ask_slowly, NULL);
    (void)KeWaitForSingleObject(&in_query, Executive, KernelMode, FALSE, NULL);
    askers[1] = nt_thread_start(ask_slowly, &askers);
    KeSetEvent(&may_return, 0, FALSE);
    nt_thread_join(askers[0]);
    nt_thread_join(askers[1]);
    end(testkit_device);
}

static void ask_until_gone(void *argument)
{
    struct wmi_place *first = argument;
    NTSTATUS status = STATUS_SUCCESS;
    ULONG value;
    uint32_t used;

    for (int times = 0; times < 20 && NT_SUCCESS(status); times++)
    {
        status = wmi_query(first, &value, sizeof(value), &used);
    }
    CHECK(NT_SUCCESS(status) || status == STATUS_NO_SUCH_DEVICE);
}

static void questions_race_removal(void)
{
    struct testkit_device *testkit_device = begin();
    struct wmi_place first = place(0);
    struct nt_thread *asker = nt_thread_start(ask_until_gone, &first);

    end(testkit_device);
    nt_thread_join(asker);
}

const struct nt_case nt_cases[] = {
    CASE(block_is_found_while_its_device_is_started),
    CASE(query_and_set_reach_the_instance),
    CASE(buffer_that_is_too_small_is_told_what_is_needed),
    CASE(all_instances_come_in_one_node),
    CASE(what_does_not_exist_is_said_to),
    CASE(instance_without_callbacks_is_read_only_and_has_no_methods),
    CASE(context_answers_queries_by_itself),
    CASE(configuration_that_does_not_hold_together_is_refused),
    CASE(provider_hears_what_is_switched),
    CASE(fired_event_reaches_the_listeners),
    CASE(data_outside_its_node_is_refused),
    CASE(buffer_that_is_shorter_than_its_node_is_refused),
    CASE(block_that_is_not_there_or_not_named_is_not_found),
    CASE(driver_that_says_it_wrote_more_than_fits_had_too_little_room),
    CASE(instance_that_is_taken_back_is_not_in_a_callback_any_more),
    CASE(instance_that_is_deleted_is_not_in_a_callback_any_more),
    CASE(callbacks_may_take_their_own_instance_back),
    CASE(questions_race_removal),
    CASES_END,
};
