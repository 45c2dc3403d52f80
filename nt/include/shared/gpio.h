/* SPDX-License-Identifier: MIT */
/*
 * Requests to an open GPIO connection.
 *
 * A read answers, and a write takes, one bit per pin of the connection: bit i of byte i / 8 is the i-th pin, so the buffer
 * is the number of pins divided by eight, rounded up. The access with which the connection was opened decides whether its
 * pins are inputs, outputs or both.
 */
#ifndef DMF_GPIO_H
#define DMF_GPIO_H

#include "ntclass.h"

#define IOCTL_GPIO_READ_PINS CTL_CODE(FILE_DEVICE_GPIO, 0x0, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_GPIO_WRITE_PINS CTL_CODE(FILE_DEVICE_GPIO, 0x1, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_GPIO_CONTROLLER_SPECIFIC_FUNCTION CTL_CODE(FILE_DEVICE_GPIO, 0x2, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_GPIO_COMMIT_FUNCTION_CONFIG_PINS CTL_CODE(FILE_DEVICE_GPIO, 0x4, METHOD_BUFFERED, FILE_ANY_ACCESS)

#endif /* DMF_GPIO_H */
