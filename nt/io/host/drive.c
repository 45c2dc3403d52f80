/* SPDX-License-Identifier: MIT */
/*
 * Drives, and the way of a packet to the function that carries it out.
 */
#include "nt/debug/bugcheck.h"
#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/io/host/host.h"
#include "nt/io/irp.h"
#include "nt/machine.h"
#include "nt/object/namespace.h"

struct host_file *host_file_of(PFILE_OBJECT object)
{
    return object->FsContext2;
}

static NTSTATUS carry_out(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    struct host_file *file;

    if (location->MajorFunction == IRP_MJ_CREATE)
    {
        return host_create(device->DeviceExtension, irp);
    }
    if (location->FileObject == NULL || location->FileObject->FsContext2 == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    file = host_file_of(location->FileObject);
    switch (location->MajorFunction)
    {
        case IRP_MJ_CLEANUP:
            return host_cleanup(file, irp);
        case IRP_MJ_CLOSE:
            return host_end(file, irp);
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
            return host_transfer(file, irp);
        case IRP_MJ_FLUSH_BUFFERS:
            return host_flush_file(file, irp);
        case IRP_MJ_QUERY_INFORMATION:
            return host_query_information(file, irp);
        case IRP_MJ_SET_INFORMATION:
            return host_set_information(file, irp);
        case IRP_MJ_DIRECTORY_CONTROL:
            return host_query_directory(file, irp);
        case IRP_MJ_QUERY_VOLUME_INFORMATION:
            return host_query_volume_information(file, irp);
        case IRP_MJ_LOCK_CONTROL:
            return host_lock(file, irp);
        default:
            return STATUS_INVALID_DEVICE_REQUEST;
    }
}

static NTSTATUS dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status;

    irp->IoStatus.Information = 0;
    status = carry_out(device, irp);
    if (status != STATUS_PENDING)
    {
        irp->IoStatus.Status = status;
        irp_complete(irp);
    }
    return status;
}

/* The last reference to the drive is gone. */
static void close_root(PDEVICE_OBJECT device)
{
    host_close(((struct drive *)device->DeviceExtension)->root);
}

static NTSTATUS make_device(struct host_file_system *system, WCHAR letter, int root, PDEVICE_OBJECT *ret_device)
{
    WCHAR text[] = L"\\??\\X:";
    UNICODE_STRING name = {sizeof(text) - sizeof(WCHAR), sizeof(text), text};
    struct drive *drive;
    NTSTATUS status;

    text[4] = letter;
    status = devobj_create(system->driver, sizeof(struct drive), &name, FILE_DEVICE_DISK_FILE_SYSTEM, 0, FALSE, ret_device);
    if (NT_SUCCESS(status))
    {
        drive = (*ret_device)->DeviceExtension;
        *drive = (struct drive){.device = *ret_device, .letter = letter, .root = root};
        devobj_extension(*ret_device)->freed = close_root;
        (*ret_device)->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    }
    return status;
}

/* Files that are open keep the device, and so the folder, until they are closed. */
static void forget_device(PDEVICE_OBJECT device)
{
    if (device != NULL)
    {
        devobj_delete(device);
    }
}

NTSTATUS drive_set(char letter, const char *folder)
{
    struct host_file_system *system = host_file_system();
    WCHAR upper = (WCHAR)(letter & ~0x20);
    PDEVICE_OBJECT device = NULL;
    NTSTATUS status = STATUS_SUCCESS;
    int root = -1;

    if (upper < 'A' || upper > 'Z')
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (folder != NULL && host_open_root(folder, &root) != 0)
    {
        return STATUS_OBJECT_PATH_NOT_FOUND;
    }
    platform_mutex_lock(&system->lock);
    device = system->drives[upper - 'A'];
    system->drives[upper - 'A'] = NULL;
    platform_mutex_unlock(&system->lock);
    forget_device(device);
    if (folder == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = make_device(system, upper, root, &device);
    if (!NT_SUCCESS(status))
    {
        host_close(root);
        return status;
    }
    platform_mutex_lock(&system->lock);
    system->drives[upper - 'A'] = device;
    platform_mutex_unlock(&system->lock);
    return STATUS_SUCCESS;
}

/* Z: is all of Linux's tree, and \SystemRoot a folder of C:, which exists when a host or a test sets it. */
static void make(void *argument)
{
    struct host_file_system *system = argument;
    static const UNICODE_STRING system_root = {22, 24, (PWCH)L"\\SystemRoot"};
    static const UNICODE_STRING windows = {28, 30, (PWCH)L"\\??\\C:\\Windows"};
    PDEVICE_OBJECT device;
    int root;

    InitializeListHead(&system->controls);
    if (!NT_SUCCESS(drvobj_create("HostFileSystem", &system->driver)))
    {
        platform_fatal("there is no memory for the host file system");
    }
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        system->driver->MajorFunction[major] = dispatch;
    }
    if (host_open_root("/", &root) == 0 && NT_SUCCESS(make_device(system, 'Z', root, &device)))
    {
        system->drives['Z' - 'A'] = device;
    }
    (void)namespace_insert_link(&system_root, &windows);
}

struct host_file_system *host_file_system(void)
{
    struct host_file_system *system = &machine()->host;

    platform_once_run(&system->made, make, system);
    return system;
}
