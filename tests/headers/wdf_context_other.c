/* SPDX-License-Identifier: MIT */
/*
 * The second unit of the context test. It includes the headers in another order, and defines identifiers.
 */
#include <initguid.h>
#include "wdf_context.h"

/* The accessor of another type in the first unit has the same name: each unit must keep its own. */
typedef struct _OTHER_PRIVATE_CONTEXT
{
    ULONGLONG Value;
} OTHER_PRIVATE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(OTHER_PRIVATE_CONTEXT, PrivateContextGet)

PCWDF_OBJECT_CONTEXT_TYPE_INFO other_device_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(DEVICE_CONTEXT);
}

PCWDF_OBJECT_CONTEXT_TYPE_INFO other_queue_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(QUEUE_CONTEXT);
}

PCWDF_OBJECT_CONTEXT_TYPE_INFO other_mark_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(WDF_CUSTOM_TYPE_CONTEXT_NAME(TestMark));
}

PCWDF_OBJECT_CONTEXT_TYPE_INFO other_shared_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(SHARED_CONTEXT);
}

PCWDF_OBJECT_CONTEXT_TYPE_INFO other_private_type(VOID)
{
    return WDF_GET_CONTEXT_TYPE_INFO(OTHER_PRIVATE_CONTEXT);
}

DEVICE_CONTEXT *other_device_context(WDFOBJECT Object)
{
    return WdfObjectGet_DEVICE_CONTEXT(Object);
}

PVOID other_private_context(WDFOBJECT Object)
{
    return PrivateContextGet(Object);
}

NTSTATUS other_add_mark(WDFOBJECT Object, ULONG_PTR Data)
{
    return WdfObjectAddCustomTypeWithData(Object, TestMark, Data, WDF_NO_EVENT_CALLBACK, WDF_NO_EVENT_CALLBACK);
}
