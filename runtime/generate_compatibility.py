#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/compatibility.md: the state of every published function, read off the runtime's objects.

A function is implemented when an object of the runtime defines it with a strong symbol. All others exist as generated weak
definitions that stop the process and name the function.
"""

import argparse
import subprocess
import sys
import textwrap

HEAD = """\
# Compatibility

Generated from the built runtime by `runtime/generate_compatibility.py`; a test fails when it is out of date, and
`cmake --build --preset debug --target compatibility` renews it.

Every function below is declared with its published prototype, links, and can be called. One that is not implemented stops the
process and names itself; none returns a success that is not one.

| group | implemented | declared |
|---|---|---|
"""


def strong_symbols(nm, objects):
    """The names that the objects define for good."""
    output = subprocess.run([nm, "--defined-only", "--extern-only"] + objects, capture_output=True, text=True, check=True)
    fields = (line.split() for line in output.stdout.split("\n"))
    return {field[2] for field in fields if len(field) == 3 and field[1] == "T"}


def contract_functions(path):
    """(header, name) of each public function of a table, in slot order."""
    functions = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if not line.startswith("#") and fields[0] != "function" and fields[1] != "(none)":
                functions.append((fields[1], fields[0]))
    return functions


def published_functions(path):
    """(header, name) of each exported function of nt/include."""
    with open(path, encoding="utf-8") as lines:
        return [(line.split("\t")[1], line.split("\t")[0]) for line in lines]


def wdf_section(title, functions, prefix, strong):
    lines = ["", "## " + title, "", "| function | header | state |", "|---|---|---|"]
    for header, name in functions:
        state = "implemented" if prefix + name in strong else "stops by name"
        lines.append("| `%s` | `%s` | %s |" % (name, header, state))
    return lines


def paragraph(names):
    text = ", ".join("`%s`" % name for name in names)
    return textwrap.fill(text, 125, break_long_words=False, break_on_hyphens=False)


def published_section(functions, strong):
    lines = ["", "## Executive and Win32 functions"]
    headers = sorted({header for header, _ in functions})
    for header in headers:
        names = sorted(name for at, name in functions if at == header)
        done = [name for name in names if name in strong]
        missing = [name for name in names if name not in strong]
        lines += ["", "### `%s`: %d of %d" % (header, len(done), len(names))]
        if done:
            lines += ["", "Implemented:", "", paragraph(done)]
        if missing:
            lines += ["", "Stop by name:", "", paragraph(missing)]
    return lines


def document(kernel, user, published, strong):
    groups = [
        ("KMDF 1.33", kernel, "wdf_kmdf_"),
        ("UMDF 2.33", user, "wdf_umdf_"),
        ("executive and Win32", published, ""),
    ]
    text = HEAD
    for title, functions, prefix in groups:
        done = sum(prefix + name in strong for _, name in functions)
        text += "| %s | %d | %d |\n" % (title, done, len(functions))
    lines = wdf_section("KMDF 1.33", kernel, "wdf_kmdf_", strong) + wdf_section("UMDF 2.33", user, "wdf_umdf_", strong)
    return text + "\n".join(lines + published_section(published, strong)) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", required=True)
    parser.add_argument("--kmdf", required=True)
    parser.add_argument("--umdf", required=True)
    parser.add_argument("--published", required=True)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--output", required=True)
    parser.add_argument("objects", nargs="+")
    arguments = parser.parse_args()
    kernel, user = contract_functions(arguments.kmdf), contract_functions(arguments.umdf)
    if (len(kernel), len(user)) != (445, 260):
        sys.exit("the contract lists %d and %d functions, not 445 and 260" % (len(kernel), len(user)))
    text = document(kernel, user, published_functions(arguments.published), strong_symbols(arguments.nm, arguments.objects))
    if arguments.check:
        with open(arguments.output, encoding="utf-8") as old:
            if old.read() != text:
                sys.exit("%s is out of date: cmake --build --preset debug --target compatibility" % arguments.output)
        return
    with open(arguments.output, "w", encoding="utf-8") as out:
        out.write(text)


if __name__ == "__main__":
    main()
