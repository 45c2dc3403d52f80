#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks verifier_rules.tsv: the cases that it names are cases of the tests, every rule that a test is named for is in it, and every
rule has its page, which the index links."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cases():
    """The functions of each test program that are cases, or that cases run."""
    found = {}
    for path in sorted((ROOT / "tests/wdf").glob("*_test.c")):
        text = path.read_text(encoding="utf-8")
        found[path.name[: -len("_test.c")]] = set(re.findall(r"^static [^\n]*?\b(\w+)\([^\n]*\)$", text, re.M))
    return found


def main():
    found = cases()
    findings = []
    rules = set()
    for line in (ROOT / "tests/wdf/verifier_rules.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        rule, due, breaking, silent = line.split("\t")
        if due == "*" and "-" in (breaking, silent):
            findings.append(f"{rule} is due, and lacks a case that breaks it or a near miss")
        rules.add(rule)
        for case in (breaking, silent):
            program, _, name = case.partition(".")
            if case != "-" and name not in found.get(program, set()):
                findings.append(f"{rule}: there is no case {case}")
    named = {"V" + number for names in found.values() for name in names for number in re.findall(r"^v(\d\d)_", name)}
    findings += [f"{rule} has a case, and no row" for rule in sorted(named - rules)]
    index = (ROOT / "docs/verifier/README.md").read_text(encoding="utf-8")
    for rule in re.findall(r"^    RULE_(V\d\d),", (ROOT / "wdf/verifier.h").read_text(encoding="utf-8"), re.M):
        if not (ROOT / f"docs/verifier/{rule}.md").is_file() or f"]({rule}.md)" not in index:
            findings.append(f"{rule} has no page, or the index does not link it")
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
