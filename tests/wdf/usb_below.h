/* SPDX-License-Identifier: MIT */
/*
 * The device below as a USB device: one interface with two settings, bulk pipes in the first, an interrupt pipe in the second.
 * Plain C types, for both flavours.
 */
#ifndef USB_BELOW_H
#define USB_BELOW_H

#include <stdbool.h>
#include <stdint.h>

struct usb_below
{
    /* What the next transfers do: bytes that a read gives, a status to fail with, or being kept. */
    uint32_t bytes;
    int32_t status;
    bool keeps;
    /* How many transfers are answered before any is kept. */
    unsigned answers;
    /* What resetting a pipe ends with. */
    int32_t reset_status;
    /* The configuration says more endpoints than it has. */
    bool inconsistent;
    /* What came. */
    uint8_t setup[8];
    uint8_t written[64];
    uint32_t written_length;
    unsigned configured;
    unsigned settings_selected;
    unsigned aborts;
    unsigned resets;
    unsigned port_resets;
    unsigned port_cycles;
    uint32_t port;
    /* The highest version of the bus's interface, or none; how often it was taken and given back. */
    int bus_version;
    unsigned bus_taken;
    unsigned bus_given_back;
};

extern struct usb_below usb_below;

/* Takes over the device below, which has just been installed. */
void usb_below_install(void);

#endif /* USB_BELOW_H */
