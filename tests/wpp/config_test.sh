#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What dmf-wpp makes of configuration blocks, well formed and malformed, in every place and encoding.
set -eu
wpp=$1
work=$2/config
mkdir -p "$work"
cd "$work"
rm -f ./*.tmh
failures=0

fail()
{
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

# accepted NAME PATTERN: the source NAME gives a .tmh in which the pattern stands.
accepted()
{
    if ! "$wpp" "$1" 2>log; then
        fail "$1 was refused: $(cat log)"
    elif ! grep -qF -- "$2" "${1%.*}.tmh"; then
        fail "$1: no \"$2\" in the output"
    fi
}

# refused NAME MESSAGE: the source is refused with the message, which begins with the file and the line, and nothing is written.
refused()
{
    status=0
    "$wpp" "$1" 2>log || status=$?
    [ "$status" -eq 1 ] || fail "$1: exit status $status"
    grep -qF -- "$2" log || fail "$1: expected \"$2\", got: $(cat log)"
    [ ! -e "${1%.*}.tmh" ] || fail "$1: a file was written"
}

# Where a block may stand.
printf '// begin_wpp config\n// FUNC Line(LEVEL, MSG, ...);\n// end\n' >line.c
accepted line.c '#define Line(LEVEL, MSG, ...)'
printf '/*\n begin_wpp config\n  FUNC Block(LEVEL, MSG, ...)\n end_wpp\n*/\n' >block.c
accepted block.c '#define Block(LEVEL, MSG, ...)'
printf '/*\r\n** begin_wpp config\r\n** FUNC Stars(FLAGS, MSG, ...);\r\n** end\r\n*/\r\n' >stars.c
accepted stars.c '#define Stars(FLAGS, MSG, ...)'
printf '\357\273\277// begin_wpp config\n// FUNC Mark(MSG, ...);\n// end\n' >mark.c
accepted mark.c '#define Mark(MSG, ...)'
printf '// begin_wpp config\n// FUNC Sixteen(MSG, ...);\n// end\n' | iconv -t UTF-16 >sixteen.c
accepted sixteen.c '#define Sixteen(MSG, ...)'
printf '// begin_wpp config\n// FUNC Sixteen(MSG, ...);\n// end\n' | iconv -t UTF-16BE | { printf '\376\377'; cat; } >big.c
accepted big.c '#define Sixteen(MSG, ...)'
printf '// begin_wpp config\n// FUNC Splice \\\n (MSG, ...);\n// end\n' >splice.c
accepted splice.c '#define Splice(MSG, ...)'
printf '// begin_wpp config\n// FUNC Long(LEVEL,\n//     FLAGS,\n//     MSG, ...);\n// end\n' >long.c
accepted long.c '#define Long(LEVEL, FLAGS, MSG, ...)'
printf '// begin_wpp config\n// FUNC One(MSG, ...);\n// end\nint x;\n// begin_wpp config\n// FUNC Two(MSG, ...);\n// end\n' >two.c
accepted two.c '#define One(MSG, ...)'
accepted two.c '#define Two(MSG, ...)'

# What only looks like one.
cat >decoys.cpp <<'END'
const char *a = "/* begin_wpp config"; char quote = '"'; char other = '\'';
const char *raw = R"x(
// begin_wpp config
// FUNC Wrong(
)x"; int number = 1'000'000; // "
// The begin_wpp config block is in another file.
// begin_wpp config is where it starts
#error don't begin
END
accepted decoys.cpp '#define TraceEvents('
printf 'int x;\n' >none.c
accepted none.c '#define FuncExitVoid('
: >empty.c
accepted empty.c '#include <dmf_trace.h>'

# Forms of the directives.
cat >forms.c <<'END'
// begin_wpp config
//
// FUNC Fixed{LEVEL=TRACE_LEVEL_ERROR, FLAGS=A|B}(MSG, ...);
// FUNC NoMessage{LEVEL=1}(FLAGS);
// FUNC Nothing();
// FUNC Doubled((MSG, ...));
// FUNC Mixed(LEVEL, FLAGS, (MSG, ...));
// USEPREFIX (Fixed, "%!STDPREFIX!(%s, %d): ", Name(1, 2), 3);
// USESUFFIX (Fixed, " \"quoted)\" ")
// CUSTOM_TYPE(state, ItemListByte(Low, High));
// CUSTOM_TYPE(flags, ItemSetByte(One, Two));
// DEFINE_SIMPLE_TYPE(NTSTATUS2, signed int, ItemNTSTATUS, "s", l, 0);
// UNKNOWN_DIRECTIVE(x)
// end
END
accepted forms.c '#define Fixed(MSG, ...) DMF_TRACE_CALL(0, TRACE_LEVEL_ERROR, "A|B", "" "%!STDPREFIX!(%s, %d): " MSG " \"quoted)\" ", Name(1, 2), 3, ##__VA_ARGS__)'
accepted forms.c '#define NoMessage(FLAGS, ...) DMF_TRACE_CALL(0, 1, #FLAGS'
accepted forms.c '#define Nothing(...)'
accepted forms.c '#define Doubled(DMF_TRACE_LIST)'
accepted forms.c '#define Mixed(LEVEL, FLAGS, DMF_TRACE_LIST)'
accepted forms.c '"Low", "High"'
grep -q 'forms.c:13: warning: "UNKNOWN_DIRECTIVE"' log || fail "no warning for an unknown directive"

# A configuration from another file, several sources, a folder, and no rewriting of what has not changed.
mkdir -p out
printf '// begin_wpp config\n// FUNC Shared(MSG, ...);\n// end\n' >config.h
"$wpp" --config=config.h --directory=out none.c empty.c
grep -q 'define Shared(' out/none.tmh || fail "the configuration of another file is not used"
grep -q 'define Shared(' out/empty.tmh || fail "the second source has no output"
touch -d '2001-01-01' out/none.tmh
"$wpp" -c config.h -o out/none.tmh none.c
[ "$(find out/none.tmh -newermt 2002-01-01)" = "" ] || fail "an unchanged file was written again"

# Malformed.
printf '\n// begin_wpp config\n// FUNC A(MSG, ...);\nint x;\n// end\n' >no_end.c
refused no_end.c 'no_end.c:2: error: the "begin_wpp config" block has no "end"'
printf '// begin_wpp config\n// FUNC A(MSG, ...);\n' >at_eof.c
refused at_eof.c 'at_eof.c:1: error: the "begin_wpp config" block has no "end"'
printf '// begin_wpp config\n// FUNC A(MSG, ...;\n// end\n' >no_parenthesis.c
refused no_parenthesis.c 'no_parenthesis.c:2: error: the directive has no closing parenthesis'
printf '// begin_wpp config\n// FUNC (MSG, ...);\n// end\n' >no_name.c
refused no_name.c "no_name.c:2: error: expected a name"
printf '// begin_wpp config\n// FUNC A;\n// end\n' >no_list.c
refused no_list.c "no_list.c:2: error: expected '('"
printf '// begin_wpp config\n// FUNC A(MSG, ...) more\n// end\n' >trailing.c
refused trailing.c "trailing.c:2: error: unexpected text at the end"
printf '// begin_wpp config\n// FUNC A(MSG,, ...);\n// end\n' >commas.c
refused commas.c "commas.c:2: error: expected a name"
printf '// begin_wpp config\n// FUNC A{LEVEL}(MSG, ...);\n// end\n' >no_value.c
refused no_value.c "no_value.c:2: error: expected '='"
printf '// begin_wpp config\n// FUNC A{LEVEL=}(MSG, ...);\n// end\n' >empty_value.c
refused empty_value.c "empty_value.c:2: error: a value is missing"
printf '// begin_wpp config\n// USEPREFIX(A, "x");\n// end\n' >no_func.c
refused no_func.c "no_func.c:2: error: there is no FUNC A to give a prefix to"
printf '// begin_wpp config\n// FUNC A(MSG, ...);\n// USESUFFIX(A, x);\n// end\n' >no_string.c
refused no_string.c "no_string.c:3: error: expected a string"
printf '// begin_wpp config\n// begin_wpp config\n// end\n' >nested.c
refused nested.c "nested.c:2: error: a block begins before the block of line 1 has ended"
printf '/* begin_wpp config\n' >open_comment.c
refused open_comment.c "open_comment.c:1: error: the comment has no end"
printf 'a\000b' >binary.c
refused binary.c "binary.c: error: is not a text file"
refused missing.c "missing.c: error: cannot be read"

[ "$failures" -eq 0 ]
