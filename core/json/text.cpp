#include "json/text.hpp"

#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "base/assert.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"

namespace runsim::json {

Text Text::of(const Value& value) { return value.is_null() ? Text() : Text(to_text(value)); }

const Text& Text::empty_object() {
    static const Text text("{}");
    return text;
}

Text::Bytes* Text::Bytes::make(std::string_view text) {
    RUNSIM_ASSERT(text.size() <= std::numeric_limits<std::uint32_t>::max(), "a column holds less than 4 GiB");
    auto* bytes = new (::operator new(sizeof(Bytes) + text.size())) Bytes(static_cast<std::uint32_t>(text.size()));
    std::memcpy(static_cast<void*>(bytes + 1), text.data(), text.size());
    return bytes;
}

Value Text::value() const {
    if (!has_value()) return {};
    auto parsed = parse(json());
    RUNSIM_ASSERT(parsed.ok(), "a JSON column that holds JSON");
    return std::move(parsed).value();
}

}  // namespace runsim::json
