/* SPDX-License-Identifier: MIT */
/*
 * Drivers that hear of the state changes of their device's machines.
 */
#ifndef WDF_STATE_CHANGE_H
#define WDF_STATE_CHANGE_H

#include "wdf/machine.h"

/* One registration. The device takes the list over from the init structure, and frees it. */
struct state_change
{
    struct state_change *next;
    enum machine_kind kind;
    uint32_t state;
    uint32_t types;
    void *callback;
};

/*
 * A machine goes from one state to the next: the driver hears that the old one is left, that the new one is entered, and, when
 * the work of the new one is done, that too. States that have the same published value are one. IRQL: PASSIVE_LEVEL.
 */
void state_change_leave(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to);
void state_change_enter(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to);
void state_change_processed(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to);

void state_changes_free(struct state_change *first);

/* The published value of the state that a machine is in. */
uint32_t state_change_published(struct device *device, enum machine_kind kind);

#endif /* WDF_STATE_CHANGE_H */
