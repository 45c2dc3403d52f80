/* SPDX-License-Identifier: MIT */
/*
 * The tree of devnodes: links, the index by instance path, references.
 */
#include <string.h>

#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/pnp/claim.h"
#include "nt/include/um/cfg.h"
#include "nt/pnp/node.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/resource.h"
#include "nt/rtl/string.h"

struct pnp *pnp(void)
{
    return &machine()->pnp;
}

static void node_initialize(struct devnode *devnode)
{
    InitializeListHead(&devnode->children);
    InitializeListHead(&devnode->eject_requests);
    InitializeListHead(&devnode->queued);
    devnode->references = 1;
}

static struct devnode **number_bucket(struct pnp *pnp, uint32_t number)
{
    return &pnp->by_number[number % DEVNODE_HASH_SIZE];
}

/* The caller holds the tree lock. */
static void enter_number(struct pnp *pnp, struct devnode *devnode)
{
    struct devnode **bucket = number_bucket(pnp, devnode->number);

    devnode->next_same_number = *bucket;
    *bucket = devnode;
}

/* The caller holds the tree lock. */
static void remove_number(struct devnode *devnode)
{
    struct devnode **link = number_bucket(pnp(), devnode->number);

    while (*link != devnode)
    {
        link = &(*link)->next_same_number;
    }
    *link = devnode->next_same_number;
}

struct devnode *node_numbered(uint32_t number)
{
    struct devnode *devnode = *number_bucket(pnp(), number);

    while (devnode != NULL && devnode->number != number)
    {
        devnode = devnode->next_same_number;
    }
    return devnode;
}

void pnp_initialize(struct pnp *pnp)
{
    node_initialize(&pnp->root);
    pnp->root.instance = STRING_LITERAL(L"HTREE\\ROOT\\0");
    pnp->root.state = DEVNODE_STARTED;
    pnp->root.is_root_enumerated = true;
    pnp->root.number = ++pnp->last_number;
    enter_number(pnp, &pnp->root);
    queue_initialize(pnp);
    InitializeListHead(&pnp->listeners);
    InitializeListHead(&pnp->database_entries);
    pnp->patience = 60 * PLATFORM_SECOND;
}

struct devnode *node_create(void)
{
    struct devnode *devnode = platform_zalloc(sizeof(*devnode));

    if (devnode != NULL)
    {
        node_initialize(devnode);
        devnode->number = platform_atomic_fetch_add(&pnp()->last_number, 1) + 1;
    }
    return devnode;
}

static void node_free(struct devnode *devnode)
{
    string_free(&devnode->instance);
    string_free(&devnode->device_id);
    string_free(&devnode->hardware_ids);
    string_free(&devnode->compatible_ids);
    string_free(&devnode->description);
    string_free(&devnode->location);
    resource_free_all(devnode);
    property_clear(&devnode->properties);
    platform_free(devnode, sizeof(*devnode));
}

void devnode_reference(struct devnode *devnode)
{
    if (devnode != NULL)
    {
        (void)platform_atomic_fetch_add(&devnode->references, 1);
    }
}

void devnode_release(struct devnode *devnode)
{
    if (devnode != NULL && platform_atomic_fetch_sub(&devnode->references, 1) == 1)
    {
        node_free(devnode);
    }
}

/*
 * Links.
 */

void node_link(struct devnode *devnode, struct devnode *parent)
{
    devnode->parent = parent;
    devnode->depth = parent->depth + 1;
    enter_number(pnp(), devnode);
    InsertTailList(&parent->children, &devnode->sibling);
    parent->child_count++;
    for (struct devnode *above = parent; above != NULL && devnode->claimed != CLAIM_NONE; above = above->parent)
    {
        above->claims_below++;
    }
    devnode_reference(devnode);
}

void node_unlink(struct devnode *devnode)
{
    /* Its claim counts above a devnode as long as it is there; whoever has the claim still releases it. */
    for (struct devnode *above = devnode->parent; above != NULL && devnode->claimed != CLAIM_NONE; above = above->parent)
    {
        above->claims_below--;
    }
    RemoveEntryList(&devnode->sibling);
    remove_number(devnode);
    devnode->parent->child_count--;
    devnode->parent = NULL;
    claim_announce_locked();
}

static struct devnode *first_child(struct devnode *devnode)
{
    return IsListEmpty(&devnode->children) ? NULL : CONTAINING_RECORD(devnode->children.Flink, struct devnode, sibling);
}

static struct devnode *next_sibling(struct devnode *devnode)
{
    return devnode->sibling.Flink == &devnode->parent->children ?
               NULL :
               CONTAINING_RECORD(devnode->sibling.Flink, struct devnode, sibling);
}

static struct devnode *leftmost_leaf(struct devnode *devnode)
{
    struct devnode *child = first_child(devnode);

    while (child != NULL)
    {
        devnode = child;
        child = first_child(devnode);
    }
    return devnode;
}

struct devnode *node_next_upwards(struct devnode *top, struct devnode *after)
{
    struct devnode *next;

    if (after == NULL)
    {
        return leftmost_leaf(top);
    }
    if (after == top)
    {
        return NULL;
    }
    next = next_sibling(after);
    return next == NULL ? after->parent : leftmost_leaf(next);
}

struct devnode *node_next_downwards(struct devnode *top, struct devnode *after)
{
    struct devnode *next;

    if (after == NULL)
    {
        return top;
    }
    next = first_child(after);
    while (next == NULL && after != top)
    {
        next = next_sibling(after);
        after = after->parent;
    }
    return next;
}

/*
 * The index.
 */

uint32_t node_hash(const UNICODE_STRING *text)
{
    uint32_t hash = 2166136261u;

    for (size_t unit = 0; unit < text->Length / sizeof(WCHAR); unit++)
    {
        hash = (hash ^ string_upcase(text->Buffer[unit])) * 16777619u;
    }
    return hash;
}

void node_upcase(UNICODE_STRING *text)
{
    for (size_t unit = 0; unit < text->Length / sizeof(WCHAR); unit++)
    {
        text->Buffer[unit] = string_upcase(text->Buffer[unit]);
    }
}

static struct devnode **bucket_of(const UNICODE_STRING *path)
{
    return &pnp()->by_path[node_hash(path) % DEVNODE_HASH_SIZE];
}

struct devnode *node_find(const UNICODE_STRING *path)
{
    struct devnode *devnode = *bucket_of(path);

    while (devnode != NULL && !RtlEqualUnicodeString(&devnode->instance, path, TRUE))
    {
        devnode = devnode->next_same_hash;
    }
    return devnode;
}

struct devnode *node_find_double(const UNICODE_STRING *path)
{
    struct devnode *devnode = *bucket_of(path);

    while (devnode != NULL && (devnode->problem != CM_PROB_DUPLICATE_DEVICE || devnode->vanished ||
                               !RtlEqualUnicodeString(&devnode->instance, path, TRUE)))
    {
        devnode = devnode->next_same_hash;
    }
    return devnode;
}

void node_index(struct devnode *devnode)
{
    struct devnode **bucket = bucket_of(&devnode->instance);

    devnode->next_same_hash = *bucket;
    *bucket = devnode;
}

void node_unindex(struct devnode *devnode)
{
    struct devnode **link = bucket_of(&devnode->instance);

    while (*link != NULL && *link != devnode)
    {
        link = &(*link)->next_same_hash;
    }
    if (*link != NULL)
    {
        *link = devnode->next_same_hash;
    }
}

/*
 * What others may ask of a devnode.
 */

enum devnode_state devnode_state(const struct devnode *devnode)
{
    return platform_atomic_load(&devnode->state);
}

uint32_t devnode_problem(const struct devnode *devnode, NTSTATUS *ret_status)
{
    uint32_t problem = platform_atomic_load(&devnode->problem);

    if (ret_status != NULL)
    {
        *ret_status = problem == 0 ? STATUS_SUCCESS : platform_atomic_load(&devnode->problem_status);
    }
    return problem;
}

const UNICODE_STRING *devnode_instance(const struct devnode *devnode)
{
    return &devnode->instance;
}

PDEVICE_OBJECT devnode_pdo(const struct devnode *devnode)
{
    return devnode->pdo;
}

struct devnode *devnode_root(void)
{
    return &pnp()->root;
}

struct devnode *devnode_find(const UNICODE_STRING *path)
{
    struct devnode *devnode;

    pnp_lock();
    devnode = node_find(path);
    devnode_reference(devnode);
    pnp_unlock();
    return devnode;
}

struct devnode *devnode_find_utf8(const char *path)
{
    struct devnode *devnode = NULL;
    UNICODE_STRING wide;

    if (NT_SUCCESS(string_from_utf8(path, &wide)))
    {
        devnode = devnode_find(&wide);
        string_free(&wide);
    }
    return devnode;
}

struct devnode *devnode_parent(struct devnode *devnode)
{
    struct devnode *parent;

    pnp_lock();
    parent = devnode->parent;
    devnode_reference(parent);
    pnp_unlock();
    return parent;
}

struct devnode *devnode_next_child(struct devnode *parent, struct devnode *after)
{
    struct devnode *next = NULL;

    pnp_lock();
    if (after == NULL)
    {
        next = first_child(parent);
    }
    else if (after->parent == parent)
    {
        next = next_sibling(after);
    }
    devnode_reference(next);
    pnp_unlock();
    devnode_release(after);
    return next;
}

/* Fills the room, unless there are more children than it was made for. */
static bool copy_children(struct devnode *parent, struct devnode **children, uint32_t count)
{
    uint32_t filled = 0;
    bool fits;

    pnp_lock();
    fits = parent->child_count == count;
    for (struct devnode *child = first_child(parent); fits && child != NULL; child = next_sibling(child))
    {
        devnode_reference(child);
        children[filled++] = child;
    }
    pnp_unlock();
    return fits;
}

NTSTATUS devnode_children(struct devnode *parent, struct devnode ***ret_children, uint32_t *ret_count)
{
    bool filled = false;

    while (!filled)
    {
        *ret_count = devnode_child_count(parent);
        *ret_children = *ret_count == 0 ? NULL : platform_alloc(*ret_count * sizeof(struct devnode *));
        if (*ret_children == NULL && *ret_count != 0)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        filled = copy_children(parent, *ret_children, *ret_count);
        if (!filled)
        {
            platform_free(*ret_children, *ret_count * sizeof(struct devnode *));
        }
    }
    return STATUS_SUCCESS;
}

void devnode_release_all(struct devnode **devnodes, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++)
    {
        devnode_release(devnodes[index]);
    }
    platform_free(devnodes, count * sizeof(struct devnode *));
}

uint32_t devnode_child_count(struct devnode *devnode)
{
    uint32_t count;

    pnp_lock();
    count = devnode->child_count;
    pnp_unlock();
    return count;
}

const struct devnode_identity *devnode_identity(const struct devnode *devnode, struct devnode_identity *ret_identity)
{
    ret_identity->device_id = devnode->device_id;
    ret_identity->hardware_ids = devnode->hardware_ids;
    ret_identity->compatible_ids = devnode->compatible_ids;
    ret_identity->description = devnode->description;
    ret_identity->location = devnode->location;
    ret_identity->container = devnode->container;
    ret_identity->bus = devnode->bus;
    ret_identity->has_bus = devnode->has_bus;
    ret_identity->capabilities = devnode->capabilities;
    ret_identity->driver = devnode->driver;
    ret_identity->pnp_state = devnode->pnp_state;
    ret_identity->boot_resources = devnode->boot_resources;
    ret_identity->requirements = devnode->requirements;
    ret_identity->raw = devnode->raw;
    ret_identity->translated = devnode->translated;
    return ret_identity;
}
