/* SPDX-License-Identifier: MIT */
/*
 * What the files of the test kit share.
 */
#ifndef TESTKIT_INTERNAL_H
#define TESTKIT_INTERNAL_H

#include "host/core/loader.h"
#include "testkit/testkit.h"

#ifdef __cplusplus
extern "C"
{
#endif

    struct testkit_driver
    {
        struct loaded_driver *loaded;
        /* The next in the list of those that are loaded. */
        struct testkit_driver *next;
    };

    /* Notes that a driver is loaded, or about to be unloaded, for devices whose drivers are found by service. */
    void machine_driver_loaded(struct testkit_driver *driver);
    void machine_driver_unloads(struct testkit_driver *driver);

#ifdef __cplusplus
}
#endif

#endif /* TESTKIT_INTERNAL_H */
