#include "api/schedules/schedule_tags.hpp"

#include <algorithm>
#include <set>

#include "api/errors/database_error.hpp"
#include "api/rows/column.hpp"
#include "base/contains.hpp"
#include "json/write.hpp"
#include "lifecycle/schedules/create_schedule.hpp"

namespace runsim::api {

namespace {

Failure tag_taken(Dialect dialect, const std::string& name) {
    if (dialect == Dialect::sqlite) {
        return Exception{
            "sqlalchemy.exc.IntegrityError",
            "(sqlite3.IntegrityError) UNIQUE constraint failed: tag.name\n[SQL: INSERT INTO tag (name) VALUES (?)]\n"
            "(Background on this error at: https://sqlalche.me/e/14/gkpj)"};
    }
    return refused({.error_class = "UniqueViolation",
                    .message = "duplicate key value violates unique constraint \"ix_tag_name\"\nDETAIL:  Key (name)=(" +
                               name + ") already exists.",
                    .line = {},
                    .caret = 0,
                    .sql = "INSERT INTO tag (name) VALUES (%(name)s)",
                    .parameters = {},
                    .code = "gkpj"});
}

// Returns the names in a list. A number is stored as its text, and null is skipped.
ResultOf<std::vector<std::string>> names_of(Dialect dialect, const json::Value& list) {
    if (!list.array()) {
        return Failure(Exception{"sqlalchemy.exc.ArgumentError",
                                 "IN expression list, SELECT construct, or bound parameter object expected, got " +
                                     json::python_repr(list) + "."});
    }
    std::vector<std::string> names;
    for (const json::Value& element : *list.array()) {
        auto name = text_column({dialect, "tag", "name"}, element);
        if (!name) return name.error();
        if (*name) names.push_back(std::move(**name));
    }
    return names;
}

}  // namespace

ResultOf<std::vector<std::string>> replaced_tags(Instance& instance, const Schedule& schedule,
                                                 const json::Value& list) {
    const Dialect dialect = instance.store.dialect();
    const auto names = names_of(dialect, list);
    if (!names) return names.error();

    std::vector<std::string> tags;
    for (const std::string& tag : schedule.tags)
        if (contains(*names, tag)) tags.push_back(tag);

    const std::set<std::string> known(instance.tags.begin(), instance.tags.end());  // unused ones too
    std::set<std::string> existing;
    std::vector<std::string> created;
    for (const std::string& name : *names) {
        if (contains(tags, name)) continue;
        if (known.contains(name)) {
            existing.insert(name);
        } else if (contains(created, name)) {
            return tag_taken(dialect, name);
        } else {
            created.push_back(name);
        }
    }
    tags.insert(tags.end(), existing.begin(), existing.end());
    tags.insert(tags.end(), created.begin(), created.end());
    for (const std::string& name : created) tag_id(instance, name);
    return tags;
}

}  // namespace runsim::api
