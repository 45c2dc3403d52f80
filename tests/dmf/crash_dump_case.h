/* SPDX-License-Identifier: MIT */
/*
 * CrashDump as its tests describe it.
 */
#ifndef CRASH_DUMP_CASE_H
#define CRASH_DUMP_CASE_H

#include "dmf_case.h"

#include <string.h>

#include "crash_access.h"

/* {0D1E2F30-4152-6374-8596-A7B8C9DAEBFC} and others. */
static const GUID self_guid = {0x0d1e2f30, 0x4152, 0x6374, {0x85, 0x96, 0xa7, 0xb8, 0xc9, 0xda, 0xeb, 0xfc}};
static const GUID additional_guid = {0xadd00000, 1, 2, {1, 2, 3, 4, 5, 6, 7, 8}};
static const GUID first_guid = {0x11111111, 1, 1, {1, 1, 1, 1, 1, 1, 1, 1}};
static const GUID second_guid = {0x22222222, 2, 2, {2, 2, 2, 2, 2, 2, 2, 2}};
static const GUID no_guid;

/* The registration that fails, counted from one, and the functions that the system does not have. */
static unsigned failing_registration;
static bool triage_is_missing;
static bool block_add_is_missing;

typedef BOOLEAN register_reason(PKBUGCHECK_REASON_CALLBACK_RECORD, PKBUGCHECK_REASON_CALLBACK_ROUTINE,
                                KBUGCHECK_CALLBACK_REASON, PUCHAR);
typedef PVOID get_routine(PUNICODE_STRING);

BOOLEAN KeRegisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord,
                                         PKBUGCHECK_REASON_CALLBACK_ROUTINE CallbackRoutine,
                                         KBUGCHECK_CALLBACK_REASON Reason, PUCHAR Component)
{
    register_reason *replaced = (register_reason *)crash_replaced("KeRegisterBugCheckReasonCallback");

    if (failing_registration != 0 && --failing_registration == 0)
    {
        return FALSE;
    }
    return replaced(CallbackRecord, CallbackRoutine, Reason, Component);
}

PVOID MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)
{
    bool is_block_add = SystemRoutineName->Buffer[2] == 'A';

    if (is_block_add ? block_add_is_missing : triage_is_missing)
    {
        return NULL;
    }
    return ((get_routine *)crash_replaced("MmGetSystemRoutineAddress"))(SystemRoutineName);
}

static inline void fill_self(DMF_CONFIG_CrashDump *config, DMF_MODULE_ATTRIBUTES *attributes)
{
    DMF_CONFIG_CrashDump_AND_ATTRIBUTES_INIT(config, attributes);
    config->ComponentName = (UCHAR *)"component";
    config->SecondaryData.RingBufferDataGuid = self_guid;
    config->SecondaryData.BufferCount = 3;
    config->SecondaryData.BufferSize = 4;
}

static inline void fill_sources(DMF_CONFIG_CrashDump *config, DMF_MODULE_ATTRIBUTES *attributes, ULONG count)
{
    fill_self(config, attributes);
    config->SecondaryData.DataSourceCount = count;
    config->SecondaryData.RingBufferMaximumSize = 100;
}

static inline DMFMODULE begin_self(enum dmf_case_life life)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill_self(&config, &attributes);
    return dmf_case_begin(life, &attributes);
}

static inline DMFMODULE begin_sources(ULONG count)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill_sources(&config, &attributes, count);
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static inline struct testkit_file *open_device(void)
{
    struct testkit_file *file;

    CHECK_STATUS(testkit_open_as(TESTKIT_ADMINISTRATOR, "\\??\\DmfCase", true, true, &file), STATUS_SUCCESS);
    return file;
}

static inline NTSTATUS create_sized(struct testkit_file *file, const GUID *guid, ULONG count, ULONG size)
{
    DATA_SOURCE_CREATE create = {count, size, *guid};
    uint64_t information = 1;
    NTSTATUS status = testkit_control(file, IOCTL_DATA_SOURCE_CREATE, &create, sizeof(create), NULL, 0, &information);

    CHECK_EQUAL(information, NT_SUCCESS(status) ? sizeof(create) : 0);
    return status;
}

static inline NTSTATUS create(struct testkit_file *file, const GUID *guid)
{
    return create_sized(file, guid, 3, 4);
}

static inline NTSTATUS open_source(struct testkit_file *file, const GUID *guid)
{
    DATA_SOURCE_OPEN data = {99, 99, *guid};
    uint64_t information;
    NTSTATUS status = testkit_control(file, IOCTL_DATA_SOURCE_OPEN, &data, sizeof(data), &data, sizeof(data), &information);

    if (NT_SUCCESS(status))
    {
        CHECK_EQUAL(information, 24);
        CHECK_EQUAL(data.EntriesCount, 3);
        CHECK_EQUAL(data.EntrySize, 4);
        CHECK(memcmp(&data.Guid, guid, sizeof(*guid)) == 0);
    }
    return status;
}

static inline NTSTATUS write_sized(struct testkit_file *file, const char *text, ULONG size)
{
    return testkit_control(file, IOCTL_DATA_SOURCE_WRITE, text, size, NULL, 0, NULL);
}

static inline NTSTATUS write_entry(struct testkit_file *file, const char *text)
{
    return write_sized(file, text, 4);
}

/* Whether the next entry is this one. */
static inline bool reads(struct testkit_file *file, const char *text)
{
    char entry[4];
    uint64_t information;

    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_READ, NULL, 0, entry, 4, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 4);
    return memcmp(entry, text, 4) == 0;
}

static inline NTSTATUS read_sized(struct testkit_file *file, ULONG size)
{
    static char entries[64];

    return testkit_control(file, IOCTL_DATA_SOURCE_READ, NULL, 0, entries, size, NULL);
}

static inline NTSTATUS destroy(struct testkit_file *file)
{
    uint64_t information = 1;
    NTSTATUS status = testkit_control(file, IOCTL_DATA_SOURCE_DESTROY, NULL, 0, NULL, 0, &information);

    CHECK_EQUAL(information, 0);
    return status;
}

#define ASSERTS "assertion failed"

#endif /* CRASH_DUMP_CASE_H */
