/* SPDX-License-Identifier: MIT */
/*
 * Reports about locks.
 */
#include "nt/sync/lock_report.h"

#include <stdio.h>

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"

enum
{
    TEXT_SIZE = 1400,
    PLACE_SIZE = 128,
};

struct text
{
    size_t used;
    char characters[TEXT_SIZE];
};

static __attribute__((format(printf, 2, 3))) void text_print(struct text *text, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text->characters + text->used, sizeof(text->characters) - text->used, format, arguments);
    va_end(arguments);
    text->used += length > 0 ? (size_t)length : 0;
    text->used = text->used < sizeof(text->characters) ? text->used : sizeof(text->characters) - 1;
}

static void print_place(struct text *text, ULONG_PTR address)
{
    char place[PLACE_SIZE];

    platform_describe_address((const void *)address, place, sizeof(place));
    text_print(text, "%s", place);
}

#if defined(NDEBUG)
static void print_history(struct text *text, const void *lock)
{
    (void)text;
    (void)lock;
}
#else
static struct lock_history *history_of(const void *lock)
{
    /* Locks lie in structures of a few words: the upper bits of a product spread their addresses. */
    uint64_t product = (uint64_t)(ULONG_PTR)lock * UINT64_C(0x9E3779B97F4A7C15);

    return &machine()->locks.histories[product >> 32 & (LOCK_HISTORIES - 1)];
}

/* No scheduling point: notes are no part of what is observed. */
void lock_note(const void *lock, enum lock_step step, ULONG_PTR caller)
{
    struct lock_history *history = history_of(lock);
    uint32_t index = __atomic_fetch_add(&history->next, 1, __ATOMIC_RELAXED) % LOCK_HISTORY_STEPS;
    struct lock_note *note = &history->notes[index];

    __atomic_store_n(&note->lock, lock, __ATOMIC_RELAXED);
    __atomic_store_n(&note->caller, caller, __ATOMIC_RELAXED);
    __atomic_store_n(&note->thread, platform_current()->id, __ATOMIC_RELAXED);
    __atomic_store_n(&note->step, (uint32_t)step, __ATOMIC_RELAXED);
}

static void print_note(struct text *text, const struct lock_note *note)
{
    static const char *const steps[] = {
        [LOCK_TAKEN] = "taken",
        [LOCK_SHARED] = "shared",
        [LOCK_RELEASED] = "released",
    };

    text_print(text, "\n    %s by thread %u at ", steps[__atomic_load_n(&note->step, __ATOMIC_RELAXED)],
               __atomic_load_n(&note->thread, __ATOMIC_RELAXED));
    print_place(text, __atomic_load_n(&note->caller, __ATOMIC_RELAXED));
}

/* The newest first. */
static void print_history(struct text *text, const void *lock)
{
    const struct lock_history *history = history_of(lock);
    uint32_t next = __atomic_load_n(&history->next, __ATOMIC_RELAXED);

    bool first = true;

    for (uint32_t step = 1; step <= LOCK_HISTORY_STEPS; step++)
    {
        const struct lock_note *note = &history->notes[(next - step) % LOCK_HISTORY_STEPS];

        if (__atomic_load_n(&note->lock, __ATOMIC_RELAXED) == lock && __atomic_load_n(&note->step, __ATOMIC_RELAXED) != 0)
        {
            text_print(text, "%s", first ? "\n  history, newest first:" : "");
            first = false;
            print_note(text, note);
        }
    }
}
#endif

_Noreturn void lock_misuse_stop(const struct lock_misuse *misuse)
{
    struct text text = {.used = 0};

    text_print(&text, "rule: %s\n  %s %p", misuse->rule, misuse->kind, misuse->lock);
    if (misuse->owner != 0)
    {
        text_print(&text, ", held by thread %u", misuse->owner);
    }
    text_print(&text, "\n  caller: ");
    print_place(&text, misuse->caller);
    print_history(&text, misuse->lock);
    bugcheck_explained(misuse->code, misuse->parameters[0], misuse->parameters[1], misuse->parameters[2],
                       misuse->parameters[3], "%s", text.characters);
}
