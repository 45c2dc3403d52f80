/* SPDX-License-Identifier: MIT */
/*
 * The object manager: bodies with a type, a reference count, perhaps a name, and handles to them.
 *
 * Every thing that a driver can hold by reference (ObReferenceObject) or by handle is a body with a header in front that only
 * this folder sees: events, mutants, semaphores, timers, threads, files, keys, directories, symbolic links, callbacks, device
 * objects and driver objects. A body is freed when its last reference goes, after its type's delete function has run.
 */
#ifndef NT_OBJECT_H
#define NT_OBJECT_H

#include "nt/internal.h"

/* One for each type of object, constant. Functions that a type does not need are NULL. */
struct object_type
{
    /* Such as "Event": what messages, and ZwQueryObject, call it. */
    const char *name;
    /* Which rights GENERIC_READ and so on stand for, and which exist at all. */
    GENERIC_MAPPING mapping;
    ACCESS_MASK valid_access;
    /* What a wait for a handle of this type waits for: the DISPATCHER_HEADER of the body. NULL: it cannot be waited for. */
    void *(*dispatcher)(void *body);
    /* The last handle of a body was closed; the body is still referenced. */
    void (*last_handle)(void *body);
    /* The last reference went. The memory is freed after this returns. */
    void (*delete)(void *body);
    /*
     * A name continues behind a body of this type, or ends there, with an empty rest: finds and references what the rest leads
     * to. The rest begins with a back slash, unless the body is the root directory of an OBJECT_ATTRIBUTES. Returns
     * STATUS_REPARSE with *ret_path set to a new, whole path that the caller walks from the root and then frees. Called without
     * locks, the body referenced.
     */
    NTSTATUS (*parse)(void *body, const UNICODE_STRING *rest, void **ret_body, UNICODE_STRING *ret_path);
    /* The path of a body that the namespace has no name of: for string_free(). */
    NTSTATUS (*path)(void *body, UNICODE_STRING *ret_path);
};

/*
 * Makes a zeroed body of the type with one reference. STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS object_create(const struct object_type *type, size_t size, void **ret_body);

/* Both at any IRQL up to DISPATCH_LEVEL. Releasing the last reference above PASSIVE_LEVEL hands the deletion to a worker. */
void object_reference(void *body);
void object_release(void *body);

/* The same, but the deletion is a worker's in any case: for who holds locks that a delete function takes. */
void object_release_later(void *body);

/* The body's type; a bug check when the pointer is not a body's. */
const struct object_type *object_type(const void *body);

/*
 * Names, from the root directory "\". Names compare without regard to case. STATUS_OBJECT_NAME_COLLISION, _NAME_INVALID,
 * _PATH_NOT_FOUND, _PATH_SYNTAX_BAD as published. The name holds no reference: an object that is not permanent loses its name
 * with its last handle, or by object_unname().
 */
NTSTATUS object_name(void *body, const UNICODE_STRING *path, bool permanent);
void object_unname(void *body);

/* A permanent body is held by a reference of its own until it is made temporary; then it goes like others. */
void object_make_permanent(void *body);
void object_make_temporary(void *body);

/* Finds by path and references. A type of NULL takes any; otherwise STATUS_OBJECT_TYPE_MISMATCH. */
NTSTATUS object_lookup(const UNICODE_STRING *path, const struct object_type *type, void **ret_body);

/*
 * Finds and references the first body on a path that is neither a directory nor a link, or the directory where the path ends;
 * *ret_rest is what follows, for string_free(). The path begins at root, NULL for the namespace's. Attributes are OBJ_*.
 */
NTSTATUS object_lookup_first(void *root, const UNICODE_STRING *path, ULONG attributes, void **ret_body,
                             UNICODE_STRING *ret_rest);

/* The full path of a named body, for string_free(); empty when it has no name. */
NTSTATUS object_path(void *body, UNICODE_STRING *ret_path);

/*
 * Handles: multiples of four, one table for the machine. A handle references its body. Access is what the caller asked for,
 * generic rights already mapped.
 */
NTSTATUS handle_create(void *body, ACCESS_MASK access, HANDLE *ret_handle);
/*
 * A place for a handle, for who must not fail later: nobody finds it before handle_fill() makes it the handle to a body, which
 * cannot fail. Otherwise handle_return() gives it back.
 */
NTSTATUS handle_reserve(uint32_t *ret_place);
HANDLE handle_fill(uint32_t place, void *body, ACCESS_MASK access);
void handle_return(uint32_t place);
NTSTATUS handle_close(HANDLE handle);

/*
 * The body, referenced. STATUS_INVALID_HANDLE, STATUS_OBJECT_TYPE_MISMATCH, STATUS_ACCESS_DENIED. NtCurrentThread() and
 * NtCurrentProcess() are handles too. Does not take a lock.
 */
NTSTATUS handle_lookup(HANDLE handle, const struct object_type *type, ACCESS_MASK access, void **ret_body);

/*
 * What a create or open of a named object does with its OBJECT_ATTRIBUTES (which may be NULL): names the fresh body, or finds
 * the one that has the name (OBJ_OPENIF: STATUS_OBJECT_NAME_EXISTS), checks the type, and makes a handle. Consumes the
 * reference to fresh, also on failure. Open is the same without a fresh body.
 */
NTSTATUS object_insert(void *fresh, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle);
NTSTATUS object_open(const struct object_type *type, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access,
                     HANDLE *ret_handle);

/* The first half of an open: the body that the attributes name, referenced. A type of NULL takes any. */
NTSTATUS object_find(const struct object_type *type, const OBJECT_ATTRIBUTES *attributes, void **ret_body);

#endif /* NT_OBJECT_H */
