/* SPDX-License-Identifier: MIT */
/*
 * WDM drivers for tests of the plug and play manager: a bus with children that a test adds and takes away, a function driver
 * and filters. Each writes what it hears into a journal, and fails or waits where a test says so.
 */
#ifndef TESTS_PNP_RIG_H
#define TESTS_PNP_RIG_H

#include <ntifs.h>

#include "nt/pnp/devnode.h"

#define RIG_CHILDREN 1100
#define RIG_DEVICES 8

/* A device that the bus finds. A test fills it in before the bus is asked for its children. */
struct rig_child
{
    const char *device_id;
    const char *instance_id;
    const char *hardware_id;
    const char *compatible_id;
    const char *container_id;
    bool unique;
    bool raw;
    bool hardware_disabled;
    /* Also changed and read by the bus, at any time. */
    LONG present;
    ULONG interrupt;
    /* Reported as one that must go, or be ejected, together with this one. */
    struct rig_child *removal_relation;
    struct rig_child *ejection_relation;
    PNP_DEVICE_STATE pnp_state;
    NTSTATUS eject_status;
    /* The bus's own. */
    PDEVICE_OBJECT pdo;
    LONG reported;
    unsigned removes;
};

/* What a driver does when it gets a packet: -1 stands for AddDevice in minor. */
struct rig_fault
{
    const char *driver;
    int minor;
    NTSTATUS status;
    /* How often; zero is for ever. */
    unsigned times;
    /* Called before anything else happens to the packet. May be NULL. */
    void (*hook)(PDEVICE_OBJECT device, PIRP irp);
};

struct rig
{
    PDRIVER_OBJECT bus;
    PDRIVER_OBJECT function;
    PDRIVER_OBJECT lower;
    PDRIVER_OBJECT upper;
    struct devnode *bus_node;
    PDEVICE_OBJECT bus_pdo;
    struct rig_child *children;
    size_t child_count;
    struct rig_fault faults[8];
    /* Packets other than start, stop and removal ones are written down too. */
    bool journal_questions;
    bool quiet;
    /* What the function driver reports as its PnP state, and the resources that it was started with last. */
    PNP_DEVICE_STATE function_state;
    ULONG started_with;
    /* The function driver takes its device to another state for each one of the system, as a policy owner does. */
    bool owns_policy;
    /* The wait-wake packet that the bus keeps. */
    PIRP wait_wake;
};

extern struct rig rig;

/* Makes the drivers; loads by name come to them. One bus devnode is made, not started. */
NTSTATUS rig_try_set_up(void);
void rig_set_up(void);

/* Frees everything; all devices have been removed. */
void rig_tear_down(void);

/* Adds a child to the bus, without telling anybody. */
struct rig_child *rig_add_child(const char *device_id, const char *instance_id);

/* Starts the bus and waits until its children are started. */
void rig_start(void);

/* Asks the bus again and waits. */
void rig_rescan(void);

/* Removes the bus with all that is on it. */
void rig_remove_bus(void);

struct devnode *rig_node(struct rig_child *child);
enum devnode_state rig_state(struct rig_child *child);
uint32_t rig_problem(struct rig_child *child);

void rig_fault(const char *driver, int minor, NTSTATUS status, unsigned times);
void rig_hook(const char *driver, int minor, void (*hook)(PDEVICE_OBJECT device, PIRP irp));
void rig_no_faults(void);

/* The journal: "driver:what " for each event, in order. */
void rig_write(const char *driver, const char *what);
const char *rig_journal(void);
void rig_clear_journal(void);

#define RIG_ADD_DEVICE (-1)

/* Power packets in rig_fault() and rig_hook(). */
#define RIG_POWER(Minor) (0x100 + (Minor))

#endif /* TESTS_PNP_RIG_H */
