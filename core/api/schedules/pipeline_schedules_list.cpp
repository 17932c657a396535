#include <algorithm>
#include <vector>

#include "api/calls/paging.hpp"
#include "api/errors/database_error.hpp"
#include "api/schedules/handlers.hpp"
#include "api/schedules/schedule_text.hpp"
#include "base/contains.hpp"
#include "base/sort_stably.hpp"
#include "lifecycle/schedules/execution_date.hpp"

// LIST of schedules (http-api.md 7.1).
namespace runsim::api {

namespace {

// column IN (...) for an enum. Matches every value if the parameter is absent or empty. No list contains NULL.
template <class E>
struct Among {
    bool any = true;
    std::uint32_t values = 0;  // bits

    bool holds(std::optional<E> value) const {
        return any || (value && (values >> static_cast<unsigned>(*value) & 1) != 0);
    }
};

template <class E>
ResultOf<Among<E>> read_among(const Call& call, std::string_view parameter, std::string_view column) {
    const auto texts = call.query.comma_list(parameter);
    if (!texts) return texts.error();
    Among<E> among{.any = texts->empty()};
    for (const std::string_view text : *texts) {
        if (const auto known = enum_of_stored<E>(text)) {
            among.values |= 1u << static_cast<unsigned>(*known);
        } else if (call.dialect() == Dialect::postgres) {
            if (text.find('\0') != std::string_view::npos) return nul_in_text();
            return refused_in_where("InvalidTextRepresentation", enum_refusal(EnumSpelling<E>::type, text), column,
                                    "'" + std::string(text) + "'");
        }
    }
    return among;
}

// Returns the schedules that pass the filters and belong to the parent, by ascending id.
ResultOf<std::vector<const Schedule*>> filter(const Call& call, const std::string* data_product) {
    const Query& query = call.query;
    const std::vector<std::string>& tags = query.all("tag[]");  // not split at commas (Q29)
    const auto types = read_among<ScheduleType>(call, "schedule_type[]", "pipeline_schedule.schedule_type");
    if (!types) return types.error();
    const auto intervals = query.comma_list("schedule_interval[]");
    if (!intervals) return intervals.error();
    const auto statuses = read_among<ScheduleStatus>(call, "status[]", "pipeline_schedule.status");
    if (!statuses) return statuses.error();
    if (call.parent && !call.parent->pipeline && !data_product)
        return no_attribute(call.parent->resource->class_name, "uuid");

    std::vector<const Schedule*> schedules;
    for (const Schedule& row : call.store().schedules()) {
        if (row.repo_path && *row.repo_path != call.project().repo_path) continue;
        const auto carries = [&tags](const std::string& tag) {
            return std::find(tags.begin(), tags.end(), tag) != tags.end();
        };
        if (!tags.empty() && std::none_of(row.tags.begin(), row.tags.end(), carries)) continue;
        if (!types->holds(row.schedule_type) || !statuses->holds(row.status)) continue;
        if (!intervals->empty() && (!row.schedule_interval || !contains(*intervals, *row.schedule_interval))) continue;
        if (data_product) {
            if (row.global_data_product_uuid != *data_product) continue;
        } else if (call.parent) {
            if (row.global_data_product_uuid || row.pipeline_uuid != call.parent->pipeline->symbol) continue;
        }
        schedules.push_back(&row);
    }
    return schedules;
}

// Ties stay in the order of ids, and so does everything if `order_by` is not a known order.
void sort(const Call& call, std::vector<const Schedule*>& schedules) {
    const std::string* given = call.query.first("order_by");
    const std::string_view order_by = given ? std::string_view(*given) : std::string_view();
    const bool postgres = call.dialect() == Dialect::postgres;
    const SymbolTable& symbols = call.store().symbols;
    const auto type_rank = [postgres](const Schedule& row) {
        // sqlite: NULL, then by the stored name; postgres: in the order of declaration, then NULL (http-api.md 14.2).
        if (!row.schedule_type) return postgres ? 4 : -1;
        if (postgres) return static_cast<int>(*row.schedule_type);
        return *row.schedule_type == ScheduleType::api ? 0 : *row.schedule_type == ScheduleType::event ? 1 : 2;
    };
    const auto by = [&schedules](auto before) {
        sort_stably(schedules, [&before](const Schedule* a, const Schedule* b) { return before(*a, *b); });
    };
    if (order_by == "created_at") by([](const Schedule& a, const Schedule& b) { return a.created_at > b.created_at; });
    if (order_by == "name") by([](const Schedule& a, const Schedule& b) { return a.name < b.name; });
    if (order_by == "pipeline_uuid") {
        by([&symbols](const Schedule& a, const Schedule& b) {
            return symbols.text(a.pipeline_uuid) < symbols.text(b.pipeline_uuid);
        });
    }
    if (order_by == "status") by([](const Schedule& a, const Schedule& b) { return a.status < b.status; });
    if (order_by == "schedule_type") {
        by([&type_rank](const Schedule& a, const Schedule& b) { return type_rank(a) < type_rank(b); });
    }
}

}  // namespace

Outcome list_pipeline_schedules(Call& call, std::string& out) {
    const auto page = read_page(call.query);
    if (!page) return page.error();
    const std::string* data_product = call.query.first("global_data_product_uuid");
    if (data_product && !is_truthy(*data_product)) data_product = nullptr;
    auto schedules = filter(call, data_product);
    if (!schedules) return schedules.error();
    if (data_product || call.parent) {
        std::reverse(schedules->begin(), schedules->end());
    } else {
        sort(call, *schedules);
    }
    const auto count = static_cast<std::int64_t>(schedules->size());
    const ShownRows shown = trim_rows(memory_rows(*page, count), page->limit, count);
    const ScheduleFormat format = schedule_format_of(call.format());
    if (shown.rows.size() > 0 && (format == ScheduleFormat::detail || format == ScheduleFormat::runtime))
        return no_attribute("dict", "to_dict");

    return write_page(call, out, shown,
                      [&](std::size_t i) { return append_schedule(out, call, *(*schedules)[i], format); });
}

}  // namespace runsim::api
