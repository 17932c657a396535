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
// As formats and messages spell it: list, detail, create, update, delete.
std::string_view name_of(Action action);

// A record that a path names. Database records have an id, pipelines a pipeline, blocks a uuid and, where they are one
// of a pipeline, the list of its file that has them.
struct Record {
    const Resource* resource = nullptr;
    std::uint32_t id = 0;
    const Pipeline* pipeline = nullptr;
    std::string uuid = {};
    std::string_view list = {};
};

// One call of a generic resource (http-api.md 1.6), parsed as far as that does not depend on the resource.
struct Call : RoutedRequest {
    explicit Call(const RoutedRequest& routed) : RoutedRequest(routed) {}

    Action action = Action::list;
    const Resource* resource = nullptr;  // of the operated resource: the child of a nested route
    std::string_view name;               // the URL's text for it
    std::string_view pk;                 // the path's text for the operated record; DETAIL, UPDATE, DELETE
    Record record;                       // that record, which is there (the frame answers 404 itself)
    std::optional<Record> parent;        // none: not nested, or no such record (Q5)
    Identity identity;                   // who calls; nobody where nobody is asked

    // CREATE and UPDATE: the object under the singular key; its date keys, where they are texts, parsed
    // (http-api.md 2.4).
    json::Object payload;
    std::vector<std::pair<std::string_view, WrittenDate>> dates;

    // What the answer's `metadata` is, as JSON: a LIST sets it.
    std::string metadata;

    Store& store() const { return instance.store; }
    const Project& project() const { return *instance.project; }
    Dialect dialect() const { return instance.store.dialect(); }
    const WrittenDate* date(std::string_view key) const {
        for (const auto& [name_of_date, date] : dates)
            if (name_of_date == key) return &date;
        return nullptr;
    }
    // The presentation format: `_format`, or the action's name. Two `_format` are an error of the frame, before any
    // handler.
    std::string_view format() const {
        const std::string* given = query.first("_format");
        return given ? std::string_view(*given) : name_of(action);
    }
};

}  // namespace runsim::api
