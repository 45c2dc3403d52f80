/* SPDX-License-Identifier: MIT */
/*
 * Bug checks: what they print, whom they call, and what they leave behind.
 */
#include "nt_case.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ntifs.h>

#include <lkmdtel.h>

#include "nt/debug/bugcheck.h"
#include "nt/debug/dump.h"
#include "nt/debug/names.h"
#include "nt/rtl/status.h"
#include "nt/run.h"

static void every_published_code_has_its_name(void)
{
    CHECK(strcmp(bugcheck_name(BAD_POOL_CALLER), "BAD_POOL_CALLER") == 0);
    CHECK(strcmp(bugcheck_name(APC_INDEX_MISMATCH), "APC_INDEX_MISMATCH") == 0);
    CHECK(strcmp(bugcheck_name(WDF_VIOLATION), "WDF_VIOLATION") == 0);
    CHECK(strcmp(bugcheck_name(BUGCHECK_TECH_INFO), "BUGCHECK_TECH_INFO") == 0);
    CHECK(bugcheck_name(0xFEEDFACE) == NULL);
    CHECK(strcmp(status_name(STATUS_SUCCESS), "STATUS_SUCCESS") == 0);
    CHECK(strcmp(status_name(STATUS_INSUFFICIENT_RESOURCES), "STATUS_INSUFFICIENT_RESOURCES") == 0);
    CHECK(status_name((NTSTATUS)0xEFFFFFFF) == NULL);
}

static void bug_check(void)
{
    KeBugCheckEx(WDF_VIOLATION, 1, 2, 3, 4);
}

static void bug_check_without_parameters(void)
{
    KeBugCheck(THREAD_NOT_MUTEX_OWNER);
}

static void bug_check_that_nobody_knows(void)
{
    KeBugCheckEx(0xFEEDFACE, 1, 2, 3, 4);
}

static void bug_check_says_irql_and_thread(void)
{
    KIRQL irql;

    IoAcquireCancelSpinLock(&irql);
    KeBugCheck(MEMORY_MANAGEMENT);
}

static void bug_check_says_what_its_parameters_mean(void)
{
    KeBugCheckEx(IRQL_NOT_LESS_OR_EQUAL, 1, 2, 3, 4);
}

static void raised_status(void)
{
    ExRaiseStatus(STATUS_BAD_DEVICE_TYPE);
}

static void raised_access_violation(void)
{
    ExRaiseAccessViolation();
}

static void raised_misalignment(void)
{
    ExRaiseDatatypeMisalignment();
}

static void failed_assertion(void)
{
    RtlAssert((PVOID) "a == b", (PVOID) "file.c", 12, (PCHAR) "they differ");
}

/*
 * Callbacks. A child stops; what it leaves behind is read afterwards.
 */
static const GUID first_guid = {0x11111111, 1, 1, {1, 1, 1, 1, 1, 1, 1, 1}};
static const GUID second_guid = {0x22222222, 2, 2, {2, 2, 2, 2, 2, 2, 2, 2}};
static KBUGCHECK_CALLBACK_RECORD buffer_record;
static KBUGCHECK_REASON_CALLBACK_RECORD records[8];
static char buffer_data[20];
static _Alignas(PAGE_SIZE) char pages[3 * PAGE_SIZE];
static char triage_data[] = "triage";
static union
{
    KTRIAGE_DUMP_DATA_ARRAY array;
    char room[sizeof(KTRIAGE_DUMP_DATA_ARRAY) + 4 * sizeof(KADDRESS_RANGE)];
} triage;
static ULONG64 watched;
static int watched_pieces[KbDumpIoComplete + 1];
static int reported;

static VOID fill_buffer(PVOID buffer, ULONG length)
{
    CHECK(buffer == buffer_data);
    CHECK_EQUAL(length, sizeof(buffer_data));
    CHECK_EQUAL(KeGetCurrentIrql(), HIGH_LEVEL);
    /* The buffer of a callback that was called twice would not say this. */
    (void)snprintf(buffer_data, sizeof(buffer_data), "called %d", ++buffer_data[sizeof(buffer_data) - 1]);
}

static int secondary_calls;

static VOID tell_secondary(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                           ULONG length)
{
    PKBUGCHECK_SECONDARY_DUMP_DATA secondary = data;

    CHECK_EQUAL(reason, KbCallbackSecondaryDumpData);
    CHECK_EQUAL(length, sizeof(*secondary));
    CHECK(secondary->InBuffer != NULL && secondary->MaximumAllowed >= 512);
    /* First the size is asked for, and then the data. */
    CHECK(secondary->OutBuffer == (secondary_calls++ == 0 ? NULL : secondary->InBuffer));
    CHECK_EQUAL(secondary->OutBufferLength, 0);
    if (secondary_calls == 1)
    {
        secondary->OutBufferLength = 6;
        return;
    }
    secondary->Guid = first_guid;
    memcpy(secondary->InBuffer, "second", 6);
    secondary->OutBuffer = secondary->InBuffer;
    secondary->OutBufferLength = 6;
}

static VOID tell_too_much(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                          ULONG length)
{
    PKBUGCHECK_SECONDARY_DUMP_DATA secondary = data;

    secondary->OutBuffer = pages;
    secondary->OutBufferLength = secondary->MaximumAllowed + 1;
}

static VOID tell_in_parts(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                          ULONG length)
{
    PKBUGCHECK_SECONDARY_DUMP_DATA_EX secondary = data;
    ULONG_PTR part = (ULONG_PTR)secondary->Context;

    CHECK_EQUAL(secondary->BugCheckCode, MEMORY_MANAGEMENT);
    CHECK_EQUAL(secondary->BugCheckParameter4, 4);
    secondary->Guid = second_guid;
    secondary->OutBuffer = (char *)"abc" + part;
    secondary->OutBufferLength = 1;
    secondary->Context = (PVOID)(part + 1);
    secondary->Flags = part < 2 ? KB_SECONDARY_DATA_FLAG_ADDITIONAL_DATA : 0;
}

static VOID add_pages(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data, ULONG length)
{
    PKBUGCHECK_ADD_PAGES add = data;

    add->Address = (ULONG_PTR)pages;
    add->Count = 3;
    add->Flags = KB_ADD_PAGES_FLAG_VIRTUAL_ADDRESS;
}

static VOID remove_pages(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                         ULONG length)
{
    PKBUGCHECK_REMOVE_PAGES remove_them = data;

    remove_them->Address = (ULONG_PTR)pages + PAGE_SIZE;
    remove_them->Count = 1;
    remove_them->Flags = KB_ADD_PAGES_FLAG_VIRTUAL_ADDRESS;
}

static VOID tell_triage(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data, ULONG length)
{
    PKBUGCHECK_TRIAGE_DUMP_DATA wanted = data;

    CHECK_EQUAL(wanted->Flags, KB_TRIAGE_DUMP_DATA_FLAG_BUGCHECK_ACTIVE);
    CHECK_EQUAL(KeInitializeTriageDumpDataArray(&triage.array, sizeof(triage)), STATUS_SUCCESS);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, triage_data, sizeof(triage_data)), STATUS_SUCCESS);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, (PVOID)16, 8), STATUS_SUCCESS);
    wanted->DataArray = &triage.array;
}

static VOID watch(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data, ULONG length)
{
    PKBUGCHECK_DUMP_IO piece = data;

    CHECK_EQUAL(piece->Offset, watched);
    watched += piece->BufferLength;
    watched_pieces[piece->Type]++;
    if (piece->Type == KbDumpIoComplete)
    {
        CHECK_EQUAL(watched_pieces[KbDumpIoHeader], 1);
        CHECK(watched_pieces[KbDumpIoBody] > 0 && watched_pieces[KbDumpIoSecondaryData] > 0);
        CHECK(write(reported, &watched, sizeof(watched)) == sizeof(watched));
    }
}

static void register_reason(int index, PKBUGCHECK_REASON_CALLBACK_ROUTINE routine, KBUGCHECK_CALLBACK_REASON reason)
{
    KeInitializeCallbackRecord(&records[index]);
    CHECK(KeRegisterBugCheckReasonCallback(&records[index], routine, reason, (PUCHAR) "reason"));
}

static void register_all(void)
{
    KeInitializeCallbackRecord(&buffer_record);
    CHECK(KeRegisterBugCheckCallback(&buffer_record, fill_buffer, buffer_data, sizeof(buffer_data), (PUCHAR) "buffer"));
    register_reason(0, tell_secondary, KbCallbackSecondaryDumpData);
    register_reason(1, tell_too_much, KbCallbackSecondaryDumpData);
    register_reason(2, tell_in_parts, KbCallbackSecondaryMultiPartDumpData);
    register_reason(3, add_pages, KbCallbackAddPages);
    register_reason(4, remove_pages, KbCallbackRemovePages);
    register_reason(5, tell_triage, KbCallbackTriageDumpData);
    register_reason(6, watch, KbCallbackDumpIo);
}

/* Runs the body in a child that must die of it, and gives the path of the one dump that it left. */
static void child_run(void (*body)(void), char *folder, char *path)
{
    pid_t child;
    int status;
    DIR *directory;
    const struct dirent *entry;
    int found = 0;

    (void)snprintf(folder, 64, "/tmp/dmf-bugcheck-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        (void)dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        CHECK_EQUAL(dump_set_folder(folder), STATUS_SUCCESS);
        body();
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
    directory = opendir(folder);
    while ((entry = readdir(directory)) != NULL)
    {
        if (strstr(entry->d_name, ".dmfdump") != NULL)
        {
            (void)snprintf(path, 512, "%s/%.200s", folder, entry->d_name);
            found++;
        }
    }
    (void)closedir(directory);
    CHECK_EQUAL(found, 1);
}

static void child_clean(const char *folder, const char *path)
{
    (void)unlink(path);
    (void)rmdir(folder);
}

static int ends[2];

static __attribute__((noinline)) void stop_with_callbacks(void)
{
    reported = ends[1];
    pages[0] = 'x';
    register_all();
    KeBugCheckEx(MEMORY_MANAGEMENT, 1, 2, 3, 4);
}

struct seen
{
    int counts[DUMP_TRIAGE + 1];
    size_t pages_seen;
    char parts[8];
};

static void see_block(struct seen *seen, const struct dump_block *block, const void *data)
{
    seen->counts[block->kind]++;
    switch (block->kind)
    {
        case DUMP_TEXT:
            CHECK(memmem(data, block->length, "MEMORY_MANAGEMENT", 17) != NULL);
            break;
        case DUMP_STACK:
            CHECK(memmem(data, block->length, "stop_with_callbacks", 19) != NULL);
            break;
        case DUMP_BUFFER:
            CHECK(strcmp(block->component, "buffer") == 0);
            CHECK(strcmp(data, "called 1") == 0);
            break;
        case DUMP_SECONDARY:
            if (IsEqualGUID(&block->guid, &first_guid))
            {
                CHECK(block->length == 6 && memcmp(data, "second", 6) == 0);
                break;
            }
            CHECK(IsEqualGUID(&block->guid, &second_guid) && block->length == 1);
            (void)strncat(seen->parts, data, 1);
            break;
        case DUMP_PAGES:
            CHECK_EQUAL(block->length, PAGE_SIZE);
            CHECK(block->address != (uintptr_t)pages + PAGE_SIZE);
            CHECK(block->address != (uintptr_t)pages || *(const char *)data == 'x');
            break;
        case DUMP_TRIAGE:
            /* The block that nobody can read is there, and empty. */
            CHECK(block->address == 16 ? block->length == 0 : strcmp(data, "triage") == 0);
            break;
        default:
            break;
    }
}

static void callbacks_are_called_once_and_their_data_is_in_the_dump(void)
{
    const struct dump_header *header;
    const struct dump_block *block = NULL;
    struct seen seen = {.parts = ""};
    struct dump_file *dump;
    struct stat status;
    ULONG64 written;
    char folder[64];
    char path[512];
    const void *data;

    CHECK(pipe(ends) == 0);
    child_run(stop_with_callbacks, folder, path);
    dump = dump_open(path, &header);
    CHECK(dump != NULL);
    CHECK_EQUAL(header->code, MEMORY_MANAGEMENT);
    CHECK_EQUAL(header->parameters[3], 4);
    CHECK_EQUAL(header->live, 0);
    while ((block = dump_next(dump, block, &data)) != NULL)
    {
        see_block(&seen, block, data);
    }
    CHECK_EQUAL(seen.counts[DUMP_TEXT], 1);
    CHECK_EQUAL(seen.counts[DUMP_STACK], 1);
    CHECK_EQUAL(seen.counts[DUMP_BUFFER], 1);
    CHECK_EQUAL(seen.counts[DUMP_SECONDARY], 4);
    CHECK_EQUAL(seen.counts[DUMP_PAGES], 2);
    CHECK_EQUAL(seen.counts[DUMP_TRIAGE], 2);
    CHECK_EQUAL(seen.counts[DUMP_END], 1);
    CHECK(strcmp(seen.parts, "abc") == 0);
    CHECK(stat(path, &status) == 0);
    CHECK(read(ends[0], &written, sizeof(written)) == sizeof(written));
    CHECK_EQUAL(written, status.st_size);
    dump_close(dump);
    child_clean(folder, path);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void stop_without_callbacks(void)
{
    KeBugCheckEx(MEMORY_MANAGEMENT, 1, 2, 3, 4);
}

static void cut_off_and_damaged_dumps_end_where_they_are_cut_off(void)
{
    const struct dump_header *header;
    const struct dump_block *block = NULL;
    struct dump_file *dump;
    struct stat status;
    char folder[64];
    char path[512];
    const void *data;
    uint64_t huge = UINT64_MAX - 8;
    int file;

    child_run(stop_without_callbacks, folder, path);
    CHECK(stat(path, &status) == 0);
    CHECK(truncate(path, status.st_size - 1) == 0);
    dump = dump_open(path, &header);
    CHECK(dump != NULL);
    while ((block = dump_next(dump, block, &data)) != NULL)
    {
        CHECK(block->kind != DUMP_END);
    }
    dump_close(dump);
    file = open(path, O_RDWR);
    CHECK(pwrite(file, &huge, sizeof(huge), sizeof(struct dump_header) + offsetof(struct dump_block, length)) == 8);
    dump = dump_open(path, &header);
    CHECK(dump_next(dump, NULL, &data) == NULL);
    dump_close(dump);
    CHECK(pwrite(file, "X", 1, 0) == 1);
    CHECK(dump_open(path, &header) == NULL);
    CHECK(ftruncate(file, 0) == 0);
    CHECK(dump_open(path, &header) == NULL);
    (void)close(file);
    child_clean(folder, path);
    CHECK(dump_open(path, &header) == NULL);
}

static void record_is_registered_once_and_deregistered_once(void)
{
    KeInitializeCallbackRecord(&buffer_record);
    CHECK(KeRegisterBugCheckCallback(&buffer_record, fill_buffer, NULL, 0, (PUCHAR) "x"));
    CHECK(!KeRegisterBugCheckCallback(&buffer_record, fill_buffer, NULL, 0, (PUCHAR) "x"));
    CHECK(KeDeregisterBugCheckCallback(&buffer_record));
    CHECK(!KeDeregisterBugCheckCallback(&buffer_record));
    KeInitializeCallbackRecord(&records[0]);
    CHECK(KeRegisterBugCheckReasonCallback(&records[0], watch, KbCallbackDumpIo, (PUCHAR) "x"));
    CHECK(!KeRegisterBugCheckReasonCallback(&records[0], watch, KbCallbackDumpIo, (PUCHAR) "x"));
    CHECK(KeDeregisterBugCheckReasonCallback(&records[0]));
    CHECK(!KeDeregisterBugCheckReasonCallback(&records[0]));
}

static void reason_that_is_not_published_is_refused(void)
{
    KeInitializeCallbackRecord(&records[0]);
    CHECK(!KeRegisterBugCheckReasonCallback(&records[0], watch, KbCallbackInvalid, (PUCHAR) "x"));
    CHECK(!KeRegisterBugCheckReasonCallback(&records[0], watch, KbCallbackReserved1, (PUCHAR) "x"));
    CHECK(!KeRegisterBugCheckReasonCallback(&records[0], watch, KbCallbackReserved3, (PUCHAR) "x"));
}

static void register_and_deregister(void *argument)
{
    KBUGCHECK_REASON_CALLBACK_RECORD record;

    for (int round = 0; round < 20; round++)
    {
        KeInitializeCallbackRecord(&record);
        CHECK(KeRegisterBugCheckReasonCallback(&record, watch, KbCallbackDumpIo, (PUCHAR) "x"));
        CHECK(KeDeregisterBugCheckReasonCallback(&record));
    }
}

static void threads_register_at_once(void)
{
    struct nt_thread *one = nt_thread_start(register_and_deregister, NULL);
    struct nt_thread *two = nt_thread_start(register_and_deregister, NULL);

    nt_thread_join(one);
    nt_thread_join(two);
}

static VOID bug_check_in_callback(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                                  ULONG length)
{
    KeBugCheck(THREAD_NOT_MUTEX_OWNER);
}

static void bug_check_within_a_callback_ends_the_process(void)
{
    KeInitializeCallbackRecord(&records[0]);
    CHECK(KeRegisterBugCheckReasonCallback(&records[0], bug_check_in_callback, KbCallbackSecondaryDumpData, (PUCHAR) "x"));
    KeBugCheck(MEMORY_MANAGEMENT);
}

static void overwritten_record_is_not_called(void)
{
    register_reason(0, bug_check_in_callback, KbCallbackSecondaryDumpData);
    records[0].CallbackRoutine = (PKBUGCHECK_REASON_CALLBACK_ROUTINE)(uintptr_t)16;
    KeBugCheck(MEMORY_MANAGEMENT);
}

static void triage_array_takes_what_fits(void)
{
    static char data[4096];

    CHECK_EQUAL(KeInitializeTriageDumpDataArray(&triage.array, 8), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(KeInitializeTriageDumpDataArray(&triage.array, offsetof(KTRIAGE_DUMP_DATA_ARRAY, Blocks) + 32),
                STATUS_SUCCESS);
    CHECK_EQUAL(triage.array.NumBlocksTotal, 2);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, NULL, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, data, 0), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, data, 100), STATUS_SUCCESS);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, data + 50, 100), STATUS_SUCCESS);
    CHECK_EQUAL(triage.array.NumBlocksUsed, 1);
    CHECK_EQUAL(triage.array.Blocks[0].Size, 150);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, data + 1000, 100), STATUS_SUCCESS);
    CHECK_EQUAL(triage.array.DataSize, 250);
    CHECK_EQUAL(KeAddTriageDumpDataBlock(&triage.array, data + 2000, 100), STATUS_INSUFFICIENT_RESOURCES);
}

static void folder_whose_name_is_too_long_is_refused(void)
{
    char name[2000];

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    CHECK_EQUAL(dump_set_folder(name), STATUS_NAME_TOO_LONG);
    CHECK_EQUAL(dump_set_folder(NULL), STATUS_SUCCESS);
}

static void filter_is_set_and_asked_for_each_component_and_level(void)
{
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL), TRUE);
    CHECK_EQUAL(DbgSetDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL), FALSE);
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL), TRUE);
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_IHVVIDEO_ID, DPFLTR_INFO_LEVEL), TRUE);
    CHECK_EQUAL(DbgSetDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_MASK | 0xF, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL), TRUE);
    CHECK_EQUAL(DbgSetDebugFilterState(DPFLTR_ENDOFTABLE_ID, 0, TRUE), STATUS_INVALID_PARAMETER_1);
    CHECK_EQUAL(DbgQueryDebugFilterState(DPFLTR_ENDOFTABLE_ID, 0), STATUS_INVALID_PARAMETER_1);
}

static ULONG print_with_prefix(const char *prefix, ULONG level, const char *format, ...)
{
    __builtin_va_list arguments;
    ULONG status;

    __builtin_va_start(arguments, format);
    status = vDbgPrintExWithPrefix(prefix, DPFLTR_IHVDRIVER_ID, level, format, arguments);
    __builtin_va_end(arguments);
    return status;
}

static void text_that_a_filter_lets_through(void)
{
    (void)DbgSetDebugFilterState(DPFLTR_IHVDRIVER_ID, DPFLTR_TRACE_LEVEL, FALSE);
    CHECK_EQUAL(DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_TRACE_LEVEL, "hidden "), STATUS_SUCCESS);
    CHECK_EQUAL(print_with_prefix("hidden ", DPFLTR_TRACE_LEVEL, "hidden "), STATUS_SUCCESS);
    CHECK_EQUAL(DbgPrintEx(DPFLTR_ENDOFTABLE_ID, 0, "hidden "), STATUS_SUCCESS);
    CHECK_EQUAL(DbgPrint("one "), STATUS_SUCCESS);
    CHECK_EQUAL(DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "%s ", "two"), STATUS_SUCCESS);
    CHECK_EQUAL(print_with_prefix("three ", DPFLTR_ERROR_LEVEL, "%d ", 4), STATUS_SUCCESS);
    CHECK_EQUAL(DbgPrintEx(MAXULONG, DPFLTR_TRACE_LEVEL, "five "), STATUS_SUCCESS);
    CHECK_EQUAL(DbgPrintReturnControlC("six\n"), FALSE);
    abort();
}

static void there_is_no_debugger_unless_something_traces_the_process(void)
{
    if (KdRefreshDebuggerNotPresent())
    {
        CHECK(KD_DEBUGGER_NOT_PRESENT && !KD_DEBUGGER_ENABLED);
        CHECK_EQUAL(KdEnableDebugger(), STATUS_DEBUGGER_INACTIVE);
        CHECK_EQUAL(KdDisableDebugger(), STATUS_DEBUGGER_INACTIVE);
        return;
    }
    CHECK(KD_DEBUGGER_ENABLED && !KD_DEBUGGER_NOT_PRESENT);
}

/* The sanitizer's own checks would come first. */
static __attribute__((no_sanitize("address", "undefined", "thread"), noinline)) void write_nowhere(void)
{
    static volatile uintptr_t nowhere = 16;

    *(volatile int *)nowhere = 1;
}

static void fault_of_the_process(void)
{
    run_install_fault_handler();
    write_nowhere();
}

static void fault_says_where(void)
{
    run_install_fault_handler();
    write_nowhere();
}

static void abort_of_a_driver(void)
{
    run_install_fault_handler();
    abort();
}

static void break_point_of_a_driver(void)
{
    run_install_fault_handler();
    DbgBreakPoint();
}

static void fault_that_nobody_asked_to_report(void)
{
    write_nowhere();
}

static void bug_check_is_not_reported_as_an_abort_too(void)
{
    run_install_fault_handler();
    bugcheck_set_handler(NULL, NULL);
    KeBugCheck(MEMORY_MANAGEMENT);
}

/*
 * Live reports.
 */
static void live_report_is_a_dump_of_its_own(void)
{
    const struct dump_header *header;
    const struct dump_block *block = NULL;
    struct dump_file *dump;
    char folder[64] = "/tmp/dmf-live-XXXXXX";
    char path[512] = "";
    const struct dirent *entry;
    const void *data;
    int counts[DUMP_TRIAGE + 1] = {0};
    DIR *directory;
    HANDLE report;
    char changing[] = "first";

    CHECK(mkdtemp(folder) != NULL);
    CHECK_EQUAL(dump_set_folder(folder), STATUS_SUCCESS);
    report = LkmdTelCreateReport(L"Comp\u00e9", MEMORY_MANAGEMENT, 1, 2, 3, 4);
    CHECK(report != NULL);
    CHECK_EQUAL(LkmdTelInsertTriageDataBlock(report, triage_data, sizeof(triage_data)), STATUS_SUCCESS);
    CHECK_EQUAL(LkmdTelSetSecondaryData(report, &first_guid, changing, 5), STATUS_SUCCESS);
    changing[0] = 'X';
    CHECK_EQUAL(LkmdTelSubmitReport(report), STATUS_SUCCESS);
    CHECK_EQUAL(LkmdTelSubmitReport(report), STATUS_INVALID_DEVICE_STATE);
    LkmdTelCloseHandle(report);
    CHECK_EQUAL(dump_set_folder(NULL), STATUS_SUCCESS);
    directory = opendir(folder);
    while ((entry = readdir(directory)) != NULL)
    {
        if (strstr(entry->d_name, ".dmfdump") != NULL)
        {
            (void)snprintf(path, sizeof(path), "%s/%.200s", folder, entry->d_name);
        }
    }
    (void)closedir(directory);
    dump = dump_open(path, &header);
    CHECK(dump != NULL);
    CHECK_EQUAL(header->live, 1);
    CHECK(strcmp(header->component, "Comp\xc3\xa9") == 0);
    while ((block = dump_next(dump, block, &data)) != NULL)
    {
        counts[block->kind]++;
        CHECK(block->kind != DUMP_SECONDARY || (block->length == 5 && memcmp(data, "first", 5) == 0));
    }
    CHECK(counts[DUMP_TEXT] == 1 && counts[DUMP_STACK] == 1 && counts[DUMP_END] == 1);
    CHECK(counts[DUMP_TRIAGE] == 1 && counts[DUMP_SECONDARY] == 1);
    dump_close(dump);
    child_clean(folder, path);
}

static void live_report_judges_its_parameters(void)
{
    HANDLE report;

    CHECK(LkmdTelCreateReport(NULL, 1, 0, 0, 0, 0) == NULL);
    report = LkmdTelCreateReport(L"x", 1, 0, 0, 0, 0);
    CHECK_EQUAL(LkmdTelInsertTriageDataBlock(NULL, triage_data, 1), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(LkmdTelInsertTriageDataBlock(pages, triage_data, 1), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(LkmdTelInsertTriageDataBlock(report, NULL, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(LkmdTelInsertTriageDataBlock(report, triage_data, 0), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(LkmdTelSetSecondaryData(report, NULL, triage_data, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(LkmdTelSetSecondaryData(report, &first_guid, NULL, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(LkmdTelSubmitReport(report), STATUS_OBJECT_PATH_NOT_FOUND);
    LkmdTelCloseHandle(report);
}

static void live_report_once(void)
{
    HANDLE report = LkmdTelCreateReport(L"x", 1, 0, 0, 0, 0);

    if (report != NULL)
    {
        (void)LkmdTelSetSecondaryData(report, &first_guid, triage_data, 3);
        (void)LkmdTelSetSecondaryData(report, &first_guid, triage_data, 3);
        (void)LkmdTelSubmitReport(report);
        LkmdTelCloseHandle(report);
    }
}

static void live_report_survives_the_lack_of_memory(void)
{
    nt_fail_each_allocation(live_report_once);
}

static void closing_what_is_no_report(void)
{
    LkmdTelCloseHandle(pages);
}

static KBUGCHECK_REASON_CALLBACK_RECORD rehearsed;
static int rehearsals;

static VOID count_rehearsal(KBUGCHECK_CALLBACK_REASON reason, PKBUGCHECK_REASON_CALLBACK_RECORD record, PVOID data,
                            ULONG length)
{
    CHECK_EQUAL(KeGetCurrentIrql(), HIGH_LEVEL);
    CHECK_EQUAL(((PKBUGCHECK_TRIAGE_DUMP_DATA)data)->BugCheckParameter4, 4);
    rehearsals++;
}

static void rehearsal_calls_callbacks_and_goes_on(void)
{
    const ULONG_PTR parameters[4] = {1, 2, 3, 4};

    rehearsals = 0;
    KeInitializeCallbackRecord(&rehearsed);
    CHECK(KeRegisterBugCheckReasonCallback(&rehearsed, count_rehearsal, KbCallbackTriageDumpData, (PUCHAR) "rehearsal"));
    CHECK_EQUAL(bugcheck_rehearse(MEMORY_MANAGEMENT, parameters), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(bugcheck_rehearse(MEMORY_MANAGEMENT, parameters), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(rehearsals, 2);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    CHECK(KeDeregisterBugCheckReasonCallback(&rehearsed));
    CHECK_EQUAL(bugcheck_rehearse(MEMORY_MANAGEMENT, parameters), STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK_EQUAL(rehearsals, 2);
}

const struct nt_case nt_cases[] = {
    CASE(rehearsal_calls_callbacks_and_goes_on),
    STOPS(fault_of_the_process, "KMODE_EXCEPTION_NOT_HANDLED (0xC0000005"),
    STOPS(fault_says_where, "SIGSEGV (STATUS_ACCESS_VIOLATION) at 0x10 in write_nowhere"),
    STOPS(abort_of_a_driver, "SIGABRT"),
    STOPS(break_point_of_a_driver, "KMODE_EXCEPTION_NOT_HANDLED"),
    STOPS(fault_that_nobody_asked_to_report, ""),
    STOPS(bug_check_is_not_reported_as_an_abort_too, "MEMORY_MANAGEMENT"),
    CASE(live_report_is_a_dump_of_its_own),
    CASE(live_report_judges_its_parameters),
    CASE(live_report_survives_the_lack_of_memory),
    STOPS(closing_what_is_no_report, "INVALID_KERNEL_HANDLE"),
    CASE(every_published_code_has_its_name),
    STOPS(bug_check, "bug check 0x0000010D WDF_VIOLATION (0x1, 0x2, 0x3, 0x4)"),
    STOPS(bug_check_without_parameters, "THREAD_NOT_MUTEX_OWNER (0x0, 0x0, 0x0, 0x0)"),
    STOPS(bug_check_that_nobody_knows, "bug check 0xFEEDFACE (0x1, 0x2, 0x3, 0x4)"),
    STOPS(bug_check_says_irql_and_thread, "IRQL 2, thread"),
    STOPS(bug_check_says_what_its_parameters_mean, "parameter 4: 0x4, code address"),
    STOPS(raised_status, "STATUS_BAD_DEVICE_TYPE was raised by raised_status"),
    STOPS(raised_access_violation, "STATUS_ACCESS_VIOLATION was raised"),
    STOPS(raised_misalignment, "STATUS_DATATYPE_MISALIGNMENT was raised"),
    STOPS(failed_assertion, "file.c:12: assertion failed: a == b: they differ"),
    CASE(callbacks_are_called_once_and_their_data_is_in_the_dump),
    CASE(cut_off_and_damaged_dumps_end_where_they_are_cut_off),
    CASE(record_is_registered_once_and_deregistered_once),
    CASE(reason_that_is_not_published_is_refused),
    CASE(threads_register_at_once),
    STOPS(bug_check_within_a_callback_ends_the_process, "THREAD_NOT_MUTEX_OWNER"),
    STOPS(overwritten_record_is_not_called, "MEMORY_MANAGEMENT"),
    CASE(triage_array_takes_what_fits),
    CASE(folder_whose_name_is_too_long_is_refused),
    CASE(filter_is_set_and_asked_for_each_component_and_level),
    STOPS(text_that_a_filter_lets_through, "one two three 4 five six"),
    CASE(there_is_no_debugger_unless_something_traces_the_process),
    CASES_END,
};
