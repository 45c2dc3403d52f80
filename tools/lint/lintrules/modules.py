# SPDX-License-Identifier: MIT
"""DMF's coding conventions, as the user guide has them: functions, the sections of a Module's source, the files of a Module."""

import re

DEFINITION = re.compile(r"^(?P<name>\w+)\(\n(?P<parameters>(?:    [^\n]*\n)+?)    \)\n(?P<header>/\*\+\+\n.*?--\*/\n)?\{\n"
                        r"(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL)
POINTERS = re.compile(r"\b(PUCHAR|PCHAR|PULONG|PLONG|PUSHORT|PSHORT|PBOOLEAN|PULONGLONG|PLONGLONG)\b|^typedef\b[^;{(]*\*\s*\w+;", re.MULTILINE)
LOCAL = re.compile(r"^    (?!return |goto )(?:static |const |volatile )*[A-Za-z_]\w*\*? +(\w+)(?:\[[^\]]*\])?(?: =.*)?;$", re.MULTILINE)
# The guide names what describes a Module itself so.
DESCRIBES = re.compile(r"dmf(ModuleDescriptor|CallbacksDmf|CallbacksWdf)_\w+$")
MODULE = re.compile(r"dmf/modules\.\w+/Dmf_(\w+)\.c$")
SECTIONS = ("Module Private Enumerations and Structures", "Module Private Context", "DMF Module Support Code", "WDF Module Callbacks",
            "DMF Module Callbacks", "Public Calls by Client")


def sources(tree):
    return (file for file in tree.files if file.path.startswith("dmf/") and file.suffix == ".c")


def parameter_findings(match):
    """What is wrong with the parameters and with what the function's header says of them."""
    header = match["header"] or ""
    for part in ("Routine Description:", "Arguments:", "Return Value:"):
        if part not in header:
            yield f"the function's header lacks {part}"
    for line in match["parameters"].strip().split("\n"):
        found = re.search(r"(\w+)(?:\[[^\]]*\])?,?$", line.strip())
        name = found.group(1) if found else ""
        if line.strip() in ("VOID", "...") or not name:
            continue
        if re.search(r",\s*\S", re.sub(r"\([^()]*\)", "", line)):
            yield "two parameters in one line"
        elif not name[0].isupper():
            yield f"parameter {name} does not begin with a capital letter"
        elif header and not re.search(rf"^    {name} - ", header, re.MULTILINE):
            yield f"the function's header does not say what {name} is"


def name_findings(match, module, private):
    name = match["name"]
    if module is not None and not re.match(rf"(DMF_)?{module}_" if private else rf"DMF_{module}_", name):
        yield f"{name} does not begin with the Module's name"
    for local in LOCAL.findall(match["body"]):
        if not local[0].islower() or ("_" in local and not DESCRIBES.match(local)):
            yield f"variable {local} is not in camel case"


def dmf_functions(tree):
    """Functions of DMF have a header, parameters each on a line, and names by the guide's conventions; no types for pointers."""
    for file in sources(tree):
        module = MODULE.match(file.path)
        for match in DEFINITION.finditer(file.text):
            before = file.text[:match.start()]
            private = re.search(rf"(?:^|\n)static\b[^;}}#]*$|^EVT_\w+ {match['name']};", before, re.MULTILINE) is not None
            for message in [*parameter_findings(match), *name_findings(match, module and module[1], private)]:
                yield file.finding(file.line_of(match.start()), message)
        for match in POINTERS.finditer(file.code):
            yield file.finding(file.line_of(match.start()), "a type for a pointer")


def dmf_sections(tree):
    """A Module's source has its sections in the guide's order, its Library's header, its .tmh, and each kind of macro once."""
    for file in sources(tree):
        module = MODULE.match(file.path)
        if module is None:
            continue
        found = [(match.start(), SECTIONS.index(match[1]))
                 for match in re.finditer(r"^ \* (" + "|".join(SECTIONS) + r")\s*$", file.text, re.MULTILINE)]
        for (_, earlier), (offset, later) in zip(found, found[1:]):
            if later <= earlier:
                yield file.finding(file.line_of(offset), f"the section {SECTIONS[later]} comes too late")
        if not found or found[-1][1] != len(SECTIONS) - 1:
            yield file.finding(1, f"the section {SECTIONS[-1]} is missing")
        for kind in ("CONTEXT", "CONFIG"):
            if len(re.findall(rf"^DMF_MODULE_DECLARE_(?:NO_)?{kind}\({module[1]}\)", file.text, re.MULTILINE)) != 1:
                yield file.finding(1, f"not one macro says whether the Module has a {kind.capitalize()}")
        if not re.search(rf'#include "DmfModules\.\w+\.h".*#include "Dmf_{module[1]}\.tmh"', file.text, re.DOTALL):
            yield file.finding(1, "the Library Include File or, after it, the Module's .tmh is not included")


def dmf_module_files(tree):
    """A Module has its header and its document; the header has Config, macro and Methods in that order, a _Public.h nothing of DMF."""
    for file in sources(tree):
        module = MODULE.match(file.path)
        if module is None:
            continue
        name = module[1]
        if "_" in name:
            yield file.finding(1, "the Module's name has an underscore")
        header = tree.find(file.path[:-1] + "h")
        if header is None or tree.find(file.path[:-1] + "md") is None:
            yield file.finding(1, "the Module lacks its header or its document")
        if header is None:
            continue
        declared = re.search(r"^DECLARE_DMF_MODULE\w*\(", header.code, re.MULTILINE)
        if declared is None:
            yield header.finding(1, "the header does not declare the Module")
            continue
        for match in re.finditer(rf"^\}} DMF_CONFIG_{name};|^DMF_{name}_\w+\([^;{{]*\);", header.code, re.MULTILINE):
            if (match.start() > declared.start()) == match.group().startswith("}"):
                yield header.finding(header.line_of(match.start()), "Config, declaring macro and Methods are not in this order")
        public = tree.find(file.path[:-2] + "_Public.h")
        if public is not None:
            for match in re.finditer(rf"\bDMF(?!_{name.upper()}_)\w+|#include", public.code):
                yield public.finding(public.line_of(match.start()), "programs without DMF include this")


RULES = [dmf_functions, dmf_sections, dmf_module_files]
