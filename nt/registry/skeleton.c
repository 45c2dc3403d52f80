/* SPDX-License-Identifier: MIT */
/*
 * The keys that every machine has, before any driver or description adds its own.
 */
#include "nt/registry/internal.h"
#include "nt/registry/name.h"
#include "nt/registry/store.h"
#include "nt/rtl/string.h"

enum skeleton_kind
{
    KEY_PLAIN,
    /* Never deleted or renamed. */
    KEY_FIXED,
    KEY_FIXED_VOLATILE,
    KEY_LINK,
    KEY_FIXED_LINK_VOLATILE,
};

/* Each after its parent. A link has a target. */
static const struct
{
    enum skeleton_kind kind;
    UNICODE_STRING path;
    UNICODE_STRING target;
} skeleton_rows[] = {
    {KEY_FIXED, LITERAL(L"MACHINE\\SOFTWARE"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SOFTWARE\\Classes"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SOFTWARE\\Microsoft"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SOFTWARE\\Microsoft\\Windows NT"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"), {0, 0, NULL}},
    {KEY_FIXED, LITERAL(L"MACHINE\\SYSTEM"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Control"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Control\\Class"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Control\\DeviceClasses"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Enum"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Hardware Profiles"), {0, 0, NULL}},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Hardware Profiles\\0001"), {0, 0, NULL}},
    {KEY_LINK, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Hardware Profiles\\Current"),
     LITERAL(L"\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Hardware Profiles\\0001")},
    {KEY_PLAIN, LITERAL(L"MACHINE\\SYSTEM\\ControlSet001\\Services"), {0, 0, NULL}},
    {KEY_FIXED_LINK_VOLATILE, LITERAL(L"MACHINE\\SYSTEM\\CurrentControlSet"),
     LITERAL(L"\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001")},
    {KEY_FIXED_VOLATILE, LITERAL(L"MACHINE\\HARDWARE"), {0, 0, NULL}},
    {KEY_FIXED_VOLATILE, LITERAL(L"MACHINE\\HARDWARE\\DEVICEMAP"), {0, 0, NULL}},
    {KEY_FIXED, LITERAL(L"USER\\.DEFAULT"), {0, 0, NULL}},
    {KEY_FIXED_LINK_VOLATILE, LITERAL(L"USER\\S-1-5-18"), LITERAL(L"\\REGISTRY\\USER\\.DEFAULT")},
};

static struct tree_key *create_master(struct tree_key *parent, const WCHAR *name, int64_t id)
{
    UNICODE_STRING text;
    struct tree_key *key;

    RtlInitUnicodeString(&text, name);
    key = parent == NULL || tree_reserve(&parent->children) ? tree_key_create(&text, NULL) : NULL;
    if (key != NULL)
    {
        key->id = id;
        key->is_fixed = true;
        key->is_master = true;
        if (parent != NULL)
        {
            tree_insert_child(parent, key);
        }
    }
    return key;
}

/* The two below the root sort as their identifiers do. */
struct tree_key *skeleton_create_root(void)
{
    struct tree_key *root = create_master(NULL, L"REGISTRY", SKELETON_ROOT);
    struct tree_key *machine = root == NULL ? NULL : create_master(root, L"MACHINE", SKELETON_MACHINE);
    struct tree_key *user = machine == NULL ? NULL : create_master(root, L"USER", SKELETON_USER);

    if (user != NULL)
    {
        return root;
    }
    if (machine != NULL)
    {
        tree_key_free(machine);
    }
    if (root != NULL)
    {
        tree_key_free(root);
    }
    return NULL;
}

/* The parent of the path's last name, which is *ret_name. Parents come first in the table, but a user may have deleted one. */
static struct tree_key *parent_of(struct tree_key *key, UNICODE_STRING path, UNICODE_STRING *ret_name)
{
    (void)name_next(&path, ret_name);
    while (key != NULL && path.Length != 0)
    {
        key = tree_find_child(key, ret_name);
        (void)name_next(&path, ret_name);
    }
    return key;
}

static NTSTATUS make_row(struct registry *registry, size_t row, struct tree_key *parent, const UNICODE_STRING *name)
{
    static const UNICODE_STRING target_name = LITERAL(L"SymbolicLinkValue");
    const UNICODE_STRING *target = &skeleton_rows[row].target;
    enum skeleton_kind kind = skeleton_rows[row].kind;
    ULONG options = (kind == KEY_FIXED_VOLATILE || kind == KEY_FIXED_LINK_VOLATILE ? REG_OPTION_VOLATILE : 0u) |
                    (target->Length != 0 ? REG_OPTION_CREATE_LINK : 0u);
    struct tree_key *key;
    NTSTATUS status = registry_add_key(registry, parent, name, NULL, options, &key);

    if (NT_SUCCESS(status) && target->Length != 0)
    {
        status = registry_put_value(registry, key, &target_name, REG_LINK, target->Buffer, target->Length);
    }
    return status;
}

static NTSTATUS make_rows(struct registry *registry)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (size_t row = 0; row < ARRAYSIZE(skeleton_rows) && NT_SUCCESS(status); row++)
    {
        UNICODE_STRING name;
        struct tree_key *parent = parent_of(registry->root, skeleton_rows[row].path, &name);
        struct tree_key *key = tree_find_child(parent, &name);

        if (key == NULL)
        {
            status = make_row(registry, row, parent, &name);
            key = tree_find_child(parent, &name);
        }
        if (key != NULL)
        {
            key->is_fixed = skeleton_rows[row].kind != KEY_PLAIN && skeleton_rows[row].kind != KEY_LINK;
        }
    }
    return status;
}

/* One transaction of the file, because forty small ones take long on a slow disk. */
NTSTATUS skeleton_complete(struct registry *registry)
{
    NTSTATUS status = registry->store != NULL ? store_begin(registry->store) : STATUS_SUCCESS;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = make_rows(registry);
    if (registry->store != NULL)
    {
        status = NT_SUCCESS(status) ? store_commit(registry->store) : status;
        store_roll_back(registry->store);
    }
    return status;
}
