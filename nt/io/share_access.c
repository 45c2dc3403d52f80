/* SPDX-License-Identifier: MIT */
/*
 * Share access: who has a file open for what, and what they let others do. The owner of the SHARE_ACCESS serialises the calls.
 */
#include <string.h>

#include "nt/internal.h"

/* Writes what an opener wants, and shares, into its file object. Returns whether it wants any of the three at all. */
static bool note_access(PFILE_OBJECT file, ACCESS_MASK desired, ULONG share)
{
    bool any;

    file->ReadAccess = (desired & (FILE_EXECUTE | FILE_READ_DATA)) != 0;
    file->WriteAccess = (desired & (FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0;
    file->DeleteAccess = (desired & DELETE) != 0;
    any = file->ReadAccess || file->WriteAccess || file->DeleteAccess;
    file->SharedRead = any && (share & FILE_SHARE_READ) != 0;
    file->SharedWrite = any && (share & FILE_SHARE_WRITE) != 0;
    file->SharedDelete = any && (share & FILE_SHARE_DELETE) != 0;
    return any;
}

/* One right: everybody must share what this opener wants, and this opener must share what anybody has. */
static bool is_shared(BOOLEAN wants, BOOLEAN shares, ULONG others_having, ULONG others_sharing, ULONG others)
{
    return (!wants || others_sharing >= others) && (shares || others_having == 0);
}

static bool may_open(const FILE_OBJECT *file, const SHARE_ACCESS *access)
{
    return is_shared(file->ReadAccess, file->SharedRead, access->Readers, access->SharedRead, access->OpenCount) &&
           is_shared(file->WriteAccess, file->SharedWrite, access->Writers, access->SharedWrite, access->OpenCount) &&
           is_shared(file->DeleteAccess, file->SharedDelete, access->Deleters, access->SharedDelete, access->OpenCount);
}

/* Adds what the file object has, or takes it away. */
static void count(const FILE_OBJECT *file, PSHARE_ACCESS access, bool add)
{
    ULONG one = add ? 1 : (ULONG)-1;

    if (!file->ReadAccess && !file->WriteAccess && !file->DeleteAccess)
    {
        return;
    }
    access->OpenCount += one;
    access->Readers += file->ReadAccess ? one : 0;
    access->Writers += file->WriteAccess ? one : 0;
    access->Deleters += file->DeleteAccess ? one : 0;
    access->SharedRead += file->SharedRead ? one : 0;
    access->SharedWrite += file->SharedWrite ? one : 0;
    access->SharedDelete += file->SharedDelete ? one : 0;
}

/*
 * Published entry points.
 */
NTSTATUS IoCheckShareAccess(ACCESS_MASK DesiredAccess, ULONG DesiredShareAccess, PFILE_OBJECT FileObject,
                            PSHARE_ACCESS ShareAccess, BOOLEAN Update)
{
    if (!note_access(FileObject, DesiredAccess, DesiredShareAccess))
    {
        return STATUS_SUCCESS;
    }
    if (!may_open(FileObject, ShareAccess))
    {
        return STATUS_SHARING_VIOLATION;
    }
    if (Update)
    {
        count(FileObject, ShareAccess, true);
    }
    return STATUS_SUCCESS;
}

VOID IoSetShareAccess(ACCESS_MASK DesiredAccess, ULONG DesiredShareAccess, PFILE_OBJECT FileObject,
                      PSHARE_ACCESS ShareAccess)
{
    (void)note_access(FileObject, DesiredAccess, DesiredShareAccess);
    memset(ShareAccess, 0, sizeof(*ShareAccess));
    count(FileObject, ShareAccess, true);
}

VOID IoUpdateShareAccess(PFILE_OBJECT FileObject, PSHARE_ACCESS ShareAccess)
{
    count(FileObject, ShareAccess, true);
}

VOID IoRemoveShareAccess(PFILE_OBJECT FileObject, PSHARE_ACCESS ShareAccess)
{
    count(FileObject, ShareAccess, false);
}
