#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "json/value.hpp"
#include "model/enums.hpp"
#include "sim/reading/problems.hpp"

namespace runsim {

// The meaning of null: a value of the wrong kind in runsim.json, an absent one in Mage's own files.
enum class NullIs : std::uint8_t { wrong, absent };

// Reads one object of a project key by key. A value of the wrong kind or out of range is reported as a problem with its
// place. The caller then gets none, as for an absent key.
class Fields {
public:
    using Names = std::vector<std::string_view>;

    Fields(Problems& problems, Place place, const json::Object& object, NullIs null_is)
        : problems_(problems), place_(std::move(place)), object_(object), null_is_(null_is) {}

    const Place& place() const { return place_; }
    Problems& problems() const { return problems_; }
    const json::Object& object() const { return object_; }

    // Returns the value, or nullptr if there is none.
    const json::Value* find(std::string_view key) const;
    void allow_only(const Names& known) const;
    void complain(std::string_view key, std::string_view complaint) const;
    // Reports `"soon" is not a duration (such as ...)`: the value, and what is expected.
    void refuse(std::string_view key, const json::Value& value, std::string_view expected) const;

    std::optional<std::string> text(std::string_view key) const;
    std::optional<std::string> nonempty_text(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high) const;
    std::optional<Duration> duration(std::string_view key) const;
    // A moment in `low` .. `high`; with `start` also a duration, counted back from `start`.
    std::optional<Instant> instant(std::string_view key, Instant low, Instant high,
                                   std::optional<Instant> start = std::nullopt) const;
    // A date in Mage's files: ISO, or anything that its lenient parser reads.
    std::optional<Instant> date(std::string_view key) const;
    const json::Object* object(std::string_view key) const;
    const json::Array* array(std::string_view key) const;
    std::optional<std::vector<std::string>> texts(std::string_view key) const;
    std::optional<std::string> choice(std::string_view key, const Names& names) const;
    template <class E>
    std::optional<E> choice(std::string_view key) const {
        const auto& names = EnumSpelling<E>::names;
        const auto text = choice(key, Names(names.begin(), names.end()));
        return text ? enum_of<E>(*text) : std::nullopt;
    }

private:
    Problems& problems_;
    Place place_;
    const json::Object& object_;
    NullIs null_is_;
};

// Calls read(Fields) for each object of the list at `place`. Anything else in it is a problem: `7 is not a call (an
// object of keys and values)`, where `what` is "a call".
template <class Read>
void for_each_object(const json::Array& list, const Place& place, Problems& problems, NullIs null_is,
                     std::string_view what, Read&& read) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (const json::Object* object = list[i].object())
            read(Fields(problems, place.item(i), *object, null_is));
        else
            problems.add(place.item(i),
                         shown(list[i]).append(" is not ").append(what) + " (an object of keys and values)");
    }
}

// Parses a document that is an object. `what` names it in errors, as in json::parse_document.
Result<json::Value> parse_object(std::string_view text, std::string_view what);

}  // namespace runsim
