/* SPDX-License-Identifier: MIT */
/*
 * References and handles as drivers ask for them.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/object/manager.h"
#include "nt/rtl/string.h"

static const struct object_type *type_of(POBJECT_TYPE type)
{
    return (const struct object_type *)type;
}

/* The stock of handles counts too, so this says only whether there are references left, which is all that a driver may ask. */
static LONG_PTR raw_count(struct object_header *header)
{
    return (LONG_PTR)platform_atomic_load(&header->references);
}

/* Rights matter only to who asks for another: code in kernel mode may do what it likes with a handle. */
static NTSTATUS reference_by_handle(HANDLE handle, ACCESS_MASK access, POBJECT_TYPE type, KPROCESSOR_MODE mode, PVOID *body,
                                    POBJECT_HANDLE_INFORMATION information)
{
    ACCESS_MASK granted;
    ULONG attributes;
    void *found;
    NTSTATUS status = handle_inspect(handle, &found, &granted, &attributes);

    *body = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (type != NULL && object_type(found) != type_of(type))
    {
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    else if (mode != KernelMode && (access & ~granted) != 0)
    {
        status = STATUS_ACCESS_DENIED;
    }
    else if (mode != KernelMode && (attributes & OBJ_KERNEL_HANDLE) != 0)
    {
        status = STATUS_INVALID_HANDLE;
    }
    if (!NT_SUCCESS(status))
    {
        object_release(found);
        return status;
    }
    if (information != NULL)
    {
        information->GrantedAccess = granted;
        information->HandleAttributes = attributes & OBJ_INHERIT;
    }
    *body = found;
    return STATUS_SUCCESS;
}

static NTSTATUS reference_by_pointer(PVOID body, POBJECT_TYPE type, KPROCESSOR_MODE mode)
{
    /* In kernel mode the type matters only for symbolic links, as published: whoever has the pointer has the body. */
    if (type_of(type) != object_type(body) && (mode != KernelMode || type != NULL))
    {
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    object_reference(body);
    return STATUS_SUCCESS;
}

static NTSTATUS open_by_pointer(PVOID body, ULONG attributes, ACCESS_MASK access, POBJECT_TYPE type, KPROCESSOR_MODE mode,
                                PHANDLE handle)
{
    ACCESS_MASK granted;
    NTSTATUS status = reference_by_pointer(body, type, mode);

    *handle = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = object_map_access(object_type(body), access, &granted);
    if (NT_SUCCESS(status))
    {
        status = handle_make(body, granted, attributes, handle);
    }
    object_release(body);
    return status;
}

/* Writes the path behind the structure. The length that is needed is told in any case. */
static NTSTATUS query_name(PVOID body, POBJECT_NAME_INFORMATION information, ULONG length, PULONG ret_length)
{
    UNICODE_STRING path;
    ULONG needed;
    NTSTATUS status = object_path(body, &path);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    needed = (ULONG)sizeof(*information) + (path.Length != 0 ? path.Length + (ULONG)sizeof(WCHAR) : 0);
    if (ret_length != NULL)
    {
        *ret_length = needed;
    }
    if (length < needed)
    {
        status = STATUS_INFO_LENGTH_MISMATCH;
    }
    else
    {
        memset(&information->Name, 0, sizeof(information->Name));
        if (path.Length != 0)
        {
            information->Name.Buffer = (PWCH)(information + 1);
            information->Name.Length = path.Length;
            information->Name.MaximumLength = (USHORT)(path.Length + sizeof(WCHAR));
            memcpy(information->Name.Buffer, path.Buffer, path.Length + sizeof(WCHAR));
        }
    }
    string_free(&path);
    return status;
}

/* A handle with the mark of the kernel that is not open is a bug of a driver, and nothing else. */
static NTSTATUS close_handle(HANDLE handle)
{
    NTSTATUS status = handle_close(handle);

    if (!NT_SUCCESS(status) && ObIsKernelHandle(handle))
    {
        bugcheck(INVALID_KERNEL_HANDLE, (ULONG_PTR)handle, 1, 0, 0);
    }
    return status;
}

/* The rights of the copy: those of the source, or what was asked for, of which the source must have all. */
static NTSTATUS copy_access(const struct object_type *type, ACCESS_MASK source, ACCESS_MASK wanted, ULONG options,
                            ACCESS_MASK *ret_access)
{
    if ((options & DUPLICATE_SAME_ACCESS) != 0)
    {
        *ret_access = source;
        return STATUS_SUCCESS;
    }
    return object_map_access(type, wanted, ret_access);
}

static NTSTATUS duplicate(HANDLE source, PHANDLE target, ACCESS_MASK wanted, ULONG attributes, ULONG options)
{
    ACCESS_MASK access;
    ULONG source_attributes;
    void *body;
    NTSTATUS status = handle_inspect(source, &body, &access, &source_attributes);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (target != NULL)
    {
        status = copy_access(object_type(body), access, wanted, options, &access);
        if (NT_SUCCESS(status))
        {
            status = handle_make(body, access, (options & DUPLICATE_SAME_ATTRIBUTES) != 0 ? source_attributes : attributes,
                                 target);
        }
    }
    object_release(body);
    return status;
}

static NTSTATUS check_process(HANDLE process)
{
    void *body;
    NTSTATUS status = handle_lookup(process, (const struct object_type *)*PsProcessType, PROCESS_DUP_HANDLE, &body);

    if (NT_SUCCESS(status))
    {
        object_release(body);
    }
    return status;
}

/*
 * Published entry points.
 */
LONG_PTR ObfReferenceObject(PVOID Object)
{
    object_reference(Object);
    return raw_count(object_header(Object));
}

LONG_PTR ObfReferenceObjectWithTag(PVOID Object, ULONG Tag)
{
    return ObfReferenceObject(Object);
}

/* Says how many were left just before: afterwards the body may be gone. */
LONG_PTR ObfDereferenceObject(PVOID Object)
{
    LONG_PTR left = raw_count(object_header(Object)) - 1;

    object_release(Object);
    return left;
}

LONG_PTR ObfDereferenceObjectWithTag(PVOID Object, ULONG Tag)
{
    return ObfDereferenceObject(Object);
}

VOID ObDereferenceObjectDeferDelete(PVOID Object)
{
    object_release_later(Object);
}

VOID ObDereferenceObjectDeferDeleteWithTag(PVOID Object, ULONG Tag)
{
    object_release_later(Object);
}

ULONG ObGetObjectPointerCount(PVOID Object)
{
    return object_pointer_count(object_header(Object));
}

NTSTATUS ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType,
                                   KPROCESSOR_MODE AccessMode, PVOID *Object, POBJECT_HANDLE_INFORMATION HandleInformation)
{
    return reference_by_handle(Handle, DesiredAccess, ObjectType, AccessMode, Object, HandleInformation);
}

NTSTATUS ObReferenceObjectByHandleWithTag(HANDLE Handle, ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType,
                                          KPROCESSOR_MODE AccessMode, ULONG Tag, PVOID *Object,
                                          POBJECT_HANDLE_INFORMATION HandleInformation)
{
    return reference_by_handle(Handle, DesiredAccess, ObjectType, AccessMode, Object, HandleInformation);
}

NTSTATUS ObReferenceObjectByPointer(PVOID Object, ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType,
                                    KPROCESSOR_MODE AccessMode)
{
    return reference_by_pointer(Object, ObjectType, AccessMode);
}

NTSTATUS ObReferenceObjectByPointerWithTag(PVOID Object, ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType,
                                           KPROCESSOR_MODE AccessMode, ULONG Tag)
{
    return reference_by_pointer(Object, ObjectType, AccessMode);
}

NTSTATUS ObReferenceObjectByName(PUNICODE_STRING ObjectName, ULONG Attributes, PACCESS_STATE PassedAccessState,
                                 ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                 PVOID ParseContext, PVOID *Object)
{
    OBJECT_ATTRIBUTES attributes;

    if (ObjectName == NULL || ObjectName->Length == 0)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    InitializeObjectAttributes(&attributes, ObjectName, Attributes, NULL, NULL);
    return object_find(type_of(ObjectType), &attributes, Object);
}

NTSTATUS ObOpenObjectByPointer(PVOID Object, ULONG HandleAttributes, PACCESS_STATE PassedAccessState,
                               ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                               PHANDLE Handle)
{
    return open_by_pointer(Object, HandleAttributes, DesiredAccess, ObjectType, AccessMode, Handle);
}

NTSTATUS ObOpenObjectByPointerWithTag(PVOID Object, ULONG HandleAttributes, PACCESS_STATE PassedAccessState,
                                      ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                      ULONG Tag, PHANDLE Handle)
{
    return open_by_pointer(Object, HandleAttributes, DesiredAccess, ObjectType, AccessMode, Handle);
}

BOOLEAN ObIsKernelHandle(HANDLE Handle)
{
    return (LONG_PTR)Handle < 0 && Handle != NtCurrentProcess() && Handle != NtCurrentThread();
}

VOID ObMakeTemporaryObject(PVOID Object)
{
    object_make_temporary(Object);
}

NTSTATUS ZwMakeTemporaryObject(HANDLE Handle)
{
    void *body;
    NTSTATUS status = handle_lookup(Handle, NULL, 0, &body);

    if (NT_SUCCESS(status))
    {
        object_make_temporary(body);
        object_release(body);
    }
    return status;
}

NTSTATUS ObQueryNameString(PVOID Object, POBJECT_NAME_INFORMATION ObjectNameInfo, ULONG Length, PULONG ReturnLength)
{
    return query_name(Object, ObjectNameInfo, Length, ReturnLength);
}

NTSTATUS ObCloseHandle(HANDLE Handle, KPROCESSOR_MODE PreviousMode)
{
    return PreviousMode == KernelMode ? close_handle(Handle) : handle_close(Handle);
}

NTSTATUS ZwClose(HANDLE Handle)
{
    return close_handle(Handle);
}

NTSTATUS ZwDuplicateObject(HANDLE SourceProcessHandle, HANDLE SourceHandle, HANDLE TargetProcessHandle, PHANDLE TargetHandle,
                           ACCESS_MASK DesiredAccess, ULONG HandleAttributes, ULONG Options)
{
    NTSTATUS status = check_process(SourceProcessHandle);

    if (NT_SUCCESS(status) && (TargetHandle != NULL || TargetProcessHandle != NULL))
    {
        status = check_process(TargetProcessHandle);
    }
    if (TargetHandle != NULL)
    {
        *TargetHandle = NULL;
    }
    if (NT_SUCCESS(status))
    {
        status = duplicate(SourceHandle, TargetHandle, DesiredAccess, HandleAttributes, Options);
        if ((Options & DUPLICATE_CLOSE_SOURCE) != 0)
        {
            (void)handle_close(SourceHandle);
        }
    }
    return status;
}
