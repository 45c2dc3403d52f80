#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Shows a driver at work: demo.sh BUILD_DIR. Runs the echo driver in an ordinary process, uses its device node from an
# ordinary program, takes the device away, and says what happens at each step. Ends with an error if anything is not as
# expected.
set -eu

if [ $# -ne 1 ]; then
    printf 'usage: demo.sh BUILD_DIR\n' >&2
    exit 2
fi
build=$1
driver="${DMF_DEMO_DRIVER:-$build/lib/echo.so}"
folder=$(mktemp -d)
mount="$folder/dev"
host=

say()
{
    printf '\n== %s\n' "$*"
}

die()
{
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

clean_up()
{
    if [ -n "$host" ]; then
        kill -TERM "$host" 2>/dev/null || true
        wait "$host" 2>/dev/null || true
    fi
    rm -f "$folder/ready"
    rmdir "$mount" "$folder" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

for file in "$build/bin/dmf" "$build/bin/echo-client" "$driver"; do
    [ -e "$file" ] || die "$file is not built"
done
if [ ! -r /dev/fuse ] || [ ! -w /dev/fuse ]; then
    printf 'demo: device nodes need FUSE, and /dev/fuse cannot be opened here\n' >&2
    exit 77 # what a test returns that is skipped
fi
mkdir "$mount"
mkfifo "$folder/ready"

say "Start a process that loads $(basename "$driver") and starts one device for it"
"$build/bin/dmf" run --mount "$mount" "$driver" >"$folder/ready" &
host=$!
# The read ends when the host says that it is ready, and also when the host ends without saying so.
line=
read -r line <"$folder/ready" || true
[ "$line" = "ready $mount" ] || die "the host did not become ready; it said '$line'"
printf 'The device is in D0; process %s serves its nodes in %s.\n' "$host" "$mount"

say "The device's names are files"
ls -l "$mount"
[ -e "$mount/Echo0" ] || die "there is no node Echo0"

say "An ordinary program uses the device"
"$build/bin/echo-client" "$mount/Echo0" || die "the program was not served as it should be"

say "SIGTERM to the host: the device is removed and the driver unloaded"
kill -TERM "$host"
status=0
wait "$host" || status=$?
host=
[ "$status" -eq 0 ] || die "the host ended with status $status"
[ ! -e "$mount/Echo0" ] || die "the node Echo0 is still there"
printf 'The host ended in order and its node is gone.\n'

say "Everything was as expected"
