# SPDX-License-Identifier: MIT
"""The allow-list of layers and folders of docs/design.md, section 1."""

import os
import re

C_HEADERS = {name + ".h" for name in (
    "assert ctype errno float inttypes limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio "
    "stdlib stdnoreturn string time wchar wctype").split()}

# What the files of a folder may include. "c" is the C standard library, "linux" everything else that the system has, "tmh" the
# trace headers that dmf-wpp writes, "generated" a header that the build makes. The tests see everything. The longest folder counts.
EVERYTHING = None
ALLOWED = {
    "samples": {"samples", "nt/include", "wdf/include", "host/include", "dmf", "client", "testkit", "c", "linux", "tmh"},
    "dmf": {"dmf", "nt/include", "wdf/include", "c", "tmh", "generated"},
    "drivers": {"drivers", "nt/include", "wdf/include", "c", "linux", "tmh"},
    "client": {"client", "nt/include", "host/include", "c", "linux"},
    "testkit": {"testkit", "host", "wdf", "nt", "platform", "wdf/include", "nt/include", "c"},
    "host": {"host", "host/include", "wdf", "nt", "platform", "wdf/include", "nt/include", "c", "linux", "sqlite",
             "generated"},
    "wdf": {"wdf", "nt", "platform", "wdf/include", "nt/include", "c", "generated"},
    "nt": {"nt", "platform", "nt/include", "c", "sqlite", "generated"},
    "nt/win32": {"nt", "platform", "nt/include", "c", "linux", "generated"},
    "nt/io/host": {"nt", "platform", "nt/include", "c", "linux"},
    "nt/crt": {"nt", "platform", "nt/include", "c", "linux"},
    "platform": {"platform", "c", "linux"},
    "runtime": {"wdf", "nt", "platform", "wdf/include", "nt/include", "c", "generated"},
    "tools": {"tools", "client", "nt/include", "wdf/include", "host/include", "c", "linux"},
    "tests": EVERYTHING,
    "bench": EVERYTHING,
    "fuzz": EVERYTHING,
    "docs": set(),
    "cmake": set(),
}
OTHER_FOLDERS = {".ci"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)
RUNTIME_CALL = re.compile(r"(?<![\w.>])([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\s*\(")
PUBLISHED_SNAKE_CASE = re.compile(r"va_(start|arg|end|copy)|static_assert|code_seg|\w+_s|wdf_\w*|unused_\w*")


def category_of(path):
    """The layer that a project header belongs to. The headers over libc's are either, depending on who includes them."""
    if path.startswith("nt/include/crt/"):
        return "libc overlay"
    for published in ("nt/include", "wdf/include", "host/include"):
        if path.startswith(published + "/"):
            return published
    return path.split("/")[0]


def folder_of(file):
    """The row of the table that a file belongs to, or None where the table does not speak of it."""
    rows = [folder for folder in ALLOWED if file.path.startswith(folder + "/")]
    return max(rows, key=len, default=None)


def resolve(tree, file, quote, name):
    """Says what an include line brings: the layer, and the path where the header is one of the project's."""
    name = name.replace("\\", "/")
    if name.endswith(".tmh"):
        return "tmh", None
    here = os.path.normpath(os.path.join(os.path.dirname(file.path), name))
    for candidate in ([here] if quote == '"' else []) + [name]:
        if tree.find(candidate):
            return category_of(candidate), candidate
    if name in C_HEADERS:
        return "c", None
    matches = [other.path for other in tree.files if other.path.endswith("/" + name)]
    matches.sort(key=lambda path: (path.split("/")[0] != file.parts[0], "/include/" not in path))
    if matches:
        return category_of(matches[0]), matches[0]
    if name == "sqlite3.h":
        return "sqlite", None
    return ("generated", None) if quote == '"' else ("linux", None)


def known_folders(tree):
    """Every folder at the top is one that docs/design.md names."""
    seen = set()
    for file in tree.files:
        top = file.parts[0]
        if len(file.parts) > 1 and top not in seen and top not in ALLOWED and top not in OTHER_FOLDERS:
            seen.add(top)
            yield file.finding(1, f"the folder {top}/ is not in the table of docs/design.md, section 1")


def allowed_includes(tree):
    """A file includes only what the table allows its folder."""
    for file in tree.files:
        folder = folder_of(file)
        allowed = ALLOWED.get(folder, EVERYTHING)
        if not file.is_c or allowed is EVERYTHING or file.is_published:
            continue
        for match in INCLUDE.finditer(file.code):
            brought, path = resolve(tree, file, match.group(1), match.group(2))
            line = file.line_of(match.start(1))
            if not allowed.intersection({"nt/include", "linux"} if brought == "libc overlay" else {brought}):
                yield file.finding(line, f"{folder}/ may not include {match.group(2)} ({brought}); "
                                         "docs/design.md, section 1, says what it may")
            elif path and path.startswith("dmf/modules.library/") and file.path.startswith(("dmf/framework/", "dmf/modules.core/")):
                yield file.finding(line, f"{match.group(2)} is a Library Module; the framework and the core Modules know none")


def published_include_direction(tree):
    """The published headers of nt/ stand alone: they include no header of wdf/, and none includes an internal one."""
    for file in tree.files:
        if not file.is_published or not file.is_c:
            continue
        allowed = {"nt/include", "libc overlay", "c", "linux", "generated"} | ({"wdf/include"} if file.parts[0] == "wdf" else set())
        for match in INCLUDE.finditer(file.code):
            brought, _ = resolve(tree, file, match.group(1), match.group(2))
            if brought not in allowed:
                yield file.finding(file.line_of(match.start(1)),
                                   f"a published header of {file.parts[0]}/ may not include {match.group(2)} ({brought})")


def published_names_in_dmf(tree):
    """Code below dmf/ calls published names only, never the snake_case internals of the runtime."""
    for file in tree.files:
        if file.parts[0] != "dmf" or not file.is_c:
            continue
        for match in RUNTIME_CALL.finditer(file.code):
            if not PUBLISHED_SNAKE_CASE.fullmatch(match.group(1)):
                yield file.finding(file.line_of(match.start(1)),
                                   f"{match.group(1)}() is no published name; code below dmf/ must compile on Windows too")


RULES = [known_folders, allowed_includes, published_include_direction, published_names_in_dmf]
