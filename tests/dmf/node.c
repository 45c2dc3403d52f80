/* SPDX-License-Identifier: MIT */
#include "node.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
    const struct node *Node;
} DMF_CONFIG_Node;
DECLARE_DMF_MODULE(Node)
DMF_MODULE_DECLARE_NO_CONTEXT(Node)
DMF_MODULE_DECLARE_CONFIG(Node)

/*
 * The trace.
 */

ULONG_PTR node_expected_sum;
DMF_ModuleDeviceIoControl *node_control_override;

static char trace[32768];

static struct
{
    const char *name;
    const char *step;
    NTSTATUS status;
} answer;

static bool is_answered(const char *name, const char *step)
{
    return answer.name != NULL && strcmp(answer.name, name) == 0 && strcmp(answer.step, step) == 0;
}

NTSTATUS node_step(const char *name, const char *step)
{
    size_t used = strlen(trace);

    (void)snprintf(trace + used, sizeof(trace) - used, "%s%s.%s", used == 0 ? "" : " ", name, step);
    return is_answered(name, step) ? answer.status : STATUS_SUCCESS;
}

void node_answer(const char *name, const char *step, NTSTATUS status)
{
    answer.name = name;
    answer.step = step;
    answer.status = status;
}

void node_forget(void)
{
    trace[0] = 0;
}

void node_check_trace(const char *file, int line, const char *expected)
{
    if (strcmp(trace, expected) != 0)
    {
        fprintf(stderr, "the callbacks were\n  %s\nand should be\n  %s\n", trace, expected);
        nt_check_failed(file, line, "the callbacks come in the published order");
    }
    node_forget();
}

static void append(char *text, const char *word)
{
    size_t used = strlen(text);

    (void)snprintf(text + used, sizeof(trace) - used, "%s%s", used == 0 ? "" : " ", word);
}

/* Moves the words "NAME.STEP" of one step from the trace to taken, as names. Both texts are as large as the trace. */
static void take_step(const char *step, char *taken)
{
    char rest[sizeof(trace)] = "";
    char *next = NULL;

    for (char *word = strtok_r(trace, " ", &next); word != NULL; word = strtok_r(NULL, " ", &next))
    {
        char *dot = strchr(word, '.');
        bool is_taken = strcmp(dot + 1, step) == 0;

        *(is_taken ? dot : dot + strlen(dot)) = 0;
        append(is_taken ? taken : rest, word);
    }
    (void)memcpy(trace, rest, sizeof(trace));
}

void node_check_trace_of(const char *file, int line, const char *step, const char *names, const char *last)
{
    char taken[sizeof(trace)] = "";
    size_t length = strlen(names);

    for (const char *name = names; last != NULL && *name != 0; name += strcspn(name, " "), name += *name == ' ')
    {
        if (strcspn(name, " ") == strlen(last) && strncmp(name, last, strlen(last)) == 0)
        {
            length = (size_t)(name - names) + strlen(last);
            break;
        }
    }
    take_step(step, taken);
    if (strlen(taken) != length || strncmp(taken, names, length) != 0)
    {
        fprintf(stderr, "%s came to\n  %s\nand should come to\n  %.*s\n", step, taken, (int)length, names);
        nt_check_failed(file, line, "the callback comes to all in the published order");
    }
}

/*
 * Callbacks of WDF, of Modules and of the Client Driver.
 */

static NTSTATUS seen(const char *name, const char *step, ULONG_PTR sum)
{
    if (node_expected_sum != 0)
    {
        CHECK_EQUAL(sum, node_expected_sum);
    }
    return node_step(name, step);
}

#define NAME DMF_CONFIG_GET(DmfModule)->Node->name

#define EVENT(Name, Result, Return, Sum, ...)                       \
    static Result module_##Name(DMFMODULE DmfModule, ##__VA_ARGS__) \
    {                                                               \
        NTSTATUS status = seen(NAME, #Name, Sum);                   \
        UNREFERENCED_PARAMETER(status);                             \
        return Return;                                              \
    }                                                               \
    static Result client_##Name(WDFDEVICE Device, ##__VA_ARGS__)    \
    {                                                               \
        NTSTATUS status = seen("C", #Name, Sum);                    \
        UNREFERENCED_PARAMETER(status);                             \
        CHECK(Device != NULL);                                      \
        return Return;                                              \
    }
#define STATUS_EVENT(Name, Sum, ...) EVENT(Name, NTSTATUS, status, Sum, ##__VA_ARGS__)
#define NOTHING
#define VOID_EVENT(Name, Sum, ...) EVENT(Name, VOID, NOTHING, Sum, ##__VA_ARGS__)

STATUS_EVENT(PrepareHardware, node_sum(Raw, Translated, 0), WDFCMRESLIST Raw, WDFCMRESLIST Translated)
STATUS_EVENT(ReleaseHardware, node_sum(Translated, 0, 0), WDFCMRESLIST Translated)
STATUS_EVENT(D0Entry, node_sum(State, 0, 0), WDF_POWER_DEVICE_STATE State)
STATUS_EVENT(D0EntryPostInterruptsEnabled, node_sum(State, 0, 0), WDF_POWER_DEVICE_STATE State)
STATUS_EVENT(D0ExitPreInterruptsDisabled, node_sum(State, 0, 0), WDF_POWER_DEVICE_STATE State)
STATUS_EVENT(D0Exit, node_sum(State, 0, 0), WDF_POWER_DEVICE_STATE State)
VOID_EVENT(SelfManagedIoCleanup, 0)
VOID_EVENT(SelfManagedIoFlush, 0)
STATUS_EVENT(SelfManagedIoInit, 0)
STATUS_EVENT(SelfManagedIoSuspend, 0)
STATUS_EVENT(SelfManagedIoRestart, 0)
VOID_EVENT(SurpriseRemoval, 0)
STATUS_EVENT(QueryRemove, 0)
STATUS_EVENT(QueryStop, 0)
VOID_EVENT(RelationsQuery, node_sum(Type, 0, 0), DEVICE_RELATION_TYPE Type)
STATUS_EVENT(UsageNotificationEx, node_sum(Type, In, 0), WDF_SPECIAL_FILE_TYPE Type, BOOLEAN In)
STATUS_EVENT(ArmWakeFromS0, 0)
VOID_EVENT(DisarmWakeFromS0, 0)
VOID_EVENT(WakeFromS0Triggered, 0)
STATUS_EVENT(ArmWakeFromSxWithReason, node_sum(Enabled, Children, 0), BOOLEAN Enabled, BOOLEAN Children)
VOID_EVENT(DisarmWakeFromSx, 0)
VOID_EVENT(WakeFromSxTriggered, 0)

/* A request is handled by the one that is to answer; the Client Driver handles whatever comes to it. */
static BOOLEAN request_seen(const char *name, const char *step, WDFREQUEST request, ULONG_PTR sum)
{
    NTSTATUS status = seen(name, step, sum);
    BOOLEAN handled = is_answered(name, step) || strcmp(name, "C") == 0;

    if (handled)
    {
        WdfRequestCompleteWithInformation(request, status, 0);
    }
    return handled;
}

#define REQUEST(Name, Sum, ...)                                                                        \
    static BOOLEAN module_##Name(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, __VA_ARGS__) \
    {                                                                                                  \
        CHECK(WdfIoQueueGetDevice(Queue) == DMF_ParentDeviceGet(DmfModule));                           \
        return request_seen(NAME, #Name, Request, Sum);                                                \
    }                                                                                                  \
    static VOID client_##Name(WDFQUEUE Queue, WDFREQUEST Request, __VA_ARGS__)                         \
    {                                                                                                  \
        CHECK(Queue != NULL);                                                                          \
        (void)request_seen("C", #Name, Request, Sum);                                                  \
    }

REQUEST(QueueIoRead, node_sum(Length, 0, 0), size_t Length)
REQUEST(QueueIoWrite, node_sum(Length, 0, 0), size_t Length)
REQUEST(DeviceIoControl, node_sum(Output, Input, Code), size_t Output, size_t Input, ULONG Code)
#if defined(DMF_KERNEL_MODE)
REQUEST(InternalDeviceIoControl, node_sum(Output, Input, Code), size_t Output, size_t Input, ULONG Code)
#endif

static BOOLEAN module_FileCreate(DMFMODULE DmfModule, WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    CHECK(Device == DMF_ParentDeviceGet(DmfModule) && FileObject != NULL);
    return request_seen(NAME, "FileCreate", Request, 0);
}

static VOID client_FileCreate(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    CHECK(Device != NULL && FileObject != NULL);
    (void)request_seen("C", "FileCreate", Request, 0);
}

#define FILE_EVENT(Name)                                                             \
    static BOOLEAN module_##Name(DMFMODULE DmfModule, WDFFILEOBJECT FileObject)      \
    {                                                                                \
        CHECK(WdfFileObjectGetDevice(FileObject) == DMF_ParentDeviceGet(DmfModule)); \
        (void)seen(NAME, #Name, 0);                                                  \
        return is_answered(NAME, #Name);                                             \
    }                                                                                \
    static VOID client_##Name(WDFFILEOBJECT FileObject)                              \
    {                                                                                \
        CHECK(FileObject != NULL);                                                   \
        (void)seen("C", #Name, 0);                                                   \
    }

FILE_EVENT(FileCleanup)
FILE_EVENT(FileClose)

void node_client_pnp_power(WDF_PNPPOWER_EVENT_CALLBACKS *callbacks)
{
    callbacks->EvtDevicePrepareHardware = client_PrepareHardware;
    callbacks->EvtDeviceReleaseHardware = client_ReleaseHardware;
    callbacks->EvtDeviceD0Entry = client_D0Entry;
    callbacks->EvtDeviceD0EntryPostInterruptsEnabled = client_D0EntryPostInterruptsEnabled;
    callbacks->EvtDeviceD0ExitPreInterruptsDisabled = client_D0ExitPreInterruptsDisabled;
    callbacks->EvtDeviceD0Exit = client_D0Exit;
    callbacks->EvtDeviceSelfManagedIoCleanup = client_SelfManagedIoCleanup;
    callbacks->EvtDeviceSelfManagedIoFlush = client_SelfManagedIoFlush;
    callbacks->EvtDeviceSelfManagedIoInit = client_SelfManagedIoInit;
    callbacks->EvtDeviceSelfManagedIoSuspend = client_SelfManagedIoSuspend;
    callbacks->EvtDeviceSelfManagedIoRestart = client_SelfManagedIoRestart;
    callbacks->EvtDeviceSurpriseRemoval = client_SurpriseRemoval;
    callbacks->EvtDeviceQueryRemove = client_QueryRemove;
    callbacks->EvtDeviceQueryStop = client_QueryStop;
    callbacks->EvtDeviceRelationsQuery = client_RelationsQuery;
    callbacks->EvtDeviceUsageNotificationEx = client_UsageNotificationEx;
}

void node_client_power_policy(WDF_POWER_POLICY_EVENT_CALLBACKS *callbacks)
{
    callbacks->EvtDeviceArmWakeFromS0 = client_ArmWakeFromS0;
    callbacks->EvtDeviceDisarmWakeFromS0 = client_DisarmWakeFromS0;
    callbacks->EvtDeviceWakeFromS0Triggered = client_WakeFromS0Triggered;
    callbacks->EvtDeviceArmWakeFromSxWithReason = client_ArmWakeFromSxWithReason;
    callbacks->EvtDeviceDisarmWakeFromSx = client_DisarmWakeFromSx;
    callbacks->EvtDeviceWakeFromSxTriggered = client_WakeFromSxTriggered;
}

void node_client_files(WDF_FILEOBJECT_CONFIG *config)
{
    config->EvtDeviceFileCreate = client_FileCreate;
    config->EvtFileCleanup = client_FileCleanup;
    config->EvtFileClose = client_FileClose;
}

void node_client_queue(WDF_IO_QUEUE_CONFIG *config)
{
    config->EvtIoRead = client_QueueIoRead;
    config->EvtIoWrite = client_QueueIoWrite;
    config->EvtIoDeviceControl = client_DeviceIoControl;
#if defined(DMF_KERNEL_MODE)
    config->EvtIoInternalDeviceControl = client_InternalDeviceIoControl;
#endif
}

/*
 * Callbacks of DMF.
 */

static NTSTATUS node_open(DMFMODULE DmfModule)
{
    return node_step(NAME, "Open");
}

static VOID node_close(DMFMODULE DmfModule)
{
    (void)node_step(NAME, "Close");
}

static NTSTATUS node_register(DMFMODULE DmfModule)
{
    NTSTATUS status = node_step(NAME, "Register");

    return NT_SUCCESS(status) ? DMF_ModuleOpen(DmfModule) : status;
}

static VOID node_unregister(DMFMODULE DmfModule)
{
    (void)node_step(NAME, "Unregister");
    DMF_ModuleClose(DmfModule);
}

static VOID node_destroy(DMFMODULE DmfModule)
{
    (void)node_step(NAME, "Destroy");
}

static VOID node_children_add(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                              PDMFMODULE_INIT DmfModuleInit)
{
    const struct node *const *child = DMF_CONFIG_GET(DmfModule)->Node->children;

    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);
    for (; child != NULL && *child != NULL; child++)
    {
        node_add(DmfModuleInit, *child);
    }
}

static void set_every_callback(DMF_CALLBACKS_WDF *callbacks)
{
    DMF_CALLBACKS_WDF_INIT(callbacks);
#define SET(Name) callbacks->Module##Name = module_##Name;
    SET(PrepareHardware)
    SET(ReleaseHardware)
    SET(D0Entry)
    SET(D0EntryPostInterruptsEnabled)
    SET(D0ExitPreInterruptsDisabled)
    SET(D0Exit)
    SET(SelfManagedIoCleanup)
    SET(SelfManagedIoFlush)
    SET(SelfManagedIoInit)
    SET(SelfManagedIoSuspend)
    SET(SelfManagedIoRestart)
    SET(SurpriseRemoval)
    SET(QueryRemove)
    SET(QueryStop)
    SET(RelationsQuery)
    SET(UsageNotificationEx)
    SET(ArmWakeFromS0)
    SET(DisarmWakeFromS0)
    SET(WakeFromS0Triggered)
    SET(ArmWakeFromSxWithReason)
    SET(DisarmWakeFromSx)
    SET(WakeFromSxTriggered)
    SET(QueueIoRead)
    SET(QueueIoWrite)
    SET(DeviceIoControl)
    SET(FileCreate)
    SET(FileCleanup)
    SET(FileClose)
#if defined(DMF_KERNEL_MODE)
    SET(InternalDeviceIoControl)
#endif
#undef SET
    if (node_control_override != NULL)
    {
        callbacks->ModuleDeviceIoControl = node_control_override;
    }
}

NTSTATUS DMF_Node_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                         WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    const struct node *node = ((DMF_CONFIG_Node *)DmfModuleAttributes->ModuleConfigPointer)->Node;
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;
    DMF_CALLBACKS_WDF callbacks_wdf;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceOpen = node_open;
    callbacks.DeviceClose = node_close;
    callbacks.DeviceNotificationRegister = node_register;
    callbacks.DeviceNotificationUnregister = node_unregister;
    callbacks.ModuleInstanceDestroy = node_destroy;
    callbacks.ChildModulesAdd = node_children_add;
    set_every_callback(&callbacks_wdf);
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Node, DMF_MODULE_OPTIONS_DISPATCH, node->open_option);
    descriptor.CallbacksDmf = &callbacks;
    descriptor.CallbacksWdf = node->every_callback ? &callbacks_wdf : NULL;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

void node_add(PDMFMODULE_INIT init, const struct node *node)
{
    DMF_CONFIG_Node config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Node_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Node = node;
    attributes.ClientModuleInstanceName = node->name;
    DMF_DmfModuleAdd(init, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}
