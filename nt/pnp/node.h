/* SPDX-License-Identifier: MIT */
/*
 * A devnode and the tree of them, as the files of this folder see them.
 *
 * Three things guard a devnode. The tree lock guards the links, the names and what is queued; it is held for a few
 * instructions and never while a driver is called. A claim (nt/pnp/claim.h) makes the calling thread the only one that drives
 * the devnode, or its whole subtree, through its sequences; everything without a word below belongs to who holds the claim.
 * The lock of its own guards the files.
 */
#ifndef NT_PNP_NODE_H
#define NT_PNP_NODE_H

#include "nt/internal.h"
#include "nt/pnp/devnode.h"
#include "nt/pnp/property.h"
#include "nt/power/power.h"

/* What may be asked of a devnode from anywhere, at once and without memory: a bit each, taken in this order. */
enum devnode_wish
{
    DEVNODE_WISH_VANISH = 0x01,
    DEVNODE_WISH_FINISH = 0x02,
    DEVNODE_WISH_EJECT = 0x04,
    DEVNODE_WISH_RESTART = 0x08,
    DEVNODE_WISH_STATE = 0x10,
    DEVNODE_WISH_REBALANCE = 0x20,
    DEVNODE_WISH_START = 0x40,
    DEVNODE_WISH_ENUMERATE = 0x80,
};

enum claim_kind
{
    CLAIM_NONE,
    CLAIM_ONE,
    CLAIM_SUBTREE,
};

struct eject_request;

struct devnode
{
    /* The tree, guarded by the tree lock. A devnode that is in the tree has a parent; only the root of the tree has none. */
    struct devnode *parent;
    LIST_ENTRY children;
    LIST_ENTRY sibling;
    struct devnode *next_same_hash;
    uint32_t child_count;
    uint32_t depth;
    /* For ROOT\<DEVICE>\0000 only: no number below this one is free. */
    uint32_t lowest_free_number;

    /* The device instance of the configuration manager: no other devnode ever has it. The index is guarded by the tree lock. */
    uint32_t number;
    struct devnode *next_same_number;

    /* Claims, guarded by the tree lock. */
    enum claim_kind claimed;
    uint32_t claims_below;
    uint32_t subtree_wanted;

    /* Wishes, guarded by the tree lock; a devnode with a wish is in the queue and referenced by it. */
    LIST_ENTRY queued;
    uint32_t wishes;
    LIST_ENTRY eject_requests;

    /* Atomic: read by anyone. */
    uint32_t references;
    enum devnode_state state;

    /* Who it is. Written before the devnode is in the tree, and at the enumeration. */
    UNICODE_STRING instance;
    UNICODE_STRING device_id;
    UNICODE_STRING hardware_ids;
    UNICODE_STRING compatible_ids;
    UNICODE_STRING description;
    UNICODE_STRING location;
    GUID container;
    PNP_BUS_INFORMATION bus;
    bool has_bus;
    bool is_root_enumerated;
    /* Reported by its own driver (IoReportDetectedDevice), so that nobody else frees it. */
    bool is_detected;
    DEVICE_CAPABILITIES capabilities;
    PDEVICE_OBJECT pdo;
    uint32_t reported_in;
    uint32_t enumeration;

    /* Drivers, resources and what became of them. */
    PDRIVER_OBJECT driver;
    PDRIVER_OBJECT made_for;
    PNP_DEVICE_STATE pnp_state;
    uint32_t problem;
    NTSTATUS problem_status;
    bool was_started;
    bool disabled;
    bool restarts;
    bool vanished;
    bool reappeared;
    PCM_RESOURCE_LIST boot_resources;
    PIO_RESOURCE_REQUIREMENTS_LIST requirements;
    PCM_RESOURCE_LIST raw;
    PCM_RESOURCE_LIST translated;

    /* Power packets; and who has agreed that the machine sleeps, guarded by the claim on the tree. */
    struct power_lane power;
    bool agreed_to_sleep;
    /* Of a root-enumerated device: its wait-wake packet, guarded by the manager's lock for that. */
    PIRP wait_wake;

    /* Files, guarded by the lock. */
    struct platform_mutex lock;
    struct platform_condition last_file_closed;
    uint32_t open_files;
    bool refuses_files;
    bool finishes_with_last_file;

    /* What was set to last as long as the devnode. */
    struct property_store properties;
};

#define DEVNODE_HASH_SIZE 1024
#define PNP_PUMPS 64

/* The part of the machine that is the plug and play manager. */
struct pnp
{
    /* The tree lock. */
    struct platform_mutex tree;
    struct platform_condition changed;
    uint32_t waiting;
    struct devnode root;
    struct devnode *by_path[DEVNODE_HASH_SIZE];
    struct devnode *by_number[DEVNODE_HASH_SIZE];
    /* Atomic. */
    uint32_t last_number;
    PDRIVER_OBJECT root_bus;
    uint32_t root_devices;

    /* nt/pnp/root_wake.c: the deepest system state that root-enumerated devices wake from (atomic), and their packets' lock. */
    uint32_t root_wake;
    struct platform_spinlock wake_lock;

    /* The queue of wishes and those who work on it; guarded by the tree lock. */
    LIST_ENTRY queue;
    uint32_t working;
    uint64_t busy_pumps;
    WORK_QUEUE_ITEM pumps[PNP_PUMPS];

    /* Only changed while the whole tree is claimed, so that who drives a devnode may walk it. */
    LIST_ENTRY listeners;

    /* nt/pnp/database.c. */
    struct platform_mutex database;
    LIST_ENTRY database_entries;
    devnode_driver_loader *loader;
    void *loader_context;

    /* nt/pnp/packet.c. */
    pnp_report *report;
    void *report_context;
    int64_t patience;
};

/* From machine_make(). */
void pnp_initialize(struct pnp *pnp);

struct pnp *pnp(void);

static inline void pnp_lock(void)
{
    platform_mutex_lock(&pnp()->tree);
}

static inline void pnp_unlock(void)
{
    platform_mutex_unlock(&pnp()->tree);
}

/* Makes a devnode that is not in the tree, with one reference. NULL when there is no memory. */
struct devnode *node_create(void);

/* Enter the tree under a parent, and leave it. The caller holds the tree lock. The tree holds a reference. */
void node_link(struct devnode *devnode, struct devnode *parent);
void node_unlink(struct devnode *devnode);
static inline bool node_is_linked(const struct devnode *devnode)
{
    return devnode->parent != NULL;
}

/* The index from instance paths to devnodes. The caller holds the tree lock. */
struct devnode *node_find(const UNICODE_STRING *path);
void node_index(struct devnode *devnode);

/* One that waits for the name, because another one had it when it was reported; NULL for none. */
struct devnode *node_find_double(const UNICODE_STRING *path);
void node_unindex(struct devnode *devnode);

/* The devnode in the tree that has the number. The caller holds the tree lock. */
struct devnode *node_numbered(uint32_t number);

/*
 * The next devnode of the subtree of top in an order in which children come before their parents; NULL starts, and NULL ends
 * behind top. The caller has claimed the subtree, or holds the tree lock.
 */
struct devnode *node_next_upwards(struct devnode *top, struct devnode *after);

/* The same with parents before their children. */
struct devnode *node_next_downwards(struct devnode *top, struct devnode *after);

/* The hash of instance paths and identifiers, which ignores case. */
uint32_t node_hash(const UNICODE_STRING *text);

/* Upper case, in place. */
void node_upcase(UNICODE_STRING *text);

static inline void node_set_problem(struct devnode *devnode, uint32_t problem, NTSTATUS status)
{
    platform_atomic_store(&devnode->problem_status, status);
    platform_atomic_store(&devnode->problem, problem);
}

#endif /* NT_PNP_NODE_H */
