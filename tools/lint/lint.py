#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the rules that a compiler does not check; "./dev lint" runs it.

Each finding is one line, "path:line: rule: explanation". The rules are the functions in lintrules/, one each.
"""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from lintrules import calls, drivers, layers, layout, modules, shape, text  # noqa: E402 (the line above must come first)
from lintrules.tree import Tree  # noqa: E402

RULES = layers.RULES + text.RULES + calls.RULES + drivers.RULES + shape.RULES + layout.RULES + modules.RULES


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2], help="the tree to look at")
    parser.add_argument("--format", action="store_true", help="lay out the C sources instead of checking")
    parser.add_argument("--rules", action="store_true", help="list the rules")
    arguments = parser.parse_args()
    if arguments.rules:
        for rule in RULES:
            print(f"{rule.__name__}: {rule.__doc__}")
        return 0
    tree = Tree(arguments.root)
    if arguments.format:
        layout.apply(tree)
        return 0
    findings = [(rule, finding) for rule in RULES for finding in rule(tree)]
    for rule, finding in findings:
        print(f"{finding.path}:{finding.line}: {rule.__name__}: {finding.message}")
    print(f"lint: {len(RULES)} rules, {len(tree.files)} files, {len(findings)} findings; {shape.summary(tree)}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
