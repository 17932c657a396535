#include "sim/documents/rows_document.hpp"

#include <algorithm>
#include <set>

#include "api/rows/id_column.hpp"
#include "base/sort_stably.hpp"
#include "sim/documents/schedule_document.hpp"
#include "sim/reading/time_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostUnits = 1'000'000'000;

void require(const Fields& fields, std::string_view key) {
    if (!fields.find(key)) fields.complain(key, "is missing");
}

// --- columns; NULL if the row has no such key ---

std::uint32_t id_at(const Fields& fields, std::string_view key) {
    return static_cast<std::uint32_t>(fields.integer(key, 1, api::kLastGivenId).value_or(0));
}

// A moment in the past.
MaybeInstant moment_at(const Fields& fields, std::string_view key) {
    const auto moment = fields.instant(key, kEarliestStart, kLatestStart);
    return moment ? MaybeInstant(*moment) : MaybeInstant();
}

// A date of any year.
MaybeInstant date_at(const Fields& fields, std::string_view key) {
    const auto date = fields.date(key);
    return date ? MaybeInstant(*date) : MaybeInstant();
}

json::Text json_at(const Fields& fields, std::string_view key) {
    const json::Value* value = fields.find(key);
    return value ? json::Text::of(*value) : json::Text();
}

Symbol symbol_at(const Fields& fields, std::string_view key, SymbolTable& symbols) {
    const auto text = fields.text(key);
    return text ? symbols.intern(*text) : Symbol();
}

template <class Row>
bool has_row(const std::vector<Row>& table, std::uint32_t id) {
    const auto at = std::lower_bound(table.begin(), table.end(), id,
                                     [](const Row& row, std::uint32_t wanted) { return row.id.value < wanted; });
    return at != table.end() && at->id.value == id;
}

// The id of a row of another table, `name`.
template <class Row>
std::uint32_t reference_at(const Fields& fields, std::string_view key, const std::vector<Row>& table,
                           std::string_view name) {
    const std::uint32_t id = id_at(fields, key);
    if (id != 0 && !has_row(table, id))
        fields.complain(key, "there is no row " + std::to_string(id) + " in " + std::string(name));
    return id;
}

class RowsReader {
public:
    RowsReader(const Fields& fields, Project& project, Scenario& scenario)
        : fields_(fields),
          symbols_(project.symbols),
          repo_path_(project.repo_path),
          rows_(scenario.rows),
          schedules_(scenario.schedules) {}

    void read() {
        fields_.allow_only({"event_matchers", "schedules", "backfills", "runs", "block_runs"});
        read_table("event_matchers", rows_.event_matchers, &RowsReader::read_event_matcher);
        read_table("schedules", rows_.schedules, &RowsReader::read_schedule);
        read_table("backfills", rows_.backfills, &RowsReader::read_backfill);
        read_table("runs", rows_.runs, &RowsReader::read_run);
        read_table("block_runs", rows_.block_runs, &RowsReader::read_block_run);
    }

private:
    // Sorts a table by ascending ids after it was read.
    template <class Row>
    void read_table(std::string_view name, std::vector<Row>& table, void (RowsReader::*read_row)(const Fields&, Row&)) {
        const json::Array* list = fields_.array(name);
        if (!list) return;
        std::set<std::uint32_t> ids;
        const Place place = fields_.place().key(name);
        for_each_object(*list, place, fields_.problems(), NullIs::absent, "a row", [&](const Fields& fields) {
            Row row;
            for (const std::string_view key : {"id", "created_at"}) require(fields, key);
            row.id.value = id_at(fields, "id");
            (this->*read_row)(fields, row);
            const Instant created = moment_at(fields, "created_at").value_or(Instant{});
            set_dates(row, created, moment_at(fields, "updated_at").value_or(created));
            if (row.id && !ids.insert(row.id.value).second)
                fields.complain("id", std::to_string(row.id.value) + " is taken by an earlier row");
            table.push_back(std::move(row));
        });
        sort_stably(table, [](const Row& a, const Row& b) { return a.id < b.id; });
    }

    void read_event_matcher(const Fields& fields, EventMatcher& row) {
        fields.allow_only({"id", "created_at", "updated_at", "event_type", "name", "pattern"});
        row.event_type = fields.text("event_type");
        row.name = fields.text("name");
        row.pattern = json_at(fields, "pattern");
    }

    void read_schedule(const Fields& fields, Schedule& row) {
        fields.allow_only({"id", "created_at", "updated_at", "name", "description", "pipeline_uuid", "schedule_type",
                           "start_time", "schedule_interval", "status", "last_enabled_at", "variables", "sla", "token",
                           "repo_path", "settings", "global_data_product_uuid", "tags", "event_matchers"});
        for (const std::string_view key : {"pipeline_uuid", "status"}) require(fields, key);
        const ScheduleId id = row.id;
        row = read_schedule_columns(fields);
        row.id = id;
        row.pipeline_uuid = symbol_at(fields, "pipeline_uuid", symbols_);
        row.last_enabled_at = moment_at(fields, "last_enabled_at");
        row.repo_path = fields.object().contains("repo_path") ? fields.text("repo_path") : repo_path_;
        row.global_data_product_uuid = fields.text("global_data_product_uuid");
        row.tags = fields.texts("tags").value_or(std::vector<std::string>());
        read_links(fields, row);
        const auto has_id = [id](const Schedule& other) { return other.id == id; };
        if (id && std::any_of(schedules_.begin(), schedules_.end(), has_id))
            fields.complain("id", std::to_string(id.value) + " is taken by an entry of \"schedules\"");
    }

    void read_links(const Fields& fields, Schedule& row) {
        const json::Array* list = fields.array("event_matchers");
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            const std::int64_t* id = (*list)[i].integer();
            if (id && *id > 0 && *id <= api::kLastGivenId &&
                has_row(rows_.event_matchers, static_cast<std::uint32_t>(*id)))
                row.event_matchers.push_back({static_cast<std::uint32_t>(*id)});
            else
                fields.problems().add(fields.place().key("event_matchers").item(i),
                                      shown((*list)[i]) + " is not the id of a row in event_matchers");
        }
    }

    void read_backfill(const Fields& fields, Backfill& row) {
        fields.allow_only({"id", "block_uuid", "completed_at", "created_at", "end_datetime", "failed_at",
                           "interval_type", "interval_units", "metrics", "name", "pipeline_schedule_id",
                           "pipeline_uuid", "settings", "start_datetime", "started_at", "status", "updated_at",
                           "variables"});
        row.block_uuid = fields.text("block_uuid");
        row.completed_at = moment_at(fields, "completed_at");
        row.end_datetime = date_at(fields, "end_datetime");
        row.failed_at = moment_at(fields, "failed_at");
        row.interval_type = fields.choice<IntervalType>("interval_type");
        row.interval_units = fields.integer("interval_units", -kMostUnits, kMostUnits);
        row.metrics = json_at(fields, "metrics");
        row.name = fields.text("name");
        row.pipeline_schedule_id.value = reference_at(fields, "pipeline_schedule_id", rows_.schedules, "schedules");
        row.pipeline_uuid = symbol_at(fields, "pipeline_uuid", symbols_);
        row.settings = json_at(fields, "settings");
        row.start_datetime = date_at(fields, "start_datetime");
        row.started_at = moment_at(fields, "started_at");
        row.status = fields.choice<BackfillStatus>("status");
        row.variables = json_at(fields, "variables");
    }

    void read_run(const Fields& fields, Run& row) {
        fields.allow_only({"id", "created_at", "updated_at", "pipeline_schedule_id", "pipeline_uuid", "execution_date",
                           "status", "started_at", "completed_at", "variables", "passed_sla", "event_variables",
                           "metrics", "backfill_id", "executor_type"});
        for (const std::string_view key : {"pipeline_uuid", "status"}) require(fields, key);
        row.pipeline_schedule_id.value = reference_at(fields, "pipeline_schedule_id", rows_.schedules, "schedules");
        row.backfill_id.value = reference_at(fields, "backfill_id", rows_.backfills, "backfills");
        row.pipeline_uuid = symbol_at(fields, "pipeline_uuid", symbols_);
        row.executor_type = symbol_at(fields, "executor_type", symbols_);
        row.status = fields.choice<RunStatus>("status").value_or(RunStatus::initial);
        row.passed_sla = fields.boolean("passed_sla").value_or(false);
        row.execution_date = date_at(fields, "execution_date");
        row.started_at = moment_at(fields, "started_at");
        row.completed_at = moment_at(fields, "completed_at");
        row.variables = json_at(fields, "variables");
        row.event_variables = json_at(fields, "event_variables");
        row.metrics = json_at(fields, "metrics");
    }

    void read_block_run(const Fields& fields, BlockRun& row) {
        fields.allow_only({"id", "created_at", "updated_at", "pipeline_run_id", "block_uuid", "status", "started_at",
                           "completed_at", "metrics"});
        for (const std::string_view key : {"pipeline_run_id", "block_uuid", "status"}) require(fields, key);
        row.pipeline_run_id.value = reference_at(fields, "pipeline_run_id", rows_.runs, "runs");
        row.block_uuid = symbol_at(fields, "block_uuid", symbols_);
        row.status = fields.choice<BlockRunStatus>("status").value_or(BlockRunStatus::initial);
        row.dates.set_started_at(moment_at(fields, "started_at"));
        row.dates.set_completed_at(moment_at(fields, "completed_at"));
        row.metrics = json_at(fields, "metrics");
    }

    const Fields& fields_;
    SymbolTable& symbols_;
    const std::string& repo_path_;
    Rows& rows_;
    const std::vector<Schedule>& schedules_;
};

}  // namespace

void read_rows(const Fields& fields, Project& project, Scenario& scenario, Notes& notes) {
    RowsReader(fields, project, scenario).read();
    const Rows& rows = scenario.rows;
    std::set<Symbol> pipelines;
    for (const Schedule& row : rows.schedules) pipelines.insert(row.pipeline_uuid);
    for (const Run& row : rows.runs) pipelines.insert(row.pipeline_uuid);
    for (const Symbol uuid : pipelines)
        if (project.find_pipeline(uuid) == nullptr)
            notes.push_back(fields.place().text() + ": there is no pipeline " + quoted(project.symbols.text(uuid)) +
                            "; its runs stay as they are");
}

MaybeInstant newest_date(const Rows& rows) {
    MaybeInstant newest;  // none sorts lowest
    const auto see = [&newest](auto... moments) { newest = std::max({newest, MaybeInstant(moments)...}); };
    const auto see_all = [&see](const auto& table) {
        for (const auto& row : table) see(created_at(row), updated_at(row), started_at(row), completed_at(row));
    };
    for (const EventMatcher& row : rows.event_matchers) see(row.created_at, row.updated_at);
    for (const Schedule& row : rows.schedules) see(row.created_at, row.updated_at, row.last_enabled_at);
    see_all(rows.backfills);
    see_all(rows.runs);
    see_all(rows.block_runs);
    return newest;
}

}  // namespace runsim
