/* SPDX-License-Identifier: MIT */
/*
 * WDFDPC: a deferred procedure call. The user flavour's table does not have them.
 */
#include "nt/sync/irql.h"
#include "nt/time/dpc.h"
#include "wdf/deferred.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

struct dpc
{
    struct object object;
    KDPC dpc;
    PFN_WDF_DPC function;
    bool closed;
    struct deferred deferred;
};

static struct dpc *dpc_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct dpc, object);
}

static void dpc_dispose(struct object *object)
{
    struct dpc *dpc = dpc_of(object);

    platform_atomic_store(&dpc->closed, true);
    (void)dpc_remove(&dpc->dpc);
    dpc_flush();
    deferred_end(&dpc->deferred);
}

static const struct object_class dpc_class = {
    .name = "WDFDPC",
    .type = OBJECT_DPC,
    .size = sizeof(struct dpc),
    .deletable = true,
    .passive_dispose = true,
    .dispose = dpc_dispose,
};

static struct dpc *dpc_from_handle(WDFDPC handle, const char *function)
{
    return dpc_of(wdfobj_from_handle(handle, OBJECT_DPC, function));
}

static VOID run(PKDPC call, PVOID context, PVOID argument1, PVOID argument2)
{
    struct dpc *dpc = context;
    struct verifier_callback callback;

    (void)call;
    (void)argument1;
    (void)argument2;
    presentation_enter(dpc->deferred.lock);
    verifier_callback_enter(&callback, &dpc->object, "EvtDpcFunc");
    dpc->function(wdfobj_handle(&dpc->object));
    verifier_callback_leave(&callback);
    presentation_leave(dpc->deferred.lock);
}

static NTSTATUS check_config(PWDF_DPC_CONFIG config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    if (config->Size != sizeof(WDF_DPC_CONFIG))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (config->EvtDpcFunc == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return wdfobj_check_attributes(attributes, &dpc_class, OBJECT_PARENT_REQUIRED);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDpcCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_DPC_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
                               WDFDPC *Dpc)
{
    globals_require(DriverGlobals, Config, "WdfDpcCreate");
    globals_require(DriverGlobals, Dpc, "WdfDpcCreate");
    struct deferred deferred;
    struct object *object;
    struct dpc *dpc;
    NTSTATUS status = check_config(Config, Attributes);

    *Dpc = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = deferred_create(&dpc_class, Attributes, Config->AutomaticSerialization, false, &deferred, &object);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    dpc = dpc_of(object);
    KeInitializeDpc(&dpc->dpc, run, dpc);
    dpc->function = Config->EvtDpcFunc;
    dpc->deferred = deferred;
    return wdfobj_publish(object, deferred.parent, Dpc);
}

BOOLEAN wdf_kmdf_WdfDpcEnqueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDPC Dpc)
{
    struct dpc *dpc = dpc_from_handle(Dpc, "WdfDpcEnqueue");

    if (platform_atomic_load(&dpc->closed))
    {
        globals_break(globals_of(DriverGlobals), "WdfDpcEnqueue: the call %p is being deleted", (void *)Dpc);
        return FALSE;
    }
    return KeInsertQueueDpc(&dpc->dpc, NULL, NULL);
}

BOOLEAN wdf_kmdf_WdfDpcCancel(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDPC Dpc, BOOLEAN Wait)
{
    struct dpc *dpc = dpc_from_handle(Dpc, "WdfDpcCancel");
    bool removed = dpc_remove(&dpc->dpc);

    if (Wait && platform_current()->irql >= DISPATCH_LEVEL)
    {
        globals_break(globals_of(DriverGlobals), "WdfDpcCancel: waits, and is called at IRQL %u", platform_current()->irql);
    }
    else if (Wait)
    {
        dpc_flush();
    }
    return removed;
}

WDFOBJECT wdf_kmdf_WdfDpcGetParentObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDPC Dpc)
{
    return dpc_from_handle(Dpc, "WdfDpcGetParentObject")->deferred.parent_handle;
}

PKDPC wdf_kmdf_WdfDpcWdmGetDpc(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDPC Dpc)
{
    return &dpc_from_handle(Dpc, "WdfDpcWdmGetDpc")->dpc;
}
