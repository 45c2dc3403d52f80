/* SPDX-License-Identifier: MIT */
/*
 * Doing what a text says.
 *
 * The text is read twice: once to see that it is well-formed, so that most mistakes are found before anything is touched, and
 * once inside a transaction, to do what it says.
 */
#include <stdio.h>
#include <string.h>

#include "nt/registry/name.h"
#include "nt/registry/registry.h"
#include "nt/registry/text.h"
#include "nt/registry/text_units.h"
#include "nt/rtl/string.h"

/* Where in the text the reading is, and what it is about. */
struct import
{
    const WCHAR *at;
    const WCHAR *end;
    unsigned line;
    /* "REGEDIT4": strings in hexadecimal are of single bytes. */
    bool is_old;
    /* NULL in the first reading. */
    struct registry *registry;
    /* The key that values belong to; NULL in the first reading. And whether values may come at all. */
    struct tree_key *key;
    bool has_key;
    /* Scratch for data and names. */
    struct text_bytes data;
    struct text_bytes name;
    /* The first mistake. */
    const char *mistake;
};

/* Says what is wrong, for the one who wrote the text. */
static NTSTATUS wrong(struct import *import, const char *mistake)
{
    import->mistake = mistake;
    return STATUS_INVALID_PARAMETER;
}

/*
 * Characters.
 */

static bool is_at_end(const struct import *import)
{
    return import->at == import->end;
}

static bool is_line_end(WCHAR unit)
{
    return unit == '\r' || unit == '\n';
}

static bool is_next(const struct import *import, WCHAR unit)
{
    return !is_at_end(import) && *import->at == unit;
}

static bool take(struct import *import, WCHAR unit)
{
    bool taken = is_next(import, unit);

    import->at += taken ? 1 : 0;
    return taken;
}

static void skip_blanks(struct import *import)
{
    while (is_next(import, ' ') || is_next(import, '\t'))
    {
        import->at++;
    }
}

static bool is_at_line_end(const struct import *import)
{
    return is_at_end(import) || is_line_end(*import->at);
}

static void skip_to_line_end(struct import *import)
{
    while (!is_at_line_end(import))
    {
        import->at++;
    }
}

/* One line end: of Windows, of Linux, or of neither. */
static void take_line_end(struct import *import)
{
    bool taken = take(import, '\r');

    if (take(import, '\n') || taken)
    {
        import->line++;
    }
}

/* Nothing but a comment may follow. */
static NTSTATUS finish_line(struct import *import)
{
    skip_blanks(import);
    if (is_next(import, ';'))
    {
        skip_to_line_end(import);
    }
    return is_at_line_end(import) ? STATUS_SUCCESS : wrong(import, "something follows that does not belong here");
}

static bool take_word(struct import *import, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(import->end - import->at) < length)
    {
        return false;
    }
    for (size_t index = 0; index < length; index++)
    {
        if (string_upcase(import->at[index]) != string_upcase((WCHAR)(unsigned char)word[index]))
        {
            return false;
        }
    }
    import->at += length;
    return true;
}

static int digit_value(WCHAR unit)
{
    return unit >= '0' && unit <= '9' ? unit - '0' :
           unit >= 'a' && unit <= 'f' ? unit - 'a' + 10 :
           unit >= 'A' && unit <= 'F' ? unit - 'A' + 10 :
                                        -1;
}

/* A number of at most the given digits; how many there were. */
static int take_hexadecimal(struct import *import, int most, uint32_t *ret_number)
{
    int digits = 0;

    *ret_number = 0;
    while (digits < most && !is_at_end(import) && digit_value(*import->at) >= 0)
    {
        *ret_number = *ret_number << 4 | (uint32_t)digit_value(*import->at++);
        digits++;
    }
    return digits;
}

/* A text between quotation marks, with its back slashes undone. The first mark is taken already. */
static NTSTATUS take_quoted(struct import *import, struct text_bytes *to)
{
    to->size = 0;
    while (!take(import, '"'))
    {
        WCHAR unit;

        if (is_at_line_end(import))
        {
            return wrong(import, "the quotation mark that ends this text is missing");
        }
        unit = *import->at++;
        if (unit == '\\')
        {
            if (is_at_line_end(import) || (*import->at != '\\' && *import->at != '"'))
            {
                return wrong(import, "behind a back slash comes a back slash or a quotation mark");
            }
            unit = *import->at++;
        }
        if (!text_append(to, &unit, sizeof(unit)))
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    return STATUS_SUCCESS;
}

/*
 * Values.
 */

static NTSTATUS take_dword(struct import *import)
{
    uint32_t number;

    if (take_hexadecimal(import, 8, &number) == 0)
    {
        return wrong(import, "dword: needs one to eight hexadecimal digits");
    }
    import->data.size = 0;
    return text_append(&import->data, &number, sizeof(number)) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* Bytes with commas between, over lines that end in a back slash. */
static NTSTATUS take_bytes(struct import *import)
{
    bool needs_byte = false;

    import->data.size = 0;
    for (;;)
    {
        uint32_t number;
        unsigned char byte;

        skip_blanks(import);
        if (take(import, '\\'))
        {
            skip_blanks(import);
            if (!is_at_line_end(import) || is_at_end(import))
            {
                return wrong(import, "behind the back slash that continues data comes the next line");
            }
            take_line_end(import);
            continue;
        }
        if (take_hexadecimal(import, 2, &number) == 0)
        {
            return needs_byte && !is_at_line_end(import) ?
                       wrong(import, "a byte of one or two hexadecimal digits is missing") :
                       STATUS_SUCCESS;
        }
        byte = (unsigned char)number;
        if (!text_append(&import->data, &byte, 1))
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        skip_blanks(import);
        needs_byte = take(import, ',');
        if (!needs_byte && !is_next(import, '\\'))
        {
            return STATUS_SUCCESS;
        }
    }
}

/* The old form has strings of single bytes. */
static NTSTATUS widen(struct import *import, uint32_t type)
{
    if (!import->is_old || (type != REG_SZ && type != REG_EXPAND_SZ && type != REG_MULTI_SZ))
    {
        return STATUS_SUCCESS;
    }
    return text_widen(&import->data);
}

static NTSTATUS take_hex(struct import *import, uint32_t *ret_type)
{
    NTSTATUS status;

    *ret_type = REG_BINARY;
    if (take(import, '('))
    {
        if (take_hexadecimal(import, 8, ret_type) == 0 || !take(import, ')'))
        {
            return wrong(import, "hex( needs a type in hexadecimal digits and a closing parenthesis");
        }
    }
    if (!take(import, ':'))
    {
        return wrong(import, "a colon is missing behind hex");
    }
    status = take_bytes(import);
    return NT_SUCCESS(status) ? widen(import, *ret_type) : status;
}

static NTSTATUS take_data(struct import *import, uint32_t *ret_type)
{
    static const WCHAR zero = 0;
    NTSTATUS status;

    if (take(import, '"'))
    {
        *ret_type = REG_SZ;
        status = take_quoted(import, &import->data);
        if (NT_SUCCESS(status) && !text_append(&import->data, &zero, sizeof(zero)))
        {
            status = STATUS_INSUFFICIENT_RESOURCES;
        }
        return status;
    }
    if (take_word(import, "dword:"))
    {
        *ret_type = REG_DWORD;
        return take_dword(import);
    }
    if (take_word(import, "hex"))
    {
        return take_hex(import, ret_type);
    }
    return wrong(import, "a value is a text in quotation marks, dword:, hex:, hex(type): or - to delete it");
}

/* The first mark, or the at sign, says what the name is. */
static NTSTATUS take_name(struct import *import, UNICODE_STRING *ret_name)
{
    NTSTATUS status = STATUS_SUCCESS;

    import->name.size = 0;
    if (!take(import, '@'))
    {
        import->at++;
        status = take_quoted(import, &import->name);
    }
    if (NT_SUCCESS(status) && import->name.size > NAME_MAXIMUM_VALUE)
    {
        return wrong(import, "the name of a value has at most 16383 characters");
    }
    ret_name->Buffer = (PWCH)import->name.bytes;
    ret_name->Length = (USHORT)import->name.size;
    ret_name->MaximumLength = ret_name->Length;
    return status;
}

static NTSTATUS remove_value(struct import *import, const UNICODE_STRING *name)
{
    NTSTATUS status = import->key != NULL ? registry_delete_value(import->registry, import->key, name) : STATUS_SUCCESS;

    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
}

static NTSTATUS take_value(struct import *import)
{
    UNICODE_STRING name;
    uint32_t type = 0;
    bool removes;
    NTSTATUS status =
        import->has_key ? take_name(import, &name) : wrong(import, "a value comes before any key, or behind a deleted one");

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    skip_blanks(import);
    if (!take(import, '='))
    {
        return wrong(import, "an equals sign is missing behind the name of a value");
    }
    skip_blanks(import);
    removes = take(import, '-');
    status = removes ? STATUS_SUCCESS : take_data(import, &type);
    if (NT_SUCCESS(status))
    {
        status = finish_line(import);
    }
    if (NT_SUCCESS(status) && removes)
    {
        return remove_value(import, &name);
    }
    if (NT_SUCCESS(status) && import->key != NULL)
    {
        status =
            registry_set_value(import->registry, import->key, &name, type, import->data.bytes, (uint32_t)import->data.size);
    }
    return status;
}

/*
 * Keys.
 */

static void leave_key(struct import *import)
{
    if (import->key != NULL)
    {
        registry_release(import->key);
        import->key = NULL;
    }
}

static NTSTATUS find_key(struct import *import, const UNICODE_STRING *path, bool removes)
{
    struct registry *registry = import->registry;
    struct tree_key *key = NULL;
    NTSTATUS status;

    if (removes)
    {
        status = registry_find(registry, registry->root, path, true, &key);
        if (NT_SUCCESS(status))
        {
            status = registry_delete_tree(registry, key);
            registry_release(key);
        }
        return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
    }
    status = registry_create_path(registry, registry->root, path, REG_OPTION_NON_VOLATILE, &import->key);
    if (status == STATUS_CHILD_MUST_BE_VOLATILE)
    {
        status = registry_create_path(registry, registry->root, path, REG_OPTION_VOLATILE, &import->key);
    }
    return status;
}

/* The names between the back slashes. */
static bool has_good_names(UNICODE_STRING rest)
{
    UNICODE_STRING name;

    while (name_next(&rest, &name))
    {
        if (!name_is_key(&name))
        {
            return false;
        }
    }
    return true;
}

static NTSTATUS enter_key(struct import *import, const UNICODE_STRING *text, bool removes)
{
    UNICODE_STRING rest;
    UNICODE_STRING path;
    const struct text_root *root = text_find_root(text, &rest);
    NTSTATUS status;

    if (root == NULL)
    {
        return wrong(import, "a key begins with HKEY_LOCAL_MACHINE, HKEY_USERS, HKEY_CURRENT_USER, HKEY_CLASSES_ROOT or "
                             "HKEY_CURRENT_CONFIG");
    }
    if (!has_good_names(rest))
    {
        return wrong(import, "the name of a key has at most 255 characters");
    }
    if (import->registry == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = string_concatenate(&root->path, &rest, &path);
    if (NT_SUCCESS(status))
    {
        status = find_key(import, &path, removes);
        string_free(&path);
    }
    return status;
}

/* The bracket is taken. A name may have brackets of its own: the last one of the line ends it. */
static NTSTATUS take_key(struct import *import)
{
    bool removes = take(import, '-');
    const WCHAR *start = import->at;
    UNICODE_STRING text;

    leave_key(import);
    import->has_key = !removes;
    skip_to_line_end(import);
    for (text.Buffer = (PWCH)import->at; text.Buffer != start && text.Buffer[-1] != ']'; text.Buffer--)
    {
    }
    if (text.Buffer == start)
    {
        return wrong(import, "the bracket that ends the name of a key is missing");
    }
    if (text.Buffer - 1 - start > UINT16_MAX / 4)
    {
        return wrong(import, "the name of a key is too long");
    }
    text.Length = (USHORT)((size_t)(text.Buffer - 1 - start) * sizeof(WCHAR));
    import->at = text.Buffer;
    text.Buffer = (PWCH)start;
    text.MaximumLength = text.Length;
    return NT_SUCCESS(finish_line(import)) ? enter_key(import, &text, removes) : STATUS_INVALID_PARAMETER;
}

/*
 * The whole.
 */

static NTSTATUS take_line(struct import *import)
{
    skip_blanks(import);
    if (is_at_line_end(import) || is_next(import, ';'))
    {
        return finish_line(import);
    }
    if (take(import, '['))
    {
        return take_key(import);
    }
    if (is_next(import, '@') || is_next(import, '"'))
    {
        return take_value(import);
    }
    return wrong(import, "a line is a key in brackets, a value, or a comment behind a semicolon");
}

static NTSTATUS take_header(struct import *import)
{
    while (is_at_line_end(import) && !is_at_end(import))
    {
        take_line_end(import);
    }
    import->is_old = take_word(import, "REGEDIT4");
    if (!import->is_old && !take_word(import, "Windows Registry Editor Version 5.00"))
    {
        return wrong(import, "the text does not begin with \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"");
    }
    return finish_line(import);
}

static NTSTATUS read_through(struct import *import, const struct text_bytes *text)
{
    NTSTATUS status;

    import->at = text->bytes;
    import->end = import->at + text->size / sizeof(WCHAR);
    import->line = 1;
    import->has_key = false;
    status = take_header(import);
    while (NT_SUCCESS(status) && !is_at_end(import))
    {
        take_line_end(import);
        status = take_line(import);
    }
    leave_key(import);
    return status;
}

static NTSTATUS import_units(struct import *import, const struct text_bytes *text)
{
    struct registry *the_registry = registry();
    NTSTATUS status = read_through(import, text);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (the_registry == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = registry_begin(the_registry);
    if (NT_SUCCESS(status))
    {
        import->registry = the_registry;
        status = registry_end(the_registry, read_through(import, text));
    }
    return status;
}

NTSTATUS registry_import(const char *name, const void *bytes, size_t size, char *message, size_t message_size)
{
    struct import import = {.line = 1};
    struct text_bytes text = {0};
    NTSTATUS status = text_read(&text, bytes, size);

    if (NT_SUCCESS(status))
    {
        status = import_units(&import, &text);
    }
    else
    {
        import.mistake = "the text is neither UTF-16 with a byte order mark nor UTF-8, or too long";
    }
    if (!NT_SUCCESS(status) && message_size != 0)
    {
        (void)snprintf(message, message_size, "%s:%u: %s (status 0x%08X)", name, import.line,
                       import.mistake != NULL ? import.mistake : "the registry refuses this", (unsigned)status);
    }
    text_free(&import.data);
    text_free(&import.name);
    text_free(&text);
    return status;
}
