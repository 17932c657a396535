#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/calls/routed_request.hpp"
#include "api/http/identity.hpp"
#include "base/date/date_text.hpp"
#include "json/value.hpp"

namespace runsim::api {

struct Resource;

enum class Action : std::uint8_t { list, detail, create, update, remove };
// The name in formats and messages: list, detail, create, update, delete.
std::string_view name_of(Action action);

// A record named in a path. Database records have an id, pipelines a pipeline, and blocks a uuid. A block of a pipeline
// also has the list of the file that contains it.
struct Record {
    const Resource* resource = nullptr;
    std::uint32_t id = 0;
    const Pipeline* pipeline = nullptr;
    std::string uuid = {};
    std::string_view list = {};
};

// One call of a generic resource (http-api.md 1.6), parsed as far as possible without knowing the resource.
struct Call : RoutedRequest {
    explicit Call(const RoutedRequest& routed) : RoutedRequest(routed) {}

    Action action = Action::list;
    const Resource* resource = nullptr;  // the operated resource: the child of a nested route
    std::string_view name;               // its name in the URL
    std::string_view pk;                 // the operated record's text in the path; DETAIL, UPDATE, DELETE
    Record record;                       // that record, which exists (the frame answers 404 itself)
    std::optional<Record> parent;        // nullopt: not nested, or no such record (Q5)
    Identity identity;                   // the caller; empty if no sign-in is needed

    // CREATE and UPDATE: the object under the singular key. Its date keys are parsed if they are texts (http-api.md
    // 2.4).
    json::Object payload;
    std::vector<std::pair<std::string_view, WrittenDate>> dates;

    // The answer's `metadata`, as JSON. A LIST sets it.
    std::string metadata;

    Store& store() const { return instance.store; }
    const Project& project() const { return *instance.project; }
    Dialect dialect() const { return instance.store.dialect(); }
    const WrittenDate* date(std::string_view key) const {
        for (const auto& [name_of_date, date] : dates)
            if (name_of_date == key) return &date;
        return nullptr;
    }
    // The presentation format: `_format`, or the action's name. The frame refuses two `_format` before any handler
    // runs.
    std::string_view format() const {
        const std::string* given = query.first("_format");
        return given ? std::string_view(*given) : name_of(action);
    }
};

}  // namespace runsim::api
