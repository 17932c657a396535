#include "base/text/base64.hpp"

#include <utility>
#include <vector>

#include "base/prng.hpp"
#include "support/catch.hpp"

using namespace runsim;

TEST_CASE("base64 for URLs leaves out what fills up") {
    const std::vector<std::pair<std::string, std::string>> cases = {{"", ""},
                                                                    {"f", "Zg"},
                                                                    {"fo", "Zm8"},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg"},
                                                                    {"\xff\xfe\xfd", "__79"},
                                                                    {"\xfb\xef\xbe", "----"}};
    for (const auto& [bytes, text] : cases) {
        CAPTURE(text);
        CHECK(base64_url(bytes) == text);
    }
}

TEST_CASE("base64 fills up, and both forms are read back") {
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("\xfb\xef\xbe") == "++++");
    CHECK(base64("\xff\xff\xff") == "////");
    Prng prng = Prng::fork(1, "bytes");
    for (std::size_t size = 0; size < 100; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(prng.below(256));
        CAPTURE(size);
        CHECK(from_base64(base64(bytes)) == bytes);
        CHECK(from_base64(base64_url(bytes)) == bytes);
    }
}

TEST_CASE("what is not base64 is refused") {
    for (const char* text : {"Zg=", "Z", "Zh==", "Zm9vY", "Zm 9v", "=", "Zg===", "Zm9v\n"}) {
        CAPTURE(text);
        CHECK(from_base64(text).has_value() == (std::string_view(text) == "Zg=" || std::string_view(text) == "="));
    }
}
