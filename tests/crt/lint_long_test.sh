#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dmf-lint-long reports each use of the type long and nothing else.
set -eu
lint=$1
work=$2/lint_long
mkdir -p "$work"
cd "$work"

# Every line whose number is reported has the word REPORT in a comment.
cat >source.c <<'END'
long first; /* REPORT */
LONG fine; ULONG also_fine; /* long in a comment */ // long
unsigned long second; // REPORT
long long third; unsigned long long fourth; long int long fifth;
long double sixth;
const char *text = "long \" long"; char quote = '"'; int after;
static volatile long const int seventh; // REPORT
int longest, along, long_name, _long;
#define MY_LONG long /* REPORT */
// a comment that goes on \
long here
long /* between */ long eighth;
long \
long ninth;
sizeof(long) /* REPORT */ + (long)1; /* one report per line end, two uses */
END
printf 'auto raw = R"x(long " long)x"; long a; // REPORT\r\nint n = 1%s000; long b; // REPORT\r\n' "'" >source.cpp

status=0
"$lint" source.c source.cpp 2>log || status=$?
[ "$status" -eq 1 ] || { echo "exit status $status" >&2; exit 1; }
for file in source.c source.cpp; do
    grep -n REPORT "$file" | cut -d: -f1 >expected
    sed -n "s/^$file:\([0-9]*\): warning: .*/\1/p" log | sort -nu >reported
    diff expected reported || { echo "$file: other lines than expected" >&2; exit 1; }
done
"$lint" --warn source.c 2>/dev/null
printf 'LONG x;\n' >clean.c
"$lint" clean.c
! "$lint" missing.c 2>/dev/null
