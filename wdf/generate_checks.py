#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generates the function table of verified drivers.

Each entry looks at what a call can be judged by alone (the interrupt request level, required parameters, sizes of structures)
and then calls the plain entry point. What is looked at comes from the list of functions, from the published headers (which
structures begin with their size) and from verifier_functions.txt.
"""

import argparse
import fnmatch
import os
import re
import sys

from generate_tables import plain_parameter, write_if_changed

# "DISPATCH_LEVEL + 1" is how the headers write the level of a device, whatever that is.
LEVELS = {"PASSIVE_LEVEL": 0, "APC_LEVEL": 1, "DISPATCH_LEVEL": 2, "DISPATCH_LEVEL + 1": 15, "HIGH_LEVEL": 15}
ANY_LEVEL = 255
FLAGS = {
    "completes": "VERIFIER_COMPLETES",
    "sends": "VERIFIER_SENDS",
    "waits": "VERIFIER_WAITS",
    "init": "VERIFIER_INIT",
    "fdo": "VERIFIER_INIT | VERIFIER_INIT_FDO",
    "pdo": "VERIFIER_INIT | VERIFIER_INIT_PDO",
}
POINTER = re.compile(r"(P(?!OOL_|OWER_|FN_|HYSICAL_)|LP)[A-Z]")
HANDLE = re.compile(r"WDF[A-Z]+")


class Parameter:
    """One parameter: its type, name, and whether it must not be NULL."""

    def __init__(self, text):
        match = re.fullmatch(r"(.+?) (\**)(\w+)", plain_parameter(text))
        self.type = match.group(1)
        self.stars = match.group(2)
        self.name = match.group(3)
        self.declaration = "%s %s%s" % match.groups()
        self.is_handle = not self.stars and HANDLE.fullmatch(self.type) is not None and self.type != "WDFCONTEXT"
        self.is_pointer = bool(self.stars) or POINTER.match(self.type) is not None
        self.required = self.is_pointer and re.match(r"_(In|Out|Inout)_ ", text) is not None


class Function:
    """One slot of the table."""

    def __init__(self, columns, knowledge):
        self.name = columns[0]
        self.index = int(columns[2])
        self.reserved = columns[1] == "(none)"
        self.result = columns[3]
        self.irql = columns[4]
        texts = [] if self.reserved or columns[7] == "VOID" else columns[7].split("; ")
        self.parameters = [Parameter(text) for text in texts]
        words = [word for pattern, known in knowledge if fnmatch.fnmatchcase(self.name, pattern) for word in known]
        for parameter in self.parameters:
            if parameter.name + "?" in words:
                parameter.required = False
        takes_init = bool(self.parameters) and self.parameters[0].type == "PWDFDEVICE_INIT"
        self.words = [word for word in words if word in FLAGS and (takes_init or word not in ("init", "fdo", "pdo"))]
        if takes_init and "init" not in self.words:
            self.words.append("init")

    def subject(self):
        """The first parameter, if it can be named in a report."""
        first = self.parameters[0] if self.parameters else None
        return first if first and (first.is_handle or first.type == "PWDFDEVICE_INIT") else None

    def flags(self):
        flags = [FLAGS[word] for word in self.words]
        if self.result == "NTSTATUS":
            flags.append("VERIFIER_STATUS")
        return " | ".join(flags) or "0"

    def maximum(self):
        """The highest level as an expression of the parameters."""
        expression = ""
        last = ANY_LEVEL
        for part in self.irql.split("; "):
            match = re.fullmatch(r"_IRQL_requires_max_\((.+?)\)(?: when (.+))?", part)
            if not match:
                continue
            last = LEVELS[match.group(1)]
            if match.group(2):
                condition = match.group(2).replace("__true", "TRUE").replace("__false", "FALSE")
                expression += "%s ? %d : " % (condition if re.fullmatch(r"[^&|]+", condition) else "(%s)" % condition, last)
        return expression + str(ANY_LEVEL if expression else last)


def read_knowledge(path):
    """Reads verifier_functions.txt."""
    with open(path, encoding="utf-8") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return [(row[0], row[1:]) for row in rows]


def read_functions(path, knowledge):
    functions = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith(("#", "function\t")):
                functions.append(Function(line.rstrip("\n").split("\t"), knowledge))
    names = [function.name for function in functions]
    for pattern, _ in knowledge:
        if not pattern.endswith("*") and pattern not in names and "kmdf" in path:
            sys.exit("verifier_functions.txt: there is no function %s" % pattern)
    return sorted(functions, key=lambda function: function.index)


def sized_structures(folder):
    """The pointer types of structures that begin with their size."""
    found = set()
    for name in sorted(os.listdir(folder)):
        if name.endswith(".h"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for match in re.finditer(r"typedef struct _(\w+)\s*\{\s*(?:/\*.*?\*/\s*)?ULONG Size;", text, re.S):
                found.add("P" + match.group(1))
    return found


def checked(prefix, function, sized):
    """The function that stands in the table in place of the plain one."""
    declarations = ["PWDF_DRIVER_GLOBALS DriverGlobals"] + [parameter.declaration for parameter in function.parameters]
    arguments = ["DriverGlobals"] + [parameter.name for parameter in function.parameters]
    subject = function.subject()
    row = "&functions[%d]" % function.index
    call = "verifier_call(DriverGlobals, %s, (uint8_t)(%s), %s)" % (
        row, function.maximum(), "NULL" if not subject else
        "%s == NULL ? NULL : *%s" % (subject.name, subject.name) if subject.stars else subject.name)
    lines = ["static %s checked_%s(%s)" % (function.result, function.name, ", ".join(declarations)), "{"]
    if function.result in ("NTSTATUS", "VOID"):
        lines += ["    int32_t status = %s;" % call, "", "    if (status < 0)", "    {"]
        lines += ["        return%s;" % (" status" if function.result == "NTSTATUS" else ""), "    }"]
    else:
        lines += ["    (void)%s;" % call]
    for parameter in function.parameters:
        if parameter.required:
            lines.append('    verifier_need(DriverGlobals, %s, "%s", %s == NULL);' % (row, parameter.name, parameter.name))
        if not parameter.stars and parameter.type in sized:
            lines += ["    if (%s != NULL)" % parameter.name, "    {"]
            lines.append('        verifier_size(DriverGlobals, %s, "%s", %s->Size, sizeof(*%s));' % (
                row, parameter.name, parameter.name, parameter.name))
            lines.append("    }")
    lines.append("    %s%s%s(%s);" % ("" if function.result == "VOID" else "return ", prefix, function.name,
                                     ", ".join(arguments)))
    return lines + ["}", ""]


def source(flavour, functions, sized):
    prefix = "wdf_%s_" % flavour
    lines = [
        "/* Generated by wdf/generate_checks.py. */",
        "/*",
        " * The function table of verified drivers of one flavour.",
        " */",
        "#include <windows.h>" if flavour == "umdf" else "#include <ntddk.h>",
        '#include "wdf_entries_%s.h"' % flavour,
        "",
        '#include "wdf/verifier_call.h"',
        "",
        "static const struct verifier_function functions[%d] = {" % len(functions),
    ]
    for function in functions:
        subject = function.subject()
        lines.append('    [%d] = {"%s", %s, %s},' % (
            function.index, function.name, '"%s"' % subject.type.lstrip("P") if subject else "NULL", function.flags()))
    lines += ["};", ""]
    for function in functions:
        if not function.reserved:
            lines += checked(prefix, function, sized)
    lines += ["extern const WDFFUNC %schecked_table[%d];" % (prefix, len(functions)), ""]
    lines += ["const WDFFUNC %schecked_table[%d] = {" % (prefix, len(functions))]
    for function in functions:
        if not function.reserved:
            lines.append("    [%d] = (WDFFUNC)checked_%s," % (function.index, function.name))
    lines += ["};", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--flavour", choices=["kmdf", "umdf"], required=True)
    parser.add_argument("--contract", required=True, help="the list of functions (tests/contract/data/wdf-*.tsv)")
    parser.add_argument("--headers", required=True, help="the folder of the published headers")
    parser.add_argument("--knowledge", required=True, help="verifier_functions.txt")
    parser.add_argument("--output", required=True, help="the C source to write")
    arguments = parser.parse_args()
    functions = read_functions(arguments.contract, read_knowledge(arguments.knowledge))
    write_if_changed(arguments.output, source(arguments.flavour, functions, sized_structures(arguments.headers)))


if __name__ == "__main__":
    main()
