/* SPDX-License-Identifier: MIT */
/*
 * Cases of DMF's tests: Client Driver and test in one program. See nt_case.h for how cases are written and run, wdf_case.h for
 * the verifier, which looks at every case's driver.
 *
 *     static void rule_in_words(void)
 *     {
 *         DMF_CONFIG_RingBuffer config;
 *         DMF_MODULE_ATTRIBUTES attributes;
 *         DMFMODULE ring;
 *
 *         DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
 *         config.ItemCount = 4;
 *         ring = dmf_case_begin(DMF_CASE_STATIC, &attributes);
 *         CHECK_STATUS(DMF_RingBuffer_Write(ring, ...), STATUS_SUCCESS);
 *         dmf_case_end();
 *     }
 */
#ifndef DMF_CASE_H
#define DMF_CASE_H

#include "DmfModule.h"

#include "DmfModules.Core.h"
#include "wdf_case.h"

/* How the Module of a case lives: in the device's collection, as a child of another Module, or as a Dynamic Module. */
enum dmf_case_life
{
    DMF_CASE_STATIC,
    DMF_CASE_CHILD,
    DMF_CASE_DYNAMIC,
};

/* Runs the statements once for each life, which is called `life`. */
#define FOR_EACH_LIFE for (enum dmf_case_life life = DMF_CASE_STATIC; life <= DMF_CASE_DYNAMIC; life++)

/*
 * Loads the driver, starts a device with the one Module, and returns the Module; stops the case when that fails. The attributes
 * and what they point to must stay until this returns.
 */
DMFMODULE dmf_case_begin(enum dmf_case_life life, DMF_MODULE_ATTRIBUTES *attributes);

/* The same for a Module that may fail: what adding the Module returned. After a failure there is nothing to end. */
NTSTATUS dmf_case_try(enum dmf_case_life life, DMF_MODULE_ATTRIBUTES *attributes, DMFMODULE *ret_module);

/* The same with what EvtDmfDeviceModulesAdd does left to the case. NULL for a device without Client Modules. */
NTSTATUS dmf_case_try_modules(EVT_DMF_DEVICE_MODULES_ADD *modules_add);
void dmf_case_begin_modules(EVT_DMF_DEVICE_MODULES_ADD *modules_add);

/* The device of the case, and its WDFDEVICE. */
extern struct testkit_device *dmf_case_device;
extern WDFDEVICE dmf_case_wdf_device;

/* Opens the device, which has a symbolic link from its start; the case closes the file. */
struct testkit_file *dmf_case_open(void);

/* Removes the device, if there still is one, and unloads the driver. */
void dmf_case_end(void);

/*
 * Runs the body with the first, second, third ... allocation failing until it goes through without. What it begins it ends,
 * in the words above; what it does in between may fail. The driver is loaded before and unloaded afterwards.
 */
void dmf_case_fail_each_allocation(void (*body)(void));

/* Takes the device away at once, as when it is pulled out; dmf_case_end() still follows. */
void dmf_case_pull_out(void);

#endif /* DMF_CASE_H */
