#include <algorithm>
#include <map>
#include <vector>

#include "api/calls/records.hpp"
#include "api/rows/column.hpp"
#include "api/ui/handlers.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"

// Counts and mean times of runs and block runs, by day. Reads every run or block run of the table.
namespace runsim::api {

namespace {

// Keeps its keys in order of first appearance, as Python's dict does.
template <class Key, class T>
class Ordered {
public:
    T& operator[](const Key& key) {
        const auto [at, is_new] = places_.try_emplace(key, entries_.size());
        if (is_new) entries_.emplace_back(key, T());
        return entries_[at->second].second;
    }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

private:
    std::vector<std::pair<Key, T>> entries_;
    std::map<Key, std::size_t> places_;
};

struct Window {
    Instant from;
    Instant to;
    std::optional<Symbol> pipeline;  // set: only its runs; none if no row has the name
    bool by_pipeline = false;        // the query has a pipeline
    std::string pipeline_uuid;
    std::optional<std::int64_t> schedule;
    bool by_type = false;

    static ResultOf<Window> read(const Call& call) {
        Window window;
        const auto date = [&call](std::string_view name, Instant fallback) -> ResultOf<Instant> {
            const std::string* text = call.query.first(name);
            if (!text) return fallback;
            const auto parsed = parse_lenient_date(*text, call.instance.now);
            if (!parsed) return Failure(Exception{"dateutil.parser._parser.ParserError", parsed.error().message});
            return stored_date(call.dialect(), *parsed);
        };
        const auto to = date("end_time", call.instance.now);
        if (!to) return to.error();
        const auto from = date("start_time", *to - Duration::days(30));
        if (!from) return from.error();
        window.from = *from;
        window.to = *to;
        if (const std::string* uuid = call.query.first("pipeline_uuid")) {
            window.by_pipeline = true;
            window.pipeline_uuid = *uuid;
            window.pipeline = call.store().symbols.find(*uuid);
        }
        if (const std::string* id = call.query.first("pipeline_schedule_id")) {
            const auto number = parse_python_int(*id);
            if (!number) return not_an_int(*id);
            window.schedule = number->value;
        }
        window.by_type = call.query.truthy("group_by_pipeline_type");
        return window;
    }

    bool holds(Instant created_at) const { return created_at >= from && created_at <= to; }
    bool is_of_pipeline(const Run* run) const {
        return !by_pipeline || (run && pipeline && run->pipeline_uuid == *pipeline);
    }
    bool is_of_schedule(const Run& run) const { return !schedule || run.pipeline_schedule_id.value == *schedule; }
};

std::string day_of(Instant instant) { return date_text(floor_day(instant), DateStyle::iso).substr(0, 10); }

// A mean of seconds, summed as Python sums floats.
struct Mean {
    double seconds = 0;
    std::int64_t count = 0;

    void add(Instant from, Instant to) {
        if (to <= from) return;
        seconds += static_cast<double>((to - from).us) / 1e6;
        ++count;
    }
    void append(json::Writer& w) const {
        if (count == 0)
            w.integer(0);
        else
            w.real(seconds / static_cast<double>(count));
    }
};

using Counts = Ordered<std::string, std::int64_t>;

void append_key(std::string& out, bool& first, std::string_view key) {
    if (!first) out += ", ";
    first = false;
    json::append_string(out, key);
    out += ": ";
}

void append_counts(std::string& out, const Counts& counts) {
    out += '{';
    bool first = true;
    for (const auto& [status, count] : counts) {
        append_key(out, first, status);
        append_int(out, count);
    }
    out += '}';
}

void append_means(std::string& out, const Ordered<std::string, Mean>& means) {
    out += '{';
    bool first = true;
    for (const auto& [day, mean] : means) {
        append_key(out, first, day);
        json::Writer w(out);
        mean.append(w);
    }
    out += '}';
}

void run_counts(const Call& call, const Window& window, std::string& out) {
    const Store& store = call.store();
    // For a schedule: day, then the pipeline's type or "", then status.
    std::map<std::uint32_t, std::size_t> places;
    std::vector<std::pair<const Schedule*, Ordered<std::string, Ordered<std::string, Counts>>>> schedules;
    for (const Run& run : store.runs()) {
        const Schedule* schedule = store.schedule(run.pipeline_schedule_id);
        if (!schedule || !window.holds(run.created_at) || !window.is_of_pipeline(&run) || !window.is_of_schedule(run))
            continue;
        const auto [place, fresh] = places.emplace(schedule->id.value, schedules.size());
        if (fresh) schedules.push_back({schedule, {}});
        auto& day = schedules[place->second].second[day_of(run.created_at)];
        const Pipeline* pipeline = window.by_type ? call.project().find_pipeline(run.pipeline_uuid) : nullptr;
        if (window.by_type && !pipeline) continue;
        ++day[pipeline ? pipeline->type : ""][std::string(name_of(run.status))];
    }
    out += '{';
    bool first = true;
    for (const auto& [schedule, days] : schedules) {
        append_key(out, first, std::to_string(schedule->id.value));
        out += "{\"name\": ";
        if (schedule->name)
            json::append_string(out, *schedule->name);
        else
            out += "null";
        out += ", \"data\": {";
        bool first_day = true;
        for (const auto& [day, types] : days) {
            append_key(out, first_day, day);
            if (window.by_type) {
                out += '{';
                bool first_type = true;
                for (const auto& [type, counts] : types) {
                    append_key(out, first_type, type);
                    append_counts(out, counts);
                }
                out += '}';
            } else {
                append_counts(out, types.begin()->second);
            }
        }
        out += "}}";
    }
    out += '}';
}

void run_times(const Call& call, const Window& window, std::string& out) {
    Ordered<std::string, Mean> days;
    for (const Run& run : call.store().runs()) {
        if (!run.completed_at || !window.holds(run.created_at) || !window.is_of_pipeline(&run)) continue;
        days[day_of(run.created_at)].add(run.created_at, *run.completed_at);
    }
    std::string name = "null";
    if (window.by_pipeline) {
        name.clear();
        json::append_string(name, window.pipeline_uuid);
    }
    out += window.by_pipeline ? "{" + name : std::string("{\"null\"");
    out += ": {\"name\": " + name + ", \"data\": ";
    append_means(out, days);
    out += "}}";
}

// Counts block runs as the real server's statement does. Without a pipeline it never joins their runs, so a schedule
// multiplies each by its own runs. With one it groups by run, and keeps only the newest run of a day.
void block_counts(const Call& call, const Window& window, std::string& out) {
    const Store& store = call.store();
    const bool joined = window.by_pipeline;
    std::int64_t factor = 1;
    if (window.schedule && !joined) {
        const ScheduleId id = ScheduleId::from(*window.schedule);
        factor = id ? static_cast<std::int64_t>(store.runs_by_id(id).size()) : 0;
    }
    struct Group {
        RunId run;
        std::int64_t count = 0;
    };
    // By name, status (as stored) and day.
    std::map<std::string_view, std::map<std::string_view, std::map<std::string, Group>>> blocks;
    for (const BlockRun& row : store.block_runs()) {
        if (factor == 0 || !window.holds(row.dates.created_at())) continue;
        const Run* run = joined ? store.run(row.pipeline_run_id) : nullptr;
        if (joined && (!run || !window.is_of_pipeline(run) || !window.is_of_schedule(*run))) continue;
        Group& group = blocks[store.symbols.text(row.block_uuid)][name_of(row.status)][day_of(row.dates.created_at())];
        if (joined && group.run != row.pipeline_run_id) group = {row.pipeline_run_id, 0};
        group.count += factor;
    }
    out += '{';
    bool first = true;
    for (const auto& [name, statuses] : blocks) {
        Ordered<std::string, Counts> days;
        for (const auto& [status, groups] : statuses)
            for (const auto& [day, group] : groups) days[day][std::string(status)] = group.count;
        append_key(out, first, name);
        out += "{\"data\": {";
        bool first_day = true;
        for (const auto& [day, counts] : days) {
            append_key(out, first_day, day);
            append_counts(out, counts);
        }
        out += "}, \"name\": ";
        json::append_string(out, name);
        out += '}';
    }
    out += '}';
}

void block_times(const Call& call, const Window& window, std::string& out) {
    const Store& store = call.store();
    Ordered<std::string, Ordered<std::string, Mean>> blocks;
    for (const BlockRun& row : store.block_runs()) {
        if (!row.dates.completed_at() || !window.holds(row.dates.created_at())) continue;
        const Run* run = store.run(row.pipeline_run_id);
        if (!window.is_of_pipeline(run)) continue;
        if (window.schedule && (!run || !window.is_of_schedule(*run))) continue;
        blocks[std::string(store.symbols.text(row.block_uuid))][day_of(row.dates.created_at())].add(
            row.dates.created_at(), *row.dates.completed_at());
    }
    out += '{';
    bool first = true;
    for (const auto& [name, days] : blocks) {
        append_key(out, first, name);
        out += "{\"name\": ";
        json::append_string(out, name);
        out += ", \"data\": ";
        append_means(out, days);
        out += '}';
    }
    out += '}';
}

}  // namespace

Outcome show_monitor_stat(Call& call, std::string& out) {
    const auto window = Window::read(call);
    if (!window) return window.error();
    out += "{\"stats_type\": ";
    json::append_string(out, call.pk);
    out += ", \"stats\": ";
    if (call.pk == "pipeline_run_count") {
        run_counts(call, *window, out);
    } else if (call.pk == "pipeline_run_time") {
        run_times(call, *window, out);
    } else if (call.pk == "block_run_count") {
        block_counts(call, *window, out);
    } else if (call.pk == "block_run_time") {
        block_times(call, *window, out);
    } else {
        out += "null";
    }
    out += '}';
    return Done{};
}

}  // namespace runsim::api
