/* SPDX-License-Identifier: MIT */
/* Faults: the signals that end a process, on their way to whoever had them before. */
#include <signal.h>
#include <string.h>
#include <ucontext.h>

#include "platform/internal.h"

static const int fault_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};

enum
{
    FAULTS = sizeof(fault_signals) / sizeof(fault_signals[0]),
};

static struct sigaction earlier[FAULTS];
static platform_fault_function *fault_function;
static uint32_t reported;

/* The instruction that faulted, and whether it wrote. */
static void fault_place(struct platform_fault *fault, const ucontext_t *context)
{
#if defined(__x86_64__)
    fault->code = (const void *)context->uc_mcontext.gregs[REG_RIP];
    fault->write = (context->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#elif defined(__aarch64__)
    fault->code = (const void *)context->uc_mcontext.pc;
#endif
}

/* Reports, puts back what was there before, and returns: the instruction faults again, or abort() goes on. */
static void fault_handle(int signal, siginfo_t *information, void *context)
{
    size_t index = 0;

    while (fault_signals[index] != signal)
    {
        index++;
    }
    if (__atomic_exchange_n(&reported, 1, __ATOMIC_ACQ_REL) == 0 && !fatal_is_ending())
    {
        struct platform_fault fault = {.signal = signal, .address = information->si_addr};

        fault_place(&fault, context);
        fault_function(&fault);
    }
    (void)sigaction(signal, &earlier[index], NULL);
}

void platform_fault_handler_install(platform_fault_function *function)
{
    struct sigaction action;

    memset(&action, 0, sizeof(action));
    action.sa_sigaction = fault_handle;
    /* On the alternate stack where a thread has one; a fault while one is reported is left to whoever was there before. */
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    (void)sigemptyset(&action.sa_mask);
    if (__atomic_exchange_n(&fault_function, function, __ATOMIC_ACQ_REL) != NULL)
    {
        return;
    }
    for (size_t index = 0; index < FAULTS; index++)
    {
        (void)sigaction(fault_signals[index], &action, &earlier[index]);
    }
}
