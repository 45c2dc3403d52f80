/* SPDX-License-Identifier: MIT */
/*
 * Rules that only the user guide states, and that no other program's subject is.
 */
#include "dmf_case.h"

#include <string.h>

/* A Module that does what its Config says: so many Child Modules, each told to the parent. */
typedef struct
{
    ULONG Number;
    ULONG Children;
} DMF_CONFIG_Rule;
DECLARE_DMF_MODULE(Rule)

typedef struct
{
    UCHAR Bytes[600];
} DMF_CONTEXT_Rule;
DMF_MODULE_DECLARE_CONTEXT(Rule)
DMF_MODULE_DECLARE_CONFIG(Rule)

/* What the Modules of the case saw. */
static struct
{
    unsigned created, opened, closed, destroyed;
    /* How often the tables of Feature Modules were asked for. */
    unsigned features_initialized;
    unsigned children_opened, children_closed;
    /* The Config's number as the Module last saw it. */
    ULONG number;
    bool context_was_zero;
    bool client_has_returned;
    bool created_before_client_returned;
    /* The parent's attributes as the callback that adds children got them. */
    BOOLEAN parent_is_passive;
    ULONG parents_number;
} seen;

static DMFMODULE modules[3];

static VOID Rule_ChildPostOpen(DMFMODULE DmfModule)
{
    CHECK(DMF_CONFIG_GET(DMF_ParentModuleGet(DmfModule))->Children > 0);
    seen.children_opened++;
}

static VOID Rule_ChildPreClose(DMFMODULE DmfModule)
{
    CHECK(DMF_CONFIG_GET(DMF_ParentModuleGet(DmfModule))->Children > 0);
    seen.children_closed++;
}

static VOID DMF_Rule_ChildModulesAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                                     PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;
    DMF_CONFIG_Rule config;

    seen.parent_is_passive = DmfParentModuleAttributes->PassiveLevel;
    seen.parents_number = ((DMF_CONFIG_Rule *)DmfParentModuleAttributes->ModuleConfigPointer)->Number;
    for (ULONG child = 0; child < DMF_CONFIG_GET(DmfModule)->Children; child++)
    {
        DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
        DMF_MODULE_EVENT_CALLBACKS_INIT(&callbacks);
        callbacks.EvtModuleOnDeviceNotificationPostOpen = Rule_ChildPostOpen;
        callbacks.EvtModuleOnDeviceNotificationPreClose = Rule_ChildPreClose;
        attributes.ClientCallbacks = &callbacks;
        DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
}

static NTSTATUS DMF_Rule_Open(DMFMODULE DmfModule)
{
    static const UCHAR zeroes[sizeof(DMF_CONTEXT_Rule)];

    CHECK(DMF_AttachedDeviceGet(DmfModule) == DMF_ParentDeviceGet(DmfModule));
    CHECK(DMF_ModuleParentGet(DmfModule) == DMF_ParentModuleGet(DmfModule));
    CHECK_EQUAL(DMF_ModuleIsDynamic(DmfModule), DMF_IsModuleDynamic(DmfModule));
    CHECK_EQUAL(DMF_ModuleIsPassiveLevel(DmfModule), DMF_IsModulePassiveLevel(DmfModule));
    seen.opened++;
    seen.context_was_zero = memcmp(DMF_CONTEXT_GET(DmfModule), zeroes, sizeof(zeroes)) == 0;
    memset(DMF_CONTEXT_GET(DmfModule), 0xa5, sizeof(DMF_CONTEXT_Rule));
    DMF_CONFIG_GET(DmfModule)->Number += 1000;
    return STATUS_SUCCESS;
}

static VOID DMF_Rule_Close(DMFMODULE DmfModule)
{
    seen.closed++;
    seen.number = DMF_CONFIG_GET(DmfModule)->Number;
}

static VOID DMF_Rule_Destroy(DMFMODULE DmfModule)
{
    CHECK(DmfModule != NULL);
    seen.destroyed++;
}

static VOID Rule_FeatureInitialize(DMFMODULE DmfModule)
{
    CHECK(DmfModule != NULL);
    seen.features_initialized++;
}

static void check_descriptor(const DMF_MODULE_DESCRIPTOR *descriptor, ULONG options, DmfModuleOpenOption open_option)
{
    CHECK_EQUAL(descriptor->Size, sizeof(DMF_MODULE_DESCRIPTOR));
    CHECK(strcmp(descriptor->ModuleName, "Rule") == 0);
    CHECK_EQUAL(descriptor->ModuleOptions, options);
    CHECK_EQUAL(descriptor->OpenOption, open_option);
    CHECK_EQUAL(descriptor->ModuleConfigSize, sizeof(DMF_CONFIG_Rule));
    CHECK(descriptor->CallbacksDmf == NULL && descriptor->CallbacksWdf == NULL);
    CHECK(descriptor->EntrypointsDmf == NULL && descriptor->EntrypointsWdf == NULL);
    CHECK(descriptor->TransportMethod == NULL && descriptor->BranchTrackInitialize == NULL);
    CHECK_EQUAL(descriptor->NumberOfAuxiliaryLocks, 0);
    CHECK_EQUAL(descriptor->InFlightRecorderSize, 0);
}

NTSTATUS DMF_Rule_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                         WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;

    seen.created++;
    seen.created_before_client_returned = seen.created_before_client_returned || !seen.client_has_returned;
    memset(&callbacks, 0xee, sizeof(callbacks));
    DMF_CALLBACKS_DMF_INIT(&callbacks);
    CHECK_EQUAL(callbacks.Size, sizeof(callbacks));
    callbacks.ModuleInstanceDestroy = DMF_Rule_Destroy;
    callbacks.DeviceOpen = DMF_Rule_Open;
    callbacks.DeviceClose = DMF_Rule_Close;
    callbacks.ChildModulesAdd = DMF_Rule_ChildModulesAdd;
    memset(&descriptor, 0xee, sizeof(descriptor));
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(descriptor, Rule, DMF_CONTEXT_Rule, DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    check_descriptor(&descriptor, DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    CHECK(descriptor.ModuleContextAttributes != NULL);
    descriptor.CallbacksDmf = &callbacks;
    descriptor.BranchTrackInitialize = Rule_FeatureInitialize;
    descriptor.ModuleLiveKernelDumpInitialize = Rule_FeatureInitialize;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

static void forget(void)
{
    memset(&seen, 0, sizeof(seen));
    memset(modules, 0, sizeof(modules));
}

/*
 * The Client's side.
 */

static VOID add_three(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    UNREFERENCED_PARAMETER(Device);
    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 1;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &modules[0]);
    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 2;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    CHECK_EQUAL(config.Number, 0);
    config.Number = 3;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &modules[2]);
    CHECK_EQUAL(seen.created, 0);
    CHECK(modules[0] == NULL);
    seen.client_has_returned = true;
}

static void one_structure_of_attributes_serves_for_all_modules(void)
{
    DMF_CONFIG_Rule config;

    forget();
    dmf_case_begin_modules(add_three);
    CHECK_EQUAL(seen.opened, 3);
    CHECK(modules[0] != NULL && modules[1] == NULL && modules[2] != NULL && modules[0] != modules[2]);
    CHECK_STATUS(DMF_ModuleConfigRetrieve(modules[0], &config, sizeof(config)), STATUS_SUCCESS);
    CHECK_EQUAL(config.Number % 1000, 1);
    CHECK_STATUS(DMF_ModuleConfigRetrieve(modules[2], &config, sizeof(config)), STATUS_SUCCESS);
    CHECK_EQUAL(config.Number % 1000, 3);
    dmf_case_end();
    CHECK_EQUAL(seen.closed, 3);
    CHECK_EQUAL(seen.destroyed, 3);
}

static void create_functions_run_after_the_client_has_added_all(void)
{
    forget();
    dmf_case_begin_modules(add_three);
    CHECK_EQUAL(seen.created, 3);
    CHECK(!seen.created_before_client_returned);
    dmf_case_end();
}

static WDFDEVICE plain_device;

static NTSTATUS add_plain_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &plain_device);
}

static NTSTATUS create_dynamic(WDFOBJECT parent, DMFMODULE *ret_module)
{
    DMF_MODULE_ATTRIBUTES attributes;
    WDF_OBJECT_ATTRIBUTES object_attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Children = 2;
    WDF_OBJECT_ATTRIBUTES_INIT(&object_attributes);
    object_attributes.ParentObject = parent;
    return DMF_Rule_Create(plain_device, &attributes, &object_attributes, ret_module);
}

static void dynamic_modules_need_neither_hooks_nor_a_collection(void)
{
    struct testkit_device *device;

    forget();
    wdf_case_load(add_plain_device);
    CHECK_STATUS(testkit_start(wdf_case_driver, "plain", &device), STATUS_SUCCESS);
    CHECK_STATUS(create_dynamic(plain_device, &modules[0]), STATUS_SUCCESS);
    CHECK_STATUS(create_dynamic(plain_device, &modules[1]), STATUS_SUCCESS);
    CHECK(DMF_ModuleIsDynamic(modules[0]));
    CHECK(!DMF_ModuleIsInFilterDriver(modules[0]));
    CHECK(DMF_FeatureModuleGetFromModule(modules[0], DmfFeature_BranchTrack) == NULL);
    CHECK_EQUAL(seen.opened, 6);
    WdfObjectDelete(modules[0]);
    CHECK_EQUAL(seen.closed, 3);
    CHECK_EQUAL(seen.destroyed, 3);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(seen.closed, 6);
    CHECK_EQUAL(seen.destroyed, 6);
    wdf_case_unload();
}

/*
 * The Module's side.
 */

static void module_has_more_than_sixteen_children(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Children = 100;
    FOR_EACH_LIFE
    {
        forget();
        (void)dmf_case_begin(life, &attributes);
        CHECK_EQUAL(seen.opened, 101);
        dmf_case_end();
        CHECK_EQUAL(seen.closed, 101);
        CHECK_EQUAL(seen.destroyed, 101);
    }
}

static void parent_is_told_when_its_child_opens_and_closes(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Children = 2;
    FOR_EACH_LIFE
    {
        forget();
        (void)dmf_case_begin(life, &attributes);
        CHECK_EQUAL(seen.children_opened, 2);
        CHECK_EQUAL(seen.children_closed, 0);
        dmf_case_end();
        CHECK_EQUAL(seen.children_closed, 2);
    }
}

static void parents_attributes_reach_the_callback_that_adds_children(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 17;
    FOR_EACH_LIFE
    {
        for (int passive = 0; passive < 2; passive++)
        {
            forget();
            attributes.PassiveLevel = (BOOLEAN)passive;
            (void)dmf_case_begin(life, &attributes);
            CHECK_EQUAL(seen.parent_is_passive, passive);
            CHECK_EQUAL(seen.parents_number, 17);
            dmf_case_end();
        }
    }
}

static void what_a_module_writes_to_its_config_the_client_does_not_see(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Number = 5;
    FOR_EACH_LIFE
    {
        forget();
        (void)dmf_case_begin(life, &attributes);
        CHECK_EQUAL(config.Number, 5);
        dmf_case_end();
        CHECK_EQUAL(seen.number, 1005);
        CHECK_EQUAL(config.Number, 5);
    }
}

static void context_of_a_new_module_is_all_zeroes(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    FOR_EACH_LIFE
    {
        forget();
        (void)dmf_case_begin(life, &attributes);
        CHECK(seen.context_was_zero);
        dmf_case_end();
    }
}

static void descriptor_is_as_its_initializer_leaves_it(void)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;

    memset(&descriptor, 0xee, sizeof(descriptor));
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Rule, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry);
    check_descriptor(&descriptor, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry);
    CHECK(descriptor.ModuleContextAttributes == NULL);
    /* That of a Module with a Context is looked at when the Module is created. */
    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    forget();
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_EQUAL(seen.created, 1);
    dmf_case_end();
}

#define PARAMETERS "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\case\\Parameters"

static VOID branch_track_initialize(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

static NTSTATUS tracked_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit);
DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK(tracked_device_add, add_three, branch_track_initialize, (CHAR *)"rules", 0)

static void modules_are_asked_for_a_features_table_only_where_the_feature_is(void)
{
    struct testkit_device *device;

    forget();
    dmf_case_begin_modules(add_three);
    CHECK_EQUAL(seen.features_initialized, 0);
    dmf_case_end();
    forget();
    wdf_case_load(tracked_device_add);
    CHECK_STATUS(testkit_set_number(PARAMETERS, "BranchTrackEnabled", 1), STATUS_SUCCESS);
    CHECK_STATUS(testkit_start(wdf_case_driver, "tracked", &device), STATUS_SUCCESS);
    CHECK_EQUAL(seen.features_initialized, 3);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void guides_names_say_the_same_as_the_later_ones(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_Rule config;
    DMFMODULE module;

    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    FOR_EACH_LIFE
    {
        forget();
        attributes.PassiveLevel = life == DMF_CASE_CHILD;
        module = dmf_case_begin(life, &attributes);
        CHECK_EQUAL(DMF_ModuleIsDynamic(module), life == DMF_CASE_DYNAMIC);
        CHECK_EQUAL(DMF_ModuleIsPassiveLevel(module), life == DMF_CASE_CHILD);
        CHECK(DMF_AttachedDeviceGet(module) == dmf_case_wdf_device);
        CHECK_EQUAL(DMF_ModuleParentGet(module) != NULL, life == DMF_CASE_CHILD);
        dmf_case_end();
    }
}

static void guides_wait_takes_the_address_of_a_time(void)
{
    DMF_PORTABLE_EVENT event;
    ULONG time_out = 1;
    DMF_CONFIG_Rule config;
    DMF_MODULE_ATTRIBUTES attributes;

    forget();
    DMF_CONFIG_Rule_AND_ATTRIBUTES_INIT(&config, &attributes);
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    (void)DMF_Portable_EventCreate(&event, NotificationEvent, FALSE);
    CHECK_EQUAL(DMF_Portable_EventWaitForSingle(&event, &time_out, FALSE), STATUS_TIMEOUT);
    DMF_Portable_EventSet(&event);
    CHECK_EQUAL(DMF_Portable_EventWaitForSingle(&event, &time_out, FALSE), STATUS_WAIT_0);
    CHECK_EQUAL(DMF_Portable_EventWaitForSingle(&event, NULL, FALSE), STATUS_WAIT_0);
    DMF_Portable_EventClose(&event);
    dmf_case_end();
}

static void paged_pool_needs_passive_level(void)
{
    CHECK(DMF_IsPoolTypePassiveLevel(PagedPool));
    CHECK(!DMF_IsPoolTypePassiveLevel(NonPagedPool));
    CHECK(!DMF_IsPoolTypePassiveLevel(NonPagedPoolNx));
}

const struct nt_case nt_cases[] = {
    CASE(one_structure_of_attributes_serves_for_all_modules),
    CASE(create_functions_run_after_the_client_has_added_all),
    CASE(dynamic_modules_need_neither_hooks_nor_a_collection),
    CASE(module_has_more_than_sixteen_children),
    CASE(parent_is_told_when_its_child_opens_and_closes),
    CASE(parents_attributes_reach_the_callback_that_adds_children),
    CASE(what_a_module_writes_to_its_config_the_client_does_not_see),
    CASE(context_of_a_new_module_is_all_zeroes),
    CASE(descriptor_is_as_its_initializer_leaves_it),
    CASE(guides_names_say_the_same_as_the_later_ones),
    CASE(guides_wait_takes_the_address_of_a_time),
    CASE(modules_are_asked_for_a_features_table_only_where_the_feature_is),
    CASE(paged_pool_needs_passive_level),
    CASES_END,
};
