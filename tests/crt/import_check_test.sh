#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The check that dmf_add_driver() makes after each link: it lets a driver pass that uses the overlay and refuses one that got
# at libc's wide functions, naming the function and the object.
set -eu
root=$1
nm=$2
work=$3/imports
check=$root/cmake/dmf-check-imports.sh
mkdir -p "$work"
cd "$work"

cat >good.c <<'END'
#include <wchar.h>
#include <stdio.h>
int good(const wchar_t *text);
int good(const wchar_t *text)
{
    wchar_t copy[8];
    return swprintf(copy, 8, L"%s", text) + (int)wcslen(text);
}
END
cat >bad.c <<'END'
typedef __WCHAR_TYPE__ wide;
unsigned long wcsspn(const wide *text, const wide *set);
int towlower(int character);
int bad(const wide *text);
int bad(const wide *text)
{
    return (int)wcsspn(text, L"a") + towlower(*text);
}
END
cc -fshort-wchar -fPIC "-I$root/nt/include/crt" -c good.c
cc -fshort-wchar -fPIC -fno-builtin -c bad.c
cc -shared good.o -o good.so
cc -shared good.o bad.o -o bad.so

sh "$check" "$nm" good.so good.o
if sh "$check" "$nm" bad.so good.o bad.o 2>log; then
    echo "bad.so was accepted" >&2
    exit 1
fi
for expected in "bad.o: error: uses wcsspn()" "bad.o: error: uses towlower()" "bad.so: error"; do
    grep -qF "$expected" log || { echo "missing: $expected" >&2; cat log >&2; exit 1; }
done
if grep -q "good.o" log; then
    echo "good.o was accused" >&2
    exit 1
fi

# An archive of a Module library is named with its member.
ar rcs libbad.a bad.o
if sh "$check" "$nm" bad.so good.o libbad.a 2>log || ! grep -q "libbad.a:bad.o: error: uses wcsspn()" log; then
    echo "the member of the archive is not named" >&2
    cat log >&2
    exit 1
fi
