/* SPDX-License-Identifier: MIT */
/*
 * The protocol of the benchmark driver of Modules: its devices, in the order in which they are added, and the one control that
 * all of them answer with their input.
 */
#ifndef MODULES_DRIVER_H
#define MODULES_DRIVER_H

/* Without DMF, and with so many Modules, of which the last one handles the control and the others have no callback for it. */
#define MODULES_PLAIN "\\??\\Modules0"
#define MODULES_10 "\\??\\Modules1"
#define MODULES_100 "\\??\\Modules2"
#define MODULES_5000 "\\??\\Modules3"
#define MODULES_DEVICES 4

/* CTL_CODE(FILE_DEVICE_UNKNOWN, 0x930, METHOD_BUFFERED, FILE_ANY_ACCESS). */
#define MODULES_ECHO ((0x22u << 16) | (0x930u << 2))

#endif /* MODULES_DRIVER_H */
