/* SPDX-License-Identifier: MIT */
/*
 * The test kit.
 */
#include "testkit/testkit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "nt/io/file.h"
#include "nt/pnp/devnode.h"
#include "nt/pnp/notification.h"
#include "nt/power/system.h"
#include "nt/run.h"
#include "nt/rtl/string.h"
#include "testkit/internal.h"

enum
{
    /* A device that fails is started again five times. */
    REMOVE_TRIES = 6,
};

struct testkit_operation
{
    struct file_operation *operation;
    struct run_event *done;
    NTSTATUS status;
    ULONG_PTR information;
};

/* The seed that runs. A failed assertion of a test knows nothing of seeds, so the signal's handler says which it was. */
static volatile uint64_t running_seed;

static void name_the_seed(int number)
{
    (void)number;
    fprintf(stderr, "simulation: this was seed %llu\n", (unsigned long long)running_seed);
}

uint64_t testkit_run(uint64_t first_seed, uint64_t last_seed, void (*body)(void *argument), void *argument)
{
    uint64_t happened = 0;
    void (*previous)(int);

    if (!run_is_simulated())
    {
        return run_seed(first_seed, body, argument);
    }
    previous = signal(SIGABRT, name_the_seed);
    for (uint64_t seed = first_seed; seed <= last_seed; seed++)
    {
        running_seed = seed;
        happened = (happened ^ run_seed(seed, body, argument)) * UINT64_C(0x100000001B3);
    }
    (void)signal(SIGABRT, previous);
    return happened;
}

bool testkit_is_simulated(void)
{
    return run_is_simulated();
}

/*
 * Drivers and devices.
 */

/* What testkit_load() and testkit_load_linked() share: binding is NULL for a driver in a file. */
static int32_t load(const struct dmf_driver_binding *binding, const char *name, struct testkit_driver **ret_driver)
{
    char error[LOADER_ERROR_SIZE];
    NTSTATUS status;

    *ret_driver = calloc(1, sizeof(**ret_driver));
    if (*ret_driver == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = binding == NULL ? loader_load(name, &(*ret_driver)->loaded, error) :
                               loader_enter(binding, name, &(*ret_driver)->loaded, error);
    if (!NT_SUCCESS(status))
    {
        fprintf(stderr, "testkit: %s (0x%08X)\n", error, (unsigned)status);
        free(*ret_driver);
        *ret_driver = NULL;
        return status;
    }
    machine_driver_loaded(*ret_driver);
    return status;
}

int32_t testkit_load(const char *path, struct testkit_driver **ret_driver)
{
    return load(NULL, path, ret_driver);
}

int32_t testkit_load_linked(const struct dmf_driver_binding *binding, const char *service,
                            struct testkit_driver **ret_driver)
{
    return load(binding, service, ret_driver);
}

void testkit_unload(struct testkit_driver *driver)
{
    machine_driver_unloads(driver);
    loader_unload(driver->loaded);
    free(driver);
}

int32_t testkit_start(struct testkit_driver *driver, const char *name, struct testkit_device **ret_device)
{
    struct devnode *devnode;
    NTSTATUS status = devnode_create(name, driver->loaded->driver_object, &devnode);

    *ret_device = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = devnode_start(devnode);
    if (!NT_SUCCESS(status))
    {
        devnode_free(devnode);
        return status;
    }
    *ret_device = (struct testkit_device *)devnode;
    return status;
}

int32_t testkit_set_resources(const char *identifier, const void *raw, const void *translated)
{
    return devnode_set_resources(identifier, raw, translated);
}

static bool has_stack(const struct devnode *devnode)
{
    enum devnode_state state = devnode_state(devnode);

    return state != DEVNODE_INITIALIZED && state != DEVNODE_REMOVED;
}

int32_t testkit_remove(struct testkit_device *device)
{
    struct devnode *devnode = (struct devnode *)device;
    NTSTATUS status = has_stack(devnode) ? devnode_remove(devnode) : STATUS_SUCCESS;

    /* A device that fails at this moment is taken apart, and perhaps started again, by plug and play: then it is our turn. */
    for (int tries = 0; tries < REMOVE_TRIES && status == STATUS_INVALID_DEVICE_STATE; tries++)
    {
        pnp_settle();
        status = has_stack(devnode) ? devnode_remove(devnode) : STATUS_SUCCESS;
    }
    if (NT_SUCCESS(status))
    {
        devnode_free(devnode);
    }
    return status;
}

int32_t testkit_surprise_remove(struct testkit_device *device)
{
    struct devnode *devnode = (struct devnode *)device;
    NTSTATUS status = devnode_surprise_remove(devnode);

    devnode_free(devnode);
    return status;
}

void testkit_settle(void)
{
    pnp_settle();
    notification_settle();
}

int32_t testkit_rebalance(struct testkit_device *device)
{
    return devnode_rebalance((struct devnode *)device, NULL);
}

int32_t testkit_disable(struct testkit_device *device)
{
    return devnode_disable((struct devnode *)device, NULL);
}

int32_t testkit_enable(struct testkit_device *device)
{
    return devnode_enable((struct devnode *)device);
}

int32_t testkit_enumerate(struct testkit_device *device)
{
    return devnode_enumerate((struct devnode *)device);
}

int32_t testkit_sleep(unsigned state)
{
    return state < 1 || state > 4 ? STATUS_INVALID_PARAMETER :
                                    machine_sleep((SYSTEM_POWER_STATE)(PowerSystemWorking + state), NULL);
}

int32_t testkit_wake(void)
{
    return machine_wake();
}

void testkit_let_devices_wake(int state)
{
    devnode_set_root_wake((SYSTEM_POWER_STATE)(state < 0 ? PowerSystemUnspecified : PowerSystemWorking + state));
}

bool testkit_wake_device(struct testkit_device *device)
{
    return devnode_wake((struct devnode *)device);
}

void testkit_wait_for_power(struct testkit_device *device, unsigned state)
{
    devnode_wait_for_power((struct devnode *)device, (DEVICE_POWER_STATE)(PowerDeviceD0 + state));
}

/*
 * Files.
 */

int32_t testkit_open_as(enum testkit_opener opener, const char *name, bool read, bool write, struct testkit_file **ret_file)
{
    const struct file_opener who = {.mode = opener == TESTKIT_DRIVER ? KernelMode : UserMode,
                                    .is_administrator = opener != TESTKIT_USER};
    ACCESS_MASK access = (read ? FILE_READ_DATA : 0) | (write ? FILE_WRITE_DATA : 0);
    struct file *file = NULL;
    UNICODE_STRING path;
    NTSTATUS status = string_from_utf8(name, &path);

    if (NT_SUCCESS(status))
    {
        status = file_open(&path, access, &who, &file);
        string_free(&path);
    }
    *ret_file = (struct testkit_file *)file;
    return status;
}

int32_t testkit_open(const char *name, bool read, bool write, struct testkit_file **ret_file)
{
    return testkit_open_as(TESTKIT_ADMINISTRATOR, name, read, write, ret_file);
}

void testkit_close(struct testkit_file *file)
{
    file_close((struct file *)file);
}

static int32_t run(struct testkit_file *file, const struct file_io *io, uint64_t *ret_information)
{
    ULONG_PTR information;
    NTSTATUS status = file_run((struct file *)file, io, &information);

    if (ret_information != NULL)
    {
        *ret_information = information;
    }
    return status;
}

int32_t testkit_read(struct testkit_file *file, void *buffer, uint32_t length, uint64_t *ret_information)
{
    return run(file, &(struct file_io){.major = IRP_MJ_READ, .output = buffer, .output_length = length}, ret_information);
}

int32_t testkit_write(struct testkit_file *file, const void *buffer, uint32_t length, uint64_t *ret_information)
{
    return run(file, &(struct file_io){.major = IRP_MJ_WRITE, .input = buffer, .input_length = length}, ret_information);
}

static struct file_io control_io(uint32_t code, const void *input, uint32_t input_length, void *output,
                                 uint32_t output_length)
{
    return (struct file_io){
        .major = IRP_MJ_DEVICE_CONTROL,
        .control_code = code,
        .input = input,
        .input_length = input_length,
        .output = output,
        .output_length = output_length,
    };
}

int32_t testkit_control(struct testkit_file *file, uint32_t code, const void *input, uint32_t input_length, void *output,
                        uint32_t output_length, uint64_t *ret_information)
{
    _Static_assert(sizeof(*ret_information) == sizeof(ULONG_PTR), "both are the same number");

    return file_control((struct file *)file, code, input, input_length, output, output_length, (ULONG_PTR *)ret_information);
}

int32_t testkit_internal_control(struct testkit_file *file, uint32_t code, const void *input, uint32_t input_length,
                                 void *output, uint32_t output_length, uint64_t *ret_information)
{
    struct file_io io = control_io(code, input, input_length, output, output_length);

    io.major = IRP_MJ_INTERNAL_DEVICE_CONTROL;
    return run(file, &io, ret_information);
}

static void operation_done(struct file_operation *ignored, NTSTATUS status, ULONG_PTR information, void *context)
{
    struct testkit_operation *operation = context;

    (void)ignored;
    operation->status = status;
    operation->information = information;
    run_event_set(operation->done);
}

static struct testkit_operation *start(struct testkit_file *file, struct file_io io)
{
    struct testkit_operation *operation = calloc(1, sizeof(*operation));

    if (operation == NULL)
    {
        return NULL;
    }
    io.done = operation_done;
    io.context = operation;
    operation->done = run_event_create();
    if (operation->done == NULL)
    {
        free(operation);
        return NULL;
    }
    (void)file_start((struct file *)file, &io, &operation->operation);
    if (operation->operation == NULL)
    {
        run_event_free(operation->done);
        free(operation);
        return NULL;
    }
    return operation;
}

struct testkit_operation *testkit_control_start(struct testkit_file *file, uint32_t code, const void *input,
                                                uint32_t input_length, void *output, uint32_t output_length)
{
    return start(file, control_io(code, input, input_length, output, output_length));
}

struct testkit_operation *testkit_read_start(struct testkit_file *file, void *buffer, uint32_t length)
{
    return start(file, (struct file_io){.major = IRP_MJ_READ, .output = buffer, .output_length = length});
}

struct testkit_operation *testkit_write_start(struct testkit_file *file, const void *buffer, uint32_t length)
{
    return start(file, (struct file_io){.major = IRP_MJ_WRITE, .input = buffer, .input_length = length});
}

void testkit_cancel(struct testkit_operation *operation)
{
    file_cancel(operation->operation);
}

int32_t testkit_wait(struct testkit_operation *operation, uint64_t *ret_information)
{
    NTSTATUS status;

    run_event_wait(operation->done);
    status = operation->status;
    if (ret_information != NULL)
    {
        *ret_information = operation->information;
    }
    file_release(operation->operation);
    run_event_free(operation->done);
    free(operation);
    return status;
}

/*
 * Threads.
 */

struct testkit_thread *testkit_thread_start(const char *name, void (*body)(void *argument), void *argument)
{
    return (struct testkit_thread *)run_thread_start(name, body, argument);
}

void testkit_thread_join(struct testkit_thread *thread)
{
    run_thread_join((struct run_thread *)thread);
}
