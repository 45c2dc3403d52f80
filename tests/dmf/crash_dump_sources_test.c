/* SPDX-License-Identifier: MIT */
/*
 * CrashDump: what programs may do with it.
 */
#include "crash_dump_case.h"

/*
 * Data sources of programs.
 */

static void what_one_program_writes_another_one_reads(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;
    char all[12];
    uint64_t information;

    (void)begin_sources(1);
    writer = open_device();
    reader = open_device();
    CHECK_STATUS(create(writer, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(open_source(reader, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(read_sized(reader, 4), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(write_entry(writer, "aaaa"), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_SUCCESS);
    CHECK(reads(reader, "aaaa"));
    CHECK_STATUS(write_entry(writer, "cccc"), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(writer, "dddd"), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(writer, "eeee"), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 12, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 12);
    CHECK(memcmp(all, "ccccddddeeee", 12) == 0);
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 12, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 0);
    testkit_close(writer);
    testkit_close(reader);
    dmf_case_end();
}

static void dump_has_the_data_of_programs(void)
{
    struct testkit_file *file;

    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(begin_sources(2), (UCHAR *)"self", 4), STATUS_SUCCESS);
    file = open_device();
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(file, "aaaa"), STATUS_SUCCESS);
    testkit_close(file);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_dump.count, 2);
    CHECK(memcmp(crash_block(CRASH_SECONDARY, 0)->guid, &self_guid, sizeof(GUID)) == 0);
    CHECK(memcmp(crash_block(CRASH_SECONDARY, 1)->guid, &first_guid, sizeof(GUID)) == 0);
    CHECK_EQUAL(crash_block(CRASH_SECONDARY, 1)->data[0], 'a' ^ '1');
    dmf_case_end();
}

static void requests_without_their_buffers_are_refused(void)
{
    UCHAR bytes[24] = {0};
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CREATE, NULL, 0, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CREATE, bytes, 23, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_OPEN, bytes, 23, bytes, 24, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_OPEN, bytes, 24, bytes, 23, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_OPEN, bytes, 24, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_WRITE, NULL, 0, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_READ, NULL, 0, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    testkit_close(file);
    dmf_case_end();
}

static void file_that_is_nothing_to_a_source_is_refused(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(write_entry(file, "aaaa"), STATUS_INVALID_HANDLE);
    CHECK_STATUS(read_sized(file, 4), STATUS_INVALID_HANDLE);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, file, 0, NULL), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(destroy(file), STATUS_SUCCESS);
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(read_sized(file, 4), STATUS_INVALID_HANDLE);
    testkit_close(file);
    dmf_case_end();
}

static void capture_is_for_readers(void)
{
    struct testkit_file *file;
    char all[12];

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 12, NULL), STATUS_INVALID_HANDLE);
    testkit_close(file);
    dmf_case_end();
}

static void entries_have_one_size(void)
{
    struct testkit_file *file;
    struct testkit_file *reader;
    char all[12];
    uint64_t information;

    (void)begin_sources(1);
    file = open_device();
    reader = open_device();
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(write_sized(file, "aaaaa", 5), STATUS_BUFFER_OVERFLOW);
    CHECK_STATUS(write_sized(file, "aaaaa", 3), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(open_source(reader, &first_guid), STATUS_SUCCESS);
    memset(all, 'x', sizeof(all));
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_READ, NULL, 0, all, 3, &information), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(information, 3);
    CHECK(memcmp(all, "\0\0\0x", 4) == 0);
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 11, &information), STATUS_BUFFER_OVERFLOW);
    testkit_close(reader);
    testkit_close(file);
    dmf_case_end();
}

static void begin_pair(struct testkit_file **ret_writer, struct testkit_file **ret_reader)
{
    (void)begin_sources(1);
    *ret_writer = open_device();
    *ret_reader = open_device();
    CHECK_STATUS(create(*ret_writer, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(*ret_writer, "aaaa"), STATUS_SUCCESS);
    CHECK_STATUS(open_source(*ret_reader, &first_guid), STATUS_SUCCESS);
}

static void read_of_more_than_an_entry_asserts(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;

    begin_pair(&writer, &reader);
    (void)read_sized(reader, 5);
}

static void capture_of_more_than_a_ring_asserts(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;
    char all[13];

    begin_pair(&writer, &reader);
    (void)testkit_control(reader, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 13, NULL);
}

static void destruction_of_a_source_that_is_read_asserts(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;

    begin_pair(&writer, &reader);
    (void)destroy(writer);
}

static void program_stops_the_system(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    (void)testkit_control(file, IOCTL_CRASH_DRIVER, NULL, 0, NULL, 0, NULL);
}

static void buffers_may_be_larger_than_necessary(void)
{
#if !defined(DEBUG)
    struct testkit_file *writer;
    struct testkit_file *reader;
    char all[14];
    uint64_t information;

    begin_pair(&writer, &reader);
    memset(all, 'x', sizeof(all));
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_READ, NULL, 0, all, 6, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 6);
    CHECK(memcmp(all, "aaaa\0\0x", 7) == 0);
    CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(reader, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 14, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 4);
    CHECK(memcmp(all, "bbbb", 4) == 0);
    testkit_close(reader);
    testkit_close(writer);
    dmf_case_end();
#endif
}

static void either_user_destroys_the_source_of_both(void)
{
#if !defined(DEBUG)
    struct testkit_file *writer;
    struct testkit_file *reader;

    for (int is_writer = 0; is_writer <= 1; is_writer++)
    {
        begin_pair(&writer, &reader);
        CHECK_STATUS(destroy(is_writer ? writer : reader), STATUS_SUCCESS);
        CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_INVALID_HANDLE);
        CHECK_STATUS(read_sized(reader, 4), STATUS_INVALID_HANDLE);
        testkit_close(reader);
        testkit_close(writer);
        dmf_case_end();
    }
#endif
}

static void only_debug_builds_let_a_program_stop_the_system(void)
{
#if !defined(DEBUG)
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(testkit_control(file, IOCTL_CRASH_DRIVER, NULL, 0, NULL, 0, NULL), STATUS_NOT_SUPPORTED);
    testkit_close(file);
    dmf_case_end();
#endif
}

static void destroyed_source_leaves_its_room(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    for (int round = 0; round < 3; round++)
    {
        CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
        CHECK_STATUS(write_entry(file, "aaaa"), STATUS_SUCCESS);
        CHECK_STATUS(destroy(file), STATUS_SUCCESS);
        CHECK_STATUS(write_entry(file, "aaaa"), STATUS_INVALID_HANDLE);
        CHECK_STATUS(open_source(file, &first_guid), STATUS_UNSUCCESSFUL);
    }
    testkit_close(file);
    dmf_case_end();
}

static void file_writes_to_one_source(void)
{
    struct testkit_file *file;

    (void)begin_sources(2);
    file = open_device();
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(create(file, &second_guid), STATUS_NO_MORE_FILES);
    CHECK_STATUS(create(file, &first_guid), STATUS_NO_MORE_FILES);
    testkit_close(file);
    dmf_case_end();
}

static void there_are_as_many_sources_as_configured(void)
{
    struct testkit_file *files[3];

    (void)begin_sources(2);
    for (int index = 0; index < 3; index++)
    {
        files[index] = open_device();
        /* The same GUID, as long as its writer lives, is another source. */
        CHECK_STATUS(create(files[index], &first_guid), index < 2 ? STATUS_SUCCESS : STATUS_NO_MORE_FILES);
    }
    for (int index = 0; index < 3; index++)
    {
        testkit_close(files[index]);
    }
    dmf_case_end();
}

static void source_has_entries_that_fit(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(create_sized(file, &first_guid, 0, 4), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(create_sized(file, &first_guid, 4, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(create_sized(file, &first_guid, 101, 1), STATUS_INVALID_PARAMETER);
    /* 2^32 and a bit. */
    CHECK_STATUS(create_sized(file, &first_guid, 0x10001, 0x10000), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(create_sized(file, &first_guid, 0x80000000, 2), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(create_sized(file, &first_guid, MAXULONG, MAXULONG), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(create_sized(file, &first_guid, 100, 1), STATUS_SUCCESS);
    testkit_close(file);
    dmf_case_end();
}

static void source_of_which_the_system_does_not_want_to_know_is_refused(void)
{
    struct testkit_file *file;

    (void)begin_sources(2);
    file = open_device();
    for (int round = 0; round < 3; round++)
    {
        failing_registration = 1;
        CHECK_STATUS(create(file, &first_guid), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(write_entry(file, "aaaa"), STATUS_INVALID_HANDLE);
    }
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    testkit_close(file);
    dmf_case_end();
}

static void only_sources_of_programs_with_a_guid_are_opened(void)
{
    struct testkit_file *file;

    (void)begin_sources(2);
    file = open_device();
    CHECK_STATUS(create(file, &no_guid), STATUS_SUCCESS);
    CHECK_STATUS(open_source(file, &no_guid), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(open_source(file, &self_guid), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(open_source(file, &second_guid), STATUS_UNSUCCESSFUL);
    testkit_close(file);
    dmf_case_end();
}

static void second_reader_takes_the_place_of_the_first(void)
{
    struct testkit_file *writer;
    struct testkit_file *first;
    struct testkit_file *second;

    begin_pair(&writer, &first);
    second = open_device();
    CHECK_STATUS(open_source(second, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(read_sized(first, 4), STATUS_INVALID_HANDLE);
    testkit_close(first);
    CHECK(reads(second, "aaaa"));
    testkit_close(second);
    CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_SUCCESS);
    testkit_close(writer);
    dmf_case_end();
}

static void source_waits_for_its_writer_to_come_back(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;

    begin_pair(&writer, &reader);
    testkit_close(writer);
    /* There is no room for another one meanwhile. */
    writer = open_device();
    CHECK_STATUS(create(writer, &second_guid), STATUS_NO_MORE_FILES);
    CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_INVALID_HANDLE);
    /* Counts and sizes are not looked at. */
    CHECK_STATUS(create_sized(writer, &first_guid, 0, 1000), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(writer, "bbbb"), STATUS_SUCCESS);
    CHECK(reads(reader, "aaaa"));
    CHECK(reads(reader, "bbbb"));
    testkit_close(reader);
    testkit_close(writer);
    dmf_case_end();
}

static void source_without_a_guid_and_a_writer_keeps_its_room(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(create(file, &no_guid), STATUS_SUCCESS);
    testkit_close(file);
    file = open_device();
    CHECK_STATUS(create(file, &no_guid), STATUS_NO_MORE_FILES);
    CHECK_STATUS(create(file, &first_guid), STATUS_NO_MORE_FILES);
    testkit_close(file);
    dmf_case_end();
}

static void file_that_reads_and_writes_leaves_both_places(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    file = open_device();
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(open_source(file, &first_guid), STATUS_SUCCESS);
    CHECK_STATUS(write_entry(file, "aaaa"), STATUS_SUCCESS);
    CHECK(reads(file, "aaaa"));
    testkit_close(file);
    file = open_device();
    CHECK_STATUS(read_sized(file, 4), STATUS_INVALID_HANDLE);
    CHECK_STATUS(create(file, &first_guid), STATUS_SUCCESS);
    testkit_close(file);
    dmf_case_end();
}

static void only_administrators_and_drivers_open_the_device(void)
{
    struct testkit_file *file;

    (void)begin_sources(1);
    CHECK_STATUS(testkit_open_as(TESTKIT_USER, "\\??\\DmfCase", true, true, &file), STATUS_ACCESS_DENIED);
    CHECK_STATUS(testkit_open_as(TESTKIT_DRIVER, "\\??\\DmfCase", true, true, &file), STATUS_SUCCESS);
    testkit_close(file);
    dmf_case_end();
}

static void device_without_sources_has_no_requests(void)
{
    struct testkit_file *file;

    (void)begin_self(DMF_CASE_STATIC);
    file = dmf_case_open();
    CHECK_STATUS(create(file, &first_guid), STATUS_NOT_SUPPORTED);
    testkit_close(file);
    dmf_case_end();
}

/* Sends a request that belongs to no file, as drivers do. */
static NTSTATUS send_without_a_file(ULONG code)
{
    DATA_SOURCE_CREATE data = {3, 4, first_guid};
    IO_STATUS_BLOCK io;
    KEVENT event;
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildDeviceIoControlRequest(code, WdfDeviceWdmGetDeviceObject(dmf_case_wdf_device), &data, sizeof(data), &data,
                                        sizeof(data), FALSE, &event, &io);
    CHECK(irp != NULL);
    status = IoCallDriver(WdfDeviceWdmGetDeviceObject(dmf_case_wdf_device), irp);
    if (status == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
    }
    return io.Status;
}

static void request_of_no_file_is_refused(void)
{
    (void)begin_sources(1);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_CREATE), STATUS_INVALID_ADDRESS);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_DESTROY), STATUS_INVALID_ADDRESS);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_READ), STATUS_INVALID_ADDRESS);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_OPEN), STATUS_INVALID_ADDRESS);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_CAPTURE), STATUS_INVALID_ADDRESS);
    CHECK_STATUS(send_without_a_file(IOCTL_DATA_SOURCE_WRITE), STATUS_INVALID_PARAMETER);
    dmf_case_end();
}

/*
 * Removal.
 */

/* Returns when the last file is closed. */
static void pull_out(void *argument)
{
    dmf_case_pull_out();
}

static void files_that_are_open_survive_the_removal(void)
{
    struct testkit_file *writer;
    struct testkit_file *reader;
    struct nt_thread *thread;

    begin_pair(&writer, &reader);
    thread = nt_thread_start(pull_out, NULL);
    (void)write_entry(writer, "bbbb");
    testkit_close(writer);
    testkit_close(reader);
    nt_thread_join(thread);
    dmf_case_end();
    CHECK(g_DmfModuleCrashDump == NULL);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_dump.count, 0);
}

static void module_closes_with_sources_in_every_state(void)
{
    struct testkit_file *files[4];
    struct nt_thread *thread;

    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(begin_sources(4), (UCHAR *)"self", 4), STATUS_SUCCESS);
    for (int index = 0; index < 4; index++)
    {
        GUID guid = first_guid;

        guid.Data1 += (ULONG)index;
        files[index] = open_device();
        CHECK_STATUS(create(files[index], &guid), STATUS_SUCCESS);
    }
    CHECK_STATUS(open_source(files[0], &first_guid), STATUS_SUCCESS);
    testkit_close(files[1]);
    CHECK_STATUS(destroy(files[2]), STATUS_SUCCESS);
    thread = nt_thread_start(pull_out, NULL);
    testkit_close(files[0]);
    testkit_close(files[2]);
    testkit_close(files[3]);
    nt_thread_join(thread);
    dmf_case_end();
}

static void use_sources(void *argument)
{
    const GUID *guid = argument;
    struct testkit_file *file = open_device();
    char all[12];

    for (int round = 0; round < 4; round++)
    {
        if (NT_SUCCESS(create(file, guid)))
        {
            CHECK_STATUS(write_entry(file, "aaaa"), STATUS_SUCCESS);
            CHECK_STATUS(open_source(file, guid), STATUS_SUCCESS);
            CHECK_STATUS(testkit_control(file, IOCTL_DATA_SOURCE_CAPTURE, NULL, 0, all, 12, NULL), STATUS_SUCCESS);
        }
        testkit_close(file);
        file = open_device();
    }
    testkit_close(file);
}

static void programs_use_their_sources_at_once(void)
{
    struct nt_thread *threads[2];

    (void)begin_sources(3);
    threads[0] = nt_thread_start(use_sources, (void *)&first_guid);
    threads[1] = nt_thread_start(use_sources, (void *)&second_guid);
    use_sources((void *)&additional_guid);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    dmf_case_end();
}

static struct testkit_file *used_in_removal;

static void use_in_removal(void *argument)
{
    for (int round = 0; round < 4; round++)
    {
        (void)create(used_in_removal, &first_guid);
        (void)write_entry(used_in_removal, "aaaa");
        (void)destroy(used_in_removal);
    }
    testkit_close(used_in_removal);
}

static void device_is_pulled_out_while_a_program_uses_its_source(void)
{
    struct nt_thread *thread;

    (void)begin_sources(1);
    used_in_removal = open_device();
    thread = nt_thread_start(use_in_removal, NULL);
    dmf_case_pull_out();
    nt_thread_join(thread);
    dmf_case_end();
}

const struct nt_case nt_cases[] = {
    CASE(what_one_program_writes_another_one_reads),
    CASE(dump_has_the_data_of_programs),
    CASE(requests_without_their_buffers_are_refused),
    CASE(file_that_is_nothing_to_a_source_is_refused),
    CASE(capture_is_for_readers),
    CASE(entries_have_one_size),
    CASE(destroyed_source_leaves_its_room),
    CASE(file_writes_to_one_source),
    CASE(there_are_as_many_sources_as_configured),
    CASE(source_has_entries_that_fit),
    CASE(source_of_which_the_system_does_not_want_to_know_is_refused),
    CASE(only_sources_of_programs_with_a_guid_are_opened),
    CASE(second_reader_takes_the_place_of_the_first),
    CASE(source_waits_for_its_writer_to_come_back),
    CASE(source_without_a_guid_and_a_writer_keeps_its_room),
    CASE(file_that_reads_and_writes_leaves_both_places),
    CASE(only_administrators_and_drivers_open_the_device),
    CASE(device_without_sources_has_no_requests),
    CASE(request_of_no_file_is_refused),
    CASE(files_that_are_open_survive_the_removal),
    CASE(module_closes_with_sources_in_every_state),
    CASE(programs_use_their_sources_at_once),
    CASE(device_is_pulled_out_while_a_program_uses_its_source),
    DEBUG_STOPS(read_of_more_than_an_entry_asserts, ASSERTS),
    DEBUG_STOPS(capture_of_more_than_a_ring_asserts, ASSERTS),
    DEBUG_STOPS(destruction_of_a_source_that_is_read_asserts, ASSERTS),
    DEBUG_STOPS(program_stops_the_system, "bug check 0xDEADDEAD"),
    CASE(buffers_may_be_larger_than_necessary),
    CASE(either_user_destroys_the_source_of_both),
    CASE(only_debug_builds_let_a_program_stop_the_system),
    CASES_END,
};
