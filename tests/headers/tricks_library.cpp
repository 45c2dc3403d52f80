/* SPDX-License-Identifier: MIT */
/*
 * Driver sources in C++ use the C++ library beside the published headers: containers, algorithms, narrow strings, smart
 * pointers, before and after them.
 * try: run
 */
#include <utility>
#include <vector>

#include "tricks_platform.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>

static_assert(std::is_same<ULONG, unsigned int>::value, "ULONG has 32 bits");
static_assert(std::numeric_limits<LONG>::max() == 0x7fffffff, "LONG has 32 bits");

static int trick_containers()
{
    std::vector<ULONG> numbers{3, 1, 2};
    std::sort(numbers.begin(), numbers.end());
    std::map<std::string, GUID> names;
    names["one"] = GUID{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    std::unique_ptr<UNICODE_STRING> text = std::make_unique<UNICODE_STRING>();
    std::function<ULONG(ULONG)> next = [](ULONG Value) { return Value + 1; };
    std::atomic<ULONG> count{0};
    count++;
    std::array<WCHAR, 4> characters{};
    return numbers[0] == 1 && names["one"].Data1 == 1 && text != nullptr && next(1) == 2 && count == 1 &&
           sizeof(characters) == 8;
}

int main()
{
    return trick_containers() ? 0 : 1;
}
