#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/user-guide-coverage.md: what DMF's user guide says, row by row, with the tests that prove it.

The rows are those of guide.tsv. Each test that is named must exist, and each name of the guide must occur in a test's source. What
our published headers have beyond the guide follows, with the test sources that use it. With --check nothing is written: the exit
status says whether the document is current and the table whole.
"""

import argparse
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests/dmf/guide.tsv"
DOCUMENT = ROOT / "docs/user-guide-coverage.md"
KINDS = {"api": "API", "macro": "macro", "callback": "callback", "option": "option", "structure": "structure", "rule": "rule",
         "convention": "convention"}
HAS_A_NAME = ("api", "macro", "callback", "option", "structure")

# The headers that Modules and Client Drivers see; the other ones are the framework's own.
HEADERS = ("DmfModule.h", "DmfDefinitions.h", "DmfInterface.h", "DmfIncludes.h", "DmfIncludes_KERNEL_MODE.h",
           "DmfIncludes_USER_MODE.h", "DmfTrace.h", "DmfVersion.h")
# Guards of headers, pieces that their macros are made of, and what a build defines.
PIECES = re.compile(r"_H$|_FIRST$|_SETTINGS$|_INTERNAL$|_$|Private$|^DMF_(DECLARE_MODULE_CREATE|INCLUDE_TMH|TAG\w*|HandleValidate_\w+|"
                    r"DispatchManualDestroy|CALLBACK_BIT|MODULE_VERIFY_TYPE|ALWAYS_USE_WDF_HANDLES\w*|DONT_INCLUDE_PEPFX|"
                    r"MODULE_DECLARE_LIVE_KERNEL_DUMP(_WITH)?|ModuleInterface(Bind|Unbind)|ObjectValidate|WDF_DRIVER|WIN32_MODE)$")

HEAD = """\
# Coverage of the user guide

Generated from `tests/dmf/guide.tsv` by `tests/dmf/guide_coverage.py`, which a test runs: it fails when this document is out of date,
when a test that is named does not exist, or when no test uses a name. `python3 tests/dmf/guide_coverage.py` renews it.

A test is named as `ctest` names it, without the flavour: `dmf.module.NAME` is run in the kernel and the user flavour, on the machine
and in the simulation. `compiled.NAME` is a source of that name in `tests/framework/`, the guide's examples in our words, which
compiles in both flavours as C and as C++. `lint.NAME` is a rule of `tools/lint`, which has tests of its own.

"""


def rows():
    """(kind, name or rule, section, tests, reason) of each row."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, name, section, tests, *reason = line.split("\t")
            yield kind, name, section, tests.split(), " ".join(reason)


def cases_of(path):
    """The cases that a test's source has in its table."""
    return set(re.findall(r"^    (?:CASE|STOPS|DEBUG_STOPS)\((\w+)", path.read_text(encoding="utf-8"), re.M))


class Tests:
    """What there is to name, and the sources in which each word occurs."""

    def __init__(self):
        self.cases = {"dmf." + path.name[: -len("_test.c")]: cases_of(path) for path in (ROOT / "tests/dmf").glob("*_test.c")}
        self.cases["framework"] = cases_of(ROOT / "tests/framework/framework_test.c")
        self.cases["skeleton"] = cases_of(ROOT / "tests/skeleton/skeleton_test.c")
        self.cases["compiled"] = {path.stem for path in (ROOT / "tests/framework").glob("guide_*.c")}
        self.cases["lint"] = set(re.findall(r"^    \w+\.(\w+): \($", (ROOT / "tests/lint/lint_test.py").read_text(), re.M))
        self.cases["dmf.library"] = set(re.findall(r"\btally[\w-]*", (ROOT / "tests/dmf/CMakeLists.txt").read_text()))
        self.words = {}
        for folder in ("dmf", "framework", "docs"):
            for pattern in ("*.[ch]", "CMakeLists.txt"):
                for path in sorted((ROOT / "tests" / folder).glob(pattern)):
                    for word in set(re.findall(r"\w+", path.read_text(encoding="utf-8"))):
                        self.words.setdefault(word, []).append(path)

    def exists(self, test):
        if test.startswith("docs."):
            return any(str(path.relative_to(ROOT)).replace("/", ".") == test[len("docs."):] for path in ROOT.glob("dmf/*/*.md"))
        program, _, name = test.rpartition(".")
        return name in self.cases.get(program, ())

    def users(self, name):
        """The test sources in which a name occurs; [ModuleName] stands for that of any Module."""
        if "[ModuleName]" not in name:
            return self.words.get(name, [])
        pattern = re.compile(r"[A-Za-z0-9]+".join(re.escape(part) for part in name.split("[ModuleName]")))
        return [path for word, paths in self.words.items() if pattern.fullmatch(word) for path in paths]


def published_names():
    """What our published headers declare for Modules and Client Drivers."""
    text = "\n".join((ROOT / "dmf/framework" / header).read_text(encoding="utf-8") for header in HEADERS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    names = re.findall(r"\b(?:DECLARE_DMF|EVT_DMF|DMF)_[A-Za-z0-9_]+\b", text)
    return sorted({name for name in names if not PIECES.search(name)})


def findings(table, tests):
    """Everything that is wrong, as texts."""
    for kind, name, section, named, reason in table:
        if kind not in KINDS:
            yield f"{name}: there is no kind {kind}"
        if not named and not reason:
            yield f"{name} ({section}): no test proves it, and nothing says why"
        yield from (f"{name} ({section}): there is no test {test}" for test in named if not tests.exists(test))
        if kind in HAS_A_NAME and not tests.users(name):
            yield f"{name} ({section}): no test uses it"
    for name in beyond(table):
        if not tests.users(name):
            yield f"{name}: a published header has it, neither the table nor a test does"


def beyond(table):
    """The published names that the guide does not have."""
    named = {name for kind, name, *_ in table if kind in HAS_A_NAME}
    patterns = [re.compile(re.escape(name).replace(re.escape("[ModuleName]"), r"[A-Za-z0-9]+")) for name in named if "[" in name]
    return [name for name in published_names()
            if name not in named and not any(pattern.fullmatch(name) for pattern in patterns)]


def totals(table):
    lines = ["| kind | rows | with tests |", "|---|---|---|"]
    for kind, text in KINDS.items():
        chosen = [row for row in table if row[0] == kind]
        lines.append(f"| {text} | {len(chosen)} | {sum(bool(row[3]) for row in chosen)} |")
    return lines


def document(table, tests):
    lines = totals(table)
    section = None
    for kind, name, heading, named, reason in table:
        if heading != section:
            section = heading
            lines += ["", f"## {section}", "", "| what | tests |", "|---|---|"]
        what = f"{KINDS[kind]} `{name}`" if kind in HAS_A_NAME else name
        lines.append(f"| {what} | {'<br>'.join(f'`{test}`' for test in named) or 'none: ' + reason} |")
    lines += ["", "## Published names beyond the guide", "", "What our headers have because later versions of DMF do, and the tests' "
              "sources that use it.", "", "| name | sources |", "|---|---|"]
    for name in beyond(table):
        lines.append(f"| `{name}` | {', '.join(path.name for path in tests.users(name)[:3])} |")
    return HEAD + "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say whether the document is current")
    arguments = parser.parse_args()
    table = list(rows())
    tests = Tests()
    wrong = list(findings(table, tests))
    text = document(table, tests)
    if arguments.check and (not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != text):
        wrong.append("docs/user-guide-coverage.md is out of date: python3 tests/dmf/guide_coverage.py")
    if not arguments.check:
        DOCUMENT.write_text(text, encoding="utf-8")
    print("\n".join(textwrap.shorten(finding, 300) for finding in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
