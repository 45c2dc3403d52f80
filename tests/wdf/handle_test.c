/* SPDX-License-Identifier: MIT */
/*
 * Handles: what is one, and what is none.
 */
#include "wdf_case.h"

#include <stdint.h>
#include <string.h>

#include "wdf/handle.h"

#define MANY 64
#define ROUNDS 1000000

typedef struct _BLOB_CONTEXT
{
    WDFOBJECT Handles[8];
} BLOB_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(BLOB_CONTEXT)

static WDFOBJECT make_object(WDFOBJECT parent)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, BLOB_CONTEXT);
    attributes.ParentObject = parent;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    return object;
}

static enum handle_fault judge(const void *handle)
{
    return wdfobj_judge(handle, 0, NULL);
}

/* The same numbers in every run. */
static uint64_t next_random(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t value = (*state ^ *state >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ value >> 27) * UINT64_C(0x94D049BB133111EB);
    return value ^ value >> 31;
}

static void live_object_has_a_good_handle(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    CHECK_EQUAL(judge(object), HANDLE_IS_GOOD);
    CHECK_EQUAL(wdfobj_judge(object, 0, WdfDriverGlobals), HANDLE_IS_GOOD);
    CHECK_EQUAL(judge(WdfGetDriver()), HANDLE_IS_GOOD);
    WdfObjectDelete(object);
    wdf_case_unload();
}

static void null_is_told_from_the_rest(void)
{
    wdf_case_load(NULL);
    CHECK_EQUAL(judge(NULL), HANDLE_IS_NULL);
    wdf_case_unload();
}

static void address_of_an_object_is_no_handle(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    CHECK(judge((void *)((uintptr_t)object & HANDLE_ADDRESS_MASK)) != HANDLE_IS_GOOD);
    CHECK(judge(WdfObjectGet_BLOB_CONTEXT(object)) != HANDLE_IS_GOOD);
    CHECK(judge(&object) != HANDLE_IS_GOOD);
    WdfObjectDelete(object);
    wdf_case_unload();
}

static void handle_in_a_context_makes_no_object_of_it(void)
{
    WDFOBJECT object;
    BLOB_CONTEXT *context;

    wdf_case_load(NULL);
    object = make_object(NULL);
    context = WdfObjectGet_BLOB_CONTEXT(object);
    for (size_t index = 0; index < 8; index++)
    {
        uintptr_t here = (uintptr_t)&context->Handles[index];

        context->Handles[index] = (WDFOBJECT)(here | ((uintptr_t)object & ~HANDLE_ADDRESS_MASK));
    }
    for (size_t index = 0; index < 8; index++)
    {
        CHECK(judge(context->Handles[index]) != HANDLE_IS_GOOD);
    }
    WdfObjectDelete(object);
    wdf_case_unload();
}

static void deleted_object_has_a_stale_handle(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    WdfObjectDelete(object);
    CHECK_EQUAL(judge(object), HANDLE_IS_STALE);
    wdf_case_unload();
}

static void referenced_object_has_a_good_handle_after_its_deletion(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    WdfObjectReference(object);
    WdfObjectDelete(object);
    CHECK_EQUAL(judge(object), HANDLE_IS_GOOD);
    CHECK(WdfObjectGet_BLOB_CONTEXT(object) != NULL);
    WdfObjectDereference(object);
    CHECK_EQUAL(judge(object), HANDLE_IS_STALE);
    wdf_case_unload();
}

/* However often the memory is used again, no handle comes twice, and none of the old ones is good. */
static void place_used_again_gives_another_handle(void)
{
    WDFOBJECT old[MANY];
    WDFOBJECT object;

    wdf_case_load(NULL);
    for (int index = 0; index < MANY; index++)
    {
        old[index] = make_object(NULL);
        WdfObjectDelete(old[index]);
    }
    object = make_object(NULL);
    for (int index = 0; index < MANY; index++)
    {
        CHECK(old[index] != object);
        CHECK_EQUAL(judge(old[index]), HANDLE_IS_STALE);
    }
    WdfObjectDelete(object);
    wdf_case_unload();
}

static void failed_creation_leaves_no_handle(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT parent;
    WDFOBJECT object;

    wdf_case_load(NULL);
    parent = make_object(NULL);
    WdfObjectReference(parent);
    WdfObjectDelete(parent);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = parent;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_DELETE_PENDING);
    CHECK(object == NULL);
    WdfObjectDereference(parent);
    wdf_case_unload();
}

static void types_are_told_apart(void)
{
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    CHECK_EQUAL(wdfobj_judge(collection, 2, NULL), HANDLE_IS_OF_ANOTHER_TYPE);
    CHECK_EQUAL(wdfobj_judge(WdfGetDriver(), 2, NULL), HANDLE_IS_GOOD);
    wdf_case_unload();
}

static void object_of_another_driver_is_foreign(void)
{
    static WDF_DRIVER_GLOBALS another;

    wdf_case_load(NULL);
    CHECK_EQUAL(wdfobj_judge(WdfGetDriver(), 0, &another), HANDLE_IS_FOREIGN);
    wdf_case_unload();
}

static void random_values_are_no_handles(void)
{
    uint64_t state = 1;
    int rounds = nt_is_simulated() ? ROUNDS / 20 : ROUNDS;

    wdf_case_load(NULL);
    for (int round = 0; round < rounds; round++)
    {
        CHECK(judge((void *)(uintptr_t)next_random(&state)) != HANDLE_IS_GOOD);
    }
    wdf_case_unload();
}

/* Real handles of live and of dead objects with some bits changed, or moved a little, so that many lie where objects live. */
static void changed_handles_are_no_handles(void)
{
    WDFOBJECT objects[MANY];
    uint64_t state = 2;
    int rounds = nt_is_simulated() ? ROUNDS / 20 : ROUNDS;

    wdf_case_load(NULL);
    for (int index = 0; index < MANY; index++)
    {
        objects[index] = make_object(index % 2 == 0 ? NULL : objects[index - 1]);
        memset(WdfObjectGet_BLOB_CONTEXT(objects[index]), 0x5A + index, sizeof(BLOB_CONTEXT));
    }
    for (int round = 0; round < rounds; round++)
    {
        uint64_t random = next_random(&state);
        uint64_t handle = (uintptr_t)objects[random % MANY];
        uint64_t changed = (random >> 8) % 2 == 0 ? handle ^ UINT64_C(1) << (random >> 16) % 64 :
                                                    handle + ((random >> 16) % 4096) * 8 - 16384;
        bool same = changed == (uintptr_t)WdfGetDriver();

        for (int index = 0; index < MANY; index++)
        {
            same = same || changed == (uintptr_t)objects[index];
        }
        CHECK((judge((void *)(uintptr_t)changed) == HANDLE_IS_GOOD) == same);
    }
    wdf_case_unload();
}

/*
 * Requests and what is part of them.
 */

static struct
{
    WDFREQUEST request;
    WDFMEMORY memory;
    unsigned count;
    bool same_place;
} received;

static EVT_WDF_IO_QUEUE_IO_DEFAULT IoDefault;

static VOID IoDefault(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDFMEMORY memory;

    (void)Queue;
    CHECK_STATUS(WdfRequestRetrieveInputMemory(Request, &memory), STATUS_SUCCESS);
    CHECK_EQUAL(judge(Request), HANDLE_IS_GOOD);
    CHECK_EQUAL(judge(memory), HANDLE_IS_GOOD);
    CHECK(received.request != Request && received.memory != memory);
    if (received.count++ != 0)
    {
        CHECK(judge(received.request) != HANDLE_IS_GOOD);
        CHECK(judge(received.memory) != HANDLE_IS_GOOD);
    }
    received.request = Request;
    received.memory = memory;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 1);
    CHECK_EQUAL(judge(Request), HANDLE_IS_STALE);
    CHECK_EQUAL(judge(memory), HANDLE_IS_STALE);
}

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\HandleCase");
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);

    (void)Driver;
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
        config.EvtIoDefault = IoDefault;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

static void completed_request_and_its_memory_have_stale_handles(void)
{
    struct testkit_device *device;
    struct testkit_file *file;

    memset(&received, 0, sizeof(received));
    wdf_case_load(DeviceAdd);
    device = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\HandleCase", true, true, &file), STATUS_SUCCESS);
    for (int round = 0; round < 8; round++)
    {
        CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_SUCCESS);
    }
    CHECK_EQUAL(received.count, 8);
    testkit_close(file);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * What the driver is told.
 */

static void using_null_stops(void)
{
    wdf_case_load(NULL);
    WdfObjectDelete(NULL);
}

static void using_a_stale_handle_stops(void)
{
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    WdfObjectDelete(object);
    WdfObjectReference(object);
}

static void using_a_wild_value_stops(void)
{
    int nothing = 0;

    wdf_case_load(NULL);
    (void)WdfObjectGet_BLOB_CONTEXT((WDFOBJECT)&nothing);
}

static void using_a_handle_of_another_type_stops(void)
{
    wdf_case_load(NULL);
    (void)WdfCollectionGetCount((WDFCOLLECTION)make_object(NULL));
}

static void using_a_foreign_handle_stops(void)
{
    static WDF_DRIVER_GLOBALS another;
    PWDF_DRIVER_GLOBALS own;
    WDFOBJECT object;

    wdf_case_load(NULL);
    object = make_object(NULL);
    own = WdfDriverGlobals;
    another = *own;
    WdfDriverGlobals = &another;
    WdfObjectDelete(object);
}

const struct nt_case nt_cases[] = {
    CASE(live_object_has_a_good_handle),
    CASE(null_is_told_from_the_rest),
    CASE(address_of_an_object_is_no_handle),
    CASE(handle_in_a_context_makes_no_object_of_it),
    CASE(deleted_object_has_a_stale_handle),
    CASE(referenced_object_has_a_good_handle_after_its_deletion),
    CASE(place_used_again_gives_another_handle),
    CASE(failed_creation_leaves_no_handle),
    CASE(types_are_told_apart),
    CASE(object_of_another_driver_is_foreign),
    CASE(random_values_are_no_handles),
    CASE(changed_handles_are_no_handles),
    CASE(completed_request_and_its_memory_have_stale_handles),
    STOPS(using_null_stops, "WdfObjectDelete...it is NULL"),
    STOPS(using_a_stale_handle_stops, "WdfObjectReference...it is stale"),
    STOPS(using_a_wild_value_stops, "WdfObjectGetTypedContext...it is wild"),
    STOPS(using_a_handle_of_another_type_stops, "WdfCollectionGetCount...it is of the wrong type: it is a WDFOBJECT"),
    STOPS(using_a_foreign_handle_stops, "WdfObjectDelete...it is foreign: it is a WDFOBJECT of the driver case"),
    CASES_END,
};
