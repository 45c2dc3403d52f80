/* SPDX-License-Identifier: MIT */
/*
 * Callback objects: routines that are called when somebody notifies.
 */
#include "nt/machine.h"
#include "nt/object/callback.h"
#include "nt/rtl/string.h"
#include "nt/thread/thread.h"
#include "nt/thread/worker.h"

struct _CALLBACK_OBJECT
{
    struct platform_spinlock lock;
    LIST_ENTRY registrations;
    bool multiple;
};

struct registration
{
    LIST_ENTRY link;
    /* Referenced. */
    PCALLBACK_OBJECT callback;
    PCALLBACK_FUNCTION function;
    PVOID context;
    /* How many calls of the function there are now. */
    uint32_t calls;
    /* Unregistered: it is not called any more. Who unregisters waits for the calls of others, unless it was one of these. */
    bool gone;
    bool free_when_idle;
    struct platform_event *idle;
};

/* A call of a function, on the stack of the thread that notifies: so that the function may unregister itself. */
struct notification_call
{
    struct notification_call *outer;
    struct registration *registration;
};

const struct object_type callback_type = {
    .name = "Callback",
    .mapping = {STANDARD_RIGHTS_READ, STANDARD_RIGHTS_WRITE | 1, STANDARD_RIGHTS_EXECUTE, STANDARD_RIGHTS_ALL | 1},
    .valid_access = STANDARD_RIGHTS_ALL | 1,
};

static NTSTATUS callback_create(bool multiple, PCALLBACK_OBJECT *ret_callback)
{
    void *body;
    NTSTATUS status = object_create(&callback_type, sizeof(struct _CALLBACK_OBJECT), &body);

    *ret_callback = body;
    if (NT_SUCCESS(status))
    {
        InitializeListHead(&(*ret_callback)->registrations);
        (*ret_callback)->multiple = multiple;
    }
    return status;
}

/* Opens the callback that has the name, or makes it. It keeps its name for as long as somebody has a reference. */
static NTSTATUS callback_open(const OBJECT_ATTRIBUTES *attributes, bool create, bool multiple,
                              PCALLBACK_OBJECT *ret_callback)
{
    PCALLBACK_OBJECT fresh;
    void *found;
    NTSTATUS status = object_find(&callback_type, attributes, &found);

    *ret_callback = found;
    if (status != STATUS_OBJECT_NAME_NOT_FOUND || !create)
    {
        return status;
    }
    status = callback_create(multiple, &fresh);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = object_enter(fresh, attributes, &found);
    if (NT_SUCCESS(status))
    {
        *ret_callback = fresh;
        return status;
    }
    object_release(fresh);
    if (status == STATUS_OBJECT_NAME_COLLISION && found != NULL)
    {
        if (object_type(found) == &callback_type)
        {
            *ret_callback = found;
            return STATUS_SUCCESS;
        }
        object_release(found);
    }
    return status;
}

static struct registration *callback_register(PCALLBACK_OBJECT callback, PCALLBACK_FUNCTION function, PVOID context)
{
    struct registration *registration = platform_zalloc(sizeof(*registration));
    bool refused;

    if (registration == NULL)
    {
        return NULL;
    }
    registration->callback = callback;
    registration->function = function;
    registration->context = context;
    object_reference(callback);
    platform_spinlock_lock(&callback->lock);
    refused = !callback->multiple && !IsListEmpty(&callback->registrations);
    if (!refused)
    {
        InsertTailList(&callback->registrations, &registration->link);
    }
    platform_spinlock_unlock(&callback->lock);
    if (refused)
    {
        object_release(callback);
        platform_free(registration, sizeof(*registration));
        return NULL;
    }
    return registration;
}

static void registration_free(struct registration *registration)
{
    PCALLBACK_OBJECT callback = registration->callback;

    platform_free(registration, sizeof(*registration));
    object_release(callback);
}

/* Lock held. The call is over. Returns whether the caller must free the registration; otherwise it may be gone already. */
static bool end_call(struct registration *registration)
{
    registration->calls--;
    if (registration->calls != 0 || !registration->gone)
    {
        return false;
    }
    RemoveEntryList(&registration->link);
    if (registration->free_when_idle)
    {
        return true;
    }
    (void)platform_event_set(registration->idle);
    return false;
}

static void free_abandoned(PLIST_ENTRY abandoned)
{
    while (!IsListEmpty(abandoned))
    {
        registration_free(CONTAINING_RECORD(RemoveHeadList(abandoned), struct registration, link));
    }
}

/* Lock held, and held again afterwards. */
static void call_one(struct registration *registration, struct notification_call *call, PVOID argument1, PVOID argument2)
{
    PCALLBACK_OBJECT callback = registration->callback;

    registration->calls++;
    call->registration = registration;
    platform_spinlock_unlock(&callback->lock);
    registration->function(registration->context, argument1, argument2);
    platform_spinlock_lock(&callback->lock);
}

/* A registration stays in the list while it is called, so that the walk goes on from it. */
static void callback_notify(PCALLBACK_OBJECT callback, PVOID argument1, PVOID argument2)
{
    PKTHREAD thread = thread_current();
    struct notification_call call = {.outer = thread->notification};
    LIST_ENTRY abandoned;
    PLIST_ENTRY link;

    InitializeListHead(&abandoned);
    object_reference(callback);
    thread->notification = &call;
    platform_spinlock_lock(&callback->lock);
    link = callback->registrations.Flink;
    while (link != &callback->registrations)
    {
        struct registration *registration = CONTAINING_RECORD(link, struct registration, link);

        if (!registration->gone)
        {
            call_one(registration, &call, argument1, argument2);
            link = registration->link.Flink;
            if (end_call(registration))
            {
                InsertTailList(&abandoned, &registration->link);
            }
        }
        else
        {
            link = link->Flink;
        }
    }
    platform_spinlock_unlock(&callback->lock);
    thread->notification = call.outer;
    free_abandoned(&abandoned);
    object_release(callback);
}

/* How many calls of the registration the calling thread is in. */
static uint32_t own_calls(const struct registration *registration)
{
    uint32_t count = 0;

    for (struct notification_call *call = thread_current()->notification; call != NULL; call = call->outer)
    {
        count += call->registration == registration;
    }
    return count;
}

static void callback_unregister(struct registration *registration)
{
    struct platform_event idle = PLATFORM_EVENT_INITIALIZER(true);
    PCALLBACK_OBJECT callback = registration->callback;
    bool own = own_calls(registration) != 0;
    bool busy;

    platform_spinlock_lock(&callback->lock);
    registration->gone = true;
    busy = registration->calls != 0;
    if (!busy)
    {
        RemoveEntryList(&registration->link);
    }
    else
    {
        registration->free_when_idle = own;
        registration->idle = own ? NULL : &idle;
    }
    platform_spinlock_unlock(&callback->lock);
    if (busy && own)
    {
        return;
    }
    if (busy)
    {
        worker_will_wait();
        platform_wait_note("end of a callback's calls", callback, 0);
        (void)platform_event_wait(&idle, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
        worker_has_waited();
    }
    registration_free(registration);
}

void callbacks_make(void *directory, PCALLBACK_OBJECT *ret_power_state)
{
    static const PCWSTR names[] = {L"PowerState", L"ProcessorAdd", L"SetSystemTime"};

    for (size_t index = 0; index < ARRAYSIZE(names); index++)
    {
        PCALLBACK_OBJECT callback;

        platform_require(NT_SUCCESS(callback_create(true, &callback)));
        namespace_enter_made(directory, names[index], callback);
        if (index == 0)
        {
            *ret_power_state = callback;
        }
    }
}

/*
 * Published entry points.
 */
NTSTATUS ExCreateCallback(PCALLBACK_OBJECT *CallbackObject, POBJECT_ATTRIBUTES ObjectAttributes, BOOLEAN Create,
                          BOOLEAN AllowMultipleCallbacks)
{
    if (ObjectAttributes != NULL && ObjectAttributes->ObjectName != NULL)
    {
        return callback_open(ObjectAttributes, Create, AllowMultipleCallbacks, CallbackObject);
    }
    *CallbackObject = NULL;
    return Create ? callback_create(AllowMultipleCallbacks, CallbackObject) : STATUS_UNSUCCESSFUL;
}

PVOID ExRegisterCallback(PCALLBACK_OBJECT CallbackObject, PCALLBACK_FUNCTION CallbackFunction, PVOID CallbackContext)
{
    return callback_register(CallbackObject, CallbackFunction, CallbackContext);
}

VOID ExUnregisterCallback(PVOID CbRegistration)
{
    callback_unregister(CbRegistration);
}

VOID ExNotifyCallback(PCALLBACK_OBJECT CallbackObject, PVOID Argument1, PVOID Argument2)
{
    callback_notify(CallbackObject, Argument1, Argument2);
}
