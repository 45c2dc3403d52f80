# SPDX-License-Identifier: MIT
"""./dev on a project of a few tests: what it counts, what it says and what it installs."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HEAD = "cmake_minimum_required(VERSION 3.25)\nproject(small NONE)\nenable_testing()\n"
TESTS = HEAD + """
add_test(NAME plain COMMAND true)
add_test(NAME racing COMMAND true)
set_tests_properties(racing PROPERTIES LABELS concurrency)
add_test(NAME once COMMAND true)
set_tests_properties(once PROPERTIES LABELS headers)
"""


class DevTest(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copy(PROJECT / "dev", self.root)
        shutil.copy(PROJECT / "CMakePresets.json", self.root)
        self.write("CMakeLists.txt", TESTS)
        self.write("tools/lint/lint.py", "raise SystemExit(0)\n")
        self.write("bench/check_budget.sh", "test -d \"$1\"\n")
        self.write("tools/mutate/mutate.py", "raise SystemExit(0)\n")
        self.write("fuzz/run.sh", "test -d \"$1\" && test \"$2\" -gt 0\n")
        self.commands = self.root / "commands"
        self.stand_in("dpkg-query", 'echo installed')
        self.stand_in("uname", "echo x86_64")

    def write(self, path, text):
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)
        return full

    def stand_in(self, name, script):
        """A program that takes the place of the system's; $log collects what it was asked."""
        self.write(f"commands/{name}", f'#!/bin/sh\nlog="{self.root}/asked"\n{script}\n').chmod(0o755)

    def dev(self, *arguments, **environment):
        path = f"{self.commands}:{os.environ['PATH']}"
        return subprocess.run(["sh", "./dev", *arguments], cwd=self.root, env={**os.environ, "PATH": path, **environment},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)

    def assert_sum(self, done, passed, failed):
        self.assertEqual(done.stdout.splitlines()[-1], f"{passed} passed, {failed} failed", done.stdout)
        self.assertEqual(done.returncode, 1 if failed else 0)

    def test_tiers(self):
        self.assert_sum(self.dev("test"), 1 + 3 + 2 + 1, 0)
        self.assert_sum(self.dev("test", "--full"), 1 + 3 + 6 * 2 + 3, 0)
        self.assert_sum(self.dev("test", "plain"), 1, 0)

    def test_soak_stops(self):
        done = self.dev("test", "--soak", DMF_SOAK_SECONDS="1")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.write("CMakeLists.txt", TESTS.replace("racing COMMAND true", "racing COMMAND false"))
        self.assert_sum(self.dev("test", "--soak", DMF_SOAK_SECONDS="1000"), 0, 2)

    def test_every_failure_counts(self):
        self.write("CMakeLists.txt", TESTS + "add_test(NAME wrong COMMAND false)\nadd_test(NAME absent COMMAND /nowhere)\n"
                   "add_test(NAME skipping COMMAND sh -c \"exit 77\")\n"
                   "set_tests_properties(skipping PROPERTIES SKIP_RETURN_CODE 77)\n")
        done = self.dev("test")
        self.assert_sum(done, 1 + 3 + 2 + 1, 2 + 2)
        self.assertIn("skipped: skipping", done.stdout)

    def test_trees_that_do_not_build(self):
        self.write("CMakeLists.txt", TESTS + "add_custom_target(broken ALL COMMAND false)\n")
        self.assert_sum(self.dev("test"), 1, 3)
        self.write("CMakeLists.txt", TESTS + "message(FATAL_ERROR \"cannot be\")\n")
        done = self.dev("test")
        self.assert_sum(done, 1, 3)
        self.assertIn("cannot be", done.stdout)

    def test_lint_counts(self):
        self.write("tools/lint/lint.py", "raise SystemExit(1)\n")
        self.assert_sum(self.dev("test"), 6, 1)

    def test_budget_counts(self):
        self.write("bench/check_budget.sh", "exit 1\n")
        self.assert_sum(self.dev("test", "--full"), 1 + 3 + 6 * 2 + 2, 1)

    def test_fuzz_counts(self):
        self.write("fuzz/run.sh", "exit 1\n")
        self.assert_sum(self.dev("test", "--full"), 1 + 3 + 6 * 2 + 2, 1)

    def test_changes_that_nobody_notices_count(self):
        self.write("tools/mutate/mutate.py", "raise SystemExit(1)\n")
        self.assert_sum(self.dev("test", "--full"), 1 + 3 + 6 * 2 + 2, 1)

    def test_errors_name_themselves(self):
        for arguments, expected in (("nothing",), 'unknown command "nothing"'), (("build", "nothing"), 'no preset "nothing"'), \
                (("test", "nothing"), 'no test matches "nothing"'), (("test", "--nothing"), "unknown option --nothing"), \
                (("test", "one", "two"), "test takes one argument"), (("lint", "one"), "lint takes no argument"):
            with self.subTest(arguments=arguments):
                done = self.dev(*arguments)
                self.assertIn(expected, done.stdout)
                self.assertNotEqual(done.returncode, 0)

    def test_help(self):
        for arguments in ((), ("help",), ("-h",), ("--help",)):
            with self.subTest(arguments=arguments):
                done = self.dev(*arguments)
                self.assertIn("usage: ./dev COMMAND", done.stdout)
                self.assertEqual(done.returncode, 0)

    def test_missing_packages_are_installed(self):
        self.stand_in("dpkg-query", 'case "$*" in *fuse3) exit 1 ;; esac; echo installed')
        self.stand_in("apt-get", 'echo "apt-get $*" >>"$log"')
        self.stand_in("sudo", 'echo "sudo" >>"$log"; "$@"')
        self.stand_in("id", "echo 1000")
        self.assertEqual(self.dev("build").returncode, 0)
        self.assertEqual((self.root / "asked").read_text().splitlines(),
                         ["sudo", "apt-get -q update", "sudo", "apt-get -q -y install --no-install-recommends fuse3"])

    def test_nothing_is_installed_without_need(self):
        self.stand_in("apt-get", 'echo "apt-get $*" >>"$log"')
        self.assertEqual(self.dev("build").returncode, 0)
        self.assertFalse((self.root / "asked").exists())

    def test_packages_that_cannot_be_installed(self):
        self.stand_in("dpkg-query", "exit 1")
        self.stand_in("apt-get", "exit 100")
        self.stand_in("id", "echo 0")
        self.assert_sum(self.dev("test"), 0, 1)


if __name__ == "__main__":
    unittest.main()
