/* SPDX-License-Identifier: MIT */
/* Threads, parking, mutexes, spin locks, conditions, events and once: every result, on real and on simulated threads. */
#include <string.h>

#include "run.h"

enum
{
    THREADS = 3,
};

static void run_threads(platform_thread_function *function, void *argument)
{
    struct platform_thread *threads[THREADS];
    int index;

    for (index = 0; index < THREADS; index++)
    {
        threads[index] = start("worker", function, argument);
    }
    for (index = 0; index < THREADS; index++)
    {
        platform_thread_join(threads[index]);
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- */

struct exclusion
{
    struct platform_mutex mutex;
    struct platform_spinlock spinlock;
    uint32_t inside;
    uint64_t count;
};

static void exclusion_visit(struct exclusion *exclusion)
{
    /* The plain counter is what the thread sanitizer judges, the atomic one is what a simulation judges. */
    platform_require(platform_atomic_fetch_add(&exclusion->inside, 1) == 0);
    exclusion->count++;
    platform_require(platform_atomic_fetch_sub(&exclusion->inside, 1) == 1);
}

static void mutex_worker(void *argument)
{
    struct exclusion *exclusion = argument;
    int round;

    for (round = 0; round < ROUNDS(20000, 4); round++)
    {
        if (round % 4 != 3)
        {
            platform_mutex_lock(&exclusion->mutex);
        }
        else if (!platform_mutex_try_lock(&exclusion->mutex))
        {
            platform_mutex_lock(&exclusion->mutex);
        }
        platform_require(platform_mutex_is_mine(&exclusion->mutex));
        exclusion_visit(exclusion);
        platform_mutex_unlock(&exclusion->mutex);
        platform_require(!platform_mutex_is_mine(&exclusion->mutex));
    }
}

static void mutex_body(void *argument)
{
    struct exclusion exclusion = {.mutex = PLATFORM_MUTEX_INITIALIZER};

    (void)argument;
    run_threads(mutex_worker, &exclusion);
    platform_require(exclusion.count == (uint64_t)THREADS * ROUNDS(20000, 4));
    platform_require(exclusion.mutex.state == 0 && exclusion.mutex.owner == 0);
}

static void spinlock_worker(void *argument)
{
    struct exclusion *exclusion = argument;
    int round;

    for (round = 0; round < ROUNDS(20000, 4); round++)
    {
        platform_spinlock_lock(&exclusion->spinlock);
        platform_require(platform_spinlock_is_mine(&exclusion->spinlock));
        platform_require(!platform_spinlock_try_lock(&exclusion->spinlock));
        exclusion_visit(exclusion);
        platform_spinlock_unlock(&exclusion->spinlock);
    }
}

static void spinlock_body(void *argument)
{
    struct exclusion exclusion = {.spinlock = PLATFORM_SPINLOCK_INITIALIZER};

    (void)argument;
    run_threads(spinlock_worker, &exclusion);
    platform_require(exclusion.count == (uint64_t)THREADS * ROUNDS(20000, 4));
}

/* ---------------------------------------------------------------------------------------------------------------------- */

/* A mailbox of one: each side waits for the other, so that one lost wake-up stops the test for ever. */
struct mailbox
{
    struct platform_mutex mutex;
    struct platform_condition changed;
    bool full;
    uint64_t value;
    uint64_t sum;
};

static void mailbox_put(void *argument)
{
    struct mailbox *mailbox = argument;
    uint64_t value;

    for (value = 1; value <= ROUNDS(20000, 5); value++)
    {
        platform_mutex_lock(&mailbox->mutex);
        while (mailbox->full)
        {
            platform_require(platform_condition_wait(&mailbox->changed, &mailbox->mutex, PLATFORM_FOREVER) == PLATFORM_OK);
        }
        mailbox->full = true;
        mailbox->value = value;
        platform_condition_signal(&mailbox->changed);
        platform_mutex_unlock(&mailbox->mutex);
    }
}

static void mailbox_take(void *argument)
{
    struct mailbox *mailbox = argument;
    int round;

    for (round = 0; round < ROUNDS(20000, 5); round++)
    {
        platform_mutex_lock(&mailbox->mutex);
        while (!mailbox->full)
        {
            platform_condition_wait(&mailbox->changed, &mailbox->mutex, PLATFORM_FOREVER);
        }
        mailbox->full = false;
        mailbox->sum += mailbox->value;
        platform_mutex_unlock(&mailbox->mutex);
        /* Signalling without the mutex is allowed too. */
        platform_condition_signal(&mailbox->changed);
    }
}

static void condition_body(void *argument)
{
    struct mailbox mailbox = {.mutex = PLATFORM_MUTEX_INITIALIZER};
    uint64_t rounds = ROUNDS(20000, 5);

    (void)argument;
    run_two(mailbox_put, mailbox_take, &mailbox);
    platform_require(mailbox.sum == rounds * (rounds + 1) / 2);
    platform_require(mailbox.changed.waiters == 0);
}

struct gate
{
    struct platform_mutex mutex;
    struct platform_condition opened;
    bool open;
};

static void gate_wait(void *argument)
{
    struct gate *gate = argument;

    platform_mutex_lock(&gate->mutex);
    while (!gate->open)
    {
        platform_condition_wait(&gate->opened, &gate->mutex, PLATFORM_FOREVER);
    }
    platform_mutex_unlock(&gate->mutex);
}

static void gate_open(void *argument)
{
    struct gate *gate = argument;

    platform_mutex_lock(&gate->mutex);
    gate->open = true;
    platform_condition_broadcast(&gate->opened);
    platform_mutex_unlock(&gate->mutex);
}

static void broadcast_body(void *argument)
{
    struct gate gate = {.mutex = PLATFORM_MUTEX_INITIALIZER};
    struct platform_thread *waiter = start("waiter", gate_wait, &gate);

    (void)argument;
    run_two(gate_wait, gate_open, &gate);
    platform_thread_join(waiter);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

struct rally
{
    struct platform_event there;
    struct platform_event back;
};

static void rally_there(void *argument)
{
    struct rally *rally = argument;
    int round;

    for (round = 0; round < ROUNDS(20000, 5); round++)
    {
        platform_require(!platform_event_set(&rally->there));
        platform_require(platform_event_wait(&rally->back, PLATFORM_FOREVER) == PLATFORM_OK);
    }
}

static void rally_back(void *argument)
{
    struct rally *rally = argument;
    int round;

    for (round = 0; round < ROUNDS(20000, 5); round++)
    {
        platform_require(platform_event_wait(&rally->there, PLATFORM_FOREVER) == PLATFORM_OK);
        platform_require(!platform_event_is_set(&rally->there));
        platform_require(!platform_event_set(&rally->back));
    }
}

static void automatic_event_body(void *argument)
{
    struct rally rally = {PLATFORM_EVENT_INITIALIZER(false), PLATFORM_EVENT_INITIALIZER(false)};

    (void)argument;
    run_two(rally_there, rally_back, &rally);
    platform_require(rally.there.word == 0 && rally.back.word == 0);
}

static void event_wait_once(void *argument)
{
    platform_require(platform_event_wait(argument, PLATFORM_FOREVER) == PLATFORM_OK);
}

static void event_set_once(void *argument)
{
    platform_event_set(argument);
}

static void manual_event_body(void *argument)
{
    struct platform_event event;
    struct platform_thread *waiter;

    (void)argument;
    platform_event_initialize(&event, true, false);
    waiter = start("waiter", event_wait_once, &event);
    run_two(event_wait_once, event_set_once, &event);
    platform_thread_join(waiter);
    platform_require(platform_event_is_set(&event));
    platform_require(platform_event_wait(&event, 0) == PLATFORM_OK);
    platform_require(platform_event_set(&event));
    platform_require(platform_event_reset(&event));
    platform_require(!platform_event_reset(&event));
    platform_require(platform_event_wait(&event, 0) == PLATFORM_TIMEOUT);
}

/* Every waiter of an automatic event needs a set of its own, whichever of them time out and try again meanwhile. */
static void event_wait_impatient(void *argument)
{
    while (platform_event_wait(argument, platform_deadline_in(1000)) == PLATFORM_TIMEOUT)
    {
    }
}

static void impatient_body(void *argument)
{
    struct platform_event event = PLATFORM_EVENT_INITIALIZER(false);
    struct platform_thread *waiters[THREADS];
    int index;

    (void)argument;
    for (index = 0; index < THREADS; index++)
    {
        waiters[index] = start("impatient", event_wait_impatient, &event);
    }
    for (index = 0; index < THREADS; index++)
    {
        platform_event_set(&event);
        while (platform_event_is_set(&event))
        {
            platform_yield();
        }
    }
    for (index = 0; index < THREADS; index++)
    {
        platform_thread_join(waiters[index]);
    }
    platform_require(event.word == 0);
}

/* The waiter frees the event as soon as it can, while the setter is still inside the call. */
static void short_lived_event_body(void *argument)
{
    int round;

    (void)argument;
    for (round = 0; round < ROUNDS(2000, 3); round++)
    {
        struct platform_event *event = platform_zalloc(sizeof(*event));
        struct platform_thread *setter;

        platform_require(event != NULL);
        setter = start("setter", event_set_once, event);
        platform_require(platform_event_wait(event, PLATFORM_FOREVER) == PLATFORM_OK);
        platform_free(event, sizeof(*event));
        platform_thread_join(setter);
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static void timeout_body(void *argument)
{
    struct platform_mutex mutex = PLATFORM_MUTEX_INITIALIZER;
    struct platform_condition condition = PLATFORM_CONDITION_INITIALIZER;
    struct platform_event event = PLATFORM_EVENT_INITIALIZER(false);
    int64_t deadline = platform_deadline_in(2 * PLATFORM_MILLISECOND);
    uint32_t word = 7;

    (void)argument;
    platform_require(platform_event_wait(&event, deadline) == PLATFORM_TIMEOUT);
    platform_require(platform_now() >= deadline);
    platform_require(event.word == 0);
    platform_event_set(&event);
    platform_require(platform_event_wait(&event, deadline) == PLATFORM_OK);
    platform_require(platform_event_wait(&event, 0) == PLATFORM_TIMEOUT);
    platform_require(platform_event_wait(&event, -5) == PLATFORM_TIMEOUT);

    deadline = platform_deadline_in(2 * PLATFORM_MILLISECOND);
    platform_require(platform_park(deadline) == PLATFORM_TIMEOUT);
    platform_require(platform_now() >= deadline);

    platform_mutex_lock(&mutex);
    deadline = platform_deadline_in(2 * PLATFORM_MILLISECOND);
    while (platform_condition_wait(&condition, &mutex, deadline) == PLATFORM_OK)
    {
    }
    platform_require(platform_now() >= deadline);
    platform_require(platform_mutex_is_mine(&mutex));
    platform_mutex_unlock(&mutex);

    platform_require(platform_wait_word(&word, 8, PLATFORM_FOREVER) == PLATFORM_OK);
    platform_require(platform_wait_word(&word, 7, 0) == PLATFORM_TIMEOUT);

    deadline = platform_deadline_in_100ns(20000);
    platform_sleep_until(deadline);
    platform_require(platform_now() >= deadline);
    platform_sleep_until(0);
    platform_sleep_until(-1);
    platform_require(platform_deadline_in(PLATFORM_FOREVER) == PLATFORM_FOREVER);
    platform_require(platform_deadline_in_100ns(INT64_MAX / 2) == PLATFORM_FOREVER);
    platform_require(platform_deadline_in(0) == 0 && platform_deadline_in(INT64_MIN) == 0);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static void token_body(void *argument)
{
    struct platform_thread *self = platform_current();

    (void)argument;
    platform_require(platform_park(0) == PLATFORM_TIMEOUT);
    platform_unpark(self);
    platform_unpark(self);
    platform_require(platform_park(PLATFORM_FOREVER) == PLATFORM_OK);
    platform_require(platform_park(0) == PLATFORM_TIMEOUT);
    platform_unpark(self);
    platform_require(platform_park(0) == PLATFORM_OK);
}

struct tokens
{
    struct platform_thread *parked;
    uint32_t given;
    uint32_t taken;
};

static void tokens_give(void *argument)
{
    struct tokens *tokens = argument;
    int round;

    for (round = 0; round < ROUNDS(5000, 4); round++)
    {
        platform_atomic_fetch_add(&tokens->given, 1);
        platform_unpark(tokens->parked);
        while (platform_atomic_load(&tokens->taken) != platform_atomic_load(&tokens->given))
        {
            platform_yield();
        }
    }
}

/* A token that meets a time-out is either taken by it or still there: nothing is given twice or lost. */
static void token_timeout_body(void *argument)
{
    struct tokens tokens = {.parked = platform_current()};
    struct platform_thread *giver = start("giver", tokens_give, &tokens);
    uint32_t round = 0;

    (void)argument;
    while (round < ROUNDS(5000, 4))
    {
        if (platform_park(platform_deadline_in(500 + 300 * (round % 7))) == PLATFORM_OK)
        {
            round++;
            platform_require(platform_atomic_load(&tokens.given) == round);
            platform_atomic_fetch_add(&tokens.taken, 1);
        }
    }
    platform_thread_join(giver);
    platform_require(platform_park(0) == PLATFORM_TIMEOUT);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

struct first
{
    struct platform_once once;
    uint32_t runs;
    int made;
};

static void first_make(void *argument)
{
    struct first *first = argument;

    platform_atomic_fetch_add(&first->runs, 1);
    platform_yield();
    first->made = 42;
}

static void first_use(void *argument)
{
    struct first *first = argument;

    platform_once_run(&first->once, first_make, first);
    platform_require(first->made == 42);
}

static void once_body(void *argument)
{
    struct first first = {PLATFORM_ONCE_INITIALIZER, 0, 0};

    (void)argument;
    run_threads(first_use, &first);
    platform_require(first.runs == 1);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static void exit_mark(void *pointer)
{
    *(bool *)pointer = true;
}

struct identity
{
    uint32_t id;
    bool nt_left;
    bool wdf_left;
};

static void identity_take(void *argument)
{
    struct identity *identity = argument;
    struct platform_thread *self = platform_current();

    platform_require(self == platform_current());
    platform_require(self->irql == 0 && self->last_error == 0 && self->nt == NULL && self->wdf == NULL);
    platform_require(strcmp(self->name, "a name that is cut because it i") == 0);
    self->irql = 2;
    self->nt = &identity->nt_left;
    self->nt_exit = exit_mark;
    self->wdf = &identity->wdf_left;
    self->wdf_exit = exit_mark;
    identity->id = self->id;
}

static void thread_body(void *argument)
{
    struct identity identity = {0};
    struct platform_thread *thread;

    (void)argument;
    platform_require(platform_thread_create(&thread, "a name that is cut because it is too long", 512 * 1024, 0,
                                            identity_take, &identity) == 0);
    platform_thread_reference(thread);
    platform_thread_join(thread);
    platform_require(thread->id == identity.id && thread->id != platform_current()->id);
    platform_require(identity.nt_left && identity.wdf_left);
    /* Ended, but referenced: harmless. */
    platform_unpark(thread);
    platform_thread_release(thread);
    platform_require(platform_current()->irql == 0);
}

static void detached_body(void *argument)
{
    struct platform_event event = PLATFORM_EVENT_INITIALIZER(true);

    (void)argument;
    platform_thread_detach(start("detached", event_set_once, &event));
    platform_require(platform_event_wait(&event, PLATFORM_FOREVER) == PLATFORM_OK);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

#define BODY_TEST(name)                   \
    static void name##_test(void **state) \
    {                                     \
        (void)state;                      \
        run_body(name##_body);            \
    }

BODY_TEST(mutex)
BODY_TEST(spinlock)
BODY_TEST(condition)
BODY_TEST(broadcast)
BODY_TEST(automatic_event)
BODY_TEST(manual_event)
BODY_TEST(impatient)
BODY_TEST(short_lived_event)
BODY_TEST(timeout)
BODY_TEST(token)
BODY_TEST(token_timeout)
BODY_TEST(once)
BODY_TEST(thread)
BODY_TEST(detached)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mutex_test),     cmocka_unit_test(spinlock_test),          cmocka_unit_test(condition_test),
        cmocka_unit_test(broadcast_test), cmocka_unit_test(automatic_event_test),   cmocka_unit_test(manual_event_test),
        cmocka_unit_test(impatient_test), cmocka_unit_test(short_lived_event_test), cmocka_unit_test(timeout_test),
        cmocka_unit_test(token_test),     cmocka_unit_test(token_timeout_test),     cmocka_unit_test(once_test),
        cmocka_unit_test(thread_test),    cmocka_unit_test(detached_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
