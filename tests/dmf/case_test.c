/* SPDX-License-Identifier: MIT */
/*
 * The harness itself: a Module lives in each of the three ways, and what it creates goes with it.
 */
#include "dmf_case.h"

typedef struct
{
    ULONG Number;
} DMF_CONFIG_Numbered;
DECLARE_DMF_MODULE(Numbered)

typedef struct
{
    ULONG Opened;
} DMF_CONTEXT_Numbered;
DMF_MODULE_DECLARE_CONTEXT(Numbered)
DMF_MODULE_DECLARE_CONFIG(Numbered)

static ULONG opened;
static ULONG closed;

static NTSTATUS numbered_open(DMFMODULE DmfModule)
{
    opened += DMF_CONFIG_GET(DmfModule)->Number;
    return DMF_CONFIG_GET(DmfModule)->Number == 0 ? STATUS_NOT_FOUND : STATUS_SUCCESS;
}

static VOID numbered_close(DMFMODULE DmfModule)
{
    closed += DMF_CONFIG_GET(DmfModule)->Number;
}

NTSTATUS DMF_Numbered_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                             WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceOpen = numbered_open;
    callbacks.DeviceClose = numbered_close;
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(descriptor, Numbered, DMF_CONTEXT_Numbered, DMF_MODULE_OPTIONS_PASSIVE,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.CallbacksDmf = &callbacks;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

static void module_opens_and_closes_in_every_life(void)
{
    DMF_CONFIG_Numbered config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Numbered_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 7;
    FOR_EACH_LIFE
    {
        opened = closed = 0;
        CHECK(dmf_case_begin(life, &attributes) != NULL);
        CHECK_EQUAL(opened, 7);
        CHECK_EQUAL(closed, 0);
        dmf_case_end();
        CHECK_EQUAL(closed, 7);
    }
}

static void module_that_does_not_open_fails_in_every_life(void)
{
    DMF_CONFIG_Numbered config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    DMF_CONFIG_Numbered_AND_ATTRIBUTES_INIT(&config, &attributes);
    FOR_EACH_LIFE
    {
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_NOT_FOUND);
        CHECK(module == NULL);
    }
}

static void removal_and_pulling_out_close_the_module(void)
{
    DMF_CONFIG_Numbered config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Numbered_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 1;
    FOR_EACH_LIFE
    {
        closed = 0;
        (void)dmf_case_begin(life, &attributes);
        testkit_close(dmf_case_open());
        dmf_case_pull_out();
        CHECK_EQUAL(closed, 1);
        dmf_case_end();
    }
}

const struct nt_case nt_cases[] = {
    CASE(module_opens_and_closes_in_every_life),
    CASE(module_that_does_not_open_fails_in_every_life),
    CASE(removal_and_pulling_out_close_the_module),
    CASES_END,
};
