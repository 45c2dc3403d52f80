#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The gate that does not depend on the machine's mood: check_budget.sh BUILD_DIR counts what one operation takes and compares
# it with budget.txt: instructions (two per cent more is an error), calls of the C library's allocator, system calls and locked
# instructions (one more is). Needs valgrind, ptrace, and the build of the preset "release": another compiler has other numbers.
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

# program_of PROGRAM: its path and the words that every call of it has.
program_of()
{
    case $1 in
        stack) echo "$build/bench/bench_stack" "$build/lib/life.so" "$build/lib/bench_driver.so" ;;
        lifecycle) echo "$build/bench/bench_lifecycle" "$build/lib/lifecycle_driver.so" ;;
        containers) echo "$build/bench/bench_containers" "$build/lib/containers_driver.so" ;;
        modules) echo "$build/bench/bench_modules" "$build/lib/modules_driver.so" ;;
        memory | platform | executive | recorder | registry | sync) echo "$build/bench/bench_$1" ;;
        *) echo "budget: no program $1" >&2; return 1 ;;
    esac
}

# under_valgrind PROGRAM KEY COUNT OPTION...: runs our side of a pair; what valgrind says is in the log.
under_valgrind()
{
    command=$(program_of "$1") || return 1
    key=$2
    count=$3
    shift 3
    # Paths of a build have no blanks.
    # shellcheck disable=SC2086
    valgrind --log-file="$folder/log" "$@" $command --count "$key" "$count" >"$folder/output" 2>&1 && return 0
    cat "$folder/output" "$folder/log" >&2
    return 1
}

instructions()
{
    under_valgrind "$@" --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null || return 1
    sed -n 's/^==[0-9]*== *I *refs: *//p' "$folder/log" | tr -d ,
}

allocations()
{
    under_valgrind "$@" --tool=memcheck --undef-value-errors=no || return 1
    sed -n 's/^==[0-9]*== *total heap usage: \([0-9,]*\) allocs.*/\1/p' "$folder/log" | tr -d ,
}

system_calls()
{
    under_valgrind "$@" --tool=none --trace-syscalls=yes || return 1
    # A call that may wait has a second line when it returns.
    grep -c '^SYSCALL\[[^]]*\]([0-9]*) sys_' "$folder/log"
}

locked()
{
    command=$(program_of "$1") || return 1
    # shellcheck disable=SC2086
    "$build/bench/count_locked" $command --count "$2" "$3"
}

# per_operation WHAT PROGRAM KEY COUNT FORMAT: starting and ending cost the same whatever the count, so the difference of two
# runs is what the operations cost.
per_operation()
{
    few=$("$1" "$2" "$3" "$4") || return 1
    many=$("$1" "$2" "$3" $((3 * $4))) || return 1
    awk -v few="$few" -v many="$many" -v count="$4" -v format="$5" 'BEGIN {
        one = (many - few) / (2 * count)
        if (one * one < 0.0025) one = 0
        printf format, one
    }'
}

# compare COUNTED ALLOWED: the four numbers of each.
compare()
{
    echo "$1 $2" | awk -v numbers="$(echo "$1" | wc -w)" '{
        if (numbers != 4 || $1 <= 0) print "WRONG: nothing was counted"
        else if ($1 > $5 * 1.02) print "OVER in instructions"
        else if ($2 > $6) print "OVER in allocations"
        else if ($3 > $7) print "OVER in system calls"
        else if ($4 > $8 + 0.5) print "OVER in locked instructions"
        else if ($1 < $5 * 0.98 || $2 < $6 || $3 < $7 || $4 < $8 - 0.5) print "under: budget.txt can be lowered"
        else print "as before"
    }'
}

failed=0
wrong=0
: >"$folder/budget"
while read -r program key count allowed; do
    case $program in
        '#'* | '')
            echo "$program $key $count $allowed" | sed 's/ *$//' >>"$folder/budget"
            continue
            ;;
    esac
    counted="$(per_operation instructions "$program" "$key" "$count" %.1f </dev/null)" || exit 1
    counted="$counted $(per_operation allocations "$program" "$key" $((count / 10)) %.1f </dev/null)" || exit 1
    counted="$counted $(per_operation system_calls "$program" "$key" $((count / 10)) %.1f </dev/null)" || exit 1
    counted="$counted $(per_operation locked "$program" "$key" 20 %.1f </dev/null)" || exit 1
    # The words of what was counted are the columns.
    # shellcheck disable=SC2086
    printf '%-9s %-15s %8s %9s %6s %6s %6s\n' "$program" "$key" "$count" $counted >>"$folder/budget"
    verdict=$(compare "$counted" "$allowed")
    case $verdict in
        OVER*) failed=$((failed + 1)) ;;
        WRONG*) wrong=$((wrong + 1)) ;;
    esac
    printf '%-9s %-15s counted %-23s budget %-23s %s\n' "$program" "$key" "$counted" "$(echo "$allowed" | tr -s ' ')" "$verdict"
done <"$budget"

if [ "$wrong" -ne 0 ]; then
    echo "budget: $wrong could not be counted" >&2
    exit 1
fi
if "$write"; then
    cp "$folder/budget" "$budget"
    echo "budget: written"
    exit 0
fi
[ "$failed" -eq 0 ] || echo "budget: $failed over. When the new cost is wanted, say why in the commit and run with --write." >&2
[ "$failed" -eq 0 ]
