/* SPDX-License-Identifier: MIT */
/*
 * The test kit: the verifier.
 */
#include "testkit/testkit.h"

#include "wdf/verifier.h"

/* Who listens. One for the process, as the verifier's listener is. */
static struct
{
    testkit_listener *listener;
    void *context;
} listening;

void testkit_verify(enum testkit_level level)
{
    struct verifier_settings settings;

    verifier_get_default(&settings);
    settings.level = (enum verifier_level)level;
    verifier_set_default(&settings);
}

static void hear(const struct verifier_finding *found, void *context)
{
    struct testkit_finding finding = {
        .rule = found->name,
        .title = found->title,
        .driver = found->driver,
        .handle = found->handle,
        .type = found->type,
        .function = found->function,
        .text = found->text,
    };

    (void)context;
    listening.listener(&finding, listening.context);
}

void testkit_listen(testkit_listener *listener, void *context)
{
    listening.listener = listener;
    listening.context = context;
    verifier_listen(listener == NULL ? NULL : hear, NULL);
}

unsigned testkit_reports(void)
{
    return verifier_take_total();
}
