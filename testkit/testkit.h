/* SPDX-License-Identifier: MIT */
/*
 * The test kit: a machine in a test program. Loads a driver, starts a device on it, and opens the device directly, without
 * FUSE or any other process in between.
 *
 * Plain C types throughout, so that a test needs no published header. A status is an NTSTATUS; TESTKIT_SUCCESS(status) tells
 * whether it is a success. Functions wait until the driver has answered, unless they say otherwise. A test program that is
 * linked with the simulation runs its body through testkit_run().
 */
#ifndef TESTKIT_H
#define TESTKIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

#define TESTKIT_SUCCESS(status) ((int32_t)(status) >= 0)

    struct testkit_driver;
    struct testkit_device;
    struct testkit_file;
    struct testkit_operation;

    /*
     * Runs body(argument). On the machine's own threads just once; in the simulation once for each seed from first to last,
     * where a finding stops the process and its seed is named. A failed assertion inside must stop the process (abort), not jump
     * out. Returns a number that says what happened in the simulation, the same for the same seeds; zero on real threads.
     */
    uint64_t testkit_run(uint64_t first_seed, uint64_t last_seed, void (*body)(void *argument), void *argument);

    /* Whether this program runs in the simulation. */
    bool testkit_is_simulated(void);

    /* Loads a driver. On failure *ret_driver is NULL, and the reason is printed to standard error. */
    int32_t testkit_load(const char *path, struct testkit_driver **ret_driver);

    /*
     * The same for a driver that is linked into this program: its sources are compiled into it, with the driver's binding
     * (dmf_link_driver() in CMake). binding is &dmf_driver_binding; service is the driver's name.
     */
    struct dmf_driver_binding;
    int32_t testkit_load_linked(const struct dmf_driver_binding *binding, const char *service,
                                struct testkit_driver **ret_driver);

    /* Unloads a driver that has no devices. */
    void testkit_unload(struct testkit_driver *driver);

    /* Makes a root-enumerated device, adds the driver's device to it, and starts it. NULL in *ret_device on failure. */
    int32_t testkit_start(struct testkit_driver *driver, const char *name, struct testkit_device **ret_device);

    /*
     * What a device with this hardware identifier, or instance path, is started with from now on: CM_RESOURCE_LISTs, which are
     * copied. NULL for none; a translated list of NULL beside a raw one means that they are the same.
     */
    int32_t testkit_set_resources(const char *identifier, const void *raw, const void *translated);

    /* Orderly removal; on failure (files are open, or the driver objects) the device goes on. Frees the device on success. */
    int32_t testkit_remove(struct testkit_device *device);

    /* Surprise removal: the driver is told at once; returns when the last file is closed and the device is gone and freed. */
    int32_t testkit_surprise_remove(struct testkit_device *device);

    /*
     * Waits until everything that was asked for is done: what a bus reports has been started, what is missing has been
     * removed, and who registered for interfaces has been told. Not while somebody else keeps the machine busy for ever.
     */
    void testkit_settle(void);

    /*
     * Stops the device and starts it again, as for other resources. A driver's veto is returned, and the device goes on. This, and
     * whatever else starts a device, is STATUS_POWER_STATE_INVALID while the machine sleeps.
     */
    int32_t testkit_rebalance(struct testkit_device *device);

    /*
     * Removes the device's stack, as testkit_remove() does, and keeps the device; adds and starts a new stack. A device that has
     * no stack, because it is disabled or could not be started again, ends with testkit_remove() as well.
     */
    int32_t testkit_disable(struct testkit_device *device);
    int32_t testkit_enable(struct testkit_device *device);

    /* Asks a bus which children it has. They start by themselves: testkit_settle() waits for that. */
    int32_t testkit_enumerate(struct testkit_device *device);

    /*
     * The whole machine goes to sleep: the system power state S1 to S4 that state names (1 to 4), and wakes up again. A
     * driver's veto is returned, and the machine goes on working. A state that does not exist is STATUS_INVALID_PARAMETER, a
     * machine that is asleep already, or not asleep, STATUS_INVALID_DEVICE_STATE.
     */
    int32_t testkit_sleep(unsigned state);
    int32_t testkit_wake(void);

    /*
     * Devices that wake. The first function says from which system states the devices can that are started from now on: 0 from S0
     * only, 1 to 4 down to S1 to S4, a negative number (as at first) not at all. The second one plays the hardware of a device
     * that waits to wake itself or the machine; false when it does not. The third one waits until the device's stack has
     * reached the device power state D0 to D3.
     */
    void testkit_let_devices_wake(int state);
    bool testkit_wake_device(struct testkit_device *device);
    void testkit_wait_for_power(struct testkit_device *device, unsigned state);

    /*
     * Machines of several drivers. A driver's service is the name that testkit_load() makes of its file ("libecho.so" is "echo"),
     * or the one that testkit_load_linked() is given. What is said about an identifier, such as ROOT\\ECHO for devices that are
     * added by the name "echo", or about an instance path, such as ROOT\\ECHO\\0000, counts for devices that are added later.
     */
    int32_t testkit_match(const char *identifier, const char *service);
    enum testkit_filter
    {
        TESTKIT_LOWER_FILTER,
        TESTKIT_UPPER_FILTER,
    };
    int32_t testkit_filter(enum testkit_filter kind, const char *identifier, const char *service);

    /* A resource. An interrupt's start is its vector and its length its level. */
    enum testkit_resource_kind
    {
        TESTKIT_MEMORY,
        TESTKIT_PORT,
        TESTKIT_INTERRUPT,
    };
    struct testkit_resource
    {
        enum testkit_resource_kind kind;
        uint64_t start;
        uint32_t length;
        /* An interrupt is a message, or level-triggered, and may be shared; nothing else has these. */
        bool is_message;
        bool is_level;
        bool is_shared;
    };

    /* What the device is started with, raw and translated alike; at most 32. */
    int32_t testkit_resources(const char *identifier, const struct testkit_resource *resources, size_t count);

    /* Makes a root-enumerated device whose drivers testkit_match() and testkit_filter() have named, and starts it. */
    int32_t testkit_add(const char *name, struct testkit_device **ret_device);

    /*
     * Values of the registry, by whole paths of keys, which are made when they are missing; UTF-8. What drivers read of their
     * service is below \\Registry\\Machine\\System\\CurrentControlSet\\Services\\NAME.
     */
    int32_t testkit_set_number(const char *key, const char *name, uint32_t number);
    int32_t testkit_set_text(const char *key, const char *name, const char *text);

    enum testkit_state
    {
        TESTKIT_ADDED,
        TESTKIT_STARTED,
        TESTKIT_STOPPED,
        TESTKIT_GONE,
    };

    /* How far the device is; after testkit_settle() nothing is under way. problem receives the manager's number, zero for none. */
    enum testkit_state testkit_state(struct testkit_device *device, uint32_t *problem);

    /* Opens what the name stands for, such as \\??\\Echo0 (UTF-8), for reading and writing as asked: an administrator's program. */
    int32_t testkit_open(const char *name, bool read, bool write, struct testkit_file **ret_file);

    /* The same as somebody else: an ordinary user's program, an administrator's, or another driver. */
    enum testkit_opener
    {
        TESTKIT_USER,
        TESTKIT_ADMINISTRATOR,
        TESTKIT_DRIVER,
    };
    int32_t testkit_open_as(enum testkit_opener opener, const char *name, bool read, bool write,
                            struct testkit_file **ret_file);
    void testkit_close(struct testkit_file *file);

    /* *ret_information receives the number of bytes, or what the driver put there; it may be NULL. */
    int32_t testkit_read(struct testkit_file *file, void *buffer, uint32_t length, uint64_t *ret_information);
    int32_t testkit_write(struct testkit_file *file, const void *buffer, uint32_t length, uint64_t *ret_information);
    int32_t testkit_control(struct testkit_file *file, uint32_t code, const void *input, uint32_t input_length, void *output,
                            uint32_t output_length, uint64_t *ret_information);

    /* A control that only drivers send. */
    int32_t testkit_internal_control(struct testkit_file *file, uint32_t code, const void *input, uint32_t input_length,
                                     void *output, uint32_t output_length, uint64_t *ret_information);

    /* Starts an operation and returns; the buffers must live until testkit_wait(). NULL when it could not be started. */
    struct testkit_operation *testkit_read_start(struct testkit_file *file, void *buffer, uint32_t length);
    struct testkit_operation *testkit_write_start(struct testkit_file *file, const void *buffer, uint32_t length);
    struct testkit_operation *testkit_control_start(struct testkit_file *file, uint32_t code, const void *input,
                                                    uint32_t input_length, void *output, uint32_t output_length);

    /* Asks for the operation's cancellation. Harmless when it has ended. */
    void testkit_cancel(struct testkit_operation *operation);

    /* Waits for the end of the operation, frees it, and returns its status. */
    int32_t testkit_wait(struct testkit_operation *operation, uint64_t *ret_information);

    /*
     * The verifier: looks at what a driver does and reports the rules that it breaks (docs/verifier/). Without a listener a
     * report goes to standard error.
     */
    enum testkit_level
    {
        TESTKIT_VERIFIER_OFF,
        TESTKIT_VERIFIER_BASIC,
        TESTKIT_VERIFIER_FULL,
        TESTKIT_VERIFIER_PAGE,
    };

    /* A broken rule. The texts live as long as the call that hands it over. */
    struct testkit_finding
    {
        /* Such as "V01", and the rule in words. */
        const char *rule;
        const char *title;
        const char *driver;
        /* The object that it is about, and its type; NULL when it is about none. */
        const void *handle;
        const char *type;
        /* The published function or callback that broke it, and what happened. */
        const char *function;
        const char *text;
    };

    typedef void testkit_listener(const struct testkit_finding *finding, void *context);

    /* How much is looked at in drivers that are loaded from now on. Debug builds of the runtime begin with basic, others with off. */
    void testkit_verify(enum testkit_level level);

    /* Hands reports to the listener, on the thread that broke the rule; NULL for nobody. While no driver is loaded. */
    void testkit_listen(testkit_listener *listener, void *context);

    /*
     * Interrupts. A device that is started, or rebalanced, from now on has these resources and no others; identifier is a
     * hardware ID or an instance path such as ROOT\\ECHO\\0000. Level is an IRQL above DISPATCH_LEVEL, or zero for a passive one.
     */
    struct testkit_interrupt
    {
        uint32_t vector;
        uint32_t level;
        bool latched;
        bool shared;
        /* Signalled by messages: so many, with vectors from this one on; zero for a line. */
        uint16_t messages;
    };

    int32_t testkit_set_interrupts(const char *identifier, const struct testkit_interrupt *interrupts, size_t count);

    /* Raises one as the device would. Returns whether a service routine took it, or will be asked. */
    bool testkit_interrupt(uint32_t vector);

    /* How many reports there were since the last call, with or without a listener. */
    unsigned testkit_reports(void);

    /* How many objects of the driver live. Zero when it is not verified. */
    unsigned testkit_objects(const struct testkit_driver *driver);

    /*
     * The callbacks of verified drivers, in the order in which they are entered, a line each: "echo EvtDriverDeviceAdd". Begin
     * while no driver runs. testkit_trace_is() compares all that came since the last comparison, prints both when they differ,
     * and forgets it.
     */
    void testkit_trace_begin(void);
    bool testkit_trace_is(const char *expected);
    void testkit_trace_end(void);

    /* The n-th allocation of the runtime from now fails; zero ends that. Whether one has failed since. */
    void testkit_fail_allocation(unsigned n);
    bool testkit_allocation_failed(void);

    /*
     * The n-th call of the published function by a verified driver from now does nothing and returns the status, if it returns
     * one at all; zero ends that. The name lives until then.
     */
    void testkit_fail_call(const char *function, unsigned n, int32_t status);

    /* Starts a thread of the machine (a coroutine in the simulation), and waits for its end. */
    struct testkit_thread;
    struct testkit_thread *testkit_thread_start(const char *name, void (*body)(void *argument), void *argument);
    void testkit_thread_join(struct testkit_thread *thread);

#ifdef __cplusplus
}
#endif

#endif /* TESTKIT_H */
