/* SPDX-License-Identifier: MIT */
/*
 * The driver of every case: its DriverEntry creates the driver object as the case asks.
 */
#include "wdf_case.h"

#include <stdio.h>
#include <string.h>

#include "wdf/stub/driver_binding.h"

extern const struct dmf_driver_binding dmf_driver_binding;

struct testkit_driver *wdf_case_driver;
void *wdf_case_driver_object;
NTSTATUS (*wdf_case_in_entry)(void);

static struct
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES *attributes;
} asked;

static PFN_WDF_IO_QUEUE_IO_DEFAULT shortened;

static VOID control(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                    ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    shortened(Queue, Request);
}

void wdf_case_shorten(WDF_IO_QUEUE_CONFIG *config)
{
    if (nt_case_is_unverified() && config->DefaultQueue && config->EvtIoDefault != NULL &&
        config->EvtIoDeviceControl == NULL)
    {
        shortened = config->EvtIoDefault;
        config->EvtIoDeviceControl = control;
    }
}

/* What the case expects of the verifier. */
static struct
{
    enum testkit_level level;
    bool level_is_set;
    const char *rule;
    char tolerated[64];
    unsigned times;
    const void *object;
    char function[64];
} expected;

void wdf_case_pass_ms(unsigned milliseconds)
{
#if defined(DMF_USER_MODE)
    Sleep(milliseconds);
#else
    LARGE_INTEGER time = {.QuadPart = -10000 * (LONGLONG)milliseconds};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
#endif
}

static void hear(const struct testkit_finding *finding, void *context)
{
    UNREFERENCED_PARAMETER(context);
    if (expected.rule != NULL && strcmp(finding->rule, expected.rule) == 0)
    {
        expected.times++;
        expected.object = finding->handle;
        (void)snprintf(expected.function, sizeof(expected.function), "%s", finding->function);
    }
    /* Wrong parameters have published answers, which cases ask for all the time. */
    else if (strcmp(finding->rule, "V46") != 0 && strstr(expected.tolerated, finding->rule) == NULL)
    {
        fprintf(stderr, "rule %s (%s) broken in %s by %s %p: %s\n", finding->rule, finding->title, finding->function,
                finding->type == NULL ? "nothing" : finding->type, finding->handle, finding->text);
        nt_check_failed(__FILE__, __LINE__, "no rule is broken");
    }
}

void wdf_case_verify(enum testkit_level level)
{
    expected.level = level;
    expected.level_is_set = true;
}

void wdf_case_expect(const char *rule)
{
    expected.rule = rule;
    expected.times = 0;
}

void wdf_case_reported(const char *file, int line, const void *object, const char *function, unsigned times)
{
    if (expected.times != times)
    {
        nt_check_failed_values(file, line, "the rule is reported so often", expected.times, times);
    }
    if (times != 0 && object != WDF_CASE_ANY && expected.object != object)
    {
        nt_check_failed_values(file, line, "the report is about the object", (ULONG_PTR)expected.object, (ULONG_PTR)object);
    }
    if (times != 0 && strcmp(expected.function, function) != 0)
    {
        fprintf(stderr, "reported in %s, not in %s\n", expected.function, function);
        nt_check_failed(file, line, "the report names the function");
    }
    expected.rule = NULL;
}

void wdf_case_tolerate(const char *rule)
{
    size_t used = strlen(expected.tolerated);

    (void)snprintf(expected.tolerated + used, sizeof(expected.tolerated) - used, "%s ", rule);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status = WdfDriverCreate(DriverObject, RegistryPath, asked.attributes, &asked.config, WDF_NO_HANDLE);

    wdf_case_driver_object = DriverObject;
    return NT_SUCCESS(status) && wdf_case_in_entry != NULL ? wdf_case_in_entry() : status;
}

NTSTATUS wdf_case_load_with(const WDF_DRIVER_CONFIG *config, WDF_OBJECT_ATTRIBUTES *attributes)
{
    testkit_verify(expected.level_is_set   ? expected.level :
                   nt_case_is_unverified() ? TESTKIT_VERIFIER_OFF :
                                             TESTKIT_VERIFIER_BASIC);
    testkit_listen(hear, NULL);
    asked.config = *config;
    asked.attributes = attributes;
    return testkit_load_linked(&dmf_driver_binding, "case", &wdf_case_driver);
}

void wdf_case_load(PFN_WDF_DRIVER_DEVICE_ADD device_add)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, device_add);
    CHECK_STATUS(wdf_case_load_with(&config, WDF_NO_OBJECT_ATTRIBUTES), STATUS_SUCCESS);
}

void wdf_case_unload(void)
{
    testkit_unload(wdf_case_driver);
    wdf_case_driver = NULL;
    expected.level_is_set = false;
    expected.tolerated[0] = 0;
}

struct testkit_device *wdf_case_start(void)
{
    struct testkit_device *device;

    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    return device;
}
