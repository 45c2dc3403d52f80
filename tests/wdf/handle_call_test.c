/* SPDX-License-Identifier: MIT */
/*
 * Every function that begins with a handle, called with one that is none: it stops by name, whatever else it is given.
 */
#include "wdf_case.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "child_process.h"

#define ROOM 4096
#define MOST_PARAMETERS 12

struct handle_call
{
    const char *name;
    const char *type;
    bool may_be_null;
    void (*call)(void *handle);
};

/* What the other parameters refer to. */
static _Alignas(16) unsigned char room[MOST_PARAMETERS][ROOM];
static void *handle_call_driver;

static void *handle_call_room(unsigned position)
{
    CHECK(position < MOST_PARAMETERS);
    return memset(room[position], 0, ROOM);
}

static void *handle_call_structure(unsigned position, size_t size)
{
    ULONG *structure = handle_call_room(position);

    CHECK(size <= ROOM);
    *structure = (ULONG)size;
    return structure;
}

/* Stands for a callback that nobody calls. */
static void handle_call_nothing(void)
{
}

#include "handle_calls.h"

/* One call, in a child process. */
static struct
{
    const struct handle_call *call;
    void *handle;
} doing;

static void do_it(void)
{
    doing.call->call(doing.handle);
}

/* Drivers know these by shorter names. */
static size_t known_length(const char *name)
{
    static const char *const endings[] = {"Actual", "Worker", "NoTrack"};
    size_t length = strlen(name);

    for (size_t index = 0; index < ARRAYSIZE(endings); index++)
    {
        size_t ending = strlen(endings[index]);

        if (length > ending && strcmp(name + length - ending, endings[index]) == 0)
        {
            return length - ending;
        }
    }
    return length;
}

/* Whether it stopped, and said why: the handle, by the function's name, or that the function does not exist. */
static bool refuses(const struct handle_call *call, void *handle, const char *why)
{
    static char said[16384];
    char expected[128];
    bool stopped;

    doing.call = call;
    doing.handle = handle;
    stopped = child_process_stops(do_it, said, sizeof(said));
    (void)snprintf(expected, sizeof(expected), "rule V45: %.*s: ", (int)known_length(call->name), call->name);
    if (stopped &&
        ((strstr(said, expected) != NULL && strstr(said, why) != NULL) || strstr(said, "does not implement it") != NULL))
    {
        return true;
    }
    (void)fprintf(stderr, "%s %s:\n%s\n", call->name, stopped ? "stops, but says" : "goes on", said);
    return false;
}

static void check_all(void *handle, const char *skipped, const char *why)
{
    unsigned wrong = 0;

    handle_call_driver = WdfGetDriver();
    for (size_t index = 0; index < ARRAYSIZE(handle_calls); index++)
    {
        const struct handle_call *call = &handle_calls[index];

        if (handle == NULL ? !call->may_be_null : skipped == NULL || strcmp(skipped, call->type) != 0)
        {
            wrong += refuses(call, handle, why) ? 0 : 1;
        }
    }
    CHECK_EQUAL(wrong, 0);
}

static void null_is_refused_by_every_function(void)
{
    wdf_case_load(NULL);
    check_all(NULL, NULL, "it is NULL");
    wdf_case_unload();
}

static void stale_handle_is_refused_by_every_function(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfObjectCreate(WDF_NO_OBJECT_ATTRIBUTES, &object), STATUS_SUCCESS);
    WdfObjectDelete(object);
    check_all(object, NULL, "it is stale");
    wdf_case_unload();
}

static void address_is_refused_by_every_function(void)
{
    int nothing[16] = {0};

    wdf_case_load(NULL);
    check_all(nothing, NULL, "it is wild");
    wdf_case_unload();
}

static void handle_of_another_type_is_refused_by_every_function(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfObjectCreate(WDF_NO_OBJECT_ATTRIBUTES, &object), STATUS_SUCCESS);
    check_all(object, "WDFOBJECT", "it is of the wrong type");
    WdfObjectDelete(object);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(null_is_refused_by_every_function),
    CASE(stale_handle_is_refused_by_every_function),
    CASE(address_is_refused_by_every_function),
    CASE(handle_of_another_type_is_refused_by_every_function),
    CASES_END,
};
