#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that wherever the engine calls a driver's callback, the verifier is told before and after, so that V39, V40 and V49 hold
for every callback. What is called by the name of unverified is a callback of a driver that nobody verifies."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(
    r"(?:->|\.)(?:Evt\w+|evt_\w+)\(|(?:\b(?:callback|routine|function|handler|notify)|->cleanup|->destroy|\bcall)\((?:wdfobj_handle|handle_of|file_handle|handle\b)"
)
BEGINS = re.compile(r"verifier_callback_enter(?:ed)?\(|device_callback_begins\(|wmi_call_begin\(")
ENDS = re.compile(r"verifier_callback_(?:leave|left)\(|device_callback_ends\(|wmi_call_end\(")
# It has no object yet, and is called while the driver is bound.
EXEMPT = "EvtDriverGetUniqueContextType"


def outside(text):
    """The numbers of the lines with calls outside a pair. A line of a function's end or beginning ends an open pair."""
    is_open = False
    found = []
    pending = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("}"):
            found += pending
            pending = []
            is_open = False
        if BEGINS.search(line):
            is_open = True
        elif ENDS.search(line):
            is_open = False
            pending = []
        elif CALL.search(line) and EXEMPT not in line and not line.lstrip().startswith(("/*", "*")):
            (pending if is_open else found).append(number)
    return found


def main():
    findings = []
    calls = 0
    for path in sorted((ROOT / "wdf").glob("*.[ch]")):
        text = path.read_text(encoding="utf-8")
        calls += len(CALL.findall(text))
        findings += [f"wdf/{path.name}:{line}: a callback is called that the verifier does not see" for line in outside(text)]
    if calls < 40:
        findings.append(f"only {calls} calls of callbacks were found: the expression is out of date")
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
