# SPDX-License-Identifier: MIT
"""Rules about driver sources, which are written to Windows' data model and to Linux's alike."""

import re

# Driver sources, and the headers they see. The libc overlay declares functions that have long in their C standard prototypes.
DRIVER_SOURCES = ("dmf/", "drivers/", "samples/", "nt/include/", "wdf/include/")
LIBC_OVERLAY = "nt/include/crt/"
# A long that is no part of long long, and no macro parameter or other word that only contains it.
LONG = re.compile(r"(?<![\w.])(?:unsigned\s+|signed\s+)?long\b(?!\s+(?:long|double)\b)")
BEFORE_LONG = re.compile(r"\blong\s+(?:unsigned\s+|signed\s+)?$")


def long_in_driver_sources(tree):
    """No long in driver sources and published headers: it has 32 bits on Windows and 64 on Linux. LONG has 32 on both."""
    for file in tree.files:
        if file.is_c and file.path.startswith(DRIVER_SOURCES) and not file.path.startswith(LIBC_OVERLAY):
            for match in LONG.finditer(file.code):
                if not BEFORE_LONG.search(file.code[:match.start()]):
                    yield file.finding(file.line_of(match.start()), "long has 64 bits here and 32 on Windows: say LONG or ULONG")


RULES = [long_in_driver_sources]
