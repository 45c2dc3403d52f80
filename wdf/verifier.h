/* SPDX-License-Identifier: MIT */
/*
 * The verifier: finds out a driver that breaks a rule of WDF, and says which, about which object, and in which call.
 *
 * Each driver has its own level. Off costs one branch on one word of the driver's globals wherever a rule is looked at, and
 * nothing in calls, because a verified driver has another function table. Who owns the state that a rule is about looks at it,
 * under the lock of that state, and reports after releasing it; what a call can be judged by alone (IRQL, required parameters,
 * sizes) stands in generated tables.
 *
 * After a report the call goes on and does what it does without the verifier, a bug check where that is published. Only a call
 * above its level, or with a device initialisation that is gone, ends there.
 */
#ifndef WDF_VERIFIER_H
#define WDF_VERIFIER_H

#include "wdf/globals.h"
#include "wdf/thread.h"
#include "wdf/verifier_call.h"

/* docs/verifier/ has a page for each. The D rules are about DMF's Modules. */
enum verifier_rule
{
    RULE_NONE,
    RULE_V01,
    RULE_V02,
    RULE_V03,
    RULE_V04,
    RULE_V05,
    RULE_V06,
    RULE_V07,
    RULE_V08,
    RULE_V09,
    RULE_V10,
    RULE_V11,
    RULE_V12,
    RULE_V13,
    RULE_V14,
    RULE_V15,
    RULE_V16,
    RULE_V17,
    RULE_V18,
    RULE_V19,
    RULE_V20,
    RULE_V21,
    RULE_V22,
    RULE_V23,
    RULE_V24,
    RULE_V25,
    RULE_V26,
    RULE_V27,
    RULE_V28,
    RULE_V29,
    RULE_V30,
    RULE_V31,
    RULE_V32,
    RULE_V33,
    RULE_V34,
    RULE_V35,
    RULE_V36,
    RULE_V37,
    RULE_V38,
    RULE_V39,
    RULE_V40,
    RULE_V41,
    RULE_V42,
    RULE_V43,
    RULE_V44,
    RULE_V45,
    RULE_V46,
    RULE_V47,
    RULE_V48,
    RULE_V49,
    RULE_V50,
    RULE_V51,
    RULE_V52,
    RULE_D01,
    RULE_D02,
    RULE_D03,
    RULE_D04,
    RULE_D05,
    RULE_D06,
    RULE_D07,
    RULE_D08,
    RULE_D09,
    RULE_D10,
    RULE_D11,
    RULE_D12,
    RULE_COUNT,
};

/* How much is looked at; each level contains those before it. */
enum verifier_level
{
    VERIFIER_OFF,
    /* All rules that need no more than state which is there. */
    VERIFIER_BASIC,
    /* Where each object was created, what was called with it, and references by their tags. */
    VERIFIER_FULL,
    /* Buffers of requests on pages of their own, which cannot be touched after the request. */
    VERIFIER_PAGE,
};

/* What a driver is verified for: the values below Parameters\Wdf of its service, by the names that Windows gives them. */
struct verifier_settings
{
    enum verifier_level level;
    /* DbgBreakOnError: a report stops the process. */
    bool break_on_error;
    /* VerifierAllocateFailCount: allocations for the driver after this many fail; zero for none. */
    uint32_t allocate_fail_count;
    /* DbgWaitForSignalTimeoutInSec: what takes longer is reported. */
    uint32_t wait_seconds;
    /* ObjectLeakDetectionLimit: more objects of one type than this are reported; zero for no limit. */
    uint32_t object_limit;
};

/* One broken rule. The texts live as long as the call that hands it over. */
struct verifier_finding
{
    enum verifier_rule rule;
    /* Such as "V01", and the rule in words. */
    const char *name;
    const char *title;
    const char *driver;
    /* The object's handle and type; NULL when the rule is about none. */
    const void *handle;
    const char *type;
    /* The published function or callback in which it was broken. */
    const char *function;
    /* What happened, in one sentence. */
    const char *text;
};

/* Receives findings in place of standard error, on the thread that broke the rule, at its IRQL. */
typedef void verifier_listener(const struct verifier_finding *finding, void *context);

/* One for the process, NULL for none; not while drivers run. */
RUNTIME_API void verifier_listen(verifier_listener *listener, void *context);

/* What drivers are verified for that are loaded from now on and whose registry says nothing. Debug builds begin with basic. */
RUNTIME_API void verifier_set_default(const struct verifier_settings *settings);
RUNTIME_API void verifier_get_default(struct verifier_settings *ret_settings);

/* How often the rule was reported about the driver. */
RUNTIME_API uint32_t verifier_count(const struct driver_globals *globals, enum verifier_rule rule);

/* How many reports there were about all drivers since the last call. */
RUNTIME_API uint32_t verifier_take_total(void);

/* How many objects of a verified driver live. */
RUNTIME_API uint32_t verifier_live_objects(const struct driver_globals *globals);

/* "V01", and the rule in words. */
RUNTIME_API const char *verifier_rule_name(enum verifier_rule rule);
RUNTIME_API const char *verifier_rule_title(enum verifier_rule rule);

/* Whether anything is to be looked at for this driver, and whether as much as the level says. */
static inline bool verifier_is_on(const struct driver_globals *globals)
{
    return __builtin_expect(globals->verifier_level != VERIFIER_OFF, 0);
}

static inline bool verifier_is_at(const struct driver_globals *globals, enum verifier_level level)
{
    return __builtin_expect(globals->verifier_level >= (uint32_t)level, 0);
}

/* Whether an allocation for the driver is to fail, because VerifierAllocateFailCount says so. */
bool verifier_count_allocation(struct driver_globals *globals);

static inline bool verifier_fails_allocation(struct driver_globals *globals)
{
    return verifier_is_on(globals) && verifier_count_allocation(globals);
}

/*
 * Reports a broken rule: the driver, the object (NULL for none), the published function or callback, and what happened in one
 * sentence. The same rule about the same object in the same function is reported once. Nothing when the verifier is off. Any
 * IRQL; the caller holds no lock of the runtime.
 */
void verifier_report(struct driver_globals *globals, enum verifier_rule rule, const struct object *object,
                     const char *function, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Names the rule and what happened before a bug check that every driver gets, verified or not. Nobody else is told. */
void verifier_explain(struct driver_globals *globals, enum verifier_rule rule, const struct object *object,
                      const char *function, const char *text);

/* A report about something that is no object of the engine, by its address. type says what it is. */
void verifier_report_about(struct driver_globals *globals, enum verifier_rule rule, const void *address, const char *type,
                           const char *function, const char *format, ...) __attribute__((format(printf, 6, 7)));

/*
 * Callbacks. Whoever calls a callback of a driver puts this pair around the call:
 *
 *     struct verifier_callback callback;
 *
 *     verifier_callback_enter(&callback, &queue->object, "EvtIoRead");
 *     queue->config.EvtIoRead(...);
 *     verifier_callback_leave(&callback);
 *
 * The object is the one that has the callback, by the name that its member has. It may be gone when the callback returns.
 * Off, the pair costs one branch.
 */
struct verifier_callback
{
    /* NULL when the driver is not verified; the rest is set by verifier_callback_entered() alone. */
    struct driver_globals *globals;
    struct verifier_callback *outer;
    const char *name;
    struct object *object;
    const void *handle;
    const char *type;
    /* What must be the same when the callback returns. */
    uint8_t irql;
    uint32_t held_count;
    uint32_t critical_regions;
    /* Level full: goes off when the callback takes too long. */
    bool timed;
    struct platform_timer timer;
};

void verifier_callback_entered(struct verifier_callback *callback, struct object *object, const char *name);
void verifier_callback_left(struct verifier_callback *callback);

static inline void verifier_callback_enter(struct verifier_callback *callback, struct object *object, const char *name)
{
    callback->globals = NULL;
    if (verifier_is_on(object->globals))
    {
        verifier_callback_entered(callback, object, name);
    }
}

static inline void verifier_callback_leave(struct verifier_callback *callback)
{
    if (__builtin_expect(callback->globals != NULL, 0))
    {
        verifier_callback_left(callback);
    }
}

/* The innermost callback of a verified driver that this thread is in; NULL for none. */
struct verifier_callback *verifier_current_callback(void);

/* Whether this thread is in a callback of that name, such as "EvtIoStop", of the object (NULL: of any), however deep. */
bool verifier_is_in_callback(const struct object *object, const char *name);

/* Receives the name of each callback of a verified driver as it is entered, and the handle that it belongs to. */
typedef void verifier_tracer(const char *driver, const char *type, const void *handle, const char *name, void *context);

/* One for the process, NULL for none; not while drivers run. */
RUNTIME_API void verifier_trace(verifier_tracer *tracer, void *context);

/*
 * Locks of drivers. The function is the published one. Each costs nothing when the driver is not verified: the caller looks at
 * verifier_is_on() first. wanted is said of a lock that the thread holds already and wants without a time limit; it stops the
 * process. in_order is false for an attempt, which cannot be part of a deadlock. released stops the
 * process for a spin lock that the thread does not hold. is_held says that the thread holds the lock that ends.
 */
_Noreturn void verifier_lock_wanted(struct object *object, const char *function);
void verifier_lock_acquired(struct object *object, const char *function, bool is_spin, bool in_order);
void verifier_lock_released(struct object *object, const char *function, bool is_spin);
void verifier_lock_destroyed(struct object *object, bool is_held);

/*
 * Device initialisations: made for a kind of device (VERIFIER_INIT_FDO, VERIFIER_INIT_PDO, zero for a control device), used when
 * the device has been created with it, and freed.
 */
void verifier_init_made(struct driver_globals *globals, const struct WDFDEVICE_INIT *init, uint32_t kind);
void verifier_init_used(struct driver_globals *globals, const struct WDFDEVICE_INIT *init);
void verifier_init_freed(struct driver_globals *globals, const struct WDFDEVICE_INIT *init);

/* The n-th call of the published function from now fails with the status, if it returns one; n = 0 ends that. */
RUNTIME_API void verifier_fail_call(const char *function, uint32_t nth, NTSTATUS status);

/* DbgWaitForSignalTimeoutInSec of a verified driver: what takes longer is reported. Zero when the verifier is off. */
uint32_t verifier_wait_seconds(const struct driver_globals *globals);

/* Makes and frees the verifier of a driver that is bound and unbound. STATUS_INSUFFICIENT_RESOURCES. IRQL: PASSIVE_LEVEL. */
NTSTATUS verifier_attach(struct driver_globals *globals);
void verifier_detach(struct driver_globals *globals);

#endif /* WDF_VERIFIER_H */
