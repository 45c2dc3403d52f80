#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/mutate/mutate.py on a small project: what a test checks is noticed, what none checks is named."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

BUILD = """
cmake_minimum_required(VERSION 3.20)
project(small C)
enable_testing()
add_library(dmf_runtime SHARED wdf/rule.c)
add_library(dmf_runtime_simulation SHARED wdf/rule.c)
add_executable(check check.c)
target_link_libraries(check dmf_runtime)
add_test(NAME wdf.check COMMAND check)
"""

RULE = """
int rule(int value)
{
    if (value == 3)
    {
        return 1;
    }
    return 0;
}
"""

CHECK = "extern int rule(int);\nint main(void) { return %s ? 0 : 1; }\n"


class MutateTest(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        for path, text in (("CMakeLists.txt", BUILD), ("wdf/rule.c", RULE)):
            (self.root / path).parent.mkdir(exist_ok=True)
            (self.root / path).write_text(text)
        (self.root / "tools/mutate").mkdir(parents=True)
        shutil.copy(PROJECT / "tools/mutate/mutate.py", self.root / "tools/mutate")

    def mutate(self, condition):
        (self.root / "check.c").write_text(CHECK % condition)
        for command in (["git", "init", "-q"], ["git", "add", "."]):
            subprocess.run(command, cwd=self.root, check=True)
        return subprocess.run(["python3", "tools/mutate/mutate.py", "--build", "build", "--sample", "2"], cwd=self.root,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)

    def test_what_a_test_checks_is_noticed(self):
        done = self.mutate("rule(3) && !rule(4)")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("2 of 2 changes noticed", done.stdout)
        self.assertEqual((self.root / "wdf/rule.c").read_text(), RULE)

    def test_what_no_test_checks_is_named(self):
        done = self.mutate("rule(3) != 7")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not noticed: wdf/rule.c:4: != for ==: if (value == 3)", done.stdout)

    def test_tests_that_fail_anyway_are_an_error(self):
        done = self.mutate("rule(3) == 7")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the tests fail without any change", done.stdout)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    unittest.main()
