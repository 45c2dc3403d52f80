/* SPDX-License-Identifier: MIT */
/*
 * Context types: a type that a header declares has one identity in all units of a driver, in C and in C++, in both
 * flavours. The test stands alone, on a function table of its own with the few functions that contexts need.
 */
#include "wdf_context.h"

#define CHECK(Condition)                                                     \
    do                                                                       \
    {                                                                        \
        if (!(Condition))                                                    \
        {                                                                    \
            __builtin_printf("%s:%d: %s\n", __FILE__, __LINE__, #Condition); \
            failures++;                                                      \
        }                                                                    \
    } while (0)

typedef struct _PRIVATE_CONTEXT
{
    UCHAR Byte;
} PRIVATE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(PRIVATE_CONTEXT, PrivateContextGet)

/* The linker marks the ends of the section in which the loader finds the shared types. */
EXTERN_C_START
extern PWDF_OBJECT_CONTEXT_TYPE_INFO const __start_kmdftypeinit[] __attribute__((visibility("hidden")));
extern PWDF_OBJECT_CONTEXT_TYPE_INFO const __stop_kmdftypeinit[] __attribute__((visibility("hidden")));
EXTERN_C_END

/* An object is a short list of contexts. */
#define CONTEXTS_PER_OBJECT 4
struct test_object
{
    PCWDF_OBJECT_CONTEXT_TYPE_INFO types[CONTEXTS_PER_OBJECT];
    ULONGLONG contexts[CONTEXTS_PER_OBJECT][4];
};

static int failures;
static WDFFUNC table[WdfFunctionTableNumEntries];
static WDF_DRIVER_GLOBALS globals;
static PFN_WDF_OBJECT_CONTEXT_CLEANUP last_cleanup;

const WDFFUNC *WdfFunctions = table;
PWDF_DRIVER_GLOBALS WdfDriverGlobals = &globals;

static PVOID get_typed_context(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
    struct test_object *object = (struct test_object *)Handle;

    CHECK(DriverGlobals == &globals);
    for (int index = 0; index < CONTEXTS_PER_OBJECT; index++)
    {
        if (object->types[index] == TypeInfo)
        {
            return object->contexts[index];
        }
    }
    return NULL;
}

static NTSTATUS allocate_context(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PWDF_OBJECT_ATTRIBUTES Attributes,
                                 PVOID *Context)
{
    struct test_object *object = (struct test_object *)Handle;
    PVOID present = get_typed_context(DriverGlobals, Handle, Attributes->ContextTypeInfo);

    CHECK(Attributes->Size == sizeof(WDF_OBJECT_ATTRIBUTES));
    last_cleanup = Attributes->EvtCleanupCallback;
    if (present != NULL)
    {
        *Context = present;
        return STATUS_OBJECT_NAME_EXISTS;
    }
    for (int index = 0; index < CONTEXTS_PER_OBJECT; index++)
    {
        if (object->types[index] == NULL)
        {
            object->types[index] = Attributes->ContextTypeInfo;
            *Context = object->contexts[index];
            return STATUS_SUCCESS;
        }
    }
    return STATUS_INSUFFICIENT_RESOURCES;
}

static VOID mark_cleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
}

/* The owner of the shared type is another driver, here simply another description. */
PCWDF_OBJECT_CONTEXT_TYPE_INFO shared_context_owner(VOID)
{
    static const WDF_OBJECT_CONTEXT_TYPE_INFO owner = {sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), "SHARED_CONTEXT",
                                                       sizeof(SHARED_CONTEXT), &owner, NULL};

    return &owner;
}

static void test_identity(void)
{
    PCWDF_OBJECT_CONTEXT_TYPE_INFO device = WDF_GET_CONTEXT_TYPE_INFO(DEVICE_CONTEXT);

    CHECK(device == other_device_type());
    CHECK(WDF_GET_CONTEXT_TYPE_INFO(QUEUE_CONTEXT) == other_queue_type());
    CHECK(WDF_GET_CONTEXT_TYPE_INFO(WDF_CUSTOM_TYPE_CONTEXT_NAME(TestMark)) == other_mark_type());
    CHECK(WDF_GET_CONTEXT_TYPE_INFO(SHARED_CONTEXT) == other_shared_type());
    CHECK(device->UniqueType == device);
    CHECK(device->Size == sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO));
    CHECK(device->ContextSize == sizeof(DEVICE_CONTEXT));
    CHECK(__builtin_strcmp(device->ContextName, "DEVICE_CONTEXT") == 0);
    CHECK(device->EvtDriverGetUniqueContextType == NULL);
}

static void test_contexts(void)
{
    struct test_object object = {{NULL}, {{0}}};
    WDF_OBJECT_ATTRIBUTES attributes;
    PVOID context = NULL;
    WDF_POINTER_TYPE_DEVICE_CONTEXT device;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    CHECK(NT_SUCCESS(WdfObjectAllocateContext(&object, &attributes, &context)));
    device = WdfObjectGet_DEVICE_CONTEXT(&object);
    CHECK(device == context);
    CHECK(device == other_device_context(&object));
    CHECK(device == WdfObjectGetTypedContext(&object, DEVICE_CONTEXT));
    CHECK(QueueContextGet(&object) == NULL);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, PRIVATE_CONTEXT);
    CHECK(NT_SUCCESS(WdfObjectAllocateContext(&object, &attributes, &context)));
    CHECK(PrivateContextGet(&object) == context);
    CHECK(other_private_context(&object) == NULL);
    CHECK(WDF_GET_CONTEXT_TYPE_INFO(PRIVATE_CONTEXT) != other_private_type());
}

static void test_custom_types(void)
{
    struct test_object object = {{NULL}, {{0}}};

    CHECK(!WdfObjectIsCustomType(&object, TestMark));
    CHECK(WdfObjectAddCustomTypeWithData(&object, TestMark, 7, mark_cleanup, NULL) == STATUS_SUCCESS);
    CHECK(last_cleanup == mark_cleanup);
    CHECK(WdfObjectIsCustomType(&object, TestMark));
    CHECK(WdfObjectGetCustomTypeData(&object, TestMark) == 7);
    CHECK(WdfObjectGetCustomType_TestMark(&object)->Size == sizeof(WDF_CUSTOM_TYPE_CONTEXT));
    CHECK(other_add_mark(&object, 8) == STATUS_OBJECT_NAME_EXISTS);
    CHECK(WdfObjectAddCustomType(&object, TestMark) == STATUS_OBJECT_NAME_EXISTS);
}

/* Does what the loader does before DriverEntry. */
static void test_shared_types(void)
{
    struct test_object object = {{NULL}, {{0}}};
    WDF_OBJECT_ATTRIBUTES attributes;
    PVOID context = NULL;

    CHECK(WDF_GET_CONTEXT_TYPE_INFO(SHARED_CONTEXT)->UniqueType == NULL);
    for (const PWDF_OBJECT_CONTEXT_TYPE_INFO *type = __start_kmdftypeinit; type < __stop_kmdftypeinit; type++)
    {
        CHECK((*type)->Size == sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO));
        (*type)->UniqueType = (*type)->EvtDriverGetUniqueContextType();
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, SHARED_CONTEXT);
    CHECK(attributes.ContextTypeInfo == shared_context_owner());
    CHECK(NT_SUCCESS(WdfObjectAllocateContext(&object, &attributes, &context)));
    CHECK(SharedContextGet(&object) == context);
}

int main(void)
{
    table[WdfObjectGetTypedContextWorkerTableIndex] = (WDFFUNC)get_typed_context;
    table[WdfObjectAllocateContextTableIndex] = (WDFFUNC)allocate_context;

    test_identity();
    test_contexts();
    test_custom_types();
    test_shared_types();
    return failures == 0 ? 0 : 1;
}
