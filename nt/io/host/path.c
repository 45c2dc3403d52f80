/* SPDX-License-Identifier: MIT */
/*
 * Names of files: from the executive's spelling to Linux's, and to the spelling that the file really has.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "nt/io/host/host.h"
#include "nt/rtl/string.h"

NTSTATUS host_status_of(int error)
{
    static const struct
    {
        int error;
        NTSTATUS status;
    } known[] = {
        {0, STATUS_SUCCESS},
        {ENOENT, STATUS_OBJECT_NAME_NOT_FOUND},
        {ENOTDIR, STATUS_OBJECT_PATH_NOT_FOUND},
        {ELOOP, STATUS_OBJECT_PATH_NOT_FOUND},
        {EXDEV, STATUS_NOT_SAME_DEVICE},
        {EACCES, STATUS_ACCESS_DENIED},
        {EPERM, STATUS_ACCESS_DENIED},
        {ENXIO, STATUS_ACCESS_DENIED},
        {EROFS, STATUS_MEDIA_WRITE_PROTECTED},
        {EEXIST, STATUS_OBJECT_NAME_COLLISION},
        {EISDIR, STATUS_FILE_IS_A_DIRECTORY},
        {ENOTEMPTY, STATUS_DIRECTORY_NOT_EMPTY},
        {ETXTBSY, STATUS_SHARING_VIOLATION},
        {EBUSY, STATUS_SHARING_VIOLATION},
        {ENOSPC, STATUS_DISK_FULL},
        {EDQUOT, STATUS_DISK_FULL},
        {EFBIG, STATUS_DISK_FULL},
        {ENOMEM, STATUS_INSUFFICIENT_RESOURCES},
        {EMFILE, STATUS_TOO_MANY_OPENED_FILES},
        {ENFILE, STATUS_TOO_MANY_OPENED_FILES},
        {ENAMETOOLONG, STATUS_OBJECT_NAME_INVALID},
        {EILSEQ, STATUS_OBJECT_NAME_INVALID},
        {EMLINK, STATUS_TOO_MANY_LINKS},
        {EINVAL, STATUS_INVALID_PARAMETER},
        {EOPNOTSUPP, STATUS_NOT_SUPPORTED},
        {ESTALE, STATUS_OBJECT_NAME_NOT_FOUND},
    };

    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        if (known[index].error == error)
        {
            return known[index].status;
        }
    }
    return STATUS_IO_DEVICE_ERROR;
}

static bool is_forbidden(WCHAR unit)
{
    return unit < 0x20 || unit == '"' || unit == '*' || unit == '/' || unit == ':' || unit == '<' || unit == '>' ||
           unit == '?' || unit == '|';
}

/* One part between back slashes. "." and ".." have been resolved by who speaks Win32; here they are no names. */
static bool is_name(const WCHAR *part, size_t units)
{
    if (units == 0 || (units == 1 && part[0] == '.') || (units == 2 && part[0] == '.' && part[1] == '.'))
    {
        return false;
    }
    for (size_t unit = 0; unit < units; unit++)
    {
        if (is_forbidden(part[unit]))
        {
            return false;
        }
    }
    return true;
}

static bool are_names(const WCHAR *text, size_t units)
{
    size_t begin = 0;

    for (size_t unit = 0; unit <= units; unit++)
    {
        if (unit == units || text[unit] == '\\')
        {
            if (!is_name(text + begin, unit - begin))
            {
                return false;
            }
            begin = unit + 1;
        }
    }
    return true;
}

static NTSTATUS copy_path(const UNICODE_STRING *name, struct host_path *path)
{
    char *text = string_to_utf8(name);
    size_t length;

    if (text == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    length = strlen(text);
    if (length < sizeof(path->text))
    {
        for (size_t index = 0; index <= length; index++)
        {
            path->text[index] = text[index] == '\\' ? '/' : text[index];
        }
    }
    string_free_utf8(text);
    return length < sizeof(path->text) ? STATUS_SUCCESS : STATUS_OBJECT_NAME_INVALID;
}

NTSTATUS host_path_parse(const UNICODE_STRING *name, struct host_path *ret_path)
{
    UNICODE_STRING rest = *name;
    size_t units;

    if (rest.Length >= sizeof(WCHAR) && rest.Buffer[0] == '\\')
    {
        rest.Buffer++;
        rest.Length = (USHORT)(rest.Length - sizeof(WCHAR));
    }
    units = rest.Length / sizeof(WCHAR);
    ret_path->ends_in_separator = units != 0 && rest.Buffer[units - 1] == '\\';
    if (ret_path->ends_in_separator)
    {
        units--;
        rest.Length = (USHORT)(rest.Length - sizeof(WCHAR));
    }
    if ((units != 0 || ret_path->ends_in_separator) && !are_names(rest.Buffer, units))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    return copy_path(&rest, ret_path);
}

static bool is_same_name(const char *found, const UNICODE_STRING *wanted)
{
    UNICODE_STRING name;
    bool same = false;

    if (NT_SUCCESS(string_from_utf8(found, &name)))
    {
        same = RtlEqualUnicodeString(&name, wanted, TRUE);
        string_free(&name);
    }
    return same;
}

/* Looks in the folder at text for the part under another spelling, which replaces it. */
static bool find_spelling(const struct drive *drive, const char *folder, char *part)
{
    struct host_listing *listing;
    UNICODE_STRING wanted;
    const char *name = NULL;
    bool found = false;

    if (host_list_open(drive->root, folder, &listing) != 0)
    {
        return false;
    }
    if (NT_SUCCESS(string_from_utf8(part, &wanted)))
    {
        while (!found && host_list_next(listing, &name) == 0 && name != NULL)
        {
            /* A spelling of another length in bytes does not fit in its place. */
            found = strlen(name) == strlen(part) && is_same_name(name, &wanted);
        }
        string_free(&wanted);
    }
    if (found)
    {
        memcpy(part, name, strlen(name));
    }
    host_list_close(listing);
    return found;
}

/* Whether the path up to its end exists, perhaps in another spelling of its last part. */
static int settle_part(const struct drive *drive, char *text, char *part)
{
    int descriptor;
    int error = host_open(drive->root, text, 0, &descriptor);

    if (error == 0)
    {
        host_close(descriptor);
        return 0;
    }
    if (error == ENOENT)
    {
        bool at_top = part == text;
        bool found;

        if (!at_top)
        {
            part[-1] = 0;
        }
        found = find_spelling(drive, at_top ? "" : text, part);
        if (!at_top)
        {
            part[-1] = '/';
        }
        error = found ? 0 : ENOENT;
    }
    return error;
}

static NTSTATUS settle(const struct drive *drive, char *text)
{
    char *part = text;

    for (;;)
    {
        char *end = strchr(part, '/');
        int error;

        if (end != NULL)
        {
            *end = 0;
        }
        error = settle_part(drive, text, part);
        if (end != NULL)
        {
            *end = '/';
        }
        if (error != 0)
        {
            return error != ENOENT || end == NULL ? host_status_of(error) : STATUS_OBJECT_PATH_NOT_FOUND;
        }
        if (end == NULL)
        {
            return STATUS_SUCCESS;
        }
        part = end + 1;
    }
}

NTSTATUS host_path_resolve(const struct drive *drive, struct host_path *path, int *ret_descriptor)
{
    int error = host_open(drive->root, path->text, 0, ret_descriptor);
    NTSTATUS status;

    if (error != ENOENT)
    {
        return host_status_of(error);
    }
    status = settle(drive, path->text);
    return NT_SUCCESS(status) ? host_status_of(host_open(drive->root, path->text, 0, ret_descriptor)) : status;
}

NTSTATUS host_path_now(const struct host_file *file, struct host_path *ret_path)
{
    char top[HOST_PATH_SIZE];
    size_t length;
    int error = host_path_of(file->drive->root, top, sizeof(top));

    if (error == 0)
    {
        error = host_path_of(file->descriptor, ret_path->text, sizeof(ret_path->text));
    }
    if (error != 0)
    {
        return host_status_of(error);
    }
    length = strcmp(top, "/") == 0 ? 0 : strlen(top);
    if (strncmp(ret_path->text, top, length) != 0)
    {
        return STATUS_OBJECT_PATH_NOT_FOUND;
    }
    length += ret_path->text[length] == '/' ? 1 : 0;
    memmove(ret_path->text, ret_path->text + length, strlen(ret_path->text + length) + 1);
    ret_path->ends_in_separator = false;
    return STATUS_SUCCESS;
}

NTSTATUS host_name_now(const struct host_file *file, UNICODE_STRING *ret_name)
{
    struct host_path path;
    NTSTATUS status = host_path_now(file, &path);

    memset(ret_name, 0, sizeof(*ret_name));
    if (NT_SUCCESS(status))
    {
        size_t length = strlen(path.text);

        if (length + 2 > sizeof(path.text))
        {
            return STATUS_NAME_TOO_LONG;
        }
        memmove(path.text + 1, path.text, length + 1);
        path.text[0] = '/';
        status = string_from_utf8(path.text, ret_name);
    }
    for (size_t unit = 0; NT_SUCCESS(status) && unit < ret_name->Length / sizeof(WCHAR); unit++)
    {
        ret_name->Buffer[unit] = ret_name->Buffer[unit] == '/' ? '\\' : ret_name->Buffer[unit];
    }
    return status;
}

/*
 * Wild cards: * any text, ? one unit, and the forms that Win32 makes of them: < any text up to the last dot, > one unit or the end
 * of a part, " a dot or the end of the name.
 */
static bool matches(const WCHAR *pattern, const WCHAR *pattern_end, const WCHAR *name, const WCHAR *name_end);

static bool last_dot_is_ahead(const WCHAR *name, const WCHAR *name_end)
{
    while (name < name_end)
    {
        if (*name++ == '.')
        {
            return true;
        }
    }
    return false;
}

static bool matches_any_text(const WCHAR *pattern, const WCHAR *pattern_end, const WCHAR *name, const WCHAR *name_end,
                             bool up_to_last_dot)
{
    for (const WCHAR *at = name; at <= name_end; at++)
    {
        if (matches(pattern, pattern_end, at, name_end))
        {
            return true;
        }
        if (up_to_last_dot && at < name_end && *at == '.' && !last_dot_is_ahead(at + 1, name_end))
        {
            return false;
        }
    }
    return false;
}

static bool matches(const WCHAR *pattern, const WCHAR *pattern_end, const WCHAR *name, const WCHAR *name_end)
{
    while (pattern < pattern_end)
    {
        WCHAR wanted = *pattern++;

        if (wanted == '*' || wanted == '<')
        {
            return matches_any_text(pattern, pattern_end, name, name_end, wanted == '<');
        }
        if ((wanted == '>' && (name == name_end || *name == '.')) || (wanted == '"' && name == name_end))
        {
            continue;
        }
        if (name == name_end || (wanted == '"' && *name != '.') ||
            (wanted != '?' && wanted != '>' && wanted != '"' && string_upcase(wanted) != string_upcase(*name)))
        {
            return false;
        }
        name++;
    }
    return name == name_end;
}

bool host_matches(const UNICODE_STRING *pattern, const UNICODE_STRING *name)
{
    return pattern->Length == 0 || matches(pattern->Buffer, pattern->Buffer + pattern->Length / sizeof(WCHAR), name->Buffer,
                                           name->Buffer + name->Length / sizeof(WCHAR));
}
