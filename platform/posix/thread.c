/* SPDX-License-Identifier: MIT */
/* Threads on POSIX threads. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#include "platform/internal.h"

enum
{
    LEAST_STACK = 64 * 1024,
};

static pthread_key_t adopted_key;
static pthread_once_t adopted_once = PTHREAD_ONCE_INIT;

uint32_t thread_next_identifier(void)
{
    static uint32_t last;

    return __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED);
}

uint64_t random_seed(void)
{
    uint64_t seed = 0;

    while (getrandom(&seed, sizeof(seed), 0) < 0 && errno == EINTR)
    {
    }
    return seed;
}

void fatal_begin(const char *text)
{
    (void)text;
}

void fatal_context(int descriptor)
{
    (void)descriptor;
}

void thread_record_free(struct platform_thread *thread)
{
    platform_free(thread, sizeof(*thread));
}

static void adopted_end(void *value)
{
    struct platform_thread *thread = value;

    /* Later destructors of the same thread may need the record: they get a new one and come back here. */
    platform_current_thread = thread;
    thread_record_exit(thread);
    platform_current_thread = NULL;
    platform_thread_release(thread);
}

static void adopted_prepare(void)
{
    int error = pthread_key_create(&adopted_key, adopted_end);

    if (error != 0)
    {
        platform_fatal("no thread key is left: error %d", error);
    }
}

struct platform_thread *platform_thread_adopt(void)
{
    struct platform_thread *thread = memory_zalloc_always(sizeof(*thread));

    if (thread == NULL)
    {
        abort();
    }
    thread_record_initialize(thread, "", 0);
    thread->native = (uintptr_t)pthread_self();
    pthread_getname_np(pthread_self(), thread->name, sizeof(thread->name));
    platform_current_thread = thread;
    pthread_once(&adopted_once, adopted_prepare);
    pthread_setspecific(adopted_key, thread);
    return thread;
}

static void *thread_main(void *argument)
{
    struct platform_thread *thread = argument;
    char name[16];

    platform_current_thread = thread;
    /* The kernel keeps fifteen characters of a name. */
    memcpy(name, thread->name, sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    pthread_setname_np(pthread_self(), name);
    /* The default slack of 50 microseconds would be added to every timed wait. */
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    thread->function(thread->argument);
    thread_record_exit(thread);
    platform_current_thread = NULL;
    platform_thread_release(thread);
    return NULL;
}

/* Asynchronous signals belong to the threads of the program; the synchronous ones must reach their handlers. */
static void signals_block(sigset_t *saved)
{
    sigset_t blocked;

    sigfillset(&blocked);
    sigdelset(&blocked, SIGSEGV);
    sigdelset(&blocked, SIGBUS);
    sigdelset(&blocked, SIGFPE);
    sigdelset(&blocked, SIGILL);
    sigdelset(&blocked, SIGTRAP);
    sigdelset(&blocked, SIGSYS);
    sigdelset(&blocked, SIGABRT);
    sigdelset(&blocked, SIGPROF);
    pthread_sigmask(SIG_SETMASK, &blocked, saved);
}

int platform_thread_create(struct platform_thread **thread, const char *name, size_t stack_size, uint32_t flags,
                           platform_thread_function *function, void *argument)
{
    struct platform_thread *record = thread_record_new(name, flags);
    pthread_attr_t attributes;
    pthread_t native;
    sigset_t saved;
    int error;

    if (record == NULL)
    {
        return ENOMEM;
    }
    record->function = function;
    record->argument = argument;
    /* One reference for the owner of the handle and one for the thread. */
    record->references = 2;
    error = pthread_attr_init(&attributes);
    if (error == 0)
    {
        if (stack_size != 0)
        {
            size_t page = (size_t)sysconf(_SC_PAGESIZE);

            stack_size = stack_size < LEAST_STACK ? LEAST_STACK : (stack_size + page - 1) & ~(page - 1);
            error = pthread_attr_setstacksize(&attributes, stack_size);
        }
        if (error == 0)
        {
            signals_block(&saved);
            error = pthread_create(&native, &attributes, thread_main, record);
            pthread_sigmask(SIG_SETMASK, &saved, NULL);
        }
        pthread_attr_destroy(&attributes);
    }
    if (error != 0)
    {
        thread_record_free(record);
        return error;
    }
    record->native = (uintptr_t)native;
    *thread = record;
    return 0;
}

void platform_thread_join(struct platform_thread *thread)
{
    int error;

    platform_require(thread != platform_current());
    error = pthread_join((pthread_t)thread->native, NULL);
    if (error != 0)
    {
        platform_fatal("thread %u (%s) cannot be joined: error %d", thread->id, thread->name, error);
    }
    platform_thread_release(thread);
}

void platform_thread_detach(struct platform_thread *thread)
{
    pthread_detach((pthread_t)thread->native);
    platform_thread_release(thread);
}

void platform_yield(void)
{
    sched_yield();
}
