/* SPDX-License-Identifier: MIT */
/*
 * Lists that are pushed and popped without a lock, in the published header of sixteen bytes.
 *
 * The header holds the first entry, how many there are, and a number that each change raises. Two changes that bring the same
 * entry back still differ in that number, so a pop that was overtaken notices: 48 bits do not come around while one instruction
 * waits.
 */
#include "nt/internal.h"

#include "nt/debug/bugcheck.h"

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

/*
 * What lies behind the first entry. Another thread may have popped and freed it meanwhile; then what is read here is never used,
 * because the exchange fails, and no sanitizer need hear of it. That the memory is still mapped is what the published functions
 * ask of callers too: entries go back to pool, whose small blocks stay mapped.
 */
static inline __attribute__((no_sanitize("address", "thread"))) PSLIST_ENTRY entry_next(PSLIST_ENTRY entry)
{
    return *(PSLIST_ENTRY volatile *)&entry->Next;
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
    } while (!slist_exchange(head, &value, next));
    return slist_first(value);
}

static PSLIST_ENTRY slist_pop(PSLIST_HEADER head)
{
    struct slist_value value = slist_read(head);
    struct slist_value next;
    PSLIST_ENTRY first;

    do
    {
        first = slist_first(value);
        if (first == NULL)
        {
            return NULL;
        }
        next = slist_make(slist_sequence(value) + 1, (uint16_t)(slist_depth(value) - 1), entry_next(first));
    } while (!slist_exchange(head, &value, next));
    return first;
}

static PSLIST_ENTRY slist_flush(PSLIST_HEADER head)
{
    struct slist_value value = slist_read(head);

    do
    {
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
