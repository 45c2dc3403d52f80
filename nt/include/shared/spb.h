/* SPDX-License-Identifier: MIT */
/*
 * Requests to an open connection on a simple peripheral bus (I2C, SPI), beyond plain reads and writes.
 *
 * The buffers of a transfer list are plain addresses in the sender's memory: they must stay valid until the request
 * completes. On success the information of a sequence or a full-duplex transfer is the number of bytes of all transfers,
 * written and read together.
 */
#ifndef DMF_SPB_H
#define DMF_SPB_H

#include "ntclass.h"

EXTERN_C_START

typedef enum SpbIoctl
{
    IOCTL_SPB_LOCK_CONTROLLER = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x600, METHOD_BUFFERED, FILE_ANY_ACCESS),
    IOCTL_SPB_UNLOCK_CONTROLLER = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x601, METHOD_BUFFERED, FILE_ANY_ACCESS),
    IOCTL_SPB_EXECUTE_SEQUENCE = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x602, METHOD_BUFFERED, FILE_ANY_ACCESS),
    IOCTL_SPB_LOCK_CONNECTION = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x603, METHOD_BUFFERED, FILE_ANY_ACCESS),
    IOCTL_SPB_UNLOCK_CONNECTION = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x604, METHOD_BUFFERED, FILE_ANY_ACCESS),
    IOCTL_SPB_FULL_DUPLEX = CTL_CODE(FILE_DEVICE_CONTROLLER, 0x605, METHOD_BUFFERED, FILE_ANY_ACCESS)
} SpbIoctl, *PSpbIoctl;

typedef enum SPB_TRANSFER_DIRECTION
{
    SpbTransferDirectionNone,
    SpbTransferDirectionFromDevice,
    SpbTransferDirectionToDevice,
    SpbTransferDirectionMax
} SPB_TRANSFER_DIRECTION, *PSPB_TRANSFER_DIRECTION;

typedef enum SPB_TRANSFER_BUFFER_FORMAT
{
    SpbTransferBufferFormatInvalid,
    SpbTransferBufferFormatSimple,
    SpbTransferBufferFormatList,
    SpbTransferBufferFormatSimpleNonPaged,
    SpbTransferBufferFormatMdl,
    SpbTransferBufferFormatMax
} SPB_TRANSFER_BUFFER_FORMAT, *PSPB_TRANSFER_BUFFER_FORMAT;

typedef struct SPB_TRANSFER_BUFFER_LIST_ENTRY
{
    PVOID Buffer;
    ULONG BufferCb;
} SPB_TRANSFER_BUFFER_LIST_ENTRY, *PSPB_TRANSFER_BUFFER_LIST_ENTRY;

typedef struct SPB_TRANSFER_BUFFER
{
    SPB_TRANSFER_BUFFER_FORMAT Format;
    union
    {
        SPB_TRANSFER_BUFFER_LIST_ENTRY Simple;
        struct
        {
            PSPB_TRANSFER_BUFFER_LIST_ENTRY List;
            ULONG ListCe;
        } BufferList;
        PMDL Mdl;
    };
} SPB_TRANSFER_BUFFER, *PSPB_TRANSFER_BUFFER;

typedef struct SPB_TRANSFER_LIST_ENTRY
{
    SPB_TRANSFER_DIRECTION Direction;
    /* Microseconds to wait before this transfer. */
    ULONG DelayInUs;
    SPB_TRANSFER_BUFFER Buffer;
} SPB_TRANSFER_LIST_ENTRY, *PSPB_TRANSFER_LIST_ENTRY;

typedef struct SPB_TRANSFER_LIST
{
    /* The size of this structure with one transfer, however many transfers follow. */
    ULONG Size;
    ULONG Reserved;
    ULONG TransferCount;
    SPB_TRANSFER_LIST_ENTRY Transfers[ANYSIZE_ARRAY];
} SPB_TRANSFER_LIST, *PSPB_TRANSFER_LIST;

/*
 * A list with room for a number of transfers that is known at compile time (two or more).
 */
#define SPB_TRANSFER_LIST_AND_ENTRIES(TransferCount) \
    struct \
    { \
        SPB_TRANSFER_LIST List; \
        SPB_TRANSFER_LIST_ENTRY ExtraTransfers[(TransferCount)-1]; \
    }

/*
 * The list must have room for all its transfers: all of them are zeroed.
 */
FORCEINLINE VOID SPB_TRANSFER_LIST_INIT(PSPB_TRANSFER_LIST TransferList, ULONG TransferCount)
{
    SIZE_T size = sizeof(SPB_TRANSFER_LIST);

    if (TransferCount > 1)
    {
        size += (SIZE_T)(TransferCount - 1) * sizeof(SPB_TRANSFER_LIST_ENTRY);
    }
    __builtin_memset(TransferList, 0, size);
    TransferList->Size = sizeof(SPB_TRANSFER_LIST);
    TransferList->TransferCount = TransferCount;
}

FORCEINLINE SPB_TRANSFER_LIST_ENTRY SPB_TRANSFER_LIST_ENTRY_INIT_SIMPLE(SPB_TRANSFER_DIRECTION Direction, ULONG DelayInUs,
                                                                        PVOID Buffer, ULONG BufferCb)
{
    SPB_TRANSFER_LIST_ENTRY entry;

    __builtin_memset(&entry, 0, sizeof(entry));
    entry.Direction = Direction;
    entry.DelayInUs = DelayInUs;
    entry.Buffer.Format = SpbTransferBufferFormatSimple;
    entry.Buffer.Simple.Buffer = Buffer;
    entry.Buffer.Simple.BufferCb = BufferCb;
    return entry;
}

FORCEINLINE SPB_TRANSFER_LIST_ENTRY SPB_TRANSFER_LIST_ENTRY_INIT_NON_PAGED(SPB_TRANSFER_DIRECTION Direction, ULONG DelayInUs,
                                                                           PVOID Buffer, ULONG BufferCb)
{
    SPB_TRANSFER_LIST_ENTRY entry = SPB_TRANSFER_LIST_ENTRY_INIT_SIMPLE(Direction, DelayInUs, Buffer, BufferCb);

    entry.Buffer.Format = SpbTransferBufferFormatSimpleNonPaged;
    return entry;
}

FORCEINLINE SPB_TRANSFER_LIST_ENTRY SPB_TRANSFER_LIST_ENTRY_INIT_MDL(SPB_TRANSFER_DIRECTION Direction, ULONG DelayInUs,
                                                                     PMDL Mdl)
{
    SPB_TRANSFER_LIST_ENTRY entry;

    __builtin_memset(&entry, 0, sizeof(entry));
    entry.Direction = Direction;
    entry.DelayInUs = DelayInUs;
    entry.Buffer.Format = SpbTransferBufferFormatMdl;
    entry.Buffer.Mdl = Mdl;
    return entry;
}

FORCEINLINE SPB_TRANSFER_LIST_ENTRY SPB_TRANSFER_LIST_ENTRY_INIT_BUFFER_LIST(SPB_TRANSFER_DIRECTION Direction,
                                                                             ULONG DelayInUs,
                                                                             PSPB_TRANSFER_BUFFER_LIST_ENTRY BufferList,
                                                                             ULONG BufferListCe)
{
    SPB_TRANSFER_LIST_ENTRY entry;

    __builtin_memset(&entry, 0, sizeof(entry));
    entry.Direction = Direction;
    entry.DelayInUs = DelayInUs;
    entry.Buffer.Format = SpbTransferBufferFormatList;
    entry.Buffer.BufferList.List = BufferList;
    entry.Buffer.BufferList.ListCe = BufferListCe;
    return entry;
}

EXTERN_C_END

#endif /* DMF_SPB_H */
