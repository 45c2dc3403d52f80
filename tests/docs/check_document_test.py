# SPDX-License-Identifier: MIT
"""The checker of documents finds what does not hold in one."""

import shutil
import tempfile
import unittest
from pathlib import Path

import check_document


def fenced(info, body):
    return f"Text.\n\n```{info}\n{body}\n```\n"


class CheckDocumentTest(unittest.TestCase):
    def failures(self, text):
        root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        (root / "a.md").write_text(text)
        (root / "folder").mkdir()
        (root / "dev").write_text("#!/bin/sh\necho '  test   [NAME|--full]   run the tests'\n")
        (root / "dev").chmod(0o755)
        return list(check_document.Checker(root, root, "a.md").failures())

    def test_reported(self):
        for text in (fenced("sh run", "false"), fenced("sh run", "echo $unset_name"), fenced("sh", "true"),
                     fenced("sh command", "./dev nothing"), fenced("sh command", "./dev test --no"),
                     fenced("sh command", "rm x"), fenced("c program", "int main(void) { return x; }"),
                     fenced("c kernel", "#error no"), fenced("c case dev", "not there"), fenced("c case missing.c", "x"), fenced("cmake project", "nothing()"), fenced("", "anything"), "[a](missing.md)\n", "See `folder/missing.c`.\n"):
            with self.subTest(text=text):
                self.assertEqual(len(self.failures(text)), 1)

    def test_accepted(self):
        text = (fenced("sh run", "test -d .") + fenced("sh command", "./dev test --full  # all") + fenced("text", "anything") + fenced("c case dev", "#!/bin/sh") +
                fenced("c program", "int main(void) { return 0; }") +
                fenced("cmake project", "cmake_minimum_required(VERSION 3.25)\nproject(x C)\nadd_library(x OBJECT a.c)") + "[a](a.md#b) [b](https://example.org) [c](#d) `folder/` `other/x.c`\n")
        self.assertEqual(self.failures(text), [])

    def test_skipped(self):
        self.assertEqual(self.failures(fenced("sh run", "exit 77")), [])

    def test_line(self):
        self.assertEqual(self.failures("One.\n\n" + fenced("sh run", "false"))[0][0], 5)


if __name__ == "__main__":
    unittest.main()
