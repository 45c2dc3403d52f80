/* SPDX-License-Identifier: MIT */
/*
 * Error entries of drivers. An entry is a packet that the driver fills in; what it says about its own parts is not believed.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/debug/event_log.h"
#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/machine.h"
#include "nt/rtl/string.h"

#define ENTRY_SIGNATURE 0x474C4945u /* "EILG" */

/* Header and packet lie in one block. */
struct error_entry
{
    uint32_t signature;
    uint32_t size;
    /* A driver object, or a device object, which the entry keeps. */
    PVOID object;
    struct lane_post post;
    _Alignas(16) unsigned char packet[];
};

static bool is_driver(const void *object)
{
    return *(const CSHORT *)object == IO_TYPE_DRIVER;
}

PVOID IoAllocateErrorLogEntry(PVOID IoObject, UCHAR EntrySize)
{
    struct error_entry *entry;

    if (IoObject == NULL || EntrySize < FIELD_OFFSET(IO_ERROR_LOG_PACKET, DumpData) || EntrySize > ERROR_LOG_MAXIMUM_SIZE)
    {
        return NULL;
    }
    entry = platform_alloc(sizeof(*entry) + EntrySize);
    if (entry == NULL)
    {
        return NULL;
    }
    memset(entry, 0, sizeof(*entry) + EntrySize);
    entry->signature = ENTRY_SIGNATURE;
    entry->size = EntrySize;
    entry->object = IoObject;
    object_reference(IoObject);
    return entry->packet;
}

static struct error_entry *entry_of(PVOID packet)
{
    struct error_entry *entry = CONTAINING_RECORD(packet, struct error_entry, packet);

    if (packet == NULL || entry->signature != ENTRY_SIGNATURE)
    {
        bugcheck_explained(BAD_POOL_CALLER, (ULONG_PTR)packet, 0, 0, 0,
                           "an error log entry that does not exist, or no longer");
    }
    return entry;
}

static void entry_free(struct error_entry *entry)
{
    object_release(entry->object);
    entry->signature = 0;
    platform_free(entry, sizeof(*entry) + entry->size);
}

VOID IoFreeErrorLogEntry(PVOID ElEntry)
{
    entry_free(entry_of(ElEntry));
}

/* The top two bits of an error code. */
static enum event_log_severity severity_of(NTSTATUS code)
{
    ULONG top = (ULONG)code >> 30;

    return top == 3 ? EVENT_LOG_ERROR : top == 2 ? EVENT_LOG_WARNING : EVENT_LOG_INFORMATION;
}

/* The strings that lie wholly in the entry, as far as there is memory. */
static void take_strings(const struct error_entry *entry, const IO_ERROR_LOG_PACKET *packet, struct event_log_entry *event)
{
    size_t units = entry->size / sizeof(WCHAR);
    size_t at = packet->StringOffset / sizeof(WCHAR);
    const WCHAR *text = (const WCHAR *)(const void *)entry->packet;

    while (event->string_count < packet->NumberOfStrings && event->string_count < EVENT_LOG_STRINGS)
    {
        UNICODE_STRING string = {.Buffer = (WCHAR *)(uintptr_t)&text[at]};
        size_t end = at;

        while (end < units && text[end] != 0)
        {
            end++;
        }
        if (end >= units)
        {
            return;
        }
        string.Length = string.MaximumLength = (USHORT)((end - at) * sizeof(WCHAR));
        event->strings[event->string_count] = string_to_utf8(&string);
        if (event->strings[event->string_count] == NULL)
        {
            return;
        }
        event->string_count++;
        at = end + 1;
    }
}

static void take_data(const struct error_entry *entry, const IO_ERROR_LOG_PACKET *packet, struct event_log_entry *event)
{
    size_t begin = FIELD_OFFSET(IO_ERROR_LOG_PACKET, DumpData);
    size_t room = entry->size - begin;

    event->data = entry->packet + begin;
    event->data_size = packet->DumpDataSize < room ? packet->DumpDataSize : room;
}

/* The part behind the last back slash. */
static const char *last_part(const char *name)
{
    const char *slash = name != NULL ? strrchr(name, '\\') : NULL;

    return slash != NULL ? slash + 1 : name;
}

static void entry_write(struct error_entry *entry)
{
    PDEVICE_OBJECT device = is_driver(entry->object) ? NULL : entry->object;
    PDRIVER_OBJECT driver = device != NULL ? device->DriverObject : entry->object;
    char *driver_name = string_to_utf8(&driver->DriverName);
    char *device_name = device != NULL && devobj_extension(device)->name.Length != 0 ?
                            string_to_utf8(&devobj_extension(device)->name) :
                            NULL;
    IO_ERROR_LOG_PACKET packet = {0};
    struct event_log_entry event = {.has_status = true};

    memcpy(&packet, entry->packet, entry->size < sizeof(packet) ? entry->size : sizeof(packet));
    event.severity = severity_of(packet.ErrorCode);
    event.driver = driver_name != NULL ? last_part(driver_name) : "unknown";
    event.device = device_name;
    event.event = (uint32_t)packet.ErrorCode;
    event.category = packet.EventCategory;
    event.final_status = (uint32_t)packet.FinalStatus;
    event.unique_id = packet.UniqueErrorValue;
    take_strings(entry, &packet, &event);
    take_data(entry, &packet, &event);
    event_log_write(&event);
    while (event.string_count != 0)
    {
        string_free_utf8((char *)(uintptr_t)event.strings[--event.string_count]);
    }
    string_free_utf8(device_name);
    string_free_utf8(driver_name);
    entry_free(entry);
}

static void entry_post(struct lane_post *post, void *context)
{
    (void)context;
    entry_write(CONTAINING_RECORD(post, struct error_entry, post));
}

/* At a raised level somebody else writes, because the log's server may take its time. */
VOID IoWriteErrorLogEntry(PVOID ElEntry)
{
    struct error_entry *entry = entry_of(ElEntry);

    if (platform_current()->irql == PASSIVE_LEVEL)
    {
        entry_write(entry);
        return;
    }
    lane_post(&machine()->debug.event_log_lane, &entry->post, entry_post, NULL);
}
