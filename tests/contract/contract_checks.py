# SPDX-License-Identifier: MIT
"""Turns contract data into checks: C declarations, and rows of (name, constant expression or function).

A row with a constant expression is decided by the compiler and counted at run time; a row with a function is decided at
run time. What no check can be made from is recorded with its reason, never dropped.
"""
import re

from contract_data import read_prototype, split_top_level, strip_annotations

# What the conditions in the data say about this build: 64-bit x86, neither PREfast nor IDL, the newest published versions.
TRUE_CONDITIONS = {
    "defined(_WIN64)", "ifdef _WIN64", "!defined (NT_INCLUDED)", "(NTDDI_VERSION >= NTDDI_VISTA)",
    "(NTDDI_VERSION >= NTDDI_WIN7)", "(NTDDI_VERSION >= NTDDI_WIN8)", "_WIN32_WINNT >= 0x0600", "_MSC_VER >= 1300",
    "(PO_FX_VERSION == PO_FX_VERSION_V1)", "elif defined(_AMD64_)", "defined(_AMD64_)", "defined(_M_AMD64)",
    "!defined(_ARM64EC_)", "!(ifdef _PREFAST_)", "!(defined(_PREFAST_))", "!defined(_PREFAST_)", "!(ifdef _X86_)",
    "!(ifdef NT_ASSERT_ALWAYS_ASSUMES)", "!defined(_DBGRAISEASSERTIONFAILURE_)", "!defined(RC_INVOKED)",
    "!defined(MIDL_PASS)", "(_MSC_FULL_VER >= 150030729)", "!defined(IMPORT_NATIVE_DBG_BREAK)", "!defined(NTKERNELAPI)",
    "!(defined(_NTHALLIB_))",
}
DEBUG_CONDITIONS = {"DBG": "DBG", "!(DBG)": "!DBG"}


class Condition:
    """Whether a condition of the data holds here, and the preprocessor test that remains (DBG, C++) when it depends."""

    def __init__(self, text):
        self.holds, self.test = True, ""
        if text.startswith("defined(__cplusplus)"):
            self.test = "defined(__cplusplus)"
        elif text.startswith("!(defined(__cplusplus)"):
            self.test = "!defined(__cplusplus)"
        elif text:
            for part in text.split(" && "):
                self.add(part.strip())

    def add(self, part):
        if part in DEBUG_CONDITIONS:
            self.test = DEBUG_CONDITIONS[part]
        elif not part.startswith("ifndef ") and part not in TRUE_CONDITIONS:
            self.holds = False


class Program:
    """The checks of one flavour."""

    def __init__(self, flavour, exceptions, special_checks):
        self.flavour = flavour
        self.exceptions = exceptions
        self.special_checks = special_checks
        self.used_exceptions = set()
        self.declarations = []
        self.categories = {}
        self.unchecked = []
        self.other_configurations = 0
        self.enumerations = {}
        self.counter = 0

    def unique(self, stem):
        self.counter += 1
        return f"contract_{stem}_{self.counter}"

    def excepted(self, name):
        """True when the name is on the list of exceptions of this flavour; it is recorded with its reason then."""
        key = (name, self.flavour)
        if key not in self.exceptions:
            return False
        if key not in self.used_exceptions:
            self.unchecked.append((name, self.exceptions[key]))
        self.used_exceptions.add(key)
        return True

    def cannot_check(self, name, reason):
        self.unchecked.append((name, reason))

    def declare(self, text):
        self.declarations.append(text)

    def row(self, category, name, expression="0", function="NULL", test=""):
        rows = self.categories.setdefault(category, [])
        rows.append((name, expression, function, test))

    def same_type(self, category, name, declared, expected):
        """A row that holds when the type expression "declared" is exactly the type "expected"."""
        self.row(category, name, f"CONTRACT_SAME({declared}, {expected})")

    def applies(self, entry):
        """True when the entry belongs to this flavour and configuration."""
        if self.flavour not in entry.flavours:
            return False
        if not Condition(entry.condition).holds:
            self.other_configurations += 1
            return False
        return True


def function_type(program, function, hidden="", attribute=""):
    """Declares a typedef of the function's type and returns its name."""
    name = program.unique("function")
    types = ([hidden] if hidden else []) + [type_text for type_text, _, _ in function.parameters]
    program.declare(f"typedef {attribute}{function.result} {name}({', '.join(types) or 'VOID'});")
    return name


def check_functions(program, public, reserved):
    """The wrapper, the type of its table entry, and the table index of each function."""
    for function in public:
        expected = function_type(program, function)
        program.same_type("prototypes", function.name, f"__typeof__({function.name})", expected)
        entry = function_type(program, function, "PWDF_DRIVER_GLOBALS")
        program.same_type("table entry types", function.name, f"PFN_{function.name.upper()}", f"{entry} *")
        check_call(program, function)
    for function in public + reserved:
        program.row("table indexes", function.name, f"{function.name}TableIndex == {function.index}")
    slots = max(function.index for function in public + reserved) + 1
    program.row("table indexes", "WdfFunctionTableNumEntries", f"WdfFunctionTableNumEntries == {slots}")


def sample_value(type_text, number):
    """An expression of the type that differs from the ones with other numbers."""
    if type_text == "REFGUID":
        return "CONTRACT_GUID"
    return "contract_address" if type_text == "PHYSICAL_ADDRESS" else f"({type_text})(ULONG_PTR){17 + number}"


def check_call(program, function):
    """The wrapper calls its own slot, passes the driver's globals and each argument on, and returns what it gets."""
    slot, run = program.unique("slot"), program.unique("call")
    arguments = [sample_value(type_text, number) for number, (type_text, _, _) in enumerate(function.parameters)]
    received = "".join(f", {type_text} A{number}" for number, (type_text, _, _) in enumerate(function.parameters))
    tests = ["Globals == WdfDriverGlobals"]
    tests += [f"CONTRACT_EQUAL(A{number}, {argument})" for number, argument in enumerate(arguments)]
    result = sample_value(function.result, 90)
    answer = "" if function.result == "VOID" else f"    return {result};\n"
    call = f"{function.name}({', '.join(arguments)})"
    compare = f"    {call};\n" if function.result == "VOID" else (
        f"    {function.result} Result = {call};\n    contract_received = contract_received && CONTRACT_EQUAL(Result, {result});\n")
    program.declare(f"static {function.result} {slot}(PWDF_DRIVER_GLOBALS Globals{received})\n{{\n"
                    f"    contract_received = {' && '.join(tests)};\n{answer}}}\n"
                    f"static int {run}(void)\n{{\n    CONTRACT_REPLACE({function.name}TableIndex, {slot});\n{compare}"
                    f"    contract_table[{function.name}TableIndex] = NULL;\n    return contract_received;\n}}")
    program.row("wrapper calls", function.name, function=run)


def read_enumeration(entry):
    """(tag, type names, [(member, value)]) of an enumeration in either notation."""
    if entry.text.startswith("typedef"):
        tag = re.search(r"enum (\w+)", strip_annotations(entry.text)).group(1)
        body = strip_annotations(" ".join(entry.lines))
        members, names = body.split("}")
        values, previous = [], -1
        for piece in members.split(","):
            if piece.strip():
                name, _, text = piece.partition("=")
                previous = eval(text, {}, dict(values)) if text.strip() else previous + 1
                values.append((name.strip(), previous))
        return tag, [names.strip(" ;")], [(name, str(value)) for name, value in values]
    tag, names = re.fullmatch(r"enum (\(anon\)|\w+) : (.*)", entry.text).groups()
    members = []
    for line in entry.lines:
        name, text = line.strip().split(" = ", 1)
        # Marks for an analyser, which the compiler sees as nothing.
        members.append((name, re.sub(r" \| __\w+_type$", "", text.split(" -> ")[-1])))
    return tag, names.split(", "), members


def check_enumeration(program, entry, category="enum values"):
    """Value of each member and, in C++, its type; the enumeration's size; its pointer type and tag."""
    tag, names, members = read_enumeration(entry)
    program.enumerations[names[0]] = [name for name, _ in members]
    for name, value in members:
        if not program.excepted(name):
            program.row(category, name, f"CONTRACT_ENUMERATOR({name}, {names[0]}, {value})")
    program.row("enum types", names[0], f"sizeof({names[0]}) == sizeof(int)")
    if tag != "(anon)":
        program.same_type("enum types", "enum " + tag, f"enum {tag}", names[0])
    for pointer in names[1:]:
        program.same_type("enum types", pointer, pointer.lstrip("*"), names[0] + " *")


ALIGNMENTS = ((re.compile(r"\bPOINTER_ALIGNMENT\b"), "__attribute__((aligned(8)))"),
              (re.compile(r"\bDECLSPEC_ALIGN\((\d+)\)"), r"__attribute__((aligned(\1)))"))


def mirror_declaration(text):
    """A member declaration as the mirror structure takes it."""
    text = strip_annotations(text)
    for pattern, replacement in ALIGNMENTS:
        text = pattern.sub(replacement, text)
    return re.sub(r"\}\s*DUMMY(?:STRUCT|UNION)NAME\d*;", "};", text)


def read_members(lines):
    """[(path, type or None, width or None)] of a structure's members, outermost first; unnamed parts add nothing to a path."""
    root = []
    stack = [root]
    for line in lines:
        text = mirror_declaration(line)
        if re.fullmatch(r"(struct|union) \{", text):
            stack.append([])
        elif text.startswith("}"):
            inner = stack.pop()
            name = text.strip("} ;")
            stack[-1].append((name, None, None, inner))
        else:
            stack[-1].append(read_member(text))
    return flatten_members(root, "")


def read_member(text):
    text = re.sub(r"__attribute__\(\(aligned\(\d+\)\)\)\s*", "", text).rstrip(";")
    match = re.fullmatch(r"(.*?[\s*])(\w+)\s*(\[[^\]]*\])?(?:\s*:\s*(\d+))?", text)
    base, name, array, width = match.groups()
    return (name, base.strip() + (array or ""), width, [])


def flatten_members(members, prefix):
    paths = []
    for name, type_text, width, inner in members:
        path = prefix + name
        if name:
            paths.append((path, type_text, width))
        paths.extend(flatten_members(inner, path + "." if name else prefix))
    return paths


def pick_alternatives(lines):
    """The lines without the alternatives that the data lists beside the form this build takes."""
    text = "\n".join(lines)
    text = text.replace("    [size_is(MaximumLength / 2), length_is((Length) / 2)] USHORT *Buffer;\n", "")
    # Processor groups in resource descriptors are for those who define NT_PROCESSOR_GROUPS.
    text = re.sub(r" *USHORT Level;\n *USHORT Group;\n( *ULONG Level;\n)", r"\1", text)
    text = re.sub(r" *USHORT Group;\n( *USHORT Reserved;\n)", r"\1", text)
    return text.split("\n")


# Structures that are published between pshpack4.h and poppack.h, which the data does not say.
PACKED_BY_FOUR = {"_CM_PARTIAL_RESOURCE_DESCRIPTOR", "_CM_PARTIAL_RESOURCE_LIST", "_CM_FULL_RESOURCE_DESCRIPTOR",
                  "_CM_RESOURCE_LIST"}


def check_structure(program, entry, category="structure members"):
    """Each member's type and offset against a mirror of the structure; size, alignment, tag and pointer type."""
    keyword, tag = re.match(r"typedef (struct|union) (\w+) \{", entry.text).groups()
    lines = pick_alternatives(entry.lines)
    closing = next(index for index, line in enumerate(lines) if line.startswith("}"))
    names = lines[closing].strip("} ;").split(", ")
    mirror = program.unique("mirror")
    body = "\n".join(mirror_declaration(line) for line in lines[:closing])
    packing = ("#pragma pack(push, 4)\n", "\n#pragma pack(pop)") if tag in PACKED_BY_FOUR else ("", "")
    program.declare(f"{packing[0]}typedef {keyword} {mirror} {{\n{body}\n}} {mirror};{packing[1]}")
    for path, type_text, width in read_members(lines[:closing]):
        check_member(program, category, names[0], mirror, path, type_text, width)
    program.row("structure types", names[0],
                f"sizeof({names[0]}) == sizeof({mirror}) && __alignof__({names[0]}) == __alignof__({mirror})")
    if not program.excepted(f"{keyword} {tag}"):
        program.same_type("structure types", f"{keyword} {tag}", f"{keyword} {tag}", names[0])
    for pointer in names[1:]:
        program.same_type("structure types", pointer, pointer.lstrip("*"), names[0] + " *")


def check_member(program, category, structure, mirror, path, type_text, width):
    name = f"{structure}.{path}"
    if program.excepted(name):
        return
    if width is not None:
        function = program.unique("bits")
        program.declare(f"CONTRACT_BIT_FIELD({function}, {structure}, {mirror}, {path}, {width})")
        program.row(category, name, function=function)
        return
    place = (f"__builtin_offsetof({structure}, {path}) == __builtin_offsetof({mirror}, {path}) && "
             f"sizeof((({structure} *)0)->{path}) == sizeof((({mirror} *)0)->{path})")
    if type_text is None:
        program.row(category, name, place)
        return
    expected = program.unique("member")
    base, bracket, rest = type_text.partition("[")
    program.declare(f"typedef {base} {expected}{bracket}{rest};")
    program.row(category, name, f"CONTRACT_SAME(__typeof__((({structure} *)0)->{path}), {expected}) && {place}")


def check_callback(program, entry, category="callback types"):
    function = read_prototype(entry.text)
    program.same_type(category, function.name, function.name, function_type(program, function))


def check_callback_pointers(program, entry):
    for item in entry.text.split():
        pointer, function = item.split("=")
        program.same_type("callback pointer types", pointer, pointer, function.rstrip("*") + " *")


def check_handles(program, entries):
    """Each handle is a pointer that no other handle type equals."""
    handles = [name for entry in entries for name in entry.text.split()]
    for name in handles:
        others = " && ".join(f"!CONTRACT_SAME({name}, {other})" for other in handles + ["WDFOBJECT"] if other != name)
        program.row("handle types", name, f"sizeof({name}) == sizeof(void *) && {others}")


def check_typedef(program, entry):
    """Each name that a typedef declares, against the same typedef under another name."""
    text = strip_annotations(entry.text).rstrip(";")
    names = []

    def rename(match):
        names.append(match.group(1))
        return match.group(0).replace(match.group(1), "contract_typedef_" + match.group(1))

    if "(" in text:
        text = re.sub(r"(?<=\*)\s*(\w+)(?=\))", rename, text, count=1)
    else:
        text = re.sub(r"(\w+)(?=\s*(?:,|$))", rename, text)
    program.declare(text + ";")
    for name in names:
        if not program.excepted(name):
            program.same_type("typedefs", name, name, "contract_typedef_" + name)


OTHER_NAME_OF_A_FUNCTION = re.compile(r"NT_(ASSERT|VERIFY)\w*|__debugbreak")


def check_macro(program, entry, category="constants and macros"):
    """A macro's value, or for a function-like macro its existence and its own check in special_checks.h."""
    name, _, value = entry.text.partition("  =>")
    value = value.strip()
    if program.excepted(name.split("(")[0]):
        return
    test = Condition(entry.condition).test
    if "(" in name:
        check_function_macro(program, name.split("(")[0], category, test)
    elif value in ("(empty)", ""):
        program.row(category, name, f"sizeof(CONTRACT_TEXT({name})) == 1", test=test)
    elif value.startswith('L"'):
        function = program.unique("text")
        program.declare(f"CONTRACT_WIDE_TEXT({function}, {name}, {value})")
        program.row(category, name, function=function, test=test)
    elif value in ("NULL", "nullptr", "(NULL)", "WDF_NULL_POINTER"):
        function = program.unique("null")
        program.declare(f"CONTRACT_NULL_POINTER({function}, {name})")
        program.row(category, name, function=function, test=test)
    elif value.startswith(("WdfFunctions_", "DECLSPEC_")):
        function = program.unique("name")
        program.declare(f"CONTRACT_EXPANSION({function}, {name}, {value})")
        program.row(category, name, function=function, test=test)
    elif value == "PVOID":
        program.same_type(category, name, name, value)
    elif OTHER_NAME_OF_A_FUNCTION.fullmatch(value):
        check_existence(program, name, category, test)
    else:
        program.row(category, name, f"CONTRACT_VALUE({name}, {value})", test=test)


def check_function_macro(program, name, category, test):
    function = "contract_special_" + name
    if function in program.special_checks:
        program.row(category, name, function=function, test=test)
    elif category == "constants and macros":
        program.cannot_check(name, "function-like macro without a check in special_checks.h")
    else:
        check_existence(program, name, category, test)


def check_existence(program, name, category, test=""):
    """The name is a macro, or something that has a type; the compiler names what is missing."""
    macro = "CONTRACT_TAG_EXISTS" if re.fullmatch(r"_[A-Z]\w*[A-Z]", name) else "CONTRACT_EXISTS"
    program.declare(f"#ifndef {name}\n{macro}({name}, {program.unique('exists')})\n#endif")
    program.row(category, name, "1", test=test)


def check_types(program, entries):
    """Every entry of wdf-types.txt that belongs to the flavour."""
    checkers = {
        "enums": check_enumeration, "structs": check_structure, "callback typedefs": check_callback,
        "callback pointer typedefs (pointer to the named function type)": check_callback_pointers,
        "other typedefs": check_typedef, "macros and constants": check_macro,
    }
    entries = [entry for entry in entries if program.applies(entry)]
    check_handles(program, [entry for entry in entries if entry.section.startswith("handle types")])
    for entry in entries:
        if entry.section in checkers:
            checkers[entry.section](program, entry)
        elif entry.section not in ("inline helpers", "handle types (opaque distinct pointer types)"):
            program.cannot_check(entry.text, "section without a checker: " + entry.section)


def check_user_wdm_types(program, entries):
    """What the UMDF headers supply of WDM. The kernel flavour has the enumerations, structures and constants from wdm.h."""
    seen = set()
    for entry in entries:
        if not Condition(entry.condition).holds:
            program.other_configurations += 1
        elif entry.section == "enums":
            check_enumeration(program, entry, "WDM enum values")
        elif entry.section == "structs":
            check_structure(program, entry, "WDM structure members")
        elif entry.section.startswith("constants"):
            check_macro(program, entry, "WDM constants and macros")
        elif entry.section == "typedefs":
            check_typedef(program, entry)
        elif entry.section == "function types":
            check_callback(program, entry, "WDM function types")
        elif entry.section.startswith("inline") and program.flavour == "U":
            check_wdm_function(program, entry, seen)


def check_wdm_function(program, entry, seen):
    function = read_prototype(entry.text)
    if function.name in seen or program.excepted("prototype of " + function.name):
        return
    seen.add(function.name)
    attribute = "CONTRACT_NORETURN " if "DECLSPEC_NORETURN" in entry.text else ""
    expected = function_type(program, function, attribute=attribute)
    program.same_type("WDM functions", function.name, f"__typeof__({function.name})", expected)


VALUE_KINDS = ("ntstatus", "win32-code", "nt-enum-member")


def usage_flavours(row):
    """The flavours in which the framework has the name: sources of both flavours name what one of them does not compile."""
    return {"KMDF only": "K", "UMDF only": "U"}.get(row.note, row.flavours)


def check_usage(program, rows, control_codes):
    """Every name that DMF uses exists in its flavours; codes have the values of the note or of the list of control codes."""
    for row in rows:
        if program.flavour not in usage_flavours(row) or program.excepted(row.name):
            continue
        value = re.match(r"(0x[0-9A-Fa-f]+|\d+)\b", row.note)
        if row.kind == "header":
            program.row("headers that DMF includes", row.name, "1")
        elif row.kind == "ioctl" and row.name not in control_codes:
            program.cannot_check(row.name, "control code without a value in ioctl_values.tsv")
        elif row.kind == "ioctl":
            program.row("ioctl values", row.name, f"CONTRACT_VALUE32({row.name}, {control_codes[row.name]})")
        elif row.kind in VALUE_KINDS and value and not program.excepted("value of " + row.name):
            program.row(f"{row.kind} values", row.name, f"CONTRACT_VALUE32({row.name}, {value.group(1)})")
        else:
            check_existence(program, row.name, "names that DMF uses")
