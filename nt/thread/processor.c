/* SPDX-License-Identifier: MIT */
/*
 * Processors: how many there are, which one the caller runs on, and keeping a thread on some of them. Groups of 64, as published,
 * in the order in which the system numbers them; one node.
 */
#include "platform/processor.h"

#include "nt/thread/thread.h"

/* What two threads' data should lie apart. */
#define CACHE_LINE 64

static ULONG active_count(void)
{
    return platform_processor_count();
}

static USHORT group_count(void)
{
    return (USHORT)((active_count() + MAXIMUM_PROC_PER_GROUP - 1) / MAXIMUM_PROC_PER_GROUP);
}

static ULONG count_in_group(USHORT group)
{
    ULONG before = (ULONG)group * MAXIMUM_PROC_PER_GROUP;
    ULONG left = before < active_count() ? active_count() - before : 0;

    return left < MAXIMUM_PROC_PER_GROUP ? left : MAXIMUM_PROC_PER_GROUP;
}

static KAFFINITY group_mask(USHORT group)
{
    ULONG count = count_in_group(group);

    return count == MAXIMUM_PROC_PER_GROUP ? ~(KAFFINITY)0 : ((KAFFINITY)1 << count) - 1;
}

static ULONG count_for(USHORT group)
{
    return group == ALL_PROCESSOR_GROUPS ? active_count() : count_in_group(group);
}

/* The thread's object remembers what was asked for; a mask of zero is all. What the system refuses changes nothing. */
static void set_affinity(GROUP_AFFINITY affinity)
{
    PKTHREAD thread = thread_current();

    affinity.Mask &= group_mask(affinity.Group);
    if (affinity.Mask == 0)
    {
        platform_processor_allow_all();
    }
    else if (!platform_processor_allow((uint32_t)affinity.Group * MAXIMUM_PROC_PER_GROUP, affinity.Mask))
    {
        return;
    }
    thread->affinity = affinity;
}

/*
 * Published entry points. Processors neither come nor go while a process runs.
 */
ULONG KeQueryActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
    if (ActiveProcessors != NULL)
    {
        *ActiveProcessors = group_mask(0);
    }
    return count_in_group(0);
}

ULONG KeQueryActiveProcessorCountEx(USHORT GroupNumber)
{
    return count_for(GroupNumber);
}

ULONG KeQueryMaximumProcessorCount(VOID)
{
    return count_in_group(0);
}

ULONG KeQueryMaximumProcessorCountEx(USHORT GroupNumber)
{
    return count_for(GroupNumber);
}

KAFFINITY KeQueryActiveProcessors(VOID)
{
    return group_mask(0);
}

KAFFINITY KeQueryGroupAffinity(USHORT GroupNumber)
{
    return group_mask(GroupNumber);
}

USHORT KeQueryActiveGroupCount(VOID)
{
    return group_count();
}

USHORT KeQueryMaximumGroupCount(VOID)
{
    return group_count();
}

USHORT KeQueryHighestNodeNumber(VOID)
{
    return 0;
}

USHORT KeGetCurrentNodeNumber(VOID)
{
    return 0;
}

USHORT KeQueryNodeMaximumProcessorCount(USHORT NodeNumber)
{
    return NodeNumber == 0 ? (USHORT)count_in_group(0) : 0;
}

VOID KeQueryNodeActiveAffinity(USHORT NodeNumber, PGROUP_AFFINITY Affinity, PUSHORT Count)
{
    KAFFINITY mask = NodeNumber == 0 ? group_mask(0) : 0;

    if (Affinity != NULL)
    {
        *Affinity = (GROUP_AFFINITY){.Mask = mask};
    }
    if (Count != NULL)
    {
        *Count = (USHORT)__builtin_popcountll(mask);
    }
}

NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber)
{
    if (ProcIndex >= active_count())
    {
        return STATUS_INVALID_PARAMETER;
    }
    *ProcNumber = (PROCESSOR_NUMBER){.Group = (USHORT)(ProcIndex / MAXIMUM_PROC_PER_GROUP),
                                     .Number = (UCHAR)(ProcIndex % MAXIMUM_PROC_PER_GROUP)};
    return STATUS_SUCCESS;
}

ULONG KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber)
{
    ULONG index = (ULONG)ProcNumber->Group * MAXIMUM_PROC_PER_GROUP + ProcNumber->Number;

    return ProcNumber->Reserved != 0 || ProcNumber->Number >= count_in_group(ProcNumber->Group) ? INVALID_PROCESSOR_INDEX :
                                                                                                  index;
}

ULONG KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber)
{
    ULONG index = platform_processor_current();

    if (ProcNumber != NULL)
    {
        (void)KeGetProcessorNumberFromIndex(index, ProcNumber);
    }
    return index;
}

ULONG KeGetRecommendedSharedDataAlignment(VOID)
{
    return CACHE_LINE;
}

VOID KeSetSystemAffinityThread(KAFFINITY Affinity)
{
    set_affinity((GROUP_AFFINITY){.Mask = Affinity});
}

KAFFINITY KeSetSystemAffinityThreadEx(KAFFINITY Affinity)
{
    GROUP_AFFINITY before = thread_current()->affinity;

    set_affinity((GROUP_AFFINITY){.Mask = Affinity});
    return before.Mask;
}

VOID KeRevertToUserAffinityThread(VOID)
{
    set_affinity((GROUP_AFFINITY){.Mask = 0});
}

VOID KeRevertToUserAffinityThreadEx(KAFFINITY Affinity)
{
    set_affinity((GROUP_AFFINITY){.Mask = Affinity});
}

VOID KeSetSystemGroupAffinityThread(PGROUP_AFFINITY Affinity, PGROUP_AFFINITY PreviousAffinity)
{
    if (PreviousAffinity != NULL)
    {
        *PreviousAffinity = thread_current()->affinity;
    }
    if (Affinity->Mask != 0 && (Affinity->Mask & ~group_mask(Affinity->Group)) == 0)
    {
        set_affinity(*Affinity);
    }
}

VOID KeRevertToUserGroupAffinityThread(PGROUP_AFFINITY PreviousAffinity)
{
    set_affinity(*PreviousAffinity);
}
