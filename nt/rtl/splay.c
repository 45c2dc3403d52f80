/* SPDX-License-Identifier: MIT */
/*
 * Splay trees: binary trees that bring what was looked for to the root. The root is its own parent.
 */
#include "nt/internal.h"

/* The link of the parent, or of *root, that leads to the node. */
static PRTL_SPLAY_LINKS *link_to(PRTL_SPLAY_LINKS node)
{
    return RtlIsLeftChild(node) ? &node->Parent->LeftChild : &node->Parent->RightChild;
}

static void set_left(PRTL_SPLAY_LINKS node, PRTL_SPLAY_LINKS child)
{
    node->LeftChild = child;
    if (child != NULL)
    {
        child->Parent = node;
    }
}

static void set_right(PRTL_SPLAY_LINKS node, PRTL_SPLAY_LINKS child)
{
    node->RightChild = child;
    if (child != NULL)
    {
        child->Parent = node;
    }
}

/* Puts the node into the place of another, which may be the root. */
static void take_place(PRTL_SPLAY_LINKS node, PRTL_SPLAY_LINKS other)
{
    if (RtlIsRoot(other))
    {
        node->Parent = node;
        return;
    }
    *link_to(other) = node;
    node->Parent = other->Parent;
}

/* Moves the node above its parent; the order of all nodes stays. */
static void rotate_up(PRTL_SPLAY_LINKS node)
{
    PRTL_SPLAY_LINKS parent = node->Parent;
    bool is_left = RtlIsLeftChild(node);

    take_place(node, parent);
    if (is_left)
    {
        set_left(parent, node->RightChild);
        set_right(node, parent);
    }
    else
    {
        set_right(parent, node->LeftChild);
        set_left(node, parent);
    }
}

static PRTL_SPLAY_LINKS leftmost(PRTL_SPLAY_LINKS node)
{
    while (node->LeftChild != NULL)
    {
        node = node->LeftChild;
    }
    return node;
}

static PRTL_SPLAY_LINKS rightmost(PRTL_SPLAY_LINKS node)
{
    while (node->RightChild != NULL)
    {
        node = node->RightChild;
    }
    return node;
}

/* Exchanges a node that has two children with the one before it, which has no right child. */
static void exchange_with_predecessor(PRTL_SPLAY_LINKS node)
{
    PRTL_SPLAY_LINKS before = rightmost(node->LeftChild);
    PRTL_SPLAY_LINKS before_left = before->LeftChild;
    PRTL_SPLAY_LINKS before_parent = before->Parent;
    PRTL_SPLAY_LINKS left = node->LeftChild;

    take_place(before, node);
    set_right(before, node->RightChild);
    if (before_parent == node)
    {
        set_left(before, node);
    }
    else
    {
        set_left(before, left);
        set_right(before_parent, node);
    }
    set_left(node, before_left);
    node->RightChild = NULL;
}

/* Takes out a node that has at most one child. Returns the parent that it had, or the new root when it was the root. */
static PRTL_SPLAY_LINKS unlink_node(PRTL_SPLAY_LINKS node)
{
    PRTL_SPLAY_LINKS child = node->LeftChild != NULL ? node->LeftChild : node->RightChild;
    PRTL_SPLAY_LINKS parent = node->Parent;

    if (parent == node)
    {
        if (child != NULL)
        {
            child->Parent = child;
        }
        return child;
    }
    *link_to(node) = child;
    if (child != NULL)
    {
        child->Parent = parent;
    }
    return parent;
}

static PRTL_SPLAY_LINKS root_of(PRTL_SPLAY_LINKS node)
{
    while (!RtlIsRoot(node))
    {
        node = node->Parent;
    }
    return node;
}

/*
 * Published entry points.
 */
PRTL_SPLAY_LINKS RtlSplay(PRTL_SPLAY_LINKS Links)
{
    while (!RtlIsRoot(Links))
    {
        PRTL_SPLAY_LINKS parent = Links->Parent;

        if (!RtlIsRoot(parent))
        {
            rotate_up(!!RtlIsLeftChild(Links) == !!RtlIsLeftChild(parent) ? parent : Links);
        }
        rotate_up(Links);
    }
    return Links;
}

PRTL_SPLAY_LINKS RtlDelete(PRTL_SPLAY_LINKS Links)
{
    PRTL_SPLAY_LINKS rest;

    if (Links->LeftChild != NULL && Links->RightChild != NULL)
    {
        exchange_with_predecessor(Links);
    }
    rest = unlink_node(Links);
    return rest == NULL ? NULL : RtlSplay(rest);
}

VOID RtlDeleteNoSplay(PRTL_SPLAY_LINKS Links, PRTL_SPLAY_LINKS *Root)
{
    PRTL_SPLAY_LINKS rest;

    if (Links->LeftChild != NULL && Links->RightChild != NULL)
    {
        exchange_with_predecessor(Links);
    }
    rest = unlink_node(Links);
    *Root = rest == NULL ? NULL : root_of(rest);
}

PRTL_SPLAY_LINKS RtlSubtreeSuccessor(PRTL_SPLAY_LINKS Links)
{
    return Links->RightChild == NULL ? NULL : leftmost(Links->RightChild);
}

PRTL_SPLAY_LINKS RtlSubtreePredecessor(PRTL_SPLAY_LINKS Links)
{
    return Links->LeftChild == NULL ? NULL : rightmost(Links->LeftChild);
}

PRTL_SPLAY_LINKS RtlRealSuccessor(PRTL_SPLAY_LINKS Links)
{
    if (Links->RightChild != NULL)
    {
        return leftmost(Links->RightChild);
    }
    while (!RtlIsRoot(Links) && RtlIsRightChild(Links))
    {
        Links = Links->Parent;
    }
    return RtlIsRoot(Links) ? NULL : Links->Parent;
}

PRTL_SPLAY_LINKS RtlRealPredecessor(PRTL_SPLAY_LINKS Links)
{
    if (Links->LeftChild != NULL)
    {
        return rightmost(Links->LeftChild);
    }
    while (!RtlIsRoot(Links) && RtlIsLeftChild(Links))
    {
        Links = Links->Parent;
    }
    return RtlIsRoot(Links) ? NULL : Links->Parent;
}
