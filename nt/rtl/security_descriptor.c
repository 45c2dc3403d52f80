/* SPDX-License-Identifier: MIT */
/*
 * Security descriptors in their two forms: absolute, with pointers to its parts, and self-relative, one block with offsets.
 */
#include <string.h>

#include "nt/rtl/acl.h"
#include "nt/rtl/sid.h"

#define NO_LIMIT (MAXULONG / 2)

enum part
{
    PART_OWNER,
    PART_GROUP,
    PART_SACL,
    PART_DACL,
    PART_COUNT,
};

static bool is_relative(const SECURITY_DESCRIPTOR *descriptor)
{
    return (descriptor->Control & SE_SELF_RELATIVE) != 0;
}

static ULONG *offset_of(SECURITY_DESCRIPTOR_RELATIVE *descriptor, enum part part)
{
    ULONG *const offsets[PART_COUNT] = {&descriptor->Owner, &descriptor->Group, &descriptor->Sacl, &descriptor->Dacl};

    return offsets[part];
}

static PVOID *pointer_of(SECURITY_DESCRIPTOR *descriptor, enum part part)
{
    PVOID *const pointers[PART_COUNT] = {&descriptor->Owner, &descriptor->Group, (PVOID *)&descriptor->Sacl,
                                         (PVOID *)&descriptor->Dacl};

    return pointers[part];
}

static bool has_list(const SECURITY_DESCRIPTOR *descriptor, enum part part)
{
    return part < PART_SACL || (descriptor->Control & (part == PART_SACL ? SE_SACL_PRESENT : SE_DACL_PRESENT)) != 0;
}

/* The part in either form; NULL when the descriptor has none. */
static void *get_part(PSECURITY_DESCRIPTOR descriptor, enum part part)
{
    if (!has_list(descriptor, part))
    {
        return NULL;
    }
    if (is_relative(descriptor))
    {
        ULONG offset = *offset_of(descriptor, part);

        return offset == 0 ? NULL : (UCHAR *)descriptor + offset;
    }
    return *pointer_of(descriptor, part);
}

static ULONG part_length(enum part part, void *memory)
{
    if (memory == NULL)
    {
        return 0;
    }
    return part < PART_SACL ? RtlLengthSid(memory) : ((ACL *)memory)->AclSize;
}

static ULONG rounded(ULONG bytes)
{
    return (bytes + 3) & ~3u;
}

static bool part_is_valid(enum part part, const void *memory, size_t left)
{
    if (part < PART_SACL)
    {
        return sid_length_within(memory, left) != 0;
    }
    return left >= sizeof(ACL) && ((const ACL *)memory)->AclSize <= left && acl_is_valid(memory);
}

/* Whether the parts of a self-relative descriptor lie in its bytes and are whole. */
static bool relative_is_valid(PSECURITY_DESCRIPTOR descriptor, ULONG bytes)
{
    SECURITY_DESCRIPTOR_RELATIVE *relative = descriptor;

    if (bytes < sizeof(*relative) || relative->Revision != SECURITY_DESCRIPTOR_REVISION || !is_relative(descriptor))
    {
        return false;
    }
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        ULONG offset = has_list(descriptor, part) ? *offset_of(relative, part) : 0;

        if (offset != 0 && (offset % 4 != 0 || offset < sizeof(*relative) || offset >= bytes ||
                            !part_is_valid(part, (UCHAR *)descriptor + offset, bytes - offset)))
        {
            return false;
        }
    }
    return true;
}

static bool absolute_is_valid(PSECURITY_DESCRIPTOR descriptor)
{
    if (((SECURITY_DESCRIPTOR *)descriptor)->Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return false;
    }
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        void *memory = get_part(descriptor, part);

        if (memory != NULL && !part_is_valid(part, memory, NO_LIMIT))
        {
            return false;
        }
    }
    return true;
}

/* Puts a part into an absolute descriptor; the flags say that it is there, and that it came from a default. */
static NTSTATUS set_part(PSECURITY_DESCRIPTOR descriptor, enum part part, void *memory, bool is_default, bool present)
{
    static const USHORT default_flags[PART_COUNT] = {SE_OWNER_DEFAULTED, SE_GROUP_DEFAULTED, SE_SACL_DEFAULTED,
                                                     SE_DACL_DEFAULTED};
    static const USHORT present_flags[PART_COUNT] = {0, 0, SE_SACL_PRESENT, SE_DACL_PRESENT};
    SECURITY_DESCRIPTOR *absolute = descriptor;

    if (absolute->Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return STATUS_UNKNOWN_REVISION;
    }
    if (is_relative(absolute))
    {
        return STATUS_INVALID_SECURITY_DESCR;
    }
    absolute->Control &= (USHORT) ~(default_flags[part] | present_flags[part]);
    if (present)
    {
        absolute->Control |= (USHORT)(present_flags[part] | (is_default ? default_flags[part] : 0));
        *pointer_of(absolute, part) = memory;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS query_part(PSECURITY_DESCRIPTOR descriptor, enum part part, USHORT default_flag, void **ret_memory,
                           BOOLEAN *ret_default)
{
    if (((SECURITY_DESCRIPTOR *)descriptor)->Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return STATUS_UNKNOWN_REVISION;
    }
    *ret_memory = get_part(descriptor, part);
    *ret_default = (((SECURITY_DESCRIPTOR *)descriptor)->Control & default_flag) != 0;
    return STATUS_SUCCESS;
}

/* A list that is not present leaves its pointer and its default alone. */
static NTSTATUS query_list(PSECURITY_DESCRIPTOR descriptor, enum part part, USHORT default_flag, BOOLEAN *ret_present,
                           PACL *ret_list, BOOLEAN *ret_default)
{
    if (((SECURITY_DESCRIPTOR *)descriptor)->Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return STATUS_UNKNOWN_REVISION;
    }
    *ret_present = has_list(descriptor, part);
    return *ret_present ? query_part(descriptor, part, default_flag, (void **)ret_list, ret_default) : STATUS_SUCCESS;
}

/* Copies a part of a self-relative descriptor to where the caller has room for it. */
static void place_part(SECURITY_DESCRIPTOR *absolute, enum part part, void *from, void *to)
{
    if (from != NULL)
    {
        memcpy(to, from, part_length(part, from));
        *pointer_of(absolute, part) = to;
    }
}

/*
 * Published entry points.
 */
NTSTATUS RtlCreateSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, ULONG Revision)
{
    if (Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return STATUS_UNKNOWN_REVISION;
    }
    memset(SecurityDescriptor, 0, sizeof(SECURITY_DESCRIPTOR));
    ((SECURITY_DESCRIPTOR *)SecurityDescriptor)->Revision = SECURITY_DESCRIPTOR_REVISION;
    return STATUS_SUCCESS;
}

NTSTATUS RtlCreateSecurityDescriptorRelative(PISECURITY_DESCRIPTOR_RELATIVE SecurityDescriptor, ULONG Revision)
{
    if (Revision != SECURITY_DESCRIPTOR_REVISION)
    {
        return STATUS_UNKNOWN_REVISION;
    }
    *SecurityDescriptor =
        (SECURITY_DESCRIPTOR_RELATIVE){.Revision = SECURITY_DESCRIPTOR_REVISION, .Control = SE_SELF_RELATIVE};
    return STATUS_SUCCESS;
}

NTSTATUS RtlSetDaclSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, BOOLEAN DaclPresent, PACL Dacl,
                                      BOOLEAN DaclDefaulted)
{
    return set_part(SecurityDescriptor, PART_DACL, Dacl, DaclDefaulted, DaclPresent);
}

NTSTATUS RtlSetSaclSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, BOOLEAN SaclPresent, PACL Sacl,
                                      BOOLEAN SaclDefaulted)
{
    return set_part(SecurityDescriptor, PART_SACL, Sacl, SaclDefaulted, SaclPresent);
}

NTSTATUS RtlSetOwnerSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PSID Owner, BOOLEAN OwnerDefaulted)
{
    return set_part(SecurityDescriptor, PART_OWNER, Owner, OwnerDefaulted, true);
}

NTSTATUS RtlSetGroupSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PSID Group, BOOLEAN GroupDefaulted)
{
    return set_part(SecurityDescriptor, PART_GROUP, Group, GroupDefaulted, true);
}

NTSTATUS RtlGetDaclSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PBOOLEAN DaclPresent, PACL *Dacl,
                                      PBOOLEAN DaclDefaulted)
{
    return query_list(SecurityDescriptor, PART_DACL, SE_DACL_DEFAULTED, DaclPresent, Dacl, DaclDefaulted);
}

NTSTATUS RtlGetSaclSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PBOOLEAN SaclPresent, PACL *Sacl,
                                      PBOOLEAN SaclDefaulted)
{
    return query_list(SecurityDescriptor, PART_SACL, SE_SACL_DEFAULTED, SaclPresent, Sacl, SaclDefaulted);
}

NTSTATUS RtlGetOwnerSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PSID *Owner, PBOOLEAN OwnerDefaulted)
{
    return query_part(SecurityDescriptor, PART_OWNER, SE_OWNER_DEFAULTED, Owner, OwnerDefaulted);
}

NTSTATUS RtlGetGroupSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor, PSID *Group, PBOOLEAN GroupDefaulted)
{
    return query_part(SecurityDescriptor, PART_GROUP, SE_GROUP_DEFAULTED, Group, GroupDefaulted);
}

ULONG RtlLengthSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor)
{
    ULONG bytes = is_relative(SecurityDescriptor) ? sizeof(SECURITY_DESCRIPTOR_RELATIVE) : sizeof(SECURITY_DESCRIPTOR);

    for (enum part part = 0; part < PART_COUNT; part++)
    {
        bytes += rounded(part_length(part, get_part(SecurityDescriptor, part)));
    }
    return bytes;
}

BOOLEAN RtlValidSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptor)
{
    return is_relative(SecurityDescriptor) ? relative_is_valid(SecurityDescriptor, NO_LIMIT) :
                                             absolute_is_valid(SecurityDescriptor);
}

BOOLEAN RtlValidRelativeSecurityDescriptor(PSECURITY_DESCRIPTOR SecurityDescriptorInput, ULONG SecurityDescriptorLength,
                                           SECURITY_INFORMATION RequiredInformation)
{
    static const SECURITY_INFORMATION required[PART_COUNT] = {OWNER_SECURITY_INFORMATION, GROUP_SECURITY_INFORMATION,
                                                              SACL_SECURITY_INFORMATION, DACL_SECURITY_INFORMATION};

    if (!relative_is_valid(SecurityDescriptorInput, SecurityDescriptorLength))
    {
        return FALSE;
    }
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        bool has =
            part < PART_SACL ? get_part(SecurityDescriptorInput, part) != NULL : has_list(SecurityDescriptorInput, part);

        if ((RequiredInformation & required[part]) != 0 && !has)
        {
            return FALSE;
        }
    }
    return TRUE;
}

BOOLEAN SeValidSecurityDescriptor(ULONG Length, PSECURITY_DESCRIPTOR SecurityDescriptor)
{
    return relative_is_valid(SecurityDescriptor, Length);
}

NTSTATUS RtlAbsoluteToSelfRelativeSD(PSECURITY_DESCRIPTOR AbsoluteSecurityDescriptor,
                                     PSECURITY_DESCRIPTOR SelfRelativeSecurityDescriptor, PULONG BufferLength)
{
    SECURITY_DESCRIPTOR *absolute = AbsoluteSecurityDescriptor;
    SECURITY_DESCRIPTOR_RELATIVE *relative = SelfRelativeSecurityDescriptor;
    ULONG used = sizeof(*relative);
    ULONG bytes;

    if (is_relative(absolute))
    {
        return STATUS_BAD_DESCRIPTOR_FORMAT;
    }
    bytes = RtlLengthSecurityDescriptor(absolute) - (ULONG)(sizeof(*absolute) - sizeof(*relative));
    if (bytes > *BufferLength)
    {
        *BufferLength = bytes;
        return STATUS_BUFFER_TOO_SMALL;
    }
    memset(relative, 0, bytes);
    relative->Revision = absolute->Revision;
    relative->Sbz1 = absolute->Sbz1;
    relative->Control = absolute->Control | SE_SELF_RELATIVE;
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        void *memory = get_part(absolute, part);

        if (memory != NULL)
        {
            memcpy((UCHAR *)relative + used, memory, part_length(part, memory));
            *offset_of(relative, part) = used;
            used += rounded(part_length(part, memory));
        }
    }
    *BufferLength = bytes;
    return STATUS_SUCCESS;
}

NTSTATUS RtlSelfRelativeToAbsoluteSD(PSECURITY_DESCRIPTOR SelfRelativeSecurityDescriptor,
                                     PSECURITY_DESCRIPTOR AbsoluteSecurityDescriptor, PULONG AbsoluteSecurityDescriptorSize,
                                     PACL Dacl, PULONG DaclSize, PACL Sacl, PULONG SaclSize, PSID Owner, PULONG OwnerSize,
                                     PSID PrimaryGroup, PULONG PrimaryGroupSize)
{
    SECURITY_DESCRIPTOR *absolute = AbsoluteSecurityDescriptor;
    ULONG *const sizes[PART_COUNT] = {OwnerSize, PrimaryGroupSize, SaclSize, DaclSize};
    void *const rooms[PART_COUNT] = {Owner, PrimaryGroup, Sacl, Dacl};
    bool fits = *AbsoluteSecurityDescriptorSize >= sizeof(*absolute);

    if (!is_relative(SelfRelativeSecurityDescriptor))
    {
        return STATUS_BAD_DESCRIPTOR_FORMAT;
    }
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        ULONG bytes = part_length(part, get_part(SelfRelativeSecurityDescriptor, part));

        fits = fits && bytes <= *sizes[part];
    }
    *AbsoluteSecurityDescriptorSize = fits ? *AbsoluteSecurityDescriptorSize : sizeof(*absolute);
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        *sizes[part] = part_length(part, get_part(SelfRelativeSecurityDescriptor, part));
    }
    if (!fits)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    (void)RtlCreateSecurityDescriptor(absolute, SECURITY_DESCRIPTOR_REVISION);
    absolute->Control = ((SECURITY_DESCRIPTOR *)SelfRelativeSecurityDescriptor)->Control & (USHORT)~SE_SELF_RELATIVE;
    for (enum part part = 0; part < PART_COUNT; part++)
    {
        place_part(absolute, part, get_part(SelfRelativeSecurityDescriptor, part), rooms[part]);
    }
    return STATUS_SUCCESS;
}

/* Each generic right becomes the rights of the object's kind that it stands for. */
VOID RtlMapGenericMask(PACCESS_MASK AccessMask, PGENERIC_MAPPING GenericMapping)
{
    ACCESS_MASK mask = *AccessMask;

    mask |= (mask & GENERIC_READ) != 0 ? GenericMapping->GenericRead : 0;
    mask |= (mask & GENERIC_WRITE) != 0 ? GenericMapping->GenericWrite : 0;
    mask |= (mask & GENERIC_EXECUTE) != 0 ? GenericMapping->GenericExecute : 0;
    mask |= (mask & GENERIC_ALL) != 0 ? GenericMapping->GenericAll : 0;
    *AccessMask = mask & ~(ACCESS_MASK)(GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE | GENERIC_ALL);
}
