#include "api/runs/run_text.hpp"

#include <vector>

#include "base/sort_stably.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"

namespace runsim::api {

namespace {

void append_text(std::string& out, const std::optional<std::string>& text) {
    if (text)
        json::append_string(out, *text);
    else
        out += "null";
}

// Room for the keys, ids, dates and quotes of a row; its texts come on top.
constexpr std::size_t kRunRoom = 640;
constexpr std::size_t kBlockRunRoom = 448;
constexpr std::size_t kEscaped = 6;  // bytes that one byte of text can become
// What most runs and schedules do not exceed.
constexpr std::size_t kUsualBlocks = 16;
constexpr std::size_t kUsualScheduleColumns = 256;

}  // namespace

RunFormat run_format_of(std::string_view name) {
    if (name == "list") return RunFormat::list;
    if (name == "detail") return RunFormat::detail;
    if (name == "with_basic_details" || name == "integration_source/detail") return RunFormat::basic;
    return RunFormat::standard;
}

std::size_t RunPresenter::bound_of(const Run& run) const {
    return kRunRoom +
           kEscaped * (store_.symbols.text(run.pipeline_uuid).size() + store_.symbols.text(run.executor_type).size()) +
           run.variables.json().size() + run.event_variables.json().size() + run.metrics.json().size();
}

std::size_t RunPresenter::bound_of(const BlockRun& row) const {
    return kBlockRunRoom + kEscaped * store_.symbols.text(row.block_uuid).size() + row.metrics.json().size();
}

// The attributes of the standard format, without the brackets.
RowCursor RunPresenter::write_standard(RowCursor w, const Run& run) const {
    w.literal("\"backfill_id\": ");
    w.id(run.backfill_id.value);
    w.literal(", \"completed_at\": ");
    w.date(run.completed_at);
    w.literal(", \"created_at\": ");
    w.date(run.created_at);
    w.literal(", \"event_variables\": ");
    w.json(run.event_variables);
    w.literal(", \"execution_date\": ");
    w.date(run.execution_date);
    w.literal(", \"executor_type\": ");
    w.symbol(store_.symbols, run.executor_type);
    w.literal(", \"id\": ");
    w.integer(run.id.value);
    w.literal(", \"metrics\": ");
    w.json(run.metrics);
    w.literal(", \"passed_sla\": ");
    w.boolean(run.passed_sla);
    w.literal(", \"pipeline_schedule_id\": ");
    w.id(run.pipeline_schedule_id.value);
    w.literal(", \"pipeline_uuid\": ");
    w.symbol(store_.symbols, run.pipeline_uuid);
    w.literal(", \"started_at\": ");
    w.date(run.started_at);
    w.literal(", \"status\": \"");
    w.raw(name_of(run.status));
    w.literal("\", \"updated_at\": ");
    w.date(run.updated_at);
    w.literal(", \"variables\": ");
    w.json(run.variables);
    return w;
}

// The columns that every row has.
template <class Row>
RowCursor RunPresenter::write_base(RowCursor w, const Row& row) const {
    w.literal("\"id\": ");
    w.integer(row.id.value);
    w.literal(", \"created_at\": ");
    w.date(created_at(row));
    w.literal(", \"updated_at\": ");
    w.date(updated_at(row));
    return w;
}

// The columns of a block run, without the closing bracket.
RowCursor RunPresenter::write_block_run(RowCursor w, const BlockRun& row) const {
    w.literal("{");
    if (!base_last_) {
        w = write_base(w, row);
        w.literal(", ");
    }
    w.literal("\"pipeline_run_id\": ");
    w.id(row.pipeline_run_id.value);
    w.literal(", \"block_uuid\": ");
    w.string(store_.symbols.text(row.block_uuid));
    w.literal(", \"status\": \"");
    w.raw(name_of(row.status));
    w.literal("\", \"started_at\": ");
    w.date(row.dates.started_at());
    w.literal(", \"completed_at\": ");
    w.date(row.dates.completed_at());
    w.literal(", \"metrics\": ");
    w.json(row.metrics);
    if (base_last_) {
        w.literal(", ");
        w = write_base(w, row);
    }
    return w;
}

void RunPresenter::append_raw(std::string& out, const Run& run) {
    RowCursor w = writer_.begin(bound_of(run));
    w.literal("{");
    if (!base_last_) {
        w = write_base(w, run);
        w.literal(", ");
    }
    w.literal("\"pipeline_schedule_id\": ");
    w.id(run.pipeline_schedule_id.value);
    w.literal(", \"pipeline_uuid\": ");
    w.symbol(store_.symbols, run.pipeline_uuid);
    w.literal(", \"execution_date\": ");
    w.date(run.execution_date);
    w.literal(", \"status\": \"");
    w.raw(name_of(run.status));
    w.literal("\", \"started_at\": ");
    w.date(run.started_at);
    w.literal(", \"completed_at\": ");
    w.date(run.completed_at);
    w.literal(", \"variables\": ");
    w.json(run.variables);
    w.literal(", \"passed_sla\": ");
    w.boolean(run.passed_sla);
    w.literal(", \"event_variables\": ");
    w.json(run.event_variables);
    w.literal(", \"metrics\": ");
    w.json(run.metrics);
    w.literal(", \"backfill_id\": ");
    w.id(run.backfill_id.value);
    w.literal(", \"executor_type\": ");
    w.symbol(store_.symbols, run.executor_type);
    if (base_last_) {
        w.literal(", ");
        w = write_base(w, run);
    }
    w.literal("}");
    out += writer_.text(w);
}

Outcome RunPresenter::append(std::string& out, const Run& run, RunFormat format) {
    switch (format) {
        case RunFormat::list: return append_list(out, run);
        case RunFormat::detail: return append_detail(out, run);
        case RunFormat::standard: {
            RowCursor w = writer_.begin(bound_of(run));
            w.literal("{");
            w = write_standard(w, run);
            w.literal("}");
            out += writer_.text(w);
            break;
        }
        case RunFormat::basic: {
            RowCursor w = writer_.begin(kRunRoom);
            w.literal("{\"execution_date\": ");
            w.date(run.execution_date);
            w.literal(", \"id\": ");
            w.integer(run.id.value);
            w.literal(", \"status\": \"");
            w.raw(name_of(run.status));
            w.literal("\"}");
            out += writer_.text(w);
            break;
        }
    }
    return Done{};
}

// --- list ---

Outcome RunPresenter::append_list(std::string& out, const Run& run) {
    const Schedule* schedule = store_.schedule(run.pipeline_schedule_id);
    if (!schedule) return no_attribute("NoneType", "name");
    know_schedule(*schedule);
    // The parts that do not depend on the request form one piece, which is cached for finished runs.
    const RunTextCache::Key key{run.id, run.revision, schedule->id, schedule->revision};
    if (const std::string_view kept = cache_.find(key); !kept.empty()) {
        out += kept;
    } else {
        const std::size_t begin = out.size();
        append_list_columns(out, run);
        if (is_finished(run.status)) cache_.keep(key, std::string_view(out).substr(begin));
    }
    return append_list_end(out, run);
}

void RunPresenter::append_list_columns(std::string& out, const Run& run) {
    block_rows_.clear();
    block_rows_.reserve(kUsualBlocks);
    store_.block_runs_of(run).for_each([this](const BlockRun& row) { block_rows_.push_back(&row); });
    std::size_t bound = bound_of(run) + schedule_columns_.size();
    std::uint32_t completed = 0;
    for (const BlockRun* row : block_rows_) {
        bound += bound_of(*row);
        if (row->status == BlockRunStatus::completed) ++completed;
    }
    RowCursor w = writer_.begin(bound);
    w.literal("{");
    w = write_standard(w, run);
    w.literal(", \"block_runs\": [");
    for (const BlockRun* row : block_rows_) {
        if (row != block_rows_.front()) w.literal(", ");
        w = write_block_run(w, *row);
        w.literal("}");
    }
    w.literal("], \"block_runs_count\": ");
    w.integer(static_cast<std::uint32_t>(block_rows_.size()));
    w.literal(", \"completed_block_runs_count\": ");
    w.integer(completed);
    w.raw(schedule_columns_);
    out += writer_.text(w);
}

Outcome RunPresenter::append_list_end(std::string& out, const Run& run) {
    if (!extras_.pipeline_tags && !extras_.pipeline_type) {
        out += ", \"pipeline_tags\": null, \"pipeline_type\": null, \"repo_path\": ";
    } else {
        if (pipeline_columns_.empty() || known_pipeline_ != run.pipeline_uuid) {
            const std::string_view uuid = store_.symbols.text(run.pipeline_uuid);
            const Pipeline* pipeline = project_.find_pipeline(uuid);
            if (extras_.pipeline_type && !pipeline) return no_pipeline(uuid, project_);
            known_pipeline_ = run.pipeline_uuid;
            pipeline_columns_ = ", \"pipeline_tags\": ";
            json::Writer w(pipeline_columns_);
            if (extras_.pipeline_tags && !pipeline) {
                pipeline_columns_ += "[]";
            } else if (extras_.pipeline_tags && pipeline->tags) {
                w.begin_array();
                for (const std::string& tag : *pipeline->tags) w.string(tag);
                w.end_array();
            } else {
                pipeline_columns_ += "null";
            }
            pipeline_columns_ += ", \"pipeline_type\": ";
            if (extras_.pipeline_type)
                json::append_string(pipeline_columns_, pipeline->type);
            else
                pipeline_columns_ += "null";
            pipeline_columns_ += ", \"repo_path\": ";
        }
        out += pipeline_columns_;
    }
    out += repo_path_;
    out += '}';
    return Done{};
}

void RunPresenter::know_schedule(const Schedule& schedule) {
    if (known_schedule_ == schedule.id) return;
    known_schedule_ = schedule.id;
    schedule_columns_.reserve(kUsualScheduleColumns);
    schedule_columns_ = ", \"pipeline_schedule_name\": ";
    append_text(schedule_columns_, schedule.name);
    schedule_columns_ += ", \"pipeline_schedule_token\": ";
    append_text(schedule_columns_, schedule.token);
    schedule_columns_ += ", \"pipeline_schedule_type\": ";
    if (schedule.schedule_type) {
        json::append_string(schedule_columns_, name_of(*schedule.schedule_type));
    } else {
        schedule_columns_ += "null";
    }
    repo_path_.clear();
    append_text(repo_path_, schedule.repo_path);
}

// --- detail ---

Outcome RunPresenter::append_detail(std::string& out, const Run& run) {
    std::vector<const BlockRun*>& rows = block_rows_;
    rows.clear();
    std::size_t bound = bound_of(run);
    for (const BlockRun& row : store_.block_runs_of(run)) {
        rows.push_back(&row);
        bound += bound_of(row);
    }
    const Schedule* schedule = store_.schedule(run.pipeline_schedule_id);
    if (!schedule && !rows.empty()) return no_attribute("NoneType", "id");
    std::string schedule_end;
    if (schedule) {
        schedule_end = ", \"pipeline_schedule_id\": ";
        append_int(schedule_end, schedule->id.value);
        schedule_end += ", \"pipeline_schedule_name\": ";
        append_text(schedule_end, schedule->name);
        schedule_end += '}';
    }
    bound += rows.size() * schedule_end.size();
    // Sorts by the text of created_at, which sorts like the instant. Equal ones keep the order of their ids.
    sort_stably(rows, [](const BlockRun* a, const BlockRun* b) { return created_at(*a) < created_at(*b); });

    RowCursor w = writer_.begin(bound);
    w.literal("{");
    w = write_standard(w, run);
    w.literal(", \"block_runs\": [");
    for (const BlockRun* row : rows) {
        if (row != rows.front()) w.literal(", ");
        w = write_block_run(w, *row);
        w.raw(schedule_end);
    }
    w.literal("]}");
    out += writer_.text(w);
    return Done{};
}

}  // namespace runsim::api
