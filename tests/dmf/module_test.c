/* SPDX-License-Identifier: MIT */
/*
 * The life of Modules: in which order they are created, opened, closed and destroyed, and what is undone when a step fails.
 */
#include "probe.h"

#include <stdio.h>
#include <string.h>

#define PROBES(...) ((const struct probe *const[]){__VA_ARGS__, NULL})

static const struct probe a11 = {.name = "A11"};
static const struct probe a1 = {.name = "A1", .children = {&a11}};
static const struct probe a2 = {.name = "A2"};
static const struct probe a = {.name = "A", .children = {&a1, &a2}};
static const struct probe b = {.name = "B"};

static void end(void)
{
    dmf_case_end();
    CHECK_EQUAL(probe_existing, 0);
    CHECK_EQUAL(probe_open, 0);
}

/*
 * Order.
 */

static void tree_is_created_parents_first_and_opened_children_first(void)
{
    probe_begin(PROBES(&a, &b));
    CHECK_TRACE("A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A.Created "
                "B.Create B.Created "
                "A11.Open A11.PostOpen A1.Open A1.PostOpen A2.Open A2.PostOpen A.Open A.PostOpen B.Open B.PostOpen");
    end();
}

static void tree_is_closed_last_to_first_and_destroyed_first_to_last(void)
{
    probe_begin(PROBES(&a, &b));
    probe_clear();
    end();
    CHECK_TRACE("B.PreClose B.Close A.PreClose A.Close A2.PreClose A2.Close A1.PreClose A1.Close A11.PreClose A11.Close "
                "A11.Destroy A1.Destroy A2.Destroy A.Destroy B.Destroy");
}

static void collection_without_modules_is_one(void)
{
    probe_begin(PROBES(NULL));
    end();
    CHECK_TRACE("");
}

static void guides_four_events_surround_open_and_close(void)
{
    static const struct probe guide = {.name = "G", .guide_events = true};

    probe_begin(PROBES(&guide));
    end();
    CHECK_TRACE("G.Create G.Created G.ClientOpen G.Open G.PostOpen G.PreClose G.Close G.ClientClose G.Destroy");
}

static void guides_open_event_that_fails_keeps_the_module_closed(void)
{
    static const struct probe guide = {.name = "G", .guide_events = true};

    probe_fail(3);
    CHECK_STATUS(probe_try(PROBES(&guide)), PROBE_FAILURE);
    CHECK_TRACE("G.Create G.Created G.ClientOpen G.Destroy");
}

/*
 * Every step fails once.
 */

static void failure_of_any_step_is_undone_in_order(void)
{
    static const char *const traces[] = {
        "A.Create",
        "A.Create A.Children A1.Create",
        "A.Create A.Children A1.Create A1.Children A11.Create",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A11.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A11.Destroy A1.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A11.Destroy A1.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A11.Destroy "
        "A1.Destroy A2.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A.Created "
        "A11.Destroy A1.Destroy A2.Destroy A.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A.Created "
        "B.Create A11.Destroy A1.Destroy A2.Destroy A.Destroy",
        "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A.Created "
        "B.Create B.Created A11.Destroy A1.Destroy A2.Destroy A.Destroy B.Destroy",
#define CREATED                                                                                                            \
    "A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created A.Created B.Create " \
    "B.Created "
#define DESTROYED " A11.Destroy A1.Destroy A2.Destroy A.Destroy B.Destroy"
        CREATED "A11.Open" DESTROYED,
        CREATED "A11.Open A11.PostOpen A1.Open A11.PreClose A11.Close" DESTROYED,
        CREATED "A11.Open A11.PostOpen A1.Open A1.PostOpen A2.Open A1.PreClose A1.Close A11.PreClose A11.Close" DESTROYED,
        CREATED "A11.Open A11.PostOpen A1.Open A1.PostOpen A2.Open A2.PostOpen A.Open A2.PreClose A2.Close A1.PreClose "
                "A1.Close A11.PreClose A11.Close" DESTROYED,
        CREATED "A11.Open A11.PostOpen A1.Open A1.PostOpen A2.Open A2.PostOpen A.Open A.PostOpen B.Open A.PreClose A.Close "
                "A2.PreClose A2.Close A1.PreClose A1.Close A11.PreClose A11.Close" DESTROYED,
    };
    unsigned n = 0;

    for (;;)
    {
        NTSTATUS status;

        probe_clear();
        probe_fail(n + 1);
        status = probe_try(PROBES(&a, &b));
        if (!probe_failed())
        {
            break;
        }
        CHECK_STATUS(status, PROBE_FAILURE);
        CHECK(n < sizeof(traces) / sizeof(traces[0]));
        CHECK_TRACE(traces[n]);
        CHECK_EQUAL(probe_existing, 0);
        CHECK_EQUAL(probe_open, 0);
        n++;
    }
    CHECK_EQUAL(n, sizeof(traces) / sizeof(traces[0]));
    probe_fail(0);
    end();
}

static const struct probe lack_child = {.name = "C",
                                        .options = DMF_MODULE_OPTIONS_DISPATCH,
                                        .auxiliary_locks = 4,
                                        .option = DMF_MODULE_OPEN_OPTION_NOTIFY_Create};
static const struct probe lack_transport = {.name = "T"};
static const struct probe lack = {.name = "L",
                                  .options = DMF_MODULE_OPTIONS_PASSIVE | DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED,
                                  .auxiliary_locks = 2,
                                  .transport = &lack_transport,
                                  .children = {&lack_child}};

static void start_with_lack_of_memory(void)
{
    if (NT_SUCCESS(probe_try(PROBES(&lack, &b))))
    {
        dmf_case_end();
    }
    CHECK_EQUAL(probe_existing, 0);
    CHECK_EQUAL(probe_open, 0);
}

static void lack_of_memory_is_survived_at_every_step(void)
{
    dmf_case_fail_each_allocation(start_with_lack_of_memory);
}

static void dynamic_with_lack_of_memory(void)
{
    DMFMODULE module;

    probe_clear();
    if (NT_SUCCESS(probe_create_dynamic(dmf_case_wdf_device, NULL, &lack, &module)))
    {
        CHECK_EQUAL(probe_existing, 3);
        WdfObjectDelete(module);
    }
    else
    {
        CHECK(module == NULL);
    }
    CHECK_EQUAL(probe_existing, 0);
    CHECK_EQUAL(probe_open, 0);
}

static void lack_of_memory_for_a_dynamic_module_is_survived_at_every_step(void)
{
    probe_begin(PROBES(NULL));
    nt_fail_each_allocation(dynamic_with_lack_of_memory);
    end();
}

/*
 * Attributes.
 */

static DMFMODULE seen_in_create[2];

static void handle_is_not_there_before_creation_ends(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(module);
    if (probe_is(name, step, "A.Created"))
    {
        seen_in_create[0] = probe_modules[0];
    }
    if (probe_is(name, step, "B.Create"))
    {
        seen_in_create[1] = probe_modules[0];
    }
}

static void handle_is_written_when_the_module_exists_and_before_the_next(void)
{
    probe_hook = handle_is_not_there_before_creation_ends;
    probe_begin(PROBES(&a, &b));
    CHECK(seen_in_create[0] == NULL);
    CHECK(seen_in_create[1] == probe_modules[0] && probe_modules[0] != NULL);
    end();
}

static VOID add_several(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    DMF_MODULE_ATTRIBUTES attributes;

    probe_attributes(&b, &attributes);
    CHECK(attributes.DynamicModule && attributes.DynamicModuleImmediate);
    CHECK_EQUAL(attributes.SizeOfHeader, sizeof(attributes));
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &probe_modules[0]);
    CHECK(attributes.ResultantDmfModule == &probe_modules[0]);
    CHECK(!attributes.DynamicModuleImmediate && !attributes.IsTransportModule);
}

static void adding_writes_into_the_callers_attributes(void)
{
    dmf_case_begin_modules(add_several);
    CHECK(probe_modules[0] != NULL);
    CHECK(WdfObjectIsCustomType(probe_modules[0], DMFMODULE_TYPE));
    CHECK(WdfObjectIsCustomType(probe_modules[0], DMF_Probe));
    CHECK(!DMF_IsModuleDynamic(probe_modules[0]));
    CHECK(DMF_ParentModuleGet(probe_modules[0]) == NULL);
    CHECK(DMF_ParentDeviceGet(probe_modules[0]) == dmf_case_wdf_device);
    CHECK(DMF_FilterDeviceGet(probe_modules[0]) == dmf_case_wdf_device);
    dmf_case_end();
}

static VOID add_twice(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    DMF_MODULE_ATTRIBUTES attributes;

    probe_attributes(&b, &attributes);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &probe_modules[0]);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &probe_modules[1]);
}

static void attributes_that_are_used_again_stop_a_debug_build(void)
{
    (void)dmf_case_try_modules(add_twice);
}

static DMFMODULE children[3];

static void look_at_relatives(DMFMODULE module, const char *name, const char *step)
{
    if (probe_is(name, step, "A1.Open"))
    {
        CHECK(DMF_ParentModuleGet(module) == probe_modules[0]);
        CHECK(DMF_ParentDeviceGet(module) == dmf_case_wdf_device);
        children[0] = module;
    }
    if (probe_is(name, step, "A11.Children") || probe_is(name, step, "A1.Children"))
    {
        CHECK(DMF_ParentModuleGet(module) != NULL);
        CHECK(DMF_ParentDeviceGet(module) != NULL);
        CHECK(!DMF_IsModuleDynamic(module));
        CHECK(!WdfObjectIsCustomType(module, DMF_Probe));
        CHECK(WdfObjectIsCustomType(module, DMFMODULE_TYPE));
    }
    if (probe_is(name, step, "A11.Open"))
    {
        children[1] = DMF_ParentModuleGet(module);
        CHECK(DMF_ModuleParentGet(DMF_ModuleParentGet(module)) == probe_modules[0]);
    }
}

static void children_know_their_parents(void)
{
    probe_hook = look_at_relatives;
    probe_begin(PROBES(&a));
    CHECK(children[0] != NULL && children[0] == children[1]);
    end();
}

static void config_can_be_copied_into_room_that_is_large_enough(void)
{
    struct
    {
        DMF_CONFIG_Probe config;
        UCHAR more;
    } copy;

    probe_begin(PROBES(&b));
    memset(&copy, 0x5a, sizeof(copy));
    CHECK_STATUS(DMF_ModuleConfigRetrieve(probe_modules[0], &copy, sizeof(copy.config) - 1), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(DMF_ModuleConfigRetrieve(probe_modules[0], &copy, sizeof(copy)), STATUS_SUCCESS);
    CHECK(copy.config.Probe == &b);
    CHECK_EQUAL(copy.more, 0x5a);
    CHECK(DMF_ModuleConfigGet(probe_modules[0]) != &copy);
    end();
}

static void handle_is_kept_in_the_context_of_an_object(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    probe_begin(PROBES(&b));
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, DMFMODULE);
    attributes.ParentObject = probe_modules[0];
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    DMF_ModuleInContextSave(object, probe_modules[0]);
    CHECK(*WdfObjectGet_DMFMODULE(object) == probe_modules[0]);
    end();
}

/*
 * Locks.
 */

static void kind_of_locks_follows_options_and_attribute(void)
{
    static const struct
    {
        ULONG options;
        bool passive_level;
        bool is_passive;
        NTSTATUS status;
    } rows[] = {
        {DMF_MODULE_OPTIONS_PASSIVE, false, true, STATUS_SUCCESS},
        {DMF_MODULE_OPTIONS_PASSIVE, true, true, STATUS_SUCCESS},
        {DMF_MODULE_OPTIONS_DISPATCH, false, false, STATUS_SUCCESS},
        {DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM, false, false, STATUS_SUCCESS},
        {DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM, true, true, STATUS_SUCCESS},
    };

    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++)
    {
        struct probe probe = {.name = "P",
                              .options = rows[index].options,
                              .passive_level = rows[index].passive_level,
                              .auxiliary_locks = (ULONG)index % 5};

        CHECK_STATUS(probe_try(PROBES(&probe)), rows[index].status);
        CHECK_EQUAL(DMF_ModuleLockIsPassive(probe_modules[0]), rows[index].is_passive);
        CHECK_EQUAL(DMF_IsModulePassiveLevel(probe_modules[0]), rows[index].passive_level);
        probe_lock(probe_modules[0]);
#if defined(DMF_KERNEL_MODE)
        CHECK_EQUAL(KeGetCurrentIrql(), rows[index].is_passive ? PASSIVE_LEVEL : DISPATCH_LEVEL);
#endif
        for (ULONG lock = 0; lock < probe.auxiliary_locks; lock++)
        {
            probe_auxiliary_lock(probe_modules[0], lock);
        }
        for (ULONG lock = probe.auxiliary_locks; lock > 0; lock--)
        {
            probe_auxiliary_unlock(probe_modules[0], lock - 1);
        }
        probe_unlock(probe_modules[0]);
        end();
    }
}

static void passive_level_needs_a_module_that_allows_it(void)
{
    static const struct probe dispatch = {.name = "D", .options = DMF_MODULE_OPTIONS_DISPATCH, .passive_level = true};

    CHECK_STATUS(probe_try(PROBES(&b, &dispatch)), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_TRACE("B.Create B.Created D.Create B.Destroy");
    CHECK_EQUAL(probe_existing, 0);
}

static void locked_is_known_of_each_lock(void)
{
#if defined(DEBUG)
    static const struct probe locks = {.name = "L", .auxiliary_locks = 2};

    probe_begin(PROBES(&locks));
    CHECK(!DMF_ModuleIsLocked(probe_modules[0]));
    probe_lock(probe_modules[0]);
    CHECK(DMF_ModuleIsLocked(probe_modules[0]));
    CHECK(!DMF_ModuleAuxiliarySynchnonizationIsLocked(probe_modules[0], 0));
    probe_auxiliary_lock(probe_modules[0], 1);
    CHECK(DMF_ModuleAuxiliarySynchnonizationIsLocked(probe_modules[0], 1));
    CHECK(!DMF_ModuleAuxiliarySynchnonizationIsLocked(probe_modules[0], 0));
    probe_auxiliary_unlock(probe_modules[0], 1);
    probe_unlock(probe_modules[0]);
    CHECK(!DMF_ModuleIsLocked(probe_modules[0]));
    end();
#endif
}

/*
 * References, states.
 */

static void references_follow_the_state(DMFMODULE module, const char *name, const char *step)
{
    UNREFERENCED_PARAMETER(name);
    if (module != NULL && NT_SUCCESS(DMF_ModuleReference(module)))
    {
        probe_note(step, "granted");
        DMF_ModuleDereference(module);
    }
}

static void references_are_granted_from_post_open_to_pre_close(void)
{
    probe_hook = references_follow_the_state;
    probe_begin(PROBES(&b));
    CHECK_TRACE("B.Create B.Created B.Open B.PostOpen PostOpen.granted");
    probe_clear();
    CHECK_STATUS(DMF_ModuleAcquire(probe_modules[0]), STATUS_SUCCESS);
    CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_SUCCESS);
    DMF_ModuleDereference(probe_modules[0]);
    DMF_ModuleRelease(probe_modules[0]);
    end();
    CHECK_TRACE("B.PreClose PreClose.granted B.Close B.Destroy");
}

static void close_in_post_open(DMFMODULE module, const char *name, const char *step)
{
    if (probe_is(name, step, "B.PostOpen"))
    {
        DMF_ModuleClose(module);
    }
}

static void close_within_post_open_does_nothing(void)
{
    probe_hook = close_in_post_open;
    probe_begin(PROBES(&b));
    CHECK_EQUAL(probe_open, 1);
    end();
}

static const struct probe notified = {.name = "N", .option = DMF_MODULE_OPEN_OPTION_NOTIFY_Create};

static void notified_module_opens_and_closes_any_number_of_times(void)
{
    probe_begin(PROBES(&notified));
    CHECK_TRACE("N.Create N.Created N.Register");
    CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_INVALID_DEVICE_STATE);
    probe_validate(probe_modules[0]);
    for (int round = 0; round < 3; round++)
    {
        probe_clear();
        CHECK_STATUS(DMF_ModuleOpen(probe_modules[0]), STATUS_SUCCESS);
        CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_SUCCESS);
        DMF_ModuleDereference(probe_modules[0]);
        DMF_ModuleClose(probe_modules[0]);
        DMF_ModuleClose(probe_modules[0]);
        CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_INVALID_DEVICE_STATE);
        CHECK_TRACE("N.Open N.PostOpen N.PreClose N.Close");
    }
    probe_clear();
    CHECK_STATUS(DMF_ModuleNotificationOpen(probe_modules[0]), STATUS_SUCCESS);
    end();
    CHECK_TRACE("N.Open N.PostOpen N.Unregister N.PreClose N.Close N.Destroy");
}

static void open_that_fails_is_the_notifiers_alone(void)
{
    probe_begin(PROBES(&notified));
    probe_clear();
    probe_fail(1);
    CHECK_STATUS(DMF_ModuleOpen(probe_modules[0]), PROBE_FAILURE);
    CHECK_STATUS(DMF_ModuleReference(probe_modules[0]), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(DMF_ModuleOpen(probe_modules[0]), STATUS_SUCCESS);
    DMF_ModuleNotificationClose(probe_modules[0]);
    end();
    CHECK_TRACE("N.Open N.Open N.PostOpen N.PreClose N.Close N.Unregister N.Destroy");
}

static void unregistration_of_the_framework_closes(void)
{
    static const struct probe generic = {.name = "G", .option = DMF_MODULE_OPEN_OPTION_NOTIFY_Create, .generic = true};

    probe_begin(PROBES(&generic));
    CHECK_STATUS(DMF_ModuleOpen(probe_modules[0]), STATUS_SUCCESS);
    end();
    CHECK_TRACE("G.Create G.Created G.Open G.PostOpen G.PreClose G.Close");
}

static void module_that_is_created_and_not_registered_is_unregistered(void)
{
    probe_fail(3);
    CHECK_STATUS(probe_try(PROBES(&notified, &b)), PROBE_FAILURE);
    CHECK_TRACE("N.Create N.Created B.Create N.Unregister N.Destroy");
}

static void registration_that_fails_fails_the_device(void)
{
    probe_fail(5);
    CHECK_STATUS(probe_try(PROBES(&notified, &b)), PROBE_FAILURE);
    CHECK_TRACE("N.Create N.Created B.Create B.Created N.Register N.Unregister N.Destroy B.Destroy");
}

/*
 * Open options.
 */

static void parent_may_not_open_before_its_child(void)
{
    for (int parent = DMF_MODULE_OPEN_OPTION_OPEN_Create; parent < DMF_MODULE_OPEN_OPTION_LAST; parent++)
    {
        for (int child = DMF_MODULE_OPEN_OPTION_OPEN_Create; child < DMF_MODULE_OPEN_OPTION_LAST; child++)
        {
            struct probe inner = {.name = "C", .option = (DmfModuleOpenOption)child};
            struct probe outer = {.name = "P", .option = (DmfModuleOpenOption)parent, .children = {&inner}};
            bool early = parent < child && child <= DMF_MODULE_OPEN_OPTION_OPEN_D0Entry;

            probe_clear();
            CHECK_STATUS(probe_try(PROBES(&outer)), early ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS);
            if (!early)
            {
                dmf_case_end();
            }
            CHECK_EQUAL(probe_existing, 0);
            CHECK_EQUAL(probe_open, 0);
        }
    }
}

/* One Module of each option: what it does when the device starts, sleeps, wakes and goes. */
static void each_open_option_has_its_events(void)
{
    static const struct
    {
        DmfModuleOpenOption option;
        const char *start;
        const char *sleep;
        const char *wake;
        const char *hibernate;
        const char *resume;
        const char *remove;
    } rows[] = {
        {DMF_MODULE_OPEN_OPTION_OPEN_Create, "P.Create P.Created P.Open P.PostOpen", "", "", "", "",
         "P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware, "P.Create P.Created P.Resources P.Open P.PostOpen", "", "", "", "",
         "P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_OPEN_D0EntrySystemPowerUp, "P.Create P.Created P.Resources P.Open P.PostOpen", "", "",
         "P.PreClose P.Close", "P.Open P.PostOpen", "P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_OPEN_D0Entry, "P.Create P.Created P.Resources P.Open P.PostOpen", "P.PreClose P.Close",
         "P.Open P.PostOpen", "P.PreClose P.Close", "P.Open P.PostOpen", "P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware, "P.Create P.Created P.Resources P.Register P.Open P.PostOpen", "",
         "", "", "", "P.Unregister P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry, "P.Create P.Created P.Resources P.Register P.Open P.PostOpen",
         "P.Unregister P.PreClose P.Close", "P.Register P.Open P.PostOpen", "P.Unregister P.PreClose P.Close",
         "P.Register P.Open P.PostOpen", "P.Unregister P.PreClose P.Close P.Destroy"},
        {DMF_MODULE_OPEN_OPTION_NOTIFY_Create, "P.Create P.Created P.Register P.Open P.PostOpen", "", "", "", "",
         "P.Unregister P.PreClose P.Close P.Destroy"},
    };

    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++)
    {
        struct probe probe = {.name = "P", .option = rows[index].option, .opens_when_registered = true};

        probe_clear();
        probe_begin(PROBES(&probe));
        CHECK_TRACE(rows[index].start);
        probe_clear();
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        CHECK_TRACE(rows[index].sleep);
        probe_clear();
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
        CHECK_TRACE(rows[index].wake);
        probe_clear();
        CHECK_STATUS(testkit_sleep(4), STATUS_SUCCESS);
        CHECK_TRACE(rows[index].hibernate);
        probe_clear();
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
        CHECK_TRACE(rows[index].resume);
        probe_clear();
        end();
        CHECK_TRACE(rows[index].remove);
    }
}

static void own_callbacks_for_power_take_the_frameworks_place(void)
{
    static const struct probe own = {.name = "O", .option = DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware, .own_power = true};

    probe_begin(PROBES(&own));
    end();
    CHECK_TRACE("O.Create O.Created O.PrepareHardware O.D0Entry O.D0Exit O.ReleaseHardware O.Destroy");
}

static void resources_that_are_refused_keep_the_module_closed(void)
{
    static const struct probe prepare = {.name = "P", .option = DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware};

    probe_fail(3);
    CHECK_STATUS(probe_try(PROBES(&prepare)), PROBE_FAILURE);
    CHECK_TRACE("P.Create P.Created P.Resources P.Destroy");
}

/*
 * Dynamic Modules.
 */

static void dynamic_tree_opens_when_created_and_closes_when_deleted(void)
{
    DMFMODULE module;

    probe_begin(PROBES(NULL));
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &a, &module), STATUS_SUCCESS);
    CHECK_TRACE("A.Create A.Children A1.Create A1.Children A11.Create A11.Created A1.Created A2.Create A2.Created "
                "A11.Open A11.PostOpen A1.Open A1.PostOpen A2.Open A2.PostOpen A.Open A.PostOpen A.Created");
    CHECK(DMF_ModuleIsDynamic(module));
    CHECK(DMF_FeatureModuleGetFromModule(module, DmfFeature_BranchTrack) == NULL);
    probe_clear();
    WdfObjectDelete(module);
    CHECK_TRACE("A.PreClose A.Close A2.PreClose A2.Close A1.PreClose A1.Close A11.PreClose A11.Close "
                "A2.Destroy A11.Destroy A1.Destroy A.Destroy");
    end();
}

static void failure_of_any_step_of_a_dynamic_tree_is_undone_in_order(void)
{
    static const char *const traces[] = {
        "A1.Create",
        "A1.Create A1.Children A11.Create A1.Destroy",
        "A1.Create A1.Children A11.Create A11.Created A11.Destroy A1.Destroy",
        "A1.Create A1.Children A11.Create A11.Created A11.Open A11.Destroy A1.Destroy",
        ("A1.Create A1.Children A11.Create A11.Created A11.Open A11.PostOpen A1.Open A11.PreClose A11.Close A11.Destroy "
         "A1.Destroy"),
    };
    DMFMODULE module;

    probe_begin(PROBES(NULL));
    for (unsigned n = 0; n < sizeof(traces) / sizeof(traces[0]); n++)
    {
        probe_clear();
        probe_fail(n + 1);
        CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &a1, &module), PROBE_FAILURE);
        CHECK(n == 0 || module == NULL);
        CHECK_TRACE(traces[n]);
        CHECK_EQUAL(probe_existing, 0);
    }
    probe_fail(0);
    end();
}

static void dynamic_modules_go_with_their_parents(void)
{
    DMFMODULE module;
    DMFMODULE inner;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;

    /* An object. */
    probe_begin(PROBES(NULL));
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = dmf_case_wdf_device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, object, &b, &module), STATUS_SUCCESS);
    CHECK(DMF_ParentModuleGet(module) == NULL);
    probe_clear();
    WdfObjectDelete(object);
    CHECK_TRACE("B.PreClose B.Close B.Destroy");
    /* The device. */
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &b, &module), STATUS_SUCCESS);
    probe_clear();
    end();
    CHECK_TRACE("B.PreClose B.Close B.Destroy");
    /* A Module that is not Dynamic, and one that is. */
    probe_begin(PROBES(&a2));
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, probe_modules[0], &b, &module), STATUS_SUCCESS);
    CHECK(DMF_ParentModuleGet(module) == probe_modules[0]);
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, module, &a11, &inner), STATUS_SUCCESS);
    CHECK(DMF_ParentModuleGet(inner) == module);
    probe_clear();
    end();
    CHECK_TRACE("A2.PreClose A2.Close A2.Destroy B.PreClose B.Close B.Destroy A11.PreClose A11.Close A11.Destroy");
}

static void dynamic_modules_that_wait_for_a_device_are_refused(void)
{
    static const struct probe power = {.name = "W", .own_power = true};
    static const struct probe below = {.name = "V", .children = {&power}};
    DMFMODULE module = (DMFMODULE)&power;

    probe_begin(PROBES(&b));
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &power, &module), STATUS_UNSUCCESSFUL);
    CHECK(module == NULL);
    probe_clear();
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &below, &module), STATUS_UNSUCCESSFUL);
    CHECK_TRACE("V.Create V.Children W.Create V.Destroy");
    for (int option = DMF_MODULE_OPEN_OPTION_OPEN_Create; option < DMF_MODULE_OPEN_OPTION_LAST; option++)
    {
        struct probe probe = {.name = "P", .option = (DmfModuleOpenOption)option};
        bool accepted = option == DMF_MODULE_OPEN_OPTION_OPEN_Create || option == DMF_MODULE_OPEN_OPTION_NOTIFY_Create;

        CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &probe, &module),
                     accepted ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL);
        if (accepted)
        {
            WdfObjectDelete(module);
        }
    }
    end();
}

static DMFMODULE *dynamic_seen_at;
static DMFMODULE dynamic_seen;

static void see_handle_in_post_open(DMFMODULE module, const char *name, const char *step)
{
    if (probe_is(name, step, "B.PostOpen"))
    {
        dynamic_seen = *dynamic_seen_at;
        CHECK(dynamic_seen == module);
    }
}

static void handle_of_a_dynamic_module_is_visible_in_post_open(void)
{
    DMFMODULE module;

    probe_hook = see_handle_in_post_open;
    probe_begin(PROBES(NULL));
    dynamic_seen_at = &module;
    CHECK_STATUS(probe_create_dynamic(dmf_case_wdf_device, NULL, &b, &module), STATUS_SUCCESS);
    CHECK(dynamic_seen == module);
    end();
}

static WDFTIMER timer;

static EVT_WDF_TIMER timer_function;
static VOID timer_function(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
}

static void use_own_objects(DMFMODULE module, const char *name, const char *step)
{
    WDF_TIMER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    if (probe_is(name, step, "B.Open"))
    {
        WDF_TIMER_CONFIG_INIT(&config, timer_function);
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.ParentObject = module;
        CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_SUCCESS);
        CHECK(WdfTimerGetParentObject(timer) == module);
        (void)WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_SEC(3600));
    }
    if (probe_is(name, step, "B.Close"))
    {
        probe_lock(module);
        probe_unlock(module);
        CHECK(WdfTimerStop(timer, TRUE));
        WdfObjectDelete(timer);
    }
}

static void objects_of_a_module_outlive_its_close_in_every_life(void)
{
    DMF_MODULE_ATTRIBUTES attributes;

    probe_hook = use_own_objects;
    FOR_EACH_LIFE
    {
        probe_attributes(&b, &attributes);
        CHECK(dmf_case_begin(life, &attributes) != NULL);
        dmf_case_end();
        CHECK_EQUAL(probe_open, 0);
    }
}

/*
 * Transports.
 */

static const struct probe transport = {.name = "T"};
static const struct probe protocol = {.name = "P",
                                      .options = DMF_MODULE_OPTIONS_PASSIVE | DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED,
                                      .transport = &transport,
                                      .children = {&a2}};

static void transport_is_the_last_child_and_is_called_by_its_parent(void)
{
    ULONG input = 7;
    ULONG output = 0;

    probe_begin(PROBES(&protocol));
    CHECK_TRACE("P.Create P.Children P.TransportAdd A2.Create A2.Created T.Create T.Created P.Created "
                "A2.Open A2.PostOpen T.Open T.PostOpen P.Open P.PostOpen");
    probe_clear();
    CHECK_STATUS(DMF_ModuleTransportCall(probe_modules[0], STATUS_SUCCESS, &input, sizeof(input), &output, sizeof(output)),
                 STATUS_SUCCESS);
    CHECK_EQUAL(output, 7);
    CHECK_STATUS(
        DMF_ModuleTransportCall(probe_modules[0], (ULONG)STATUS_NOT_FOUND, &input, sizeof(input), &output, sizeof(output)),
        STATUS_NOT_FOUND);
    CHECK_STATUS(DMF_ModuleTransportCall(probe_modules[0], 0, &input, sizeof(input), &output, 1), STATUS_BUFFER_TOO_SMALL);
    CHECK(DMF_ParentModuleGet(DMF_ModuleTransportGet(probe_modules[0])) == probe_modules[0]);
    CHECK_TRACE("T.Transport T.Transport T.Transport");
    probe_clear();
    end();
    CHECK_TRACE("P.PreClose P.Close T.PreClose T.Close A2.PreClose A2.Close A2.Destroy T.Destroy P.Destroy");
}

static void transport_of_another_kind_is_refused(void)
{
    static const struct probe other = {.name = "T", .another_transport = true};
    static const struct probe wants = {
        .name = "P", .options = DMF_MODULE_OPTIONS_PASSIVE | DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED, .transport = &other};

    CHECK_STATUS(probe_try(PROBES(&wants)), STATUS_UNSUCCESSFUL);
    CHECK_TRACE("P.Create P.TransportAdd T.Create");
    CHECK_EQUAL(probe_existing, 0);
}

static void transport_works_in_every_life(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    ULONG number = 1;
    DMFMODULE module;

    FOR_EACH_LIFE
    {
        probe_attributes(&protocol, &attributes);
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_ModuleTransportCall(module, 0, &number, sizeof(number), &number, sizeof(number)), STATUS_SUCCESS);
        CHECK_EQUAL(DMF_IsModuleDynamic(DMF_ModuleTransportGet(module)), life == DMF_CASE_DYNAMIC);
        dmf_case_end();
    }
}

/* Attributes that DMF_DmfModuleAdd has changed. */
static void module_that_belongs_nowhere_is_refused(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    probe_begin(PROBES(&b));
    probe_attributes(&a2, &attributes);
    attributes.DynamicModuleImmediate = FALSE;
    CHECK_STATUS(DMF_Probe_Create(dmf_case_wdf_device, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &module),
                 STATUS_INVALID_PARAMETER);
    CHECK(module == NULL);
    CHECK_EQUAL(probe_existing, 1);
    end();
}

/*
 * Misuse, which debug builds find, and what others make of it.
 */

static void call_without_transport_stops(void)
{
    ULONG number = 1;

    probe_begin(PROBES(&b));
    (void)DMF_ModuleTransportCall(probe_modules[0], 0, &number, sizeof(number), &number, sizeof(number));
}

static void module_without_transport_has_none(void)
{
    probe_begin(PROBES(&b));
#if !defined(DEBUG)
    ULONG number = 1;

    CHECK(DMF_ModuleTransportGet(probe_modules[0]) == NULL);
    CHECK_STATUS(DMF_ModuleTransportCall(probe_modules[0], 0, &number, sizeof(number), &number, sizeof(number)),
                 STATUS_INVALID_DEVICE_REQUEST);
#endif
    end();
}

static void second_open_stops(void)
{
    probe_begin(PROBES(&b));
    (void)DMF_ModuleOpen(probe_modules[0]);
}

static void dereference_without_reference_stops(void)
{
    probe_begin(PROBES(&b));
    DMF_ModuleDereference(probe_modules[0]);
}

static void lock_taken_twice_stops(void)
{
    probe_begin(PROBES(&b));
    probe_lock(probe_modules[0]);
    probe_lock(probe_modules[0]);
}

static void unlock_without_lock_stops(void)
{
    probe_begin(PROBES(&b));
    probe_unlock(probe_modules[0]);
}

static void auxiliary_lock_that_the_module_does_not_have_stops(void)
{
    probe_begin(PROBES(&b));
    probe_auxiliary_lock(probe_modules[0], 0);
}

static void lock_before_creation_ends(DMFMODULE module, const char *name, const char *step)
{
    if (probe_is(name, step, "A.Children"))
    {
        probe_lock(module);
    }
}

static void lock_before_the_module_is_created_stops(void)
{
    probe_hook = lock_before_creation_ends;
    probe_begin(PROBES(&a));
}

static void method_of_a_closed_module_stops(void)
{
    static const struct probe late = {.name = "L", .option = DMF_MODULE_OPEN_OPTION_OPEN_Create};

    probe_begin(PROBES(&late));
    probe_validate(probe_modules[0]);
    probe_validate_opening(probe_modules[0]);
    probe_validate_closing(probe_modules[0]);
    DMF_ModuleClose(probe_modules[0]);
    probe_validate(probe_modules[0]);
}

static void too_many_auxiliary_locks_stop(void)
{
    static const struct probe many = {.name = "M", .auxiliary_locks = 5};

    (void)probe_try(PROBES(&many));
}

static void transport_that_is_not_added_stops(void)
{
    static const struct probe wants = {.name = "P",
                                       .options = DMF_MODULE_OPTIONS_PASSIVE | DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED};

    (void)probe_try(PROBES(&wants));
}

static void second_transport_stops(void)
{
    static const struct probe wants = {.name = "P",
                                       .options = DMF_MODULE_OPTIONS_PASSIVE | DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED,
                                       .transport = &transport,
                                       .second_transport = &a2};

    (void)probe_try(PROBES(&wants));
}

const struct nt_case nt_cases[] = {
    CASE(tree_is_created_parents_first_and_opened_children_first),
    CASE(tree_is_closed_last_to_first_and_destroyed_first_to_last),
    CASE(collection_without_modules_is_one),
    CASE(guides_four_events_surround_open_and_close),
    CASE(guides_open_event_that_fails_keeps_the_module_closed),
    CASE(failure_of_any_step_is_undone_in_order),
    CASE(lack_of_memory_is_survived_at_every_step),
    CASE(lack_of_memory_for_a_dynamic_module_is_survived_at_every_step),
    CASE(handle_is_written_when_the_module_exists_and_before_the_next),
    CASE(adding_writes_into_the_callers_attributes),
    CASE(children_know_their_parents),
    CASE(config_can_be_copied_into_room_that_is_large_enough),
    CASE(handle_is_kept_in_the_context_of_an_object),
    CASE(kind_of_locks_follows_options_and_attribute),
    CASE(passive_level_needs_a_module_that_allows_it),
    CASE(locked_is_known_of_each_lock),
    CASE(references_are_granted_from_post_open_to_pre_close),
    CASE(close_within_post_open_does_nothing),
    CASE(notified_module_opens_and_closes_any_number_of_times),
    CASE(open_that_fails_is_the_notifiers_alone),
    CASE(unregistration_of_the_framework_closes),
    CASE(module_that_is_created_and_not_registered_is_unregistered),
    CASE(registration_that_fails_fails_the_device),
    CASE(parent_may_not_open_before_its_child),
    CASE(each_open_option_has_its_events),
    CASE(own_callbacks_for_power_take_the_frameworks_place),
    CASE(resources_that_are_refused_keep_the_module_closed),
    CASE(dynamic_tree_opens_when_created_and_closes_when_deleted),
    CASE(failure_of_any_step_of_a_dynamic_tree_is_undone_in_order),
    CASE(dynamic_modules_go_with_their_parents),
    CASE(dynamic_modules_that_wait_for_a_device_are_refused),
    CASE(handle_of_a_dynamic_module_is_visible_in_post_open),
    CASE(objects_of_a_module_outlive_its_close_in_every_life),
    CASE(transport_is_the_last_child_and_is_called_by_its_parent),
    CASE(transport_of_another_kind_is_refused),
    CASE(transport_works_in_every_life),
    CASE(module_that_belongs_nowhere_is_refused),
    CASE(module_without_transport_has_none),
    DEBUG_STOPS(attributes_that_are_used_again_stop_a_debug_build, "ResultantDmfModule == "),
    DEBUG_STOPS(second_open_stops, "The Module is open already."),
    DEBUG_STOPS(dereference_without_reference_stops, "word > "),
    DEBUG_STOPS(lock_taken_twice_stops, "The lock is not recursive."),
    DEBUG_STOPS(unlock_without_lock_stops, "The lock belongs to another thread, or to none."),
    DEBUG_STOPS(auxiliary_lock_that_the_module_does_not_have_stops, "LockIndex <= "),
    STOPS(lock_before_the_module_is_created_stops, "The handle is not of Module Probe"),
    DEBUG_STOPS(method_of_a_closed_module_stops, "ModuleState_Opened"),
    DEBUG_STOPS(too_many_auxiliary_locks_stop, "NumberOfAuxiliaryLocks <= "),
    DEBUG_STOPS(transport_that_is_not_added_stops, "TransportModuleAdd != "),
    DEBUG_STOPS(call_without_transport_stops, "transportObject != "),
    DEBUG_STOPS(second_transport_stops, "TransportObject == "),
    CASES_END,
};
