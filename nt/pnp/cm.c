/* SPDX-License-Identifier: MIT */
/*
 * Devnodes by number: the tree, its lists, what is done to devnodes, their properties.
 */
#include "nt/internal.h"

#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/pnp/cm.h"
#include "nt/pnp/device_property.h"
#include "nt/pnp/node.h"
#include "nt/rtl/guid.h"
#include "nt/rtl/string.h"

/* The devnode in the tree, referenced; NULL when none has the number. */
static struct devnode *reference_numbered(uint32_t number)
{
    struct devnode *devnode;

    pnp_lock();
    devnode = node_numbered(number);
    devnode_reference(devnode);
    pnp_unlock();
    return devnode;
}

/*
 * Finding.
 */

/* ENUMERATOR\DEVICE\INSTANCE. */
static bool is_instance_path(const WCHAR *path, size_t units)
{
    unsigned back_slashes = 0;
    size_t since = 0;

    for (size_t unit = 0; unit < units; unit++)
    {
        bool is_back_slash = path[unit] == '\\';

        if ((is_back_slash && since == 0) || path[unit] < ' ' || path[unit] == ',')
        {
            return false;
        }
        back_slashes += is_back_slash;
        since = is_back_slash ? 0 : since + 1;
    }
    return back_slashes == 2 && since != 0;
}

/* The devnode of a path, referenced. */
static NTSTATUS locate(const WCHAR *path, bool phantom, struct devnode **ret_devnode)
{
    struct devnode *devnode;
    UNICODE_STRING text;

    if (path == NULL || path[0] == 0)
    {
        devnode = devnode_root();
        devnode_reference(devnode);
        *ret_devnode = devnode;
        return STATUS_SUCCESS;
    }
    RtlInitUnicodeString(&text, path);
    if (!is_instance_path(path, text.Length / sizeof(WCHAR)))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    devnode = devnode_find(&text);
    if (devnode != NULL && !phantom && devnode_state(devnode) == DEVNODE_SURPRISE_REMOVED)
    {
        devnode_release(devnode);
        devnode = NULL;
    }
    *ret_devnode = devnode;
    return devnode == NULL ? STATUS_NO_SUCH_DEVICE : STATUS_SUCCESS;
}

NTSTATUS cm_locate(const WCHAR *path, bool phantom, uint32_t *ret_number)
{
    struct devnode *devnode;
    NTSTATUS status = locate(path, phantom, &devnode);

    if (NT_SUCCESS(status))
    {
        *ret_number = devnode->number;
        devnode_release(devnode);
    }
    return status;
}

NTSTATUS cm_relative(uint32_t number, enum cm_relation relation, uint32_t *ret_number)
{
    struct devnode *devnode = reference_numbered(number);
    struct devnode *parent;
    struct devnode *relative = NULL;

    if (devnode == NULL)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    switch (relation)
    {
        case CM_RELATION_PARENT:
            relative = devnode_parent(devnode);
            break;
        case CM_RELATION_CHILD:
            relative = devnode_next_child(devnode, NULL);
            break;
        case CM_RELATION_SIBLING:
            parent = devnode_parent(devnode);
            if (parent != NULL)
            {
                devnode_reference(devnode);
                relative = devnode_next_child(parent, devnode);
                devnode_release(parent);
            }
            break;
    }
    if (relative != NULL)
    {
        *ret_number = relative->number;
        devnode_release(relative);
    }
    devnode_release(devnode);
    return relative == NULL ? STATUS_NO_MORE_ENTRIES : STATUS_SUCCESS;
}

NTSTATUS cm_depth(uint32_t number, uint32_t *ret_depth)
{
    struct devnode *devnode = reference_numbered(number);

    if (devnode == NULL)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    *ret_depth = devnode->depth;
    devnode_release(devnode);
    return STATUS_SUCCESS;
}

NTSTATUS cm_instance(uint32_t number, struct device_value *ret_path)
{
    return cm_get_property(number, &DEVPKEY_Device_InstanceId, ret_path);
}

NTSTATUS cm_status(uint32_t number, uint32_t *ret_status, uint32_t *ret_problem)
{
    struct devnode *devnode = reference_numbered(number);

    if (devnode == NULL)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    *ret_status = device_status(devnode);
    *ret_problem = devnode_problem(devnode, NULL);
    devnode_release(devnode);
    return STATUS_SUCCESS;
}

/*
 * Lists.
 */

static const WCHAR terminator;

static NTSTATUS append_path(struct devnode *devnode, struct device_value *paths)
{
    const UNICODE_STRING *instance = devnode_instance(devnode);
    NTSTATUS status = value_append(paths, instance->Buffer, instance->Length);

    return NT_SUCCESS(status) ? value_append(paths, &terminator, sizeof(terminator)) : status;
}

/* Whether the path begins with the filter, and a part of it ends there. */
static bool is_of_enumerator(const struct devnode *devnode, const UNICODE_STRING *filter)
{
    const UNICODE_STRING *instance = devnode_instance(devnode);

    return string_has_prefix(instance, filter) && instance->Length > filter->Length &&
           instance->Buffer[filter->Length / sizeof(WCHAR)] == '\\';
}

static bool text_matches(const struct device_value *value, const UNICODE_STRING *filter)
{
    UNICODE_STRING text;

    RtlInitUnicodeString(&text, value->data);
    return RtlEqualUnicodeString(&text, filter, TRUE);
}

static bool guid_matches(const struct device_value *value, const UNICODE_STRING *filter)
{
    GUID guid;

    return value->type == DEVPROP_TYPE_GUID && filter->Length == GUID_UNITS * sizeof(WCHAR) &&
           guid_parse(filter->Buffer, &guid) && memcmp(value->data, &guid, sizeof(guid)) == 0;
}

struct request
{
    enum cm_list list;
    UNICODE_STRING filter;
    bool present_only;
    /* Of the children that are asked for. */
    struct devnode *parent;
};

static bool is_child_of(struct devnode *devnode, const struct devnode *wanted)
{
    struct devnode *parent = devnode_parent(devnode);

    devnode_release(parent);
    return parent == wanted;
}

/* Compares a property, for which memory may be short. */
static NTSTATUS compare_property(struct devnode *devnode, const struct request *request, bool *ret_belongs)
{
    bool is_service = request->list == CM_LIST_SERVICE;
    struct device_value value;
    NTSTATUS status = device_property_get(devnode, is_service ? &DEVPKEY_Device_Service : &DEVPKEY_Device_ClassGuid,
                                          LOCALE_NEUTRAL, &value);

    *ret_belongs =
        NT_SUCCESS(status) && (is_service ? text_matches(&value, &request->filter) : guid_matches(&value, &request->filter));
    if (NT_SUCCESS(status))
    {
        value_free(&value);
    }
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
}

static NTSTATUS belongs(struct devnode *devnode, const struct request *request, bool *ret_belongs)
{
    *ret_belongs = !request->present_only || devnode_state(devnode) != DEVNODE_SURPRISE_REMOVED;
    if (!*ret_belongs)
    {
        return STATUS_SUCCESS;
    }
    switch (request->list)
    {
        case CM_LIST_ALL:
            return STATUS_SUCCESS;
        case CM_LIST_ENUMERATOR:
            *ret_belongs = is_of_enumerator(devnode, &request->filter);
            return STATUS_SUCCESS;
        case CM_LIST_BUS_RELATIONS:
            *ret_belongs = is_child_of(devnode, request->parent);
            return STATUS_SUCCESS;
        default:
            return compare_property(devnode, request, ret_belongs);
    }
}

/*
 * The next devnode of the tree, parents first, referenced; NULL at the end. Gives the reference on after back. From one that
 * has left the tree meanwhile there is no way on: STATUS_RETRY.
 */
static NTSTATUS next_of_tree(struct devnode *after, struct devnode **ret_next)
{
    struct devnode *root = devnode_root();
    NTSTATUS status;

    *ret_next = NULL;
    pnp_lock();
    status = after == root || node_is_linked(after) ? STATUS_SUCCESS : STATUS_RETRY;
    if (NT_SUCCESS(status))
    {
        *ret_next = node_next_downwards(root, after);
        devnode_reference(*ret_next);
    }
    pnp_unlock();
    devnode_release(after);
    return status;
}

static NTSTATUS list_once(const struct request *request, struct device_value *paths)
{
    struct devnode *devnode = devnode_root();
    NTSTATUS status = STATUS_SUCCESS;

    devnode_reference(devnode);
    while (devnode != NULL && NT_SUCCESS(status))
    {
        bool wanted;

        status = belongs(devnode, request, &wanted);
        if (NT_SUCCESS(status) && wanted)
        {
            status = append_path(devnode, paths);
        }
        if (NT_SUCCESS(status))
        {
            status = next_of_tree(devnode, &devnode);
        }
        else
        {
            devnode_release(devnode);
        }
    }
    return NT_SUCCESS(status) ? value_append(paths, &terminator, sizeof(terminator)) : status;
}

NTSTATUS cm_list_instances(enum cm_list list, const WCHAR *filter, bool present_only, struct device_value *ret_paths)
{
    struct request request = {.list = list, .present_only = present_only};
    NTSTATUS status = list == CM_LIST_BUS_RELATIONS ? locate(filter, true, &request.parent) : STATUS_SUCCESS;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    RtlInitUnicodeString(&request.filter, filter);
    do
    {
        *ret_paths = (struct device_value){.type = DEVPROP_TYPE_STRING_LIST};
        status = list_once(&request, ret_paths);
        if (!NT_SUCCESS(status))
        {
            value_free(ret_paths);
        }
    } while (status == STATUS_RETRY);
    devnode_release(request.parent);
    return status;
}

/*
 * Actions.
 */

static NTSTATUS act(struct devnode *devnode, enum cm_action action, struct devnode_veto *veto)
{
    switch (action)
    {
        case CM_ACTION_ENUMERATE:
            return devnode_enumerate(devnode);
        case CM_ACTION_REQUEST_ENUMERATION:
            devnode_request_enumeration(devnode);
            return STATUS_SUCCESS;
        case CM_ACTION_ENABLE:
            return devnode_enable(devnode);
        case CM_ACTION_DISABLE:
            return devnode_disable(devnode, veto);
        case CM_ACTION_REMOVE:
            return devnode_remove_or_veto(devnode, veto);
        default:
            return devnode_eject(devnode, veto);
    }
}

NTSTATUS cm_act(uint32_t number, enum cm_action action, struct cm_veto *ret_veto)
{
    struct devnode *devnode = reference_numbered(number);
    struct devnode_veto veto = {0};
    NTSTATUS status;

    if (devnode == NULL)
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    status = act(devnode, action, &veto);
    if (ret_veto != NULL)
    {
        ret_veto->type = veto.type;
        memcpy(ret_veto->who, veto.who, sizeof(ret_veto->who));
    }
    devnode_release(devnode);
    return status;
}

/*
 * Properties.
 */

NTSTATUS cm_get_property(uint32_t number, const DEVPROPKEY *key, struct device_value *ret_value)
{
    struct devnode *devnode = reference_numbered(number);
    NTSTATUS status = devnode == NULL ? STATUS_NO_SUCH_DEVICE : device_property_get(devnode, key, LOCALE_NEUTRAL, ret_value);

    devnode_release(devnode);
    return status;
}

/* What a program sets is there for the next one too. */
NTSTATUS cm_set_property(uint32_t number, const DEVPROPKEY *key, DEVPROPTYPE type, ULONG size, const void *data)
{
    struct devnode *devnode = reference_numbered(number);
    NTSTATUS status =
        devnode == NULL ? STATUS_NO_SUCH_DEVICE : device_property_set(devnode, key, LOCALE_NEUTRAL, true, type, size, data);

    devnode_release(devnode);
    return status;
}

NTSTATUS cm_list_properties(uint32_t number, struct device_value *ret_keys)
{
    struct devnode *devnode = reference_numbered(number);
    NTSTATUS status = devnode == NULL ? STATUS_NO_SUCH_DEVICE : device_property_keys(devnode, ret_keys);

    devnode_release(devnode);
    return status;
}
