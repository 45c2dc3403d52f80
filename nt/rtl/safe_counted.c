/* SPDX-License-Identifier: MIT */
/*
 * The safe strings of the kernel's flavour that are counted: RtlUnicodeString... A counted string needs no terminator and may
 * fill its buffer, unless the caller asks for one, which then takes a place.
 */
#include <ntifs.h>
#include <ntstrsafe.h>
#include <string.h>

#include "nt/rtl/safe_string.h"

/* A call with flags says what is left in *remaining, which may be NULL. */
struct counted_call
{
    PUNICODE_STRING to;
    bool append;
    bool extended;
    ULONG flags;
    PUNICODE_STRING remaining;
};

/* The destination as characters. */
struct counted_room
{
    WCHAR *text;
    size_t capacity;
    size_t length;
};

static NTSTATUS status_of(enum safe_result result)
{
    return result == SAFE_OK ? STATUS_SUCCESS : result == SAFE_OVERFLOW ? STATUS_BUFFER_OVERFLOW : STATUS_INVALID_PARAMETER;
}

static bool is_valid(PCUNICODE_STRING string, ULONG flags)
{
    if (string == NULL)
    {
        return (flags & STRSAFE_IGNORE_NULL_UNICODE_STRINGS) != 0;
    }
    return NT_SUCCESS(RtlValidateUnicodeString(0, string));
}

/* A text of no characters. */
static struct safe_source nothing(void)
{
    return (struct safe_source){.kind = SAFE_COUNTED, .text = L"", .limit = 0};
}

static bool wants(const struct counted_call *call, ULONG flag)
{
    return call->extended && (call->flags & flag) != 0;
}

static enum safe_result write_counted(const struct counted_call *call, const struct safe_source *from,
                                      struct counted_room *room)
{
    size_t terminator = wants(call, STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED) ? 1 : 0;
    bool cut = false;

    if (room->capacity < room->length + terminator)
    {
        return room->text == NULL ? SAFE_INVALID : SAFE_OVERFLOW;
    }
    if (room->text == NULL)
    {
        return safe_is_empty(from, sizeof(WCHAR)) ? SAFE_OK : SAFE_INVALID;
    }
    room->length +=
        safe_put(from, room->text + room->length, sizeof(WCHAR), room->capacity - room->length - terminator, &cut);
    if (terminator != 0)
    {
        room->text[room->length] = 0;
    }
    return cut ? SAFE_OVERFLOW : SAFE_OK;
}

static void clean_up(const struct counted_call *call, struct counted_room *room, size_t old_length)
{
    if (wants(call, STRSAFE_NO_TRUNCATION))
    {
        room->length = old_length;
    }
    if (wants(call, STRSAFE_FILL_ON_FAILURE))
    {
        memset(room->text, STRSAFE_GET_FILL_PATTERN(call->flags), room->capacity * sizeof(WCHAR));
        room->length = 0;
    }
    if (wants(call, STRSAFE_ZERO_LENGTH_ON_FAILURE))
    {
        room->length = 0;
    }
    if (wants(call, STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED) && room->length < room->capacity)
    {
        room->text[room->length] = 0;
    }
}

static void fill_behind(const struct counted_call *call, const struct counted_room *room)
{
    size_t first = room->length + (wants(call, STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED) ? 1 : 0);

    if (first < room->capacity)
    {
        memset(room->text + first, STRSAFE_GET_FILL_PATTERN(call->flags), (room->capacity - first) * sizeof(WCHAR));
    }
}

static void tell(const struct counted_call *call, const struct counted_room *room)
{
    if (call->to != NULL)
    {
        call->to->Length = (USHORT)(room->length * sizeof(WCHAR));
    }
    if (call->remaining != NULL)
    {
        call->remaining->Length = 0;
        call->remaining->MaximumLength = (USHORT)((room->capacity - room->length) * sizeof(WCHAR));
        call->remaining->Buffer = room->text == NULL ? NULL : room->text + room->length;
    }
}

static NTSTATUS counted_string(const struct counted_call *call, struct safe_source from, bool source_is_valid)
{
    struct counted_room room = {NULL, 0, 0};
    enum safe_result result;
    size_t old_length;

    if (!is_valid(call->to, call->extended ? call->flags : 0))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (call->to != NULL)
    {
        room.text = call->to->Buffer;
        room.capacity = call->to->MaximumLength / sizeof(WCHAR);
        room.length = call->append ? call->to->Length / sizeof(WCHAR) : 0;
    }
    old_length = room.length;
    if (from.text == NULL && wants(call, STRSAFE_IGNORE_NULLS))
    {
        from = nothing();
    }
    if (wants(call, ~(ULONG)STRSAFE_UNICODE_STRING_VALID_FLAGS) || !source_is_valid || from.text == NULL ||
        from.limit > NTSTRSAFE_MAX_LENGTH)
    {
        result = SAFE_INVALID;
    }
    else
    {
        result = write_counted(call, &from, &room);
    }
    if (result == SAFE_OK && wants(call, STRSAFE_FILL_BEHIND))
    {
        fill_behind(call, &room);
    }
    if (result != SAFE_OK && room.text != NULL)
    {
        clean_up(call, &room, old_length);
    }
    tell(call, &room);
    return status_of(result);
}

/* The first `limit` characters of a terminated text. */
static NTSTATUS from_text(struct counted_call call, NTSTRSAFE_PCWSTR text, size_t limit)
{
    return counted_string(&call, (struct safe_source){.kind = SAFE_TEXT, .text = text, .limit = limit}, true);
}

/* The first `limit` characters of a counted one. */
static NTSTATUS from_counted(struct counted_call call, PCUNICODE_STRING source, size_t limit)
{
    bool valid = is_valid(source, call.extended ? call.flags : 0) && limit <= NTSTRSAFE_MAX_LENGTH;
    struct safe_source from = nothing();

    if (valid && source != NULL && source->Buffer != NULL)
    {
        from.text = source->Buffer;
        from.limit = source->Length / sizeof(WCHAR) < limit ? source->Length / sizeof(WCHAR) : limit;
    }
    return counted_string(&call, from, valid);
}

static NTSTATUS from_format(struct counted_call call, NTSTRSAFE_PCWSTR format, struct format_arguments *arguments)
{
    struct safe_source from = {.kind = SAFE_FORMAT, .text = format, .limit = NTSTRSAFE_MAX_LENGTH, .arguments = arguments};

    return counted_string(&call, from, true);
}

#define PLAIN(Append) ((struct counted_call){.to = DestinationString, .append = (Append)})
#define EXTENDED(Append)    \
    ((struct counted_call){ \
        .to = DestinationString, .append = (Append), .extended = true, .flags = Flags, .remaining = RemainingString})

/*
 * Published entry points.
 */
NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source, ULONG Flags)
{
    bool good = (Flags & ~(ULONG)STRSAFE_UNICODE_STRING_VALID_FLAGS) == 0;
    size_t length = 0;

    if (DestinationString == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (Source == NULL && (Flags & STRSAFE_IGNORE_NULLS) != 0)
    {
        Source = L"";
    }
    good =
        good && (Source == NULL || NT_SUCCESS(RtlStringCchLengthW(Source, NTSTRSAFE_UNICODE_STRING_MAX_CCH + 1, &length)));
    memset(DestinationString, 0, sizeof(*DestinationString));
    if (good && Source != NULL)
    {
        DestinationString->Buffer = (PWCH)Source;
        DestinationString->Length = (USHORT)(length * sizeof(WCHAR));
        DestinationString->MaximumLength = (USHORT)((length + (length < NTSTRSAFE_UNICODE_STRING_MAX_CCH)) * sizeof(WCHAR));
    }
    return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source)
{
    return RtlUnicodeStringInitEx(DestinationString, Source, 0);
}

NTSTATUS RtlUnicodeStringValidateEx(PCUNICODE_STRING SourceString, ULONG Flags)
{
    return (Flags & ~(ULONG)STRSAFE_UNICODE_STRING_VALID_FLAGS) == 0 && is_valid(SourceString, Flags) ?
               STATUS_SUCCESS :
               STATUS_INVALID_PARAMETER;
}

NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING SourceString)
{
    return RtlUnicodeStringValidateEx(SourceString, 0);
}

#define STRING_FUNCTIONS(Verb, Append)                                                                    \
    NTSTATUS RtlUnicodeString##Verb##String(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source)   \
    {                                                                                                     \
        return from_text(PLAIN(Append), Source, NTSTRSAFE_MAX_LENGTH);                                    \
    }                                                                                                     \
    NTSTATUS RtlUnicodeString##Verb##StringEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source, \
                                              PUNICODE_STRING RemainingString, ULONG Flags)               \
    {                                                                                                     \
        return from_text(EXTENDED(Append), Source, NTSTRSAFE_MAX_LENGTH);                                 \
    }                                                                                                     \
    NTSTATUS RtlUnicodeString##Verb(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)     \
    {                                                                                                     \
        return from_counted(PLAIN(Append), SourceString, NTSTRSAFE_MAX_LENGTH);                           \
    }                                                                                                     \
    NTSTATUS RtlUnicodeString##Verb##Ex(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString, \
                                        PUNICODE_STRING RemainingString, ULONG Flags)                     \
    {                                                                                                     \
        return from_counted(EXTENDED(Append), SourceString, NTSTRSAFE_MAX_LENGTH);                        \
    }

/* The same with a limit, in characters or, divided by Unit, in bytes. */
#define LIMITED_FUNCTIONS(Measure, Verb, Append, Unit)                                                              \
    NTSTATUS RtlUnicodeString##Measure##Verb##StringN(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,   \
                                                      size_t Count)                                                 \
    {                                                                                                               \
        return from_text(PLAIN(Append), Source, Count / (Unit));                                                    \
    }                                                                                                               \
    NTSTATUS RtlUnicodeString##Measure##Verb##StringNEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source, \
                                                        size_t Count, PUNICODE_STRING RemainingString, ULONG Flags) \
    {                                                                                                               \
        return from_text(EXTENDED(Append), Source, Count / (Unit));                                                 \
    }                                                                                                               \
    NTSTATUS RtlUnicodeString##Measure##Verb##N(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,   \
                                                size_t Count)                                                       \
    {                                                                                                               \
        return from_counted(PLAIN(Append), SourceString, Count / (Unit));                                           \
    }                                                                                                               \
    NTSTATUS RtlUnicodeString##Measure##Verb##NEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString, \
                                                  size_t Count, PUNICODE_STRING RemainingString, ULONG Flags)       \
    {                                                                                                               \
        return from_counted(EXTENDED(Append), SourceString, Count / (Unit));                                        \
    }

STRING_FUNCTIONS(Copy, false)
STRING_FUNCTIONS(Cat, true)
LIMITED_FUNCTIONS(Cch, Copy, false, 1)
LIMITED_FUNCTIONS(Cch, Cat, true, 1)
LIMITED_FUNCTIONS(Cb, Copy, false, sizeof(WCHAR))
LIMITED_FUNCTIONS(Cb, Cat, true, sizeof(WCHAR))

NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Format, va_list Arguments)
{
    struct format_arguments arguments;
    NTSTATUS status;

    va_copy(arguments.list, Arguments);
    status = from_format(PLAIN(false), Format, &arguments);
    va_end(arguments.list);
    return status;
}

NTSTATUS RtlUnicodeStringVPrintfEx(PUNICODE_STRING DestinationString, PUNICODE_STRING RemainingString, ULONG Flags,
                                   NTSTRSAFE_PCWSTR Format, va_list Arguments)
{
    struct format_arguments arguments;
    NTSTATUS status;

    va_copy(arguments.list, Arguments);
    status = from_format(EXTENDED(false), Format, &arguments);
    va_end(arguments.list);
    return status;
}

NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Format, ...)
{
    struct format_arguments arguments;
    NTSTATUS status;

    va_start(arguments.list, Format);
    status = from_format(PLAIN(false), Format, &arguments);
    va_end(arguments.list);
    return status;
}

NTSTATUS RtlUnicodeStringPrintfEx(PUNICODE_STRING DestinationString, PUNICODE_STRING RemainingString, ULONG Flags,
                                  NTSTRSAFE_PCWSTR Format, ...)
{
    struct format_arguments arguments;
    NTSTATUS status;

    va_start(arguments.list, Format);
    status = from_format(EXTENDED(false), Format, &arguments);
    va_end(arguments.list);
    return status;
}
