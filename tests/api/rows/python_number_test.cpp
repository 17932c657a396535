#include "api/rows/python_number.hpp"

#include "support/catch.hpp"

using namespace runsim::api;

TEST_CASE("texts that Python's float takes") {
    for (const char* text : {"1", "0", " 1 ", "+1", "-1.5", "1.", ".5", "1e3", "1E-3", "1_000.5_0e1_0", "nan", "-NaN",
                             "inf", "+Infinity"}) {
        INFO(text);
        CHECK(is_python_float(text));
    }
    for (const char* text : {"", " ", "abc", "1a", ".", "e3", "1e", "1e+", "_1", "1_", "1__0", "1_.5", "0x1", "--1",
                             "1 2", "infinit", "1,5"}) {
        INFO(text);
        CHECK_FALSE(is_python_float(text));
    }
}
