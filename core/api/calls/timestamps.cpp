#include "api/calls/timestamps.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

namespace {

// Beyond this, C's localtime has no 32-bit year.
constexpr std::int64_t kLastLocalTime = 67'768'036'191'676'799;
constexpr std::int64_t kFirstLocalTime = -67'768'040'609'740'800;

}  // namespace

ResultOf<MaybeInstant> read_timestamp(const Query& query, std::string_view name) {
    const std::string* text = query.first(name);
    if (!text || !is_truthy(*text)) return MaybeInstant();
    const auto wrong = [name] { return invalid("Value is invalid for " + std::string(name) + "."); };
    if (*text == "true") return MaybeInstant(Instant{1'000'000});  // int(True)
    const auto number = parse_python_int(*text);
    if (!number || number->saturated) return wrong();
    if (number->value > kLastLocalTime || number->value < kFirstLocalTime) {
        return Failure(Exception{"OSError", "[Errno 75] Value too large for defined data type"});
    }
    if (number->value < kFirstInstant.us / 1'000'000 || number->value > kLastInstant.us / 1'000'000) return wrong();
    return MaybeInstant(Instant{number->value * 1'000'000});
}

}  // namespace runsim::api
