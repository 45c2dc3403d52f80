/* SPDX-License-Identifier: MIT */
/*
 * The node server, on libfuse's low-level interface.
 *
 * Reads, writes and controls start the driver's work on the thread that received them and are answered by the driver's
 * completion, on whatever thread that happens, so a request that a driver keeps holds no thread of the server. Open and
 * close wait for the driver. libfuse adds a reader whenever none is free, up to NODE_MAXIMUM_READERS, so one is left for an
 * interrupt until that many programs wait in open or close.
 */
#include "host/node.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/include/dmf-node.h"
#include "host/mount_folder.h"
#include "host/node_operation.h"
#include "host/node_table.h"
#include "nt/object/namespace.h"
#include "nt/rtl/status.h"
#include "nt/rtl/string.h"

#define NODE_MAXIMUM_READERS 256

/* A program's open file. */
struct open_node
{
    struct open_node *next;
    struct node_server *server;
    struct file *file;
};

struct node_server
{
    /* First, so that it is what fuse_req_userdata() gives. */
    struct node_operations operations;
    struct node_table nodes;
    struct fuse_session *session;
    pthread_mutex_t lock;
    struct open_node *open_nodes;
};

static struct node_server *server_of(fuse_req_t request)
{
    return fuse_req_userdata(request);
}

/*
 * The folder.
 */

/* The name that the runtime has for a node's path, for string_free(). */
static NTSTATUS device_name(const char *path, UNICODE_STRING *ret_name)
{
    size_t size = strlen(path) + sizeof("\\??\\");
    char *full = malloc(size);
    NTSTATUS status;

    if (full == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    (void)snprintf(full, size, "\\??\\%s", path);
    status = string_from_utf8(full, ret_name);
    free(full);
    return status;
}

/* A user of Linux as devices see him. Who runs the machine is its administrator: he could load any driver. */
static struct file_opener opener_of(uid_t user)
{
    bool own = user == 0 || user == getuid();

    return (struct file_opener){.mode = UserMode, .is_administrator = own, .is_stranger = !own};
}

/* The bits of a mode, 04 and 02, that a device's security gives an opener. */
static mode_t mode_for(const UNICODE_STRING *name, const struct file_opener *opener)
{
    ACCESS_MASK rights;

    if (!NT_SUCCESS(file_rights(name, opener, &rights)))
    {
        return 0;
    }
    return ((rights & FILE_READ_DATA) != 0 ? 04u : 0) | ((rights & FILE_WRITE_DATA) != 0 ? 02u : 0);
}

/* The owner, who runs the machine, has what an administrator has; group and others have what a stranger has. */
static mode_t mode_of_node(struct node_server *server, uint64_t number)
{
    const struct file_opener owner = opener_of(0);
    const struct file_opener others = {.mode = UserMode, .is_stranger = true};
    char *path = node_table_path(&server->nodes, number);
    UNICODE_STRING name;
    mode_t mode = 0;

    if (path != NULL && NT_SUCCESS(device_name(path, &name)))
    {
        mode = mode_for(&name, &owner) << 6 | mode_for(&name, &others) * 011u;
        string_free(&name);
    }
    free(path);
    return mode;
}

static void fill_attributes(struct node_server *server, uint64_t number, struct stat *attributes)
{
    memset(attributes, 0, sizeof(*attributes));
    attributes->st_ino = number;
    attributes->st_mode = number == NODE_ROOT ? S_IFDIR | 0700 : S_IFREG | mode_of_node(server, number);
    attributes->st_nlink = number == NODE_ROOT ? 2 : 1;
    attributes->st_uid = getuid();
    attributes->st_gid = getgid();
}

static void node_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    struct fuse_entry_param entry = {0};

    entry.ino = parent == NODE_ROOT ? node_table_find(&server_of(request)->nodes, name) : 0;
    if (entry.ino == 0)
    {
        (void)fuse_reply_err(request, ENOENT);
        return;
    }
    fill_attributes(server_of(request), entry.ino, &entry.attr);
    (void)fuse_reply_entry(request, &entry);
}

static void node_getattr(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
    char *path = number == NODE_ROOT ? NULL : node_table_path(&server_of(request)->nodes, number);
    struct stat attributes;

    if (number != NODE_ROOT && path == NULL)
    {
        (void)fuse_reply_err(request, ENOENT);
        return;
    }
    free(path);
    fill_attributes(server_of(request), number, &attributes);
    (void)fuse_reply_attr(request, &attributes, 0);
}

/* Programs open nodes with O_TRUNC out of habit; there is nothing to change. */
static void node_setattr(fuse_req_t request, fuse_ino_t number, struct stat *wanted, int what, struct fuse_file_info *info)
{
    if ((what & ~(FUSE_SET_ATTR_SIZE | FUSE_SET_ATTR_MTIME | FUSE_SET_ATTR_CTIME | FUSE_SET_ATTR_MTIME_NOW)) != 0)
    {
        (void)fuse_reply_err(request, EPERM);
        return;
    }
    node_getattr(request, number, info);
}

struct listing
{
    fuse_req_t request;
    char *buffer;
    size_t size;
    size_t used;
    off_t skip;
    off_t position;
};

static bool list_entry(struct listing *listing, const char *name, uint64_t number)
{
    /* A listing tells numbers and kinds only. */
    struct stat attributes = {.st_ino = number, .st_mode = number == NODE_ROOT ? S_IFDIR : S_IFREG};
    size_t needed;

    if (listing->position++ < listing->skip)
    {
        return true;
    }
    needed = fuse_add_direntry(listing->request, listing->buffer + listing->used, listing->size - listing->used, name,
                               &attributes, listing->position);
    if (needed > listing->size - listing->used)
    {
        return false;
    }
    listing->used += needed;
    return true;
}

static bool list_node(const struct node *node, void *context)
{
    return list_entry(context, node->name, node->number);
}

static void node_readdir(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset, struct fuse_file_info *info)
{
    struct listing listing = {.request = request, .buffer = calloc(1, size), .size = size, .skip = offset};

    if (listing.buffer == NULL)
    {
        (void)fuse_reply_err(request, ENOMEM);
        return;
    }
    if (list_entry(&listing, ".", NODE_ROOT) && list_entry(&listing, "..", NODE_ROOT))
    {
        node_table_visit(&server_of(request)->nodes, list_node, &listing);
    }
    (void)fuse_reply_buf(request, listing.buffer, listing.used);
    free(listing.buffer);
}

/*
 * Open and close.
 */

static void remember_open(struct open_node *open_node)
{
    (void)pthread_mutex_lock(&open_node->server->lock);
    open_node->next = open_node->server->open_nodes;
    open_node->server->open_nodes = open_node;
    (void)pthread_mutex_unlock(&open_node->server->lock);
}

static void forget_open(struct open_node *open_node)
{
    (void)pthread_mutex_lock(&open_node->server->lock);
    for (struct open_node **link = &open_node->server->open_nodes; *link != NULL; link = &(*link)->next)
    {
        if (*link == open_node)
        {
            *link = open_node->next;
            break;
        }
    }
    (void)pthread_mutex_unlock(&open_node->server->lock);
}

static ACCESS_MASK access_of(int flags)
{
    int mode = flags & O_ACCMODE;

    return (mode != O_WRONLY ? FILE_READ_DATA : 0) | (mode != O_RDONLY ? FILE_WRITE_DATA : 0);
}

/* Opens the device behind a node of this path for a user of Linux. */
static NTSTATUS open_path(const char *path, int flags, uid_t user, struct file **ret_file)
{
    const struct file_opener opener = opener_of(user);
    UNICODE_STRING name;
    NTSTATUS status = device_name(path, &name);

    if (NT_SUCCESS(status))
    {
        status = file_open(&name, access_of(flags), &opener, ret_file);
        string_free(&name);
    }
    return status;
}

static void node_open(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
    struct node_server *server = server_of(request);
    struct open_node *open_node = calloc(1, sizeof(*open_node));
    char *path = node_table_path(&server->nodes, number);
    uid_t caller = fuse_req_ctx(request)->uid;
    int error = open_node == NULL ? ENOMEM : path == NULL ? ENODEV : 0;

    /* default_permissions makes the kernel check the mode; the kernel is not the only one that can send requests here. */
    if (error == 0)
    {
        error = status_to_errno(open_path(path, info->flags, caller, &open_node->file));
    }
    free(path);
    if (error != 0)
    {
        free(open_node);
        (void)fuse_reply_err(request, error);
        return;
    }
    open_node->server = server;
    remember_open(open_node);
    info->fh = (uint64_t)(uintptr_t)open_node;
    info->direct_io = 1;
    info->nonseekable = 1;
    if (fuse_reply_open(request, info) == -ENOENT)
    {
        /* The program was interrupted and will never close what it does not know to be open. */
        forget_open(open_node);
        file_close(open_node->file);
        free(open_node);
    }
}

static struct open_node *open_node_of(const struct fuse_file_info *info)
{
    return (struct open_node *)(uintptr_t)info->fh;
}

static void node_release(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *info)
{
    struct open_node *open_node = open_node_of(info);

    forget_open(open_node);
    file_close(open_node->file);
    free(open_node);
    (void)fuse_reply_err(request, 0);
}

/*
 * Reads, writes, controls.
 */

static void answer_read(struct node_operation *operation, NTSTATUS status, ULONG_PTR information)
{
    size_t room = operation->io.output_length;

    if (!NT_SUCCESS(status))
    {
        (void)fuse_reply_err(operation->request, status_to_errno(status));
        return;
    }
    (void)fuse_reply_buf(operation->request, (char *)operation->data, information < room ? information : room);
}

static void node_read(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset, struct fuse_file_info *info)
{
    struct node_operation *operation =
        node_operation_create(&server_of(request)->operations, request, open_node_of(info)->file, size);

    if (operation == NULL)
    {
        (void)fuse_reply_err(request, ENOMEM);
        return;
    }
    operation->io.major = IRP_MJ_READ;
    operation->io.offset = offset;
    operation->io.output = operation->data;
    operation->io.output_length = (ULONG)size;
    operation->answer = answer_read;
    node_operation_start(operation);
}

static void answer_write(struct node_operation *operation, NTSTATUS status, ULONG_PTR information)
{
    size_t given = operation->io.input_length;

    if (!NT_SUCCESS(status))
    {
        (void)fuse_reply_err(operation->request, status_to_errno(status));
        return;
    }
    (void)fuse_reply_write(operation->request, information < given ? information : given);
}

static void node_write(fuse_req_t request, fuse_ino_t number, const char *data, size_t size, off_t offset,
                       struct fuse_file_info *info)
{
    struct node_operation *operation =
        node_operation_create(&server_of(request)->operations, request, open_node_of(info)->file, size);

    if (operation == NULL)
    {
        (void)fuse_reply_err(request, ENOMEM);
        return;
    }
    memcpy(operation->data, data, size);
    operation->io.major = IRP_MJ_WRITE;
    operation->io.offset = offset;
    operation->io.input = operation->data;
    operation->io.input_length = (ULONG)size;
    operation->answer = answer_write;
    node_operation_start(operation);
}

/* The envelope goes back as it came, with the driver's answer in its head and its output behind that. */
static void answer_control(struct node_operation *operation, NTSTATUS status, ULONG_PTR information)
{
    struct dmf_node_control *envelope = (struct dmf_node_control *)operation->data;
    size_t returned = information < envelope->output_length ? information : envelope->output_length;

    if (status == STATUS_CANCELLED && fuse_req_interrupted(operation->request))
    {
        (void)fuse_reply_err(operation->request, EINTR);
        return;
    }
    memcpy(envelope->data, operation->io.output, NT_ERROR(status) ? 0 : returned);
    envelope->status = status;
    envelope->information = information;
    (void)fuse_reply_ioctl(operation->request, 0, envelope, operation->head_size);
}

/* Whether the envelope is one that we understand, and all of it is there. Returns an errno value. */
static int check_envelope(unsigned int command, unsigned int flags, const void *input, size_t input_size, size_t output_size)
{
    const struct dmf_node_control *envelope = input;
    size_t size = _IOC_SIZE(command);

    if ((flags & FUSE_IOCTL_DIR) != 0 || command != (unsigned int)DMF_NODE_CONTROL(size))
    {
        return ENOTTY;
    }
    if (size < sizeof(*envelope) || input_size != size || output_size != size)
    {
        return EINVAL;
    }
    if (envelope->version != DMF_NODE_CONTROL_VERSION)
    {
        return EPROTONOSUPPORT;
    }
    if (envelope->reserved != 0 || envelope->input_length > size - sizeof(*envelope) ||
        envelope->output_length > size - sizeof(*envelope))
    {
        return EINVAL;
    }
    return 0;
}

static void node_ioctl(fuse_req_t request, fuse_ino_t number, unsigned int command, void *argument,
                       struct fuse_file_info *info, unsigned int flags, const void *input, size_t input_size,
                       size_t output_size)
{
    int error = check_envelope(command, flags, input, input_size, output_size);
    const struct dmf_node_control *envelope = input;
    struct node_operation *operation = NULL;

    if (error == 0)
    {
        /* The output has a place of its own behind the envelope: a driver may fill it while the input is still needed. */
        operation = node_operation_create(&server_of(request)->operations, request, open_node_of(info)->file,
                                          input_size + envelope->output_length);
        error = operation == NULL ? ENOMEM : 0;
    }
    if (error != 0)
    {
        (void)fuse_reply_err(request, error);
        return;
    }
    memcpy(operation->data, input, input_size);
    envelope = (struct dmf_node_control *)operation->data;
    operation->head_size = input_size;
    operation->io.major = IRP_MJ_DEVICE_CONTROL;
    operation->io.control_code = envelope->control_code;
    operation->io.input = envelope->data;
    operation->io.input_length = envelope->input_length;
    operation->io.output = operation->data + input_size;
    operation->io.output_length = envelope->output_length;
    operation->answer = answer_control;
    node_operation_start(operation);
}

static const struct fuse_lowlevel_ops node_functions = {
    .lookup = node_lookup,
    .getattr = node_getattr,
    .setattr = node_setattr,
    .readdir = node_readdir,
    .open = node_open,
    .release = node_release,
    .read = node_read,
    .write = node_write,
    .ioctl = node_ioctl,
};

/*
 * Life.
 */

/* The runtime tells of a link that came or went. */
static void namespace_changed(enum namespace_event event, const char *name, void *context)
{
    struct node_server *server = context;

    if (event == NAMESPACE_LINK_REMOVED)
    {
        node_table_remove(&server->nodes, name);
    }
    else if (!node_table_add(&server->nodes, name))
    {
        fprintf(stderr, "dmf: the link '%s' gets no node: it is no name for a file, or there is no memory\n", name);
    }
}

static int mount_session(struct node_server *server, const char *folder)
{
    struct fuse_args arguments = FUSE_ARGS_INIT(0, NULL);

    if (fuse_opt_add_arg(&arguments, "dmf") != 0 ||
        fuse_opt_add_arg(&arguments, "-odefault_permissions,nosuid,nodev,noexec,fsname=dmf,subtype=dmf") != 0)
    {
        fuse_opt_free_args(&arguments);
        return ENOMEM;
    }
    server->session = fuse_session_new(&arguments, &node_functions, sizeof(node_functions), server);
    fuse_opt_free_args(&arguments);
    if (server->session == NULL)
    {
        fprintf(stderr, "dmf: libfuse refused to make a session\n");
        return EIO;
    }
    if (fuse_session_mount(server->session, folder) != 0)
    {
        fprintf(stderr, "dmf: cannot mount device nodes at %s (is /dev/fuse there, and fusermount3 installed?)\n", folder);
        fuse_session_destroy(server->session);
        return EIO;
    }
    (void)fuse_set_signal_handlers(server->session);
    return 0;
}

int node_server_start(const char *folder, struct node_server **ret_server)
{
    struct node_server *server = calloc(1, sizeof(*server));
    int error;

    if (server == NULL)
    {
        return ENOMEM;
    }
    error = mount_folder_prepare(folder);
    if (error != 0)
    {
        free(server);
        return error;
    }
    node_operations_init(&server->operations);
    node_table_init(&server->nodes);
    (void)pthread_mutex_init(&server->lock, NULL);
    error = mount_session(server, folder);
    if (error != 0)
    {
        node_table_done(&server->nodes);
        node_operations_done(&server->operations);
        free(server);
        return error;
    }
    namespace_observe(namespace_changed, server);
    *ret_server = server;
    return 0;
}

void node_server_serve(struct node_server *server)
{
    struct fuse_loop_config *config = fuse_loop_cfg_create();

    fuse_loop_cfg_set_clone_fd(config, 1);
    fuse_loop_cfg_set_max_threads(config, NODE_MAXIMUM_READERS);
    (void)fuse_session_loop_mt(server->session, config);
    fuse_loop_cfg_destroy(config);
}

void node_server_stop(struct node_server *server)
{
    if (server == NULL)
    {
        return;
    }
    fuse_remove_signal_handlers(server->session);
    node_operations_cancel_all(&server->operations);
    fuse_session_unmount(server->session);
    while (server->open_nodes != NULL)
    {
        struct open_node *open_node = server->open_nodes;

        forget_open(open_node);
        file_close(open_node->file);
        free(open_node);
    }
    namespace_observe(NULL, NULL);
    fuse_session_destroy(server->session);
    node_table_done(&server->nodes);
    node_operations_done(&server->operations);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
}
