/* SPDX-License-Identifier: MIT */
/*
 * Files of a drive: create and open, cleanup and close.
 */
#include <string.h>

#include "nt/io/host/host.h"
#include "nt/rtl/string.h"

/* What an open asks for, in one place. */
struct request
{
    PFILE_OBJECT object;
    struct drive *drive;
    ACCESS_MASK access;
    ULONG disposition;
    ULONG options;
    USHORT share;
    USHORT attributes;
    struct host_path path;
    ULONG_PTR outcome;
};

struct host_control *host_control_open(uint64_t device, uint64_t inode)
{
    struct host_file_system *system = host_file_system();
    struct host_control *control;

    for (PLIST_ENTRY link = system->controls.Flink; link != &system->controls; link = link->Flink)
    {
        control = CONTAINING_RECORD(link, struct host_control, link);
        if (control->device == device && control->inode == inode)
        {
            control->opens++;
            return control;
        }
    }
    control = platform_zalloc(sizeof(*control));
    if (control != NULL)
    {
        control->device = device;
        control->inode = inode;
        control->opens = 1;
        InitializeListHead(&control->locks);
        InitializeListHead(&control->waiting_locks);
        InsertTailList(&system->controls, &control->link);
    }
    return control;
}

void host_control_close(struct host_control *control)
{
    if (--control->opens == 0)
    {
        (void)RemoveEntryList(&control->link);
        platform_free(control, sizeof(*control));
    }
}

ULONG host_attributes(const struct host_status *status)
{
    ULONG attributes = status->read_only ? FILE_ATTRIBUTE_READONLY : 0;

    attributes |= status->kind == HOST_DIRECTORY ? FILE_ATTRIBUTE_DIRECTORY : FILE_ATTRIBUTE_ARCHIVE;
    return attributes;
}

/* A related open continues the name of an open directory. */
static NTSTATUS whole_name(const struct request *request, UNICODE_STRING *ret_name)
{
    PFILE_OBJECT related = request->object->RelatedFileObject;
    UNICODE_STRING folder;
    NTSTATUS status;

    if (related == NULL)
    {
        return string_duplicate(&request->object->FileName, ret_name);
    }
    memset(ret_name, 0, sizeof(*ret_name));
    if (related->FsContext2 == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = host_name_now(host_file_of(related), &folder);
    if (NT_SUCCESS(status))
    {
        bool separate = folder.Length > sizeof(WCHAR) && request->object->FileName.Length != 0;
        UNICODE_STRING with_separator;

        status = string_concatenate(&folder, &STRING_LITERAL(L"\\"), &with_separator);
        if (NT_SUCCESS(status))
        {
            status = string_concatenate(separate ? &with_separator : &folder, &request->object->FileName, ret_name);
            string_free(&with_separator);
        }
        string_free(&folder);
    }
    return status;
}

static NTSTATUS find_path(struct request *request)
{
    UNICODE_STRING name;
    NTSTATUS status = whole_name(request, &name);

    if (NT_SUCCESS(status))
    {
        status = host_path_parse(&name, &request->path);
    }
    string_free(&name);
    if (NT_SUCCESS(status) && request->path.ends_in_separator && (request->options & FILE_NON_DIRECTORY_FILE) != 0)
    {
        status = STATUS_OBJECT_NAME_INVALID;
    }
    return status;
}

static unsigned open_flags(const struct request *request, enum host_kind kind)
{
    unsigned flags = (request->options & FILE_WRITE_THROUGH) != 0 ? HOST_WRITE_THROUGH : 0;
    bool replaces = request->disposition != FILE_OPEN && request->disposition != FILE_OPEN_IF;

    if (kind == HOST_DIRECTORY)
    {
        return HOST_FOLDER;
    }
    flags |= (request->access & (FILE_READ_DATA | FILE_EXECUTE)) != 0 ? HOST_READ : 0;
    flags |= (request->access & (FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0 || replaces ? HOST_WRITE : 0;
    return flags;
}

/* Whether a file that exists is what the opener asks for. */
static NTSTATUS check_existing(const struct request *request, const struct host_status *found)
{
    bool is_folder = found->kind == HOST_DIRECTORY;
    bool replaces = request->disposition >= FILE_OVERWRITE || request->disposition == FILE_SUPERSEDE;
    ACCESS_MASK writes = FILE_WRITE_DATA | FILE_APPEND_DATA;

    if (request->disposition == FILE_CREATE)
    {
        return STATUS_OBJECT_NAME_COLLISION;
    }
    if (found->kind == HOST_OTHER)
    {
        return STATUS_ACCESS_DENIED;
    }
    if (is_folder && (request->options & FILE_NON_DIRECTORY_FILE) != 0)
    {
        return STATUS_FILE_IS_A_DIRECTORY;
    }
    if (!is_folder && ((request->options & FILE_DIRECTORY_FILE) != 0))
    {
        return STATUS_NOT_A_DIRECTORY;
    }
    if (!is_folder && request->path.ends_in_separator)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    if (is_folder && replaces)
    {
        return STATUS_OBJECT_NAME_COLLISION;
    }
    if (found->read_only && !is_folder && ((request->access & writes) != 0 || replaces))
    {
        return STATUS_ACCESS_DENIED;
    }
    return found->read_only && (request->options & FILE_DELETE_ON_CLOSE) != 0 ? STATUS_CANNOT_DELETE : STATUS_SUCCESS;
}

static NTSTATUS open_existing(struct request *request, int named, struct host_file *file)
{
    struct host_status found;
    NTSTATUS status = host_status_of(host_query(named, &found));

    if (NT_SUCCESS(status))
    {
        status = check_existing(request, &found);
    }
    host_close(named);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    file->kind = found.kind;
    request->outcome = request->disposition == FILE_SUPERSEDE ? FILE_SUPERSEDED :
                       request->disposition >= FILE_OVERWRITE ? FILE_OVERWRITTEN :
                                                                FILE_OPENED;
    return host_status_of(
        host_open(request->drive->root, request->path.text, open_flags(request, found.kind), &file->descriptor));
}

static NTSTATUS create_new(struct request *request, struct host_file *file)
{
    bool is_folder = (request->options & FILE_DIRECTORY_FILE) != 0;
    unsigned flags = HOST_CREATE;

    if (request->disposition == FILE_OPEN || request->disposition == FILE_OVERWRITE)
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    if (request->path.ends_in_separator && !is_folder)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    flags |= is_folder ? HOST_FOLDER : open_flags(request, HOST_FILE);
    flags |= (request->attributes & FILE_ATTRIBUTE_READONLY) != 0 && !is_folder ? HOST_READ_ONLY : 0;
    file->kind = is_folder ? HOST_DIRECTORY : HOST_FILE;
    request->outcome = FILE_CREATED;
    return host_status_of(host_open(request->drive->root, request->path.text, flags, &file->descriptor));
}

static NTSTATUS open_or_create(struct request *request, struct host_file *file)
{
    int named;
    NTSTATUS status = host_path_resolve(request->drive, &request->path, &named);

    if (NT_SUCCESS(status))
    {
        return open_existing(request, named, file);
    }
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? create_new(request, file) : status;
}

/* Joins the other openers of the file, if they let this one. */
static NTSTATUS share(struct request *request, struct host_file *file)
{
    struct host_status found;
    struct host_control *control;
    NTSTATUS status = host_status_of(host_query(file->descriptor, &found));

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    control = host_control_open(found.device, found.inode);
    if (control == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = control->delete_pending ?
                 STATUS_DELETE_PENDING :
                 IoCheckShareAccess(request->access, request->share, request->object, &control->share, TRUE);
    if (!NT_SUCCESS(status))
    {
        host_control_close(control);
        return status;
    }
    control->users++;
    file->control = control;
    return STATUS_SUCCESS;
}

static bool replaces_content(const struct request *request)
{
    return request->outcome == FILE_OVERWRITTEN || request->outcome == FILE_SUPERSEDED;
}

/* A file that this open made does not stay behind when the open fails. */
static void undo(const struct request *request, struct host_file *file)
{
    if (file->descriptor >= 0)
    {
        if (request->outcome == FILE_CREATED)
        {
            (void)host_remove(request->drive->root, request->path.text, file->descriptor, file->kind == HOST_DIRECTORY);
        }
        host_close(file->descriptor);
    }
    platform_free(file, sizeof(*file));
}

/* The file system's lock is held: what is found stays true until the open has joined. */
static NTSTATUS create_locked(struct request *request, struct host_file *file)
{
    NTSTATUS status = open_or_create(request, file);

    if (NT_SUCCESS(status))
    {
        status = share(request, file);
    }
    if (NT_SUCCESS(status) && replaces_content(request))
    {
        status = host_status_of(host_set_size(file->descriptor, 0));
        if (!NT_SUCCESS(status))
        {
            IoRemoveShareAccess(request->object, &file->control->share);
            file->control->users--;
            host_control_close(file->control);
        }
    }
    return status;
}

static void begin_request(struct request *request, struct drive *drive, PIO_STACK_LOCATION location)
{
    request->object = location->FileObject;
    request->drive = drive;
    request->access = location->Parameters.Create.SecurityContext->DesiredAccess;
    request->disposition = location->Parameters.Create.Options >> 24;
    request->options = location->Parameters.Create.Options & FILE_VALID_OPTION_FLAGS;
    request->share = location->Parameters.Create.ShareAccess;
    request->attributes = location->Parameters.Create.FileAttributes;
    request->outcome = FILE_DOES_NOT_EXIST;
}

NTSTATUS host_create(struct drive *drive, PIRP irp)
{
    struct host_file_system *system = host_file_system();
    struct request request;
    struct host_file *file = platform_zalloc(sizeof(*file));
    NTSTATUS status;

    if (file == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    begin_request(&request, drive, IoGetCurrentIrpStackLocation(irp));
    file->drive = drive;
    file->descriptor = -1;
    file->delete_on_close = (request.options & FILE_DELETE_ON_CLOSE) != 0;
    file->can_write = (request.access & (FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0;
    status = find_path(&request);
    if (NT_SUCCESS(status))
    {
        platform_mutex_lock(&system->lock);
        status = create_locked(&request, file);
        platform_mutex_unlock(&system->lock);
    }
    if (!NT_SUCCESS(status))
    {
        undo(&request, file);
        return status;
    }
    request.object->FsContext = file->control;
    request.object->FsContext2 = file;
    irp->IoStatus.Information = request.outcome;
    return STATUS_SUCCESS;
}

/* The last opener of a file that is to be deleted has closed its handles. */
static void remove_file(struct host_file *file)
{
    struct host_path path;

    if (NT_SUCCESS(host_path_now(file, &path)))
    {
        (void)host_remove(file->drive->root, path.text, file->descriptor, file->kind == HOST_DIRECTORY);
    }
}

NTSTATUS host_cleanup(struct host_file *file, PIRP irp)
{
    struct host_file_system *system = host_file_system();
    PFILE_OBJECT object = IoGetCurrentIrpStackLocation(irp)->FileObject;
    struct host_control *control = file->control;

    host_locks_release(file, object);
    platform_mutex_lock(&system->lock);
    IoRemoveShareAccess(object, &control->share);
    control->delete_pending |= file->delete_on_close;
    control->users--;
    if (control->delete_pending && control->users == 0)
    {
        remove_file(file);
    }
    platform_mutex_unlock(&system->lock);
    return STATUS_SUCCESS;
}

NTSTATUS host_end(struct host_file *file, PIRP irp)
{
    struct host_file_system *system = host_file_system();
    PFILE_OBJECT object = IoGetCurrentIrpStackLocation(irp)->FileObject;

    platform_mutex_lock(&system->lock);
    host_control_close(file->control);
    platform_mutex_unlock(&system->lock);
    object->FsContext = NULL;
    object->FsContext2 = NULL;
    host_close(file->descriptor);
    if (file->listing != NULL)
    {
        host_list_close(file->listing);
    }
    string_free(&file->pattern);
    if (file->kept_name != NULL)
    {
        platform_free(file->kept_name, strlen(file->kept_name) + 1);
    }
    platform_free(file, sizeof(*file));
    return STATUS_SUCCESS;
}
