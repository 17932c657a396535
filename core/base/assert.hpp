#pragma once

// A broken promise of our own code is a bug: name it and stop, in every build. A bad request or project is never a bug;
// the answer is a Result.

namespace runsim {

// Writes the words to stderr and aborts. One function for all places: written out at each of them, it would take 45
// bytes of the module.
[[noreturn, gnu::cold]] void report_bug(const char* file, int line, const char* promise, const char* condition);

}  // namespace runsim

#define RUNSIM_ASSERT(condition, promise)                                  \
    do {                                                                   \
        if (!(condition)) [[unlikely]]                                     \
            ::runsim::report_bug(__FILE__, __LINE__, promise, #condition); \
    } while (false)
