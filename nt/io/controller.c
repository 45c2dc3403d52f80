/* SPDX-License-Identifier: MIT */
/*
 * Controller objects: one controller, several devices that take turns with it.
 */
#include "nt/internal.h"

static PDEVICE_OBJECT device_of(PKDEVICE_QUEUE_ENTRY entry)
{
    return CONTAINING_RECORD(entry, DEVICE_OBJECT, Queue.Wcb.WaitQueueEntry);
}

static size_t block_size(ULONG extension_size)
{
    return ((sizeof(CONTROLLER_OBJECT) + 15) & ~(size_t)15) + extension_size;
}

/* Gives the controller to the device; true when the driver is done with it already. */
static bool grant(PDEVICE_OBJECT device)
{
    const WAIT_CONTEXT_BLOCK *wait = &device->Queue.Wcb;

    return wait->DeviceRoutine(device, device->CurrentIrp, NULL, wait->DeviceContext) == DeallocateObject;
}

static void controller_free(PCONTROLLER_OBJECT controller)
{
    PKDEVICE_QUEUE_ENTRY entry;

    do
    {
        entry = KeRemoveDeviceQueue(&controller->DeviceWaitQueue);
    } while (entry != NULL && grant(device_of(entry)));
}

/*
 * Published entry points.
 */
PCONTROLLER_OBJECT IoCreateController(ULONG Size)
{
    PCONTROLLER_OBJECT controller = platform_zalloc(block_size(Size));

    if (controller != NULL)
    {
        controller->Type = IO_TYPE_CONTROLLER;
        controller->Size = (CSHORT)block_size(Size);
        controller->Spare1 = Size;
        controller->ControllerExtension = Size == 0 ? NULL : (char *)controller + block_size(0);
        KeInitializeDeviceQueue(&controller->DeviceWaitQueue);
    }
    return controller;
}

VOID IoDeleteController(PCONTROLLER_OBJECT ControllerObject)
{
    platform_free(ControllerObject, block_size(ControllerObject->Spare1));
}

VOID IoAllocateController(PCONTROLLER_OBJECT ControllerObject, PDEVICE_OBJECT DeviceObject, PDRIVER_CONTROL ExecutionRoutine,
                          PVOID Context)
{
    DeviceObject->Queue.Wcb.DeviceRoutine = ExecutionRoutine;
    DeviceObject->Queue.Wcb.DeviceContext = Context;
    if (!KeInsertDeviceQueue(&ControllerObject->DeviceWaitQueue, &DeviceObject->Queue.Wcb.WaitQueueEntry) &&
        grant(DeviceObject))
    {
        controller_free(ControllerObject);
    }
}

VOID IoFreeController(PCONTROLLER_OBJECT ControllerObject)
{
    controller_free(ControllerObject);
}
