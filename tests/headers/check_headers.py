#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles the published headers in every way that a driver may include them.

    check_headers.py --root PROJECT --build FOLDER alone|order|sources [--flavour kernel|user] COMPILER...

alone    each header as the first and only include, included twice
order    all headers of a flavour together, in 20 seeded random orders, beside the libc overlay
sources  the sources beside this script; see below

Compilers are given by name (gcc, clang, g++, clang++); one that is missing is a failure. A source says in its first comment
how it is to be tried, in one line that starts with "try:" and has these words:

    kernel, user    the flavours; without one the file name's first part chooses, anything but these means both
    c, c++          the languages; without one both
    clang++         only with Microsoft's rules for C++, which are what driver sources in C++ are written to
    unicode         also with UNICODE defined
    run             link and run it, exit code 0 is success; otherwise it is only compiled
    refused=TEXT    compiling must fail and the message must contain TEXT (underscores stand for spaces)

A source x.c beside which x_other.c stands is a program of two sources, and is run.
"""
import argparse
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

ORDERS = 20
JOBS = 2
TIME_LIMIT = 120
FLAVOUR_FOLDERS = {"kernel": "km", "user": "um"}
TABLE_FOLDERS = {"kernel": "kmdf", "user": "umdf"}
DEFINITIONS = {
    "kernel": ["-DDMF_KERNEL_MODE", "-D_KERNEL_MODE", "-DKMDF_VERSION_MAJOR=1", "-DKMDF_VERSION_MINOR=33"],
    "user": ["-DDMF_USER_MODE", "-DUMDF_VERSION_MAJOR=2", "-DUMDF_VERSION_MINOR=33"],
}
COMMON_FLAGS = ["-Wall", "-Wextra", "-Werror", "-Wno-multichar", "-Wno-unknown-pragmas", "-Wno-unused-parameter",
                "-fshort-wchar", "-fms-extensions", "-fno-strict-aliasing"]
COMPILER_FLAGS = {
    "gcc": ["-x", "c", "-std=gnu17"],
    "clang": ["-x", "c", "-std=gnu17", "-Wno-microsoft-anon-tag"],
    "g++": ["-x", "c++", "-std=gnu++17", "-Wno-missing-field-initializers"],
    "clang++": ["-x", "c++", "-std=gnu++17", "-Wno-microsoft-anon-tag", "-fms-compatibility",
                "-fms-compatibility-version=19.29", "-Wno-microsoft-goto", "-Wno-ignored-pragmas",
                "-Wno-ignored-pragma-optimize", "-Wno-null-conversion", "-Wno-null-arithmetic",
                "-Wno-missing-field-initializers"],
}
CXX_COMPILERS = ("g++", "clang++")
# Headers that only make sense in pairs: they open or close a packing region.
PACKING = re.compile(r"(pshpack\d+|pshpck16|poppack)\.h")


@dataclass
class Job:
    """One attempt: a name for the report, the command, the program to run afterwards, the message a refusal must have."""

    name: str
    command: list
    text: str = ""
    program: str = ""
    refused: str = ""


@dataclass
class Trial:
    """What the first comment of a source asks for."""

    flavours: list
    compilers: list
    definitions: list = field(default_factory=lambda: [[]])
    run: bool = False
    companions: list = field(default_factory=list)
    refused: str = ""


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--flavour", choices=FLAVOUR_FOLDERS, action="append")
    parser.add_argument("--only", default="", help="a regular expression that header and source names must match")
    parser.add_argument("subject", choices=("alone", "order", "sources"))
    parser.add_argument("compilers", nargs="+", choices=COMPILER_FLAGS)
    return parser.parse_args()


def include_folders(root, flavour):
    """The folders that DmfPublished.cmake gives to sources of the flavour, in the same order."""
    return [os.path.join(root, "nt/include", FLAVOUR_FOLDERS[flavour]), os.path.join(root, "nt/include/shared"),
            os.path.join(root, "nt/include/crt"), os.path.join(root, "wdf/include"),
            os.path.join(root, "wdf/include", TABLE_FOLDERS[flavour])]


def published_headers(root, flavour):
    """The names under which sources of the flavour include the published headers, without the libc overlay."""
    names = set()
    for folder in include_folders(root, flavour):
        if folder.endswith("/crt"):
            continue
        for parent, _, files in os.walk(folder):
            relative = os.path.relpath(parent, folder)
            if folder.endswith("wdf/include") and relative != ".":
                continue
            names.update(os.path.normpath(os.path.join(relative, file)) for file in files if file.endswith(".h"))
    return sorted(names)


def overlay_headers(root):
    """The libc headers that the overlay replaces, and a few that it leaves alone."""
    folder = os.path.join(root, "nt/include/crt")
    own = [name for name in os.listdir(folder) if name.endswith(".h")] if os.path.isdir(folder) else []
    return sorted(set(own) | {"stdarg.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "wchar.h"})


def command_for(compiler, root, flavour, extra=()):
    """The command that compiles standard input, or the sources named in extra, for one flavour."""
    folders = [flag for folder in include_folders(root, flavour) for flag in ("-I", folder)]
    return [compiler, *COMMON_FLAGS, *COMPILER_FLAGS[compiler], *DEFINITIONS[flavour], *folders, *extra]


def includes(names):
    return "".join(f"#include <{name}>\n" for name in names)


def alone_text(name):
    """A source that includes one header first and only, twice; packing headers get their counterpart."""
    if not PACKING.fullmatch(name):
        return includes([name, name])
    return includes([name, "poppack.h"] if name.startswith("psh") else ["pshpack1.h", name])


def alone_jobs(arguments, flavour, compiler):
    for name in published_headers(arguments.root, flavour):
        if re.search(arguments.only, name):
            command = command_for(compiler, arguments.root, flavour, ("-fsyntax-only", "-"))
            yield Job(f"{flavour} {compiler} {name}", command, alone_text(name))


def order_jobs(arguments, flavour, compiler):
    names = [name for name in published_headers(arguments.root, flavour) if not PACKING.fullmatch(name)]
    names += overlay_headers(arguments.root)
    for seed in range(ORDERS):
        shuffled = list(names)
        random.Random(seed).shuffle(shuffled)
        command = command_for(compiler, arguments.root, flavour, ("-fsyntax-only", "-"))
        yield Job(f"{flavour} {compiler} order {seed}", command, includes(shuffled))


def read_trial(path, arguments):
    """The Trial of a source: what its comment says, completed by what its name says."""
    with open(path, encoding="utf-8") as stream:
        match = re.search(r"^[ /*]*try: (.*?)(?: \*/)?$", stream.read(2000), re.M)
    words = match.group(1).split() if match else []
    prefix = os.path.basename(path).split("_")[0]
    flavours = [word for word in words if word in FLAVOUR_FOLDERS]
    flavours = flavours or ([prefix] if prefix in FLAVOUR_FOLDERS else list(FLAVOUR_FOLDERS))
    unicode_too = "unicode" in words or prefix == "user"
    refused = [word.split("=", 1)[1].replace("_", " ") for word in words if word.startswith("refused=")]
    companions = [other for other in [re.sub(r"(\.\w+)$", r"_other\1", path)] if os.path.exists(other)]
    return Trial(flavours, trial_compilers(words, path, arguments), [[], ["-DUNICODE", "-D_UNICODE"]] if unicode_too else [[]],
                 "run" in words or bool(companions), companions, "".join(refused))


def trial_compilers(words, path, arguments):
    """The compilers that a source is tried with."""
    if "clang++" in words:
        return [name for name in arguments.compilers if name == "clang++"]
    languages = [word for word in words if word in ("c", "c++")] or (["c++"] if path.endswith(".cpp") else ["c", "c++"])
    return [name for name in arguments.compilers if ("c++" if name in CXX_COMPILERS else "c") in languages]


def source_jobs(arguments):
    folder = os.path.dirname(os.path.abspath(__file__))
    sources = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith((".c", ".cpp"))]
    trials = {path: read_trial(path, arguments) for path in sources}
    companions = {path for trial in trials.values() for path in trial.companions}
    for path in sources:
        if path not in companions and re.search(arguments.only, os.path.basename(path)):
            yield from trial_jobs(arguments, path, trials[path])


def trial_jobs(arguments, path, trial):
    for flavour in trial.flavours:
        for compiler in trial.compilers:
            for number, definitions in enumerate(trial.definitions):
                yield trial_job(arguments, path, trial, (flavour, compiler, number, definitions))


def trial_job(arguments, path, trial, way):
    flavour, compiler, number, definitions = way
    folder = os.path.dirname(path)
    sources = [path] + trial.companions
    name = f"{os.path.basename(path)} {flavour} {compiler}" + (" unicode" if definitions else "")
    if not trial.run:
        extra = (*definitions, "-I", folder, "-fsyntax-only", *sources)
        return Job(name, command_for(compiler, arguments.root, flavour, extra), refused=trial.refused)
    program = os.path.join(arguments.build, re.sub(r"\W", "_", f"{os.path.basename(path)}_{flavour}_{compiler}_{number}"))
    extra = (*definitions, "-I", folder, "-O1", "-o", program, *sources)
    return Job(name, command_for(compiler, arguments.root, flavour, extra), program=program)


def all_jobs(arguments):
    if arguments.subject == "sources":
        yield from source_jobs(arguments)
        return
    make = alone_jobs if arguments.subject == "alone" else order_jobs
    for flavour in arguments.flavour or FLAVOUR_FOLDERS:
        for compiler in arguments.compilers:
            yield from make(arguments, flavour, compiler)


def execute(job):
    """The complaint about one job, empty when it did what it should."""
    try:
        done = subprocess.run(job.command, input=job.text, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
        if job.refused:
            return "" if done.returncode != 0 and job.refused in done.stderr else "was not refused as it should be:\n" + done.stderr
        if done.returncode != 0:
            return done.stderr
        if job.program:
            ran = subprocess.run([job.program], capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
            return "" if ran.returncode == 0 else f"exit code {ran.returncode}\n{ran.stdout}{ran.stderr}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return ""


def report(job, complaint):
    if complaint:
        lines = complaint.splitlines()
        print(f"FAIL {job.name}")
        print("\n".join("    " + line for line in lines[:12]))
        sys.stdout.flush()
    return not complaint


def main():
    arguments = read_arguments()
    os.makedirs(arguments.build, exist_ok=True)
    missing = [name for name in arguments.compilers if shutil.which(name) is None]
    for name in missing:
        print(f"FAIL compiler {name} is not installed")
    jobs = [job for job in all_jobs(arguments) if job.command[0] not in missing]
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        results = [report(job, complaint) for job, complaint in zip(jobs, pool.map(execute, jobs))]
    failed = results.count(False) + len(missing) + (not jobs)
    print(f"{results.count(True)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
