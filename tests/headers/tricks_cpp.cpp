/* SPDX-License-Identifier: MIT */
/*
 * Driver sources that are compiled as C++ with Microsoft's rules: jumps over initialised declarations, structure names without
 * "struct", constant integers as array bounds, NULL beside integers, declarations after labels.
 * try: clang++ run
 */
#include "tricks_platform.h"

struct TRICK_PLAIN
{
    ULONG Value;
};

static const ULONG TrickCount = 4;
const int TrickWidth = 8;

static TRICK_PLAIN trick_table[TrickCount];

/* The common shape of a Module's function: one exit label behind declarations with initialisers. */
static NTSTATUS trick_jump(BOOLEAN Fail)
{
    NTSTATUS ntStatus = STATUS_UNSUCCESSFUL;
    if (Fail)
    {
        goto Exit;
    }
    ULONG value = 3;
    ULONG *pointer = &value;
    *pointer = TrickCount;
    ntStatus = value == 4 ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
Exit:
    return ntStatus;
}

static ULONG trick_switch(ULONG Selector)
{
    ULONG result = 0;
    switch (Selector)
    {
        case 0:
            ULONG uninitialised;
            uninitialised = 5;
            result = uninitialised;
            break;
        case 1:
        {
            ULONG braced = 6;
            result = braced;
            break;
        }
        default:
            break;
    }
again:
    ULONG after = result;
    if (after > 100)
    {
        result = 0;
        goto again;
    }
    return after;
}

static int trick_null(ULONG_PTR Value, size_t Length)
{
    ULONG local[TrickWidth];
    local[0] = NULL;
    NTSTATUS ntStatus = NULL;
    return (Value == NULL) && (Length != NULL) && local[0] == NULL && ntStatus == NULL;
}

int main(void)
{
    TRICK_PLAIN plain = {7};
    trick_table[1] = plain;
    WDF_TRI_STATE state = WdfUseDefault;
    int good = trick_jump(FALSE) == STATUS_SUCCESS && trick_jump(TRUE) == STATUS_UNSUCCESSFUL && trick_switch(0) == 5 &&
               trick_switch(1) == 6 && trick_null(0, 1) && trick_table[1].Value == 7 && state == WdfUseDefault;
    return good ? 0 : 1;
}
