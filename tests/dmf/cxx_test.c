/* SPDX-License-Identifier: MIT */
/*
 * The framework and the core Modules, compiled as C++, do the same in all their lives. What they do is the other programs'
 * matter; this one is linked with dmf_framework_cxx.
 */
#include "module_case.h"

static void hash_table_works(void)
{
    DMF_CONFIG_HashTable config;
    DMF_MODULE_ATTRIBUTES attributes;
    UCHAR key = 1;
    UCHAR value = 2;
    UCHAR got = 0;

    FOR_EACH_LIFE
    {
        DMFMODULE module;

        DMF_CONFIG_HashTable_AND_ATTRIBUTES_INIT(&config, &attributes);
        config.MaximumKeyLength = config.MaximumValueLength = config.MaximumTableSize = 1;
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_HashTable_Write(module, &key, 1, &value, 1), STATUS_SUCCESS);
        CHECK_STATUS(DMF_HashTable_Read(module, &key, 1, &got, 1, NULL), STATUS_SUCCESS);
        CHECK_EQUAL(got, 2);
        dmf_case_end();
    }
}

static void ring_buffer_works(void)
{
    DMF_CONFIG_RingBuffer config;
    DMF_MODULE_ATTRIBUTES attributes;
    UCHAR item = 7;

    FOR_EACH_LIFE
    {
        DMFMODULE module;

        DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
        config.ItemCount = config.ItemSize = 1;
        config.Mode = RingBuffer_Mode_FailIfFullOnWrite;
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_RingBuffer_Write(module, &item, 1), STATUS_SUCCESS);
        CHECK_STATUS(DMF_RingBuffer_Write(module, &item, 1), STATUS_UNSUCCESSFUL);
        CHECK_STATUS(DMF_RingBuffer_Read(module, &item, 1), STATUS_SUCCESS);
        dmf_case_end();
    }
}

/* Its child Modules are the two kinds of BufferPool. */
static void buffer_queue_works(void)
{
    DMF_CONFIG_BufferQueue config;
    DMF_MODULE_ATTRIBUTES attributes;
    VOID *buffer;

    FOR_EACH_LIFE
    {
        DMFMODULE module;

        DMF_CONFIG_BufferQueue_AND_ATTRIBUTES_INIT(&config, &attributes);
        config.SourceSettings.BufferCount = 1;
        config.SourceSettings.BufferSize = 8;
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_BufferQueue_Fetch(module, &buffer, NULL), STATUS_SUCCESS);
        DMF_BufferQueue_Enqueue(module, buffer);
        CHECK_STATUS(DMF_BufferQueue_Dequeue(module, &buffer, NULL), STATUS_SUCCESS);
        DMF_BufferQueue_Reuse(module, buffer);
        dmf_case_end();
    }
}

static void string_works(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    WCHAR wide[] = L"abc";
    char text[4];

    FOR_EACH_LIFE
    {
        DMFMODULE module;

        DMF_String_ATTRIBUTES_INIT(&attributes);
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, text, sizeof(text), wide), STATUS_SUCCESS);
        CHECK(strcmp(text, "abc") == 0);
        dmf_case_end();
    }
}

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

static NTSTATUS answer(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                       size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    CHECK(DmfModule != NULL && Queue != NULL && Request != NULL && IoctlCode == CODE);
    CHECK(InputBuffer == NULL && InputBufferSize == 0 && OutputBufferSize == 1);
    *(UCHAR *)OutputBuffer = 42;
    *BytesReturned = 1;
    return STATUS_SUCCESS;
}

static void ioctl_handler_works(void)
{
    IoctlHandler_IoctlRecord record = {(LONG)CODE, 0, 1, answer, FALSE};
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    struct testkit_file *file;
    UCHAR got = 0;

    DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.IoctlRecords = &record;
    config.IoctlRecordCount = 1;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    file = dmf_case_open();
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, &got, 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(got, 42);
    testkit_close(file);
    dmf_case_end();
}

static void branch_track_works(void)
{
    UCHAR answer[64];
    BRANCHTRACK_REQUEST_INPUT_DATA question = {BRANCHTRACK_REQUEST_TYPE_STATUS};
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;
    struct testkit_file *file;
    DMFMODULE module;

    DMF_CONFIG_BranchTrack_AND_ATTRIBUTES_INIT(&config, &attributes);
    DMF_BranchTrack_CONFIG_INIT(&config, "client");
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_BRANCHTRACK_RUN(module, "point");
    file = dmf_case_open();
    CHECK_STATUS(testkit_control(file, IOCTL_BRANCHTRACK_QUERY_INFORMATION, &question, sizeof(question), answer,
                                 sizeof(answer), NULL),
                 STATUS_SUCCESS);
    CHECK_EQUAL(((BRANCHTRACK_REQUEST_OUTPUT_DATA *)answer)->Response.Status.BranchesPassed, 1);
    testkit_close(file);
    dmf_case_end();
}

static VOID no_module(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    CHECK(Device != NULL && DmfModuleInit != NULL);
}

static void device_without_modules_works(void)
{
    dmf_case_begin_modules(no_module);
    dmf_case_pull_out();
    dmf_case_end();
}

const struct nt_case nt_cases[] = {
    CASE(hash_table_works),    CASE(ring_buffer_works),  CASE(buffer_queue_works),           CASE(string_works),
    CASE(ioctl_handler_works), CASE(branch_track_works), CASE(device_without_modules_works), CASES_END,
};
