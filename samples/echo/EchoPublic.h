/* SPDX-License-Identifier: MIT */
/*
 * What the echo driver offers to programs: its device interface and its control codes. Drivers and programs include it,
 * Linux programs as well, which have no other header that makes control codes.
 */
#ifndef ECHO_PUBLIC_H
#define ECHO_PUBLIC_H

#if !defined(CTL_CODE)
#define CTL_CODE(DeviceType, Function, Method, Access) \
    (((unsigned int)(DeviceType) << 16) | ((unsigned int)(Access) << 14) | ((unsigned int)(Function) << 2) | (Method))
#define METHOD_BUFFERED 0
#define FILE_ANY_ACCESS 0
#define FILE_DEVICE_UNKNOWN 0x00000022
#endif

#if defined(DEFINE_GUID)
/* {5D1B7E52-9C1F-4C43-8B53-6A1F0E2D7C94} */
DEFINE_GUID(GUID_DEVINTERFACE_ECHO, 0x5d1b7e52, 0x9c1f, 0x4c43, 0x8b, 0x53, 0x6a, 0x1f, 0x0e, 0x2d, 0x7c, 0x94);
#endif

/* Answers the bytes of the input in reverse order. The output must have room for all of them. */
#define IOCTL_ECHO_REVERSE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Waits until the caller gives up or the device stops, which both completes the request as cancelled. */
#define IOCTL_ECHO_WAIT CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

#endif /* ECHO_PUBLIC_H */
