/* SPDX-License-Identifier: MIT */
/*
 * Call sites: looked at once, copied, and written once into each log that has records of them.
 */
#include "nt/debug/recorder.h"

#include <string.h>

#include "dmf_trace.h"
#include "nt/machine.h"

enum
{
    FLAGS_MOST = 256,
    FILE_MOST = 128,
    FUNCTION_MOST = 256,
    FORMAT_MOST = 2048,
};

/* The strings of a site while they are put together. */
struct composition
{
    struct recorder_site *site;
    size_t used;
};

static bool compose(struct composition *to, const char *prefix, const char *text, size_t most)
{
    size_t length = text != NULL ? strnlen(text, most) : 0;
    size_t before = strlen(prefix);

    if (before + length + 1 > RECORDER_SITE_SIZE - 8 - sizeof(*to->site) - to->used)
    {
        return false;
    }
    memcpy(to->site->strings + to->used, prefix, before);
    memcpy(to->site->strings + to->used + before, text, length);
    to->used += before + length + 1;
    to->site->strings[to->used - 1] = 0;
    return true;
}

/* A type that there is no room for is left out as a whole; its values are printed as numbers then. */
static void compose_type(struct composition *to, const struct dmf_trace_type *type)
{
    size_t before = to->used;
    bool fits = compose(to, "", type->name, FILE_MOST);

    for (unsigned int value = 0; fits && value < type->value_count; value++)
    {
        fits = compose(to, "=", type->values[value], FILE_MOST);
    }
    to->used = fits ? to->used : before;
}

static const char *base_name(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;

    return slash != NULL ? slash + 1 : path;
}

/* What of the structure is not text is zero, so that two of them can be compared. */
static void compose_site(struct recorder_site *site, const struct dmf_trace_site *from)
{
    struct composition to = {.site = site};

    site->line = from->line;
    (void)compose(&to, "", from->flags, FLAGS_MOST);
    (void)compose(&to, "", base_name(from->file), FILE_MOST);
    (void)compose(&to, "", from->function, FUNCTION_MOST);
    (void)compose(&to, "", from->format, FORMAT_MOST);
    for (const struct dmf_trace_type *type = from->types; type != NULL && type->name != NULL; type++)
    {
        compose_type(&to, type);
    }
    memset(site->strings + to.used, 0, 8);
    site->size = (uint32_t)ALIGN_UP_BY(sizeof(*site) + to.used + 1, 8);
}

static uint32_t site_hash(const struct recorder_driver *driver, const struct recorder_site *site)
{
    uint32_t hash = 2166136261u ^ (uint32_t)((uintptr_t)driver >> 4) ^ site->line;

    for (size_t index = 0; index < site->size - sizeof(*site); index++)
    {
        hash = (hash ^ (unsigned char)site->strings[index]) * 16777619u;
    }
    return hash % RECORDER_BUCKETS;
}

static bool same_site(const struct recorder_site *one, const struct recorder_site *other)
{
    return one->size == other->size && one->line == other->line &&
           memcmp(one->strings, other->strings, one->size - sizeof(*one)) == 0;
}

static void add_argument(struct recorder_call *call, uint8_t kind, int32_t precision, bool precision_before)
{
    if (call->argument_count < RECORDER_SITE_ARGUMENTS)
    {
        call->arguments[call->argument_count++] =
            (struct recorder_argument){.kind = kind, .precision = precision, .precision_before = precision_before};
    }
}

/* Arguments beyond the table's are not recorded. */
static void parse_format(struct recorder_call *call, const char *format)
{
    struct format_piece piece;

    while (format_next_piece(&format, &piece))
    {
        uint8_t kind = (uint8_t)piece.argument;

        if (piece.width_asterisk)
        {
            add_argument(call, FORMAT_INTEGER, -1, false);
        }
        if (piece.precision_asterisk)
        {
            add_argument(call, FORMAT_INTEGER, -1, false);
        }
        if (kind == FORMAT_EXTENSION)
        {
            kind = recorder_item_argument(piece.start + 2, piece.length - 3);
        }
        if (kind != FORMAT_NONE)
        {
            add_argument(call, kind, piece.precision, piece.precision_asterisk);
        }
    }
}

static const char *site_format(const struct recorder_site *site)
{
    const char *text = site->strings;

    for (int index = 0; index < 3; index++)
    {
        text += strlen(text) + 1;
    }
    return text;
}

static struct recorder_call *call_make(struct recorder_driver *driver, const struct recorder_site *site)
{
    struct recorder_call *call = platform_alloc(sizeof(*call) + site->size);

    if (call == NULL)
    {
        return NULL;
    }
    memset(call, 0, sizeof(*call));
    call->driver = driver;
    call->site = (struct recorder_site *)(void *)(call + 1);
    memcpy(call->site, site, site->size);
    parse_format(call, site_format(call->site));
    return call;
}

static struct recorder_call *bucket_find(struct recorder_call *call, const struct recorder_driver *driver,
                                         const struct recorder_site *site)
{
    while (call != NULL && (call->driver != driver || !same_site(call->site, site)))
    {
        call = call->next;
    }
    return call;
}

/* The call that is known already, or else this one, which needs no memory any more. */
static struct recorder_call *call_publish(struct recorder *recorder, struct recorder_call *call)
{
    struct recorder_call **bucket = &recorder->calls[site_hash(call->driver, call->site)];
    struct recorder_call *known;

    recorder_lock(recorder);
    known = bucket_find(*bucket, call->driver, call->site);
    if (known == NULL && recorder->call_count < RECORDER_SITES)
    {
        call->site->id = recorder->call_count++;
        call->next = *bucket;
        *bucket = known = call;
    }
    recorder_unlock(recorder);
    if (known != call)
    {
        platform_free(call, sizeof(*call) + call->site->size);
    }
    return known;
}

static struct recorder_call *call_learn(struct dmf_trace_site *from)
{
    uint64_t room[RECORDER_SITE_SIZE / 8] = {0};
    struct recorder_site *site = (struct recorder_site *)(void *)room;
    struct recorder_driver *driver = recorder_driver_of(from);
    struct recorder_call *call = NULL;

    if (from->size < sizeof(*from) || driver == NULL)
    {
        return NULL;
    }
    compose_site(site, from);
    call = call_make(driver, site);
    if (call != NULL)
    {
        call = call_publish(&machine()->recorder, call);
        platform_atomic_store(&from->state, call);
    }
    return call;
}

struct recorder_call *recorder_call_of(struct dmf_trace_site *site)
{
    struct recorder_call *call = platform_atomic_load(&site->state);

    if (call == NULL)
    {
        recorder_hold();
        call = call_learn(site);
        recorder_release();
    }
    return call;
}

void recorder_plain_make(struct recorder_plain *plain, const struct dmf_trace_site *from)
{
    static struct recorder_driver nobody;

    memset(plain, 0, sizeof(*plain));
    plain->call.driver = &nobody;
    plain->call.site = (struct recorder_site *)(void *)plain->site;
    compose_site(plain->call.site, from);
    parse_format(&plain->call, site_format(plain->call.site));
}

/* The number of bytes in use is written last, and so is the bit: a reader sees whole sites only. */
static bool site_write(struct recorder_log *log, const struct recorder_site *site)
{
    struct recorder_header *header = log->header;
    uint64_t bit = UINT64_C(1) << (site->id % 64);

    if ((log->sites[site->id / 64] & bit) != 0)
    {
        return true;
    }
    if (site->size > header->sites_size - header->sites_used)
    {
        return false;
    }
    memcpy((char *)header + header->sites_offset + header->sites_used, site, site->size);
    platform_atomic_store(&header->sites_used, header->sites_used + site->size);
    (void)platform_atomic_fetch_or(&log->sites[site->id / 64], bit);
    return true;
}

bool recorder_log_knows(struct recorder_log *log, const struct recorder_call *call)
{
    uint32_t id = call->site->id;
    struct recorder *recorder;
    bool written;

    if ((platform_atomic_load(&log->sites[id / 64]) >> (id % 64) & 1) != 0)
    {
        return true;
    }
    recorder_hold();
    recorder = &machine()->recorder;
    recorder_lock(recorder);
    written = site_write(log, call->site);
    recorder_unlock(recorder);
    recorder_release();
    return written;
}
