#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The overlay headers beside the C++ library: they compile in every order, no object asks for libc's wide functions, and
# std::wstring is refused in words.
set -eu
root=$1
work=$2/overlay
mkdir -p "$work"
failures=0

options="-fshort-wchar -fms-extensions -fno-builtin-printf -Wall -Wextra -Werror -I$root/nt/include/crt"
microsoft="-fms-compatibility -fms-compatibility-version=19.29 -fgnuc-version=4.2.1 -fexceptions -fcxx-exceptions"

fail()
{
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

cat >"$work/good.cpp" <<'END'
#include FIRST
#include <string>
#include <vector>
#include <cstdio>
#include <cwchar>
#include <cwctype>
#include <cmath>
#include <cstdlib>
#include <algorithm>
#include <map>
#include <memory>
#include <iostream>
#include <stdlib.h>
#include <string.h>
int use(wchar_t *text)
{
    wchar_t copy[20];
    char narrow[20];
    swprintf_s(copy, L"%d", static_cast<int>(std::min(3, 4)));
    swprintf(copy, L"%d", 5);
    swprintf(copy, 5, L"%d", 5);
    wcscpy_s(copy, text);
    sprintf_s(narrow, "%ld", 5);
    std::printf("%s\n", narrow);
    std::string word = std::to_string(4);
    std::vector<wchar_t> letters(3);
    return static_cast<int>(std::wcslen(text) + wcslen(copy)) + std::stoi(word) + (std::towlower('A') == 'a') +
           (std::wcschr(text, L'x') != nullptr) + std::atoi("4") + static_cast<int>(std::strtol("1", nullptr, 0));
}
END

for first in wchar.h stdio.h stdlib.h string.h limits.h string cmath cstdlib cwchar; do
    g++ -std=gnu++17 $options -O2 "-DFIRST=<$first>" -c "$work/good.cpp" -o "$work/g.o" || fail "g++ -O2 $first"
    clang++ -std=gnu++17 $options $microsoft -O2 "-DFIRST=<$first>" -c "$work/good.cpp" -o "$work/c.o" ||
        fail "clang++ -O2 $first"
    if nm -u "$work/g.o" "$work/c.o" | grep -E ' (wcs|sw|vsw|tow|printf|puts|strtol|atoi)'; then
        fail "an object imports libc's function: $first -O2"
    fi
done

# Making a std::wstring in any way is an error that names it; mentioning the headers is none.
refused()
{
    printf '#include <string>\n%s\n' "$1" >"$work/bad.cpp"
    for compiler in "g++" "clang++ $microsoft"; do
        if $compiler -std=gnu++17 -fshort-wchar "-I$root/nt/include/crt" -c "$work/bad.cpp" -o "$work/bad.o" \
            2>"$work/bad.log"; then
            fail "$compiler accepts: $1"
        elif ! grep -q "wstring" "$work/bad.log"; then
            fail "$compiler does not say why: $1"
        fi
    done
}
refused 'std::wstring text;'
refused 'std::wstring text(L"x");'
refused 'auto make() { return std::basic_string<wchar_t>(3, L'"'x'"'); }'
refused 'using namespace std::literals; auto text = L"x"s;'
refused 'auto text = std::to_wstring(3);'

[ "$failures" -eq 0 ]
