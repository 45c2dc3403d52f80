/* SPDX-License-Identifier: MIT */
/*
 * Device nodes as programs meet them: node_test CASE DMF DRIVER.so.
 *
 * Each case starts `dmf run` with the test driver in a process of its own, on a mount of its own, and ends it with SIGTERM,
 * which must succeed. A case whose name begins with "alone_" starts without one.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dmf-node.h"
#include "life_public.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__LINE__, #condition))
#define ANOTHER_USER 65534

struct host
{
    pid_t process;
    char folder[64];
    char node[96];
};

/* The data follow the head, whose last member is an array of no length; a union because that must be the end of a structure. */
union envelope
{
    struct dmf_node_control head;
    struct
    {
        uint8_t head_bytes[sizeof(struct dmf_node_control)];
        uint8_t data[256];
    };
};

static const char *dmf_path;
static const char *driver_path;
static struct host host;

static void stop_host_hard(void)
{
    if (host.process > 0)
    {
        (void)kill(host.process, SIGKILL);
    }
}

static void check_failed(int line, const char *condition)
{
    fprintf(stderr, "node_test.c:%d: not so: %s (errno %d, %s)\n", line, condition, errno, strerror(errno));
    stop_host_hard();
    abort();
}

static void make_folder(void)
{
    (void)snprintf(host.folder, sizeof(host.folder), "/tmp/dmf-node-test-XXXXXX");
    CHECK(mkdtemp(host.folder) != NULL);
    (void)snprintf(host.node, sizeof(host.node), "%s/Life0", host.folder);
}

/* Starts the host and waits for the line in which it says that it is ready. */
static void start_host(void)
{
    char line[128] = {0};
    int ends[2];

    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    host.process = fork();
    CHECK(host.process >= 0);
    if (host.process == 0)
    {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)close_range(STDERR_FILENO + 1, ~0u, 0);
        (void)execl(dmf_path, "dmf", "run", "--mount", host.folder, driver_path, NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    CHECK(read(ends[0], line, sizeof(line) - 1) > 0);
    (void)close(ends[0]);
    CHECK(strncmp(line, "ready ", 6) == 0);
}

static void stop_host(void)
{
    int status;

    CHECK(kill(host.process, SIGTERM) == 0);
    CHECK(waitpid(host.process, &status, 0) == host.process);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(rmdir(host.folder) == 0);
}

static int open_node(int flags)
{
    int node = open(host.node, flags | O_CLOEXEC);

    CHECK(node >= 0);
    return node;
}

static void fill(union envelope *envelope, uint32_t code, const void *input, uint32_t input_length, uint32_t output_length)
{
    memset(envelope, 0, sizeof(*envelope));
    envelope->head.version = DMF_NODE_CONTROL_VERSION;
    envelope->head.control_code = code;
    envelope->head.input_length = input_length;
    envelope->head.output_length = output_length;
    if (input_length != 0)
    {
        memcpy(envelope->data, input, input_length);
    }
}

static int control(int node, union envelope *envelope)
{
    return ioctl(node, DMF_NODE_CONTROL(sizeof(*envelope)), envelope);
}

/*
 * Cases without a host: the command itself.
 */

/* Runs dmf with these words until it ends by itself, and returns its exit status. */
static int run_dmf(const char *const words[])
{
    int status;
    pid_t child = fork();

    CHECK(child >= 0);
    if (child == 0)
    {
        (void)alarm(10);
        (void)execv(dmf_path, (char **)(uintptr_t)words);
        _exit(127);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int run_on(const char *folder)
{
    const char *const words[] = {"dmf", "run", "--mount", folder, driver_path, NULL};

    return run_dmf(words);
}

/* Nothing is mounted over what is not an empty folder of the user's own. */
static void alone_unusable_folders_are_refused(void)
{
    char path[96];
    int file;

    (void)snprintf(path, sizeof(path), "%s/absent", host.folder);
    CHECK(run_on(path) == 1);
    (void)snprintf(path, sizeof(path), "%s/file", host.folder);
    file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    CHECK(file >= 0 && close(file) == 0);
    CHECK(run_on(path) == 1);
    CHECK(run_on(host.folder) == 1);
    CHECK(unlink(path) == 0);
    (void)snprintf(path, sizeof(path), "%s-link", host.folder);
    CHECK(symlink(host.folder, path) == 0);
    CHECK(run_on(path) == 1);
    (void)snprintf(path, sizeof(path), "%s-link/", host.folder);
    CHECK(run_on(path) == 1);
    (void)snprintf(path, sizeof(path), "%s-link", host.folder);
    CHECK(unlink(path) == 0);
    if (getuid() == 0)
    {
        CHECK(chown(host.folder, ANOTHER_USER, ANOTHER_USER) == 0);
        CHECK(run_on(host.folder) == 1);
    }
}

static void alone_bad_command_lines_are_refused(void)
{
    const char *const no_driver[] = {"dmf", "run", NULL};
    const char *const no_option[] = {"dmf", "run", "--nonsense", driver_path, NULL};
    const char *const no_name[] = {"dmf", "run", "--device", "", "--mount", host.folder, driver_path, NULL};
    const char *const no_file[] = {"dmf", "run", "--mount", host.folder, "/nonexistent.so", NULL};
    const char *const a_folder[] = {"dmf", "run", "--mount", host.folder, "/tmp", NULL};
    const char *const twice[] = {"dmf", "run", "--mount", host.folder, driver_path, driver_path, NULL};
    const char *const help[] = {"dmf", "run", "--help", NULL};

    CHECK(run_dmf(help) == 0);
    CHECK(run_dmf(no_driver) == 2);
    CHECK(run_dmf(no_option) == 2);
    CHECK(run_dmf(no_name) == 1);
    CHECK(run_dmf(no_file) == 1);
    CHECK(run_dmf(a_folder) == 1);
    CHECK(run_dmf(twice) == 1);
}

/* Finds the line of the mount without asking the mount, which might not answer yet. */
static bool find_mount(char line[1024])
{
    FILE *mounts = fopen("/proc/self/mounts", "re");
    bool found = false;

    CHECK(mounts != NULL);
    while (!found && fgets(line, 1024, mounts) != NULL)
    {
        found = strstr(line, host.folder) != NULL;
    }
    CHECK(fclose(mounts) == 0);
    return found;
}

/* Whether the start has come so far: to its beginning, to the mount, to the node. */
static bool has_started(int stage)
{
    char line[1024];
    struct stat attributes;

    return stage == 0 || (stage == 1 ? find_mount(line) : stat(host.node, &attributes) == 0);
}

/* Whenever the end comes, the mount is gone with the process. */
static void alone_ending_while_starting_leaves_no_mount(void)
{
    for (int round = 0; round < 15; round++)
    {
        int status;
        pid_t child = fork();

        CHECK(child >= 0);
        if (child == 0)
        {
            (void)freopen("/dev/null", "w", stdout);
            (void)execl(dmf_path, "dmf", "run", "--mount", host.folder, driver_path, NULL);
            _exit(127);
        }
        while (!has_started(round % 3))
        {
        }
        CHECK(kill(child, SIGTERM) == 0);
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        CHECK(rmdir(host.folder) == 0 && mkdir(host.folder, 0700) == 0);
    }
}

/*
 * Cases.
 */

static void mount_has_the_safe_options(void)
{
    static const char *const options[] = {"nosuid", "nodev", "noexec", "default_permissions"};
    char line[1024];

    CHECK(find_mount(line) && strstr(line, " fuse.dmf ") != NULL);
    for (size_t index = 0; index < sizeof(options) / sizeof(options[0]); index++)
    {
        CHECK(strstr(line, options[index]) != NULL);
    }
}

/* A program that a driver starts gets none of the host's descriptors, least of all the one of the mount. */
static void descriptors_of_the_host_are_not_inherited(void)
{
    char path[64];
    struct dirent *entry;
    DIR *directory;

    (void)snprintf(path, sizeof(path), "/proc/%d/fdinfo", (int)host.process);
    directory = opendir(path);
    CHECK(directory != NULL);
    while ((entry = readdir(directory)) != NULL)
    {
        int descriptor = atoi(entry->d_name);
        char text[512] = {0};
        const char *flags;
        int file;

        if (descriptor > STDERR_FILENO)
        {
            file = openat(dirfd(directory), entry->d_name, O_RDONLY | O_CLOEXEC);
            CHECK(file >= 0 && read(file, text, sizeof(text) - 1) > 0 && close(file) == 0);
            flags = strstr(text, "flags:");
            CHECK(flags != NULL && (strtoul(flags + 6, NULL, 8) & O_CLOEXEC) != 0);
        }
    }
    CHECK(closedir(directory) == 0);
}

/* The next host takes the place of one that was killed, whose mount is still there. */
static void mount_of_a_killed_host_is_taken_over(void)
{
    struct stat attributes;

    CHECK(kill(host.process, SIGKILL) == 0);
    CHECK(waitpid(host.process, NULL, 0) == host.process);
    CHECK(stat(host.folder, &attributes) < 0 && errno == ENOTCONN);
    start_host();
    CHECK(close(open_node(O_RDWR)) == 0);
}

static void node_is_listed_and_private(void)
{
    struct stat attributes;

    CHECK(stat(host.node, &attributes) == 0);
    CHECK(S_ISREG(attributes.st_mode) && (attributes.st_mode & 0777) == 0600 && attributes.st_uid == getuid());
    CHECK(stat(host.folder, &attributes) == 0 && (attributes.st_mode & 0777) == 0700);
    CHECK(open("/nonexistent", O_RDONLY | O_CLOEXEC) < 0 && errno == ENOENT);
    CHECK(chmod(host.node, 0666) < 0 && errno == EPERM);
    CHECK(unlink(host.node) < 0);
}

static void read_write_and_control_reach_the_driver(void)
{
    union envelope envelope;
    char buffer[64] = {0};
    int node = open_node(O_RDWR | O_TRUNC);

    CHECK(read(node, buffer, 26) == 26 && strcmp(buffer, "abcdefghijklmnopqrstuvwxyz") == 0);
    CHECK(write(node, "hello", 5) == 5);
    fill(&envelope, LIFE_REVERSE, "12345", 5, 16);
    CHECK(control(node, &envelope) == 0);
    CHECK(envelope.head.status == 0 && envelope.head.information == 5 && memcmp(envelope.data, "54321", 5) == 0);
    fill(&envelope, LIFE_REVERSE, "12345", 5, 4);
    CHECK(control(node, &envelope) == 0 && envelope.head.status == (int32_t)0xC0000023);
    CHECK(close(node) == 0);
}

/* What is not the envelope never reaches the driver, least of all raw control codes with sizes in odd places. */
static void everything_but_the_envelope_is_refused(void)
{
    static char large[65536];
    union envelope envelope;
    int node = open_node(O_RDWR);

    fill(&envelope, LIFE_REVERSE, "12345", 5, 5);
    CHECK(ioctl(node, LIFE_REVERSE, &envelope) < 0 && errno == ENOTTY);
    /* The kernel takes the device type of a large one for a size, and copies that much. */
    CHECK(ioctl(node, 0xFFFF0000u, large) < 0 && errno == ENOTTY);
    CHECK(ioctl(node, _IOWR(DMF_NODE_CONTROL_TYPE, 2, union envelope), &envelope) < 0 && errno == ENOTTY);
    CHECK(ioctl(node, _IOW(DMF_NODE_CONTROL_TYPE, 1, union envelope), &envelope) < 0 && errno == ENOTTY);
    CHECK(ioctl(node, DMF_NODE_CONTROL(sizeof(struct dmf_node_control) - 1), &envelope) < 0 && errno == EINVAL);
    CHECK(ioctl(node, DMF_NODE_CONTROL(sizeof(struct dmf_node_control)), &envelope) < 0 && errno == EINVAL);
    CHECK(close(node) == 0);
}

static void bad_envelopes_are_refused(void)
{
    union envelope envelope;
    int node = open_node(O_RDWR);

    fill(&envelope, LIFE_REVERSE, "12345", 5, 5);
    envelope.head.version = 2;
    CHECK(control(node, &envelope) < 0 && errno == EPROTONOSUPPORT);
    fill(&envelope, LIFE_REVERSE, "12345", 5, 5);
    envelope.head.reserved = 1;
    CHECK(control(node, &envelope) < 0 && errno == EINVAL);
    fill(&envelope, LIFE_REVERSE, "12345", 5, 5);
    envelope.head.input_length = sizeof(envelope.data) + 1;
    CHECK(control(node, &envelope) < 0 && errno == EINVAL);
    fill(&envelope, LIFE_REVERSE, "12345", 5, UINT32_MAX);
    CHECK(control(node, &envelope) < 0 && errno == EINVAL);
    CHECK(control(node, NULL) < 0 && errno == EFAULT);
    CHECK(close(node) == 0);
}

static void access_mode_limits_what_may_be_sent(void)
{
    union envelope envelope;
    int node = open_node(O_RDONLY);

    fill(&envelope, LIFE_NEEDS_READ, NULL, 0, 0);
    CHECK(control(node, &envelope) == 0 && envelope.head.status == 0);
    fill(&envelope, LIFE_NEEDS_WRITE, NULL, 0, 0);
    CHECK(control(node, &envelope) == 0 && envelope.head.status == (int32_t)0xC0000022);
    CHECK(write(node, "x", 1) < 0 && errno == EBADF);
    CHECK(close(node) == 0);
}

static void another_user_is_kept_out(void)
{
    int status;
    pid_t child = fork();

    CHECK(child >= 0);
    if (child == 0)
    {
        if (getuid() == 0 && setuid(ANOTHER_USER) != 0)
        {
            _exit(2);
        }
        _exit(getuid() == ANOTHER_USER && open(host.node, O_RDWR | O_CLOEXEC) >= 0 ? 1 : 0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void do_nothing(int signal_number)
{
    (void)signal_number;
}

/* A child that sends an inverted call, and says through the pipe that it is about to. */
static pid_t start_pending_client(int tell)
{
    pid_t child = fork();

    CHECK(child >= 0);
    if (child == 0)
    {
        struct sigaction action = {.sa_handler = do_nothing};
        union envelope envelope;
        int node = open(host.node, O_RDWR | O_CLOEXEC);

        (void)sigaction(SIGUSR1, &action, NULL);
        fill(&envelope, LIFE_PEND, NULL, 0, 0);
        if (node < 0 || write(tell, "x", 1) != 1)
        {
            _exit(3);
        }
        _exit(control(node, &envelope) < 0 && errno == EINTR ? 42 : 4);
    }
    return child;
}

/* Until the driver has the request, another one gets an answer other than "busy". */
static void wait_until_pending(int node)
{
    union envelope envelope;

    for (;;)
    {
        fill(&envelope, LIFE_PENDING_COUNT, NULL, 0, 0);
        CHECK(control(node, &envelope) == 0);
        if (envelope.head.information == 1)
        {
            return;
        }
    }
}

static void end_pending_client(int signal_number, int expected_exit)
{
    int node = open_node(O_RDWR);
    int ends[2];
    int status;
    pid_t child;
    char byte;

    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    child = start_pending_client(ends[1]);
    CHECK(read(ends[0], &byte, 1) == 1);
    wait_until_pending(node);
    CHECK(kill(child, signal_number) == 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(expected_exit < 0 ? WIFSIGNALED(status) : WIFEXITED(status) && WEXITSTATUS(status) == expected_exit);
    (void)close(ends[0]);
    (void)close(ends[1]);
    CHECK(close(node) == 0);
}

static void signal_cancels_the_request(void)
{
    end_pending_client(SIGUSR1, 42);
}

static void killed_client_leaves_at_once(void)
{
    end_pending_client(SIGKILL, -1);
}

/* The host ends while a program holds the node open and waits: the program gets an error, the host ends in order. */
static void host_ends_under_an_open_node(void)
{
    int node = open_node(O_RDWR);
    int ends[2];
    int status;
    pid_t child;
    char byte;

    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    child = start_pending_client(ends[1]);
    CHECK(read(ends[0], &byte, 1) == 1);
    wait_until_pending(node);
    CHECK(kill(host.process, SIGTERM) == 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(waitpid(host.process, &status, 0) == host.process);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(read(node, &byte, 1) < 0);
    (void)close(node);
    CHECK(rmdir(host.folder) == 0);
    host.process = 0;
}

static void many_clients_at_once(void)
{
    pid_t children[8];

    for (size_t index = 0; index < 8; index++)
    {
        children[index] = fork();
        CHECK(children[index] >= 0);
        if (children[index] == 0)
        {
            int node = open(host.node, O_RDWR | O_CLOEXEC);
            bool good = node >= 0;

            for (int round = 0; round < 200 && good; round++)
            {
                union envelope envelope;

                fill(&envelope, LIFE_REVERSE, "abcdefgh", 8, 8);
                good = control(node, &envelope) == 0 && memcmp(envelope.data, "hgfedcba", 8) == 0;
            }
            _exit(good ? 0 : 1);
        }
    }
    for (size_t index = 0; index < 8; index++)
    {
        int status;

        CHECK(waitpid(children[index], &status, 0) == children[index]);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

#define CASE(name)  \
    {               \
#name, name \
    }

static const struct test_case
{
    const char *name;
    void (*run)(void);
} cases[] = {
    CASE(node_is_listed_and_private),
    CASE(read_write_and_control_reach_the_driver),
    CASE(everything_but_the_envelope_is_refused),
    CASE(bad_envelopes_are_refused),
    CASE(access_mode_limits_what_may_be_sent),
    CASE(another_user_is_kept_out),
    CASE(signal_cancels_the_request),
    CASE(killed_client_leaves_at_once),
    CASE(host_ends_under_an_open_node),
    CASE(many_clients_at_once),
    CASE(mount_has_the_safe_options),
    CASE(descriptors_of_the_host_are_not_inherited),
    CASE(mount_of_a_killed_host_is_taken_over),
    CASE(alone_unusable_folders_are_refused),
    CASE(alone_bad_command_lines_are_refused),
    CASE(alone_ending_while_starting_leaves_no_mount),
};

/* What CMakeLists.txt tells ctest that a skipped test returns. */
#define TEST_SKIPPED 77

int main(int count, char **words)
{
    if (count != 4)
    {
        fprintf(stderr, "usage: %s CASE DMF DRIVER.so\n", words[0]);
        return 2;
    }
    if (access("/dev/fuse", R_OK | W_OK) != 0)
    {
        fprintf(stderr, "skipped: /dev/fuse cannot be opened here (%s)\n", strerror(errno));
        return TEST_SKIPPED;
    }
    dmf_path = words[2];
    driver_path = words[3];
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++)
    {
        if (strcmp(cases[index].name, words[1]) == 0)
        {
            make_folder();
            if (strncmp(cases[index].name, "alone_", 6) != 0)
            {
                start_host();
            }
            cases[index].run();
            if (host.process > 0)
            {
                stop_host();
            }
            else
            {
                (void)rmdir(host.folder);
            }
            return 0;
        }
    }
    fprintf(stderr, "%s: there is no case '%s'\n", words[0], words[1]);
    return 2;
}
