#pragma once

// A broken promise of our own code is a bug: name it and stop, in every build. A bad request or project is never a bug;
// the answer is a Result.
#include <cstdio>
#include <cstdlib>

#define RUNSIM_ASSERT(condition, promise)                                                                     \
    do {                                                                                                      \
        if (!(condition)) [[unlikely]] {                                                                      \
            std::fprintf(stderr, "runsim: bug at %s:%d: %s (%s)\n", __FILE__, __LINE__, promise, #condition); \
            std::abort();                                                                                     \
        }                                                                                                     \
    } while (false)
