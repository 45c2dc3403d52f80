/* SPDX-License-Identifier: MIT */
/*
 * The verifier's reports, and its life with a driver.
 */
#include "wdf/verifier.h"

#include <stdio.h>
#include <string.h>

#include "nt/debug/fault.h"
#include "nt/memory/in_use.h"
#include "wdf/verifier_census.h"
#include "wdf/verifier_internal.h"

/* What is not a driver's own. Set before drivers are loaded. */
static struct
{
    verifier_listener *listener;
    void *context;
    struct verifier_settings initial;
    /* Guards the list of those that are attached. */
    struct platform_spinlock lock;
    struct verifier *attached;
    uint32_t total;
} common = {
    .initial =
        {
#if defined(NDEBUG)
            .level = VERIFIER_OFF,
#else
            .level = VERIFIER_BASIC,
#endif
            .wait_seconds = 60,
        },
};

void verifier_listen(verifier_listener *listener, void *context)
{
    common.listener = listener;
    common.context = context;
}

void verifier_set_default(const struct verifier_settings *settings)
{
    common.initial = *settings;
}

void verifier_get_default(struct verifier_settings *ret_settings)
{
    *ret_settings = common.initial;
}

static void verifier_free(struct verifier *verifier)
{
    verifier_order_free(verifier);
    census_free(verifier);
    platform_free(verifier, sizeof(*verifier));
}

/* Rule V18. */
static void buffer_was_touched(struct staging_watcher *watcher, const void *buffer, size_t length, size_t place)
{
    struct verifier *verifier = CONTAINING_RECORD(watcher, struct verifier, staging);

    verifier_report_about(verifier->globals, RULE_V18, buffer, "buffer", "WdfRequestComplete",
                          "byte %zu of the request's buffer of %zu bytes was written after the request was completed", place,
                          length);
}

/* Rule V52: whoever frees is in a callback of its own, or it is one of those that are looked at so closely. */
static void used_memory_is_freed(const void *memory, size_t size, const void *place, const char *what)
{
    const struct verifier_callback *callback = verifier_current_callback();
    struct driver_globals *globals = callback == NULL ? NULL : callback->globals;

    platform_spinlock_lock(&common.lock);
    for (struct verifier *verifier = common.attached; verifier != NULL && globals == NULL; verifier = verifier->next)
    {
        globals = verifier->settings.level >= VERIFIER_FULL ? verifier->globals : NULL;
    }
    platform_spinlock_unlock(&common.lock);
    if (globals != NULL)
    {
        verifier_report_about(globals, RULE_V52, place, what, "ExFreePool",
                              "the block of %zu bytes at %p, which is freed, contains it", size, memory);
    }
}

/* What level full and page look at in the executive. */
static void watch_memory(struct verifier *verifier, PDRIVER_OBJECT driver)
{
    verifier->staging.on_pages = verifier->settings.level == VERIFIER_PAGE;
    verifier->staging.touched = buffer_was_touched;
    if (verifier->staging.on_pages)
    {
        fault_handler_install();
    }
    if (verifier->settings.level >= VERIFIER_FULL)
    {
        staging_begin(driver, &verifier->staging);
        in_use_watch(used_memory_is_freed);
    }
}

NTSTATUS verifier_attach(struct driver_globals *globals)
{
    struct verifier *verifier = platform_zalloc(sizeof(*verifier));

    if (verifier == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (!NT_SUCCESS(verifier_order_create(verifier)) || !NT_SUCCESS(census_create(verifier)))
    {
        verifier_free(verifier);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    verifier->settings = common.initial;
    verifier->globals = globals;
    verifier_read_settings(globals->driver_object, &verifier->settings);
    globals->verifier = verifier;
    globals->verifier_level = verifier->settings.level;
    if (verifier_is_on(globals))
    {
        /* The driver's own WDFVERIFY() asserts. */
        globals->published.DriverFlags |= WdfVerifyOn;
    }
    watch_memory(verifier, globals->driver_object);
    platform_spinlock_lock(&common.lock);
    verifier->next = common.attached;
    common.attached = verifier;
    platform_spinlock_unlock(&common.lock);
    return STATUS_SUCCESS;
}

static void take_out(struct verifier *verifier)
{
    struct verifier **link = &common.attached;

    platform_spinlock_lock(&common.lock);
    while (*link != verifier)
    {
        link = &(*link)->next;
    }
    *link = verifier->next;
    platform_spinlock_unlock(&common.lock);
}

void verifier_detach(struct driver_globals *globals)
{
    if (verifier_is_at(globals, VERIFIER_FULL))
    {
        staging_end(globals->driver_object, &globals->verifier->staging);
        in_use_end();
    }
    if (verifier_is_on(globals))
    {
        verifier_check_leaked_inits(globals);
        census_driver_gone(globals);
    }
    globals->verifier_level = VERIFIER_OFF;
    take_out(globals->verifier);
    verifier_free(globals->verifier);
    globals->verifier = NULL;
}

bool verifier_shares_tag(const struct driver_globals *globals)
{
    bool shares = false;

    platform_spinlock_lock(&common.lock);
    for (struct verifier *verifier = common.attached; verifier != NULL; verifier = verifier->next)
    {
        shares = shares ||
                 (verifier->globals != globals && verifier->globals->published.DriverTag == globals->published.DriverTag);
    }
    platform_spinlock_unlock(&common.lock);
    return shares;
}

uint32_t verifier_wait_seconds(const struct driver_globals *globals)
{
    return verifier_is_on(globals) ? globals->verifier->settings.wait_seconds : 0;
}

bool verifier_count_allocation(struct driver_globals *globals)
{
    struct verifier *verifier = globals->verifier;

    return verifier->settings.allocate_fail_count != 0 &&
           __atomic_fetch_add(&verifier->allocations, 1, __ATOMIC_RELAXED) >= verifier->settings.allocate_fail_count;
}

uint32_t verifier_count(const struct driver_globals *globals, enum verifier_rule rule)
{
    return __atomic_load_n(&globals->verifier->counts[rule], __ATOMIC_RELAXED);
}

/*
 * Reports.
 */

uint32_t verifier_take_total(void)
{
    return __atomic_exchange_n(&common.total, 0, __ATOMIC_RELAXED);
}

static bool is_same_site(const struct verifier_site *site, enum verifier_rule rule, const void *address,
                         const char *function)
{
    return site->rule == rule && site->address == address && strcmp(site->function, function) == 0;
}

/* Whether this is to be reported: it is the first time. Afterwards it is not. */
static bool site_is_new(struct verifier *verifier, enum verifier_rule rule, const void *address, const char *function)
{
    uint32_t known;
    bool found = false;

    platform_spinlock_lock(&verifier->lock);
    known = verifier->site_count < VERIFIER_SITES ? verifier->site_count : VERIFIER_SITES;
    for (uint32_t index = 0; index < known && !found; index++)
    {
        found = is_same_site(&verifier->sites[index], rule, address, function);
    }
    if (!found)
    {
        /* An object that ends looks at the count without the lock. */
        verifier->sites[verifier->site_count % VERIFIER_SITES] =
            (struct verifier_site){.rule = rule, .address = address, .function = function};
        __atomic_store_n(&verifier->site_count, verifier->site_count + 1, __ATOMIC_RELAXED);
        (void)__atomic_fetch_add(&verifier->counts[rule], 1, __ATOMIC_RELAXED);
    }
    platform_spinlock_unlock(&verifier->lock);
    return !found;
}

void verifier_forget(struct driver_globals *globals, const struct object *object)
{
    struct verifier *verifier = globals->verifier;
    const void *address = wdfobj_handle(object);

    /* Nearly always nothing has been reported, and objects come and go by the million. */
    if (__atomic_load_n(&verifier->site_count, __ATOMIC_RELAXED) == 0)
    {
        return;
    }
    platform_spinlock_lock(&verifier->lock);
    for (uint32_t index = 0; index < VERIFIER_SITES && index < verifier->site_count; index++)
    {
        if (verifier->sites[index].address == address)
        {
            verifier->sites[index].rule = RULE_NONE;
        }
    }
    platform_spinlock_unlock(&verifier->lock);
}

static void print_finding(const struct verifier_finding *finding)
{
    char object[128] = "none";

    if (finding->handle != NULL)
    {
        (void)snprintf(object, sizeof(object), "%s %p", finding->type, finding->handle);
    }
    fprintf(stderr,
            "dmf: verifier: rule %s: %s\n"
            "  driver: %s\n"
            "  object: %s\n"
            "  in: %s\n"
            "  %s\n",
            finding->name, finding->title, finding->driver, object, finding->function, finding->text);
}

static void report(struct driver_globals *globals, const struct verifier_finding *finding)
{
    if (!site_is_new(globals->verifier, finding->rule, finding->handle, finding->function))
    {
        return;
    }
    (void)__atomic_fetch_add(&common.total, 1, __ATOMIC_RELAXED);
    if (common.listener != NULL)
    {
        common.listener(finding, common.context);
        return;
    }
    print_finding(finding);
    platform_print_stack(2);
    if (globals->verifier->settings.break_on_error)
    {
        platform_fatal("stopped because DbgBreakOnError is set");
    }
}

static void report_arguments(struct driver_globals *globals, struct verifier_finding *finding, const char *format,
                             va_list arguments)
{
    char text[512];

    (void)vsnprintf(text, sizeof(text), format, arguments);
    finding->name = verifier_rule_name(finding->rule);
    finding->title = verifier_rule_title(finding->rule);
    finding->driver = globals->published.DriverName;
    finding->text = text;
    report(globals, finding);
}

void verifier_report(struct driver_globals *globals, enum verifier_rule rule, const struct object *object,
                     const char *function, const char *format, ...)
{
    struct verifier_finding finding = {.rule = rule, .function = function};
    va_list arguments;

    if (!verifier_is_on(globals))
    {
        return;
    }
    if (object != NULL)
    {
        finding.handle = wdfobj_handle(object);
        finding.type = object->class->name;
    }
    va_start(arguments, format);
    report_arguments(globals, &finding, format, arguments);
    va_end(arguments);
}

static void explain(struct driver_globals *globals, struct verifier_finding *finding)
{
    finding->name = verifier_rule_name(finding->rule);
    finding->title = verifier_rule_title(finding->rule);
    finding->driver = globals->published.DriverName;
    print_finding(finding);
}

void verifier_explain(struct driver_globals *globals, enum verifier_rule rule, const struct object *object,
                      const char *function, const char *text)
{
    struct verifier_finding finding = {
        .rule = rule,
        .handle = wdfobj_handle(object),
        .type = object->class->name,
        .function = function,
        .text = text,
    };

    explain(globals, &finding);
}

void verifier_explain_callback(const struct verifier_callback *callback, enum verifier_rule rule, const char *text)
{
    struct verifier_finding finding = {
        .rule = rule,
        .handle = callback->handle,
        .type = callback->type,
        .function = callback->name,
        .text = text,
    };

    explain(callback->globals, &finding);
}

void verifier_report_about(struct driver_globals *globals, enum verifier_rule rule, const void *address, const char *type,
                           const char *function, const char *format, ...)
{
    struct verifier_finding finding = {.rule = rule, .handle = address, .type = type, .function = function};
    va_list arguments;

    if (!verifier_is_on(globals))
    {
        return;
    }
    va_start(arguments, format);
    report_arguments(globals, &finding, format, arguments);
    va_end(arguments);
}
