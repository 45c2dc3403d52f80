# SPDX-License-Identifier: MIT
"""Rules about the text of files, whatever their language."""

import re

# Lint and its tests name what they look for.
SPEAKS_OF_RULES = ("tools/lint/", "tests/lint/")

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|^[ \t]*#[ \t]*if[ \t]+0\b", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|farm|root|Users)/[\w.]|(?<![\w.])/tmp/[a-z]+-?main\b")


def texts(tree):
    return (file for file in tree.files if not file.is_binary and not file.is_data)


def licence_line(tree):
    """Every source names its licence in the first three lines."""
    for file in texts(tree):
        if file.is_source and file.bytes and not any("SPDX-License-Identifier: MIT" in line for line in file.lines[:3]):
            yield file.finding(1, "no SPDX-License-Identifier: MIT in the first three lines")


def unfinished_work(tree):
    """Nothing is left for later by a mark in the source; that is what issues are for."""
    for file in texts(tree):
        if not file.path.startswith(SPEAKS_OF_RULES):
            for match in UNFINISHED.finditer(file.text):
                yield file.finding(file.line_of(match.start()), f"unfinished work: {match.group().strip()}")


def machine_paths(tree):
    """No path of one person's machine."""
    for file in texts(tree):
        if not file.path.startswith(SPEAKS_OF_RULES):
            for match in MACHINE_PATH.finditer(file.text):
                yield file.finding(file.line_of(match.start()), f"path of one machine: {match.group()}...")


def white_space(tree):
    """Spaces, no tabs; no space at the end of a line; Unix line ends; one line end at the end of the file."""
    for file in texts(tree):
        for number, line in enumerate(file.lines, 1):
            if line.endswith("\r"):
                yield file.finding(number, "Windows line end")
            elif line != line.rstrip():
                yield file.finding(number, "white space at the end of the line")
            if "\t" in line:
                yield file.finding(number, "tab")
        if file.text and not file.text.endswith("\n"):
            yield file.finding(len(file.lines), "no line end at the end of the file")
        elif file.text.endswith("\n\n"):
            yield file.finding(len(file.lines) - 1, "empty line at the end of the file")


def changelog(tree):
    """The changelog has an Unreleased section with something in it."""
    file = tree.find("CHANGELOG.md")
    if not file:
        return
    match = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", file.text, re.MULTILINE | re.DOTALL)
    if not match or not re.search(r"^- ", match.group(1), re.MULTILINE):
        yield file.finding(1, 'no "## [Unreleased]" section with an entry')


RULES = [licence_line, unfinished_work, machine_paths, white_space, changelog]
