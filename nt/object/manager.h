/* SPDX-License-Identifier: MIT */
/*
 * What only this folder knows of objects: the header in front of a body, names, and the manager's part of the machine.
 */
#ifndef NT_OBJECT_MANAGER_H
#define NT_OBJECT_MANAGER_H

#include "nt/internal.h"
#include "nt/object/handle_table.h"
#include "nt/object/namespace.h"
#include "nt/object/object.h"

#define OBJECT_SIGNATURE 0x54434A424Fu
#define OBJECT_DEAD 0x44414544u

/* How many deleted bodies keep their memory for a while, and how large one may be for that. */
#define OBJECT_GRAVES 64
#define OBJECT_GRAVE_SIZE 4096

/* Of object_header.flags, which change atomically. */
#define OBJECT_PERMANENT 0x1u
#define OBJECT_EXCLUSIVE 0x2u

struct object_header
{
    /* Aligned as every body is, also where one is a variable. */
    _Alignas(16) uint64_t references;
    const struct object_type *type;
    /* OBJECT_SIGNATURE while the body lives: a pointer that is not a body's, or no longer, is found out by it. */
    uint64_t signature;
    uint32_t handles;
    uint32_t flags;
    /* Of the whole block. */
    size_t size;
    /* Guarded by the names lock. NULL without a name. */
    struct object_name *name;
    /* The next body to delete, while this one waits for a worker to do it. */
    struct object_header *next;
    uint64_t reserved;
};
_Static_assert(sizeof(struct object_header) % 16 == 0, "bodies are aligned to 16 bytes");

/* One name in one directory. The text may hold back slashes when the directory's compound count says so. */
struct object_name
{
    struct object_name *next;
    struct object_header *header;
    /* Referenced. */
    struct object_directory *directory;
    uint32_t hash;
    bool compound;
    UNICODE_STRING text;
    WCHAR units[];
};

struct object_directory
{
    struct object_name **buckets;
    uint32_t bucket_count;
    uint32_t count;
    /* How many of the names hold back slashes. */
    uint32_t compound;
};

struct object_link
{
    UNICODE_STRING target;
    /* Where a link of the runtime's own leads without a walk, NULL for all others. Never freed. */
    struct object_directory *shortcut;
    /* What the observer calls this link; NULL unless it is in the directory that the observer hears of. */
    char *node;
    LARGE_INTEGER created;
};

struct object_manager
{
    /* Guards names and directories. Links of \GLOBAL?? change under observing too, so that the observer hears in order. */
    struct platform_mutex names;
    struct platform_mutex observing;
    struct object_directory *root;
    struct object_directory *dos;
    namespace_observer *observer;
    void *observer_context;
    /* \Callback\PowerState, for the power manager. */
    PCALLBACK_OBJECT power_state;

    /* Bodies that were released where they could not be deleted, and the work item that does it. */
    struct object_header *dying;
    WORK_QUEUE_ITEM undertaker;
    struct object_header *graves[OBJECT_GRAVES];
    uint32_t next_grave;

    struct handle_table handles;
};

extern const struct object_type directory_type;
extern const struct object_type link_type;

/* Makes the directories and links that every machine has. Called while the machine is made. */
void object_manager_make(struct object_manager *manager);
void namespace_make(struct object_manager *manager);

/* Gives a permanent name to a body, while the machine is made. */
void namespace_enter_made(struct object_directory *directory, PCWSTR text, void *body);

struct object_header *object_header(const void *body);

static inline void *object_body(struct object_header *header)
{
    return header + 1;
}

/* References unless the last reference is gone already. */
bool object_try_reference(struct object_header *header);

/* Takes or gives count references at once. */
void object_reference_many(struct object_header *header, uint64_t count);
void object_release_many(struct object_header *header, uint64_t count);

/* How many references there are as drivers count them, with one for each handle. */
ULONG object_pointer_count(struct object_header *header);

/* A handle was made; one was closed. */
void object_handle_opened(struct object_header *header);
void object_handle_closed(struct object_header *header);

/* Names, in name.c. The caller holds the names lock for the first three. */
struct object_name *name_find(struct object_directory *directory, const UNICODE_STRING *text);
struct object_name *name_find_longest(struct object_directory *directory, const UNICODE_STRING *path);
void name_remove(struct object_name *name);
NTSTATUS name_create(const UNICODE_STRING *text, struct object_name **ret_name);
void name_free(struct object_name *name);
void name_insert(struct object_directory *directory, struct object_name *name, struct object_header *header);

/*
 * Enters the body into a directory. When the name is taken: STATUS_OBJECT_NAME_COLLISION, and *ret_found (which may be NULL) is
 * the body that has it, referenced.
 */
NTSTATUS name_enter(struct object_directory *directory, const UNICODE_STRING *text, struct object_header *header,
                    void **ret_found);

NTSTATUS directory_create(struct object_directory **ret_directory);
NTSTATUS link_create(const UNICODE_STRING *target, struct object_link **ret_link);

/*
 * Gives a fresh body the name that the attributes, which have one, ask for. When the name is taken:
 * STATUS_OBJECT_NAME_COLLISION and *ret_found, perhaps NULL, as of name_enter().
 */
NTSTATUS object_enter(void *fresh, const OBJECT_ATTRIBUTES *attributes, void **ret_found);

/* A walk along a path; see walk.c. */
struct object_walk
{
    /* Where it begins: NULL for the root directory. */
    void *root;
    /* What is looked for; a link at the end of the path is followed unless this is the type of links. NULL for any. */
    const struct object_type *type;
    ULONG attributes;
    /* Stop at the first body that is neither a directory nor a link, and tell in rest what follows. For string_free(). */
    bool stop_at_body;
    UNICODE_STRING rest;
};

/* Finds and references. Statuses as published for opens of named objects. */
NTSTATUS object_walk(struct object_walk *walk, const UNICODE_STRING *path, void **ret_body);

/* The directory that a new name goes into, referenced, and the last part of the path, which points into it. */
NTSTATUS object_walk_parent(void *root, const UNICODE_STRING *path, struct object_directory **ret_directory,
                            UNICODE_STRING *ret_last);

/* The rights that a handle gets: generic ones mapped, MAXIMUM_ALLOWED replaced. STATUS_ACCESS_DENIED for unknown ones. */
NTSTATUS object_map_access(const struct object_type *type, ACCESS_MASK wanted, ACCESS_MASK *ret_granted);

#endif /* NT_OBJECT_MANAGER_H */
