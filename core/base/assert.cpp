#include "base/assert.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace runsim {

void report_bug(const char* file, int line, const char* promise, const char* condition) {
    char number[12];  // printf would bring the writing of floats into the module
    *std::to_chars(number, number + sizeof number - 1, line).ptr = '\0';
    const char* const words[] = {"runsim: bug at ", file, ":", number, ": ", promise, " (", condition, ")\n"};
    for (const char* each : words) std::fputs(each, stderr);
    std::abort();
}

}  // namespace runsim
