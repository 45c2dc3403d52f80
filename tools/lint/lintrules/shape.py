# SPDX-License-Identifier: MIT
"""Rules about the size and the outside of functions and files, and the numbers that go with them."""

import ast
import re
import statistics

LONGEST_FUNCTION = 120
LONGEST_FILE = 1200
LONGEST_MODULE = 2500

PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
EXTERN_C = re.compile(r'extern\s+"[C ]"|\bEXTERN_C(_START)?\b|\bDMF_CRT_BEGIN\b')
FUNCTION_HEADER = re.compile(r"/\*\+\+.*?--\*/\n", re.DOTALL)
ROW = re.compile(r"\s*([A-Z][A-Z0-9_]*\(.*|\{.*\},?|\[\w+\] = .*,)$")
DECLARATION = re.compile(r"^(?!\s*typedef\b|\s*return\b)[A-Za-z_][\w\s*]*\b\w+\s*\([^;{}]*\)\s*;", re.MULTILINE)


def without_preprocessor(code):
    return PREPROCESSOR.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), code)


def is_table(lines):
    """Rows, one per line: an initialiser, or a macro in capitals. Their number says nothing about how hard they are to read."""
    filled = [line for line in lines if line.strip()]
    return len(filled) > 0 and sum(1 for line in filled if ROW.match(line)) >= 0.75 * len(filled)


def own_code(tree):
    return (file for file in tree.files if file.is_source and not file.is_published and not file.is_data)


def c_functions(file):
    """Name, first line and length of each function: our layout puts its braces alone in the first column."""
    lines = without_preprocessor(file.code).split("\n")
    start = None
    for number, line in enumerate(lines, 1):
        if line.rstrip() == "{" and start is None:
            before = number - 2
            while before >= 0 and not lines[before].strip():
                before -= 1
            if before >= 0 and lines[before].rstrip().endswith(")"):
                start, head = number, before
        elif line.rstrip() == "}" and start is not None:
            while head > 0 and lines[head - 1].strip() and not lines[head - 1].rstrip().endswith((";", "}")):
                head -= 1
            name = re.search(r"(\w+)\s*\(", " ".join(lines[head:start - 1]))
            yield (name.group(1) if name else "?"), start, number - start + 1
            start = None


def python_functions(file):
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def functions(file):
    if file.is_c:
        return c_functions(file)
    return python_functions(file) if file.suffix == ".py" else ()


def function_length(tree):
    """A function fits into a reader's head; a table may be as long as it is."""
    for file in own_code(tree):
        for name, line, length in functions(file):
            if length > LONGEST_FUNCTION and not is_table(file.lines[line:line + length - 2]):
                yield file.finding(line, f"{name}() has {length} lines; the limit is {LONGEST_FUNCTION}")


def file_length(tree):
    """A file has one subject. The function headers that the DMF conventions ask for are not counted; a Module is one file."""
    for file in own_code(tree):
        length = FUNCTION_HEADER.sub("", file.text).count("\n")
        limit = LONGEST_MODULE if re.match(r"Dmf_\w+\.c$", file.parts[-1]) else LONGEST_FILE
        if length > limit and not is_table(file.lines):
            yield file.finding(limit, f"the file has {length} lines; the limit is {limit}")


def c_linkage(tree):
    """A public header that declares functions gives them C linkage, so that C++ drivers link."""
    for file in tree.files:
        public = file.is_published or (file.parts[0] in {"testkit", "client", "dmf"} and file.suffix == ".h")
        if not public or file.suffix != ".h" or EXTERN_C.search(file.text):
            continue
        match = DECLARATION.search(without_preprocessor(file.code))
        if match:
            yield file.finding(file.line_of(match.start()), 'declares functions without extern "C"')


def summary(tree):
    """The sizes of our own C code, in one line."""
    own = [file for file in own_code(tree) if file.is_c]
    lengths = sorted(length for file in own for _, _, length in c_functions(file))
    if not lengths:
        return "no functions in C"
    return (f"{len(lengths)} functions in {len(own)} files; lines of a function: median {statistics.median(lengths):g}, "
            f"nine of ten at most {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}; "
            f"lines of a file: median {statistics.median(len(file.lines) - 1 for file in own):g}")


RULES = [function_length, file_length, c_linkage]
