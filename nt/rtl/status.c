/* SPDX-License-Identifier: MIT */
/*
 * The one table of statuses: name, Win32 error, errno. It is generated from ntstatus.h and status.txt, sorted by value.
 */
#include "nt/rtl/status.h"

#include <errno.h>

#define ERROR_MR_MID_NOT_FOUND 317u
#define FACILITY_NTWIN32 0x7u
#define CUSTOMER_BIT 0x20000000u
#define NT_BIT 0x10000000u

struct status_row
{
    NTSTATUS status;
    const char *name;
    ULONG win32;
    int error;
    /* The status that stands for the errno on the way back. */
    bool preferred;
};

static const struct status_row status_rows[] = {
#include "status_rows.h"
};

static const struct status_row *status_find(NTSTATUS status)
{
    size_t low = 0;
    size_t high = ARRAYSIZE(status_rows);

    while (low < high)
    {
        size_t middle = (low + high) / 2;

        if (status_rows[middle].status == status)
        {
            return &status_rows[middle];
        }
        if ((ULONG)status_rows[middle].status < (ULONG)status)
        {
            low = middle + 1;
        }
        else
        {
            high = middle;
        }
    }
    return NULL;
}

int status_to_errno(NTSTATUS status)
{
    const struct status_row *row = status_find(status);

    if (row != NULL)
    {
        return row->error;
    }
    return NT_ERROR(status) || NT_WARNING(status) ? EIO : 0;
}

NTSTATUS status_from_errno(int error)
{
    if (error == 0)
    {
        return STATUS_SUCCESS;
    }
    for (size_t index = 0; index < ARRAYSIZE(status_rows); index++)
    {
        if (status_rows[index].preferred && status_rows[index].error == error)
        {
            return status_rows[index].status;
        }
    }
    return STATUS_UNSUCCESSFUL;
}

const char *status_name(NTSTATUS status)
{
    const struct status_row *row = status_find(status);

    return row == NULL ? NULL : row->name;
}

/* Statuses that only wrap another number give it back: those of a customer themselves, those made of a Win32 error that error. */
static ULONG status_to_win32(NTSTATUS status)
{
    ULONG value = (ULONG)status;
    const struct status_row *row;

    if ((value & CUSTOMER_BIT) != 0)
    {
        return value;
    }
    if ((value & 0xF0000000u) == 0xD0000000u)
    {
        value &= ~NT_BIT;
    }
    row = status_find((NTSTATUS)value);
    if (row != NULL)
    {
        return row->win32;
    }
    if (value >> 16 == 0xC001u || (value >= 0x80000000u && ((value >> 16) & 0xFFF) == FACILITY_NTWIN32))
    {
        return value & 0xFFFF;
    }
    return ERROR_MR_MID_NOT_FOUND;
}

/*
 * Published entry points.
 */
ULONG RtlNtStatusToDosErrorNoTeb(NTSTATUS Status)
{
    return status_to_win32(Status);
}

ULONG RtlNtStatusToDosError(NTSTATUS Status)
{
    return status_to_win32(Status);
}
