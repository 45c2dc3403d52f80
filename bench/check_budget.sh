#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The gate that does not depend on the machine's mood: check_budget.sh BUILD_DIR counts the instructions of one operation and
# compares them with budget.txt. More than two per cent over the budget is an error. Needs valgrind, and the build of the
# preset "release": another compiler has other numbers.
#
#     check_budget.sh --write BUILD_DIR    puts what it counts into budget.txt
set -eu

write=false
if [ "${1:-}" = --write ]; then
    write=true
    shift
fi
build=${1:?usage: check_budget.sh [--write] BUILD_DIR}
build=$(cd "$build" && pwd)
budget=$(cd "$(dirname "$0")" && pwd)/budget.txt
folder=$(mktemp -d "${TMPDIR:-/tmp}/dmf-budget-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP

command -v valgrind >/dev/null || { echo "budget: valgrind is not installed" >&2; exit 1; }
[ -x "$build/bench/bench_stack" ] || { echo "budget: $build holds no benchmarks" >&2; exit 1; }

# The command line of a program of budget.txt.
run_program()
{
    case $1 in
        stack) shift; set -- "$build/bench/bench_stack" "$build/lib/life.so" "$build/lib/bench_driver.so" "$@" ;;
        platform) shift; set -- "$build/bench/bench_platform" "$@" ;;
        *) echo "budget: no program $1" >&2; return 1 ;;
    esac
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null "$@"
}

# instructions PROGRAM KEY COUNT: of the whole run.
instructions()
{
    if ! run_program "$1" --count "$2" "$3" >"$folder/log" 2>&1; then
        cat "$folder/log" >&2
        return 1
    fi
    sed -n 's/^==[0-9]*== *I *refs: *//p' "$folder/log" | tr -d ,
}

# Starting and ending cost the same whatever the count, so the difference of two runs is what the operations cost.
per_operation()
{
    few=$(instructions "$1" "$2" "$3") || return 1
    many=$(instructions "$1" "$2" $((3 * $3))) || return 1
    awk -v few="$few" -v many="$many" -v count="$3" 'BEGIN { printf "%.1f", (many - few) / (2 * count) }'
}

failed=0
: >"$folder/budget"
while read -r program key count allowed; do
    case $program in
        '#'* | '')
            echo "$program $key $count $allowed" | sed 's/ *$//' >>"$folder/budget"
            continue
            ;;
    esac
    counted=$(per_operation "$program" "$key" "$count" </dev/null) || exit 1
    printf '%-8s %-16s %8s %10s\n' "$program" "$key" "$count" "$counted" >>"$folder/budget"
    verdict=$(awk -v counted="$counted" -v allowed="$allowed" 'BEGIN {
        if (counted <= 0) print "WRONG: nothing was counted"
        else if (counted > allowed * 1.02) print "OVER"
        else if (counted < allowed * 0.98) print "under: budget.txt can be lowered"
        else print "as before"
    }')
    case $verdict in
        OVER | WRONG*) failed=$((failed + 1)) ;;
    esac
    printf '%-8s %-16s %10s instructions, budget %10s: %s\n' "$program" "$key" "$counted" "$allowed" "$verdict"
done <"$budget"

if "$write"; then
    cp "$folder/budget" "$budget"
    echo "budget: written"
    exit 0
fi
[ "$failed" -eq 0 ] || echo "budget: $failed over. When the new cost is wanted, say why in the commit and run with --write." >&2
[ "$failed" -eq 0 ]
