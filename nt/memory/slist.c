/* SPDX-License-Identifier: MIT */
/*
 * Lists that are pushed and popped without a lock, in the published header of sixteen bytes.
 *
 * The header holds the first entry, how many there are, and a number that each change raises. Two changes that bring the same
 * entry back still differ in that number, so a change that was overtaken notices: 48 bits do not come around while one
 * instruction waits.
 *
 * A pop must look behind the first entry, whose owner may free or unmap it as soon as another pop has taken it. Windows lets that
 * read fault and catches it; here the signals of a process belong to its program. So those who take entries away do it one after
 * the other: a mark in a bit to spare says that somebody looks, and only pushes go on meanwhile.
 */
#include "nt/internal.h"

#include "nt/debug/bugcheck.h"
#include "nt/sync/spin.h"

/* The published view of a header as two words: depth and sequence, and the entry with four low bits to spare. */
struct slist_value
{
    uint64_t low;
    uint64_t high;
};

enum
{
    DEPTH_BITS = 16,
};

/* In the word of the entry: a pop looks at the first entry, which stays the list's, though not the first, until the mark goes. */
#define SLIST_POPPING UINT64_C(1)

static inline struct slist_value slist_make(uint64_t sequence, uint16_t depth, PSLIST_ENTRY first)
{
    return (struct slist_value){(sequence << DEPTH_BITS) | depth, (uint64_t)(uintptr_t)first};
}

static inline PSLIST_ENTRY slist_first(struct slist_value value)
{
    return (PSLIST_ENTRY)(uintptr_t)(value.high & ~UINT64_C(15));
}

static inline uint64_t slist_sequence(struct slist_value value)
{
    return value.low >> DEPTH_BITS;
}

static inline uint16_t slist_depth(struct slist_value value)
{
    return (uint16_t)value.low;
}

/* The two words need not belong together: then the exchange fails, and gives those that do. */
static inline struct slist_value slist_read(PSLIST_HEADER head)
{
    struct slist_value value;

    value.low = platform_atomic_load_relaxed(&head->Alignment);
    value.high = platform_atomic_load(&head->Region);
    return value;
}

/* The thread sanitizer does not see what the exchange orders, because it is an instruction and no atomic of the compiler's. */
#if defined(__SANITIZE_THREAD__)
#define SLIST_TELL_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SLIST_TELL_SANITIZER 1
#endif
#endif
#if defined(SLIST_TELL_SANITIZER)
void __tsan_acquire(void *address);
void __tsan_release(void *address);
#else
#define __tsan_acquire(Address) ((void)(Address))
#define __tsan_release(Address) ((void)(Address))
#endif

static inline bool slist_exchange(PSLIST_HEADER head, struct slist_value *expected, struct slist_value desired)
{
    LONGLONG comparand[2] = {(LONGLONG)expected->low, (LONGLONG)expected->high};
    bool exchanged;

    platform_atomic_point();
    __tsan_release(head);
    exchanged = InterlockedCompareExchange128((LONGLONG volatile *)head, (LONGLONG)desired.high, (LONGLONG)desired.low,
                                              comparand) != 0;
    __tsan_acquire(head);
    expected->low = (uint64_t)comparand[0];
    expected->high = (uint64_t)comparand[1];
    return exchanged;
}

/* The half of the entry's word that has the mark. */
static inline uint32_t *slist_mark(PSLIST_HEADER head)
{
    return (uint32_t *)&head->Region;
}

/* Waits until nobody looks at the first entry any more. */
static struct slist_value slist_wait(PSLIST_HEADER head, struct slist_value value)
{
    struct spin spin = SPIN_INITIALIZER;

    while ((value.high & SLIST_POPPING) != 0)
    {
        spin_wait(&spin, slist_mark(head), (uint32_t)value.high, "interlocked list", head, 0);
        value = slist_read(head);
    }
    return value;
}

/* Nobody else takes entries away while the mark is there, so this one is the list's. */
static inline PSLIST_ENTRY entry_next(PSLIST_ENTRY entry)
{
    platform_atomic_point();
    return entry->Next;
}

static PSLIST_ENTRY slist_push(PSLIST_HEADER head, PSLIST_ENTRY first, PSLIST_ENTRY last, uint16_t count)
{
    struct slist_value value = slist_read(head);
    struct slist_value next;

    if (__builtin_expect(((uintptr_t)first & 15) != 0, 0))
    {
        bugcheck_explained(KMODE_EXCEPTION_NOT_HANDLED, (ULONG)STATUS_DATATYPE_MISALIGNMENT, (ULONG_PTR)first, 0, 0,
                           "STATUS_DATATYPE_MISALIGNMENT: an entry of an SLIST_HEADER must be aligned to 16 bytes");
    }
    do
    {
        last->Next = slist_first(value);
        next = slist_make(slist_sequence(value) + 1, (uint16_t)(slist_depth(value) + count), first);
        next.high |= value.high & SLIST_POPPING;
    } while (!slist_exchange(head, &value, next));
    return slist_first(value);
}

/* Puts the mark on a list that has entries; *value is what the list is then. False when there is none. */
static bool slist_begin_pop(PSLIST_HEADER head, struct slist_value *value)
{
    struct slist_value marked;

    *value = slist_read(head);
    do
    {
        if (__builtin_expect((value->high & SLIST_POPPING) != 0, 0))
        {
            *value = slist_wait(head, *value);
        }
        if (slist_first(*value) == NULL)
        {
            return false;
        }
        marked = *value;
        marked.high |= SLIST_POPPING;
    } while (!slist_exchange(head, value, marked));
    *value = marked;
    return true;
}

static PSLIST_ENTRY slist_pop(PSLIST_HEADER head)
{
    struct slist_value value;
    struct slist_value next;
    PSLIST_ENTRY first;

    if (!slist_begin_pop(head, &value))
    {
        return NULL;
    }
    do
    {
        first = slist_first(value);
        next = slist_make(slist_sequence(value) + 1, (uint16_t)(slist_depth(value) - 1), entry_next(first));
    } while (!slist_exchange(head, &value, next));
    spin_wake(slist_mark(head));
    return first;
}

static PSLIST_ENTRY slist_flush(PSLIST_HEADER head)
{
    struct slist_value value = slist_read(head);

    do
    {
        if ((value.high & SLIST_POPPING) != 0)
        {
            value = slist_wait(head, value);
        }
        if (slist_first(value) == NULL)
        {
            return NULL;
        }
    } while (!slist_exchange(head, &value, slist_make(slist_sequence(value) + 1, 0, NULL)));
    return slist_first(value);
}

/*
 * Published entry points.
 */
VOID InitializeSListHead(PSLIST_HEADER SListHead)
{
    if (((uintptr_t)SListHead & 15) != 0)
    {
        bugcheck_explained(KMODE_EXCEPTION_NOT_HANDLED, (ULONG)STATUS_DATATYPE_MISALIGNMENT, (ULONG_PTR)SListHead, 0, 0,
                           "STATUS_DATATYPE_MISALIGNMENT: an SLIST_HEADER must be aligned to 16 bytes");
    }
    SListHead->Alignment = 0;
    SListHead->Region = 0;
}

PSLIST_ENTRY ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
    return slist_push(ListHead, ListEntry, ListEntry, 1);
}

PSLIST_ENTRY InterlockedPushListSList(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd, ULONG Count)
{
    return slist_push(ListHead, List, ListEnd, (uint16_t)Count);
}

PSLIST_ENTRY ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    return slist_pop(ListHead);
}

PSLIST_ENTRY ExpInterlockedFlushSList(PSLIST_HEADER ListHead)
{
    return slist_flush(ListHead);
}

USHORT ExQueryDepthSList(PSLIST_HEADER SListHead)
{
    return (USHORT)platform_atomic_load_relaxed(&SListHead->Alignment);
}
