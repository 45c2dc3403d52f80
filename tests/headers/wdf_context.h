/* SPDX-License-Identifier: MIT */
/*
 * Context types that both units of the test declare by including this header, as the sources of a driver do.
 */
#ifndef WDF_CONTEXT_H
#define WDF_CONTEXT_H

#include <wdf.h>

typedef struct _DEVICE_CONTEXT
{
    ULONG Number;
    PVOID Pointer;
} DEVICE_CONTEXT;

/* Once with a semicolon and once without: drivers write both. */
WDF_DECLARE_CONTEXT_TYPE(DEVICE_CONTEXT)

typedef struct _QUEUE_CONTEXT
{
    ULONG Numbers[4];
} QUEUE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueContextGet);

/* The name of a custom type is no type. */
WDF_DECLARE_CUSTOM_TYPE(TestMark);

typedef struct _SHARED_CONTEXT
{
    ULONG Number;
} SHARED_CONTEXT;

EXTERN_C_START
PCWDF_OBJECT_CONTEXT_TYPE_INFO shared_context_owner(VOID);
EXTERN_C_END
#define SHARED_CONTEXT_EXTERNAL_INIT_FUNCTION shared_context_owner
WDF_DECLARE_SHARED_CONTEXT_TYPE_WITH_NAME(SHARED_CONTEXT, SharedContextGet)

/* What the other unit sees. */
EXTERN_C_START
PCWDF_OBJECT_CONTEXT_TYPE_INFO other_device_type(VOID);
PCWDF_OBJECT_CONTEXT_TYPE_INFO other_queue_type(VOID);
PCWDF_OBJECT_CONTEXT_TYPE_INFO other_mark_type(VOID);
PCWDF_OBJECT_CONTEXT_TYPE_INFO other_shared_type(VOID);
PCWDF_OBJECT_CONTEXT_TYPE_INFO other_private_type(VOID);
DEVICE_CONTEXT *other_device_context(WDFOBJECT Object);
PVOID other_private_context(WDFOBJECT Object);
NTSTATUS other_add_mark(WDFOBJECT Object, ULONG_PTR Data);
EXTERN_C_END

#endif /* WDF_CONTEXT_H */
