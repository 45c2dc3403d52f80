/* SPDX-License-Identifier: MIT */
/*
 * An ordinary Linux program that uses the echo driver through its device node: it reads the greeting, lets the driver
 * reverse a text, and waits for something that never comes until a signal ends the wait. It fails loudly on anything
 * unexpected.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include <dmf-node.h>

#include "EchoPublic.h"

#define STATUS_SUCCESS_CODE 0x00000000u
#define STATUS_BUFFER_TOO_SMALL_CODE 0xC0000023u
#define STATUS_NOT_SUPPORTED_CODE 0xC00000BBu

#define MAXIMUM_DATA 256

static const char greeting[] = "Hello from the echo driver.\n";

static _Noreturn void fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "echo-client: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    exit(1);
}

/* Sends one control code and returns what ioctl returned; the answer is in the envelope. */
static int control(int file, struct dmf_node_control *envelope, uint32_t code, const void *input, uint32_t input_length,
                   uint32_t output_length)
{
    uint32_t data = input_length > output_length ? input_length : output_length;

    memset(envelope, 0, sizeof(*envelope));
    envelope->version = DMF_NODE_CONTROL_VERSION;
    envelope->control_code = code;
    envelope->input_length = input_length;
    envelope->output_length = output_length;
    memset(envelope->data, 0, MAXIMUM_DATA);
    if (input_length != 0)
    {
        memcpy(envelope->data, input, input_length);
    }
    return ioctl(file, DMF_NODE_CONTROL(sizeof(*envelope) + data), envelope);
}

static void expect_status(const struct dmf_node_control *envelope, uint32_t status, const char *what)
{
    if ((uint32_t)envelope->status != status)
    {
        fail("%s: status 0x%08X instead of 0x%08X", what, (unsigned)envelope->status, (unsigned)status);
    }
}

static void try_read(int file)
{
    char text[MAXIMUM_DATA];
    ssize_t length = read(file, text, sizeof(text));

    if (length < 0)
    {
        fail("read: %s", strerror(errno));
    }
    if ((size_t)length != sizeof(greeting) - 1 || memcmp(text, greeting, (size_t)length) != 0)
    {
        fail("read: %zd bytes that are not the greeting", length);
    }
    printf("read:          %.*s", (int)length, text);

    length = read(file, text, 5);
    if (length != 5 || memcmp(text, greeting, 5) != 0)
    {
        fail("read of 5 bytes: %zd bytes that are not the beginning of the greeting", length);
    }
    printf("read of 5:     %.5s\n", text);
}

static void try_reverse(int file, struct dmf_node_control *envelope)
{
    static const char word[] = "drawer";

    if (control(file, envelope, IOCTL_ECHO_REVERSE, word, 6, 6) != 0)
    {
        fail("ioctl: %s", strerror(errno));
    }
    expect_status(envelope, STATUS_SUCCESS_CODE, "reverse");
    if (envelope->information != 6 || memcmp(envelope->data, "reward", 6) != 0)
    {
        fail("reverse: %llu bytes, \"%.6s\"", (unsigned long long)envelope->information, (const char *)envelope->data);
    }
    printf("reverse:       %s -> %.6s\n", word, (const char *)envelope->data);

    if (control(file, envelope, IOCTL_ECHO_REVERSE, word, 6, 3) != 0)
    {
        fail("ioctl with too little room: %s", strerror(errno));
    }
    expect_status(envelope, STATUS_BUFFER_TOO_SMALL_CODE, "reverse with too little room");
    printf("too small:     STATUS_BUFFER_TOO_SMALL, as it should be\n");
}

static void try_unknown(int file, struct dmf_node_control *envelope)
{
    if (control(file, envelope, CTL_CODE(FILE_DEVICE_UNKNOWN, 0x8FF, METHOD_BUFFERED, FILE_ANY_ACCESS), NULL, 0, 0) != 0)
    {
        fail("ioctl with an unknown code: %s", strerror(errno));
    }
    expect_status(envelope, STATUS_NOT_SUPPORTED_CODE, "unknown code");
    printf("unknown code:  STATUS_NOT_SUPPORTED, as it should be\n");
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

static void try_wait(int file, struct dmf_node_control *envelope)
{
    struct sigaction action = {.sa_handler = on_alarm};
    /* Repeated, because a first signal could come just before the wait begins. */
    struct itimerval timer = {.it_interval = {.tv_usec = 100000}, .it_value = {.tv_usec = 100000}};
    struct itimerval none = {{0}, {0}};

    (void)sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0 || setitimer(ITIMER_REAL, &timer, NULL) != 0)
    {
        fail("timer: %s", strerror(errno));
    }
    if (control(file, envelope, IOCTL_ECHO_WAIT, NULL, 0, 0) == 0)
    {
        fail("wait: it ended by itself, status 0x%08X", (unsigned)envelope->status);
    }
    if (errno != EINTR)
    {
        fail("wait: %s", strerror(errno));
    }
    (void)setitimer(ITIMER_REAL, &none, NULL);
    printf("wait:          ended by a signal, as it should be\n");
}

int main(int count, char **words)
{
    struct dmf_node_control *envelope = malloc(sizeof(*envelope) + MAXIMUM_DATA);
    int file;

    if (count != 2 || envelope == NULL)
    {
        fprintf(stderr, "usage: echo-client NODE\n");
        return 2;
    }
    file = open(words[1], O_RDWR | O_CLOEXEC);
    if (file < 0)
    {
        fail("%s: %s", words[1], strerror(errno));
    }
    printf("opened:        %s\n", words[1]);
    try_read(file);
    try_reverse(file, envelope);
    try_unknown(file, envelope);
    try_wait(file, envelope);
    if (close(file) != 0)
    {
        fail("close: %s", strerror(errno));
    }
    free(envelope);
    printf("closed\n");
    return 0;
}
