# SPDX-License-Identifier: MIT
"""Each rule of lint, on a small tree that breaks it and on one that keeps it."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools/lint"))

from lintrules import calls, drivers, layers, layout, modules, shape, text  # noqa: E402
from lintrules.tree import Tree  # noqa: E402

ALL_RULES = layers.RULES + text.RULES + calls.RULES + drivers.RULES + shape.RULES + layout.RULES + modules.RULES
LICENCE = "/* SPDX-License-Identifier: MIT */\n"
UNRELEASED = "# Changelog\n\n## [Unreleased]\n\n- Something.\n"


def function(lines):
    return "int f(void)\n{\n" + "    ;\n" * (lines - 2) + "}\n"


# For each rule: trees that it reports, as (files, path:line of the first finding), and trees that it accepts.
DMF_FUNCTION = """VOID
F(
    ULONG Number
    )
/*++

Routine Description:

    What it does.

Arguments:

    Number - What it is.

Return Value:

    None

--*/
{
    ULONG result;

    result = Number;
}
"""

DMF_MODULE = """#include "DmfModules.Core.h"
#include "Dmf_A.tmh"
/*
 * Module Private Context
 */
DMF_MODULE_DECLARE_CONTEXT(A)
DMF_MODULE_DECLARE_NO_CONFIG(A)
/*
 * DMF Module Support Code
 */
/*
 * WDF Module Callbacks
 */
/*
 * Public Calls by Client
 */
"""

CASES = {
    layers.known_folders: (
        [({"misc/a.c": ""}, "misc/a.c:1")],
        [{"nt/a.c": "", "README.md": ""}]),
    layers.allowed_includes: (
        [({"nt/a.c": '#include "wdf/object.h"\n', "wdf/object.h": ""}, "nt/a.c:1"),
         ({"nt/a.c": '\n#include "../wdf/object.h"\n', "wdf/object.h": ""}, "nt/a.c:2"),
         ({"nt/a.c": "#include <wdf.h>\n", "wdf/include/wdf.h": ""}, "nt/a.c:1"),
         ({"wdf/a.c": "#include <unistd.h>\n"}, "wdf/a.c:1"),
         ({"nt/a.c": "#include <poll.h>\n"}, "nt/a.c:1"),
         ({"nt/crt/a.c": '#include "queue.h"\n', "wdf/queue.h": ""}, "nt/crt/a.c:1"),
         ({"platform/a.c": '#include "irp.h"\n', "nt/irp.h": ""}, "platform/a.c:1"),
         ({"dmf/framework/a.c": "#include <sys/ioctl.h>\n"}, "dmf/framework/a.c:1"),
         ({"dmf/framework/a.c": '#include "queue.h"\n', "wdf/queue.h": ""}, "dmf/framework/a.c:1"),
         ({"dmf/framework/a.c": '#include "Dmf_Rundown.h"\n', "dmf/modules.library/Dmf_Rundown.h": ""},
          "dmf/framework/a.c:1"),
         ({"samples/echo/a.c": '#include "wdf/object.h"\n', "wdf/object.h": ""}, "samples/echo/a.c:1"),
         ({"samples/echo/a.c": '#include "host/node.h"\n', "host/node.h": ""}, "samples/echo/a.c:1"),
         ({"testkit/a.c": "#include <fuse.h>\n"}, "testkit/a.c:1")],
        [{"nt/a.c": '#include "irp.h"\n#include <string.h>\n#include <wdm.h>\n', "nt/irp.h": "", "nt/include/km/wdm.h": ""},
         {"nt/a.c": "/*\n#include <unistd.h>\n*/\n", "nt/crt/a.c": "#include <poll.h>\n"},
         {"platform/posix/a.c": "#include <pthread.h>\n#include <malloc.h>\n", "nt/include/crt/malloc.h": ""},
         {"host/a.c": "#include <fuse_lowlevel.h>\n"},
         {"samples/echo/a.c": "#include <dmf-node.h>\n", "host/include/dmf-node.h": ""},
         {"dmf/modules.library/a.c": '#include "DmfModule.h"\n#include <wdf.h>\n#include "a.tmh"\n',
          "dmf/framework/DmfModule.h": "", "wdf/include/wdf.h": ""},
         {"tests/a.c": '#include "queue.h"\n', "wdf/queue.h": ""}]),
    layers.published_include_direction: (
        [({"nt/include/km/a.h": "#include <wdf.h>\n", "wdf/include/wdf.h": ""}, "nt/include/km/a.h:1"),
         ({"wdf/include/a.h": '#include "object.h"\n', "wdf/object.h": ""}, "wdf/include/a.h:1")],
        [{"wdf/include/a.h": "#include <wdm.h>\n", "nt/include/km/wdm.h": ""}]),
    layers.published_names_in_dmf: (
        [({"dmf/framework/a.c": "\nint x = irp_complete(irp);\n"}, "dmf/framework/a.c:2")],
        [{"dmf/framework/a.c": "/* irp_complete() */ va_start(a, b); memcpy_s(a, b, c, d); WdfRequestComplete(r, s);\n"},
         {"wdf/a.c": "int x = irp_complete(irp);\n"}]),
    drivers.long_in_driver_sources: (
        [({"dmf/framework/a.c": "\nlong x;\n"}, "dmf/framework/a.c:2"),
         ({"samples/echo/a.c": "unsigned long x;\n"}, "samples/echo/a.c:1"),
         ({"nt/include/km/a.h": "void f(long);\n"}, "nt/include/km/a.h:1")],
        [{"dmf/framework/a.c": "long long x; unsigned long long y; long double z; int longer; /* long */\n"},
         {"nt/include/crt/stdlib.h": "long strtol(void);\n"},
         {"platform/a.c": "long x;\n"}]),
    text.licence_line: (
        [({"nt/a.c": "int x;\n"}, "nt/a.c:1"), ({"tools/a.py": "pass\n"}, "tools/a.py:1")],
        [{"nt/a.c": LICENCE, "tools/a.py": "#!/usr/bin/env python3\n# SPDX-License-Identifier: MIT\n", "docs/a.md": "x\n"}]),
    text.unfinished_work: (
        [({"nt/a.c": "\n/* TODO: more */\n"}, "nt/a.c:2"), ({"nt/a.c": "#if 0\n#endif\n"}, "nt/a.c:1"),
         ({"docs/a.md": "FIXME\n"}, "docs/a.md:1")],
        [{"nt/a.c": "#if 01\n#endif\nint TODOS;\n"}]),
    text.machine_paths: (
        [({"nt/a.c": "/* see /" + "home/anna/x */\n"}, "nt/a.c:1"), ({"docs/a.md": "\n`/" + "work/x`\n"}, "docs/a.md:2")],
        [{"nt/a.c": "/* see docs/work/x and https://example.org/home */\n"}]),
    text.white_space: (
        [({"nt/a.c": "int x; \n"}, "nt/a.c:1"), ({"nt/a.c": "\n\tint x;\n"}, "nt/a.c:2"), ({"nt/a.c": "int x;"}, "nt/a.c:1"),
         ({"nt/a.c": "int x;\r\n"}, "nt/a.c:1"), ({"nt/a.c": "int x;\n\n"}, "nt/a.c:2")],
        [{"nt/a.c": "int x;\n", "tests/wpp/data/b.c": "\tint x; \r\n", "fuzz/corpus/ring/mixed": "\t \r"}]),
    text.changelog: (
        [({"CHANGELOG.md": "# Changelog\n"}, "CHANGELOG.md:1"),
         ({"CHANGELOG.md": "## [Unreleased]\n\n## [0.1]\n\n- Something.\n"}, "CHANGELOG.md:1")],
        [{"CHANGELOG.md": UNRELEASED}]),
    calls.forbidden_calls: (
        [({"nt/a.c": "\nvoid *p = malloc(3);\n"}, "nt/a.c:2"), ({"host/a.c": "strcpy(a, b);\n"}, "host/a.c:1"),
         ({"tests/a.c": "usleep(3);\n"}, "tests/a.c:1"), ({"wdf/a.c": "pthread_mutex_lock(&m);\n"}, "wdf/a.c:1"),
         ({"platform/simulation/a.c": "pthread_self();\n"}, "platform/simulation/a.c:1")],
        [{"nt/a.c": "/* malloc() */ const char *s = \"malloc(3)\"; pool->free(p); my_malloc(3);\n"},
         {"platform/a.c": "void *p = malloc(3);\n", "nt/crt/a.c": "free(malloc(3));\n", "platform/posix/a.c": "pthread_self();\n"},
         {"nt/a.c": "static void free(void *p)\n{\n}\nvoid f(void)\n{\n    free(x);\n}\n"}]),
    calls.close_on_exec: (
        [({"host/a.c": "int f = open(path,\n             O_RDWR);\n"}, "host/a.c:1"),
         ({"host/a.c": "\nint f = dup(g);\n"}, "host/a.c:2")],
        [{"host/a.c": "int f = open(path(1),\n             O_RDWR | O_CLOEXEC); ops.open(x); fuse_open(y);\n"}]),
    shape.function_length: (
        [({"nt/a.c": function(121)}, "nt/a.c:2"),
         ({"tools/a.py": "def f():\n" + "    pass\n" * 120}, "tools/a.py:1")],
        [{"nt/a.c": function(117) + function(117), "nt/include/km/a.h": function(300)},
         {"nt/a.c": function(300).replace("    ;", "    ROW(x);")}]),
    shape.file_length: (
        [({"nt/a.c": "int x;\n" * 1201}, "nt/a.c:1200"),
         ({"dmf/modules.core/Dmf_A.c": "int x;\n" * 2501}, "dmf/modules.core/Dmf_A.c:2500")],
        [{"nt/a.c": "int x;\n" * 1200, "nt/include/km/a.h": "int x;\n" * 3000,
          "dmf/modules.core/Dmf_A.c": "int x;\n" * 2500},
         {"nt/a.c": "ROW(x, 1);\n" * 3000, "dmf/framework/a.c": "/*++\n\nReturn Value:\n\n--*/\nint x;\n" * 1000}]),
    shape.c_linkage: (
        [({"nt/include/km/a.h": "\nNTKERNELAPI VOID KeX(PVOID P,\n    ULONG N);\n"}, "nt/include/km/a.h:2"),
         ({"testkit/a.h": "int f(void);\n"}, "testkit/a.h:1")],
        [{"nt/include/km/a.h": 'extern "C" {\nVOID KeX(PVOID P);\n}\n', "nt/include/km/b.h": "#define A(x) f(x);\n"},
         {"nt/include/km/a.h": "typedef VOID X(PVOID P);\n", "nt/irp.h": "void irp_free(void);\n"}]),
    layout.dmf_layout: (
        [({"dmf/a.c": "if (x) {\n}\n"}, "dmf/a.c:1"), ({"dmf/a.c": "f(); if (x)\n"}, "dmf/a.c:1"),
         ({"samples/a.c": "/*" + "x" * 122 + "*/\n"}, "samples/a.c:1"), ({"dmf/a.c": "\n} else\n"}, "dmf/a.c:2")],
        [{"dmf/a.c": "if (x)\n{\n    f();\n}\nint a[] = {\n    1};\n", "nt/a.c": "if (x) {\n"}]),
    modules.dmf_functions: (
        [({"dmf/a.c": "VOID\nF(\n    ULONG Number\n    )\n{\n}\n"}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("Number -", "Other -")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("Return Value:", "")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("Number", "number")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("ULONG Number", "ULONG Other, ULONG Number")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("ULONG result", "ULONG Result")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("ULONG result", "ULONG the_result")}, "dmf/a.c:2"),
         ({"dmf/a.c": DMF_FUNCTION.replace("ULONG result", "PUCHAR result")}, "dmf/a.c:21"),
         ({"dmf/a.c": "typedef struct _X *PX;\n"}, "dmf/a.c:1"),
         ({"dmf/modules.core/Dmf_A.c": DMF_FUNCTION}, "dmf/modules.core/Dmf_A.c:2"),
         ({"dmf/modules.core/Dmf_A.c": DMF_FUNCTION.replace("F(", "A_F(")}, "dmf/modules.core/Dmf_A.c:2"),
         ({"dmf/modules.core/Dmf_A.c": "static\n" + DMF_FUNCTION}, "dmf/modules.core/Dmf_A.c:3")],
        [{"dmf/a.c": DMF_FUNCTION, "nt/a.c": "int f(int a, int b)\n{\n}\n"},
         {"dmf/modules.core/Dmf_A.c": DMF_FUNCTION.replace("F(", "DMF_A_F(")},
         {"dmf/modules.core/Dmf_A.c": "static\n" + DMF_FUNCTION.replace("F(", "A_F(")},
         {"dmf/modules.core/Dmf_A.c": "EVT_X A_F;\n\n" + DMF_FUNCTION.replace("F(", "A_F(")}]),
    modules.dmf_sections: (
        [({"dmf/modules.core/Dmf_A.c": DMF_MODULE.replace("WDF Module Callbacks", "x").replace(
             "Module Private Context", "WDF Module Callbacks").replace("DMF Module Support Code", "Module Private Context")},
          "dmf/modules.core/Dmf_A.c:9"),
         ({"dmf/modules.core/Dmf_A.c": DMF_MODULE.replace("Public Calls", "Calls")}, "dmf/modules.core/Dmf_A.c:1"),
         ({"dmf/modules.core/Dmf_A.c": DMF_MODULE.replace("DECLARE_NO_CONFIG", "X")}, "dmf/modules.core/Dmf_A.c:1"),
         ({"dmf/modules.core/Dmf_A.c": DMF_MODULE.replace("Dmf_A.tmh", "Dmf_B.tmh")}, "dmf/modules.core/Dmf_A.c:1")],
        [{"dmf/modules.core/Dmf_A.c": DMF_MODULE, "dmf/framework/a.c": ""}]),
    modules.dmf_module_files: (
        [({"dmf/modules.core/Dmf_A.c": "", "dmf/modules.core/Dmf_A.h": "DECLARE_DMF_MODULE(A)\n"}, "dmf/modules.core/Dmf_A.c:1"),
         ({"dmf/modules.core/Dmf_A_B.c": ""}, "dmf/modules.core/Dmf_A_B.c:1"),
         ({"dmf/modules.core/Dmf_A.c": "", "dmf/modules.core/Dmf_A.md": "", "dmf/modules.core/Dmf_A.h": "\n"},
          "dmf/modules.core/Dmf_A.h:1"),
         ({"dmf/modules.core/Dmf_A.c": "", "dmf/modules.core/Dmf_A.md": "",
           "dmf/modules.core/Dmf_A.h": "VOID\nDMF_A_F(VOID);\nDECLARE_DMF_MODULE(A)\n"}, "dmf/modules.core/Dmf_A.h:2"),
         ({"dmf/modules.core/Dmf_A.c": "", "dmf/modules.core/Dmf_A.md": "", "dmf/modules.core/Dmf_A.h": "DECLARE_DMF_MODULE(A)\n",
           "dmf/modules.core/Dmf_A_Public.h": "\n#include <x.h>\n"}, "dmf/modules.core/Dmf_A_Public.h:2")],
        [{"dmf/modules.core/Dmf_A.c": "", "dmf/modules.core/Dmf_A.md": "", "dmf/modules.core/Dmf_A_Public.h": "#define DMF_A_X 1\n",
          "dmf/modules.core/Dmf_A.h": "} DMF_CONFIG_A;\nDECLARE_DMF_MODULE(A)\nVOID\nDMF_A_F(VOID);\n"}]),
    layout.layout: (
        [({"nt/a.c": "int f(void) {\n    return 0;\n}\n"}, "nt/a.c:1")],
        [{"nt/a.c": "int f(void)\n{\n    return 0;\n}\n", "nt/include/km/a.h": "int  f(void);\n", "dmf/a.c": "VOID\nF(\n    VOID\n    )\n{\n}\n"}]),
}


class LintTest(unittest.TestCase):
    def findings(self, rule, files):
        """What one rule says about a tree made of the given files."""
        root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        for path, content in files.items():
            full = root / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(content.encode())
        return [f"{finding.path}:{finding.line}" for finding in rule(Tree(root))]

    def test_every_rule_has_cases(self):
        self.assertEqual([rule.__name__ for rule in ALL_RULES if rule not in CASES], [])

    def test_reported(self):
        for rule, (bad, _) in CASES.items():
            for files, expected in bad:
                with self.subTest(rule=rule.__name__, files=sorted(files)):
                    self.assertIn(expected, self.findings(rule, files)[:1])

    def test_accepted(self):
        for rule, (_, good) in CASES.items():
            for files in good:
                with self.subTest(rule=rule.__name__, files=sorted(files)):
                    self.assertEqual(self.findings(rule, files), [])

    def test_names_of_functions(self):
        files = {"nt/a.c": LICENCE + "static int\nirp_name(int a,\n         int b)\n{\n}\n"}
        root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, root)
        (root / "nt").mkdir()
        (root / "nt/a.c").write_text(files["nt/a.c"])
        self.assertEqual(list(shape.c_functions(Tree(root).files[0])), [("irp_name", 5, 2)])


if __name__ == "__main__":
    unittest.main()
