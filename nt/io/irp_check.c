/* SPDX-License-Identifier: MIT */
/*
 * The history of a packet, and the report when a rule about packets is broken.
 */
#include "nt/io/irp_check.h"

#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/irp_block.h"
#include "nt/machine.h"

#if IRP_CHECKED
static const char *const step_names[] = {
    [IRP_STEP_NONE] = "nothing",       [IRP_STEP_CALLED] = "sent to",      [IRP_STEP_COMPLETED] = "completed by",
    [IRP_STEP_FINISHED] = "came back", [IRP_STEP_CANCELLED] = "cancelled", [IRP_STEP_REUSED] = "reused",
    [IRP_STEP_FREED] = "freed",
};

static void print_history(PIRP irp)
{
    const struct irp_history *history = &irp_block_of(irp)->history;
    uint32_t first = history->count > IRP_HISTORY_EVENTS ? history->count - IRP_HISTORY_EVENTS : 0;

    for (uint32_t index = first; index < history->count; index++)
    {
        const struct irp_event *event = &history->events[index % IRP_HISTORY_EVENTS];

        DbgPrint("  %u: %s %s %s device %p, function %u.%u, called from %p\n", index, step_names[event->step],
                 event->driver[0] != 0 ? "driver" : "", event->driver, event->device, event->major, event->minor,
                 event->caller);
    }
}

/* A freed packet lies in the graveyard; anything else that is not a packet may lie anywhere. */
static bool is_buried(PIRP irp)
{
    struct irp_graveyard *graveyard = &machine()->graveyard;

    for (size_t index = 0; index < ARRAYSIZE(graveyard->blocks); index++)
    {
        if (graveyard->blocks[index] != NULL && irp == &graveyard->blocks[index]->irp)
        {
            return true;
        }
    }
    return false;
}

static void explain(PIRP irp)
{
    if (is_buried(irp) || (irp->Type == IO_TYPE_IRP && irp_has_block(irp)))
    {
        print_history(irp);
    }
}
#else
static void explain(PIRP irp)
{
    (void)irp;
}
#endif

_Noreturn void irp_stop(ULONG code, PIRP irp, const char *rule, const void *caller)
{
    DbgPrint("packet %p: %s (called from %p)\n", irp, rule, caller);
    explain(irp);
    bugcheck(code, (ULONG_PTR)irp, (ULONG_PTR)caller, 0, 0);
}

#if IRP_CHECKED
/* The driver may be gone when the history is read, so its name is copied. */
static void copy_driver_name(struct irp_event *event, PDEVICE_OBJECT device)
{
    const UNICODE_STRING *name = device != NULL ? &device->DriverObject->DriverName : NULL;
    size_t units = name != NULL ? name->Length / sizeof(WCHAR) : 0;
    size_t room = sizeof(event->driver) - 1;
    size_t length = units < room ? units : room;

    for (size_t unit = 0; unit < length; unit++)
    {
        event->driver[unit] = name->Buffer[unit] < 0x7F ? (char)name->Buffer[unit] : '?';
    }
    event->driver[length] = 0;
}

void irp_record(PIRP irp, enum irp_step step, PDEVICE_OBJECT device, const void *caller)
{
    struct irp_history *history;
    struct irp_event *event;

    if (!irp_has_block(irp))
    {
        return;
    }
    history = &irp_block_of(irp)->history;
    event = &history->events[platform_atomic_fetch_add(&history->count, 1) % IRP_HISTORY_EVENTS];
    event->step = (uint8_t)step;
    event->major = 0;
    event->minor = 0;
    if (step == IRP_STEP_CALLED)
    {
        event->major = irp->Tail.Overlay.CurrentStackLocation->MajorFunction;
        event->minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;
    }
    event->device = device;
    event->caller = caller;
    copy_driver_name(event, device);
}

/*
 * STATUS_PENDING promises that the location is marked when it is left. Return and leaving race, and the packet may be sent
 * through the same location again, so each round has a number; who comes second compares.
 */
enum pending_state
{
    PENDING_OPEN,
    PENDING_RETURNED,
    PENDING_LEFT_MARKED,
    PENDING_LEFT_UNMARKED,
    PENDING_ROUND,
};

static const char unmarked_rule[] = "a dispatch routine returned STATUS_PENDING without IoMarkIrpPending";

static uint32_t *pending_word(PIRP irp, CHAR location)
{
    bool kept = irp_has_block(irp) && location >= 1 && location <= IRP_HISTORY_LOCATIONS;

    return kept ? &irp_block_of(irp)->history.pending[location - 1] : NULL;
}

uint32_t irp_check_begin(PDEVICE_OBJECT device, PIRP irp, const void *caller)
{
    uint32_t *word = pending_word(irp, irp->CurrentLocation);
    uint32_t round;

    if (device->Type != IO_TYPE_DEVICE)
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, "sent to something that is not a device object", caller);
    }
    if (irp->CurrentLocation < device->StackSize)
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, "sent to a device whose StackSize is more than the locations left",
                 caller);
    }
    if (word == NULL)
    {
        return 0;
    }
    round = (platform_atomic_load(word) / PENDING_ROUND + 1) * PENDING_ROUND;
    platform_atomic_store(word, round);
    irp_reference(irp);
    return round;
}

void irp_check_end(PIRP irp, CHAR location, uint32_t token, NTSTATUS status, const void *caller)
{
    uint32_t *word;
    uint32_t seen = token;

    if (token == 0)
    {
        return;
    }
    word = &irp_block_of(irp)->history.pending[location - 1];
    if (status == STATUS_PENDING && !platform_atomic_compare_exchange(word, &seen, token + PENDING_RETURNED) &&
        seen == token + PENDING_LEFT_UNMARKED)
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, unmarked_rule, caller);
    }
    irp_release(irp);
}

void irp_check_left(PIRP irp, CHAR location, bool marked_pending)
{
    uint32_t *word = pending_word(irp, location);
    uint32_t before;

    if (word == NULL)
    {
        return;
    }
    before = platform_atomic_load(word);
    while (!platform_atomic_compare_exchange(word, &before,
                                             before / PENDING_ROUND * PENDING_ROUND +
                                                 (marked_pending ? PENDING_LEFT_MARKED : PENDING_LEFT_UNMARKED)))
    {
    }
    if (before % PENDING_ROUND == PENDING_RETURNED && !marked_pending)
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, unmarked_rule, NULL);
    }
}

/* All of the packet but its type, which says that it is none any more; and the history in front of it. */
static void forbid(struct irp_block *block)
{
    size_t offset = offsetof(struct irp_block, irp) + offsetof(IRP, MdlAddress);

    platform_forbid(block->extension, sizeof(block->extension));
    platform_forbid((char *)block + offset, block->size - offset);
}

void irp_bury(struct irp_block *block)
{
    struct irp_graveyard *graveyard = &machine()->graveyard;
    struct irp_block *oldest;

    forbid(block);
    platform_spinlock_lock(&graveyard->lock);
    oldest = graveyard->blocks[graveyard->next];
    graveyard->blocks[graveyard->next] = block;
    graveyard->next = (graveyard->next + 1) % ARRAYSIZE(graveyard->blocks);
    platform_spinlock_unlock(&graveyard->lock);
    if (oldest != NULL)
    {
        platform_allow(oldest, oldest->size);
        irp_block_free(oldest);
    }
}
#endif
