/* SPDX-License-Identifier: MIT */
/*
 * Logs: the default log of each driver, and those that a driver makes. Which driver calls is what image the call comes from.
 */
#include "nt/debug/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"

#include <wpprecorder.h>

/* "rlog". */
#define LOG_SIGNATURE 0x676F6C72u

enum
{
    DEFAULT_LOG_BYTES = 256 * 1024,
    DEFAULT_SITES_BYTES = 256 * 1024,
    NAMED_LOG_BYTES = 4096,
    NAMED_SITES_BYTES = 64 * 1024,
    LEAST_CELLS = 2 * RECORDER_RECORD_CELLS,
    MOST_BYTES = 256 * 1024 * 1024,
};

/* What a log is to be. */
struct log_plan
{
    struct recorder_driver *driver;
    const char *name;
    size_t sites;
    /* Bytes of each ring; zero for none. */
    size_t rings[RECORDER_RINGS];
};

/* No smaller than two of the largest records. */
static uint64_t cells_for(size_t bytes)
{
    uint64_t cells = LEAST_CELLS;

    while (bytes != 0 && cells * sizeof(struct recorder_cell) < bytes)
    {
        cells *= 2;
    }
    return bytes != 0 ? cells : 0;
}

static size_t plan_size(const struct log_plan *plan)
{
    return RECORDER_HEADER_SIZE + plan->sites +
           (size_t)(cells_for(plan->rings[0]) + cells_for(plan->rings[1])) * sizeof(struct recorder_cell);
}

static void log_lay_out(struct recorder_log *log, const struct log_plan *plan)
{
    struct recorder_header *header = log->header;
    uint64_t offset = RECORDER_HEADER_SIZE + plan->sites;

    header->version = RECORDER_VERSION;
    header->process = platform_process_id();
    header->size = log->size;
    header->wall_time = platform_wall_time_100ns();
    header->clock = platform_now();
    header->sites_offset = RECORDER_HEADER_SIZE;
    header->sites_size = plan->sites;
    (void)snprintf(header->driver, sizeof(header->driver), "%s", plan->driver->name);
    (void)snprintf(header->log, sizeof(header->log), "%s", plan->name);
    memcpy(header->providers, plan->driver->providers, sizeof(header->providers));
    for (size_t index = 0; index < RECORDER_RINGS; index++)
    {
        struct recorder_ring_header *ring = &header->rings[index];

        ring->offset = offset;
        ring->cells = cells_for(plan->rings[index]);
        log->rings[index] = (struct recorder_ring){
            .cells = ring->cells != 0 ? (struct recorder_cell *)(void *)((char *)header + offset) : NULL,
            .mask = ring->cells - 1,
            .head = &ring->head};
        offset += ring->cells * sizeof(struct recorder_cell);
    }
    /* Last: a file without the mark is none yet. */
    memcpy(header->magic, RECORDER_MAGIC, sizeof(header->magic));
}

/* The one that was set, or that the environment names; empty for none. */
static const char *recorder_folder(const struct recorder *recorder)
{
    const char *folder = recorder->folder[0] != 0 ? recorder->folder : getenv("DMF_RECORDER_FOLDER");

    return folder != NULL && strlen(folder) < RECORDER_FOLDER_SIZE ? folder : "";
}

/* In the folder, and where that cannot be, in memory. */
static struct recorder_header *log_map(struct recorder *recorder, struct recorder_log *log, const struct log_plan *plan)
{
    void *memory = NULL;

    recorder_lock(recorder);
    if (recorder_folder(recorder)[0] != 0)
    {
        (void)snprintf(log->path, sizeof(log->path), "%s/%s.%u.%u.recorder", recorder_folder(recorder), plan->driver->name,
                       platform_process_id(), recorder->file_number++);
    }
    recorder_unlock(recorder);
    if (log->path[0] != 0)
    {
        memory = platform_file_map_new(log->path, log->size);
    }
    if (memory == NULL)
    {
        log->path[0] = 0;
        memory = platform_file_map_new(NULL, log->size);
    }
    return memory;
}

static struct recorder_log *log_structure(struct recorder *recorder)
{
    struct recorder_log *log;

    recorder_lock(recorder);
    log = recorder->free_logs;
    if (log != NULL)
    {
        recorder->free_logs = log->next;
    }
    recorder_unlock(recorder);
    return log != NULL ? log : platform_alloc(sizeof(*log));
}

static void log_put_away(struct recorder *recorder, struct recorder_log *log)
{
    log->next = recorder->free_logs;
    recorder->free_logs = log;
}

/* Not in any list yet. */
static struct recorder_log *log_make_held(struct recorder *recorder, const struct log_plan *plan)
{
    struct recorder_log *log = log_structure(recorder);

    if (log == NULL)
    {
        return NULL;
    }
    memset(log, 0, sizeof(*log));
    log->driver = plan->driver;
    log->references = 1;
    log->size = plan_size(plan);
    log->header = log_map(recorder, log, plan);
    if (log->header == NULL)
    {
        recorder_lock(recorder);
        log_put_away(recorder, log);
        recorder_unlock(recorder);
        return NULL;
    }
    log_lay_out(log, plan);
    log->signature = LOG_SIGNATURE;
    return log;
}

static struct recorder_log *log_make(const struct log_plan *plan)
{
    struct recorder *recorder = &machine()->recorder;
    struct recorder_log *log;

    recorder_hold();
    log = log_make_held(recorder, plan);
    recorder_release();
    return log;
}

static void log_remove(struct recorder *recorder, struct recorder_log *log)
{
    struct recorder_log **link = &recorder->logs;

    while (*link != NULL && *link != log)
    {
        link = &(*link)->next;
    }
    if (*link != NULL)
    {
        *link = log->next;
    }
}

/* A log that its driver deletes takes its file along; what a dead process leaves stays. */
void recorder_log_release(struct recorder_log *log)
{
    struct recorder *recorder = &machine()->recorder;

    recorder_lock(recorder);
    if (--log->references != 0)
    {
        recorder_unlock(recorder);
        return;
    }
    log_remove(recorder, log);
    recorder_unlock(recorder);
    if (log->path[0] != 0)
    {
        platform_file_remove(log->path);
    }
    platform_file_unmap(log->header, log->size);
    recorder_lock(recorder);
    log_put_away(recorder, log);
    recorder_unlock(recorder);
}

static void log_list(struct recorder *recorder, struct recorder_log *log)
{
    log->next = recorder->logs;
    recorder->logs = log;
}

struct recorder_log *recorder_log_of(const void *handle)
{
    struct recorder_log *log = (struct recorder_log *)(uintptr_t)handle;

    return log != NULL && platform_atomic_load_relaxed(&log->signature) == LOG_SIGNATURE ? log : NULL;
}

/*
 * Drivers.
 */

static struct recorder_driver *driver_find(struct recorder *recorder, const char *name)
{
    struct recorder_driver *driver = recorder->drivers;

    while (driver != NULL && strcmp(driver->name, name) != 0)
    {
        driver = driver->next;
    }
    return driver;
}

static struct recorder_driver *driver_find_locked(struct recorder *recorder, const char *name)
{
    struct recorder_driver *driver;

    recorder_lock(recorder);
    driver = driver_find(recorder, name);
    recorder_unlock(recorder);
    return driver;
}

static struct recorder_driver *driver_named(struct recorder *recorder, const char *name)
{
    struct recorder_driver *known;
    struct recorder_driver *made;

    known = driver_find_locked(recorder, name);
    made = known == NULL ? platform_alloc(sizeof(*made)) : NULL;
    if (made == NULL)
    {
        return known;
    }
    memset(made, 0, sizeof(*made));
    memcpy(made->name, name, strlen(name) + 1);
    recorder_lock(recorder);
    known = driver_find(recorder, name);
    if (known == NULL)
    {
        made->next = recorder->drivers;
        recorder->drivers = known = made;
    }
    recorder_unlock(recorder);
    if (known != made)
    {
        platform_free(made, sizeof(*made));
    }
    return known;
}

/* A driver that is loaded again finds what it had. */
struct recorder_driver *recorder_driver_of(const void *address)
{
    const char *path = platform_image_path(address);
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    char name[RECORDER_NAME_SIZE];
    struct recorder_driver *driver;

    (void)snprintf(name, sizeof(name), "%s", slash != NULL ? slash + 1 : path != NULL && path[0] != 0 ? path : "unknown");
    recorder_hold();
    driver = driver_named(&machine()->recorder, name);
    recorder_release();
    return driver;
}

/* A driver that is loaded again says the same again, and nothing is written. */
void recorder_driver_provides(struct recorder_driver *driver, const char *providers)
{
    struct recorder *recorder = &machine()->recorder;

    if (driver == NULL)
    {
        return;
    }
    recorder_lock(recorder);
    if (strcmp(driver->providers, providers) != 0)
    {
        (void)snprintf(driver->providers, sizeof(driver->providers), "%s", providers);
        for (struct recorder_log *log = recorder->logs; log != NULL; log = log->next)
        {
            if (log->driver == driver)
            {
                memcpy(log->header->providers, driver->providers, sizeof(driver->providers));
            }
        }
    }
    recorder_unlock(recorder);
}

static struct recorder_log *default_log_make(struct recorder_driver *driver)
{
    const struct log_plan plan = {driver, "", DEFAULT_SITES_BYTES, {DEFAULT_LOG_BYTES, 0}};
    struct recorder *recorder = &machine()->recorder;
    struct recorder_log *made = log_make(&plan);
    struct recorder_log *log;

    if (made == NULL)
    {
        return NULL;
    }
    recorder_lock(recorder);
    log = driver->log;
    if (log == NULL)
    {
        log_list(recorder, made);
        platform_atomic_store(&driver->log, made);
        log = made;
    }
    recorder_unlock(recorder);
    if (log != made)
    {
        recorder_log_release(made);
    }
    return log;
}

struct recorder_log *recorder_default_log(struct recorder_driver *driver)
{
    struct recorder_log *log = platform_atomic_load(&driver->log);

    if (platform_atomic_load_relaxed(&driver->no_default_log))
    {
        return NULL;
    }
    if (log == NULL)
    {
        recorder_hold();
        log = default_log_make(driver);
        recorder_release();
    }
    return log;
}

/*
 * Readers.
 */

static struct recorder_log *log_reference(struct recorder_log *log)
{
    if (log != NULL)
    {
        log->references++;
    }
    return log;
}

struct recorder_log *recorder_log_find(const char *driver, const char *log)
{
    struct recorder *recorder = &machine()->recorder;
    struct recorder_log *found;

    recorder_lock(recorder);
    found = recorder->logs;
    while (found != NULL && (strcmp(found->header->driver, driver) != 0 || strcmp(found->header->log, log) != 0))
    {
        found = found->next;
    }
    (void)log_reference(found);
    recorder_unlock(recorder);
    return found;
}

struct recorder_log *recorder_log_at(size_t index)
{
    struct recorder *recorder = &machine()->recorder;
    struct recorder_log *found;

    recorder_lock(recorder);
    found = recorder->logs;
    for (; found != NULL && index != 0; index--)
    {
        found = found->next;
    }
    (void)log_reference(found);
    recorder_unlock(recorder);
    return found;
}

static void ring_begin_run(struct recorder_ring *ring)
{
    for (uint64_t index = 0; ring->cells != NULL && index <= ring->mask; index++)
    {
        if ((ring->cells[index].stamp & RECORDER_CELL_BUSY) != 0)
        {
            ring->cells[index].stamp = 0;
        }
    }
}

void recorder_begin_run(struct recorder *recorder)
{
    for (struct recorder_log *log = recorder->logs; log != NULL; log = log->next)
    {
        ring_begin_run(&log->rings[0]);
        ring_begin_run(&log->rings[1]);
    }
}

/*
 * Published entry points.
 */

/* A driver that names a log that there is not. */
static struct recorder_log *log_required(RECORDER_LOG handle)
{
    struct recorder_log *log = recorder_log_of(handle);

    if (log == NULL)
    {
        bugcheck_explained(BAD_POOL_CALLER, (ULONG_PTR)handle, 0, 0, 0, "a RECORDER_LOG that does not exist, or no longer");
    }
    return log;
}

static NTSTATUS log_create(const RECORDER_LOG_CREATE_PARAMS *parameters, struct recorder_driver *driver,
                           RECORDER_LOG *ret_log)
{
    struct recorder *recorder = &machine()->recorder;
    struct log_plan plan = {.driver = driver, .sites = NAMED_SITES_BYTES};
    char name[RECORDER_LOG_IDENTIFIER_MAX_CHARS + 1] = {0};
    struct recorder_log *log;

    memcpy(name, parameters->LogIdentifier, RECORDER_LOG_IDENTIFIER_MAX_CHARS);
    plan.name = name;
    plan.rings[0] = parameters->TotalBufferSize != 0 ? parameters->TotalBufferSize : NAMED_LOG_BYTES;
    plan.rings[1] = parameters->ErrorPartitionSize;
    plan.rings[0] -= plan.rings[1] < plan.rings[0] ? plan.rings[1] : 0;
    log = driver != NULL ? log_make(&plan) : NULL;
    if (log == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    recorder_lock(recorder);
    log_list(recorder, log);
    recorder_unlock(recorder);
    *ret_log = (RECORDER_LOG)(void *)log;
    return STATUS_SUCCESS;
}

NTSTATUS WppRecorderLogCreate(PRECORDER_LOG_CREATE_PARAMS CreateParams, RECORDER_LOG *RecorderLog)
{
    if (RecorderLog == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    *RecorderLog = NULL;
    if (CreateParams == NULL || CreateParams->Size != sizeof(*CreateParams) || CreateParams->TotalBufferSize > MOST_BYTES ||
        CreateParams->ErrorPartitionSize >
            (CreateParams->TotalBufferSize != 0 ? CreateParams->TotalBufferSize : NAMED_LOG_BYTES))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return log_create(CreateParams, recorder_driver_of(__builtin_return_address(0)), RecorderLog);
}

VOID WppRecorderLogDelete(RECORDER_LOG RecorderLog)
{
    struct recorder_log *log = log_required(RecorderLog);

    if (platform_atomic_load(&log->driver->log) == log)
    {
        bugcheck_explained(BAD_POOL_CALLER, (ULONG_PTR)log, 0, 0, 0, "a driver's default log is not deleted by the driver");
    }
    platform_atomic_store(&log->signature, 0);
    recorder_log_release(log);
}

RECORDER_LOG WppRecorderLogGetDefault(VOID)
{
    struct recorder_driver *driver = recorder_driver_of(__builtin_return_address(0));

    return driver != NULL ? (RECORDER_LOG)(void *)recorder_default_log(driver) : NULL;
}

BOOLEAN WppRecorderIsDefaultLogAvailable(VOID)
{
    struct recorder_driver *driver = recorder_driver_of(__builtin_return_address(0));

    return driver != NULL && recorder_default_log(driver) != NULL;
}

VOID WppRecorderConfigure(PRECORDER_CONFIGURE_PARAMS ConfigureParams)
{
    struct recorder_driver *driver = recorder_driver_of(__builtin_return_address(0));

    if (driver == NULL || ConfigureParams == NULL || ConfigureParams->Size != sizeof(*ConfigureParams))
    {
        return;
    }
    platform_atomic_store_relaxed(&driver->no_default_log, !ConfigureParams->CreateDefaultLog);
    platform_atomic_store_relaxed(&driver->no_time, ConfigureParams->UseTimeStamp == WppFalse);
}

NTSTATUS WppRecorderLogSetIdentifier(RECORDER_LOG RecorderLog, PCSTR LogIdentifier)
{
    struct recorder_log *log = recorder_log_of(RecorderLog);
    struct recorder *recorder = &machine()->recorder;

    if (log == NULL || LogIdentifier == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    recorder_lock(recorder);
    (void)snprintf(log->header->log, RECORDER_LOG_IDENTIFIER_MAX_CHARS, "%s", LogIdentifier);
    recorder_unlock(recorder);
    return STATUS_SUCCESS;
}

/* The data stay the log's, and live as long as it does. */
static NTSTATUS log_data(const struct recorder_log *log, PVOID *ret_data, PULONG ret_length, LPGUID ret_guid)
{
    static const GUID kind = {0x9C0E6B51, 0x3F77, 0x4E0B, {0x8A, 0x55, 0x21, 0xD8, 0x60, 0x4F, 0x0D, 0x3A}};

    if (ret_data == NULL || ret_length == NULL || ret_guid == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (log == NULL)
    {
        return STATUS_NOT_FOUND;
    }
    *ret_data = log->header;
    *ret_length = (ULONG)log->size;
    *ret_guid = kind;
    return STATUS_SUCCESS;
}

NTSTATUS WppRecorderDumpLiveDriverData(PVOID *OutBuffer, PULONG OutBufferLength, LPGUID Guid)
{
    struct recorder_driver *driver = recorder_driver_of(__builtin_return_address(0));

    return log_data(driver != NULL ? recorder_default_log(driver) : NULL, OutBuffer, OutBufferLength, Guid);
}

NTSTATUS WppRecorderLogDumpLiveData(RECORDER_LOG RecorderLog, PVOID *OutBuffer, PULONG OutBufferLength, LPGUID Guid)
{
    return log_data(recorder_log_of(RecorderLog), OutBuffer, OutBufferLength, Guid);
}
