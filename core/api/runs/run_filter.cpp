#include "api/runs/run_filter.hpp"

#include <algorithm>

#include "api/calls/timestamps.hpp"
#include "api/errors/database_error.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

std::uint8_t bit_of(RunStatus status) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(status)); }

// Checks a text or enum column compared with true or false: sqlite finds no row, postgres has no such comparison.
Outcome check_comparison(Dialect dialect, std::string_view value, std::string_view column,
                         std::string_view column_type) {
    if (dialect == Dialect::sqlite) return Done{};
    if (is_boolean(value)) {
        return refused({.error_class = "UndefinedFunction",
                        .message = "operator does not exist: " + std::string(column_type) + " = boolean",
                        .line = "LINE 3: WHERE " + std::string(column) + " = " + std::string(value),
                        .caret = 14 + column.size() + 1,
                        .sql = "SELECT * FROM pipeline_run",
                        .parameters = {},
                        .code = "f405"});
    }
    if (value.find('\0') != std::string_view::npos) return nul_in_text();
    return Done{};
}

}  // namespace

Outcome RunFilter::read_timestamps(const Query& query) {
    const auto from = read_timestamp(query, "start_timestamp");
    if (!from) return from.error();
    const auto to = read_timestamp(query, "end_timestamp");
    if (!to) return to.error();
    created_from_ = *from;
    created_to_ = *to;
    return Done{};
}

Outcome RunFilter::read_numbers(const Query& query) {
    const std::string* text = query.first("backfill_id");
    if (!text) return Done{};
    if (is_boolean(*text)) {
        backfill_ = *text == "true" ? 1 : 0;
        return Done{};
    }
    const auto number = parse_python_int(*text);
    if (!number) return not_an_int(*text);
    backfill_ = number->value;
    return Done{};
}

Outcome RunFilter::read_pipelines(const Call& call) {
    const Query& query = call.query;
    const SymbolTable& symbols = call.store().symbols;
    const auto add = [&symbols](std::vector<Symbol>& list, std::string_view uuid) {
        if (const auto symbol = symbols.find(uuid)) list.push_back(*symbol);
    };
    if (const std::string* uuid = query.first("pipeline_uuid")) {
        if (auto done = check_comparison(call.dialect(), *uuid, "pipeline_run.pipeline_uuid", "character varying");
            !done)
            return done;
        pipelines_[0].emplace();
        if (!is_boolean(*uuid)) add(*pipelines_[0], *uuid);
    }
    const auto uuids = query.comma_list("pipeline_uuid[]");
    if (!uuids) return uuids.error();
    if (!uuids->empty()) pipelines_[1].emplace();
    for (const std::string_view uuid : *uuids) add(*pipelines_[1], uuid);

    const auto tags = query.comma_list("pipeline_tag[]");
    if (!tags) return tags.error();
    std::vector<Symbol> tagged;
    for (const Pipeline& pipeline : call.project().pipelines) {
        if (!pipeline.tags) continue;
        const bool carries = std::any_of(tags->begin(), tags->end(), [&pipeline](std::string_view tag) {
            return std::find(pipeline.tags->begin(), pipeline.tags->end(), tag) != pipeline.tags->end();
        });
        if (carries) add(tagged, pipeline.uuid);
    }
    if (!tagged.empty()) pipelines_[2] = std::move(tagged);  // tags that no pipeline has filter nothing (Q11)
    return Done{};
}

Outcome RunFilter::read_statuses(const Query& query, Dialect dialect) {
    static constexpr std::string_view kColumn = "pipeline_run.status";
    static constexpr std::string_view kType = EnumSpelling<RunStatus>::type;
    std::uint8_t among = 0;
    const auto add = [&](std::string_view text) -> Outcome {
        if (auto done = check_comparison(dialect, text, kColumn, kType); !done) return done;
        if (const auto known = enum_of_stored<RunStatus>(text)) {
            among = static_cast<std::uint8_t>(among | bit_of(*known));
        } else if (dialect == Dialect::postgres) {
            return refused_in_where("InvalidTextRepresentation", enum_refusal(kType, text), kColumn,
                                    "'" + std::string(text) + "'");
        }
        return Done{};
    };

    if (const std::string* text = query.first("status")) {
        last_run_failed_ = *text == "last_run_failed";
        if (last_run_failed_) {
            among = bit_of(RunStatus::failed);
        } else if (auto done = add(*text); !done) {
            return done;
        }
        statuses_ = among;
    }
    among = 0;
    const auto list = query.comma_list("status[]");
    if (!list) return list.error();
    for (const std::string_view text : *list)
        if (auto done = add(text); !done) return done;
    if (!list->empty()) statuses_ = static_cast<std::uint8_t>(statuses_ & among);
    return Done{};
}

ResultOf<RunFilter> RunFilter::read(const Call& call) {
    RunFilter filter;
    filter.repo_path_ = call.project().repo_path;
    filter.any_repo_path_ = call.query.truthy("include_all_pipeline_schedules");
    filter.data_product_ = call.query.first("global_data_product_uuid");
    if (call.parent) {
        if (call.parent->pipeline) return no_attribute("Pipeline", "id");
        filter.schedule_ = ScheduleId{call.parent->id};
    }
    if (auto done = filter.read_timestamps(call.query); !done) return done.error();
    if (auto done = filter.read_numbers(call.query); !done) return done.error();
    if (auto done = filter.read_pipelines(call); !done) return done.error();
    if (auto done = filter.read_statuses(call.query, call.dialect()); !done) return done.error();
    return filter;
}

bool RunFilter::shows(const Schedule& schedule) const {
    if (!any_repo_path_ && schedule.repo_path && *schedule.repo_path != repo_path_) return false;
    if (data_product_) return schedule.global_data_product_uuid == *data_product_;
    return !schedule.global_data_product_uuid;
}

std::vector<ScheduleId> RunFilter::shown_schedules(const Store& store) const {
    std::vector<ScheduleId> shown;
    for (const Schedule& schedule : store.schedules())
        if (shows(schedule)) shown.push_back(schedule.id);
    return shown;
}

bool RunFilter::shows_all(const Store& store) const {
    for (const Schedule& schedule : store.schedules())
        if (!shows(schedule) && !store.runs_by_id(schedule.id).empty()) return false;
    return true;
}

bool RunFilter::wants_pipeline(Symbol uuid) const {
    return std::all_of(std::begin(pipelines_), std::end(pipelines_),
                       [uuid](const std::optional<std::vector<Symbol>>& list) {
                           return !list || std::find(list->begin(), list->end(), uuid) != list->end();
                       });
}

RunFilter RunFilter::among(std::vector<Symbol> pipelines) const {
    RunFilter filter = *this;
    filter.pipelines_[3] = std::move(pipelines);
    return filter;
}

RunFilter RunFilter::without_window() const {
    RunFilter filter = *this;
    filter.created_from_ = filter.created_to_ = MaybeInstant();
    return filter;
}

ListWindow RunFilter::window() const {
    ListWindow window;
    if (created_from_) window.from = created_from_.raw();
    if (created_to_) window.to = created_to_.raw();
    return window;
}

void RunFilter::append_key(std::string& out) const {
    const auto number = [&out](std::int64_t value) {
        append_int(out, value);
        out += ',';
    };
    const auto text = [&](std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        out += value;
    };
    number(any_repo_path_);
    text(repo_path_);
    text(data_product_ ? "=" + *data_product_ : std::string());
    number(schedule_ ? std::int64_t{schedule_->value} : -1);
    text(backfill_ ? std::to_string(*backfill_) : std::string());
    number(statuses_);
    number(last_run_failed_);
    for (const auto& list : pipelines_) {
        number(list ? static_cast<std::int64_t>(list->size()) : -1);
        if (!list) continue;
        for (const Symbol pipeline : *list) number(pipeline.value);
    }
    number(created_from_.raw());
    number(created_to_.raw());
}

// Returns whether no later run has the same date, schedule and pipeline (http-api.md 6.4).
bool RunFilter::is_last_of_its_date(const Store& store, const Run& run) const {
    const auto& index = store.runs_by_date(run.pipeline_schedule_id);
    const RunDates dates = store.run_dates();
    const std::int64_t date = store.date_key(run).date;
    for (auto later = index.lower_bound({date, RunId{run.id.value + 1}}, dates);
         later != index.end() && dates(*later).date == date; ++later) {
        if (store.run(*later)->pipeline_uuid == run.pipeline_uuid) return false;
    }
    return true;
}

bool RunFilter::matches(const Store& store, const Run& run) const {
    if (!wants_status(run.status) || !wants_pipeline(run.pipeline_uuid)) return false;
    if (backfill_ && (!run.backfill_id || run.backfill_id.value != *backfill_)) return false;
    if (created_from_ && run.created_at < *created_from_) return false;
    if (created_to_ && run.created_at > *created_to_) return false;
    return !last_run_failed_ || is_last_of_its_date(store, run);
}

bool RunFilter::lists(const Store& store, const Run& run) const {
    return lists_runs_of(store.schedule(run.pipeline_schedule_id)) && matches(store, run);
}

}  // namespace runsim::api
