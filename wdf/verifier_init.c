/* SPDX-License-Identifier: MIT */
/*
 * The verifier's book of device initialisations: which of a driver's there are, and what became of those that were.
 *
 * A freed one stays in the book until its row is needed, so that its later use is known for what it is.
 */
#include "wdf/device_init.h"
#include "wdf/verifier_internal.h"

static struct verifier_init *find(struct verifier *verifier, const void *init)
{
    for (uint32_t index = 0; index < VERIFIER_INITS; index++)
    {
        if (verifier->inits[index].init == init)
        {
            return &verifier->inits[index];
        }
    }
    return NULL;
}

/* A row for a new one: its own old one, a free one, or that of one that is gone. NULL when all are in use. */
static struct verifier_init *take_row(struct verifier *verifier, const void *init)
{
    struct verifier_init *row = find(verifier, init);

    if (row == NULL)
    {
        row = find(verifier, NULL);
    }
    for (uint32_t index = 0; row == NULL && index < VERIFIER_INITS; index++)
    {
        uint32_t turn = verifier->next_init++ % VERIFIER_INITS;

        row = verifier->inits[turn].state == VERIFIER_INIT_LIVES ? NULL : &verifier->inits[turn];
    }
    return row;
}

void verifier_init_made(struct driver_globals *globals, const struct WDFDEVICE_INIT *init, uint32_t kind)
{
    struct verifier *verifier = globals->verifier;
    struct verifier_init *row;

    if (!verifier_is_on(globals))
    {
        return;
    }
    platform_spinlock_lock(&verifier->lock);
    row = take_row(verifier, init);
    if (row != NULL)
    {
        *row = (struct verifier_init){.init = init, .kind = kind, .state = VERIFIER_INIT_LIVES};
    }
    else
    {
        verifier->inits_overflowed = true;
    }
    platform_spinlock_unlock(&verifier->lock);
}

static void set_state(struct driver_globals *globals, const void *init, enum verifier_init_state state)
{
    struct verifier *verifier = globals->verifier;
    struct verifier_init *row;

    if (!verifier_is_on(globals))
    {
        return;
    }
    platform_spinlock_lock(&verifier->lock);
    row = find(verifier, init);
    if (row != NULL && row->state == VERIFIER_INIT_LIVES)
    {
        row->state = state;
    }
    platform_spinlock_unlock(&verifier->lock);
}

void verifier_init_used(struct driver_globals *globals, const struct WDFDEVICE_INIT *init)
{
    set_state(globals, init, VERIFIER_INIT_USED);
}

void verifier_init_freed(struct driver_globals *globals, const struct WDFDEVICE_INIT *init)
{
    set_state(globals, init, VERIFIER_INIT_FREED);
}

static const char *kind_name(uint32_t kind)
{
    return kind == VERIFIER_INIT_FDO ? "function or filter device" :
           kind == VERIFIER_INIT_PDO ? "child device" :
                                       "control device";
}

/* What is wrong with a call: nothing, or the rule that it breaks. */
static enum verifier_rule judge(const struct verifier_init *row, uint32_t wanted)
{
    switch (row->state)
    {
        case VERIFIER_INIT_FREED:
            return RULE_V34;
        case VERIFIER_INIT_USED:
            return RULE_V33;
        default:
            return wanted == 0 || wanted == row->kind ? RULE_NONE : RULE_V33;
    }
}

static const char *reason(const struct verifier_init *row)
{
    switch (row->state)
    {
        case VERIFIER_INIT_FREED:
            return "it has been freed";
        case VERIFIER_INIT_USED:
            return "its device has been created";
        default:
            return "it is for another kind of device";
    }
}

bool verifier_check_init(struct driver_globals *globals, const struct verifier_function *function, const void *init)
{
    struct verifier *verifier = globals->verifier;
    uint32_t wanted = function->flags & (VERIFIER_INIT_FDO | VERIFIER_INIT_PDO);
    struct verifier_init copy = {0};
    enum verifier_rule rule;
    struct verifier_init *row;

    platform_spinlock_lock(&verifier->lock);
    row = find(verifier, init);
    if (row != NULL)
    {
        copy = *row;
    }
    platform_spinlock_unlock(&verifier->lock);
    if (row == NULL)
    {
        if (!verifier->inits_overflowed)
        {
            verifier_report_about(globals, RULE_V34, init, "WDFDEVICE_INIT", function->name,
                                  "this is no device initialisation of the driver");
        }
        return verifier->inits_overflowed;
    }
    rule = judge(&copy, wanted);
    if (rule != RULE_NONE)
    {
        verifier_report_about(globals, rule, init, "WDFDEVICE_INIT", function->name, "%s (a %s)", reason(&copy),
                              kind_name(copy.kind));
    }
    return rule == RULE_NONE;
}

void verifier_check_leaked_inits(struct driver_globals *globals)
{
    struct verifier *verifier = globals->verifier;

    for (uint32_t index = 0; index < VERIFIER_INITS; index++)
    {
        const struct verifier_init *row = &verifier->inits[index];

        if (row->init != NULL && row->state == VERIFIER_INIT_LIVES)
        {
            verifier_report_about(globals, RULE_V34, row->init, "WDFDEVICE_INIT", "EvtDriverUnload",
                                  "allocated for a %s, it was neither used nor freed", kind_name(row->kind));
            device_init_free((struct WDFDEVICE_INIT *)(uintptr_t)row->init);
        }
    }
}
