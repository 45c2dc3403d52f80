# SPDX-License-Identifier: MIT
"""The layout of our own C sources: what clang-format makes of them, or the DMF conventions."""

import re
import shutil
import subprocess
from pathlib import Path

STYLE = Path(__file__).resolve().parents[3] / ".clang-format"
BATCH = 64
WIDTH = 125

# Laid out by hand: what follows the conventions of the DMF user guide, which clang-format cannot express.
DMF_STYLE = ("dmf/", "samples/", "drivers/")


def formatted(tree):
    return [file for file in tree.files
            if file.is_c and not file.is_published and not file.is_data and not file.path.startswith(DMF_STYLE)]


def run_clang_format(files, *options):
    """Runs clang-format over the files, some at a time, and returns what it says."""
    said = ""
    for first in range(0, len(files), BATCH):
        names = [str(file.full) for file in files[first:first + BATCH]]
        said += subprocess.run(["clang-format", f"--style=file:{STYLE}", *options, *names],
                               stderr=subprocess.PIPE, text=True, check=False).stderr
    return said


def layout(tree):
    """./dev format changes nothing."""
    if not shutil.which("clang-format"):
        yield tree.files[0].finding(1, "clang-format is not installed")
        return
    files = formatted(tree)
    paths = {str(file.full): file for file in files}
    said = run_clang_format(files, "--dry-run", "--ferror-limit=1")
    for path, line in re.findall(r"^(.+?):(\d+):\d+: (?:warning|error): ", said, re.MULTILINE):
        yield paths[path].finding(int(line), "not laid out as .clang-format says; run ./dev format")


def dmf_layout(tree):
    """What follows the DMF conventions: braces stand alone, one statement a line, lines of at most 125 columns."""
    for file in tree.files:
        if not file.is_c or not file.path.startswith(DMF_STYLE):
            continue
        for number, (line, code) in enumerate(zip(file.lines, file.code.split("\n")), 1):
            if len(line) > WIDTH:
                yield file.finding(number, f"the line has {len(line)} columns; the limit is {WIDTH}")
            if re.search(r"(\)|\belse|\bdo)\s*\{\s*$|^\s*\}\s*else\b", code):
                yield file.finding(number, "the brace does not stand alone")
            elif re.search(r"\);\s*(if|for|while|switch|return)\b", code):
                yield file.finding(number, "two statements in one line")


def apply(tree):
    run_clang_format(formatted(tree), "-i")


RULES = [layout, dmf_layout]
