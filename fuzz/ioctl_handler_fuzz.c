/* SPDX-License-Identifier: MIT */
/*
 * IoctlHandler: a table of records, and requests of several senders against what the table says about them.
 */
#include "fuzz.h"

#define MOST_RECORDS 4
#define LARGEST 16

static const GUID interface_guid = {0x1f0c3a52, 0x7e0d, 0x4f5a, {0x8e, 0x11, 0x3c, 0x70, 0x5a, 0x9e, 0x21, 0x44}};

static IoctlHandler_IoctlRecord records[MOST_RECORDS];
static DMF_CONFIG_IoctlHandler config;

/* What the callback does, and what it was called with. */
static struct
{
    NTSTATUS status;
    size_t bytes;
    ULONG calls;
    ULONG code;
    size_t input_size;
    size_t output_size;
} client;

static NTSTATUS answer(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                       size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    CHECK(DmfModule != NULL && Queue != NULL && *BytesReturned == 0);
    CHECK((InputBuffer == NULL) == (InputBufferSize == 0) && (OutputBuffer == NULL) == (OutputBufferSize == 0));
    client.calls++;
    client.code = IoctlCode;
    client.input_size = InputBufferSize;
    client.output_size = OutputBufferSize;
    client.bytes = client.bytes > OutputBufferSize ? OutputBufferSize : client.bytes;
    if (OutputBufferSize != 0)
    {
        memset(OutputBuffer, 0xC7, OutputBufferSize);
    }
    if (client.status == STATUS_PENDING)
    {
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, client.bytes);
        return STATUS_PENDING;
    }
    *BytesReturned = client.bytes;
    return client.status;
}

static ULONG choose_code(void)
{
    ULONG number = fuzz_below(6);
    /* All but METHOD_NEITHER, whose buffers are the sender's. */
    ULONG method = fuzz_below(3);

    return CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + number, method, FILE_ANY_ACCESS);
}

static const IoctlHandler_IoctlRecord *record_of(ULONG code)
{
    for (ULONG index = 0; index < config.IoctlRecordCount; index++)
    {
        if ((ULONG)records[index].IoctlCode == code)
        {
            return &records[index];
        }
    }
    return NULL;
}

/* What is to happen to a request: the status, and whether the Client is asked. */
static NTSTATUS expected(const IoctlHandler_IoctlRecord *record, ULONG input, ULONG output, bool *ret_asks)
{
    *ret_asks = false;
    if (record == NULL)
    {
        return STATUS_NOT_SUPPORTED;
    }
    if (config.KernelModeRequestsOnly)
    {
        return STATUS_ACCESS_DENIED;
    }
    if (input < record->InputBufferMinimumSize || output < record->OutputBufferMinimumSize)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    *ret_asks = true;
    return client.status == STATUS_PENDING ? STATUS_SUCCESS : client.status;
}

static void request(struct testkit_file *file)
{
    static const NTSTATUS statuses[] = {STATUS_SUCCESS, STATUS_PENDING, STATUS_BUFFER_OVERFLOW, STATUS_INVALID_PARAMETER};
    ULONG code = choose_code();
    ULONG input_length = fuzz_below(LARGEST + 1);
    ULONG output_length = fuzz_below(LARGEST + 1);
    static UCHAR input[LARGEST];
    static UCHAR output[LARGEST];
    uint64_t information = 0;
    NTSTATUS status;
    bool asks;

    memset(&client, 0, sizeof(client));
    client.status = statuses[fuzz_below(ARRAYSIZE(statuses))];
    client.bytes = fuzz_below(LARGEST + 1);
    status = expected(record_of(code), input_length, output_length, &asks);
    CHECK_STATUS(testkit_control(file, code, input, input_length, output, output_length, &information), status);
    CHECK_EQUAL(client.calls, asks);
    CHECK_EQUAL(information, asks ? client.bytes : 0);
    CHECK(!asks || (client.code == code && client.input_size == input_length && client.output_size == output_length));
}

static void choose_table(void)
{
    config.IoctlRecordCount = 1 + fuzz_below(MOST_RECORDS);
    config.IoctlRecords = records;
    for (ULONG index = 0; index < config.IoctlRecordCount; index++)
    {
        records[index].IoctlCode = (LONG)choose_code();
        records[index].InputBufferMinimumSize = fuzz_below(LARGEST);
        records[index].OutputBufferMinimumSize = fuzz_below(LARGEST);
        records[index].EvtIoctlHandlerFunction = answer;
        records[index].AdministratorAccessOnly = FALSE;
    }
}

void fuzz_begin(void)
{
}

void fuzz_input(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    struct testkit_file *file;

    DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.DeviceInterfaceGuid = interface_guid;
    config.ManualMode = (BOOLEAN)fuzz_below(2);
    config.KernelModeRequestsOnly = (BOOLEAN)(fuzz_below(8) == 7);
    choose_table();
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    file = dmf_case_open();
    while (fuzz_more())
    {
        request(file);
    }
    testkit_close(file);
    dmf_case_end();
}
