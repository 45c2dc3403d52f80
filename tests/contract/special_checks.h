/* SPDX-License-Identifier: MIT */
/*
 * Checks that no table can express: macros that are calls or declarations, and helpers whose effect the contract puts into
 * words. The generator finds them by their CONTRACT_SPECIAL lines. Table functions are replaced by ones that record how they
 * were called, so that the check sees what the macro passes on.
 */
#ifndef CONTRACT_SPECIAL_CHECKS_H
#define CONTRACT_SPECIAL_CHECKS_H

#define CONTRACT_SPECIAL(Name) static __attribute__((unused)) int contract_special_##Name(void)

/* Constants that helper checks pass by address or by value. */
static WCHAR contract_characters[] = L"contract";
static UNICODE_STRING contract_string = {16, 18, contract_characters};
static __attribute__((unused)) PHYSICAL_ADDRESS contract_address = {{0x11223344, 0x55667788}};
static const GUID contract_guid = {0x01234567, 0x89ab, 0xcdef, {1, 2, 3, 4, 5, 6, 7, 8}};

/*
 * The driver's side of the function table.
 */
static WDF_DRIVER_GLOBALS contract_globals = {(WDFDRIVER)(ULONG_PTR)0x4400, 0, 0, {0}, 0};
static WDFFUNC contract_table[WdfFunctionTableNumEntries];

#ifdef __cplusplus
extern "C"
{
#endif
    const WDFFUNC *WdfFunctions = contract_table;
    PWDF_DRIVER_GLOBALS WdfDriverGlobals = &contract_globals;
#ifdef __cplusplus
}
#endif

/* What the last recorded call passed. */
static struct
{
    PWDF_DRIVER_GLOBALS globals;
    void *handle;
    const void *tag;
    LONG line;
    const char *file;
    BOOLEAN flag;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO type;
    WDF_OBJECT_ATTRIBUTES attributes;
} contract_call;

/* What the replaced functions answer. */
static struct
{
    void *context;
    NTSTATUS status;
} contract_answer;

static void contract_record(PWDF_DRIVER_GLOBALS Globals, void *Handle, const void *Tag, LONG Line, const char *File)
{
    contract_call.globals = Globals;
    contract_call.handle = Handle;
    contract_call.tag = Tag;
    contract_call.line = Line;
    contract_call.file = File;
}

static VOID contract_tagged_call(PWDF_DRIVER_GLOBALS Globals, WDFOBJECT Handle, PVOID Tag, LONG Line, PCCH File)
{
    contract_record(Globals, Handle, Tag, Line, File);
}

static NTSTATUS contract_stop_idle(PWDF_DRIVER_GLOBALS Globals, WDFDEVICE Device, BOOLEAN Wait, PVOID Tag, LONG Line,
                                   PCCH File)
{
    contract_record(Globals, Device, Tag, Line, File);
    contract_call.flag = Wait;
    return contract_answer.status;
}

static PVOID contract_get_context(PWDF_DRIVER_GLOBALS Globals, WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO Type)
{
    contract_call.globals = Globals;
    contract_call.handle = Handle;
    contract_call.type = Type;
    return contract_answer.context;
}

static NTSTATUS contract_allocate_context(PWDF_DRIVER_GLOBALS Globals, WDFOBJECT Handle, PWDF_OBJECT_ATTRIBUTES Attributes,
                                          PVOID *Context)
{
    contract_call.globals = Globals;
    contract_call.handle = Handle;
    contract_call.attributes = *Attributes;
    *Context = contract_answer.context;
    return contract_answer.status;
}

/* Whether the last replaced function received what its caller was given. */
static int contract_received;

/* Compares scalars and structures alike. */
#define CONTRACT_EQUAL(Left, Right)                                       \
    __extension__({                                                       \
        __typeof__(Left) ContractLeft = (Left);                           \
        __typeof__(Left) ContractRight = (Right);                         \
        memcmp(&ContractLeft, &ContractRight, sizeof(ContractLeft)) == 0; \
    })
#ifdef __cplusplus
#define CONTRACT_GUID contract_guid
#else
#define CONTRACT_GUID (&contract_guid)
#endif

/* Forgets the last call and lets the given replacement answer for a table index. */
#define CONTRACT_REPLACE(Index, Replacement)                                  \
    (memset(&contract_call, 0, sizeof(contract_call)), contract_received = 0, \
     memset(&contract_answer, 0, sizeof(contract_answer)), (void)(contract_table[Index] = (WDFFUNC)(void *)(Replacement)))

/* True when the last tagged call carried these arguments and the source line before the current one. */
static int contract_tagged(const void *Handle, const void *Tag, LONG Line)
{
    return contract_call.globals == WdfDriverGlobals && contract_call.handle == Handle && contract_call.tag == Tag &&
           contract_call.line == Line && contract_call.file != NULL && strcmp(contract_call.file, __FILE__) == 0;
}

#define CONTRACT_HANDLE ((WDFOBJECT)(ULONG_PTR)0x1230)
#define CONTRACT_DEVICE ((WDFDEVICE)(ULONG_PTR)0x4560)
#define CONTRACT_TAG ((PVOID)(ULONG_PTR)0x7890)

CONTRACT_SPECIAL(WdfObjectReferenceWithTag)
{
    CONTRACT_REPLACE(WdfObjectReferenceActualTableIndex, contract_tagged_call);
    WdfObjectReferenceWithTag(CONTRACT_HANDLE, CONTRACT_TAG);
    return contract_tagged(CONTRACT_HANDLE, CONTRACT_TAG, __LINE__ - 1);
}

CONTRACT_SPECIAL(WdfObjectReference)
{
    CONTRACT_REPLACE(WdfObjectReferenceActualTableIndex, contract_tagged_call);
    WdfObjectReference(CONTRACT_HANDLE);
    return contract_tagged(CONTRACT_HANDLE, NULL, __LINE__ - 1);
}

CONTRACT_SPECIAL(WdfObjectDereferenceWithTag)
{
    CONTRACT_REPLACE(WdfObjectDereferenceActualTableIndex, contract_tagged_call);
    WdfObjectDereferenceWithTag(CONTRACT_HANDLE, CONTRACT_TAG);
    return contract_tagged(CONTRACT_HANDLE, CONTRACT_TAG, __LINE__ - 1);
}

CONTRACT_SPECIAL(WdfObjectDereference)
{
    CONTRACT_REPLACE(WdfObjectDereferenceActualTableIndex, contract_tagged_call);
    WdfObjectDereference(CONTRACT_HANDLE);
    return contract_tagged(CONTRACT_HANDLE, NULL, __LINE__ - 1);
}

CONTRACT_SPECIAL(WdfDeviceStopIdleWithTag)
{
    CONTRACT_REPLACE(WdfDeviceStopIdleActualTableIndex, contract_stop_idle);
    contract_answer.status = STATUS_PENDING;
    NTSTATUS status = WdfDeviceStopIdleWithTag(CONTRACT_DEVICE, TRUE, CONTRACT_TAG);
    return contract_tagged(CONTRACT_DEVICE, CONTRACT_TAG, __LINE__ - 1) && contract_call.flag == TRUE &&
           status == STATUS_PENDING;
}

CONTRACT_SPECIAL(WdfDeviceStopIdle)
{
    CONTRACT_REPLACE(WdfDeviceStopIdleActualTableIndex, contract_stop_idle);
    contract_answer.status = STATUS_INVALID_DEVICE_STATE;
    NTSTATUS status = WdfDeviceStopIdle(CONTRACT_DEVICE, FALSE);
    return contract_tagged(CONTRACT_DEVICE, NULL, __LINE__ - 1) && contract_call.flag == FALSE &&
           status == STATUS_INVALID_DEVICE_STATE;
}

CONTRACT_SPECIAL(WdfDeviceResumeIdleWithTag)
{
    CONTRACT_REPLACE(WdfDeviceResumeIdleActualTableIndex, contract_tagged_call);
    WdfDeviceResumeIdleWithTag(CONTRACT_DEVICE, CONTRACT_TAG);
    return contract_tagged(CONTRACT_DEVICE, CONTRACT_TAG, __LINE__ - 1);
}

CONTRACT_SPECIAL(WdfDeviceResumeIdle)
{
    CONTRACT_REPLACE(WdfDeviceResumeIdleActualTableIndex, contract_tagged_call);
    WdfDeviceResumeIdle(CONTRACT_DEVICE);
    return contract_tagged(CONTRACT_DEVICE, NULL, __LINE__ - 1);
}

/*
 * Context types. One with a trailing semicolon, one without: the contract allows both.
 */
typedef struct contract_first_context
{
    ULONG Value;
    PVOID Pointer;
} contract_first_context;

typedef struct contract_second_context
{
    UCHAR Bytes[24];
} contract_second_context;

WDF_DECLARE_CONTEXT_TYPE(contract_first_context)
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(contract_second_context, contract_get_second)
WDF_DECLARE_CUSTOM_TYPE(contract_custom)

static int contract_type_information(PCWDF_OBJECT_CONTEXT_TYPE_INFO Type, const char *Name, size_t Size)
{
    return Type->Size == sizeof(*Type) && strcmp(Type->ContextName, Name) == 0 && Type->ContextSize == Size &&
           Type->UniqueType == Type && Type->EvtDriverGetUniqueContextType == NULL;
}

CONTRACT_SPECIAL(WDF_GET_CONTEXT_TYPE_INFO)
{
    return contract_type_information(WDF_GET_CONTEXT_TYPE_INFO(contract_first_context), "contract_first_context",
                                     sizeof(contract_first_context)) &&
           contract_type_information(WDF_GET_CONTEXT_TYPE_INFO(contract_second_context), "contract_second_context", 24);
}

CONTRACT_SPECIAL(WDF_TYPE_NAME_TO_TYPE_INFO)
{
    return strcmp(CONTRACT_TEXT(WDF_TYPE_NAME_TO_TYPE_INFO(name)), "_WDF_name_TYPE_INFO") == 0 &&
           &WDF_TYPE_NAME_TO_TYPE_INFO(contract_first_context) == WDF_GET_CONTEXT_TYPE_INFO(contract_first_context);
}

CONTRACT_SPECIAL(WDF_TYPE_NAME_TO_EXTERNAL_INIT)
{
    return strcmp(CONTRACT_TEXT(WDF_TYPE_NAME_TO_EXTERNAL_INIT(name)), "_WDF_name_EXTERNAL_INIT") == 0;
}

CONTRACT_SPECIAL(WDF_TYPE_NAME_TO_EXTERNAL_INIT_FUNCTION)
{
    return strcmp(CONTRACT_TEXT(WDF_TYPE_NAME_TO_EXTERNAL_INIT_FUNCTION(name)), "name_EXTERNAL_INIT_FUNCTION") == 0;
}

CONTRACT_SPECIAL(WDF_TYPE_NAME_POINTER_TYPE)
{
    return strcmp(CONTRACT_TEXT(WDF_TYPE_NAME_POINTER_TYPE(name)), "WDF_POINTER_TYPE_name") == 0 &&
           CONTRACT_SAME(WDF_TYPE_NAME_POINTER_TYPE(contract_first_context), contract_first_context *);
}

CONTRACT_SPECIAL(WDF_CUSTOM_TYPE_CONTEXT_NAME)
{
    return strcmp(CONTRACT_TEXT(WDF_CUSTOM_TYPE_CONTEXT_NAME(name)), "WdfCustomType_name") == 0 &&
           CONTRACT_SAME(WdfCustomType_contract_custom, WDF_CUSTOM_TYPE_CONTEXT);
}

CONTRACT_SPECIAL(WDF_GET_CUSTOM_TYPE_FUNCTION_NAME)
{
    return strcmp(CONTRACT_TEXT(WDF_GET_CUSTOM_TYPE_FUNCTION_NAME(name)), "WdfObjectGetCustomType_name") == 0;
}

CONTRACT_SPECIAL(WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME)
{
    return strcmp(CONTRACT_TEXT(WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME(name)), "WdfObjectAddCustomType_name") == 0;
}

CONTRACT_SPECIAL(WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_OBJECT_ATTRIBUTES expected;
    memset(&attributes, 0xA5, sizeof(attributes));
    memset(&expected, 0xA5, sizeof(expected));
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, contract_first_context);
    expected.ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(contract_first_context);
    return memcmp(&attributes, &expected, sizeof(expected)) == 0;
}

CONTRACT_SPECIAL(WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_OBJECT_ATTRIBUTES expected;
    memset(&attributes, 0xA5, sizeof(attributes));
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, contract_first_context);
    WDF_OBJECT_ATTRIBUTES_INIT(&expected);
    expected.ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(contract_first_context);
    return memcmp(&attributes, &expected, sizeof(expected)) == 0;
}

CONTRACT_SPECIAL(WdfObjectGetTypedContext)
{
    contract_first_context context = {1, NULL};
    CONTRACT_REPLACE(WdfObjectGetTypedContextWorkerTableIndex, contract_get_context);
    contract_answer.context = &context;
    contract_first_context *found = WdfObjectGetTypedContext(CONTRACT_DEVICE, contract_first_context);
    return found == &context && contract_call.handle == (void *)CONTRACT_DEVICE &&
           contract_call.type == WDF_GET_CONTEXT_TYPE_INFO(contract_first_context) &&
           WdfObjectGet_contract_first_context(CONTRACT_DEVICE) == &context &&
           (void *)contract_get_second(CONTRACT_DEVICE) == (void *)&context &&
           contract_call.type == WDF_GET_CONTEXT_TYPE_INFO(contract_second_context);
}

static VOID contract_cleanup(WDFOBJECT Object)
{
    (void)Object;
}

static VOID contract_destroy(WDFOBJECT Object)
{
    (void)Object;
}

CONTRACT_SPECIAL(WdfObjectAddCustomTypeWithData)
{
    WDF_CUSTOM_TYPE_CONTEXT context = {0, 0};
    CONTRACT_REPLACE(WdfObjectAllocateContextTableIndex, contract_allocate_context);
    contract_answer.context = &context;
    NTSTATUS status =
        WdfObjectAddCustomTypeWithData(CONTRACT_HANDLE, contract_custom, 77, contract_cleanup, contract_destroy);
    return status == STATUS_SUCCESS && context.Size == sizeof(context) && context.Data == 77 &&
           contract_call.handle == CONTRACT_HANDLE && contract_call.attributes.EvtCleanupCallback == contract_cleanup &&
           contract_call.attributes.EvtDestroyCallback == contract_destroy &&
           contract_call.attributes.ContextTypeInfo == WDF_GET_CONTEXT_TYPE_INFO(WdfCustomType_contract_custom);
}

CONTRACT_SPECIAL(WdfObjectAddCustomType)
{
    WDF_CUSTOM_TYPE_CONTEXT context = {9, 9};
    CONTRACT_REPLACE(WdfObjectAllocateContextTableIndex, contract_allocate_context);
    contract_answer.context = &context;
    NTSTATUS status = WdfObjectAddCustomType(CONTRACT_HANDLE, contract_custom);
    return status == STATUS_SUCCESS && context.Data == 0 && contract_call.attributes.EvtCleanupCallback == NULL &&
           contract_call.attributes.EvtDestroyCallback == NULL;
}

CONTRACT_SPECIAL(WdfObjectIsCustomType)
{
    WDF_CUSTOM_TYPE_CONTEXT context = {sizeof(context), 5};
    CONTRACT_REPLACE(WdfObjectGetTypedContextWorkerTableIndex, contract_get_context);
    int absent = WdfObjectIsCustomType(CONTRACT_HANDLE, contract_custom) == FALSE;
    contract_answer.context = &context;
    return absent && WdfObjectIsCustomType(CONTRACT_HANDLE, contract_custom) == TRUE;
}

CONTRACT_SPECIAL(WdfObjectGetCustomTypeData)
{
    WDF_CUSTOM_TYPE_CONTEXT context = {sizeof(context), 4321};
    CONTRACT_REPLACE(WdfObjectGetTypedContextWorkerTableIndex, contract_get_context);
    contract_answer.context = &context;
    return WdfObjectGetCustomTypeData(CONTRACT_HANDLE, contract_custom) == 4321;
}

/*
 * Address arithmetic and assertions.
 */
CONTRACT_SPECIAL(WDF_PTR_ADD_OFFSET_TYPE)
{
    ULONG values[4] = {0, 1, 2, 3};
    ULONG *third = WDF_PTR_ADD_OFFSET_TYPE(values, 2 * sizeof(ULONG), ULONG *);
    return third == &values[2];
}

CONTRACT_SPECIAL(WDF_PTR_ADD_OFFSET)
{
    UCHAR bytes[8] = {0};
    PVOID fifth = WDF_PTR_ADD_OFFSET(bytes, 5);
    return fifth == (PVOID)&bytes[5];
}

CONTRACT_SPECIAL(WDF_PTR_GET_OFFSET)
{
    UCHAR bytes[8] = {0};
    return WDF_PTR_GET_OFFSET(bytes, &bytes[6]) == 6 && sizeof(WDF_PTR_GET_OFFSET(bytes, bytes)) == sizeof(size_t);
}

CONTRACT_SPECIAL(WDFVERIFY)
{
    int evaluated = 0;
    contract_globals.DriverFlags = 0;
    WDFVERIFY(++evaluated);
    int without = evaluated;
    contract_globals.DriverFlags = WdfVerifyOn;
    WDFVERIFY(++evaluated);
    contract_globals.DriverFlags = 0;
    return without == 0 && evaluated == 1;
}

/* User-mode drivers have no IRQL to ask for: there the macros exist and cannot be used, as on Windows. */
#if CONTRACT_KERNEL
#define CONTRACT_ASSERT_PASSIVE(Macro)              \
    CONTRACT_SPECIAL(Macro)                         \
    {                                               \
        contract_globals.DriverFlags = WdfVerifyOn; \
        Macro();                                    \
        contract_globals.DriverFlags = 0;           \
        return 1;                                   \
    }
CONTRACT_ASSERT_PASSIVE(VERIFY_IS_IRQL_PASSIVE_LEVEL)
CONTRACT_ASSERT_PASSIVE(IS_AT_PASSIVE)
#else
CONTRACT_SPECIAL(VERIFY_IS_IRQL_PASSIVE_LEVEL)
{
#ifdef VERIFY_IS_IRQL_PASSIVE_LEVEL
    return 1;
#else
    return 0;
#endif
}

CONTRACT_SPECIAL(IS_AT_PASSIVE)
{
#ifdef IS_AT_PASSIVE
    return 1;
#else
    return 0;
#endif
}
#endif

CONTRACT_SPECIAL(WDFCASSERT)
{
    WDFCASSERT(sizeof(ULONG) == 4)
    return 1;
}

CONTRACT_SPECIAL(NT_SUCCESS)
{
    return NT_SUCCESS(STATUS_SUCCESS) && NT_SUCCESS(0x40000000) && !NT_SUCCESS(0x80000005) && !NT_SUCCESS(0xC0000001);
}

CONTRACT_SPECIAL(NT_INFORMATION)
{
    return !NT_INFORMATION(0) && NT_INFORMATION(0x40000000) && !NT_INFORMATION(0x80000005) && !NT_INFORMATION(0xC0000001);
}

CONTRACT_SPECIAL(NT_WARNING)
{
    return !NT_WARNING(0) && !NT_WARNING(0x40000000) && NT_WARNING(0x80000005) && !NT_WARNING(0xC0000001);
}

CONTRACT_SPECIAL(NT_ERROR)
{
    return !NT_ERROR(0) && !NT_ERROR(0x40000000) && !NT_ERROR(0x80000005) && NT_ERROR(0xC0000001);
}

CONTRACT_SPECIAL(ROUND_TO_PAGES)
{
    return ROUND_TO_PAGES(1) == 4096 && ROUND_TO_PAGES(4096) == 4096 && ROUND_TO_PAGES(4097) == 8192;
}

CONTRACT_SPECIAL(BYTES_TO_PAGES)
{
    return BYTES_TO_PAGES(0) == 0 && BYTES_TO_PAGES(1) == 1 && BYTES_TO_PAGES(4096) == 1 && BYTES_TO_PAGES(4097) == 2;
}

CONTRACT_SPECIAL(BYTE_OFFSET)
{
    return BYTE_OFFSET((PVOID)(ULONG_PTR)0x12345) == 0x345;
}

CONTRACT_SPECIAL(PAGE_ALIGN)
{
    return PAGE_ALIGN((PVOID)(ULONG_PTR)0x12345) == (PVOID)(ULONG_PTR)0x12000;
}

CONTRACT_SPECIAL(ADDRESS_AND_SIZE_TO_SPAN_PAGES)
{
    return ADDRESS_AND_SIZE_TO_SPAN_PAGES((PVOID)(ULONG_PTR)0xfff, 2) == 2 &&
           ADDRESS_AND_SIZE_TO_SPAN_PAGES((PVOID)(ULONG_PTR)0x1000, 4096) == 1;
}

#if CONTRACT_KERNEL

CONTRACT_SPECIAL(WdfDeviceInterfaceReferenceNoOp)
{
    WdfDeviceInterfaceReferenceNoOp(NULL);
    return 1;
}

CONTRACT_SPECIAL(WdfDeviceInterfaceDereferenceNoOp)
{
    WdfDeviceInterfaceDereferenceNoOp(NULL);
    return 1;
}

CONTRACT_SPECIAL(WDF_WMI_BUFFER_APPEND_STRING)
{
    UCHAR buffer[24];
    ULONG needed = 0;
    memset(buffer, 0xA5, sizeof(buffer));
    int small = WDF_WMI_BUFFER_APPEND_STRING(buffer, 17, &contract_string, &needed) == STATUS_BUFFER_TOO_SMALL &&
                needed == 18 && buffer[0] == 0xA5;
    needed = 0;
    int stored = WDF_WMI_BUFFER_APPEND_STRING(buffer, 18, &contract_string, &needed) == STATUS_SUCCESS && needed == 18;
    USHORT length;
    memcpy(&length, buffer, sizeof(length));
    return small && stored && length == 16 && memcmp(buffer + 2, contract_characters, 16) == 0 && buffer[18] == 0xA5;
}

#else

CONTRACT_SPECIAL(DbgPrint)
{
    return sizeof(DbgPrint("%d", 1)) == sizeof(ULONG);
}

CONTRACT_SPECIAL(KdPrint)
{
    KdPrint(("contract %d\n", 1));
    return 1;
}

/*
 * Register and port access of user-mode drivers goes through two table functions.
 */
static struct
{
    WDF_DEVICE_HWACCESS_TARGET_TYPE type;
    WDF_DEVICE_HWACCESS_TARGET_SIZE size;
    PVOID address;
    SIZE_T value;
    PVOID buffer;
    ULONG count;
} contract_access;

static SIZE_T contract_read(PWDF_DRIVER_GLOBALS Globals, WDFDEVICE Device, WDF_DEVICE_HWACCESS_TARGET_TYPE Type,
                            WDF_DEVICE_HWACCESS_TARGET_SIZE Size, PVOID Address, PVOID Buffer, ULONG Count)
{
    contract_record(Globals, Device, NULL, 0, NULL);
    contract_access.type = Type;
    contract_access.size = Size;
    contract_access.address = Address;
    contract_access.buffer = Buffer;
    contract_access.count = Count;
    return 0x1122334455667788ull;
}

static VOID contract_write(PWDF_DRIVER_GLOBALS Globals, WDFDEVICE Device, WDF_DEVICE_HWACCESS_TARGET_TYPE Type,
                           WDF_DEVICE_HWACCESS_TARGET_SIZE Size, PVOID Address, SIZE_T Value, PVOID Buffer, ULONG Count)
{
    (void)contract_read(Globals, Device, Type, Size, Address, Buffer, Count);
    contract_access.value = Value;
}

static int contract_accessed(WDF_DEVICE_HWACCESS_TARGET_TYPE Type, WDF_DEVICE_HWACCESS_TARGET_SIZE Size, PVOID Address,
                             SIZE_T Value, PVOID Buffer, ULONG Count)
{
    int right = contract_call.handle == (void *)CONTRACT_DEVICE && contract_access.type == Type &&
                contract_access.size == Size && contract_access.address == Address && contract_access.value == Value &&
                contract_access.buffer == Buffer && contract_access.count == Count;
    memset(&contract_access, 0, sizeof(contract_access));
    return right;
}

/* One cell read and written, and a buffer of three read and written. Target is REGISTER or PORT as the names spell it. */
#define CONTRACT_ACCESS(Target, TargetType, Unit, UnitSize, Type)                                                          \
    CONTRACT_SPECIAL(WDF_READ_##Target##_##Unit)                                                                           \
    {                                                                                                                      \
        Type cell = 0;                                                                                                     \
        CONTRACT_REPLACE(WdfDeviceReadFromHardwareTableIndex, contract_read);                                              \
        Type value = WDF_READ_##Target##_##Unit(CONTRACT_DEVICE, &cell);                                                   \
        return value == (Type)0x1122334455667788ull &&                                                                     \
               contract_accessed(WdfDeviceHwAccessTargetType##TargetType, WdfDeviceHwAccessTargetSize##UnitSize, &cell, 0, \
                                 NULL, 0);                                                                                 \
    }                                                                                                                      \
    CONTRACT_SPECIAL(WDF_WRITE_##Target##_##Unit)                                                                          \
    {                                                                                                                      \
        Type cell = 0;                                                                                                     \
        CONTRACT_REPLACE(WdfDeviceWriteToHardwareTableIndex, contract_write);                                              \
        WDF_WRITE_##Target##_##Unit(CONTRACT_DEVICE, &cell, 0x42);                                                         \
        return contract_accessed(WdfDeviceHwAccessTargetType##TargetType, WdfDeviceHwAccessTargetSize##UnitSize, &cell,    \
                                 0x42, NULL, 0);                                                                           \
    }                                                                                                                      \
    CONTRACT_SPECIAL(WDF_READ_##Target##_BUFFER_##Unit)                                                                    \
    {                                                                                                                      \
        Type cell = 0;                                                                                                     \
        Type buffer[3] = {0};                                                                                              \
        CONTRACT_REPLACE(WdfDeviceReadFromHardwareTableIndex, contract_read);                                              \
        WDF_READ_##Target##_BUFFER_##Unit(CONTRACT_DEVICE, &cell, buffer, 3);                                              \
        return contract_accessed(WdfDeviceHwAccessTargetType##TargetType##Buffer, WdfDeviceHwAccessTargetSize##UnitSize,   \
                                 &cell, 0, buffer, 3);                                                                     \
    }                                                                                                                      \
    CONTRACT_SPECIAL(WDF_WRITE_##Target##_BUFFER_##Unit)                                                                   \
    {                                                                                                                      \
        Type cell = 0;                                                                                                     \
        Type buffer[3] = {0};                                                                                              \
        CONTRACT_REPLACE(WdfDeviceWriteToHardwareTableIndex, contract_write);                                              \
        WDF_WRITE_##Target##_BUFFER_##Unit(CONTRACT_DEVICE, &cell, buffer, 3);                                             \
        return contract_accessed(WdfDeviceHwAccessTargetType##TargetType##Buffer, WdfDeviceHwAccessTargetSize##UnitSize,   \
                                 &cell, 0, buffer, 3);                                                                     \
    }

CONTRACT_ACCESS(REGISTER, Register, UCHAR, Uchar, UCHAR)
CONTRACT_ACCESS(REGISTER, Register, USHORT, Ushort, USHORT)
CONTRACT_ACCESS(REGISTER, Register, ULONG, Ulong, ULONG)
CONTRACT_ACCESS(REGISTER, Register, ULONG64, Ulong64, ULONG64)
CONTRACT_ACCESS(PORT, Port, UCHAR, Uchar, UCHAR)
CONTRACT_ACCESS(PORT, Port, USHORT, Ushort, USHORT)
CONTRACT_ACCESS(PORT, Port, ULONG, Ulong, ULONG)

#endif

#endif /* CONTRACT_SPECIAL_CHECKS_H */
