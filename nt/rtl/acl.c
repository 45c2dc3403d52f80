/* SPDX-License-Identifier: MIT */
/*
 * Access control lists.
 */
#include "nt/rtl/acl.h"

#include <string.h>

#include "nt/rtl/sid.h"

#define ACE_SID_OFFSET (offsetof(ACCESS_ALLOWED_ACE, SidStart))
#define ACE_INHERIT_FLAGS 0x1Fu

static bool revision_is_good(ULONG revision)
{
    return revision >= MIN_ACL_REVISION && revision <= MAX_ACL_REVISION;
}

bool acl_kind_is_simple(UCHAR type)
{
    return type <= SYSTEM_ALARM_ACE_TYPE || type == SYSTEM_MANDATORY_LABEL_ACE_TYPE;
}

ACE_HEADER *acl_entry(const ACL *acl, ULONG index)
{
    const UCHAR *end = (const UCHAR *)acl + acl->AclSize;
    const UCHAR *at = (const UCHAR *)(acl + 1);

    for (; index != 0; index--)
    {
        const ACE_HEADER *entry = (const ACE_HEADER *)at;

        if ((size_t)(end - at) < sizeof(*entry) || entry->AceSize < sizeof(*entry) || entry->AceSize > end - at)
        {
            return NULL;
        }
        at += entry->AceSize;
    }
    return (ACE_HEADER *)at;
}

static bool entry_is_valid(const ACE_HEADER *entry, size_t left)
{
    if (left < sizeof(*entry) || entry->AceSize < sizeof(*entry) || entry->AceSize > left || entry->AceSize % 4 != 0)
    {
        return false;
    }
    if (!acl_kind_is_simple(entry->AceType))
    {
        return true;
    }
    return entry->AceSize > ACE_SID_OFFSET &&
           sid_length_within((const UCHAR *)entry + ACE_SID_OFFSET, entry->AceSize - ACE_SID_OFFSET) != 0;
}

bool acl_is_valid(const ACL *acl)
{
    const UCHAR *end = (const UCHAR *)acl + acl->AclSize;
    const UCHAR *at = (const UCHAR *)(acl + 1);

    if (acl->AclSize < sizeof(*acl) || !revision_is_good(acl->AclRevision))
    {
        return false;
    }
    for (ULONG index = 0; index < acl->AceCount; index++)
    {
        if (!entry_is_valid((const ACE_HEADER *)at, (size_t)(end - at)))
        {
            return false;
        }
        at += ((const ACE_HEADER *)at)->AceSize;
    }
    return true;
}

/* Opens a gap for the bytes in front of the entry; NULL without room. */
static UCHAR *open_gap(ACL *acl, ULONG index, size_t bytes)
{
    UCHAR *behind = (UCHAR *)acl_entry(acl, acl->AceCount);
    UCHAR *at = (UCHAR *)acl_entry(acl, index < acl->AceCount ? index : acl->AceCount);

    if (behind == NULL || at == NULL || bytes > (size_t)((UCHAR *)acl + acl->AclSize - behind))
    {
        return NULL;
    }
    memmove(at + bytes, at, (size_t)(behind - at));
    return at;
}

NTSTATUS acl_append(ACL *acl, ULONG revision, UCHAR type, UCHAR flags, ACCESS_MASK mask, PSID sid)
{
    ACCESS_ALLOWED_ACE *entry;
    size_t bytes;

    if (!RtlValidSid(sid))
    {
        return STATUS_INVALID_SID;
    }
    if (!revision_is_good(revision) || acl->AclRevision > MAX_ACL_REVISION)
    {
        return STATUS_REVISION_MISMATCH;
    }
    if (!acl_is_valid(acl))
    {
        return STATUS_INVALID_ACL;
    }
    bytes = ACE_SID_OFFSET + RtlLengthSid(sid);
    entry = (ACCESS_ALLOWED_ACE *)open_gap(acl, acl->AceCount, bytes);
    if (entry == NULL)
    {
        return STATUS_ALLOTTED_SPACE_EXCEEDED;
    }
    entry->Header = (ACE_HEADER){.AceType = type, .AceFlags = flags, .AceSize = (USHORT)bytes};
    entry->Mask = mask;
    memcpy((UCHAR *)entry + ACE_SID_OFFSET, sid, RtlLengthSid(sid));
    acl->AceCount++;
    acl->AclRevision = revision > acl->AclRevision ? (UCHAR)revision : acl->AclRevision;
    return STATUS_SUCCESS;
}

/* Counts entries that fill the bytes exactly; MAXULONG when they do not. */
static ULONG count_entries(const UCHAR *list, ULONG bytes)
{
    ULONG count = 0;

    while (bytes != 0)
    {
        if (!entry_is_valid((const ACE_HEADER *)list, bytes))
        {
            return MAXULONG;
        }
        bytes -= ((const ACE_HEADER *)list)->AceSize;
        list += ((const ACE_HEADER *)list)->AceSize;
        count++;
    }
    return count;
}

/*
 * Published entry points.
 */
NTSTATUS RtlCreateAcl(PACL Acl, ULONG AclLength, ULONG AclRevision)
{
    if (AclLength < sizeof(ACL))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (!revision_is_good(AclRevision) || AclLength > MAXUSHORT)
    {
        return STATUS_INVALID_PARAMETER;
    }
    *Acl = (ACL){.AclRevision = (UCHAR)AclRevision, .AclSize = (USHORT)(AclLength & ~3u)};
    return STATUS_SUCCESS;
}

NTSTATUS RtlAddAccessAllowedAce(PACL Acl, ULONG AceRevision, ACCESS_MASK AccessMask, PSID Sid)
{
    return acl_append(Acl, AceRevision, ACCESS_ALLOWED_ACE_TYPE, 0, AccessMask, Sid);
}

NTSTATUS RtlAddAccessAllowedAceEx(PACL Acl, ULONG AceRevision, ULONG AceFlags, ACCESS_MASK AccessMask, PSID Sid)
{
    if ((AceFlags & ~ACE_INHERIT_FLAGS) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return acl_append(Acl, AceRevision, ACCESS_ALLOWED_ACE_TYPE, (UCHAR)AceFlags, AccessMask, Sid);
}

NTSTATUS RtlAddAce(PACL Acl, ULONG AceRevision, ULONG StartingAceIndex, PVOID AceList, ULONG AceListLength)
{
    ULONG count = count_entries(AceList, AceListLength);
    UCHAR *gap;

    if (!acl_is_valid(Acl) || !revision_is_good(AceRevision) || count == MAXULONG || count + Acl->AceCount > MAXUSHORT)
    {
        return STATUS_INVALID_PARAMETER;
    }
    gap = open_gap(Acl, StartingAceIndex, AceListLength);
    if (gap == NULL)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(gap, AceList, AceListLength);
    Acl->AceCount = (USHORT)(Acl->AceCount + count);
    Acl->AclRevision = AceRevision > Acl->AclRevision ? (UCHAR)AceRevision : Acl->AclRevision;
    return STATUS_SUCCESS;
}

NTSTATUS RtlDeleteAce(PACL Acl, ULONG AceIndex)
{
    UCHAR *behind;
    UCHAR *entry;
    USHORT bytes;

    if (!acl_is_valid(Acl) || AceIndex >= Acl->AceCount)
    {
        return STATUS_INVALID_PARAMETER;
    }
    entry = (UCHAR *)acl_entry(Acl, AceIndex);
    behind = (UCHAR *)acl_entry(Acl, Acl->AceCount);
    bytes = ((ACE_HEADER *)entry)->AceSize;
    memmove(entry, entry + bytes, (size_t)(behind - entry) - bytes);
    memset(behind - bytes, 0, bytes);
    Acl->AceCount--;
    return STATUS_SUCCESS;
}

NTSTATUS RtlGetAce(PACL Acl, ULONG AceIndex, PVOID *Ace)
{
    ACE_HEADER *entry;

    if (!revision_is_good(Acl->AclRevision) || AceIndex >= Acl->AceCount)
    {
        return STATUS_INVALID_PARAMETER;
    }
    entry = acl_entry(Acl, AceIndex);
    if (entry == NULL || (UCHAR *)entry >= (UCHAR *)Acl + Acl->AclSize)
    {
        return STATUS_INVALID_PARAMETER;
    }
    *Ace = entry;
    return STATUS_SUCCESS;
}
