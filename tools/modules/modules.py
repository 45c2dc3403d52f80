#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/modules.md: each Module, its flavours and tests, and how far the tests reach.

What Modules, flavours and tests there are is read from the tree. The coverage and the executions of the fuzzers are measured:
--coverage names a tree of the preset "coverage" whose tests have run, --fuzz a folder with logs of fuzzers, PROGRAM.log. What is
not measured anew stays as the document has it, with its date. --check only tells whether Modules, flavours and tests are listed; numbers,
also those of cases, may be older.

Branches are those of the compiler, but for the lines of assertions, trace statements and declarations: what they decide is whether
a build is a debug build, or somebody listens. Both flavours are compiled from one source; the table has the sum of them.
"""

import argparse
import datetime
import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/modules.md"
FOLDERS = ["dmf/modules.core"]
FLAVOURS = ("kernel", "user")
# Statements that are there for debug builds and readers of traces.
ASIDE = re.compile(r"^\s*(DmfAssert|DmfVerifierAssert|DMFMODULE_VALIDATE_\w+|DMF_HandleValidate_\w+|TraceEvents|TraceInformation|"
                   r"TraceVerbose|TraceError|FuncEntry\w*|FuncExit\w*|PAGED_CODE|DMF_MODULE_DECLARE_\w+|"
                   r"WDF_DECLARE_\w+)\s*\(")

HEAD = """# Modules

Written by `tools/modules/modules.py`; a test tells when a Module, a flavour or a test is missing here. The numbers are those of the day
that stands beside them. Branches are the compiler's in both flavours, without those of assertions, trace statements and declarations. Cases
count once, and run in both flavours, on threads and in the simulation; fuzz executions are those of the run on that day.

| Module | flavours | tests, below `dmf.` (cases) | lines | branches | measured | fuzz executions | fuzzed |
|---|---|---|---|---|---|---|---|
"""


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def modules():
    return [path.stem[len("Dmf_"):] for folder in FOLDERS for path in sorted(Path(ROOT, folder).glob("Dmf_*.c"))]


def tests_of(module):
    """The programs about a Module, by the name of the file, and the number of cases of each."""
    found = []
    for path in sorted(Path(ROOT, "tests/dmf").glob(f"{snake(module)}*_test.c")):
        cases = len(re.findall(r"[ \n](?:CASE|STOPS|DEBUG_STOPS)\(\s*[a-z0-9_]+", path.read_text()))
        found.append(f"{path.name[:-len('_test.c')]} ({cases})")
    return ", ".join(found) or "none"


def aside_lines(text):
    """The numbers of the lines of statements that do not count."""
    numbers = set()
    within = False
    for number, line in enumerate(text.split("\n"), 1):
        within = within or bool(ASIDE.match(line))
        if within:
            numbers.add(number)
            within = ";" not in line and not line.startswith(("DMF_MODULE_DECLARE", "WDF_DECLARE"))
    return numbers


def gcov(data):
    """What gcov says about the file that was compiled with these counters."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gcov", "--json-format", "--branch-probabilities", str(data.resolve())], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in Path(folder).glob("*.gz"):
            for file in json.loads(gzip.decompress(path.read_bytes()))["files"]:
                yield file


def coverage(build, module, missing):
    """Lines and branches that are there and that were reached: four numbers, over the flavours. None where nothing has run."""
    sums = [0, 0, 0, 0]
    source = next(Path(ROOT, folder, f"Dmf_{module}.c") for folder in FOLDERS)
    aside = aside_lines(source.read_text())
    for flavour in FLAVOURS:
        data = build / f"dmf/CMakeFiles/dmf_framework_{flavour}.dir" / source.parent.name / f"{source.name}.gcda"
        files = [file for file in gcov(data) if file["file"].endswith(source.name)] if data.exists() else []
        for line in (line for file in files for line in file["lines"] if line["line_number"] not in aside):
            branches = [branch for branch in line["branches"] if not branch["throw"]]
            taken = sum(branch["count"] > 0 for branch in branches)
            sums = [a + b for a, b in zip(sums, (1, line["count"] > 0, len(branches), taken))]
            if missing and (line["count"] == 0 or taken < len(branches)):
                print(f"{source.relative_to(ROOT)}:{line['line_number']}: {flavour}: {taken} of {len(branches)} branches")
    return sums if sums[0] else None


def executions(logs, module):
    """How many inputs the fuzzers of both flavours have run."""
    found = [re.search(r"number_of_executed_units: (\d+)", path.read_text(errors="replace"))
             for path in (logs / f"{snake(module)}{end}.log" for end in ("", "-user")) if path.exists()]
    return sum(int(match.group(1)) for match in found if match) or None


def known_numbers():
    """The measured columns of the document as it is, by Module."""
    if not DOCUMENT.exists():
        return {}
    rows = (line.strip("| ").split(" | ") for line in DOCUMENT.read_text().split("\n") if line.startswith("| "))
    return {row[0]: row[3:] for row in rows if len(row) == 8}


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "none"


def document(arguments):
    known = known_numbers()
    today = datetime.date.today().isoformat()
    text = HEAD
    for module in modules():
        numbers = known.get(module, ["not yet"] * 5)
        reached = coverage(arguments.coverage, module, arguments.missing) if arguments.coverage else None
        if reached:
            numbers[:3] = [percent(reached[1], reached[0]), percent(reached[3], reached[2]), today]
        executed = executions(arguments.fuzz, module) if arguments.fuzz else None
        if executed:
            numbers[3:] = [f"{executed:,}", today]
        text += "| " + " | ".join([module, ", ".join(FLAVOURS), tests_of(module)] + numbers) + " |\n"
    return text


def listed(text):
    """The part that can be told without measuring: Modules, flavours and test programs."""
    return [re.sub(r" \(\d+\)", "", "|".join(line.split("|")[:4])) for line in text.split("\n") if line.startswith("| ")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coverage", type=Path, help="a tree of the preset coverage")
    parser.add_argument("--fuzz", type=Path, help="a folder with logs of fuzzers")
    parser.add_argument("--missing", action="store_true", help="print the places that the tests do not reach")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the document is not current")
    arguments = parser.parse_args()
    text = document(arguments)
    if not arguments.check:
        DOCUMENT.write_text(text)
    elif not DOCUMENT.exists() or listed(DOCUMENT.read_text()) != listed(text):
        sys.exit("docs/modules.md is not current: run tools/modules/modules.py")


if __name__ == "__main__":
    main()
