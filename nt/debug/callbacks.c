/* SPDX-License-Identifier: MIT */
/*
 * Bug check callbacks: their registration, and their one call.
 */
#include "nt/debug/callbacks.h"

#include <string.h>

#include "nt/machine.h"

enum
{
    SECONDARY_MOST = 65536,
    RANGES_MOST = 64,
    /* Whoever says that there is more to come is believed so often. */
    ROUNDS_MOST = 1024,
};

/* Memory for what a callback hands over. Only one bug check runs callbacks, and it must not depend on the heap. */
static _Alignas(16) char secondary_buffer[SECONDARY_MOST];

struct ranges
{
    size_t count;
    struct
    {
        uintptr_t first;
        uintptr_t end;
    } rows[RANGES_MOST];
};

/*
 * Registration.
 */
static ULONG_PTR buffer_checksum(const KBUGCHECK_CALLBACK_RECORD *record)
{
    return (ULONG_PTR)record->CallbackRoutine + (ULONG_PTR)record->Buffer + record->Length + (ULONG_PTR)record->Component;
}

static ULONG_PTR reason_checksum(const KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    return (ULONG_PTR)record->CallbackRoutine + (ULONG_PTR)record->Reason + (ULONG_PTR)record->Component;
}

static bool record_insert(LIST_ENTRY *list, LIST_ENTRY *entry, UCHAR *state)
{
    struct debug_state *debug = &machine()->debug;
    bool inserted;

    platform_spinlock_lock(&debug->lock);
    inserted = *state == BufferEmpty;
    if (inserted)
    {
        InsertTailList(list, entry);
        *state = BufferInserted;
    }
    platform_spinlock_unlock(&debug->lock);
    return inserted;
}

static bool record_remove(LIST_ENTRY *entry, UCHAR *state)
{
    struct debug_state *debug = &machine()->debug;
    bool removed;

    platform_spinlock_lock(&debug->lock);
    removed = *state == BufferInserted;
    if (removed)
    {
        RemoveEntryList(entry);
        *state = BufferEmpty;
    }
    platform_spinlock_unlock(&debug->lock);
    return removed;
}

static bool reason_is_known(KBUGCHECK_CALLBACK_REASON reason)
{
    return reason >= KbCallbackSecondaryDumpData && reason <= KbCallbackTriageDumpData;
}

/*
 * Callbacks with a buffer.
 */
static void buffers_run(struct dump_writer *writer)
{
    LIST_ENTRY *list = &machine()->debug.callbacks;

    for (LIST_ENTRY *entry = list->Flink; entry != list; entry = entry->Flink)
    {
        KBUGCHECK_CALLBACK_RECORD *record = CONTAINING_RECORD(entry, KBUGCHECK_CALLBACK_RECORD, Entry);

        if (record->State != BufferInserted || record->Checksum != buffer_checksum(record))
        {
            continue;
        }
        record->State = BufferStarted;
        record->CallbackRoutine(record->Buffer, record->Length);
        record->State = BufferFinished;
        if (record->Buffer != NULL)
        {
            dump_write(writer, DUMP_BUFFER, (const char *)record->Component, NULL, record->Buffer, record->Length);
        }
    }
}

/*
 * Callbacks with a reason. Each reason has a function that prepares what the callback gets, calls it, and writes what it says.
 */
typedef void reason_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                         KBUGCHECK_REASON_CALLBACK_RECORD *record);

/* The first call asks how much there will be, the second one, where OutBuffer is InBuffer, for the data. */
static void secondary_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                           KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    KBUGCHECK_SECONDARY_DUMP_DATA data = {
        .InBuffer = secondary_buffer, .InBufferLength = SECONDARY_MOST, .MaximumAllowed = SECONDARY_MOST};

    record->CallbackRoutine(record->Reason, record, &data, sizeof(data));
    data.OutBuffer = data.InBuffer;
    data.OutBufferLength = 0;
    record->CallbackRoutine(record->Reason, record, &data, sizeof(data));
    if (data.OutBuffer != NULL && data.OutBufferLength != 0 && data.OutBufferLength <= data.MaximumAllowed)
    {
        dump_write(writer, DUMP_SECONDARY, (const char *)record->Component, &data.Guid, data.OutBuffer,
                   data.OutBufferLength);
    }
}

static void multi_part_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                            KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    KBUGCHECK_SECONDARY_DUMP_DATA_EX data = {
        .InBuffer = secondary_buffer,
        .InBufferLength = SECONDARY_MOST,
        .MaximumAllowed = SECONDARY_MOST,
        .BugCheckCode = header->code,
        .BugCheckParameter1 = header->parameters[0],
        .BugCheckParameter2 = header->parameters[1],
        .BugCheckParameter3 = header->parameters[2],
        .BugCheckParameter4 = header->parameters[3],
    };

    for (int round = 0; round < ROUNDS_MOST; round++)
    {
        data.Flags = 0;
        data.OutBuffer = NULL;
        data.OutBufferLength = 0;
        record->CallbackRoutine(record->Reason, record, &data, sizeof(data));
        if (data.OutBuffer != NULL && data.OutBufferLength != 0 && data.OutBufferLength <= data.MaximumAllowed)
        {
            dump_write(writer, DUMP_SECONDARY, (const char *)record->Component, &data.Guid, data.OutBuffer,
                       data.OutBufferLength);
        }
        if ((data.Flags & KB_SECONDARY_DATA_FLAG_ADDITIONAL_DATA) == 0)
        {
            return;
        }
    }
}

static void remove_pages_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                              KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    KBUGCHECK_REMOVE_PAGES pages = {.BugCheckCode = header->code};

    for (int round = 0; round < ROUNDS_MOST; round++)
    {
        pages.Flags = 0;
        pages.Address = 0;
        pages.Count = 0;
        record->CallbackRoutine(record->Reason, record, &pages, sizeof(pages));
        if ((pages.Flags & KB_ADD_PAGES_FLAG_VIRTUAL_ADDRESS) != 0 && removed->count < RANGES_MOST)
        {
            uintptr_t first = ALIGN_DOWN_BY(pages.Address, PAGE_SIZE);

            removed->rows[removed->count].first = first;
            removed->rows[removed->count].end = first + pages.Count * PAGE_SIZE;
            removed->count++;
        }
        if ((pages.Flags & KB_ADD_PAGES_FLAG_ADDITIONAL_RANGES_EXIST) == 0)
        {
            return;
        }
    }
}

static bool page_is_removed(const struct ranges *removed, uintptr_t page)
{
    for (size_t index = 0; index < removed->count; index++)
    {
        if (page >= removed->rows[index].first && page < removed->rows[index].end)
        {
            return true;
        }
    }
    return false;
}

static void pages_write(struct dump_writer *writer, const struct ranges *removed, const char *component, uintptr_t first,
                        ULONG_PTR count)
{
    for (ULONG_PTR index = 0; index < count; index++)
    {
        uintptr_t page = ALIGN_DOWN_BY(first, PAGE_SIZE) + index * PAGE_SIZE;

        if (!page_is_removed(removed, page))
        {
            dump_write_memory(writer, DUMP_PAGES, component, (const void *)page, PAGE_SIZE);
        }
    }
}

static void add_pages_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                           KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    KBUGCHECK_ADD_PAGES pages = {.BugCheckCode = header->code};

    for (int round = 0; round < ROUNDS_MOST; round++)
    {
        pages.Flags = 0;
        pages.Address = 0;
        pages.Count = 0;
        record->CallbackRoutine(record->Reason, record, &pages, sizeof(pages));
        if ((pages.Flags & KB_ADD_PAGES_FLAG_VIRTUAL_ADDRESS) != 0)
        {
            pages_write(writer, removed, (const char *)record->Component, pages.Address, pages.Count);
        }
        if ((pages.Flags & KB_ADD_PAGES_FLAG_ADDITIONAL_RANGES_EXIST) == 0)
        {
            return;
        }
    }
}

static void triage_call(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                        KBUGCHECK_REASON_CALLBACK_RECORD *record)
{
    KBUGCHECK_TRIAGE_DUMP_DATA data = {
        .Flags = KB_TRIAGE_DUMP_DATA_FLAG_BUGCHECK_ACTIVE,
        .MaxVirtMemSize = SECONDARY_MOST,
        .BugCheckCode = header->code,
        .BugCheckParameter1 = header->parameters[0],
        .BugCheckParameter2 = header->parameters[1],
        .BugCheckParameter3 = header->parameters[2],
        .BugCheckParameter4 = header->parameters[3],
    };

    record->CallbackRoutine(record->Reason, record, &data, sizeof(data));
    if (data.DataArray != NULL)
    {
        triage_write(writer, data.DataArray, (const char *)record->Component);
    }
}

static void reasons_run(struct dump_writer *writer, const struct dump_header *header, struct ranges *removed,
                        KBUGCHECK_CALLBACK_REASON reason, reason_call *call)
{
    LIST_ENTRY *list = &machine()->debug.reason_callbacks;

    for (LIST_ENTRY *entry = list->Flink; entry != list; entry = entry->Flink)
    {
        KBUGCHECK_REASON_CALLBACK_RECORD *record = CONTAINING_RECORD(entry, KBUGCHECK_REASON_CALLBACK_RECORD, Entry);

        if (record->Reason == reason && record->State == BufferInserted && record->Checksum == reason_checksum(record))
        {
            record->State = BufferStarted;
            call(writer, header, removed, record);
            record->State = BufferFinished;
        }
    }
}

void callbacks_watch(struct dump_writer *writer, KBUGCHECK_DUMP_IO_TYPE type, const void *data, size_t size)
{
    LIST_ENTRY *list = &machine()->debug.reason_callbacks;
    KBUGCHECK_DUMP_IO piece = {
        .Offset = writer->offset, .Buffer = (PVOID)(uintptr_t)data, .BufferLength = (ULONG)size, .Type = type};

    for (LIST_ENTRY *entry = list->Flink; entry != list; entry = entry->Flink)
    {
        KBUGCHECK_REASON_CALLBACK_RECORD *record = CONTAINING_RECORD(entry, KBUGCHECK_REASON_CALLBACK_RECORD, Entry);

        if (record->Reason == KbCallbackDumpIo && record->State == BufferInserted &&
            record->Checksum == reason_checksum(record))
        {
            record->CallbackRoutine(KbCallbackDumpIo, record, &piece, sizeof(piece));
        }
    }
}

void callbacks_run(struct dump_writer *writer, const struct dump_header *header)
{
    static struct ranges removed;

    removed.count = 0;
    __atomic_store_n(&machine()->debug.callbacks_thread, platform_current(), __ATOMIC_RELAXED);
    platform_current()->irql = HIGH_LEVEL;
    buffers_run(writer);
    reasons_run(writer, header, &removed, KbCallbackTriageDumpData, triage_call);
    reasons_run(writer, header, &removed, KbCallbackRemovePages, remove_pages_call);
    reasons_run(writer, header, &removed, KbCallbackAddPages, add_pages_call);
    reasons_run(writer, header, &removed, KbCallbackSecondaryDumpData, secondary_call);
    reasons_run(writer, header, &removed, KbCallbackSecondaryMultiPartDumpData, multi_part_call);
}

bool callbacks_run_here(void)
{
    return __atomic_load_n(&machine()->debug.callbacks_thread, __ATOMIC_RELAXED) == platform_current();
}

/* Those that were called can be called, and be taken back, once more. */
void callbacks_rewind(void)
{
    struct debug_state *debug = &machine()->debug;

    __atomic_store_n(&debug->callbacks_thread, NULL, __ATOMIC_RELAXED);
    for (LIST_ENTRY *entry = debug->callbacks.Flink; entry != &debug->callbacks; entry = entry->Flink)
    {
        CONTAINING_RECORD(entry, KBUGCHECK_CALLBACK_RECORD, Entry)->State = BufferInserted;
    }
    for (LIST_ENTRY *entry = debug->reason_callbacks.Flink; entry != &debug->reason_callbacks; entry = entry->Flink)
    {
        CONTAINING_RECORD(entry, KBUGCHECK_REASON_CALLBACK_RECORD, Entry)->State = BufferInserted;
    }
}

/*
 * Published entry points.
 */
BOOLEAN KeRegisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord, PKBUGCHECK_CALLBACK_ROUTINE CallbackRoutine,
                                   PVOID Buffer, ULONG Length, PUCHAR Component)
{
    if (CallbackRecord->State != BufferEmpty)
    {
        return FALSE;
    }
    CallbackRecord->CallbackRoutine = CallbackRoutine;
    CallbackRecord->Buffer = Buffer;
    CallbackRecord->Length = Length;
    CallbackRecord->Component = Component;
    CallbackRecord->Checksum = buffer_checksum(CallbackRecord);
    return record_insert(&machine()->debug.callbacks, &CallbackRecord->Entry, &CallbackRecord->State);
}

BOOLEAN KeDeregisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord)
{
    return record_remove(&CallbackRecord->Entry, &CallbackRecord->State);
}

BOOLEAN KeRegisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord,
                                         PKBUGCHECK_REASON_CALLBACK_ROUTINE CallbackRoutine,
                                         KBUGCHECK_CALLBACK_REASON Reason, PUCHAR Component)
{
    if (CallbackRecord->State != BufferEmpty || !reason_is_known(Reason))
    {
        return FALSE;
    }
    CallbackRecord->CallbackRoutine = CallbackRoutine;
    CallbackRecord->Component = Component;
    CallbackRecord->Reason = Reason;
    CallbackRecord->Checksum = reason_checksum(CallbackRecord);
    return record_insert(&machine()->debug.reason_callbacks, &CallbackRecord->Entry, &CallbackRecord->State);
}

BOOLEAN KeDeregisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord)
{
    return record_remove(&CallbackRecord->Entry, &CallbackRecord->State);
}
