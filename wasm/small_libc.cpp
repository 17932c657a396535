// What nlohmann/json asks of the C library, in the few bytes that it takes for what nlohmann asks: the whole strtod and
// snprintf, and the floats of 128 bits that they compute with, would be 20 kB of the module. Nothing else may use them
// here.
#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/assert.hpp"
#include "json/floats/nearest_double.hpp"

extern "C" {

// A number of JSON, and nothing behind it.
double strtod(const char* text, char** end) {
    const std::string_view number = text;
    if (end != nullptr) *end = const_cast<char*>(text) + number.size();
    return runsim::json::nearest_double(number);
}

// The library's strtod comes in one piece with these two, which libc++ names and nothing calls.
float strtof(const char*, char**) { std::abort(); }
long double strtold(const char*, char**) { std::abort(); }

// The code of a control character in a message.
int snprintf(char* out, std::size_t size, const char* format, ...) {
    RUNSIM_ASSERT(std::string_view(format) == "<U+%.4X>" && size > 8, "nlohmann/json writes character codes only");
    std::va_list arguments;
    va_start(arguments, format);
    const unsigned code = va_arg(arguments, unsigned);
    va_end(arguments);
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::memcpy(out, "<U+0000>", 9);
    for (unsigned place = 6, rest = code; place > 2; --place, rest /= 16) out[place] = kDigits[rest % 16];
    return 8;
}

}  // extern "C"
