/* SPDX-License-Identifier: MIT */
/*
 * Rules about requests in the driver's hands.
 */
#include "wdf/request_verify.h"

#include <string.h>

#include "wdf/device.h"
#include "wdf/globals.h"

static bool is_completion(const char *function)
{
    return strncmp(function, "WdfRequestComplete", strlen("WdfRequestComplete")) == 0;
}

void request_verify_unowned(struct request *request, const char *function)
{
    struct driver_globals *globals = request->object.globals;

    switch (request->owner)
    {
        case REQUEST_COMPLETED:
            verifier_report(globals, is_completion(function) ? RULE_V01 : RULE_V02, &request->object, function,
                            "the request has been completed, or sent and forgotten");
            break;
        case REQUEST_MADE_BY_DRIVER:
            verifier_report(globals, is_completion(function) ? RULE_V08 : RULE_V02, &request->object, function,
                            "the driver has made this request itself: it deletes it, and nobody completes it");
            break;
        default:
            verifier_report(globals, RULE_V02, &request->object, function,
                            "the request waits in a queue; the driver owns it when the queue has given it to the driver");
            break;
    }
}

/*
 * Completion.
 */

/*
 * After an unmarking that said STATUS_CANCELLED the cancel callback completes the request, or somebody to whom it hands that on.
 * So it is a mistake for certain when the callback has not begun, or when the callback in which the unmarking failed goes on to
 * complete.
 */
static bool is_somebody_elses(struct request *request)
{
    struct wdf_thread *unmarker = platform_atomic_load(&request->unmarker);

    if (unmarker == NULL || verifier_is_in_callback(NULL, "EvtRequestCancel"))
    {
        return false;
    }
    return platform_atomic_load(&request->cancel_state) != REQUEST_CANCEL_CALLED ||
           (unmarker == wdf_thread() && request->unmarker_callback == verifier_current_callback());
}

static void verify_mark(struct request *request, const char *function)
{
    if (is_somebody_elses(request))
    {
        verifier_report(request->object.globals, RULE_V04, &request->object, function,
                        "WdfRequestUnmarkCancelable returned STATUS_CANCELLED, so EvtRequestCancel completes the request");
    }
    else if (platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE)
    {
        verifier_report(request->object.globals, RULE_V03, &request->object, function,
                        "the request is marked cancelable: WdfRequestUnmarkCancelable comes first");
    }
}

/* The most bytes that the sender has room for; false where there is no limit. */
static bool has_limit(const struct request *request, ULONG *ret_limit)
{
    PIO_STACK_LOCATION location = request_location(request);

    switch (location->MajorFunction)
    {
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
            *ret_limit = request_length(request);
            return true;
        case IRP_MJ_DEVICE_CONTROL:
            *ret_limit = location->Parameters.DeviceIoControl.OutputBufferLength;
            return request->irp->RequestorMode == UserMode && *ret_limit != 0;
        default:
            return false;
    }
}

static void verify_information(struct request *request, NTSTATUS status, ULONG_PTR information, const char *function)
{
    ULONG limit;

    if (NT_SUCCESS(status) && has_limit(request, &limit) && information > limit)
    {
        verifier_report(request->object.globals, RULE_V17, &request->object, function,
                        "Information is %llu, and the buffer has %u bytes", (unsigned long long)information, limit);
    }
}

/* The creation's reference is the tree's; any other is the driver's. */
static void verify_memory(struct request *request, struct memory *memory, const char *function)
{
    uint32_t references = platform_atomic_load(&memory->object.references);

    if (references > 1)
    {
        verifier_report(request->object.globals, RULE_V19, &request->object, function,
                        "%u references on the request's WDFMEMORY %p are left", references - 1,
                        wdfobj_handle(&memory->object));
    }
}

void request_verify_completion(struct request *request, NTSTATUS status, ULONG_PTR information, const char *function)
{
    verify_mark(request, function);
    verify_information(request, status, information, function);
    if (request->input_memory == REQUEST_MEMORY_MADE)
    {
        verify_memory(request, &request->input, function);
    }
    if (request->output_memory == REQUEST_MEMORY_MADE)
    {
        verify_memory(request, &request->output, function);
    }
}

/*
 * The rest.
 */

void request_verify_moved(struct request *request, const char *function)
{
    if (platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE)
    {
        verifier_report(request->object.globals, RULE_V07, &request->object, function,
                        "the request is marked cancelable: WdfRequestUnmarkCancelable comes first");
    }
}

void request_verify_direction(struct request *request, bool output, const char *function)
{
    UCHAR major = request_location(request)->MajorFunction;

    if ((major == IRP_MJ_READ && !output) || (major == IRP_MJ_WRITE && output))
    {
        verifier_report(request->object.globals, RULE_V20, &request->object, function, "a %s has an %s buffer only",
                        output ? "write" : "read", output ? "input" : "output");
    }
}

void request_verify_marked(struct request *request, const char *function)
{
    verifier_report(request->object.globals, RULE_V05, &request->object, function,
                    "the request is marked cancelable already, or its EvtRequestCancel has been called");
}

void request_verify_asked(struct request *request, const char *function)
{
    if (platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE)
    {
        verifier_report(request->object.globals, RULE_V06, &request->object, function,
                        "the request is marked cancelable: EvtRequestCancel tells when it is cancelled");
    }
}

void request_verify_unmarking(struct request *request)
{
    if (platform_atomic_load(&request->cancel_state) != REQUEST_NOT_CANCELABLE)
    {
        request->unmarker_callback = verifier_current_callback();
        platform_atomic_store(&request->unmarker, wdf_thread());
    }
}

bool request_verify_deleted(struct object *object)
{
    if (object->class->type != OBJECT_REQUEST)
    {
        return false;
    }
    verifier_report(object->globals, RULE_V08, object, "WdfObjectDelete",
                    "the request came from a queue: it is completed, and goes with that");
    return true;
}

void request_verify_file(struct request *request, const char *function)
{
    if (request->device != NULL && !request->device->makes_file_objects)
    {
        verifier_report(request->object.globals, RULE_V31, &request->object, function,
                        "the device has no file objects: WdfDeviceInitSetFileObjectConfig asks for them");
    }
}
