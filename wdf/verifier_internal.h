/* SPDX-License-Identifier: MIT */
/*
 * What the files of the verifier share.
 */
#ifndef WDF_VERIFIER_INTERNAL_H
#define WDF_VERIFIER_INTERNAL_H

#include "nt/io/staging.h"
#include "wdf/verifier.h"
#include "wdf/verifier_call.h"

enum
{
    /* Device initialisations of a driver that are known at the same time. */
    VERIFIER_INITS = 64,
    /* Reports of a driver that are remembered, so that none is made twice. When all are taken, the oldest is forgotten. */
    VERIFIER_SITES = 256,
};

/* A report that was made: the same again is not. */
struct verifier_site
{
    enum verifier_rule rule;
    const void *address;
    const char *function;
};

/* A device initialisation. The kind is one of VERIFIER_INIT_FDO, VERIFIER_INIT_PDO, or zero for a control device. */
enum verifier_init_state
{
    VERIFIER_INIT_LIVES = 1,
    /* Its device has been created. */
    VERIFIER_INIT_USED,
    VERIFIER_INIT_FREED,
};

struct verifier_init
{
    const void *init;
    uint32_t kind;
    enum verifier_init_state state;
};

/* What the verifier keeps for a driver, from its binding to its unbinding. */
struct verifier
{
    struct verifier_settings settings;
    /* Guards the sites and the initialisations. */
    struct platform_spinlock lock;
    struct verifier_site sites[VERIFIER_SITES];
    uint32_t site_count;
    uint32_t counts[RULE_COUNT];
    /* Guarded by the lock. Overflowed: some are not in it. */
    struct verifier_init inits[VERIFIER_INITS];
    uint32_t next_init;
    bool inits_overflowed;
    struct verifier_order *order;
    struct census *census;
    struct staging_watcher staging;
    /* Allocations for the driver, where they are counted because some are to fail. */
    uint32_t allocations;
    /* All that are attached, guarded by the lock of them all. */
    struct driver_globals *globals;
    struct verifier *next;
};

/* Fills in what the registry says of the driver; what it does not say stays. IRQL: PASSIVE_LEVEL. */
void verifier_read_settings(PDRIVER_OBJECT driver_object, struct verifier_settings *settings);

NTSTATUS census_create(struct verifier *verifier);
void census_free(struct verifier *verifier);

/* Whether another verified driver has the same pool tag, so that its blocks are counted with this one's. */
bool verifier_shares_tag(const struct driver_globals *globals);

/* The innermost spin lock of a verified driver that this thread holds; NULL for none. */
const struct verifier_held_lock *verifier_held_spin_lock(void);

/* verifier_explain() about a callback that has returned. */
void verifier_explain_callback(const struct verifier_callback *callback, enum verifier_rule rule, const char *text);

/* Reports the locks that the callback acquired and still holds when it returns; whether there are some. */
bool verifier_check_held(const struct verifier_callback *callback);

/* The order of locks: the graph of a driver, the thread's next lock, and the end of a lock. */
NTSTATUS verifier_order_create(struct verifier *verifier);
void verifier_order_free(struct verifier *verifier);
void verifier_order_acquired(struct wdf_thread *thread, struct object *object, const char *function);
void verifier_order_forget(struct object *object);

/* Whether a call with this device initialisation may go on. Reports when not. */
bool verifier_check_init(struct driver_globals *globals, const struct verifier_function *function, const void *init);

/* At the driver's end: reports the initialisations that it has not given back, and frees them. */
void verifier_check_leaked_inits(struct driver_globals *globals);

/* The object's memory is free: what comes after it at the same address has not been reported yet. */
void verifier_forget(struct driver_globals *globals, const struct object *object);

#endif /* WDF_VERIFIER_INTERNAL_H */
