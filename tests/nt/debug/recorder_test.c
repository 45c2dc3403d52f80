/* SPDX-License-Identifier: MIT */
/*
 * The in-flight recorder: what a record keeps, what a log keeps, and what is read from it, also when its process is dead or its
 * file is damaged. Cases make logs of their own, because the simulation runs many seeds in one process.
 */
#include "nt_case.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ntifs.h>

#include <dmf_trace.h>
#include <wpprecorder.h>

#include "nt/debug/recorder.h"
#include "nt/debug/recorder_read.h"

static const char *const colors[] = {"Red", "Green"};
static const struct dmf_trace_type types[] = {{"color", colors, 2}, {0, 0, 0}};
#define DMF_TRACE_TYPES types
#define TRACE(Log, Level, ...) DMF_TRACE_CALL(Log, Level, "FLAG_A | FLAG_B", __VA_ARGS__)

static RECORDER_LOG log_with_errors(const char *name, ULONG size, ULONG errors)
{
    RECORDER_LOG_CREATE_PARAMS parameters;
    RECORDER_LOG log;

    RECORDER_LOG_CREATE_PARAMS_INIT(&parameters, name);
    parameters.TotalBufferSize = size;
    parameters.ErrorPartitionSize = errors;
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, &log), STATUS_SUCCESS);
    return log;
}

static RECORDER_LOG log_named(const char *name, ULONG size)
{
    return log_with_errors(name, size, 0);
}

static struct recorder_reader *reader_of(RECORDER_LOG log)
{
    struct recorder_reader *reader;
    PVOID data;
    ULONG size;
    GUID kind;

    CHECK_EQUAL(WppRecorderLogDumpLiveData(log, &data, &size, &kind), STATUS_SUCCESS);
    reader = recorder_open_memory(data, size);
    CHECK(reader != NULL);
    return reader;
}

/* The next record's message is this. */
static void expect(struct recorder_reader *reader, const char *message)
{
    struct recorder_record record;
    char text[RECORDER_TEXT_SIZE];

    CHECK(recorder_next(reader, NULL, &record));
    CHECK_EQUAL(recorder_message(&record, text, sizeof(text)), strlen(text));
    if (strcmp(text, message) != 0)
    {
        fprintf(stderr, "got      \"%s\"\nexpected \"%s\"\n", text, message);
        abort();
    }
}

static void expect_end(struct recorder_reader *reader)
{
    struct recorder_record record;

    CHECK(!recorder_next(reader, NULL, &record));
}

static void every_kind_of_argument_is_kept(void)
{
    static const GUID guid = {0x74DC7AB3, 0x690B, 0x480A, {0x87, 0xA4, 0x36, 0x27, 0x88, 0x2A, 0x83, 0x1C}};
    RECORDER_LOG log = log_named("kinds", 65536);
    struct recorder_reader *reader = reader_of(log);
    WCHAR letters[] = L"abcdef";
    char bytes[] = "xyz";
    UNICODE_STRING string = {6, 8, letters};
    ANSI_STRING narrow = {2, 4, bytes};

    TRACE(log, 4, "plain 100%%");
    TRACE(log, 4, "%d %u %x %ld %hd %hhu %o", -1, 4000000000u, 0xABCDu, -2, 70000, 513, 8);
    TRACE(log, 4, "%I64d %I64x %lld %Iu %zu %I32d", -5LL, 0x123456789ALL, 1LL << 40, (size_t)7, (size_t)8, 9);
    TRACE(log, 4, "%s %S %ws %ls %hs|%wZ|%Z", "narrow", L"wide", L"\u20AC", L"l", "h", &string, &narrow);
    TRACE(log, 4, "%p %c%C%lc", (void *)0x1234, 'a', L'b', L'c');
    TRACE(log, 4, "%.2f %e %Lf", 1.5, 0.25, 2.5L);
    TRACE(log, 4, "[%5d|%-5d|%05d|%*d|%-*d|%.*s|%.3s|%*.*f]", 1, 2, 3, 4, 5, 4, 6, 2, "abc", "defgh", 6, 1, 9.0);
    TRACE(log, 4, "%!STATUS! %!GUID! %!bool! %!irql! %!color! %!color! %!unknown!", STATUS_UNSUCCESSFUL, &guid, TRUE, 2, 1,
          7, 8);
    TRACE(log, 4, "%!FUNC! %!LEVEL! %!FLAGS! %!FILE!");
    TRACE(log, 4, "%!HRESULT! %!WINERROR! %!USTR! %!ANSTR! %!ASTR! %!WSTR!", 0x80004005, 5, &string, &narrow, "a", L"w");
    TRACE(log, 4, "%s %ws %wZ %!GUID! %d", (char *)NULL, (WCHAR *)NULL, (void *)NULL, (void *)NULL, 6);
    TRACE(log, 4, "%q %! %d", 5);
    expect(reader, "plain 100%");
    expect(reader, "-1 4000000000 abcd -2 4464 1 10");
    expect(reader, "-5 123456789a 1099511627776 7 8 9");
    expect(reader, "narrow wide \xE2\x82\xAC l h|abc|xy");
    expect(reader, "0000000000001234 abc");
    expect(reader, "1.50 2.500000e-01 2.500000");
    expect(reader, "[    1|2    |00003|   5|6   |ab|def|   9.0]");
    expect(reader, "0xc0000001(STATUS_UNSUCCESSFUL) 74dc7ab3-690b-480a-87a4-3627882a831c TRUE DISPATCH Green 7 8");
    expect(reader, "every_kind_of_argument_is_kept information FLAG_A | FLAG_B recorder_test.c");
    expect(reader, "0x80004005(E_FAIL) 5(ERROR_ACCESS_DENIED) abc xy a w");
    expect(reader, "(null) (null) (null) (null) 6");
    expect(reader, "%q %! 5");
    expect_end(reader);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

/* What a driver's image holds is copied: afterwards nothing of it is needed. */
static void nothing_of_a_call_is_needed_afterwards(void)
{
    RECORDER_LOG log = log_named("copies", 0);
    struct recorder_reader *reader = reader_of(log);
    char format[] = "format %s";
    char argument[] = "argument";
    struct dmf_trace_site site = {sizeof(site), 4, argument, format, 7, argument, format, NULL, NULL};
    struct dmf_trace_site again = site;
    char text[256];
    struct recorder_record record;

    dmf_trace_write(&site, log, 4, argument);
    memset(&site, 0xEE, sizeof(site));
    dmf_trace_write(&again, log, 4, "of a driver that was loaded again");
    memset(format, 0xEE, sizeof(format) - 1);
    memset(argument, 0xEE, sizeof(argument) - 1);
    CHECK(recorder_next(reader, NULL, &record));
    (void)recorder_text(&record, text, sizeof(text));
    CHECK(strstr(text, "] information argument format %s:7 argument: format argument") != NULL);
    expect(reader, "format of a driver that was loaded again");
    expect_end(reader);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void a_long_string_is_cut_and_says_so(void)
{
    RECORDER_LOG log = log_named("long", 65536);
    struct recorder_reader *reader = reader_of(log);
    struct recorder_record record;
    char text[RECORDER_TEXT_SIZE];
    char message[RECORDER_TEXT_SIZE];
    char exact[RECORDER_TEXT_MOST];

    memset(text, 'x', sizeof(text));
    memset(exact, 'y', sizeof(exact));
    text[1000] = 0;
    TRACE(log, 4, "%s %d", text, 5);
    TRACE(log, 4, "%.*s %d", RECORDER_TEXT_MOST, exact, 6);
    TRACE(log, 4, "%s%s%s%s%s %d", text, text, text, text, text, 7);
    snprintf(message, sizeof(message), "%.*s... 5", RECORDER_TEXT_MOST, text);
    expect(reader, message);
    snprintf(message, sizeof(message), "%.*s 6", RECORDER_TEXT_MOST, exact);
    expect(reader, message);
    CHECK(recorder_next(reader, NULL, &record));
    CHECK(record.cut);
    CHECK_EQUAL(record.word_count, RECORDER_RECORD_WORDS);
    (void)recorder_message(&record, message, sizeof(message));
    CHECK(strcmp(message + strlen(message) - 3, "...") == 0);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void a_full_log_keeps_the_newest(void)
{
    RECORDER_LOG log = log_named("wraps", 4096);
    struct recorder_reader *reader = reader_of(log);
    char message[64];

    for (int index = 0; index < 1000; index++)
    {
        TRACE(log, 4, "%d %d", index, -index);
    }
    for (int index = 1000 - 4096 / 64; index < 1000; index++)
    {
        snprintf(message, sizeof(message), "%d %d", index, -index);
        expect(reader, message);
    }
    expect_end(reader);
    TRACE(log, 4, "and goes on");
    expect(reader, "and goes on");
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void errors_outlive_what_comes_after_them(void)
{
    RECORDER_LOG log = log_with_errors("errors", 8192, 2048);
    struct recorder_reader *reader = reader_of(log);

    TRACE(log, TRACE_LEVEL_ERROR, "error");
    for (int index = 0; index < 1000; index++)
    {
        TRACE(log, 4, "%d", index);
    }
    TRACE(log, TRACE_LEVEL_CRITICAL, "critical");
    expect(reader, "error");
    for (int index = 1000 - 8192 / 64; index < 1000; index++)
    {
        char message[32];

        snprintf(message, sizeof(message), "%d", index);
        expect(reader, message);
    }
    expect(reader, "critical");
    expect_end(reader);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

/*
 * Writers and a reader at once. Each record proves that it is whole.
 */

enum
{
    WRITERS = 3,
};

static RECORDER_LOG shared_log;
static LONG writers_left;

static int writer_rounds(void)
{
    return nt_is_simulated() ? 12 : 3000;
}

static void write_many(void *argument)
{
    int writer = (int)(intptr_t)argument;

    for (int index = 0; index < writer_rounds(); index++)
    {
        TRACE(shared_log, 4, "%d %d %s %d", writer, index,
              index % 2 ? "a string that takes more than one cell of the ring, because it is this long" : "short",
              writer * 100000 + index);
    }
    (void)InterlockedDecrement(&writers_left);
}

static void check_whole(const struct recorder_record *record, int *last)
{
    char text[RECORDER_TEXT_SIZE];
    char word[100];
    int writer;
    int index;
    int sum;

    (void)recorder_message(record, text, sizeof(text));
    CHECK_EQUAL(sscanf(text, "%d %d", &writer, &index), 2);
    CHECK(sscanf(strrchr(text, ' '), "%d", &sum) == 1 && sum == writer * 100000 + index);
    snprintf(word, sizeof(word), "%d %d %s", writer, index, index % 2 ? "a string that takes" : "short");
    CHECK(strncmp(text, word, strlen(word)) == 0);
    CHECK(writer < WRITERS && index > last[writer]);
    last[writer] = index;
}

static void writers_and_a_reader_share_a_log_without_a_lock(void)
{
    struct nt_thread *threads[WRITERS];
    int last[WRITERS] = {-1, -1, -1};
    struct recorder_reader *reader;
    struct recorder_record record;
    bool over;

    shared_log = log_named("shared", 2048);
    writers_left = WRITERS;
    reader = reader_of(shared_log);
    for (intptr_t index = 0; index < WRITERS; index++)
    {
        threads[index] = nt_thread_start(write_many, (void *)index);
    }
    do
    {
        over = InterlockedCompareExchange(&writers_left, 0, 0) == 0;
        while (recorder_next(reader, NULL, &record))
        {
            check_whole(&record, last);
        }
        YieldProcessor();
        (void)ZwYieldExecution();
    } while (!over);
    for (int index = 0; index < WRITERS; index++)
    {
        nt_thread_join(threads[index]);
    }
    recorder_close(reader);
    WppRecorderLogDelete(shared_log);
}

/* A copy of the log's memory, as a dead process leaves it. */
static uint64_t *image_of(RECORDER_LOG log, ULONG *ret_size)
{
    uint64_t *image;
    PVOID data;
    GUID kind;

    CHECK_EQUAL(WppRecorderLogDumpLiveData(log, &data, ret_size, &kind), STATUS_SUCCESS);
    image = malloc(*ret_size);
    CHECK(image != NULL);
    memcpy(image, data, *ret_size);
    return image;
}

static struct recorder_cell *cell_of(void *image, uint64_t number)
{
    struct recorder_header *header = image;

    return (struct recorder_cell *)(void *)((char *)image + header->rings[0].offset) + number;
}

static void a_torn_record_is_left_out(void)
{
    RECORDER_LOG log = log_named("torn", 4096);
    struct recorder_reader *reader;
    uint64_t *image;
    ULONG size;

    TRACE(log, 4, "first");
    TRACE(log, 4, "second %s", "that is long enough for a cell and another one, so that it can be torn in its midst");
    TRACE(log, 4, "third");
    TRACE(log, 4, "fourth");
    image = image_of(log, &size);
    cell_of(image, 0)->stamp |= RECORDER_CELL_BUSY;
    cell_of(image, 2)->stamp += 4;
    reader = recorder_open_memory(image, size);
    expect(reader, "third");
    expect(reader, "fourth");
    expect_end(reader);
    recorder_close(reader);
    free(image);
    WppRecorderLogDelete(log);
}

static void a_writer_gives_up_a_cell_that_another_one_still_writes_to(void)
{
    RECORDER_LOG log = log_named("stalled", 0);
    struct recorder_log_information information;
    struct recorder_reader *reader = reader_of(log);
    PVOID data;
    ULONG size;
    GUID kind;

    CHECK_EQUAL(WppRecorderLogDumpLiveData(log, &data, &size, &kind), STATUS_SUCCESS);
    cell_of(data, 0)->stamp = 4 | RECORDER_CELL_BUSY;
    TRACE(log, 4, "lost");
    TRACE(log, 4, "kept");
    expect(reader, "kept");
    recorder_information(reader, &information);
    CHECK_EQUAL(information.dropped, 1);
    CHECK(strcmp(information.log, "stalled") == 0);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void records_are_filtered_by_level_and_flag(void)
{
    const struct recorder_filter errors = {.level = TRACE_LEVEL_ERROR};
    const struct recorder_filter flag = {.flag = "FLAG_B"};
    const struct recorder_filter part = {.flag = "FLAG"};
    RECORDER_LOG log = log_named("filters", 0);
    struct recorder_reader *reader = reader_of(log);
    struct recorder_record record;

    TRACE(log, 4, "information");
    TRACE(log, 2, "error");
    CHECK(recorder_next(reader, &errors, &record));
    CHECK_EQUAL(record.level, TRACE_LEVEL_ERROR);
    CHECK(!recorder_next(reader, &errors, &record));
    TRACE(log, 4, "more");
    DMF_TRACE_CALL(log, 4, "OTHER", "other");
    TRACE(log, 4, "last");
    CHECK(recorder_next(reader, &flag, &record) && strcmp(record.format, "more") == 0);
    CHECK(recorder_next(reader, &flag, &record) && strcmp(record.format, "last") == 0);
    TRACE(log, 4, "information");
    CHECK(!recorder_next(reader, &part, &record));
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void json_is_escaped(void)
{
    RECORDER_LOG log = log_named("json \"log\"", 0);
    struct recorder_reader *reader = reader_of(log);
    struct recorder_record record;
    static char text[RECORDER_JSON_SIZE];

    TRACE(log, 3, "quote %s", "\" back\\slash \n\x01\x7F \xFF\xC3\xA4");
    CHECK(recorder_next(reader, NULL, &record));
    CHECK_EQUAL(recorder_json(reader, &record, text, sizeof(text)), strlen(text));
    CHECK(strstr(text, "\"message\":\"quote \\\" back\\\\slash \\u000a\\u0001\\u007f \xEF\xBF\xBD\xC3\xA4\"}") != NULL);
    CHECK(strstr(text, "\"log\":\"json \\\"log\\\"\"") != NULL);
    CHECK(strstr(text, "\"level\":\"warning\"") != NULL);
    CHECK(text[0] == '{' && strncmp(text + 1, "\"time\":\"20", 10) == 0);
    CHECK_EQUAL(recorder_json(reader, &record, text, 20), 19);
    CHECK_EQUAL(recorder_json(reader, &record, text, 0), 0);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void only_levels_that_are_on_evaluate_their_arguments(void)
{
    RECORDER_LOG log = log_named("levels", 0);
    struct recorder_reader *reader = reader_of(log);
    int evaluated = 0;

    CHECK(!DMF_TRACE_IS_ON(TRACE_LEVEL_VERBOSE) && DMF_TRACE_IS_ON(TRACE_LEVEL_INFORMATION));
    CHECK(!WPP_LEVEL_FLAGS_ENABLED(TRACE_LEVEL_ERROR, 0));
    TRACE(log, TRACE_LEVEL_VERBOSE, "%d", ++evaluated);
    TRACE(log, TRACE_LEVEL_NONE, "%d", ++evaluated);
    recorder_set_level(0);
    TRACE(log, TRACE_LEVEL_ERROR, "%d", ++evaluated);
    recorder_set_level(TRACE_LEVEL_VERBOSE);
    TRACE(log, TRACE_LEVEL_VERBOSE, "%d", ++evaluated);
    recorder_set_level(TRACE_LEVEL_INFORMATION);
    CHECK_EQUAL(evaluated, 1);
    expect(reader, "1");
    expect_end(reader);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void logs_check_what_they_are_made_of(void)
{
    RECORDER_LOG_CREATE_PARAMS parameters;
    RECORDER_LOG log;
    PVOID data;
    ULONG size;
    GUID kind;

    RECORDER_LOG_CREATE_PARAMS_INIT(&parameters, "name that is too long for it");
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(WppRecorderLogCreate(NULL, &log), STATUS_INVALID_PARAMETER);
    parameters.Size--;
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, &log), STATUS_INVALID_PARAMETER);
    parameters.Size++;
    parameters.TotalBufferSize = MAXULONG;
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, &log), STATUS_INVALID_PARAMETER);
    parameters.TotalBufferSize = 1;
    parameters.ErrorPartitionSize = 2;
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, &log), STATUS_INVALID_PARAMETER);
    CHECK(log == NULL);
    parameters.ErrorPartitionSize = 1;
    CHECK_EQUAL(WppRecorderLogCreate(&parameters, &log), STATUS_SUCCESS);
    CHECK_EQUAL(WppRecorderLogSetIdentifier(log, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(WppRecorderLogSetIdentifier(NULL, "x"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(WppRecorderLogSetIdentifier(log, "renamed"), STATUS_SUCCESS);
    CHECK_EQUAL(WppRecorderLogDumpLiveData(log, NULL, &size, &kind), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(WppRecorderLogDumpLiveData(NULL, &data, &size, &kind), STATUS_NOT_FOUND);
    WppRecorderLogDelete(log);
}

static void the_default_log_is_there_unless_the_driver_does_not_want_it(void)
{
    RECORDER_CONFIGURE_PARAMS parameters;
    struct recorder_reader *reader;
    struct recorder_log_information information;
    struct recorder_record record;
    PVOID data;
    ULONG size;
    GUID kind;

    TRACE(NULL, 3, "default");
    CHECK(WppRecorderIsDefaultLogAvailable());
    CHECK(WppRecorderLogGetDefault() != NULL);
    CHECK_EQUAL(WppRecorderDumpLiveDriverData(&data, &size, &kind), STATUS_SUCCESS);
    reader = recorder_open_memory(data, size);
    CHECK(recorder_next(reader, NULL, &record) && strcmp(record.format, "default") == 0);
    CHECK(record.time != 0);
    recorder_information(reader, &information);
    recorder_close(reader);
    reader = recorder_open(information.driver, "");
    CHECK(reader != NULL && strncmp(information.driver, "nt_recorder", 11) == 0);
    while (recorder_next(reader, NULL, &record))
    {
    }
    RECORDER_CONFIGURE_PARAMS_INIT(&parameters);
    parameters.CreateDefaultLog = FALSE;
    WppRecorderConfigure(&parameters);
    CHECK(!WppRecorderIsDefaultLogAvailable() && WppRecorderLogGetDefault() == NULL);
    CHECK_EQUAL(WppRecorderDumpLiveDriverData(&data, &size, &kind), STATUS_NOT_FOUND);
    TRACE(NULL, 3, "nowhere");
    expect_end(reader);
    RECORDER_CONFIGURE_PARAMS_INIT(&parameters);
    parameters.UseTimeStamp = WppFalse;
    WppRecorderConfigure(&parameters);
    TRACE(NULL, 3, "without a time");
    CHECK(recorder_next(reader, NULL, &record) && record.time == 0);
    RECORDER_CONFIGURE_PARAMS_INIT(&parameters);
    WppRecorderConfigure(&parameters);
    recorder_close(reader);
    CHECK(recorder_open("nobody", "") == NULL);
}

static void a_reader_keeps_a_log_that_is_deleted(void)
{
    RECORDER_LOG log = log_named("kept", 0);
    struct recorder_reader *reader;

    TRACE(log, 4, "still there");
    reader = recorder_open_number(0);
    CHECK(reader != NULL);
    WppRecorderLogDelete(log);
    expect(reader, "still there");
    recorder_close(reader);
}

static void records_are_made_at_any_irql(void)
{
    RECORDER_LOG log = log_named("irql", 0);
    struct recorder_reader *reader = reader_of(log);
    struct recorder_record record;
    KIRQL before;

    KeRaiseIrql(HIGH_LEVEL, &before);
    TRACE(log, 4, "high");
    KeLowerIrql(before);
    CHECK(recorder_next(reader, NULL, &record));
    CHECK_EQUAL(record.irql, HIGH_LEVEL);
    recorder_close(reader);
    WppRecorderLogDelete(log);
}

static void trace_with_little_memory(void)
{
    RECORDER_LOG_CREATE_PARAMS parameters;
    char text[32];
    struct dmf_trace_site site = {sizeof(site), 4, "", "", 1, "", text, NULL, NULL};
    static unsigned number;
    RECORDER_LOG log;

    snprintf(text, sizeof(text), "memory %u", number++);
    RECORDER_LOG_CREATE_PARAMS_INIT(&parameters, "memory");
    if (NT_SUCCESS(WppRecorderLogCreate(&parameters, &log)))
    {
        dmf_trace_write(&site, log, 4);
        WppRecorderLogDelete(log);
    }
}

static void too_little_memory_loses_records_only(void)
{
    nt_fail_each_allocation(trace_with_little_memory);
}

/*
 * Files.
 */

static void folder_make(char *folder)
{
    snprintf(folder, 64, "/tmp/recorder_test.XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    CHECK_EQUAL(recorder_set_folder(folder), STATUS_SUCCESS);
}

/* Finds the only file of the folder. */
static void folder_file(const char *folder, char *path, size_t size)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    int files = 0;

    CHECK(directory != NULL);
    while ((entry = readdir(directory)) != NULL)
    {
        if (entry->d_name[0] != '.')
        {
            snprintf(path, size, "%s/%s", folder, entry->d_name);
            files++;
        }
    }
    (void)closedir(directory);
    CHECK_EQUAL(files, 1);
}

static void folder_remove(const char *folder)
{
    CHECK_EQUAL(recorder_set_folder(NULL), STATUS_SUCCESS);
    CHECK_EQUAL(rmdir(folder), 0);
}

static void what_a_killed_process_recorded_can_be_read(void)
{
    struct recorder_log_information information;
    struct recorder_reader *reader;
    char folder[64];
    char path[512];
    int status;
    pid_t child;

    folder_make(folder);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        RECORDER_LOG log = log_named("killed", 0);

        TRACE(log, 4, "last words %d %s", 42, "before the end");
        (void)kill(getpid(), SIGKILL);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    folder_file(folder, path, sizeof(path));
    reader = recorder_open_file(path);
    CHECK(reader != NULL);
    recorder_information(reader, &information);
    CHECK_EQUAL(information.process, child);
    CHECK(strcmp(information.log, "killed") == 0);
    expect(reader, "last words 42 before the end");
    expect_end(reader);
    recorder_close(reader);
    CHECK_EQUAL(unlink(path), 0);
    folder_remove(folder);
}

static void a_log_that_is_deleted_takes_its_file_along(void)
{
    char folder[64];
    char path[512];
    RECORDER_LOG log;

    folder_make(folder);
    log = log_named("file", 0);
    folder_file(folder, path, sizeof(path));
    WppRecorderLogDelete(log);
    folder_remove(folder);
    CHECK(recorder_open_file(path) == NULL);
}

static void a_folder_that_is_not_there_leaves_memory_alone(void)
{
    char name[RECORDER_FOLDER_SIZE + 1];
    RECORDER_LOG log;

    memset(name, 'x', sizeof(name));
    name[RECORDER_FOLDER_SIZE] = 0;
    CHECK_EQUAL(recorder_set_folder(name), STATUS_NAME_TOO_LONG);
    CHECK_EQUAL(recorder_set_folder("/nowhere/at/all"), STATUS_SUCCESS);
    log = log_named("memory", 0);
    TRACE(log, 4, "memory");
    WppRecorderLogDelete(log);
    CHECK_EQUAL(recorder_set_folder(""), STATUS_SUCCESS);
}

/*
 * Damaged files: whatever is in them, reading ends, and stays inside.
 */

static uint32_t dice(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

static void read_everything(const void *image, size_t size)
{
    struct recorder_reader *reader = recorder_open_memory(image, size);
    static char text[RECORDER_JSON_SIZE];
    struct recorder_record record;

    if (reader == NULL)
    {
        return;
    }
    while (recorder_next(reader, NULL, &record))
    {
        CHECK(recorder_text(&record, text, sizeof(text)) < sizeof(text));
        CHECK(recorder_json(reader, &record, text, sizeof(text)) < sizeof(text));
    }
    recorder_close(reader);
}

/* Damage where it can do something: the header, sites that are used, and cells. */
static size_t damage_place(const struct recorder_header *header, uint32_t *state, size_t size)
{
    uint64_t parts[][2] = {{0, sizeof(*header)},
                           {header->sites_offset, header->sites_used},
                           {header->rings[0].offset, size - header->rings[0].offset}};
    uint32_t part = dice(state) % 3;

    return (size_t)(parts[part][0] + dice(state) % parts[part][1]);
}

static const GUID nowhere;

static void a_damaged_file_does_no_harm(void)
{
    static const unsigned char values[] = {0, 1, 0x7F, 0x80, 0xFF, '%', '*', '=', 's', '9'};
    RECORDER_LOG log = log_with_errors("damaged", 4096, 1024);
    uint32_t state = 0x12345678;
    unsigned char *damaged;
    uint64_t *image;
    ULONG size;

    TRACE(log, 4, "%s %*d %ws %!GUID! %.*f", "text", 5, 6, L"wide", &nowhere, 2, 1.0);
    TRACE(log, 2, "%d %!color! %wZ", 1, 1, NULL);
    TRACE(log, 4, "%!FUNC! %I64x", 5LL);
    image = image_of(log, &size);
    damaged = malloc(size);
    CHECK(damaged != NULL);
    for (int round = 0; round < (nt_is_simulated() ? 20 : 3000); round++)
    {
        memcpy(damaged, image, size);
        for (uint32_t count = 1 + dice(&state) % 6; count != 0; count--)
        {
            damaged[damage_place((struct recorder_header *)(void *)image, &state, size)] =
                dice(&state) % 2 ? values[dice(&state) % sizeof(values)] : (unsigned char)dice(&state);
        }
        read_everything(damaged, dice(&state) % 4 ? size : dice(&state) % size);
    }
    free(damaged);
    free(image);
    WppRecorderLogDelete(log);
}

static void what_is_no_log_is_refused(void)
{
    uint64_t nothing[1024] = {0};

    CHECK(recorder_open_memory(nothing, sizeof(nothing)) == NULL);
    CHECK(recorder_open_memory(nothing, 0) == NULL);
    CHECK(recorder_open_file("/nowhere/at/all") == NULL);
    CHECK(recorder_open_file("/") == NULL);
}

static void a_log_is_deleted_twice(void)
{
    RECORDER_LOG log = log_named("twice", 0);

    WppRecorderLogDelete(log);
    WppRecorderLogDelete(log);
}

static void the_default_log_is_deleted(void)
{
    WppRecorderLogDelete(WppRecorderLogGetDefault());
}

const struct nt_case nt_cases[] = {
    CASE(every_kind_of_argument_is_kept),
    CASE(nothing_of_a_call_is_needed_afterwards),
    CASE(a_long_string_is_cut_and_says_so),
    CASE(a_full_log_keeps_the_newest),
    CASE(errors_outlive_what_comes_after_them),
    CASE(writers_and_a_reader_share_a_log_without_a_lock),
    CASE(a_torn_record_is_left_out),
    CASE(a_writer_gives_up_a_cell_that_another_one_still_writes_to),
    CASE(records_are_filtered_by_level_and_flag),
    CASE(json_is_escaped),
    CASE(only_levels_that_are_on_evaluate_their_arguments),
    CASE(logs_check_what_they_are_made_of),
    CASE(the_default_log_is_there_unless_the_driver_does_not_want_it),
    CASE(a_reader_keeps_a_log_that_is_deleted),
    CASE(records_are_made_at_any_irql),
    CASE(too_little_memory_loses_records_only),
    CASE(what_a_killed_process_recorded_can_be_read),
    CASE(a_log_that_is_deleted_takes_its_file_along),
    CASE(a_folder_that_is_not_there_leaves_memory_alone),
    CASE(a_damaged_file_does_no_harm),
    CASE(what_is_no_log_is_refused),
    STOPS(a_log_is_deleted_twice, "a RECORDER_LOG that does not exist"),
    STOPS(the_default_log_is_deleted, "a driver's default log"),
    CASES_END,
};
