/* SPDX-License-Identifier: MIT */
/*
 * A record: taking the arguments of a call, and putting them into a log.
 */
#include "nt/debug/recorder.h"

#include <string.h>

#include "nt/machine.h"

NTSTATUS recorder_set_folder(const char *folder)
{
    struct recorder *recorder = &machine()->recorder;
    size_t length = folder != NULL ? strlen(folder) : 0;

    if (length >= sizeof(recorder->folder))
    {
        return STATUS_NAME_TOO_LONG;
    }
    recorder_lock(recorder);
    memcpy(recorder->folder, folder != NULL ? folder : "", length);
    recorder->folder[length] = 0;
    recorder_unlock(recorder);
    return STATUS_SUCCESS;
}

/* Words of a record on their way in. */
struct intake
{
    uint64_t *words;
    uint32_t count;
    bool cut;
};

static void take_word(struct intake *intake, uint64_t word)
{
    if (intake->count == RECORDER_RECORD_WORDS)
    {
        intake->cut = true;
        return;
    }
    intake->words[intake->count++] = word;
}

/* Once something is missing, nothing may follow: a reader could not tell what belongs to what. */
static void take_bytes(struct intake *intake, const void *bytes, size_t length, bool cut)
{
    uint32_t room = RECORDER_RECORD_WORDS - intake->count;
    struct recorder_bytes head = {.null = bytes == NULL};
    size_t most;

    if (room == 0 || intake->cut)
    {
        intake->cut = true;
        return;
    }
    most = (room - 1) * sizeof(uint64_t);
    head.length = (uint32_t)(length < most ? length : most);
    head.cut = cut || head.length != length;
    memcpy(&intake->words[intake->count++], &head, sizeof(head));
    if (head.length != 0)
    {
        /* What fills up the last word is a number too when it is written. */
        intake->words[intake->count + (head.length - 1) / 8] = 0;
        memcpy(&intake->words[intake->count], bytes, head.length);
        intake->count += (head.length + 7) / 8;
    }
}

/* A precision bounds what may be read of a string, which need not end then. */
static void take_text(struct intake *intake, const char *text, int32_t precision)
{
    size_t most = precision >= 0 && precision < RECORDER_TEXT_MOST ? (size_t)precision : RECORDER_TEXT_MOST;
    size_t length = text != NULL ? strnlen(text, most) : 0;

    take_bytes(intake, text, length, length == RECORDER_TEXT_MOST && precision != RECORDER_TEXT_MOST && text[length] != 0);
}

static void take_wide_text(struct intake *intake, const WCHAR *text, int32_t precision)
{
    size_t bound = RECORDER_TEXT_MOST / sizeof(WCHAR);
    size_t most = precision >= 0 && (size_t)precision < bound ? (size_t)precision : bound;
    size_t length = 0;

    while (text != NULL && length < most && text[length] != 0)
    {
        length++;
    }
    take_bytes(intake, text, length * sizeof(WCHAR), length == bound && (size_t)precision != bound && text[length] != 0);
}

/* UNICODE_STRING and ANSI_STRING are laid out alike. */
static void take_counted(struct intake *intake, const UNICODE_STRING *string)
{
    const void *bytes = string != NULL ? string->Buffer : NULL;
    size_t length = bytes != NULL ? string->Length : 0;

    take_bytes(intake, bytes, length < RECORDER_TEXT_MOST ? length : RECORDER_TEXT_MOST, length > RECORDER_TEXT_MOST);
}

static void take_guid(struct intake *intake, const GUID *guid)
{
    take_bytes(intake, guid, guid != NULL ? sizeof(*guid) : 0, false);
}

static uint64_t double_word(double value)
{
    uint64_t word;

    memcpy(&word, &value, sizeof(word));
    return word;
}

/* Everything is taken from the list, also what there is no room for. */
static void take_argument(struct intake *intake, const struct recorder_argument *argument, int32_t before,
                          struct format_arguments *arguments)
{
    int32_t precision = argument->precision_before ? before : argument->precision;

    switch (argument->kind)
    {
        case FORMAT_INTEGER_64:
            take_word(intake, va_arg(arguments->list, uint64_t));
            break;
        case FORMAT_DOUBLE:
            take_word(intake, double_word(va_arg(arguments->list, double)));
            break;
        case FORMAT_LONG_DOUBLE:
            take_word(intake, double_word((double)va_arg(arguments->list, long double)));
            break;
        case FORMAT_TEXT:
            take_text(intake, va_arg(arguments->list, const char *), precision);
            break;
        case FORMAT_WIDE_TEXT:
            take_wide_text(intake, va_arg(arguments->list, const WCHAR *), precision);
            break;
        case FORMAT_COUNTED:
        case FORMAT_WIDE_COUNTED:
            take_counted(intake, va_arg(arguments->list, const UNICODE_STRING *));
            break;
        case RECORDER_ARGUMENT_GUID:
            take_guid(intake, va_arg(arguments->list, const GUID *));
            break;
        default:
            platform_fatal("recorder: an argument of kind %u", argument->kind);
    }
}

static uint64_t fixed_word(const struct intake *intake, uint32_t level)
{
    struct recorder_word fixed = {.words = (uint16_t)intake->count, .cut = intake->cut};
    uint64_t word;

    fixed.level = (uint8_t)(level < 255 ? level : 255);
    fixed.irql = platform_current()->irql;
    memcpy(&word, &fixed, sizeof(word));
    return word;
}

uint32_t recorder_take(const struct recorder_call *call, uint32_t level, struct format_arguments *arguments,
                       uint64_t words[RECORDER_RECORD_WORDS])
{
    struct intake intake = {.words = words, .count = RECORDER_FIXED_WORDS};
    const struct recorder_argument *argument = call->arguments;
    int32_t before = -1;

    for (uint32_t left = call->argument_count; left != 0; left--, argument++)
    {
        if (argument->kind == FORMAT_INTEGER)
        {
            before = va_arg(arguments->list, int32_t);
            take_word(&intake, (uint32_t)before);
            continue;
        }
        take_argument(&intake, argument, before, arguments);
    }
    words[0] = platform_atomic_load_relaxed(&call->driver->no_time) ? 0 : (uint64_t)platform_now();
    words[1] = call->site->id | (uint64_t)platform_current()->id << 32;
    words[2] = fixed_word(&intake, level);
    return intake.count;
}

void recorder_put(struct recorder_log *log, const struct recorder_call *call, const uint64_t *words, uint32_t count)
{
    struct recorder_word fixed;
    struct recorder_ring *ring;

    memcpy(&fixed, &words[2], sizeof(fixed));
    ring = &log->rings[fixed.level <= 2 && log->rings[1].cells != NULL];
    if (!recorder_log_knows(log, call) || !recorder_ring_write(ring, words, count))
    {
        (void)platform_atomic_fetch_add(&log->header->dropped, 1);
    }
}
