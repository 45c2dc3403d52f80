/* SPDX-License-Identifier: MIT */
/*
 * count_locked PROGRAM ARGUMENT...: runs the program, steps through what its first thread does between two SIGTRAPs that it
 * raises itself, and prints how many of those instructions lock the bus or a cache line: a lock prefix, or an exchange with
 * memory. For x86-64.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
    /* As many bytes as one word of memory holds: prefixes, opcode and the byte after it are among them. */
    INSTRUCTION_BYTES = 8,
    STEPS_AT_MOST = 20000000,
};

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "count_locked: %s: %s\n", what, strerror(errno));
    exit(1);
}

static bool is_prefix(unsigned char byte)
{
    static const unsigned char prefixes[] = {0x66, 0x67, 0xF2, 0xF3, 0x2E, 0x36, 0x3E, 0x26, 0x64, 0x65};

    return memchr(prefixes, byte, sizeof(prefixes)) != NULL || (byte & 0xF0) == 0x40;
}

static bool is_locked(const unsigned char bytes[INSTRUCTION_BYTES])
{
    size_t at = 0;

    while (at < INSTRUCTION_BYTES - 2 && is_prefix(bytes[at]))
    {
        at++;
    }
    /* An exchange locks by itself, unless both sides are registers. */
    return bytes[at] == 0xF0 || ((bytes[at] == 0x86 || bytes[at] == 0x87) && (bytes[at + 1] & 0xC0) != 0xC0);
}

static bool next_is_locked(pid_t child)
{
    struct user_regs_struct registers;
    unsigned char bytes[INSTRUCTION_BYTES];
    long word;

    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) != 0)
    {
        give_up("registers");
    }
    errno = 0;
    word = ptrace(PTRACE_PEEKTEXT, child, (void *)registers.rip, NULL);
    if (errno != 0)
    {
        give_up("instruction");
    }
    memcpy(bytes, &word, sizeof(bytes));
    return is_locked(bytes);
}

/* Waits for the child's next stop and returns its signal. */
static int wait_for_stop(pid_t child)
{
    int status;

    if (waitpid(child, &status, 0) != child)
    {
        give_up("wait");
    }
    if (!WIFSTOPPED(status))
    {
        fprintf(stderr, "count_locked: the program ended before its signals\n");
        exit(1);
    }
    return WSTOPSIG(status);
}

/* Whether the child stopped because it raised the signal, and not because of a step. */
static bool raised_itself(pid_t child)
{
    siginfo_t information;

    return ptrace(PTRACE_GETSIGINFO, child, NULL, &information) == 0 && information.si_code <= 0;
}

/* Lets the child run until it raises SIGTRAP. Other signals are passed on. */
static void run_to_signal(pid_t child)
{
    int signal_number = 0;

    do
    {
        if (ptrace(PTRACE_CONT, child, NULL, (void *)(intptr_t)signal_number) != 0)
        {
            give_up("continue");
        }
        signal_number = wait_for_stop(child);
    } while (signal_number != SIGTRAP || !raised_itself(child));
}

static uint64_t step_to_signal(pid_t child)
{
    uint64_t locked = 0;

    for (uint64_t step = 0; step < STEPS_AT_MOST; step++)
    {
        locked += next_is_locked(child) ? 1 : 0;
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0)
        {
            give_up("step");
        }
        if (wait_for_stop(child) == SIGTRAP && raised_itself(child))
        {
            return locked;
        }
    }
    fprintf(stderr, "count_locked: no end after %d steps\n", STEPS_AT_MOST);
    exit(1);
}

int main(int count, char **words)
{
    uint64_t locked;
    pid_t child;

    if (count < 2)
    {
        fprintf(stderr, "usage: count_locked PROGRAM ARGUMENT...\n");
        return 2;
    }
    child = fork();
    if (child == 0)
    {
        (void)setenv("DMF_BENCH_STEPPED", "1", 1);
        (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        (void)execv(words[1], words + 1);
        give_up(words[1]);
    }
    if (child < 0)
    {
        give_up("fork");
    }
    (void)wait_for_stop(child);
    run_to_signal(child);
    locked = step_to_signal(child);
    /* It ends by itself, so that it can tidy up. */
    (void)ptrace(PTRACE_DETACH, child, NULL, NULL);
    (void)waitpid(child, NULL, 0);
    printf("%llu\n", (unsigned long long)locked);
    return 0;
}
