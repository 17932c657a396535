#pragma once

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace runsim::bench {

#ifdef __EMSCRIPTEN__
inline constexpr const char* kWhere = "wasm";
inline std::size_t allocated_bytes() { return static_cast<std::size_t>(static_cast<unsigned>(mallinfo().uordblks)); }
#else
inline constexpr const char* kWhere = "native";
// What malloc has handed out, its own words and rounding included.
inline std::size_t allocated_bytes() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
#endif

// Seconds that `work` takes.
template <class Work>
double seconds(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The tenth percentile: on a busy machine most timings are of the machine, the quick ones of the work.
inline double quick(std::vector<double> taken) {
    std::sort(taken.begin(), taken.end());
    return taken[taken.size() / 10];
}

// Nanoseconds a call: a quick one of `rounds` rounds of `calls` calls each, work(i).
template <class Work>
double nanoseconds(int rounds, int calls, Work&& work) {
    std::vector<double> taken;
    for (int round = 0; round < rounds; ++round)
        taken.push_back(seconds([&] {
                            for (int i = 0; i < calls; ++i) work(i);
                        }) *
                        1e9 / calls);
    return quick(std::move(taken));
}

// Keeps a result from being optimised away.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace runsim::bench
