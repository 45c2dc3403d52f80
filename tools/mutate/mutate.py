#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Changes one thing in the engine's code at a time and sees whether a test notices.

A mutant that no test kills is a rule that nobody checks, or code that does nothing. The copy of the tree that is changed lies
in the build folder; the sources themselves stay as they are. The sample is drawn by a seed, so a run can be repeated.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

# What is changed: a pattern for a line of a function's body, and what takes its place. One match of one pattern is a mutant.
OPERATORS = [
    ("condition negated", re.compile(r"\b(if|while) \((?P<what>.*)\)$"), lambda m: f"{m.group(1)} (!({m.group('what')}))"),
    ("and for or", re.compile(r" \|\| "), lambda m: " && "),
    ("or for and", re.compile(r" && "), lambda m: " || "),
    ("== for !=", re.compile(r" != "), lambda m: " == "),
    ("!= for ==", re.compile(r" == "), lambda m: " != "),
    ("<= for <", re.compile(r" < "), lambda m: " <= "),
    ("> for >=", re.compile(r" >= "), lambda m: " > "),
    ("- for +", re.compile(r" \+ "), lambda m: " - "),
    ("false for true", re.compile(r"\btrue\b"), lambda m: "false"),
    ("true for false", re.compile(r"\bfalse\b"), lambda m: "true"),
    ("FALSE for TRUE", re.compile(r"\bTRUE\b"), lambda m: "FALSE"),
    ("TRUE for FALSE", re.compile(r"\bFALSE\b"), lambda m: "TRUE"),
    ("another status", re.compile(r"\bSTATUS_(?!SUCCESS\b)[A-Z_0-9]+"), lambda m: "STATUS_BAD_STACK"),
    ("failure for success", re.compile(r"\bSTATUS_SUCCESS\b"), lambda m: "STATUS_BAD_STACK"),
    ("call left out", re.compile(r"^(    +)(?:\(void\))?[A-Za-z_]+\(.*\);$"), lambda m: m.group(1) + ";"),
    ("assignment left out", re.compile(r"^(    +)[A-Za-z_]+(?:->|\.)[A-Za-z_.>-]+ = .*;$"), lambda m: m.group(1) + ";"),
    ("increment left out", re.compile(r"^(    +)[a-z_>.-]+(?:\+\+|--);$"), lambda m: m.group(1) + ";"),
]

# A mutation of what only tells somebody what happened is not a rule.
NOT_A_RULE = re.compile(r"report|printf|_require\(|platform_pause|\bstatic const\b|\b(Trace|FuncE|DmfAssert|PAGED_CODE|UNREFERENCED_)"
                        r"|^\s*(\*|/\*|//|#)")


# A rule that only one order of events in so many would show is a matter for the storm and the races, not for a sample.
SEEDS = "20"


class Mutant:
    """One change of one line."""

    def __init__(self, path, line, what, before, text):
        self.path, self.line, self.what, self.before, self.text = path, line, what, before, text

    def __str__(self):
        return f"{self.path}:{self.line + 1}: {self.what}: {self.before.strip()}"


def mutants_of(root, path):
    """All changes of one file."""
    inside = False
    for number, line in enumerate((root / path).read_text().split("\n")):
        if line == "{":
            inside = True
        elif line.startswith("}"):
            inside = False
        if not inside or NOT_A_RULE.search(line):
            continue
        for what, pattern, replacement in OPERATORS:
            for match in pattern.finditer(line):
                yield Mutant(path, number, what, line, line[: match.start()] + replacement(match) + line[match.end() :])


def copy_tree(root, target):
    """Copies what the repository has, and leaves what is the same, so that little is built again."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True).stdout
    wanted = {name for name in listed.split("\0") if name and (root / name).is_file()}
    for name in wanted:
        source, copy = root / name, target / name
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
            os.utime(copy)
    for copy in [path for path in target.rglob("*") if path.is_file() and "build" not in path.relative_to(target).parts[:1]]:
        if str(copy.relative_to(target)) not in wanted:
            copy.unlink()


class Laboratory:
    """The copy of the tree, its build, and the tests that are to notice."""

    def __init__(self, root, folder, arguments):
        self.tree, self.build, self.tests, self.jobs = folder / "tree", folder / "build", arguments.tests, arguments.jobs
        self.targets = arguments.targets
        copy_tree(root, self.tree)

    def run(self, command, limit):
        """The output, or None when it failed or took too long. What it started ends with it."""
        process = subprocess.Popen(command, cwd=self.tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True, env=os.environ | {"DMF_SEEDS_MOST": SEEDS})
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            return None
        return output if process.returncode == 0 else None

    def make(self, targets, limit=1800):
        """Builds. The tests' own programs are linked with the runtime's library and stay as they are; DMF is part of them."""
        return self.run(["cmake", "--build", str(self.build), "-j", str(self.jobs), "--target", *targets], limit)

    def prepare(self):
        """Configures and builds everything once."""
        if self.run(["cmake", "-G", "Ninja", "-S", ".", "-B", str(self.build), "-DCMAKE_BUILD_TYPE=Debug"], 300) is None:
            raise SystemExit("mutate: the copy of the tree cannot be configured")
        if self.make(["all"]) is None:
            raise SystemExit("mutate: the copy of the tree does not build")

    def test(self, limit, subject=None):
        """Whether all tests pass; with a subject, only those of the tests in the simulation whose program's name begins with it."""
        chosen = ["-R", self.tests] if subject is None else ["-R", rf"^[a-z]+\.{subject}.*_simulation\."]
        return self.run(["ctest", "--test-dir", str(self.build), *chosen, "-j", str(self.jobs), "--stop-on-failure",
                         "--timeout", "20"], limit) is not None

    def notices(self, mutant, limit):
        """Whether a test fails. Those of the file's subject come first, because they usually do, and say so soon."""
        return not self.test(limit, mutant.path.stem.split("_")[0]) or not self.test(limit)

    def try_mutant(self, mutant, limit):
        """"killed", "alive" or "does not build"."""
        path = self.tree / mutant.path
        original = path.read_text()
        lines = original.split("\n")
        lines[mutant.line] = mutant.text
        try:
            path.write_text("\n".join(lines))
            if self.make(self.targets) is None:
                return "does not build"
            return "killed" if self.notices(mutant, limit) else "alive"
        finally:
            path.write_text(original)


def report(results, minimum):
    """Prints what became of the mutants and returns the exit status."""
    killed, alive = (sum(result == wanted for _, result in results) for wanted in ("killed", "alive"))
    rate = 100 * killed // max(1, killed + alive)
    for mutant, result in results:
        if result == "alive":
            print(f"not noticed: {mutant}")
    print(f"mutate: {killed} of {killed + alive} changes noticed ({rate} %, at least {minimum} % expected)")
    return 0 if killed + alive > 0 and rate >= minimum else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", required=True, help="the folder for the copy of the tree and its build")
    parser.add_argument("--sources", nargs="+", default=["wdf/*.c"], help="patterns of the files that are changed")
    parser.add_argument("--tests", default=r"^(wdf|skeleton)\.", help="the tests that are to notice")
    parser.add_argument("--targets", nargs="+", default=["dmf_runtime", "dmf_runtime_simulation"],
                        help="what is built after each change: the programs themselves, where they contain the sources")
    parser.add_argument("--sample", type=int, default=20, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--minimum", type=int, default=80, help="how many of a hundred must be noticed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="compilers and tests at a time")
    arguments = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    laboratory = Laboratory(root, Path(arguments.build).resolve(), arguments)
    laboratory.prepare()
    started = time.monotonic()
    if not laboratory.test(3600):
        raise SystemExit("mutate: the tests fail without any change")
    limit = 60 + 3 * (time.monotonic() - started)
    files = sorted({path.relative_to(root) for pattern in arguments.sources for path in root.glob(pattern)})
    candidates = [mutant for path in files for mutant in mutants_of(root, path)]
    random.Random(arguments.seed).shuffle(candidates)
    results = []
    for mutant in candidates:
        if sum(result != "does not build" for _, result in results) >= arguments.sample:
            break
        result = laboratory.try_mutant(mutant, limit)
        results.append((mutant, result))
        print(f"{result}: {mutant}", flush=True)
    return report(results, arguments.minimum)


if __name__ == "__main__":
    sys.exit(main())
