/* SPDX-License-Identifier: MIT */
/*
 * The device of the tests of USB targets.
 */
#include "usb_case.h"

WDFUSBDEVICE usb;
WDFUSBPIPE in_pipe;
WDFUSBPIPE out_pipe;

void set_up_usb(void)
{
    set_up();
    usb_below_install();
    CHECK_STATUS(WdfUsbTargetDeviceCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &usb), STATUS_SUCCESS);
}

void configure(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    WDFUSBINTERFACE interface;

    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(&params);
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, WDF_NO_OBJECT_ATTRIBUTES, &params), STATUS_SUCCESS);
    CHECK_EQUAL(params.Types.SingleInterface.NumberConfiguredPipes, 2);
    interface = params.Types.SingleInterface.ConfiguredUsbInterface;
    CHECK(interface == WdfUsbTargetDeviceGetInterface(usb, 0));
    in_pipe = WdfUsbInterfaceGetConfiguredPipe(interface, 0, NULL);
    out_pipe = WdfUsbInterfaceGetConfiguredPipe(interface, 1, NULL);
}
