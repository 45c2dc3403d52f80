#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Runs all benchmarks of a built tree: run.sh BUILD_DIR. README.md says what they measure and how to read the lines. Takes two to
# three minutes; BENCH_TARGET_MS (milliseconds of one run, 30 by default) makes it shorter and less certain.
set -eu

build=${1:?usage: run.sh BUILD_DIR}
build=$(cd "$build" && pwd)
programs="$build/bench"
drivers="$build/lib"
folder=$(mktemp -d "${TMPDIR:-/tmp}/dmf-bench-XXXXXX")
servers=

[ -x "$programs/bench_stack" ] ||
    { echo "bench: $build holds no benchmarks; they are built for x86-64, without sanitizers and coverage" >&2; exit 1; }

# Ends the servers that this script started, and takes away whatever they left.
stop_servers()
{
    for server in $servers; do
        kill -TERM "$server" 2>/dev/null || :
        wait "$server" 2>/dev/null || :
    done
    servers=
    for mount in "$folder"/*; do
        [ ! -d "$mount" ] || ! mountpoint -q "$mount" || fusermount3 -u -z "$mount" || :
    done
}

clean_up()
{
    stop_servers
    rm -rf --one-file-system "$folder"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

# serve NAME COMMAND...: starts a server whose mount is $folder/NAME.
serve()
{
    name=$1
    shift
    mkdir -p "$folder/$name"
    "$@" >"$folder/$name.log" 2>&1 &
    servers="$servers $!"
}

# Prints the first entry of a mount, as soon as there is one. The anchor's has no listing, but a node of a known name.
node_of()
{
    tries=0
    while [ "$tries" -lt 50 ]; do
        if [ -e "$folder/$1/dev" ]; then
            echo "$folder/$1/dev"
            return 0
        fi
        if mountpoint -q "$folder/$1"; then
            for entry in "$folder/$1"/*; do
                [ ! -e "$entry" ] || { echo "$entry"; return 0; }
            done
        fi
        tries=$((tries + 1))
        sleep 0.1
    done
    cat "$folder/$1.log" >&2
    return 1
}

# measure_node free|one PREFIX...: both servers and the client, each started with the prefix.
measure_node()
{
    place=$1
    shift
    serve ours "$@" "$build/bin/dmf" run --mount "$folder/ours" "$drivers/life.so"
    serve anchor "$@" "$programs/anchor_fuse_srv" mtclone "$folder/anchor"
    if ours=$(node_of ours) && anchor=$(node_of anchor); then
        "$programs/bench_node" "$place" "$ours" "$anchor"
    else
        echo "skipped: the node servers cannot mount here (no /dev/fuse, or the anchor's allow_other is not permitted)"
    fi
    stop_servers
}

heading()
{
    echo
    printf '%-44s %8s  %-30s %8s  %6s\n' "$1" "ns" "beside" "ns" "ratio, 95 % bound, goal"
}

if [ "$(getconf _NPROCESSORS_ONLN)" -lt 2 ]; then
    echo "bench: this takes two processors" >&2
    exit 1
fi
echo "Times are of this machine at this moment; only the ratios compare."
heading "In the process of the driver"
"$programs/bench_stack" "$drivers/life.so" "$drivers/bench_driver.so"
"$programs/bench_verifier" "$drivers/bench_driver.so" "$drivers/bench_driver_other.so"
heading "The executive's memory"
"$programs/bench_memory"
heading "Under it: platform/"
"$programs/bench_platform"
heading "The executive's locks and events"
"$programs/bench_sync"
echo
"$programs/bench_idle" "$drivers/idle_driver.so"
"$programs/bench_modules" "$drivers/modules_driver.so"
"$programs/bench_containers" "$drivers/containers_driver.so"
"$programs/bench_lifecycle" "$drivers/lifecycle_driver.so"
heading "Under it: the executive"
"$programs/bench_executive"
heading "How late timers are"
"$programs/bench_lateness"
heading "The registry's file"
"$programs/bench_registry"
heading "The in-flight recorder"
"$programs/bench_recorder"
heading "Through a device node"
measure_node free
measure_node one taskset -c 0
