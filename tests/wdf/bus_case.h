/* SPDX-License-Identifier: MIT */
/*
 * A bus for tests: the case's driver is its function driver, and its children are raw devices of the same driver, which start
 * by themselves. What the children's callbacks hear is kept as text: "1.D0Entry 1.SelfManagedIoInit".
 */
#ifndef BUS_CASE_H
#define BUS_CASE_H

#include "wdf_case.h"

/* What every child of the bus knows. */
typedef struct
{
    ULONG Number;
} CHILD_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CHILD_CONTEXT, ChildGetContext)

/* The bus device, once it has been added. */
extern WDFDEVICE bus;

/* Called in EvtDriverDeviceAdd before and after the bus device is created; NULL for nothing. Reset by bus_load(). */
extern void (*bus_prepare)(PWDFDEVICE_INIT init);
extern void (*bus_created)(WDFDEVICE device);

/* Called for the device init of a child that has its identifiers; NULL for nothing. */
extern void (*child_prepare)(PWDFDEVICE_INIT init, ULONG number);

/* What the n-th child's EvtDevicePrepareHardware returns. */
extern NTSTATUS child_prepare_status[10];

/* Loads the driver and starts the bus. */
struct testkit_device *bus_load(void);

/* Makes the device of a child with these identifiers, which is in no list yet. */
WDFDEVICE child_create(ULONG number);

/* The same in EvtChildListCreateDevice. */
NTSTATUS child_create_from(PWDFDEVICE_INIT init, ULONG number);

/* The same, and adds it to the static children. */
WDFDEVICE child_add(ULONG number);

/* What was heard since the last call, in its order; valid until the next one. */
const char *bus_heard(void);
void bus_note(ULONG number, const char *what);

/* How often something was heard altogether. */
unsigned bus_count(const char *what);

#define HEARD(Text) CHECK_HEARD(bus_heard(), Text, __LINE__)
void CHECK_HEARD(const char *heard, const char *expected, int line);

#endif /* BUS_CASE_H */
