#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the contract test of one flavour as a C source, which also compiles as C++.

    generate.py --flavour kernel|user --data DIRECTORY --output FILE

The notation of the data files is described in contract_data.py. Everything in them becomes a check, or is listed in
exceptions.tsv with the reason why not; the number of the latter is printed by the test and has a limit. An entry that is in
neither makes this generator fail, and so does an exception for something that the data no longer has.
"""
import argparse
import os
import re
import sys

import contract_checks
import contract_data
import contract_effects

FLAVOURS = {"kernel": ("K", "wdf-kmdf-1.33.tsv"), "user": ("U", "wdf-umdf-2.33.tsv")}
# The numbers that the issue sets; a lower count fails.
MINIMA = {
    "K": {"prototypes": 445, "wrapper calls": 445, "table indexes": 459, "enum values": 626, "structure members": 498},
    "U": {"prototypes": 260, "wrapper calls": 260, "table indexes": 275, "enum values": 683, "structure members": 541},
}
UNCHECKED_LIMIT = {"K": 70, "U": 70}
FIRST_HEADERS = {"K": ["ntifs.h", "ntddk.h"], "U": ["windows.h"]}


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--flavour", choices=FLAVOURS, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True)
    return parser.parse_args()


def read_special_checks(folder):
    """The names of the hand-written checks."""
    with open(os.path.join(folder, "special_checks.h"), encoding="utf-8") as stream:
        text = stream.read()
    names = re.findall(r"^CONTRACT_SPECIAL\((\w+)\)", text, re.M)
    for target, unit in re.findall(r"^CONTRACT_ACCESS\((\w+), \w+, (\w+),", text, re.M):
        names += [f"WDF_{verb}_{target}_{buffer}{unit}" for verb in ("READ", "WRITE") for buffer in ("", "BUFFER_")]
    return {"contract_special_" + name for name in names}


def build_program(arguments):
    """All checks of the flavour."""
    flavour, table = FLAVOURS[arguments.flavour]
    folder = os.path.dirname(os.path.abspath(__file__))
    exceptions = contract_data.read_exceptions(os.path.join(folder, "exceptions.tsv"))
    program = contract_checks.Program(flavour, exceptions, read_special_checks(folder))
    types = contract_data.read_types(os.path.join(arguments.data, "wdf-types.txt"))
    contract_checks.check_functions(program, *contract_data.read_functions(os.path.join(arguments.data, table)))
    contract_checks.check_types(program, types)
    contract_effects.check_helpers(program, types)
    wdm_types = contract_data.read_user_wdm_types(os.path.join(arguments.data, "wdf-umdf-wdm-types.txt"))
    contract_checks.check_user_wdm_types(program, wdm_types)
    usage = contract_data.read_usage(os.path.join(arguments.data, "dmf-usage.tsv"))
    control_codes = contract_data.read_pairs(os.path.join(folder, "ioctl_values.tsv"))
    contract_checks.check_usage(program, usage, control_codes)
    return program, headers_of(program, usage)


def headers_of(program, usage):
    """The headers that the program includes: every published one that DMF's sources name, in the order of the data.

    Some sources write a name with capitals; dmf_add_driver() makes that work, here the header's own name does.
    """
    names = [row.name for row in usage if row.kind == "header" and program.flavour in row.flavours]
    names = [name.lower() for name in names if (name, program.flavour) not in program.exceptions]
    first = FIRST_HEADERS[program.flavour] + ["pshpack1.h", "poppack.h"]
    return first + [name for name in dict.fromkeys(names) if name not in first]


def write_rows(category, rows, index):
    """The array of one category's checks."""
    lines = [f"static const contract_check contract_checks_{index}[] = {{"]
    for name, expression, function, test in rows:
        row = f'    {{"{name}", {expression}, {function}}},'
        lines.extend([f"#if {test}", row, "#endif"] if test else [row])
    return lines + ["};"]


def write_program(program, headers):
    """The text of the source."""
    lines = ["/* SPDX-License-Identifier: MIT */",
             "/* The contract test of one flavour, written by tests/contract/generate.py. */"]
    lines += [f"#define CONTRACT_KERNEL {int(program.flavour == 'K')}", "#define ENABLE_INTSAFE_SIGNED_FUNCTIONS 1",
              "#define RESHUB_USE_HELPER_ROUTINES 1"]
    lines += [f"#include <{name}>" for name in headers]
    lines += ['#include "contract_test.h"', '#include "special_checks.h"', ""]
    lines += program.declarations
    for index, (category, rows) in enumerate(program.categories.items()):
        lines += write_rows(category, rows, index)
    lines += ["static const contract_category contract_categories[] = {"]
    for index, category in enumerate(program.categories):
        minimum = MINIMA[program.flavour].get(category, 1)
        count = f"sizeof(contract_checks_{index}) / sizeof(contract_checks_{index}[0])"
        lines.append(f'    {{"{category}", contract_checks_{index}, {count}, {minimum}}},')
    return "\n".join(lines + ["};", write_summary(program)])


def write_summary(program):
    """What the counting program finds; in C++ the constant needs its earlier declaration to be visible to it."""
    return ("const contract_program contract_all = {contract_categories, "
            "sizeof(contract_categories) / sizeof(contract_categories[0]),\n"
            f"    {len(program.unchecked)}, {UNCHECKED_LIMIT[program.flavour]}, {program.other_configurations}}};\n")


def complaints(program):
    """What must not be: entries without check and reason, stale exceptions, too many exceptions."""
    listed = {name for name, flavour in program.exceptions if flavour == program.flavour}
    for name, reason in program.unchecked:
        if name not in listed:
            yield f"{name}: {reason}"
    used = {name for name, _ in program.used_exceptions}
    for name in sorted(listed - used):
        yield f"{name}: listed in exceptions.tsv, but the data of this flavour has no such entry"
    if len(program.unchecked) > UNCHECKED_LIMIT[program.flavour]:
        yield f"{len(program.unchecked)} entries are not checked, more than {UNCHECKED_LIMIT[program.flavour]}"


def main():
    arguments = read_arguments()
    program, headers = build_program(arguments)
    found = list(complaints(program))
    for complaint in found:
        print("contract: " + complaint, file=sys.stderr)
    with open(arguments.output, "w", encoding="utf-8") as stream:
        stream.write(write_program(program, headers))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
