/* SPDX-License-Identifier: MIT */
/*
 * Probe: a Module that writes down each of its callbacks, fails where the case says so, and finds out when it is opened, closed
 * or destroyed out of turn.
 */
#ifndef PROBE_H
#define PROBE_H

#include "dmf_case.h"

#define PROBE_CHILDREN_MAXIMUM 4

struct probe
{
    const char *name;
    /* OPEN_Create and PASSIVE where the case says nothing. */
    DmfModuleOpenOption option;
    ULONG options;
    ULONG auxiliary_locks;
    bool passive_level;
    /* Own callbacks for hardware and power, instead of the generic ones. */
    bool own_power;
    /* No callbacks of DMF besides Open and Close. */
    bool generic;
    /* DeviceNotificationRegister opens the Module at once. */
    bool opens_when_registered;
    /* The Client has the user guide's four callbacks. */
    bool guide_events;
    /* Supports, and requires, a transport of another kind than the others do. */
    bool another_transport;
    const struct probe *transport;
    const struct probe *second_transport;
    const struct probe *children[PROBE_CHILDREN_MAXIMUM];
};

typedef struct
{
    const struct probe *Probe;
} DMF_CONFIG_Probe;
DECLARE_DMF_MODULE(Probe)

/*
 * What happened since probe_clear() or since the device was begun, as words "Name.Step". For cases in which one thread does
 * everything; others are silent.
 */
extern char probe_trace[16384];
extern bool probe_is_silent;
void probe_clear(void);
void probe_note(const char *name, const char *step);

#define CHECK_TRACE(expected) probe_check_trace(__FILE__, __LINE__, (expected))
void probe_check_trace(const char *file, int line, const char *expected);

/* The n-th step from now that can fail does; zero ends that. Whether it came to that. */
void probe_fail(unsigned n);
bool probe_failed(void);
#define PROBE_FAILURE STATUS_DEVICE_DATA_ERROR

/* Called at each step, before the step can fail. */
extern void (*probe_hook)(DMFMODULE module, const char *name, const char *step);
bool probe_is(const char *name, const char *step, const char *expected);

/* Attributes for one Module; the Config and the callbacks are written to static memory, so they serve once. */
void probe_attributes(const struct probe *probe, DMF_MODULE_ATTRIBUTES *ret_attributes);
void probe_add(PDMFMODULE_INIT init, const struct probe *probe, DMFMODULE *ret_module);
NTSTATUS probe_create_dynamic(WDFDEVICE device, WDFOBJECT parent, const struct probe *probe, DMFMODULE *ret_module);

/* A device with these Modules (ended by NULL), whose handles are in probe_modules. */
NTSTATUS probe_try(const struct probe *const *probes);
void probe_begin(const struct probe *const *probes);
extern DMFMODULE probe_modules[8];

/* Modules that exist, and that are open. */
extern volatile LONG probe_existing;
extern volatile LONG probe_open;

/* The Module's locks, which only its own source can take. */
void probe_lock(DMFMODULE module);
void probe_unlock(DMFMODULE module);
void probe_auxiliary_lock(DMFMODULE module, ULONG index);
void probe_auxiliary_unlock(DMFMODULE module, ULONG index);
void probe_validate(DMFMODULE module);
void probe_validate_opening(DMFMODULE module);
void probe_validate_closing(DMFMODULE module);

#endif /* PROBE_H */
