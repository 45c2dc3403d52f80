/* SPDX-License-Identifier: MIT */
/*
 * The device: a WDFDEVICE, the WDM device object that it stands for, and its PnP machine.
 */
#ifndef WDF_DEVICE_H
#define WDF_DEVICE_H

#include "nt/sync/gate.h"
#include "wdf/bus.h"
#include "wdf/machine.h"
#include "wdf/object.h"
#include "wdf/power_device.h"
#include "wdf/presentation.h"

struct queue;
struct WDFDEVICE_INIT;

struct device_interface;
struct io_target;
struct interrupt;
struct state_change;

/* States of the PnP machine; wdf/pnp.c has the table. */
enum pnp_state
{
    PNP_INIT,
    PNP_ASSIGNING_RESOURCES,
    PNP_PREPARING,
    PNP_POWERING_UP,
    PNP_ENABLING_INTERFACES,
    PNP_STARTED,
    PNP_QUERYING_REMOVE,
    PNP_WAKING_FOR_REMOVE,
    PNP_QUERIED_REMOVE,
    PNP_QUERYING_STOP,
    PNP_WAKING_FOR_STOP,
    PNP_QUERIED_STOP,
    PNP_QUERY_CANCELLED,
    PNP_QUERY_FAILED,
    PNP_STOPPING,
    PNP_STOP_RELEASING,
    PNP_STOPPED,
    PNP_STOPPED_SURPRISING,
    PNP_SURPRISING,
    PNP_SURPRISED,
    PNP_POWERING_DOWN,
    PNP_RELEASING,
    PNP_DISABLING_INTERFACES,
    PNP_PURGING_QUEUES,
    PNP_FLUSHING,
    PNP_DECIDING,
    PNP_ENDING,
    PNP_WAITING_FOR_REMOVE,
    PNP_CLEANING_UP,
    PNP_REMOVED,
    PNP_FAILED_POWERING_DOWN,
    PNP_FAILED_STOPPED,
    PNP_FAILED_POWER_RELEASING,
    PNP_FAILED_RELEASING,
    PNP_FAILED_DISABLING_INTERFACES,
    PNP_FAILED_PURGING_QUEUES,
    PNP_FAILED_FLUSHING,
    PNP_FAILED_TELLING,
    PNP_FAILED,
    PNP_STATE_COUNT,
};

struct device
{
    struct object object;
    PDEVICE_OBJECT wdm;
    PDEVICE_OBJECT lower;
    PDEVICE_OBJECT pdo;
    bool is_filter;
    bool is_control;
    /* A control device has asked to hear of the machine's shutdown. */
    bool shutdown_registered;
    PFN_WDF_DEVICE_SHUTDOWN_NOTIFICATION evt_shutdown;
    bool finished_initializing;
    bool exclusive;
    WDF_DEVICE_IO_TYPE io_type;
    WDF_DEVICE_IO_TYPE control_io_type;
    uint32_t open_count;
    struct presentation_lock presentation;

    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
    WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
    WDF_FILEOBJECT_CONFIG file_config;
    WDF_OBJECT_ATTRIBUTES file_attributes;
    bool makes_file_objects;
    bool has_file_attributes;
    PFN_WDF_IO_IN_CALLER_CONTEXT in_caller_context;
    /* What the driver wants to see first; NULL for most devices. */
    struct preprocess_table *preprocess;
    struct irp_hook *irp_hooks;
    WDF_OBJECT_ATTRIBUTES request_attributes;
    bool has_request_attributes;

    /* The owner of its stack's power policy; and what else was said about power before the device was created. */
    bool owns_power_policy;
    bool power_pageable;
    bool releases_hardware_late;
    struct state_change *state_changes;
    struct machines machines;
    struct device_power power;

    /* PnP: only who drives the machines touches these. */
    NTSTATUS pnp_status;
    PIRP pnp_packet;
    bool pnp_packet_taken;
    bool pnp_surprise;
    bool pnp_holds_power;
    bool pnp_failed_later;
    bool hardware_prepared;
    bool interfaces_enabled;
    /* A physical device object whose stack has been removed and may be built again. */
    bool pnp_restarts;
    uint8_t self_managed_io;
    struct platform_event *pnp_answered;

    /* What anybody may say, and who asks reads: atomic. */
    bool pnp_busy;
    bool pnp_reports_failure;
    bool failed_by_driver;
    uint32_t failed_action;
    uint32_t not_stoppable;
    /* By WDF_SPECIAL_FILE_TYPE: how many are on the device, and whether its driver can bear them. */
    uint32_t special_files[WdfSpecialFileMax];
    bool supported_files[WdfSpecialFileMax];
    WDFCMRESLIST resources_raw;
    WDFCMRESLIST resources_translated;
    /* In the order of creation: wdf/interrupt.c. */
    struct interrupt *interrupts;

    /* Guards the lists below. */
    struct platform_mutex lock;
    /* Orders what is said and done about the interfaces; their list is only appended to, and read without it. */
    struct platform_mutex interface_lock;
    struct device_interface *interfaces;
    UNICODE_STRING symbolic_link;
    UNICODE_STRING mof_resource_name;
    struct queue *queues;
    struct queue *default_queue;
    /* Where buffered controls go when nothing speaks against the shortest way (queue_find_short_way()), else NULL. */
    struct queue *short_controls;
    /* What the objects of their requests begin like. */
    struct object short_request;
    /* The device below as a target, NULL for devices that have none below. */
    struct io_target *local_target;
    /* The state that a new queue begins in: powered, if it is power managed; purged, by whether it is. */
    bool queues_powered;
    bool queues_track_power;
    bool queues_purged[2];
    uint32_t queue_numbers;
    /* Where WdfDeviceConfigureRequestDispatching sends a major function's requests; NULL for the default queue. */
    struct queue *routes[IRP_MJ_INTERNAL_DEVICE_CONTROL + 1];

    struct device_bus bus;
};

/* What the WDM device object's extension holds: the way from packets to the device, closed when the device goes. */
struct device_link
{
    struct gate gate;
    struct device *device;
};

static inline struct device *device_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct device, object);
}

static inline struct device *device_from_handle(WDFDEVICE handle, const char *function)
{
    return device_of(wdfobj_from_handle(handle, OBJECT_DEVICE, function));
}

static inline struct device_link *device_link_of(PDEVICE_OBJECT wdm)
{
    return wdm->DeviceExtension;
}

/* Whether it is a function or filter device, on top of a physical one. */
static inline bool device_is_fdo(const struct device *device)
{
    return !device->is_control && device->bus.pdo == NULL;
}

static inline enum pnp_state device_pnp_state(const struct device *device)
{
    return (enum pnp_state)machine_state(&device->machines, MACHINE_PNP);
}

/* Whether a special file is on the device, so that it may neither be stopped nor removed. */
bool special_files_in_use(struct device *device);

/* EvtDriverDeviceAdd has succeeded: the device takes packets. */
void device_finish_add(struct device *device);

/* EvtDriverDeviceAdd has failed, or the device has been removed: takes it off the stack and deletes it. */
void device_abandon(struct device *device);

/* Takes away the name that WdfDeviceCreateSymbolicLink gave. */
void device_remove_symbolic_link(struct device *device);

/* Enables the interfaces that the driver has created and not taken into its own hands; disables them all; frees them. */
NTSTATUS device_enable_interfaces(struct device *device);
void device_disable_interfaces(struct device *device);
void device_free_interfaces(struct device *device);

/* Whether drivers may still configure queues: before the first start, or before WdfControlFinishInitializing. */
bool device_is_configurable(const struct device *device);

#endif /* WDF_DEVICE_H */
