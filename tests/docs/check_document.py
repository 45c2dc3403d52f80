#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tries every fenced block of a Markdown document, and follows its links and the paths that it names.

What follows the opening fence says what happens to a block:

  ```sh run          the shell runs it in the root of the project, with the tree's programs in PATH; it must succeed, or end
                     with 77 where the machine lacks what it needs
  ```sh command      its lines are "./dev ..." commands; each must be one that "./dev help" knows (for commands that would run
                     the tests from within the tests)
  ```c               what a Module's Client writes; it must compile without warnings in both flavours
  ```c kernel        a file of a kernel-flavour driver; it must compile without warnings
  ```c user          a file of a user-flavour driver
  ```c program       an ordinary Linux program; it must compile
  ```c case FILE     an excerpt of a test, word for word, so that it is compiled and run there
  ```cmake project   the CMakeLists.txt of a project that has this one in its folder "dmf"; CMake must configure it (the sources
                     that it names exist, empty)
  ```text            nothing to try: pictures, output, tables

A block marked otherwise is an error, so that no block escapes.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
PATH = re.compile(r"(?<!`)`([\w.-]+/[\w./-]*)`(?!`)")
PLANS = {"docs/design.md"}  # says what will be, so it names files that do not exist yet
WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-multichar", "-Wno-unknown-pragmas", "-Wno-unused-parameter"]
FLAVOURS = {
    "kernel": (["-DDMF_KERNEL_MODE", "-D_KERNEL_MODE", "-DKMDF_VERSION_MAJOR=1", "-DKMDF_VERSION_MINOR=33"], "km", "kmdf"),
    "user": (["-DDMF_USER_MODE", "-DUMDF_VERSION_MAJOR=2", "-DUMDF_VERSION_MINOR=33"], "um", "umdf"),
}


SKIPPED = 77


class Skipped(Exception):
    """A block cannot be tried on this machine."""


class Block:
    """One fenced block: what its fence says, its text and the line it starts on."""

    def __init__(self, info, body, line):
        self.info, self.body, self.line = info.strip(), body, line


def blocks_of(text):
    return [Block(match["info"], match["body"], text.count("\n", 0, match.start()) + 1) for match in FENCE.finditer(text)]


def run(command, **options):
    """Runs a command and returns what it said if it failed, else nothing."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **options)
    if done.returncode == SKIPPED:
        raise Skipped(done.stdout)
    return None if done.returncode == 0 else done.stdout or f"exit status {done.returncode}"


class Checker:
    """Tries the blocks of one document."""

    def __init__(self, root, build, document):
        self.root, self.build, self.document = Path(root).resolve(), Path(build).resolve(), document
        self.text = (self.root / document).read_text(encoding="utf-8")
        self.skipped = []
        self.actions = {
            "sh run": self.run_shell, "sh command": self.check_commands, "c": self.compile_module, "c kernel": self.compile_driver,
            "c user": self.compile_driver, "c program": self.compile_program, "cmake project": self.configure_project,
            "text": lambda block: None,
        }

    def failures(self):
        """Yields line and explanation of everything that does not hold."""
        for block in blocks_of(self.text):
            action = self.check_excerpt if block.info.startswith("c case ") else self.actions.get(block.info)
            if not action:
                yield block.line, f'the block is marked "{block.info}"; it must be one of: {", ".join(self.actions)}'
                continue
            try:
                said = action(block)
            except Skipped as skipped:
                self.skipped.append(f"line {block.line}: {str(skipped).rstrip()}")
                continue
            if said:
                yield block.line, f"the {block.info} block failed:\n{said.rstrip()}"
        prose = FENCE.sub(lambda fence: "\n" * fence.group().count("\n"), self.text)
        yield from self.missing(prose, LINK, (self.root / self.document).parent)
        if self.document not in PLANS:
            yield from self.missing(prose, PATH, self.root)

    def missing(self, prose, pattern, base):
        """Links, and paths in `code` that begin with a folder of the project, lead to something."""
        for match in pattern.finditer(prose):
            path = match.group(1)
            if pattern is PATH and not (base / path.split("/")[0]).is_dir() or path.startswith("build/"):
                continue
            if path and not (base / path).exists():
                yield prose.count("\n", 0, match.start()) + 1, f"there is no {path}"

    def run_shell(self, block):
        environment = dict(os.environ, DMF_BUILD_DIR=str(self.build))
        environment["PATH"] = f"{self.build}/bin:{environment['PATH']}"
        return run(["sh", "-eu", "-c", block.body], cwd=self.root, env=environment)

    def check_commands(self, block):
        usage = subprocess.run(["./dev", "help"], cwd=self.root, stdout=subprocess.PIPE, text=True, check=True).stdout
        known = {line.split()[0]: line for line in usage.splitlines() if line.startswith("  ")}
        for line in block.body.splitlines():
            words = line.split("#")[0].split()
            if not words:
                continue
            if words[0] != "./dev" or len(words) < 2 or words[1] not in known:
                return f'"{line}" is not a command of ./dev'
            unknown = [word for word in words[2:] if word.startswith("--") and word not in known[words[1]]]
            if unknown:
                return f"./dev {words[1]} has no option {unknown[0]}"
        return None

    def compile(self, block, options):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "example.c")
            source.write_text(block.body, encoding="utf-8")
            return run(["gcc", "-std=gnu17", *WARNINGS, *options, "-fsyntax-only", str(source)])

    def compile_module(self, block):
        """What a Module's Client writes is the same in both flavours, and begins with the Library's headers."""
        body = '#include "DmfModule.h"\n#include "DmfModules.Core.h"\n' + block.body
        said = [self.compile_driver(Block(f"c {flavour}", body, block.line)) for flavour in FLAVOURS]
        return "\n".join(filter(None, said)) or None

    def compile_driver(self, block):
        definitions, headers, table = FLAVOURS[block.info.split()[1]]
        folders = [f"nt/include/{headers}", "nt/include/shared", "nt/include/crt", "wdf/include", f"wdf/include/{table}",
                   "dmf/framework", "dmf/modules.core", "dmf/modules.library"]
        includes = [f"-I{self.root / folder}" for folder in folders if (self.root / folder).is_dir()]
        return self.compile(block, ["-fshort-wchar", "-fms-extensions", *definitions, *includes])

    def check_excerpt(self, block):
        path = self.root / block.info.split()[2]
        if not path.is_file():
            return f"there is no {block.info.split()[2]}"
        return None if block.body in path.read_text(encoding="utf-8") else "the test does not say that"

    def compile_program(self, block):
        return self.compile(block, ["-D_GNU_SOURCE"])

    def configure_project(self, block):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "dmf").symlink_to(self.root)
            Path(folder, "CMakeLists.txt").write_text(block.body, encoding="utf-8")
            for name in re.findall(r"(?<![\w/])[\w-]+\.(?:c|cpp|h)\b", block.body):
                Path(folder, name).write_text("", encoding="utf-8")
            return run(["cmake", "-G", "Ninja", "-S", folder, "-B", f"{folder}/build"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", required=True, help="the root of the project")
    parser.add_argument("--build", required=True, help="a built tree")
    parser.add_argument("document", help="path of the document below the root")
    arguments = parser.parse_args()
    checker = Checker(arguments.root, arguments.build, arguments.document)
    failures = list(checker.failures())
    for line, message in failures:
        print(f"{arguments.document}:{line}: {message}")
    for reason in checker.skipped:
        print(f"{arguments.document}: skipped, {reason}")
    print(f"{arguments.document}: {len(blocks_of(checker.text))} blocks, {len(failures)} failures")
    if failures:
        return 1
    return SKIPPED if checker.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
