# SPDX-License-Identifier: MIT
"""Checks of the inline helpers: the prototype of each, and at run time the effect of each on a structure.

The listed effects are carried out on a model structure, the helper on another one; both start filled with 0xA5, so that a
byte which should have been cleared, or should have been left alone, shows. The two must be equal to the last byte.
"""
import itertools
import re

from contract_checks import function_type
from contract_data import read_prototype

# Effects that the data words as sentences, as the statement that carries them out on the model.
SENTENCES = {
    ".DxState = PowerDeviceMaximum when IdleCaps is IdleCanWakeFromS0 or IdleUsbSelectiveSuspend; PowerDeviceD3 when "
    "IdleCannotWakeFromS0; otherwise left 0":
        "if (IdleCaps == IdleCanWakeFromS0 || IdleCaps == IdleUsbSelectiveSuspend) { Settings->DxState = PowerDeviceMaximum; }"
        " else if (IdleCaps == IdleCannotWakeFromS0) { Settings->DxState = PowerDeviceD3; }",
}
RESULT_SENTENCES = {
    "evaluates to State with the WdfDevStateNP bit cleared": "State & ~(ULONG)WdfDevStateNP",
    "TRUE when State has the WdfDevStateNP bit": "(State & (ULONG)WdfDevStateNP) != 0 ? TRUE : FALSE",
}
# Sets of values by parameter name, then by type, where any distinct value would not do.
VALUES_BY_NAME = {
    "AlignTo": ["1", "2", "8", "4096"],
    "EndpointAddress": ["0x00", "0x80", "0x81", "0x7f", "0xff"],
    "Time": ["0", "1", "40", "1000000007"],
    "Timeout": ["-10000000", "0", "77"],
}
VALUES_BY_TYPE = {
    "BOOLEAN": ["TRUE", "FALSE"],
    "WDF_IO_QUEUE_STATE": [str(value) for value in range(32)],
    "PCUNICODE_STRING": ["&contract_string"],
    "CONST GUID*": ["&contract_guid"],
    "const GUID*": ["&contract_guid"],
    "PHYSICAL_ADDRESS": ["contract_address"],
}
INTEGER_TYPES = {"ULONG", "USHORT", "UCHAR", "BYTE", "LONG", "LONGLONG", "ULONGLONG", "size_t", "NTSTATUS", "ACCESS_MASK"}


def argument_values(program, position, parameter):
    """The expressions that a helper is called with for one parameter, or None when there is no way to make a value."""
    type_text, name, optional = parameter
    cast = f"({type_text})"
    if name in VALUES_BY_NAME:
        return [f"{cast}{value}" for value in VALUES_BY_NAME[name]]
    if name == "State" and type_text == "ULONG":
        return ["0u", "0x8000u", "0x302u", "0x8302u", "0xffffffffu"]
    if type_text in VALUES_BY_TYPE:
        values = VALUES_BY_TYPE[type_text]
        null = [f"{cast}0"] if optional else []
        return values + null if "contract_" in values[0] else [f"{cast}{value}" for value in values]
    if type_text in program.enumerations:
        return program.enumerations[type_text]
    if type_text == "DMA_WIDTH":
        return ["Width8Bits", "Width32Bits"]
    if type_text in INTEGER_TYPES:
        return [f"{cast}{40 + 3 * position}", f"{cast}0"]
    if re.match(r"(P[A-Z]|WDF[A-Z]+$|const \w+\*)", type_text) or type_text.endswith("*"):
        pointer = [f"{cast}(ULONG_PTR)0x{0x7e00 + 0x110 * position:x}"]
        return pointer + ([f"{cast}0"] if optional else [])
    return None


def model_statement(effect, first):
    """The C statement that carries out one listed effect on the model, or None when the effect is not understood."""
    if effect in SENTENCES:
        return SENTENCES[effect]
    if effect == "zero-fill":
        return f"memset({first}, 0, sizeof(*{first}));"
    if effect.startswith("(no zero-fill"):
        return ""
    condition = re.fullmatch(r"\[when (.*?)\] (.*)", effect.replace("[i]", "\x01").replace("[1]", "\x02"))
    if condition:
        test, action = (text.replace("\x01", "[i]").replace("\x02", "[1]") for text in condition.groups())
        statement = model_statement(action, first)
        loop = re.fullmatch(r"for i = (.*)", test)
        head = f"for (size_t i = {loop.group(1)})" if loop else f"if ({test.replace('not(', '!(')})"
        return None if statement is None else f"{head} {{ {statement} }}"
    if re.match(r"\.[\w.\[\]]+ \|?= ", effect):
        target, operator, value = re.match(r"\.([\w.\[\]]+) (\|?=) (.*)", effect).groups()
        return f"{first}->{target} {operator} {value};" if ";" not in value else None
    if re.fullmatch(r"\w+\(.*\)", effect):
        return effect + ";"
    return None


def check_helper(program, entry):
    """One inline helper: its prototype, and what it does."""
    helper = read_prototype(entry.text)
    program.same_type("inline helper prototypes", helper.name, f"__typeof__({helper.name})", function_type(program, helper))
    effects = [line.strip() for line in entry.lines]
    special = "contract_special_" + helper.name
    if special in program.special_checks:
        program.row("inline helper effects", helper.name, function=special)
    elif not effects:
        program.cannot_check(helper.name, "inline helper whose effect the data does not list")
    elif effects[0].startswith("return") or effects[0] in RESULT_SENTENCES:
        check_result(program, helper, RESULT_SENTENCES.get(effects[0], re.sub(r"^return", "", effects[0]).strip()))
    else:
        check_effects(program, helper, effects)


def calls(program, helper, parameters, function, offset):
    """The calls of one check function with all combinations of argument values, or None."""
    values = [argument_values(program, offset + index, parameter) for index, parameter in enumerate(parameters)]
    for parameter, choice in zip(parameters, values):
        if choice is None:
            program.cannot_check(helper.name, f"no values for parameter type {parameter[0]}")
            return None
    combinations = itertools.product(*values)
    return " && ".join(f"{function}({', '.join(combination)})" for combination in combinations)


def parameter_list(parameters):
    return ", ".join(f"{type_text} {name}" for type_text, name, _ in parameters) or "void"


def check_result(program, helper, expression):
    """A helper that computes: compare with the listed expression."""
    one, run = program.unique("result"), program.unique("run")
    arguments = calls(program, helper, helper.parameters, one, 1)
    if arguments is None:
        return
    names = ", ".join(name for _, name, _ in helper.parameters)
    program.declare(f"static int {one}({parameter_list(helper.parameters)})\n{{\n"
                    f"    return {helper.name}({names}) == ({helper.result})({expression});\n}}\n"
                    f"static int {run}(void)\n{{\n    return {arguments};\n}}")
    program.row("inline helper effects", helper.name, function=run)


def check_effects(program, helper, effects):
    """A helper that fills a structure: compare with the model, byte by byte."""
    first_type, first, _ = helper.parameters[0]
    statements = [model_statement(effect, first) for effect in effects]
    for effect, statement in zip(effects, statements):
        if statement is None:
            program.cannot_check(helper.name, "effect not understood: " + effect)
            return
    one, run = program.unique("effect"), program.unique("run")
    rest = helper.parameters[1:]
    arguments = calls(program, helper, rest, one, 2)
    if arguments is None:
        return
    names = "".join(", " + name for _, name, _ in rest)
    body = "\n".join("    " + statement for statement in statements if statement)
    program.declare(f"static int {one}({parameter_list(rest)})\n{{\n    contract_pair Pair;\n"
                    f"    {first_type} {first} = ({first_type})contract_fill(&Pair, sizeof(*{first}));\n"
                    f"    {helper.name}(({first_type})Pair.actual{names});\n{body}\n    return contract_equal(&Pair);\n}}\n"
                    f"static int {run}(void)\n{{\n    return {arguments};\n}}")
    program.row("inline helper effects", helper.name, function=run)


def check_helpers(program, entries):
    for entry in entries:
        if entry.section == "inline helpers" and program.applies(entry):
            check_helper(program, entry)
