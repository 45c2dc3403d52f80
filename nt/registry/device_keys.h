/* SPDX-License-Identifier: MIT */
/*
 * The keys that belong to drivers, devices and interfaces. IRQL: PASSIVE_LEVEL. The handle is the caller's to close.
 */
#ifndef NT_REGISTRY_DEVICE_KEYS_H
#define NT_REGISTRY_DEVICE_KEYS_H

#include "nt/internal.h"

struct devnode;

/* The service's key, or one below it (such as "Parameters") when that is not NULL; made when missing if creates says so. */
RUNTIME_API NTSTATUS registry_open_service_key(PDRIVER_OBJECT driver, const WCHAR *below, bool creates, ACCESS_MASK access,
                                               HANDLE *ret_handle);

/* The hardware key: Enum\INSTANCE\Device Parameters. */
NTSTATUS registry_open_hardware_key(const struct devnode *devnode, bool in_profile, ACCESS_MASK access, HANDLE *ret_handle);

/*
 * The software key: Control\Class\{CLASS}\NNNN, where the devnode's value "Driver" says, which is made with the first free
 * number when it is missing. A devnode without a class is a system device.
 */
NTSTATUS registry_open_software_key(const struct devnode *devnode, bool in_profile, ACCESS_MASK access, HANDLE *ret_handle);

/*
 * The key of an interface by its symbolic link; made when missing if creates says so. STATUS_INVALID_PARAMETER for a name that
 * is none.
 */
NTSTATUS registry_open_interface_key(const UNICODE_STRING *link, bool creates, ACCESS_MASK access, HANDLE *ret_handle);

#endif /* NT_REGISTRY_DEVICE_KEYS_H */
