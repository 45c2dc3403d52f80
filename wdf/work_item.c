/* SPDX-License-Identifier: MIT */
/*
 * WDFWORKITEM: a driver's function at PASSIVE_LEVEL on a worker.
 */
#include "wdf/deferred.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"
#include "wdf/work.h"

struct work_item
{
    struct object object;
    struct work work;
    PFN_WDF_WORKITEM function;
    struct deferred deferred;
};

static struct work_item *work_item_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct work_item, object);
}

static void work_item_dispose(struct object *object)
{
    work_close(&work_item_of(object)->work);
    deferred_end(&work_item_of(object)->deferred);
}

static const struct object_class work_item_class = {
    .name = "WDFWORKITEM",
    .type = OBJECT_WORK_ITEM,
    .size = sizeof(struct work_item),
    .deletable = true,
    .passive_dispose = true,
    .dispose = work_item_dispose,
};

static struct work_item *work_item_from_handle(WDFWORKITEM handle, const char *function)
{
    return work_item_of(wdfobj_from_handle(handle, OBJECT_WORK_ITEM, function));
}

static void run(struct work *work)
{
    struct work_item *item = CONTAINING_RECORD(work, struct work_item, work);
    struct verifier_callback callback;

    presentation_enter(item->deferred.lock);
    platform_point(PLATFORM_POINT_CALL);
    verifier_callback_enter(&callback, &item->object, "EvtWorkItemFunc");
    item->function(wdfobj_handle(&item->object));
    verifier_callback_leave(&callback);
    presentation_leave(item->deferred.lock);
}

static NTSTATUS check_config(PWDF_WORKITEM_CONFIG config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    if (config->Size != sizeof(WDF_WORKITEM_CONFIG))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (config->EvtWorkItemFunc == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return wdfobj_check_attributes(attributes, &work_item_class, OBJECT_PARENT_REQUIRED);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfWorkItemCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_WORKITEM_CONFIG Config,
                                    PWDF_OBJECT_ATTRIBUTES Attributes, WDFWORKITEM *WorkItem)
{
    globals_require(DriverGlobals, Config, "WdfWorkItemCreate");
    globals_require(DriverGlobals, WorkItem, "WdfWorkItemCreate");
    struct deferred deferred;
    struct work_item *item;
    struct object *object;
    NTSTATUS status = check_config(Config, Attributes);

    *WorkItem = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = deferred_create(&work_item_class, Attributes, Config->AutomaticSerialization, true, &deferred, &object);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    item = work_item_of(object);
    work_initialize(&item->work, object, run);
    item->function = Config->EvtWorkItemFunc;
    item->deferred = deferred;
    return wdfobj_publish(object, deferred.parent, WorkItem);
}
WDF_ENTRY_BOTH(WdfWorkItemCreate)

VOID wdf_kmdf_WdfWorkItemEnqueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWORKITEM WorkItem)
{
    struct work_item *item = work_item_from_handle(WorkItem, "WdfWorkItemEnqueue");

    if (!work_queue(&item->work) && item->work.closed)
    {
        globals_break(globals_of(DriverGlobals), "WdfWorkItemEnqueue: the work item %p is being deleted", (void *)WorkItem);
    }
}
WDF_ENTRY_BOTH(WdfWorkItemEnqueue)

WDFOBJECT wdf_kmdf_WdfWorkItemGetParentObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWORKITEM WorkItem)
{
    return work_item_from_handle(WorkItem, "WdfWorkItemGetParentObject")->deferred.parent_handle;
}
WDF_ENTRY_BOTH(WdfWorkItemGetParentObject)

VOID wdf_kmdf_WdfWorkItemFlush(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWORKITEM WorkItem)
{
    struct work_item *item = work_item_from_handle(WorkItem, "WdfWorkItemFlush");

    if (work_is_current(&item->work))
    {
        work_report_self_wait(&item->object, "WdfWorkItemFlush");
        return;
    }
    work_flush(&item->work);
}
WDF_ENTRY_BOTH(WdfWorkItemFlush)
