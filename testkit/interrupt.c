/* SPDX-License-Identifier: MIT */
/*
 * Interrupts of the test kit's machine.
 */
#include <stdlib.h>

#include "nt/io/interrupt.h"
#include "nt/pnp/devnode.h"
#include "testkit/testkit.h"

static CM_PARTIAL_RESOURCE_DESCRIPTOR describe(const struct testkit_interrupt *interrupt)
{
    CM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = {
        .Type = CmResourceTypeInterrupt,
        .ShareDisposition = (UCHAR)(interrupt->shared ? CmResourceShareShared : CmResourceShareDeviceExclusive),
        .Flags = interrupt->latched ? CM_RESOURCE_INTERRUPT_LATCHED : CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE,
    };

    descriptor.u.Interrupt.Level = interrupt->level;
    descriptor.u.Interrupt.Vector = interrupt->vector;
    descriptor.u.Interrupt.Affinity = (KAFFINITY)-1;
    if (interrupt->messages != 0)
    {
        descriptor.Flags = CM_RESOURCE_INTERRUPT_LATCHED | CM_RESOURCE_INTERRUPT_MESSAGE;
    }
    return descriptor;
}

/* The raw descriptor of messages says how many there are; where the translated one has the level. */
static void make_raw(CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor, const struct testkit_interrupt *interrupt)
{
    if (interrupt->messages != 0)
    {
        descriptor->u.MessageInterrupt.Raw.Reserved = 0;
        descriptor->u.MessageInterrupt.Raw.MessageCount = interrupt->messages;
    }
}

static PCM_RESOURCE_LIST make_list(const struct testkit_interrupt *interrupts, size_t count, bool raw)
{
    PCM_RESOURCE_LIST list = calloc(1, sizeof(*list) + count * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR));
    CM_PARTIAL_RESOURCE_LIST *partial;

    if (list == NULL)
    {
        return NULL;
    }
    list->Count = 1;
    partial = &list->List[0].PartialResourceList;
    partial->Version = 1;
    partial->Revision = 1;
    partial->Count = (ULONG)count;
    for (size_t index = 0; index < count; index++)
    {
        partial->PartialDescriptors[index] = describe(&interrupts[index]);
        if (raw)
        {
            make_raw(&partial->PartialDescriptors[index], &interrupts[index]);
        }
    }
    return list;
}

int32_t testkit_set_interrupts(const char *identifier, const struct testkit_interrupt *interrupts, size_t count)
{
    PCM_RESOURCE_LIST raw = make_list(interrupts, count, true);
    PCM_RESOURCE_LIST translated = make_list(interrupts, count, false);
    int32_t status = STATUS_INSUFFICIENT_RESOURCES;

    if (raw != NULL && translated != NULL)
    {
        status = devnode_set_resources(identifier, raw, translated);
    }
    free(raw);
    free(translated);
    return status;
}

bool testkit_interrupt(uint32_t vector)
{
    return interrupt_raise(vector);
}
