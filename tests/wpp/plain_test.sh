#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Plain printing: plain_test.sh PROGRAM EXPECTED. All levels are compared with the file, without line numbers; without a variable the
# levels up to information are printed, and level 0 prints nothing.
set -eu
program=$1
expected=$2

DMF_TRACE_LEVEL=5 "$program" 2>&1 | sed -E 's/^([^:]*):[0-9]+ /\1 /' | diff "$expected" - || exit 1
unset DMF_TRACE_LEVEL
default=$("$program" 2>&1 | sed -E 's/^([^:]*):[0-9]+ /\1 /')
[ "$default" = "$(grep -v '^verbose' "$expected")" ] || { printf '%s\n' "not up to information: $default" >&2; exit 1; }
silent=$(DMF_TRACE_LEVEL=0 "$program" 2>&1)
[ -z "$silent" ] || { printf '%s\n' "prints although tracing is off: $silent" >&2; exit 1; }
