/* SPDX-License-Identifier: MIT */
/*
 * The registry's file: what survives which end, and which files are refused.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crash_disk.h"
#include "nt/registry/registry.h"
#include "registry_case.h"

/*
 * A folder of its own for each case.
 */

static char folder[64];
static char remains[80];
static char path[96];
static char message[256];

static void begin_folder(void)
{
    (void)snprintf(folder, sizeof(folder), "registry-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof(path), "%s/registry.db", folder);
    (void)snprintf(remains, sizeof(remains), "%s/left", folder);
    CHECK(mkdir(remains, 0700) == 0);
}

static void empty_folder(const char *which)
{
    static const char *const names[] = {"registry.db", "registry.db-wal", "registry.db-journal", "registry.db-shm", "link"};
    char name[200];

    for (size_t index = 0; index < ARRAYSIZE(names); index++)
    {
        (void)snprintf(name, sizeof(name), "%s/%s", which, names[index]);
        (void)unlink(name);
    }
}

static void end_folder(void)
{
    registry_close();
    empty_folder(remains);
    (void)rmdir(remains);
    empty_folder(folder);
    CHECK(rmdir(folder) == 0);
}

static NTSTATUS open_file(void)
{
    message[0] = 0;
    return registry_open(path, message, sizeof(message));
}

static void must_open(void)
{
    NTSTATUS status = open_file();

    if (status != STATUS_SUCCESS)
    {
        fprintf(stderr, "%s: %s\n", path, message);
    }
    CHECK_EQUAL(status, STATUS_SUCCESS);
}

static ULONG number_of(const WCHAR *name)
{
    HANDLE key;
    ULONG type;
    ULONG number = 0;
    ULONG size = 0;

    if (open_key(NULL, PLACE, KEY_READ, &key) == STATUS_SUCCESS)
    {
        (void)get_value(key, name, &type, &number, sizeof(number), &size);
        close_key(key);
    }
    return number;
}

/*
 * Ordinary ends.
 */

static void what_was_written_is_there_after_reopening(void)
{
    static const UCHAR bytes[] = {1, 2, 0, 255};
    HANDLE key;
    HANDLE child;
    UCHAR got[8];
    ULONG type;
    ULONG size;

    begin_folder();
    must_open();
    key = made_key(NULL, PLACE);
    child = made_key(key, L"Child");
    CHECK_EQUAL(set_value(key, L"Bytes", 0x12345, bytes, sizeof(bytes)), STATUS_SUCCESS);
    CHECK_EQUAL(set_value(key, L"", REG_NONE, NULL, 0), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(key, L"Gone", 1), STATUS_SUCCESS);
    CHECK_EQUAL(delete_value(key, L"Gone"), STATUS_SUCCESS);
    delete_key(made_key(key, L"Deleted"));
    close_key(child);
    close_key(key);
    registry_close();
    must_open();
    key = opened_key(NULL, PLACE);
    CHECK_EQUAL(get_value(key, L"bytes", &type, got, sizeof(got), &size), STATUS_SUCCESS);
    CHECK_EQUAL(type, 0x12345);
    CHECK_EQUAL(size, sizeof(bytes));
    CHECK(memcmp(got, bytes, sizeof(bytes)) == 0);
    CHECK_EQUAL(get_value(key, L"", &type, got, sizeof(got), &size), STATUS_SUCCESS);
    CHECK_EQUAL(size, 0);
    CHECK_EQUAL(get_value(key, L"Gone", &type, got, sizeof(got), &size), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(open_key(key, L"Deleted", KEY_READ, &child), STATUS_OBJECT_NAME_NOT_FOUND);
    close_key(opened_key(key, L"Child"));
    close_key(key);
    end_folder();
}

static void volatile_keys_are_gone_after_reopening(void)
{
    HANDLE key;
    HANDLE child;

    begin_folder();
    must_open();
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(create_key(key, L"Passing", REG_OPTION_VOLATILE, &child, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(child, L"Number", 1), STATUS_SUCCESS);
    close_key(child);
    close_key(key);
    registry_close();
    must_open();
    key = opened_key(NULL, PLACE);
    CHECK_EQUAL(open_key(key, L"Passing", KEY_READ, &child), STATUS_OBJECT_NAME_NOT_FOUND);
    close_key(key);
    end_folder();
}

static void time_of_a_change_is_kept(void)
{
    char room[128];
    PKEY_BASIC_INFORMATION basic = (PKEY_BASIC_INFORMATION)room;
    LONGLONG before;
    ULONG length;
    HANDLE key;

    begin_folder();
    must_open();
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(set_number(key, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(delete_value(key, L"Number"), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(key, L"Other", 1), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, room, sizeof(room), &length), STATUS_SUCCESS);
    before = basic->LastWriteTime.QuadPart;
    close_key(key);
    registry_close();
    must_open();
    key = opened_key(NULL, PLACE);
    CHECK_EQUAL(ZwQueryKey(key, KeyBasicInformation, room, sizeof(room), &length), STATUS_SUCCESS);
    /* What is shown is taken from the clock a moment after what is stored. */
    CHECK(basic->LastWriteTime.QuadPart <= before && basic->LastWriteTime.QuadPart > before - 10000000);
    close_key(key);
    end_folder();
}

static void handles_of_before_are_of_deleted_keys(void)
{
    HANDLE key;

    begin_folder();
    key = made_key(NULL, PLACE);
    must_open();
    CHECK_EQUAL(set_number(key, L"Number", 1), STATUS_KEY_DELETED);
    close_key(key);
    CHECK_EQUAL(open_key(NULL, PLACE, KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(open_file(), STATUS_DEVICE_BUSY);
    end_folder();
}

/*
 * Files that are refused.
 */

static void expect_refusal(NTSTATUS status, const char *words)
{
    CHECK_EQUAL(open_file(), status);
    if (strstr(message, words) == NULL)
    {
        fprintf(stderr, "says: %s\n", message);
    }
    CHECK(strstr(message, words) != NULL);
}

static void make_file(void)
{
    HANDLE key;

    begin_folder();
    must_open();
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(set_number(key, L"Number", 4711), STATUS_SUCCESS);
    CHECK_EQUAL(set_value(key, L"Text", REG_SZ, L"some text", 20), STATUS_SUCCESS);
    close_key(key);
    registry_close();
}

static void change_file(const char *statement)
{
    sqlite3 *database;

    CHECK(sqlite3_open(path, &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, statement, NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_close(database) == SQLITE_OK);
}

static void new_file_is_its_owners_alone(void)
{
    struct stat status;
    mode_t before = umask(0);

    make_file();
    (void)umask(before);
    CHECK(stat(path, &status) == 0);
    CHECK_EQUAL(status.st_mode & 07777, 0600);
    end_folder();
}

static void file_that_others_may_use_is_refused(void)
{
    make_file();
    CHECK(chmod(path, 0640) == 0);
    expect_refusal(STATUS_ACCESS_DENIED, "0600");
    CHECK(chmod(path, 0602) == 0);
    expect_refusal(STATUS_ACCESS_DENIED, "0600");
    CHECK(chmod(path, 0600) == 0);
    must_open();
    end_folder();
}

static void file_of_another_user_is_refused(void)
{
    make_file();
    /* Only the super-user can give a file away; for others there is nothing to see here. */
    if (chown(path, 12345, (gid_t)-1) == 0)
    {
        expect_refusal(STATUS_ACCESS_DENIED, "another user");
    }
    end_folder();
}

static void symbolic_link_is_refused(void)
{
    char link_path[200];

    make_file();
    (void)snprintf(link_path, sizeof(link_path), "%s/link", folder);
    CHECK(symlink("registry.db", link_path) == 0);
    CHECK_EQUAL(registry_open(link_path, message, sizeof(message)), STATUS_ACCESS_DENIED);
    CHECK(strstr(message, "symbolic link") != NULL);
    CHECK_EQUAL(registry_open(folder, message, sizeof(message)), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(registry_open("no-such-folder/registry.db", message, sizeof(message)), STATUS_OBJECT_PATH_NOT_FOUND);
    end_folder();
}

static void later_version_is_refused(void)
{
    make_file();
    change_file("PRAGMA user_version=2");
    expect_refusal(STATUS_REVISION_MISMATCH, "version 2");
    end_folder();
}

static void file_of_another_program_is_refused(void)
{
    FILE *file;

    make_file();
    change_file("PRAGMA application_id=7");
    expect_refusal(STATUS_REGISTRY_CORRUPT, "another program");
    file = fopen(path, "wb");
    CHECK(file != NULL && fputs("This is some text that is no database, however one may look at it.\n", file) > 0);
    CHECK(fclose(file) == 0);
    expect_refusal(STATUS_REGISTRY_CORRUPT, "not a database");
    end_folder();
}

static void tables_of_others_are_refused(void)
{
    make_file();
    change_file("CREATE TRIGGER evil AFTER INSERT ON registry_value BEGIN DELETE FROM registry_key; END");
    expect_refusal(STATUS_REGISTRY_CORRUPT, "tables");
    end_folder();
}

static void changed_row_is_noticed(void)
{
    static const char *const changes[] = {
        "UPDATE registry_value SET data=x'00000000' WHERE type=4",
        "UPDATE registry_value SET type=3",
        "UPDATE registry_value SET key=key+1",
        "UPDATE registry_value SET written=written+1",
        "UPDATE registry_key SET name=x'4100'",
        "UPDATE registry_key SET parent=2 WHERE parent>15",
        "UPDATE registry_key SET flags=1",
        "UPDATE registry_key SET class=x'41'",
        "DELETE FROM registry_key WHERE parent>15",
    };

    for (size_t index = 0; index < ARRAYSIZE(changes); index++)
    {
        make_file();
        change_file(changes[index]);
        expect_refusal(STATUS_REGISTRY_CORRUPT, "damaged");
        /* Refused again: nothing was repaired. */
        expect_refusal(STATUS_REGISTRY_CORRUPT, "damaged");
        end_folder();
    }
}

static void cut_file_is_refused(void)
{
    struct stat status;

    make_file();
    CHECK(stat(path, &status) == 0);
    CHECK(truncate(path, status.st_size - 4096) == 0);
    CHECK_EQUAL(open_file(), STATUS_REGISTRY_CORRUPT);
    CHECK(truncate(path, 100) == 0);
    CHECK_EQUAL(open_file(), STATUS_REGISTRY_CORRUPT);
    end_folder();
}

/* The file with one bit changed, or as it was for a negative one. */
static void write_file(const unsigned char *bytes, size_t size, long bit)
{
    int file = open(path, O_RDWR | O_TRUNC | O_CLOEXEC);
    unsigned char changed;

    CHECK(file >= 0);
    CHECK(write(file, bytes, size) == (ssize_t)size);
    if (bit >= 0)
    {
        changed = (unsigned char)(bytes[bit / 8] ^ (1u << (bit % 8)));
        CHECK(pwrite(file, &changed, 1, bit / 8) == 1);
    }
    CHECK(close(file) == 0);
}

/* Every 251st bit. */
static void flipped_bit_is_noticed_or_changes_nothing(void)
{
    static unsigned char bytes[65536];
    long refused = 0;
    ssize_t size;
    int file;

    make_file();
    file = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(file >= 0);
    size = read(file, bytes, sizeof(bytes));
    CHECK(close(file) == 0);
    CHECK(size > 4096 && size < (ssize_t)sizeof(bytes));
    for (long bit = 0; bit < size * 8; bit += 251)
    {
        write_file(bytes, (size_t)size, bit);
        if (open_file() == STATUS_SUCCESS)
        {
            CHECK_EQUAL(number_of(L"Number"), 4711);
            CHECK_EQUAL(number_of(L"Text") & 0xFF, 's');
            registry_close();
            empty_folder(folder);
            must_open();
            registry_close();
        }
        else
        {
            refused++;
        }
    }
    CHECK(refused > 50);
    end_folder();
}

/*
 * Two processes.
 */

static void second_process_is_refused(void)
{
    int ready[2];
    int go[2];
    char byte;
    pid_t child;

    begin_folder();
    CHECK(pipe(ready) == 0 && pipe(go) == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        must_open();
        CHECK(write(ready[1], "x", 1) == 1);
        CHECK(read(go[0], &byte, 1) == 1);
        registry_close();
        _exit(0);
    }
    CHECK(read(ready[0], &byte, 1) == 1);
    expect_refusal(STATUS_SHARING_VIOLATION, "another process");
    CHECK(write(go[1], "x", 1) == 1);
    CHECK(waitpid(child, NULL, 0) == child);
    must_open();
    for (size_t index = 0; index < 2; index++)
    {
        (void)close(ready[index]);
        (void)close(go[index]);
    }
    end_folder();
}

/*
 * Ends that nobody chose. The child writes the numbers 1, 2, ... and says how far it came.
 */

enum
{
    ROUNDS = 6,
};

static struct progress
{
    /* The last number whose writing began; that was written; that was flushed. And whether the child came to its end. */
    volatile ULONG begun;
    volatile ULONG written;
    volatile ULONG flushed;
    volatile ULONG finished;
} * progress;

static void share_progress(void)
{
    progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(progress != MAP_FAILED);
}

/* Large values make the log long enough to be moved into the file, which it is at four mebibytes. */
static void write_round(HANDLE key, ULONG round, ULONG bytes)
{
    unsigned char *filling = malloc(bytes + 1);

    CHECK(filling != NULL);
    memset(filling, (int)round, bytes);
    progress->begun = round;
    CHECK_EQUAL(set_number(key, L"Number", round), STATUS_SUCCESS);
    progress->written = round;
    CHECK_EQUAL(set_value(key, L"Filling", REG_BINARY, filling, bytes), STATUS_SUCCESS);
    close_key(made_key(key, round % 2 == 0 ? L"Even" : L"Odd"));
    if (round % 3 == 0)
    {
        CHECK_EQUAL(ZwFlushKey(key), STATUS_SUCCESS);
        progress->flushed = round;
    }
    free(filling);
}

static void child_main(ULONG rounds, ULONG bytes)
{
    HANDLE key;

    must_open();
    key = made_key(NULL, PLACE);
    for (ULONG round = 1; round <= rounds; round++)
    {
        write_round(key, round, bytes);
    }
    close_key(key);
    registry_close();
    progress->finished = 1;
    _exit(0);
}

/* Runs the child; true when it came to its end. */
static bool run_child(enum crash_kind kind, ULONG n, ULONG seed, ULONG rounds, ULONG bytes)
{
    int status;
    pid_t child;

    memset((void *)progress, 0, sizeof(*progress));
    empty_folder(folder);
    empty_folder(remains);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
    {
        crash_disk_install();
        crash_disk_plan(kind, n, seed, remains);
        child_main(rounds, bytes);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGKILL);
    return progress->finished != 0;
}

/* In the number that survived; nothing that was there before any write is zero. */
static void expect_between(ULONG least, ULONG most)
{
    ULONG number;

    must_open();
    number = number_of(L"Number");
    CHECK(number >= least && number <= most);
    registry_close();
}

static void killed_at_any_write_it_has_the_old_or_the_new(void)
{
    bool finished = false;

    begin_folder();
    share_progress();
    for (ULONG n = 1; !finished; n++)
    {
        finished = run_child(CRASH_KILL, n, 0, ROUNDS, 100);
        expect_between(progress->written, progress->begun);
    }
    end_folder();
}

static void killed_while_the_log_is_moved_it_has_the_old_or_the_new(void)
{
    bool finished = false;

    begin_folder();
    share_progress();
    for (ULONG n = 1900; !finished; n += 151)
    {
        finished = run_child(CRASH_KILL, n, 0, 16, 300000);
        expect_between(progress->written, progress->begun);
    }
    end_folder();
}

/* The file that the power left behind is opened in place of the one that was written. */
static void expect_after_power_loss(void)
{
    char kept[sizeof(path)];

    memcpy(kept, path, sizeof(kept));
    (void)snprintf(path, sizeof(path), "%s/registry.db", remains);
    (void)chmod(path, 0600);
    expect_between(progress->flushed, progress->begun);
    memcpy(path, kept, sizeof(path));
}

static void after_a_loss_of_power_flushed_is_there_and_the_rest_old_or_new(void)
{
    begin_folder();
    share_progress();
    for (ULONG n = 1; !run_child(CRASH_POWER, n, n, ROUNDS, 100); n++)
    {
        expect_after_power_loss();
    }
    end_folder();
}

static void after_a_loss_of_power_while_the_log_is_moved_too(void)
{
    begin_folder();
    share_progress();
    for (ULONG n = 1900; !run_child(CRASH_POWER, n, n, 16, 300000); n += 151)
    {
        expect_after_power_loss();
    }
    end_folder();
}

/* A failed write is reported, and what is in memory and in the file stays the same. */
static bool fail_at(ULONG n)
{
    HANDLE key;
    ULONG last = 0;
    bool failed = false;

    crash_disk_plan(CRASH_NEVER, 0, 0, NULL);
    must_open();
    key = made_key(NULL, PLACE);
    crash_disk_plan(CRASH_ERROR, n, 0, NULL);
    for (ULONG round = 1; round <= ROUNDS; round++)
    {
        NTSTATUS status = set_number(key, L"Number", round);

        if (status == STATUS_SUCCESS)
        {
            last = round;
        }
        else
        {
            failed = true;
            CHECK(status == STATUS_DISK_FULL || status == STATUS_REGISTRY_IO_FAILED);
        }
        if (last != 0)
        {
            CHECK(has_number(key, L"Number", last));
        }
        failed = ZwFlushKey(key) != STATUS_SUCCESS || failed;
    }
    close_key(key);
    crash_disk_plan(CRASH_NEVER, 0, 0, NULL);
    registry_close();
    must_open();
    CHECK_EQUAL(number_of(L"Number"), last);
    registry_close();
    empty_folder(folder);
    return failed;
}

static void errors_of_the_disk_are_reported_and_change_nothing(void)
{
    begin_folder();
    crash_disk_install();
    for (ULONG n = 1; fail_at(n); n++)
    {
    }
    end_folder();
}

static void after_a_failed_flush_no_flush_succeeds(void)
{
    HANDLE key;

    begin_folder();
    crash_disk_install();
    crash_disk_plan(CRASH_NEVER, 0, 0, NULL);
    must_open();
    key = made_key(NULL, PLACE);
    /* A write of a number is two changes of the log; the third is the synchronisation. */
    CHECK_EQUAL(set_number(key, L"Number", 1), STATUS_SUCCESS);
    crash_disk_plan(CRASH_ERROR, 1, 0, NULL);
    CHECK_EQUAL(ZwFlushKey(key), STATUS_REGISTRY_IO_FAILED);
    CHECK_EQUAL(set_number(key, L"Number", 2), STATUS_SUCCESS);
    CHECK_EQUAL(ZwFlushKey(key), STATUS_REGISTRY_IO_FAILED);
    close_key(key);
    end_folder();
}

static void only_a_flush_waits_for_the_disk_and_only_when_there_is_something(void)
{
    HANDLE key;

    begin_folder();
    crash_disk_install();
    must_open();
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(set_number(key, L"Number", 1), STATUS_SUCCESS);
    CHECK_EQUAL(ZwFlushKey(key), STATUS_SUCCESS);
    crash_disk_plan(CRASH_NEVER, 0, 0, NULL);
    CHECK_EQUAL(set_number(key, L"Number", 2), STATUS_SUCCESS);
    CHECK_EQUAL(crash_disk_synchronisations(), 0);
    CHECK_EQUAL(ZwFlushKey(key), STATUS_SUCCESS);
    CHECK_EQUAL(crash_disk_synchronisations(), 1);
    CHECK_EQUAL(ZwFlushKey(key), STATUS_SUCCESS);
    CHECK_EQUAL(crash_disk_synchronisations(), 1);
    close_key(key);
    end_folder();
}

/*
 * Many threads.
 */

static HANDLE shared_key;
static LONG writers_left;

static void write_numbers(void *argument)
{
    WCHAR name[2] = {(WCHAR)('a' + (ULONG_PTR)argument), 0};

    for (ULONG number = 1; number <= 100; number++)
    {
        CHECK_EQUAL(set_number(shared_key, name, number), STATUS_SUCCESS);
        if (number % 25 == 0)
        {
            CHECK_EQUAL(ZwFlushKey(shared_key), STATUS_SUCCESS);
        }
    }
    (void)InterlockedDecrement(&writers_left);
}

/* Numbers only grow. */
static void read_numbers(void *argument)
{
    WCHAR name[2] = {(WCHAR)('a' + (ULONG_PTR)argument), 0};
    ULONG before = 0;

    do
    {
        ULONG now = 0;
        ULONG type;
        ULONG size;

        if (get_value(shared_key, name, &type, &now, sizeof(now), &size) == STATUS_SUCCESS)
        {
            CHECK(now >= before);
            before = now;
        }
    } while (InterlockedCompareExchange(&writers_left, 0, 0) != 0);
}

static void eight_writers_and_eight_readers_see_every_number_whole(void)
{
    struct nt_thread *threads[16];

    begin_folder();
    must_open();
    shared_key = made_key(NULL, PLACE);
    writers_left = 8;
    for (ULONG_PTR index = 0; index < 16; index++)
    {
        threads[index] = nt_thread_start(index < 8 ? write_numbers : read_numbers, (void *)(index % 8));
    }
    for (size_t index = 0; index < 16; index++)
    {
        nt_thread_join(threads[index]);
    }
    close_key(shared_key);
    registry_close();
    must_open();
    CHECK_EQUAL(number_of(L"a"), 100);
    CHECK_EQUAL(number_of(L"h"), 100);
    end_folder();
}

static void open_body(void)
{
    HANDLE key;
    NTSTATUS status = open_file();

    if (status == STATUS_SUCCESS)
    {
        registry_close();
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    status = open_key(NULL, L"\\Registry\\Machine", KEY_READ, &key);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (status == STATUS_SUCCESS)
    {
        close_key(key);
    }
}

static void without_memory_the_file_is_not_opened_and_not_harmed(void)
{
    make_file();
    nt_fail_each_allocation(open_body);
    must_open();
    CHECK_EQUAL(number_of(L"Number"), 4711);
    end_folder();
}

const struct nt_case nt_cases[] = {
    CASE(what_was_written_is_there_after_reopening),
    CASE(volatile_keys_are_gone_after_reopening),
    CASE(time_of_a_change_is_kept),
    CASE(handles_of_before_are_of_deleted_keys),
    CASE(new_file_is_its_owners_alone),
    CASE(file_that_others_may_use_is_refused),
    CASE(file_of_another_user_is_refused),
    CASE(symbolic_link_is_refused),
    CASE(later_version_is_refused),
    CASE(file_of_another_program_is_refused),
    CASE(tables_of_others_are_refused),
    CASE(changed_row_is_noticed),
    CASE(cut_file_is_refused),
    CASE(flipped_bit_is_noticed_or_changes_nothing),
    CASE(second_process_is_refused),
    CASE(killed_at_any_write_it_has_the_old_or_the_new),
    CASE(killed_while_the_log_is_moved_it_has_the_old_or_the_new),
    CASE(after_a_loss_of_power_flushed_is_there_and_the_rest_old_or_new),
    CASE(after_a_loss_of_power_while_the_log_is_moved_too),
    CASE(errors_of_the_disk_are_reported_and_change_nothing),
    CASE(after_a_failed_flush_no_flush_succeeds),
    CASE(only_a_flush_waits_for_the_disk_and_only_when_there_is_something),
    CASE(eight_writers_and_eight_readers_see_every_number_whole),
    CASE(without_memory_the_file_is_not_opened_and_not_harmed),
    CASES_END,
};
