# SPDX-License-Identifier: MIT
"""The files that lint looks at: what each is, its text, and its code without comments and literals."""

import functools
import os
import re
from pathlib import Path

# .git is a file where the tree is one of several that share a repository.
SKIPPED = {".git", "build", "__pycache__"}
C_SUFFIXES = {".c", ".h", ".cpp", ".hpp", ".cc", ".inl"}

TOKEN = re.compile(r"""
    (?P<comment> /\*.*?\*/ | //[^\n]* )
  | (?P<literal> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
  | (?P<include> ^[ \t]*\#[ \t]*include[^\n]* )
""", re.VERBOSE | re.DOTALL | re.MULTILINE)


def blank(text):
    """Replaces everything but line ends with spaces, so that lines and columns stay where they are."""
    return re.sub(r"[^\n]", " ", text)


class Finding:
    """One place that breaks one rule."""

    def __init__(self, path, line, message):
        self.path, self.line, self.message = path, line, message


class File:
    """One file of the tree, by its path relative to the root."""

    def __init__(self, root, path):
        self.path = path
        self.full = Path(root, path)
        self.parts = path.split("/")
        self.suffix = os.path.splitext(path)[1]

    @functools.cached_property
    def bytes(self):
        return self.full.read_bytes()

    @property
    def is_binary(self):
        return b"\0" in self.bytes

    @functools.cached_property
    def text(self):
        return self.bytes.decode("utf-8", "replace")

    @functools.cached_property
    def lines(self):
        return self.text.split("\n")

    @functools.cached_property
    def code(self):
        """C code with comments blanked and literals emptied; include lines stay whole."""
        def replace(match):
            if match.lastgroup == "include":
                return match.group()
            if match.lastgroup == "literal":
                literal = match.group()
                return literal[0] + blank(literal[1:-1]) + literal[-1]
            return blank(match.group())
        return TOKEN.sub(replace, self.text)

    @property
    def is_c(self):
        return self.suffix in C_SUFFIXES

    @property
    def is_source(self):
        """What people write as code; documents, data and settings are not."""
        return (self.is_c or self.suffix in {".py", ".sh", ".cmake", ".S"} or self.parts[-1] == "CMakeLists.txt"
                or self.path in {"dev", ".ci/run"})

    @property
    def is_published(self):
        """The headers that drivers see. Their names, sizes and lengths are given from outside."""
        return self.path.startswith(("nt/include/", "wdf/include/"))

    @property
    def is_data(self):
        """Facts and inputs of tests, and the programs that benchmarks compare with: kept as they came."""
        if self.path.startswith("bench/anchors/"):
            return True
        return self.parts[0] in {"tests", "fuzz"} and (self.suffix == ".tsv" or not {"data", "corpus"}.isdisjoint(self.parts[1:-1]))

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def finding(self, line, message):
        return Finding(self.path, line, message)


class Tree:
    """All files under a root."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = [File(root, path) for path in sorted(self._paths())]

    def _paths(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in SKIPPED]
            for name in set(names) - SKIPPED:
                yield Path(folder, name).relative_to(self.root).as_posix()

    def find(self, path):
        return next((file for file in self.files if file.path == path), None)
