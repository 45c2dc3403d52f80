/* SPDX-License-Identifier: MIT */
/*
 * What all framework objects share: attributes, parents, reference counts, deletion, typed contexts and custom types.
 */
#ifndef WDFOBJECT_H
#define WDFOBJECT_H

#include "wdfglobals.h"

/* Names that the declarations below make from the name of a type. */
#define WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype) _WDF_##_contexttype##_TYPE_INFO
#define WDF_TYPE_NAME_TO_EXTERNAL_INIT(_contexttype) _WDF_##_contexttype##_EXTERNAL_INIT
#define WDF_TYPE_NAME_TO_EXTERNAL_INIT_FUNCTION(_contexttype) _contexttype##_EXTERNAL_INIT_FUNCTION
#define WDF_TYPE_NAME_POINTER_TYPE(_contexttype) WDF_POINTER_TYPE_##_contexttype
#define WDF_CUSTOM_TYPE_CONTEXT_NAME(_type) WdfCustomType_##_type
#define WDF_GET_CUSTOM_TYPE_FUNCTION_NAME(_type) WdfObjectGetCustomType_##_type
#define WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME(_type) WdfObjectAddCustomType_##_type

/* The description of a declared context type. A type that was never declared is a compile error. */
#define WDF_GET_CONTEXT_TYPE_INFO(_contexttype) (&WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype))

EXTERN_C_START

/* The highest IRQL at which the callbacks of an object run. */
typedef enum _WDF_EXECUTION_LEVEL
{
    WdfExecutionLevelInvalid = 0x00,
    WdfExecutionLevelInheritFromParent = 1,
    WdfExecutionLevelPassive = 2,
    WdfExecutionLevelDispatch = 3,
} WDF_EXECUTION_LEVEL;

/* Which callbacks the framework keeps from running at the same time. */
typedef enum _WDF_SYNCHRONIZATION_SCOPE
{
    WdfSynchronizationScopeInvalid = 0x00,
    WdfSynchronizationScopeInheritFromParent = 1,
    WdfSynchronizationScopeDevice = 2,
    WdfSynchronizationScopeQueue = 3,
    WdfSynchronizationScopeNone = 4,
} WDF_SYNCHRONIZATION_SCOPE;

/* The object is being deleted; others may still hold references to it. */
typedef _Function_class_(EVT_WDF_OBJECT_CONTEXT_CLEANUP)
_IRQL_requires_same_ _IRQL_requires_max_(DISPATCH_LEVEL)
VOID EVT_WDF_OBJECT_CONTEXT_CLEANUP(_In_ WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_CLEANUP;

/* The last reference is gone; only the context may still be touched. */
typedef _Function_class_(EVT_WDF_OBJECT_CONTEXT_DESTROY)
_IRQL_requires_same_ _IRQL_requires_max_(DISPATCH_LEVEL)
VOID EVT_WDF_OBJECT_CONTEXT_DESTROY(_In_ WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY *PFN_WDF_OBJECT_CONTEXT_DESTROY;

typedef const struct _WDF_OBJECT_CONTEXT_TYPE_INFO *PCWDF_OBJECT_CONTEXT_TYPE_INFO;

/* How an object is created: its parent, its context and the callbacks at its end. */
typedef struct _WDF_OBJECT_ATTRIBUTES
{
    ULONG Size;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback;
    PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback;
    WDF_EXECUTION_LEVEL ExecutionLevel;
    WDF_SYNCHRONIZATION_SCOPE SynchronizationScope;
    WDFOBJECT ParentObject;
    size_t ContextSizeOverride;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO ContextTypeInfo;
} WDF_OBJECT_ATTRIBUTES, *PWDF_OBJECT_ATTRIBUTES;

typedef PCWDF_OBJECT_CONTEXT_TYPE_INFO (*PFN_GET_UNIQUE_CONTEXT_TYPE)(VOID);

/* A context type. Its identity is the address in UniqueType, never the name. */
typedef struct _WDF_OBJECT_CONTEXT_TYPE_INFO
{
    ULONG Size;
    LPCSTR ContextName;
    size_t ContextSize;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO UniqueType;
    PFN_GET_UNIQUE_CONTEXT_TYPE EvtDriverGetUniqueContextType;
} WDF_OBJECT_CONTEXT_TYPE_INFO, *PWDF_OBJECT_CONTEXT_TYPE_INFO;

/* What a custom type leaves on an object. */
typedef struct _WDF_CUSTOM_TYPE_CONTEXT
{
    ULONG Size;
    ULONG_PTR Data;
} WDF_CUSTOM_TYPE_CONTEXT, *PWDF_CUSTOM_TYPE_CONTEXT;

/* Gives NULL when the object has no context of that type. */
typedef PVOID (*PFN_WDFOBJECTGETTYPEDCONTEXTWORKER)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle,
    PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo);
_IRQL_requires_max_(DISPATCH_LEVEL + 1)
FORCEINLINE PVOID WdfObjectGetTypedContextWorker(_In_ WDFOBJECT Handle, _In_ PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
    return ((PFN_WDFOBJECTGETTYPEDCONTEXTWORKER)WdfFunctions[WdfObjectGetTypedContextWorkerTableIndex])(WdfDriverGlobals,
        Handle, TypeInfo);
}

/* Adds a further context. STATUS_OBJECT_NAME_EXISTS, a success, when the object has one of that type already. */
typedef NTSTATUS (*PFN_WDFOBJECTALLOCATECONTEXT)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle,
    PWDF_OBJECT_ATTRIBUTES ContextAttributes, PVOID *Context);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfObjectAllocateContext(_In_ WDFOBJECT Handle, _In_ PWDF_OBJECT_ATTRIBUTES ContextAttributes,
    _Outptr_opt_ PVOID *Context)
{
    return ((PFN_WDFOBJECTALLOCATECONTEXT)WdfFunctions[WdfObjectAllocateContextTableIndex])(WdfDriverGlobals, Handle,
        ContextAttributes, Context);
}

typedef WDFOBJECT (*PFN_WDFOBJECTCONTEXTGETOBJECT)(PWDF_DRIVER_GLOBALS DriverGlobals, PVOID ContextPointer);
_IRQL_requires_max_(DISPATCH_LEVEL + 1)
FORCEINLINE WDFOBJECT WdfObjectContextGetObject(_In_ PVOID ContextPointer)
{
    return ((PFN_WDFOBJECTCONTEXTGETOBJECT)WdfFunctions[WdfObjectContextGetObjectTableIndex])(WdfDriverGlobals,
        ContextPointer);
}

/* Behind WdfObjectReference, with the place of the call. */
typedef VOID (*PFN_WDFOBJECTREFERENCEACTUAL)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line,
    PCCH File);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfObjectReferenceActual(_In_ WDFOBJECT Handle, _In_opt_ PVOID Tag, _In_ LONG Line, _In_z_ PCCH File)
{
    ((PFN_WDFOBJECTREFERENCEACTUAL)WdfFunctions[WdfObjectReferenceActualTableIndex])(WdfDriverGlobals, Handle, Tag, Line,
        File);
}

/* Behind WdfObjectDereference, with the place of the call. */
typedef VOID (*PFN_WDFOBJECTDEREFERENCEACTUAL)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line,
    PCCH File);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfObjectDereferenceActual(_In_ WDFOBJECT Handle, _In_opt_ PVOID Tag, _In_ LONG Line, _In_z_ PCCH File)
{
    ((PFN_WDFOBJECTDEREFERENCEACTUAL)WdfFunctions[WdfObjectDereferenceActualTableIndex])(WdfDriverGlobals, Handle, Tag, Line,
        File);
}

typedef NTSTATUS (*PFN_WDFOBJECTCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES Attributes,
    WDFOBJECT *Object);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfObjectCreate(_In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes, _Out_ WDFOBJECT *Object)
{
    return ((PFN_WDFOBJECTCREATE)WdfFunctions[WdfObjectCreateTableIndex])(WdfDriverGlobals, Attributes, Object);
}

/* Children are deleted first. Memory stays until the last reference is gone. */
typedef VOID (*PFN_WDFOBJECTDELETE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfObjectDelete(_In_ WDFOBJECT Object)
{
    ((PFN_WDFOBJECTDELETE)WdfFunctions[WdfObjectDeleteTableIndex])(WdfDriverGlobals, Object);
}

typedef NTSTATUS (*PFN_WDFOBJECTQUERY)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object, CONST GUID *Guid,
    ULONG QueryBufferLength, PVOID QueryBuffer);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfObjectQuery(_In_ WDFOBJECT Object, _In_ CONST GUID *Guid, _In_ ULONG QueryBufferLength,
    _Out_writes_bytes_(QueryBufferLength) PVOID QueryBuffer)
{
    return ((PFN_WDFOBJECTQUERY)WdfFunctions[WdfObjectQueryTableIndex])(WdfDriverGlobals, Object, Guid, QueryBufferLength,
        QueryBuffer);
}

FORCEINLINE VOID WDF_OBJECT_ATTRIBUTES_INIT(_Out_ PWDF_OBJECT_ATTRIBUTES Attributes)
{
    RtlZeroMemory(Attributes, sizeof(WDF_OBJECT_ATTRIBUTES));
    Attributes->Size = WDF_STRUCTURE_SIZE(WDF_OBJECT_ATTRIBUTES);
    Attributes->ExecutionLevel = WdfExecutionLevelInheritFromParent;
    Attributes->SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
}

/* What the add function of every custom type does. */
FORCEINLINE NTSTATUS WdfObjectAddCustomTypeWorker(_In_ WDFOBJECT Handle, _In_ PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo,
    _In_ ULONG_PTR Data, _In_opt_ PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback,
    _In_opt_ PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback)
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    PVOID context = NULL;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ContextTypeInfo = TypeInfo->UniqueType;
    attributes.EvtCleanupCallback = EvtCleanupCallback;
    attributes.EvtDestroyCallback = EvtDestroyCallback;
    ntStatus = WdfObjectAllocateContext(Handle, &attributes, &context);
    if (NT_SUCCESS(ntStatus))
    {
        PWDF_CUSTOM_TYPE_CONTEXT customType = (PWDF_CUSTOM_TYPE_CONTEXT)context;

        customType->Size = sizeof(WDF_CUSTOM_TYPE_CONTEXT);
        customType->Data = Data;
    }
    return ntStatus;
}

EXTERN_C_END

/*
 * References. The place of each is recorded, so that the verifier can name the one that was never released.
 */
#define WdfObjectReference(Handle) WdfObjectReferenceWithTag(Handle, NULL)
#define WdfObjectReferenceWithTag(Handle, Tag) WdfObjectReferenceActual(Handle, Tag, __LINE__, __FILE__)
#define WdfObjectDereference(Handle) WdfObjectDereferenceWithTag(Handle, NULL)
#define WdfObjectDereferenceWithTag(Handle, Tag) WdfObjectDereferenceActual(Handle, Tag, __LINE__, __FILE__)

/*
 * Context types. A declaration may stand in a header that many sources of a driver include: the description is a weak,
 * hidden object, so that one of the copies survives the link and all sources agree on its address, which is the identity
 * of the type. The accessor is static, because two sources may give the same name to accessors of different types.
 *
 * A declaration makes a typedef for the pointer, the description, and the accessor, which takes any framework handle and
 * gives NULL when the object has no context of the type. A semicolon may follow it, and need not.
 */
#define WDF_DECLARE_CONTEXT_TYPE(_contexttype) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_contexttype, WdfObjectGet_##_contexttype)

#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_contexttype, _castingfunction) \
    WDF_DECLARE_CONTEXT_TYPE_POINTER(_contexttype) \
    EXTERN_C const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype) WDF_CONTEXT_TYPE_LINKAGE; \
    const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype) = { \
        sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), \
        WDF_TYPE_NAME_TO_STRING(_contexttype), \
        sizeof(_contexttype), \
        WDF_GET_CONTEXT_TYPE_INFO(_contexttype), \
        NULL, \
    }; \
    WDF_DECLARE_CONTEXT_TYPE_ACCESSOR(_contexttype, _castingfunction)

/*
 * A context type that several drivers share: another driver owns the identity. The loader finds a pointer to the description
 * in the section of shared types, calls the function that the token <type>_EXTERNAL_INIT_FUNCTION names, and stores what it
 * gives in UniqueType, before DriverEntry runs. The description is therefore not constant.
 */
#define WDF_DECLARE_SHARED_CONTEXT_TYPE_WITH_NAME(_contexttype, _castingfunction) \
    WDF_DECLARE_CONTEXT_TYPE_POINTER(_contexttype) \
    EXTERN_C WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype) WDF_CONTEXT_TYPE_LINKAGE; \
    WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(_contexttype) = { \
        sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), \
        WDF_TYPE_NAME_TO_STRING(_contexttype), \
        sizeof(_contexttype), \
        NULL, \
        WDF_TYPE_NAME_TO_EXTERNAL_INIT_FUNCTION(_contexttype), \
    }; \
    static PWDF_OBJECT_CONTEXT_TYPE_INFO const WDF_TYPE_NAME_TO_EXTERNAL_INIT(_contexttype) \
        __attribute__((section(WDF_SHARED_CONTEXT_TYPE_SECTION), used)) = WDF_GET_CONTEXT_TYPE_INFO(_contexttype); \
    WDF_DECLARE_CONTEXT_TYPE_ACCESSOR(_contexttype, _castingfunction)

/* The section of shared context types. Its name is a C identifier, so that the linker marks its start and its end. */
#define WDF_SHARED_CONTEXT_TYPE_SECTION "kmdftypeinit"

#define WDF_CONTEXT_TYPE_LINKAGE __attribute__((weak, visibility("hidden")))
#define WDF_TYPE_NAME_TO_STRING(_contexttype) WDF_TYPE_NAME_TO_STRING_EXPANDED(_contexttype)
#define WDF_TYPE_NAME_TO_STRING_EXPANDED(_contexttype) #_contexttype
#define WDF_DECLARE_CONTEXT_TYPE_POINTER(_contexttype) \
    typedef _contexttype *WDF_TYPE_NAME_POINTER_TYPE(_contexttype);
#define WDF_DECLARE_CONTEXT_TYPE_ACCESSOR(_contexttype, _castingfunction) \
    WDF_TYPE_ACCESSOR WDF_TYPE_NAME_POINTER_TYPE(_contexttype) _castingfunction(_In_ WDFOBJECT Handle) \
    { \
        return (WDF_TYPE_NAME_POINTER_TYPE(_contexttype))WdfObjectGetTypedContextWorker(Handle, \
            WDF_GET_CONTEXT_TYPE_INFO(_contexttype)->UniqueType); \
    }
#ifdef __cplusplus
#define WDF_TYPE_ACCESSOR static FORCEINLINE __attribute__((unused))
#else
#define WDF_TYPE_ACCESSOR FORCEINLINE
#endif

/* The second is two statements, as drivers expect: it is not the sole body of an if. */
#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(_attributes, _contexttype) \
    (_attributes)->ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(_contexttype)->UniqueType
#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(_attributes, _contexttype) \
    WDF_OBJECT_ATTRIBUTES_INIT(_attributes); \
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(_attributes, _contexttype)

#define WdfObjectGetTypedContext(handle, type) \
    ((type *)WdfObjectGetTypedContextWorker((WDFOBJECT)(handle), WDF_GET_CONTEXT_TYPE_INFO(type)->UniqueType))

/*
 * Custom types mark an object as something that the driver knows, and keep one value with it. The name of the type is only
 * pasted into others; it need not be a type.
 */
#define WDF_DECLARE_CUSTOM_TYPE(_type) \
    typedef WDF_CUSTOM_TYPE_CONTEXT WDF_CUSTOM_TYPE_CONTEXT_NAME(_type); \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(WDF_CUSTOM_TYPE_CONTEXT_NAME(_type), WDF_GET_CUSTOM_TYPE_FUNCTION_NAME(_type)) \
    WDF_TYPE_ACCESSOR NTSTATUS WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME(_type)(_In_ WDFOBJECT Handle, _In_ ULONG_PTR Data, \
        _In_opt_ PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback, \
        _In_opt_ PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback) \
    { \
        return WdfObjectAddCustomTypeWorker(Handle, \
            WDF_GET_CONTEXT_TYPE_INFO(WDF_CUSTOM_TYPE_CONTEXT_NAME(_type)), Data, EvtCleanupCallback, EvtDestroyCallback); \
    }

/* STATUS_OBJECT_NAME_EXISTS, a success, when the object has the type already. */
#define WdfObjectAddCustomType(_handle, _type) WdfObjectAddCustomTypeWithData(_handle, _type, 0, NULL, NULL)
#define WdfObjectAddCustomTypeWithData(_handle, _type, _data, _cleanup, _destroy) \
    WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME(_type)(_handle, _data, _cleanup, _destroy)
#define WdfObjectIsCustomType(_handle, _type) \
    (WdfObjectGetTypedContext(_handle, WDF_CUSTOM_TYPE_CONTEXT_NAME(_type)) == NULL ? FALSE : TRUE)

/* Only for an object that has the type. */
#define WdfObjectGetCustomTypeData(_handle, _type) (WDF_GET_CUSTOM_TYPE_FUNCTION_NAME(_type)(_handle)->Data)

#endif /* WDFOBJECT_H */
