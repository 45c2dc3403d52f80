#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Runs a program with errors traced and compares its lines, without line numbers, with a file. Without tracing it is silent.
set -eu
# What the recorder keeps is evaluated too; here it is about what is printed.
export DMF_RECORDER_LEVEL=0
program=$1
expected=$2

DMF_TRACE_LEVEL=2 "$program" 2>&1 | sed -E 's/^([^:]*):[0-9]+ /\1 /' | diff "$expected" - || exit 1
DMF_TRACE_LEVEL=2 "$program" 2>/dev/null
unset DMF_TRACE_LEVEL
silent=$("$program" 2>&1 || true)
[ -z "$silent" ] || { printf '%s\n' "traces although tracing is off: $silent" >&2; exit 1; }
