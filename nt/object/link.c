/* SPDX-License-Identifier: MIT */
/*
 * Symbolic links, and the directories and links that every machine has.
 */
#include "nt/machine.h"
#include "nt/object/callback.h"
#include "nt/object/manager.h"
#include "nt/registry/key.h"
#include "nt/rtl/string.h"

NTSTATUS link_create(const UNICODE_STRING *target, struct object_link **ret_link)
{
    void *body;
    NTSTATUS status = object_create(&link_type, sizeof(struct object_link), &body);

    *ret_link = body;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    (*ret_link)->created.QuadPart = platform_wall_time_100ns();
    status = string_duplicate(target, &(*ret_link)->target);
    if (!NT_SUCCESS(status))
    {
        object_release(body);
        *ret_link = NULL;
    }
    return status;
}

static void link_delete(void *body)
{
    struct object_link *link = body;

    string_free_utf8(link->node);
    string_free(&link->target);
}

const struct object_type link_type = {
    .name = "SymbolicLink",
    .mapping = {STANDARD_RIGHTS_READ | SYMBOLIC_LINK_QUERY, STANDARD_RIGHTS_WRITE,
                STANDARD_RIGHTS_EXECUTE | SYMBOLIC_LINK_QUERY, SYMBOLIC_LINK_ALL_ACCESS},
    .valid_access = SYMBOLIC_LINK_ALL_ACCESS,
    .delete = link_delete,
};

/* The machine is being made: nobody else knows the directories yet, so no lock is needed. A failure stops the process. */
void namespace_enter_made(struct object_directory *directory, PCWSTR text, void *body)
{
    struct object_name *name;
    UNICODE_STRING string;

    RtlInitUnicodeString(&string, text);
    platform_require(NT_SUCCESS(name_create(&string, &name)));
    name_insert(directory, name, object_header(body));
    object_header(body)->flags = OBJECT_PERMANENT;
}

static struct object_directory *make_directory(struct object_directory *parent, PCWSTR text)
{
    struct object_directory *directory;

    platform_require(NT_SUCCESS(directory_create(&directory)));
    if (parent != NULL)
    {
        namespace_enter_made(parent, text, directory);
    }
    return directory;
}

static void make_link(struct object_directory *parent, PCWSTR text, PCWSTR target, struct object_directory *shortcut)
{
    struct object_link *link;
    UNICODE_STRING string;

    RtlInitUnicodeString(&string, target);
    platform_require(NT_SUCCESS(link_create(&string, &link)));
    link->shortcut = shortcut;
    namespace_enter_made(parent, text, link);
}

void namespace_make(struct object_manager *manager)
{
    static const PCWSTR others[] = {L"BaseNamedObjects", L"Callback",      L"Device",
                                    L"Driver",           L"KernelObjects", L"ObjectTypes"};

    manager->root = make_directory(NULL, NULL);
    for (size_t index = 0; index < ARRAYSIZE(others); index++)
    {
        (void)make_directory(manager->root, others[index]);
    }
    callbacks_make(make_directory(manager->root, L"Callback"), &manager->power_state);
    manager->dos = make_directory(manager->root, L"GLOBAL??");
    namespace_enter_made(manager->root, L"REGISTRY", key_make_root());
    make_link(manager->root, L"??", L"\\GLOBAL??", manager->dos);
    make_link(manager->root, L"DosDevices", L"\\??", manager->dos);
    make_link(manager->dos, L"Global", L"\\GLOBAL??", manager->dos);
}
