/* SPDX-License-Identifier: MIT */
/*
 * The part of the plain driver that uses the C++ library.
 */
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

int PlainSum(int Count);

int PlainSum(int Count)
{
    auto numbers = std::make_unique<std::vector<int>>(Count);
    std::iota(numbers->begin(), numbers->end(), 1);
    return std::stoi(std::to_string(std::accumulate(numbers->begin(), numbers->end(), 0)));
}
