/* SPDX-License-Identifier: MIT */
/*
 * Coroutines: stacks with a guard page, and a context switch of our own, because swapcontext makes two system calls.
 * AddressSanitizer is told about every switch.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/simulation/internal.h"

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ADDRESS_SANITIZER 1
#endif
#endif

#if defined(FIBER_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

enum
{
    /* As much as sanitized frames or a deep recursion take. Untouched pages cost nothing. */
    STACK_LEAST = 1024 * 1024,
};

/* Saves the callee-saved state on the current stack and its pointer in *save, then continues where load was saved. */
void platform_fiber_switch(void **save, void *load) __attribute__((visibility("hidden")));

#if defined(__x86_64__)
__asm__(".text\n"
        ".p2align 4\n"
        ".hidden platform_fiber_switch\n"
        ".globl platform_fiber_switch\n"
        ".type platform_fiber_switch, @function\n"
        "platform_fiber_switch:\n"
        "    pushq %rbp\n"
        "    pushq %rbx\n"
        "    pushq %r12\n"
        "    pushq %r13\n"
        "    pushq %r14\n"
        "    pushq %r15\n"
        "    subq $8, %rsp\n"
        "    stmxcsr (%rsp)\n"
        "    fnstcw 4(%rsp)\n"
        "    movq %rsp, (%rdi)\n"
        "    movq %rsi, %rsp\n"
        "    ldmxcsr (%rsp)\n"
        "    fldcw 4(%rsp)\n"
        "    addq $8, %rsp\n"
        "    popq %r15\n"
        "    popq %r14\n"
        "    popq %r13\n"
        "    popq %r12\n"
        "    popq %rbx\n"
        "    popq %rbp\n"
        "    ret\n"
        ".size platform_fiber_switch, .-platform_fiber_switch\n");

static void *fiber_prepare(void *top, void (*entry)(void))
{
    /* From low to high: control words, six registers, the entry, and a zero return address that ends every stack walk. The
       entry begins with the stack pointer eight below a multiple of sixteen, as after a call. */
    uint64_t *frame = (uint64_t *)top - 9;

    memset(frame, 0, 9 * sizeof(*frame));
    frame[0] = UINT64_C(0x037f00001f80);
    frame[7] = (uint64_t)(uintptr_t)entry;
    return frame;
}
#elif defined(__aarch64__)
__asm__(".text\n"
        ".p2align 4\n"
        ".hidden platform_fiber_switch\n"
        ".globl platform_fiber_switch\n"
        ".type platform_fiber_switch, %function\n"
        "platform_fiber_switch:\n"
        "    sub sp, sp, #160\n"
        "    stp x19, x20, [sp, #0]\n"
        "    stp x21, x22, [sp, #16]\n"
        "    stp x23, x24, [sp, #32]\n"
        "    stp x25, x26, [sp, #48]\n"
        "    stp x27, x28, [sp, #64]\n"
        "    stp x29, x30, [sp, #80]\n"
        "    stp d8, d9, [sp, #96]\n"
        "    stp d10, d11, [sp, #112]\n"
        "    stp d12, d13, [sp, #128]\n"
        "    stp d14, d15, [sp, #144]\n"
        "    mov x9, sp\n"
        "    str x9, [x0]\n"
        "    mov sp, x1\n"
        "    ldp x19, x20, [sp, #0]\n"
        "    ldp x21, x22, [sp, #16]\n"
        "    ldp x23, x24, [sp, #32]\n"
        "    ldp x25, x26, [sp, #48]\n"
        "    ldp x27, x28, [sp, #64]\n"
        "    ldp x29, x30, [sp, #80]\n"
        "    ldp d8, d9, [sp, #96]\n"
        "    ldp d10, d11, [sp, #112]\n"
        "    ldp d12, d13, [sp, #128]\n"
        "    ldp d14, d15, [sp, #144]\n"
        "    add sp, sp, #160\n"
        "    ret\n"
        ".size platform_fiber_switch, .-platform_fiber_switch\n"
        ".p2align 4\n"
        ".hidden platform_fiber_start\n"
        ".globl platform_fiber_start\n"
        ".type platform_fiber_start, %function\n"
        "platform_fiber_start:\n"
        "    mov x30, xzr\n"
        "    br x19\n"
        ".size platform_fiber_start, .-platform_fiber_start\n");

/* Begins a coroutine: a zero return address ends every stack walk. */
void platform_fiber_start(void) __attribute__((visibility("hidden")));

static void *fiber_prepare(void *top, void (*entry)(void))
{
    uint64_t *frame = (uint64_t *)top - 20;

    memset(frame, 0, 20 * sizeof(*frame));
    frame[0] = (uint64_t)(uintptr_t)entry;
    frame[11] = (uint64_t)(uintptr_t)platform_fiber_start;
    return frame;
}
#else
#error "The simulation needs a context switch for this processor."
#endif

/* Fibers that wait for their next use; and the context of the caller, which has no fiber. */
static struct fiber *free_fibers;
static struct fiber caller;

static struct fiber *fiber_take(size_t stack_size)
{
    struct fiber **place;

    for (place = &free_fibers; *place != NULL; place = &(*place)->next_free)
    {
        struct fiber *fiber = *place;

        if (fiber->stack_size >= stack_size)
        {
            void *stack = fiber->stack;

            stack_size = fiber->stack_size;
            *place = fiber->next_free;
            memset(fiber, 0, sizeof(*fiber));
            fiber->stack = stack;
            fiber->stack_size = stack_size;
            return fiber;
        }
    }
    return NULL;
}

static struct fiber *fiber_make(size_t stack_size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct fiber *fiber = calloc(1, sizeof(*fiber));
    char *memory;

    if (fiber == NULL)
    {
        return NULL;
    }
    memory = mmap(NULL, stack_size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK,
                  -1, 0);
    if (memory == MAP_FAILED)
    {
        free(fiber);
        return NULL;
    }
    mprotect(memory, page, PROT_NONE);
    fiber->stack = memory + page;
    fiber->stack_size = stack_size;
    return fiber;
}

struct fiber *fiber_new(size_t stack_size, void (*entry)(void))
{
    struct fiber *fiber;

    stack_size = stack_size < STACK_LEAST ? STACK_LEAST : (stack_size + STACK_LEAST - 1) / STACK_LEAST * STACK_LEAST;
    fiber = fiber_take(stack_size);
    if (fiber == NULL)
    {
        fiber = fiber_make(stack_size);
    }
    if (fiber == NULL)
    {
        return NULL;
    }
#if defined(FIBER_ADDRESS_SANITIZER)
    /* The last user may have been dropped in the middle of its frames. */
    __asan_unpoison_memory_region(fiber->stack, fiber->stack_size);
#endif
    fiber->stack_pointer = fiber_prepare((char *)fiber->stack + fiber->stack_size, entry);
    return fiber;
}

void fiber_free(struct fiber *fiber)
{
    fiber->next_free = free_fibers;
    free_fibers = fiber;
}

void fiber_entered(struct fiber *self)
{
#if defined(FIBER_ADDRESS_SANITIZER)
    const void *bottom;
    size_t size;

    __sanitizer_finish_switch_fiber(self->fake_stack, &bottom, &size);
    if (caller.stack == NULL)
    {
        /* The first switch of all comes from the caller: that is how its stack becomes known. */
        caller.stack = (void *)(uintptr_t)bottom;
        caller.stack_size = size;
    }
#else
    (void)self;
#endif
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
    int saved = errno;

    from = from != NULL ? from : &caller;
    to = to != NULL ? to : &caller;
#if defined(FIBER_ADDRESS_SANITIZER)
    if (from == &caller)
    {
        caller.stack = NULL;
    }
    __sanitizer_start_switch_fiber(from->state == FIBER_ENDED ? NULL : &from->fake_stack, to->stack, to->stack_size);
#endif
    platform_fiber_switch(&from->stack_pointer, to->stack_pointer);
    fiber_entered(from);
    errno = saved;
}
