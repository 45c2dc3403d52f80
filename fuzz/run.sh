#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh BUILD SECONDS: lets each fuzzer of a build try so long. What it says stays in BUILD/fuzz/logs, and inputs that reach something
# new in BUILD/fuzz/found, where the next run begins. Fails when one of them finds a defect; its input is in BUILD/fuzz/defects.
set -eu
corpus=$(cd "$(dirname "$0")/corpus" && pwd)
build=$1
seconds=$2
failed=0
mkdir -p "$build/fuzz/logs" "$build/fuzz/defects"
for folder in "$corpus"/*; do
    for name in "${folder##*/}" "${folder##*/}-user"; do
        mkdir -p "$build/fuzz/found/$name"
        if ! "$build/fuzz/$name" -verbosity=0 -print_final_stats=1 "-max_total_time=$seconds" -max_len=512 \
            "-artifact_prefix=$build/fuzz/defects/$name-" "$build/fuzz/found/$name" "$folder" >"$build/fuzz/logs/$name.log" 2>&1; then
            tail -n 40 "$build/fuzz/logs/$name.log"
            echo "run.sh: $name found a defect" >&2
            failed=1
        fi
    done
done
exit "$failed"
