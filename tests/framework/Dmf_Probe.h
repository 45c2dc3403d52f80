/* SPDX-License-Identifier: MIT */
/*
 * Probe: a Module that writes down each of its callbacks, under the name that its description gives it.
 */
#ifndef DMF_PROBE_H
#define DMF_PROBE_H

#include "DmfDefinitions.h"

/* A tree of Probes. */
typedef struct _PROBE_DESCRIPTION
{
    const char *Name;
    /* A DmfModuleOpenOption, and options of the Module besides DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM. */
    ULONG OpenOption;
    ULONG ModuleOptions;
    /* Own callbacks for hardware and power, instead of the generic ones. */
    BOOLEAN OwnPower;
    BOOLEAN PassiveLevel;
    /* The Module makes this Dynamic Module when it opens and deletes it when it closes. */
    const struct _PROBE_DESCRIPTION *Dynamic;
    const struct _PROBE_DESCRIPTION *Transport;
    /* Ended by NULL, or NULL itself. */
    const struct _PROBE_DESCRIPTION *const *Children;
} PROBE_DESCRIPTION;

typedef struct
{
    const PROBE_DESCRIPTION *Description;
} DMF_CONFIG_Probe;

DECLARE_DMF_MODULE(Probe)

/* Writes down a step, and says whether it is to fail. */
NTSTATUS ProbeStep(const char *Name, const char *Step);

/* Adds one Probe, with callbacks of the Client. */
VOID ProbeAdd(PDMFMODULE_INIT DmfModuleInit, const PROBE_DESCRIPTION *Description);

#endif /* DMF_PROBE_H */
