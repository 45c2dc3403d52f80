#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dmf recorder: recorder_command_test.sh DMF PROGRAM. The program is dmf_trace_test, which traces and leaves its logs.
set -eu

dmf=$1
program=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/dmf-recorder-XXXXXX")
trap 'rm -rf --one-file-system "$folder"' EXIT

fail()
{
    echo "recorder_command_test: $1" >&2
    exit 1
}

# expect COUNT WORDS OPTION...: so many records have the words.
expect()
{
    count=$1
    words=$2
    shift 2
    found=$("$dmf" recorder "$@" | grep -c -F -- "$words" || :)
    [ "$found" -eq "$count" ] || fail "$found records instead of $count with '$words' for: $*"
}

# refuse STATUS OPTION...
refuse()
{
    expected=$1
    shift
    status=0
    "$dmf" recorder "$@" >/dev/null 2>&1 || status=$?
    [ "$status" -eq "$expected" ] || fail "exit status $status instead of $expected for: $*"
}

DMF_RECORDER_FOLDER=$folder "$program" statements_reach_the_driver_s_log_as_text
file=$(echo "$folder"/dmf_trace_test.*.recorder)
[ -f "$file" ] || fail "the program left no log"

expect 1 'STATUS_NO_MEMORY' "$folder"
expect 1 'STATUS_NO_MEMORY' "$file"
expect 1 '# providers: DmfLibraryTraceGuid 74dc7ab3-690b-480a-87a4-3627882a831c, TestTraceGuid' "$file"
expect 1 'begin of the statements' "$file"
expect 0 'begin of the statements' --level error "$file"
expect 1 'STATUS_NO_MEMORY' --level error "$file"
expect 1 'STATUS_NO_MEMORY' -l 2 "$file"
expect 1 'STATUS_NO_MEMORY' --flag DMF_TRACE "$file"
expect 0 'begin of the statements' --flag DMF_TRACE "$file"
expect 1 'begin of the statements' --flag TRACE_DEVICE "$file"
expect 0 'begin of the statements' --module Nobody "$file"

"$dmf" recorder --json "$file" | python3 -c '
import json, sys
records = [json.loads(line) for line in sys.stdin]
assert any("begin of the statements" in record["message"] for record in records), records
'


# A Module's records, by its source.
modules=$folder/modules
mkdir "$modules"
DMF_RECORDER_LEVEL=5 DMF_RECORDER_FOLDER=$modules "$program" module_without_a_size_shares_the_driver_s_log
expect 1 'DMF_Bridge_Create: --> DMF_Bridge_Create' --module Bridge "$modules"
expect 0 ' DmfModule.c:' --module Bridge "$modules"
expect 0 'Dmf_Bridge.c' --module Bridg "$modules"

refuse 2
refuse 2 --level loud "$file"
refuse 2 --nonsense "$file"
refuse 1 "$folder/nothing.recorder"
echo 'this is no log' >"$folder/damaged.recorder"
refuse 1 "$folder/damaged.recorder"
refuse 1 "$folder"
