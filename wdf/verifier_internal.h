/* SPDX-License-Identifier: MIT */
/*
 * What the files of the verifier share.
 */
#ifndef WDF_VERIFIER_INTERNAL_H
#define WDF_VERIFIER_INTERNAL_H

#include "wdf/verifier.h"

enum
{
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

/* What the verifier keeps for a driver, from its binding to its unbinding. */
struct verifier
{
    struct verifier_settings settings;
    /* Guards the sites. */
    struct platform_spinlock lock;
    struct verifier_site sites[VERIFIER_SITES];
    uint32_t site_count;
    uint32_t counts[RULE_COUNT];
};

/* Fills in what the registry says of the driver; what it does not say stays. IRQL: PASSIVE_LEVEL. */
void verifier_read_settings(PDRIVER_OBJECT driver_object, struct verifier_settings *settings);

/* The object's memory is free: what comes after it at the same address has not been reported yet. */
void verifier_forget(struct driver_globals *globals, const struct object *object);

#endif /* WDF_VERIFIER_INTERNAL_H */
