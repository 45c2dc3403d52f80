/* SPDX-License-Identifier: MIT */
/*
 * What can be asked about a handle and its object.
 */
#include <string.h>

#include "nt/object/manager.h"
#include "nt/rtl/string.h"

/* What ObjectHandleFlagInformation is about. */
struct handle_flags
{
    BOOLEAN inherit;
    BOOLEAN protect_from_close;
};

static void fill_basic(OBJECT_BASIC_INFORMATION *information, void *body, ACCESS_MASK access, ULONG attributes)
{
    struct object_header *header = object_header(body);
    uint32_t flags = platform_atomic_load(&header->flags);

    memset(information, 0, sizeof(*information));
    information->Attributes = attributes | ((flags & OBJECT_PERMANENT) != 0 ? OBJ_PERMANENT : 0) |
                              ((flags & OBJECT_EXCLUSIVE) != 0 ? OBJ_EXCLUSIVE : 0);
    information->GrantedAccess = access;
    information->HandleCount = platform_atomic_load(&header->handles);
    information->PointerCount = object_pointer_count(header);
    if (header->type == &link_type)
    {
        information->CreationTime = ((struct object_link *)body)->created;
    }
}

static NTSTATUS query_basic(void *body, ACCESS_MASK access, ULONG attributes, void *buffer, ULONG length, ULONG *ret_length)
{
    OBJECT_BASIC_INFORMATION information;

    *ret_length = sizeof(information);
    if (length != sizeof(information) && length != sizeof(PUBLIC_OBJECT_BASIC_INFORMATION))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    fill_basic(&information, body, access, attributes);
    memcpy(buffer, &information, sizeof(information));
    return STATUS_SUCCESS;
}

/* The name of the type behind the structure. */
static NTSTATUS query_type(void *body, void *buffer, ULONG length, ULONG *ret_length)
{
    const char *name = object_type(body)->name;
    PUBLIC_OBJECT_TYPE_INFORMATION *information = buffer;
    size_t units = strlen(name);
    WCHAR *text;

    *ret_length = (ULONG)(sizeof(*information) + (units + 1) * sizeof(WCHAR));
    if (length < *ret_length)
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    memset(information, 0, sizeof(*information));
    text = (WCHAR *)(information + 1);
    for (size_t unit = 0; unit <= units; unit++)
    {
        text[unit] = (WCHAR)name[unit];
    }
    information->TypeName.Buffer = text;
    information->TypeName.Length = (USHORT)(units * sizeof(WCHAR));
    information->TypeName.MaximumLength = (USHORT)((units + 1) * sizeof(WCHAR));
    return STATUS_SUCCESS;
}

static NTSTATUS query_handle_flags(ULONG attributes, void *buffer, ULONG length, ULONG *ret_length)
{
    struct handle_flags flags = {.inherit = (attributes & OBJ_INHERIT) != 0};

    *ret_length = sizeof(flags);
    if (length != sizeof(flags))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    memcpy(buffer, &flags, sizeof(flags));
    return STATUS_SUCCESS;
}

static NTSTATUS query_object(HANDLE handle, OBJECT_INFORMATION_CLASS class, void *buffer, ULONG length, ULONG *ret_length)
{
    ACCESS_MASK access;
    ULONG attributes;
    void *body;
    NTSTATUS status = handle_inspect(handle, &body, &access, &attributes);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    switch (class)
    {
        case ObjectBasicInformation:
            status = query_basic(body, access, attributes & OBJ_INHERIT, buffer, length, ret_length);
            break;
        case ObjectNameInformation:
            status = ObQueryNameString(body, buffer, length, ret_length);
            break;
        case ObjectTypeInformation:
            status = query_type(body, buffer, length, ret_length);
            break;
        case ObjectHandleFlagInformation:
            status = query_handle_flags(attributes, buffer, length, ret_length);
            break;
        default:
            status = STATUS_INVALID_INFO_CLASS;
            break;
    }
    object_release(body);
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS ZwQueryObject(HANDLE Handle, OBJECT_INFORMATION_CLASS ObjectInformationClass, PVOID ObjectInformation,
                       ULONG ObjectInformationLength, PULONG ReturnLength)
{
    ULONG needed = 0;
    NTSTATUS status = query_object(Handle, ObjectInformationClass, ObjectInformation, ObjectInformationLength, &needed);

    if (ReturnLength != NULL)
    {
        *ReturnLength = needed;
    }
    return status;
}

/* Objects here have no security descriptor of their own, and that is what is told. */
NTSTATUS ObGetObjectSecurity(PVOID Object, PSECURITY_DESCRIPTOR *SecurityDescriptor, PBOOLEAN MemoryAllocated)
{
    (void)object_header(Object);
    *SecurityDescriptor = NULL;
    *MemoryAllocated = FALSE;
    return STATUS_SUCCESS;
}

VOID ObReleaseObjectSecurity(PSECURITY_DESCRIPTOR SecurityDescriptor, BOOLEAN MemoryAllocated)
{
    if (MemoryAllocated)
    {
        ExFreePool(SecurityDescriptor);
    }
}
