/* SPDX-License-Identifier: MIT */
/*
 * Deletion: who may begin it, the dispose phase, the destroy phase.
 *
 * Trees may be deep, so they are walked by their links and not by recursion. A tree's links do not change while it is being
 * disposed of: additions and single deletions look at the state under the lock.
 */
#include "wdf/disposal.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"

static void set_disposing(struct object *object)
{
    platform_spinlock_lock(&object->lock);
    object->state = OBJECT_DISPOSING;
    platform_spinlock_unlock(&object->lock);
}

/* Whether an object's teardown may still look at what was above it, which therefore has to stay. */
static inline bool needs_keeper(const struct object *object)
{
    return object->passive || object->first_child != NULL;
}

/*
 * Wins for one caller only: takes a created object from its parent, if the parent itself is not going away. The object's
 * lock keeps the parent: release_tree() needs it to part the two. *ret_keeper is a reference on the parent, or NULL.
 */
static bool claim(struct object *object, struct object **ret_keeper)
{
    struct object *parent;
    bool claimed;

    *ret_keeper = NULL;
    platform_spinlock_lock(&object->lock);
    parent = object->parent;
    claimed = platform_atomic_load_relaxed(&object->state) == OBJECT_CREATED;
    if (claimed && parent != NULL)
    {
        platform_spinlock_lock(&parent->lock);
        claimed = platform_atomic_load_relaxed(&parent->state) == OBJECT_CREATED;
        if (claimed)
        {
            object_unlink(parent, object);
        }
        if (claimed && needs_keeper(object))
        {
            wdfobj_reference(parent);
            *ret_keeper = parent;
        }
        platform_spinlock_unlock(&parent->lock);
    }
    if (claimed)
    {
        object->state = OBJECT_DISPOSING;
    }
    platform_spinlock_unlock(&object->lock);
    return claimed;
}

/*
 * Marks all objects of the tree as going away, so that it cannot change before its turn comes. Returns whether one of them must
 * be disposed of at PASSIVE_LEVEL.
 */
static __attribute__((noinline)) bool freeze(struct object *root)
{
    struct object *object = root;
    bool passive = root->passive;

    for (;;)
    {
        if (object->first_child != NULL)
        {
            object = object->first_child;
        }
        else
        {
            while (object != root && object->next_sibling == NULL)
            {
                object = object->parent;
            }
            if (object == root)
            {
                return passive;
            }
            object = object->next_sibling;
        }
        set_disposing(object);
        passive = passive || object->passive;
    }
}

__attribute__((noinline)) void object_call_verified(struct object *object, void (*function)(WDFOBJECT object),
                                                    const char *name)
{
    struct verifier_callback callback;

    verifier_callback_entered(&callback, object, name);
    function(wdfobj_handle(object));
    verifier_callback_left(&callback);
}

static inline void dispose_one(struct object *object)
{
    if (object->class->dispose != NULL)
    {
        object->class->dispose(object);
    }
    object_run_cleanup_callbacks(object);
    /* Without the lock, because nobody who takes it tells this state from the one before. */
    platform_atomic_store(&object->state, OBJECT_DISPOSED);
}

/* The first of this branch to be disposed of. */
static struct object *first_leaf(struct object *object)
{
    while (object->first_child != NULL)
    {
        object = object->first_child;
        set_disposing(object);
    }
    return object;
}

/* The dispose phase: children before their parent, siblings oldest first. */
static void dispose_tree(struct object *root)
{
    struct object *object = first_leaf(root);

    dispose_one(object);
    while (object != root)
    {
        struct object *sibling = object->next_sibling;

        object = object->parent;
        if (sibling != NULL)
        {
            set_disposing(sibling);
            object = first_leaf(sibling);
        }
        dispose_one(object);
    }
}

/* The destroy phase: the references that the tree holds are dropped, in the same order. */
static void release_tree(struct object *root)
{
    struct object *object = root;

    while (object != root || object->first_child != NULL)
    {
        struct object *parent = object->parent;

        if (object->first_child != NULL)
        {
            object = object->first_child;
            continue;
        }
        platform_spinlock_lock(&object->lock);
        platform_spinlock_lock(&parent->lock);
        object_unlink(parent, object);
        platform_spinlock_unlock(&parent->lock);
        platform_spinlock_unlock(&object->lock);
        wdfobj_release(object);
        object = parent;
    }
    wdfobj_release(root);
}

static __attribute__((noinline)) void delete_tree(struct object *root)
{
    dispose_tree(root);
    release_tree(root);
}

/* Drops the creation reference of an object that has just been disposed of: mostly the last one, which needs no more questions. */
static inline void release_disposed(struct object *object)
{
    if (object->passive || platform_atomic_load(&object->references) != 1)
    {
        wdfobj_release(object);
        return;
    }
    platform_atomic_store_relaxed(&object->references, 0);
    object_destroy(object);
}

static inline void delete_claimed(struct object *object, struct object *keeper)
{
    if (object->first_child == NULL)
    {
        dispose_one(object);
        release_disposed(object);
    }
    else
    {
        delete_tree(object);
    }
    if (keeper != NULL)
    {
        wdfobj_release(keeper);
    }
}

void object_delete_claimed(struct object *object, struct object *keeper)
{
    delete_claimed(object, keeper);
}

void wdfobj_delete(struct object *object)
{
    struct object *keeper;

    if (!claim(object, &keeper))
    {
        return;
    }
    if (object_is_above_passive() && freeze(object))
    {
        disposal_add(object, keeper);
        return;
    }
    delete_claimed(object, keeper);
}

static bool has_cleanup_callback(const struct object *object)
{
    const struct object_context *context = object->contexts;

    while (context != NULL && context->cleanup == NULL)
    {
        context = context->next;
    }
    return context != NULL;
}

bool wdfobj_delete_unshared(struct object *object)
{
    if (platform_atomic_load(&object->references) != 1 || object->first_child != NULL ||
        platform_atomic_load_relaxed(&object->state) != OBJECT_CREATED || object->class->dispose != NULL ||
        has_cleanup_callback(object))
    {
        return false;
    }
    platform_atomic_store_relaxed(&object->state, OBJECT_DISPOSED);
    platform_atomic_store_relaxed(&object->references, 0);
    object_destroy(object);
    return true;
}

void wdfobj_discard(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        context->cleanup = NULL;
        context->destroy = NULL;
    }
    wdfobj_delete(object);
}
