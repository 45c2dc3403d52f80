/* SPDX-License-Identifier: MIT */
/*
 * Devices for tests in the user flavour: made by the kernel flavour, in plain types.
 */
#ifndef TESTS_WIN32_DEVICE_HELPER_H
#define TESTS_WIN32_DEVICE_HELPER_H

struct helper_device;

/* Makes a root-enumerated device with a driver of the same name that takes everything, and starts it. */
struct helper_device *helper_device_start(const char *name);

/* Removes its stack; and frees it. */
void helper_device_remove(struct helper_device *device);
void helper_device_free(struct helper_device *device);

/* The next orderly removals are refused by the driver. */
void helper_device_refuse(struct helper_device *device, int refuses);

/* An interface of the class whose number is in all its bytes. It is registered, not enabled. */
void helper_interface_register(struct helper_device *device, int number, const char *reference);
void helper_interface_enable(struct helper_device *device, int number, int enabled);

/* The driver reports an event whose kind has the number in all its bytes, with one byte of data, the number too. */
void helper_report(struct helper_device *device, int number);

/* Waits until everything has been told. */
void helper_settle(void);

/* Gives other threads a chance. */
void helper_let_others_run(void);

/* Empties the registry. */
void helper_forget_registry(void);

#endif /* TESTS_WIN32_DEVICE_HELPER_H */
