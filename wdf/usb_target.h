/* SPDX-License-Identifier: MIT */
/*
 * USB targets: a device, its interfaces and its pipes, which speak URBs to the device below.
 *
 * Device and pipes are I/O targets of their own over the same device below. Interfaces live as long as the device target, pipes as
 * long as the setting that they belong to.
 */
#ifndef WDF_USB_TARGET_H
#define WDF_USB_TARGET_H

#include <usb.h>
#include <usbbusif.h>
#include <usbioctl.h>
#include <wdfusb.h>

#include "wdf/io_target.h"

struct request;
struct usb_interface;
struct usb_pipe;
struct usb_reader;

struct usb_device
{
    struct io_target target;
    USB_DEVICE_DESCRIPTOR descriptor;
    /* The whole first configuration, as the device gave it. */
    PUSB_CONFIGURATION_DESCRIPTOR configuration;
    size_t configuration_size;
    USBD_CONFIGURATION_HANDLE handle;
    /* What the bus offers beside URBs; members are NULL where it does not. */
    USB_BUS_INTERFACE_USBDI_V1 bus;
    struct usb_interface **interfaces;
    UCHAR interface_count;
    /* Room in the table. */
    UCHAR configuration_interfaces;
};

struct usb_interface
{
    struct object object;
    struct usb_device *device;
    UCHAR number;
    UCHAR setting_count;
    UCHAR setting;
    USBD_INTERFACE_HANDLE handle;
    struct usb_pipe **pipes;
    UCHAR pipe_count;
    /* Room in the table. */
    UCHAR pipe_room;
};

struct usb_pipe
{
    struct io_target target;
    struct usb_interface *interface;
    USBD_PIPE_INFORMATION information;
    UCHAR setting;
    bool any_length;
};

/* One URB on its way, and what its sender is told about it. */
struct usb_transfer
{
    URB urb;
    /* What is sent: the one above, or one of the driver's. */
    PURB sent;
    /* Where a string descriptor is read into; NULL for everything else. */
    UCHAR *descriptor;
    struct transfer buffer;
    struct object *kept;
    WDF_USB_REQUEST_COMPLETION_PARAMS completion;
};

static inline struct usb_device *usb_device_of(struct object *object)
{
    return CONTAINING_RECORD(io_target_of(object), struct usb_device, target);
}

static inline struct usb_interface *usb_interface_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct usb_interface, object);
}

static inline struct usb_pipe *usb_pipe_of(struct object *object)
{
    return CONTAINING_RECORD(io_target_of(object), struct usb_pipe, target);
}

/* An interface descriptor of the configuration, NULL when there is none. */
PUSB_INTERFACE_DESCRIPTOR usb_find_setting(const struct usb_device *device, UCHAR number, UCHAR setting);

/* The endpoint of a setting, counted from zero; NULL when there is none. */
PUSB_ENDPOINT_DESCRIPTOR usb_find_endpoint(const struct usb_device *device, const USB_INTERFACE_DESCRIPTOR *setting,
                                           UCHAR index);

/* Makes the interfaces of the configuration. STATUS_INVALID_DEVICE_REQUEST for one that contradicts itself. */
NTSTATUS usb_make_interfaces(struct usb_device *device);

/* Ends the pipes of an interface. */
void usb_delete_pipes(struct usb_interface *interface);

/* Formats the request for the URB, which then belongs to the format. A failure frees it, and is the request's status. */
NTSTATUS usb_format(struct request *request, struct io_target *target, struct usb_transfer *transfer,
                    const struct transfer *buffer, WDF_USB_REQUEST_TYPE type);

/* An URB of this function, zeroed otherwise; NULL when there is no memory. */
struct usb_transfer *usb_transfer_make(USHORT function, USHORT length);

/* Formats the request for an internal control without arguments. A failure is the request's status. */
NTSTATUS usb_format_control(struct request *request, struct io_target *target, ULONG code);

/* Gives back what a transfer that was not formatted holds. */
void usb_transfer_free(struct usb_transfer *transfer);

/* Asks the bus for its interface, and ends its use. */
void usb_ask_bus(struct usb_device *device);
void usb_leave_bus(struct usb_device *device);

/* Sends an URB of the framework's own, however the target's state is, and waits. */
NTSTATUS usb_send_urb(struct io_target *target, PURB urb);

/* Sends an internal control with one argument, and waits. */
NTSTATUS usb_send_control(struct io_target *target, ULONG code, void *argument);

/* Formats and sends a request, the driver's or one for this purpose, and waits; how many bytes went is told unless NULL. */
NTSTATUS usb_exchange(PWDF_DRIVER_GLOBALS published, struct io_target *target, WDFREQUEST handle,
                      PWDF_REQUEST_SEND_OPTIONS options, ULONG forced_flags, struct usb_transfer *transfer,
                      const struct transfer *buffer, WDF_USB_REQUEST_TYPE type, PULONG ret_bytes, const char *function);

/*
 * The continuous reader: its pipe starts; is about to stop, and has stopped; ends. Closing waits. IRQL of the last three:
 * PASSIVE_LEVEL.
 */
void usb_reader_start(struct usb_reader *reader);
void usb_reader_stop(struct usb_reader *reader);
void usb_reader_stopped(struct usb_reader *reader, const char *function);
void usb_reader_close(struct usb_reader *reader);
void usb_reader_free(struct usb_reader *reader);

/* Room for the longest string descriptor. */
#define USB_STRING_ROOM 256

/* The characters of a string descriptor of which length bytes were read; STATUS_DEVICE_DATA_ERROR when it is none. */
NTSTATUS usb_count_characters(const UCHAR *descriptor, ULONG length, USHORT *ret_count);

/* The bytes that a completed URB has moved. */
ULONG usb_bytes_of(const URB *urb);

#endif /* WDF_USB_TARGET_H */
