/* SPDX-License-Identifier: MIT */
/*
 * Tracing from a driver's statement to the text that somebody reads: the driver's log, the logs of Modules, WPP's formats.
 */
#define WPP_CONTROL_GUIDS                                                                                               \
    WPP_DEFINE_CONTROL_GUID(DmfLibraryTraceGuid, (74DC7AB3, 690B, 480A, 87A4, 3627882A831C), WPP_DEFINE_BIT(DMF_TRACE)) \
    WPP_DEFINE_CONTROL_GUID(TestTraceGuid, (1AE05C6D, 9140, 41DC, BFBD, C8C4391FD95F),                                  \
                            WPP_DEFINE_BIT(MYDRIVER_ALL_INFO) WPP_DEFINE_BIT(TRACE_DEVICE))

/*
begin_wpp config
FUNC Trace{FLAG=MYDRIVER_ALL_INFO}(LEVEL, MSG, ...);
FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
FUNC FuncEntry{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC FuncEntryArguments{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExit{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExitVoid{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC TraceError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...);
FUNC TraceInformation{LEVEL=TRACE_LEVEL_INFORMATION}(FLAGS, MSG, ...);
FUNC TraceVerbose{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...);
FUNC FuncExitNoReturn{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS);
FUNC LogEvents(IFRLOG, LEVEL, FLAGS, MSG, ...);
USEPREFIX(FuncEntry, "[%!FUNC!] --> Entry");
USEPREFIX(FuncEntryArguments, "[%!FUNC!] --> Entry <");
USEPREFIX(FuncExit, "[%!FUNC!] <-- Exit <");
USESUFFIX(FuncExit, ">");
USEPREFIX(FuncExitVoid, "[%!FUNC!] <-- Exit");
USEPREFIX(TraceError, "[%!FUNC!] ERROR:");
USEPREFIX(FuncExitNoReturn, "[%!FUNC!] <--");
CUSTOM_TYPE(color, ItemListLong(Red, Green, Blue));
end_wpp
*/
#include "dmf_case.h"

#include "trace_test.tmh"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of the runtime: how logs are read. Plain C, but for the engine's own part, which this does not use. */
#include "recorder_access.h"

/*
 * A Module with a log of its own, or not.
 */

typedef struct
{
    ULONG RecorderSize;
} DMF_CONFIG_Traced;
DECLARE_DMF_MODULE(Traced)
DMF_MODULE_DECLARE_NO_CONTEXT(Traced)
DMF_MODULE_DECLARE_CONFIG(Traced)

NTSTATUS DMF_Traced_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                           WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;

    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Traced, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.InFlightRecorderSize = ((DMF_CONFIG_Traced *)DmfModuleAttributes->ModuleConfigPointer)->RecorderSize;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

#if !defined(DMF_USER_MODE)
static DMFMODULE begin(enum dmf_case_life life, ULONG recorder_size, const char *name)
{
    DMF_CONFIG_Traced config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Traced_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.RecorderSize = recorder_size;
    attributes.ClientModuleInstanceName = name;
    return dmf_case_begin(life, &attributes);
}
#endif

/*
 * The driver's own log.
 */

static void statements_reach_the_driver_s_log_as_text(void)
{
    static const GUID guid = {0x74DC7AB3, 0x690B, 0x480A, {0x87, 0xA4, 0x36, 0x27, 0x88, 0x2A, 0x83, 0x1C}};
    WCHAR letters[] = L"abcdef";
    UNICODE_STRING string = {6, 8, letters};

    WPP_INIT_TRACING(wdf_case_driver_object, NULL);
    TraceEvents(TRACE_LEVEL_INFORMATION, TRACE_DEVICE, "begin of the statements");
    TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "ntStatus=%!STATUS!", STATUS_NO_MEMORY);
    TraceInformation(TRACE_DEVICE, "%!GUID! %!bool! %!color! %!color!", &guid, TRUE, 2, 9);
    TraceError(DMF_TRACE, "%wZ %S %ws %I64x %p", &string, L"wide", L"w", 0x123456789ALL, (void *)0x1234);
    Trace(TRACE_LEVEL_WARNING, "%!HRESULT! %!WINERROR! %d%%", 0x80004005, 5, 100);
    CHECK(recorder_has("statements_reach", "begin of the statements"));
    CHECK(recorder_has("statements_reach", "ntStatus=0xc0000017(STATUS_NO_MEMORY)"));
    CHECK(recorder_has("statements_reach", "74dc7ab3-690b-480a-87a4-3627882a831c TRUE Blue 9"));
    CHECK(recorder_has("statements_reach",
                       "[statements_reach_the_driver_s_log_as_text] ERROR:abc wide w 123456789a 0000000000001234"));
    CHECK(recorder_has("statements_reach", "0x80004005(E_FAIL) 5(ERROR_ACCESS_DENIED) 100%"));
    WPP_CLEANUP(wdf_case_driver_object);
}

static void what_wraps_an_error_is_named_after_it(void)
{
    TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "%!HRESULT! %!HRESULT! %!HRESULT! %!hresult!", 0, 0x80070002, 0xD0000017,
                0x80041234);
    TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "%!WINERROR! %!winerr!", 0, 60000);
    CHECK(recorder_has("what_wraps", "0x00000000(S_OK) 0x80070002(ERROR_FILE_NOT_FOUND) 0xd0000017(STATUS_NO_MEMORY) "
                                     "0x80041234"));
    CHECK(recorder_has("what_wraps", "0(ERROR_SUCCESS) 60000"));
}

static void providers_are_in_the_header_of_the_driver_s_logs(void)
{
    static const char providers[] = "DmfLibraryTraceGuid 74dc7ab3-690b-480a-87a4-3627882a831c, "
                                    "TestTraceGuid 1ae05c6d-9140-41dc-bfbd-c8c4391fd95f";

    TraceError(DMF_TRACE, "a log is there");
    WPP_INIT_TRACING(wdf_case_driver_object, NULL);
    CHECK(recorder_provides("", providers));
    WPP_CLEANUP(wdf_case_driver_object);
#if !defined(DMF_USER_MODE)
    (void)begin(DMF_CASE_STATIC, DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT, "Provided");
    CHECK(recorder_provides("Provided", providers));
    dmf_case_end();
#endif
}

static void function_traces(int argument)
{
    FuncEntry(DMF_TRACE);
    FuncEntryArguments(DMF_TRACE, "argument=%d", argument);
    FuncExit(DMF_TRACE, "argument=%d", argument);
    FuncExitVoid(DMF_TRACE);
    FuncExitNoReturn(DMF_TRACE);
}

static void entries_and_exits_are_recorded_at_the_verbose_level_only(void)
{
    recorder_level(TRACE_LEVEL_INFORMATION);
    function_traces(4711);
    CHECK(!recorder_has("function_traces", "[function_traces] --> Entry <argument=4711>"));
    recorder_level(TRACE_LEVEL_VERBOSE);
    function_traces(4712);
    recorder_level(TRACE_LEVEL_INFORMATION);
    CHECK(recorder_has("function_traces", "[function_traces] --> Entry"));
    CHECK(recorder_has("function_traces", "[function_traces] --> Entry <argument=4712"));
    CHECK(recorder_has("function_traces", "[function_traces] <-- Exit <argument=4712>"));
    CHECK(recorder_has("function_traces", "[function_traces] <-- Exit"));
    CHECK(recorder_has("function_traces", "[function_traces] <--"));
}

static int evaluated;

static int evaluate(void)
{
    return ++evaluated;
}

static void statement_that_is_off_does_not_evaluate_its_arguments(void)
{
    evaluated = 0;
    recorder_level(TRACE_LEVEL_NONE);
    TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "%d", evaluate());
    recorder_level(TRACE_LEVEL_INFORMATION);
    CHECK_EQUAL(evaluated, 0);
    TraceVerbose(DMF_TRACE, "%d", evaluate());
    CHECK_EQUAL(evaluated, 0);
    TraceInformation(DMF_TRACE, "%d", evaluate());
    CHECK_EQUAL(evaluated, 1);
}

static void framework_traces_into_the_driver_s_log(void)
{
    UINT8 bytes[18] = {0, 1, 0xFF};

    DMF_Utility_LogBuffer(bytes, sizeof(bytes));
    DMF_Utility_LogBuffer(NULL, 0);
    CHECK(recorder_has("DMF_Utility_LogBuffer", " 00 01 ff 00 00 00 00 00 00 00 00 00 00 00 00 00"));
    CHECK(recorder_has("DMF_Utility_LogBuffer", " 00 00"));
}

/*
 * Logs of Modules, which the kernel flavour has.
 */

static void module_with_a_size_has_a_log_of_its_own_as_long_as_it_lives(void)
{
#if !defined(DMF_USER_MODE)
    FOR_EACH_LIFE
    {
        DMFMODULE module = begin(life, DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT, "OwnLog");
        RECORDER_LOG log = DMF_InFlightRecorderGet(module);

        CHECK(log != NULL);
        CHECK(log != WppRecorderLogGetDefault());
        LogEvents(log, TRACE_LEVEL_INFORMATION, DMF_TRACE, "own %d", life);
        CHECK(recorder_log_has("OwnLog", life == DMF_CASE_STATIC ? "own 0" : life == DMF_CASE_CHILD ? "own 1" : "own 2"));
        CHECK(!recorder_has("module_with_a_size", "own 0"));
        dmf_case_end();
        CHECK(!recorder_log_exists("OwnLog"));
    }
#endif
}

static void modules_do_not_overwrite_each_other_s_logs(void)
{
#if !defined(DMF_USER_MODE)
    DMFMODULE module = begin(DMF_CASE_STATIC, DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT, "Quiet");
    RECORDER_LOG log = DMF_InFlightRecorderGet(module);

    LogEvents(log, TRACE_LEVEL_INFORMATION, DMF_TRACE, "the one line");
    for (int index = 0; index < 100; index++)
    {
        TraceInformation(DMF_TRACE, "noise %d", index);
    }
    CHECK(recorder_log_has("Quiet", "the one line"));
    for (int index = 0; index < 1000; index++)
    {
        LogEvents(log, TRACE_LEVEL_INFORMATION, DMF_TRACE, "line %d", index);
    }
    CHECK(recorder_log_has("Quiet", "line 999"));
    CHECK(!recorder_log_has("Quiet", "the one line"));
    dmf_case_end();
#endif
}

static void module_without_a_size_shares_the_driver_s_log(void)
{
#if !defined(DMF_USER_MODE)
    DMFMODULE module = begin(DMF_CASE_STATIC, 0, "Shared");

    CHECK(DMF_InFlightRecorderGet(module) == WppRecorderLogGetDefault());
    LogEvents(DMF_InFlightRecorderGet(module), TRACE_LEVEL_INFORMATION, DMF_TRACE, "shared line");
    CHECK(recorder_has("module_without_a_size", "shared line"));
    dmf_case_end();
#endif
}

static void log_that_cannot_be_made_does_not_fail_the_module(void)
{
#if !defined(DMF_USER_MODE)
    DMFMODULE module = begin(DMF_CASE_STATIC, MAXULONG, "Huge");

    CHECK(DMF_InFlightRecorderGet(module) == WppRecorderLogGetDefault());
    CHECK(!recorder_log_exists("Huge"));
    dmf_case_end();
#endif
}

#if !defined(DMF_USER_MODE)
static void module_with_a_log(void)
{
    DMF_CONFIG_Traced config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    DMF_CONFIG_Traced_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.RecorderSize = DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT;
    attributes.ClientModuleInstanceName = "Poor";
    if (NT_SUCCESS(dmf_case_try(DMF_CASE_DYNAMIC, &attributes, &module)))
    {
        LogEvents(DMF_InFlightRecorderGet(module), TRACE_LEVEL_ERROR, DMF_TRACE, "there is a Module");
        dmf_case_end();
    }
    CHECK(!recorder_log_exists("Poor"));
}
#endif

static void module_that_cannot_be_made_leaves_no_log(void)
{
#if !defined(DMF_USER_MODE)
    dmf_case_fail_each_allocation(module_with_a_log);
#endif
}

static NTSTATUS disabling_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit);
static DMFMODULE disabled_module;

static VOID disabled_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_Traced config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Traced_AND_ATTRIBUTES_INIT(&config, &attributes);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &disabled_module);
}

static EVT_WDF_DRIVER_DEVICE_ADD plain_device_add;
DMF_DEFAULT_DEVICEADD(plain_device_add, disabled_modules_add)

static NTSTATUS disabling_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    PDMFDEVICE_INIT init = DMF_DmfDeviceInitAllocate(DeviceInit);

    DMF_DmfDeviceInitDisableWppRecorder(init);
    DMF_DmfDeviceInitFree(&init);
    return plain_device_add(Driver, DeviceInit);
}

static void disabled_recorder_leaves_modules_without_the_driver_s_log(void)
{
    wdf_case_load(disabling_device_add);
    dmf_case_device = wdf_case_start();
#if !defined(DMF_USER_MODE)
    CHECK(DMF_InFlightRecorderGet(disabled_module) == NULL);
    LogEvents(DMF_InFlightRecorderGet(disabled_module), TRACE_LEVEL_ERROR, DMF_TRACE, "nowhere");
    CHECK(!recorder_has("disabled_recorder", "nowhere"));
    TraceError(DMF_TRACE, "the driver's log is there");
    CHECK(recorder_has("disabled_recorder", "[disabled_recorder_leaves_modules_without_the_driver_s_log] ERROR:"
                                            "the driver's log is there"));
#endif
    dmf_case_end();
}

/*
 * After the process.
 */

static void log_of_a_killed_process_is_readable(void)
{
    char folder[] = "/tmp/dmf-trace-XXXXXX";
    pid_t child;
    int status;

    if (nt_is_simulated())
    {
        return; /* A coroutine's process cannot be copied. */
    }
    CHECK(mkdtemp(folder) != NULL);
    child = fork();
    if (child == 0)
    {
        CHECK(recorder_folder(folder));
        TraceError(DMF_TRACE, "last words: %!STATUS! of %d", STATUS_DEVICE_REMOVED, 42);
        (void)kill(getpid(), SIGKILL);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    CHECK(recorder_folder_has(folder, "[log_of_a_killed_process_is_readable] ERROR:last words: "
                                      "0xc00002b6(STATUS_DEVICE_REMOVED) of 42"));
}

const struct nt_case nt_cases[] = {
    CASE(statements_reach_the_driver_s_log_as_text),
    CASE(what_wraps_an_error_is_named_after_it),
    CASE(providers_are_in_the_header_of_the_driver_s_logs),
    CASE(entries_and_exits_are_recorded_at_the_verbose_level_only),
    CASE(statement_that_is_off_does_not_evaluate_its_arguments),
    CASE(framework_traces_into_the_driver_s_log),
    CASE(module_with_a_size_has_a_log_of_its_own_as_long_as_it_lives),
    CASE(modules_do_not_overwrite_each_other_s_logs),
    CASE(module_without_a_size_shares_the_driver_s_log),
    CASE(log_that_cannot_be_made_does_not_fail_the_module),
    CASE(module_that_cannot_be_made_leaves_no_log),
    CASE(disabled_recorder_leaves_modules_without_the_driver_s_log),
    CASE(log_of_a_killed_process_is_readable),
    CASES_END,
};
