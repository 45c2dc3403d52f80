/* SPDX-License-Identifier: MIT */
/*
 * What the PnP and power tests share: a driver with every PnP and power callback, which notes each call and fails when a case
 * asks for that.
 */
#ifndef POWER_CASE_H
#define POWER_CASE_H

#include "wdf_case.h"

/* What the case's driver does, set before power_load(). */
struct power_case
{
    /* The callback that fails; NULL for none. Its status is STATUS_UNSUCCESSFUL. */
    const char *fails;
    /* Called in EvtDriverDeviceAdd when the device is there, and before it is. */
    void (*initialise)(PWDFDEVICE_INIT init);
    NTSTATUS (*created)(WDFDEVICE device);
    /* Called in each callback, after it has been noted. */
    void (*during)(WDFDEVICE device, const char *name);
};

extern struct power_case power_case;

/* Changes what the driver does while its callbacks may run. */
void power_set_fails(const char *name);
void power_set_during(void (*during)(WDFDEVICE device, const char *name));

/* The device that was added last. */
extern WDFDEVICE power_device;

/* Loads the driver, and starts a device of it. power_load() begins with a case that fails nothing. */
void power_load(void);
struct testkit_device *power_start(void);

/* The calls since the last check, in order, with a blank between two. */
void power_expect(const char *file, int line, const char *calls);
#define EXPECT(Calls) power_expect(__FILE__, __LINE__, (Calls))
void power_forget_calls(void);

/* How often a callback has been called since the calls were forgotten. */
unsigned power_count(const char *name);

/* Lets time pass; waits until a callback has been called since the calls were forgotten. */
void power_pause(unsigned microseconds);
void power_wait_for(const char *name);

/* Idle settings of the device that was added last. */
NTSTATUS power_set_idle(WDF_POWER_POLICY_S0_IDLE_CAPABILITIES caps, ULONG milliseconds);
NTSTATUS power_set_wake(void);

/* The way up and down, by their names. */
#define PREPARE "PrepareHardware "
#define UP_INIT "D0Entry.D3Final D0EntryPost SelfManagedIoInit"
#define UP_RESTART "D0Entry.D3Final D0EntryPost SelfManagedIoRestart"
#define DOWN_FINAL "SelfManagedIoSuspend D0ExitPre.D3Final D0Exit.D3Final"
#define END "SelfManagedIoFlush SelfManagedIoCleanup"

#endif /* POWER_CASE_H */
