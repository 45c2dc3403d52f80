# SPDX-License-Identifier: MIT
"""Readers for the contract data: tables of functions, type descriptions, and the names that DMF's sources use.

Notation of the function tables (wdf-kmdf-*.tsv, wdf-umdf-*.tsv)
    One row per slot of the function table. "params" holds "annotations type name" pieces separated by "; ". A row whose
    return type is "?" is a reserved slot: it has an index and no prototype.

Notation of wdf-types.txt
    "## header" starts the part of one header, "-- title" a section in it. A line that starts with [KU], [K] or [U] is an
    entry for both flavours, for KMDF alone or for UMDF alone; indented lines belong to the entry above them.
    Macros are "NAME => text", a condition follows as "#if ...". Enumerations list "member = value" or
    "member = expression -> value". In an inline helper's effects a leading "." stands for a field of the first parameter
    and "zero-fill" for clearing the whole structure first.

Notation of wdf-umdf-wdm-types.txt
    The same sections without flags: everything in it belongs to the user flavour.

Annotations (SAL) carry no type information and are removed everywhere.
"""
import re
from dataclasses import dataclass, field

ANNOTATION = re.compile(r"(?<!\w)(?:_[A-Z]\w*_|__drv_\w+|__analysis_noreturn|DECLSPEC_NORETURN)(?!\w)\s*")
IDL_ATTRIBUTE = re.compile(r"\[[a-z_]+\([^\]]*\)\]\s*")


@dataclass
class Function:
    """A function or function type: name, result and parameters as (type, name, optional)."""

    name: str
    result: str
    parameters: list
    index: int = -1


@dataclass
class Entry:
    """One entry of a type description file: its section, flavours ("K", "U" or both), condition, text and further lines."""

    section: str
    flavours: str
    text: str
    condition: str = ""
    lines: list = field(default_factory=list)


def end_of_parentheses(text, start):
    """The position after the parenthesis that closes the one at start."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    raise ValueError("unbalanced parentheses: " + text)


def strip_annotations(text):
    """The declaration without SAL and IDL annotations."""
    text = IDL_ATTRIBUTE.sub("", text)
    while True:
        match = ANNOTATION.search(text)
        if match is None:
            return " ".join(text.split())
        end = match.end()
        if end < len(text) and text[end] == "(":
            end = end_of_parentheses(text, end)
        text = text[:match.start()] + " " + text[end:]


def split_top_level(text, separator):
    """The pieces of text between separators that stand outside parentheses."""
    pieces, depth, current = [], 0, ""
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == separator and depth == 0:
            pieces.append(current.strip())
            current = ""
        else:
            current += character
    return pieces + ([current.strip()] if current.strip() else [])


def read_parameter(text):
    """(type, name, optional) of one parameter; the type "VOID" alone means that there are none."""
    optional = re.search(r"_(?:In|Out|Inout)\w*_opt_", text) is not None
    declaration = strip_annotations(text)
    if declaration in ("VOID", "void", "..."):
        return declaration, "", False
    match = re.fullmatch(r"(.*?[\s*])(\w+)", declaration)
    return match.group(1).strip(), match.group(2), optional


def read_prototype(text):
    """A function from "result name(parameters)   // annotations"."""
    text = re.sub(r"^inline\s+", "", text.split("   //")[0].strip())
    text = strip_leading_annotations(text)
    head = re.match(r"([^()]*?)(\w+)\(", text)
    opening = head.end() - 1
    closing = end_of_parentheses(text, opening)
    parameters = [read_parameter(piece) for piece in split_top_level(text[opening + 1:closing - 1], ",")]
    return Function(head.group(2), head.group(1).strip(), [] if parameters == [("VOID", "", False)] else parameters)


def strip_leading_annotations(text):
    """The text without the annotations that stand before the result type."""
    while True:
        match = ANNOTATION.match(text)
        if match is None:
            return text
        text = text[match.end():]


def read_functions(path):
    """The public functions and the reserved slots of one function table."""
    public, reserved = [], []
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("#") or columns[0] == "function":
                continue
            if columns[3] == "?":
                reserved.append(Function(columns[0], "", [], int(columns[2])))
                continue
            parameters = [read_parameter(piece) for piece in split_top_level(columns[7], ";") if piece != "-"]
            parameters = [] if parameters == [("VOID", "", False)] else parameters
            public.append(Function(columns[0], columns[3], parameters, int(columns[2])))
    return public, reserved


def split_condition(text):
    """(text, condition) of a line that may end in "  #if condition"."""
    before, mark, condition = text.partition("  #if ")
    return (before, condition.strip()) if mark else (text, "")


def read_types(path):
    """The entries of wdf-types.txt."""
    entries, section = [], ""
    with open(path, encoding="utf-8") as stream:
        for line in stream.read().split("\n"):
            if line.startswith("## "):
                section = ""
            elif line.startswith("-- "):
                section = line[3:]
            elif re.match(r"\[(KU|K|U)\] ", line):
                flavours, text = line[1:].split("] ", 1)
                text, condition = split_condition(text)
                entries.append(Entry(section, flavours, text, condition))
            elif entries and section and (line.startswith(" ") or line.startswith("}")):
                entries[-1].lines.append(line)
    return entries


def read_user_wdm_types(path):
    """The entries of wdf-umdf-wdm-types.txt, which belong to the user flavour."""
    entries, section = [], ""
    with open(path, encoding="utf-8") as stream:
        for line in stream.read().replace("POOL_TYPE;enum", "POOL_TYPE;\nenum").split("\n"):
            if line.startswith("-- "):
                section = line[3:]
            elif section and line and line[0] not in " }":
                text, condition = split_condition(line)
                entries.append(Entry(section, "U", text, condition))
            elif section and line.strip():
                entries[-1].lines.append(line)
    return entries


@dataclass
class Usage:
    """One name that DMF's sources use: its kind, the flavours ("K", "U" or both) and the note, a value for some kinds."""

    name: str
    kind: str
    flavours: str
    note: str


def read_usage(path):
    """The rows of dmf-usage.tsv. Programs ("exe") are user mode; a flavour that the data leaves open means both."""
    flavour_names = {"both": "KU", "?": "KU", "kernel": "K", "user": "U", "exe": "U", "exe+user": "U", "exe+kernel": "KU"}
    rows = []
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("#") or columns[0] == "symbol":
                continue
            columns += [""] * (8 - len(columns))
            rows.append(Usage(columns[0], columns[1], flavour_names[columns[5]], columns[7]))
    return rows


def read_exceptions(path):
    """name -> reason of the entries that no check can be made from; an optional flavour stands in the second column."""
    exceptions = {}
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("#") or not line.strip():
                continue
            name, flavours, reason = line.rstrip("\n").split("\t")
            for flavour in flavours:
                exceptions[(name, flavour)] = reason
    return exceptions


def read_pairs(path):
    """name -> value of a file with two columns."""
    with open(path, encoding="utf-8") as stream:
        return dict(line.split() for line in stream if line.strip() and not line.startswith("#"))
