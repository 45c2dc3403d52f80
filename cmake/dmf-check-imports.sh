#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Refuses a driver that uses the wide-character functions of libc. They expect characters of 32 bits and would corrupt memory
# in a driver, whose characters have 16; the overlay headers give drivers functions of the same names with other symbols, so
# an import of libc's means that a source declared it by itself or was compiled without the overlay.
#
# Usage: dmf-check-imports.sh NM DRIVER [OBJECT-OR-ARCHIVE]...
# Looks at what DRIVER imports, and names the objects that ask for it. Exit status 1 when there is something to refuse.
set -eu

if [ $# -lt 2 ]; then
    printf '%s\n' "usage: dmf-check-imports.sh NM DRIVER [OBJECT-OR-ARCHIVE]..." >&2
    exit 2
fi
nm=$1
driver=$2
shift 2

# Reads "undefined symbol" lines of nm -A and prints "file function" for each function of libc that takes or gives wide text.
wide_functions()
{
    awk '
    {
        function_name = $NF
        sub(/@.*/, "", function_name)
        sub(/^__isoc(99|23)_/, "", function_name)
        sub(/^__/, "", function_name)
        sub(/_chk$/, "", function_name)
        if (function_name ~ /^wcs(len|nlen|cpy|ncpy|cat|ncat|cmp|ncmp|coll|xfrm|chr|rchr|chrnul|spn|cspn|pbrk|str|tok|dup|lcpy|lcat|wcs|casecmp|ncasecmp|width|ftime|nrtombs|rtombs|tombs)(_l)?$/ ||
            function_name ~ /^wcsto(l|ul|ll|ull|d|f|ld|imax|umax|q|uq|f16|f32|f64|f128|f32x|f64x)(_l|_internal)?$/ ||
            function_name ~ /^(wcpcpy|wcpncpy|wcwidth|wcrtomb|wctob|wctomb|btowc|mbtowc|mblen|mbrlen|mbrtowc|mbsinit|mbstowcs|mbsrtowcs|mbsnrtowcs)$/ ||
            function_name ~ /^wmem(chr|cmp|cpy|pcpy|move|set)$/ ||
            function_name ~ /^(isw[a-z]+|tow(lower|upper|ctrans)|wctype|wctrans)(_l)?$/ ||
            function_name ~ /^(f|s|v|vf|vs)?w(printf|scanf)$/ ||
            function_name ~ /^(get|put|fget|fput|unget)w[cs](_unlocked)?$/ || function_name ~ /^(get|put)wchar(_unlocked)?$/ ||
            function_name ~ /^(open_wmemstream|fwide|ungetwc)$/)
        {
            file = $1
            sub(/:$/, "", file)
            print file, function_name
        }
    }'
}

# A driver that a sanitizer of clang instruments may have no dynamic symbols that nm can read; that is no reason to stop.
imported=$("$nm" -A -D -u "$driver" 2>/dev/null | wide_functions | awk '{ print $2 }' | sort -u)
if [ -z "$imported" ]; then
    exit 0
fi

for name in $imported; do
    found=
    if [ $# -gt 0 ]; then
        found=$("$nm" -A -u "$@" 2>/dev/null | wide_functions | awk -v name="$name" '$2 == name { print $1 }' | sort -u)
    fi
    for object in ${found:-$driver}; do
        printf '%s\n' "$object: error: uses ${name}() of libc, whose wide characters have 32 bits; include the header that declares it (nt/include/crt)" >&2
    done
done
printf '%s\n' "$driver: error: a driver must not import wide-character functions of libc" >&2
exit 1
