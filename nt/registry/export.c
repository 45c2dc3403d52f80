/* SPDX-License-Identifier: MIT */
/*
 * A part of the registry as a text.
 */
#include <stdio.h>
#include <string.h>

#include "nt/registry/registry.h"
#include "nt/registry/text.h"
#include "nt/registry/text_units.h"
#include "nt/rtl/string.h"

/* Where regedit breaks a line of bytes. */
#define LINE_UNITS 80u

struct export
{
    struct text_bytes text;
    /* Since the last line end. */
    size_t column;
    NTSTATUS status;
};

static void put_units(struct export *export, const WCHAR *units, size_t count)
{
    if (NT_SUCCESS(export->status) && !text_append(&export->text, units, count * sizeof(WCHAR)))
    {
        export->status = STATUS_INSUFFICIENT_RESOURCES;
    }
    export->column += count;
}

static void put(struct export *export, const char *text)
{
    for (; *text != 0; text++)
    {
        WCHAR unit = (WCHAR)(unsigned char)*text;

        put_units(export, &unit, 1);
    }
}

static void end_line(struct export *export)
{
    put(export, "\r\n");
    export->column = 0;
}

static bool has_line_end(const WCHAR *units, size_t count)
{
    for (size_t index = 0; index < count; index++)
    {
        if (units[index] == '\r' || units[index] == '\n')
        {
            return true;
        }
    }
    return false;
}

static void put_quoted(struct export *export, const WCHAR *units, size_t count)
{
    put(export, "\"");
    for (size_t index = 0; index < count; index++)
    {
        if (units[index] == '"' || units[index] == '\\')
        {
            put(export, "\\");
        }
        put_units(export, &units[index], 1);
    }
    put(export, "\"");
}

/*
 * Values.
 */

static void put_bytes(struct export *export, const struct tree_value *value)
{
    const unsigned char *bytes = value->data;
    char text[16];

    (void)snprintf(text, sizeof(text), value->type == REG_BINARY ? "hex:" : "hex(%x):", value->type);
    put(export, text);
    for (uint32_t index = 0; index < value->size; index++)
    {
        bool is_last = index + 1 == value->size;

        (void)snprintf(text, sizeof(text), "%02x%s", bytes[index], is_last ? "" : ",");
        put(export, text);
        if (!is_last && export->column >= LINE_UNITS - 4)
        {
            put(export, "\\");
            end_line(export);
            put(export, "  ");
        }
    }
}

/* A text as one would write it: with one zero, at its end, and no line end. Everything else goes byte by byte. */
static bool is_plain_text(const struct tree_value *value)
{
    const WCHAR *units = value->data;
    size_t count = value->size / sizeof(WCHAR);

    if (value->type != REG_SZ || value->size % sizeof(WCHAR) != 0 || count == 0 || units[count - 1] != 0)
    {
        return false;
    }
    for (size_t index = 0; index + 1 < count; index++)
    {
        if (units[index] == 0)
        {
            return false;
        }
    }
    return !has_line_end(units, count);
}

static void put_value(struct export *export, const struct tree_value *value)
{
    char text[32];
    uint32_t number;

    if (has_line_end(value->name.Buffer, value->name.Length / sizeof(WCHAR)))
    {
        export->status = STATUS_OBJECT_NAME_INVALID;
        return;
    }
    if (value->name.Length == 0)
    {
        put(export, "@");
    }
    else
    {
        put_quoted(export, value->name.Buffer, value->name.Length / sizeof(WCHAR));
    }
    put(export, "=");
    if (is_plain_text(value))
    {
        put_quoted(export, value->data, value->size / sizeof(WCHAR) - 1);
    }
    else if (value->type == REG_DWORD && value->size == sizeof(number))
    {
        memcpy(&number, value->data, sizeof(number));
        (void)snprintf(text, sizeof(text), "dword:%08x", number);
        put(export, text);
    }
    else
    {
        put_bytes(export, value);
    }
    end_line(export);
}

/*
 * Keys. The path grows and shrinks with the depth.
 */

static void put_key(struct export *export, const struct tree_key *key, struct text_bytes *path)
{
    static const WCHAR separator = '\\';
    size_t before = path->size;

    put(export, "[");
    put_units(export, path->bytes, path->size / sizeof(WCHAR));
    put(export, "]");
    end_line(export);
    for (uint32_t index = 0; index < key->values.count && NT_SUCCESS(export->status); index++)
    {
        put_value(export, tree_value_at(key, index));
    }
    end_line(export);
    for (uint32_t index = 0; index < key->children.count && NT_SUCCESS(export->status); index++)
    {
        const struct tree_key *child = tree_child_at(key, index);

        if (child->is_link)
        {
            continue;
        }
        if (has_line_end(child->name.Buffer, child->name.Length / sizeof(WCHAR)))
        {
            export->status = STATUS_OBJECT_NAME_INVALID;
        }
        else if (!text_append(path, &separator, sizeof(separator)) ||
                 !text_append(path, child->name.Buffer, child->name.Length))
        {
            export->status = STATUS_INSUFFICIENT_RESOURCES;
        }
        else
        {
            put_key(export, child, path);
        }
        path->size = before;
    }
}

static NTSTATUS export_key(struct export *export, struct registry *registry, const struct tree_key *key,
                           const UNICODE_STRING *name)
{
    static const WCHAR mark = 0xFEFF;
    struct text_bytes path = {0};

    export->status = text_append(&path, name->Buffer, name->Length) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
    put_units(export, &mark, 1);
    put(export, "Windows Registry Editor Version 5.00");
    end_line(export);
    end_line(export);
    registry_lock_tree(registry);
    put_key(export, key, &path);
    registry_unlock_tree(registry);
    text_free(&path);
    return export->status;
}

static NTSTATUS find_exported(struct registry *registry, const UNICODE_STRING *name, struct tree_key **ret_key)
{
    UNICODE_STRING rest;
    UNICODE_STRING path;
    const struct text_root *root = text_find_root(name, &rest);
    NTSTATUS status = root == NULL ? STATUS_OBJECT_PATH_SYNTAX_BAD : string_concatenate(&root->path, &rest, &path);

    if (NT_SUCCESS(status))
    {
        status = registry_find(registry, registry->root, &path, false, ret_key);
        string_free(&path);
    }
    return status;
}

NTSTATUS registry_export(const char *key, void **ret_bytes, size_t *ret_size)
{
    struct registry *the_registry = registry();
    struct export export = {0};
    struct tree_key *found = NULL;
    UNICODE_STRING name;
    NTSTATUS status = the_registry != NULL ? string_from_utf8(key, &name) : STATUS_INSUFFICIENT_RESOURCES;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = find_exported(the_registry, &name, &found);
    if (NT_SUCCESS(status))
    {
        status = export_key(&export, the_registry, found, &name);
        registry_release(found);
    }
    string_free(&name);
    /* Who frees the text knows only its size. */
    *ret_size = export.text.size;
    *ret_bytes = NT_SUCCESS(status) ? platform_alloc(export.text.size) : NULL;
    if (*ret_bytes != NULL)
    {
        memcpy(*ret_bytes, export.text.bytes, export.text.size);
    }
    else if (NT_SUCCESS(status))
    {
        status = STATUS_INSUFFICIENT_RESOURCES;
    }
    text_free(&export.text);
    return status;
}

void registry_export_free(void *bytes, size_t size)
{
    if (bytes != NULL)
    {
        platform_free(bytes, size);
    }
}
