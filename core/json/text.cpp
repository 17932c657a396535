#include "json/text.hpp"

#include "base/assert.hpp"
#include "json/write.hpp"

namespace runsim::json {

Text Text::of(const Value& value) { return value.is_null() ? Text() : Text(to_text(value)); }

const Text& Text::empty_object() {
    static const Text text("{}");
    return text;
}

Value Text::value() const {
    if (!text_) return {};
    auto parsed = parse(*text_);
    RUNSIM_ASSERT(parsed.ok(), "a JSON column that holds JSON");
    return std::move(parsed).value();
}

}  // namespace runsim::json
