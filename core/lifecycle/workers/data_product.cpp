#include "lifecycle/workers/data_product.hpp"

#include <algorithm>

#include "base/sort_stably.hpp"
#include "lifecycle/blocks/block_variables.hpp"
#include "lifecycle/schedules/create_schedule.hpp"
#include "lifecycle/workers/start_from_code.hpp"

namespace runsim {

namespace {

constexpr Duration kPollInterval = Duration::seconds(30);
constexpr std::string_view kTrigger = "GLOBAL_DATA_PRODUCT_TRIGGER";

CodeStep raised(std::string error) { return {.sleep = {}, .error = std::move(error)}; }

std::int64_t day_of_year(const CivilTime& now) {
    std::int64_t day = now.day;
    for (std::int32_t month = 1; month < now.month; ++month) day += days_in_month(now.year, month);
    return day;
}

// The ISO week: it starts on Monday and counts in the year of its Thursday.
std::int64_t iso_week(Instant now) {
    const Instant thursday = floor_day(now) + Duration::days(3 - weekday(now));
    return (day_of_year(to_civil(thursday)) - 1) / 7 + 1;
}

// The first week ends with the first Saturday.
std::int64_t week_of_month(Instant now) {
    const std::int32_t day = to_civil(now).day;
    const Instant first = floor_day(now) - Duration::days(day - 1);
    const std::int32_t first_week = 7 - (weekday(first) + 1) % 7;
    return day <= first_week ? 1 : (day - first_week - 1) / 7 + 2;
}

std::int64_t part_of(Instant now, DatePart part) {
    const CivilTime civil = to_civil(now);
    switch (part) {
        case DatePart::day_of_month: return civil.day;
        case DatePart::day_of_week: return (weekday(now) + 1) % 7;
        case DatePart::day_of_year: return day_of_year(civil);
        case DatePart::hour_of_day: return civil.hour;
        case DatePart::minute_of_hour: return civil.minute;
        case DatePart::month_of_year: return civil.month;
        case DatePart::second_of_minute: return civil.second;
        case DatePart::week_of_month: return week_of_month(now);
        case DatePart::week_of_year: return iso_week(now);
    }
    return 0;
}

Instant later_by(Instant date, const Age& age) {
    const Instant months = add_months(date, 12 * age.years + age.months).value_or(kLastInstant);
    return months + Duration::days(7 * age.weeks) + Duration::seconds(age.seconds);
}

struct ProductRun {
    RunId id;
    RunStatus status;
    Instant date;
};

class Product {
public:
    Product(Instance& instance, RunWait& wait, const DataProduct& product, const DataProductUse& use)
        : instance_(instance),
          wait_(wait),
          product_(product),
          age_(use.outdated_after.value_or(product.outdated_after)),
          starting_at_(use.outdated_starting_at ? *use.outdated_starting_at : product.outdated_starting_at) {}

    CodeStep look() {
        if (wait_.tries == 0 && wait_.round == 0) note(NoteKind::product_asked, 0);
        if (wait_.tries > 0 || wait_.round > 0)
            if (const auto newest = runs(); !newest.empty()) {
                const ProductRun& run = newest.front();
                if (run.status == RunStatus::failed)
                    return raised("Exception: Pipeline run " + std::to_string(run.id.value) +
                                  " for global data product " + product_.uuid + ": failed.");
                note(NoteKind::run_polled, polled(run.id, run.status));
                if (run.status == RunStatus::cancelled) return {};
            }
        if (is_made()) return {};
        const auto running = runs(RunStatus::running);
        if (running.size() >= 2) {
            if (age_.is_zero())
                return raised("TypeError: '<' not supported between instances of 'float' and 'NoneType'");
            delete_overlapping(running);
        } else if (running.empty() && wait_.tries > 0) {
            // Nothing runs after a poll: the next poll starts over.
            ++wait_.round;
            wait_.tries = 0;
            wait_.run = {};
            return {.sleep = kPollInterval, .error = {}};
        } else if (running.empty()) {
            if (CodeStep failed = start(); !failed.error.empty()) return failed;
        }
        note(NoteKind::product_checked, ++wait_.tries);
        return {.sleep = kPollInterval, .error = {}};
    }

private:
    // The runs of this product, latest execution dates first.
    std::vector<ProductRun> runs(std::optional<RunStatus> status = std::nullopt) const {
        std::vector<ProductRun> found;
        const auto pipeline = instance_.store.symbols.find(product_.object_uuid);
        for (const Schedule& schedule : instance_.store.schedules()) {
            if (schedule.global_data_product_uuid != product_.uuid) continue;
            for (const RunId id : instance_.store.runs_by_id(schedule.id)) {
                const Run& run = *instance_.store.run(id);
                if (run.pipeline_uuid == pipeline && run.execution_date && (!status || run.status == *status))
                    found.push_back({id, run.status, *run.execution_date});
            }
        }
        sort_stably(found, [](const ProductRun& a, const ProductRun& b) { return a.date > b.date; });
        return found;
    }

    // Returns whether a completed run is the awaited one, or recent enough.
    bool is_made() const {
        const auto completed = runs(RunStatus::completed);
        if (completed.empty()) return false;
        const ProductRun& newest = completed.front();
        if (newest.id == wait_.run || age_.is_zero()) return true;
        if (instance_.now < later_by(newest.date, age_)) return true;
        return !std::all_of(starting_at_.begin(), starting_at_.end(), [this](const DateMinimum& minimum) {
            return part_of(instance_.now, minimum.part) >= minimum.least;
        });
    }

    // Of runs closer together than the product's age, deletes the newer ones. Work in progress then finds nothing left
    // to write to.
    void delete_overlapping(const std::vector<ProductRun>& running) {
        const Duration age = later_by(instance_.now, age_) - instance_.now;
        for (std::size_t i = 0; i + 1 < running.size(); ++i) {
            if (!(running[i].date - running[i + 1].date < age)) continue;
            std::vector<BlockRunId> rows;
            for (const BlockRun& row : instance_.store.block_runs_of(running[i].id)) rows.push_back(row.id);
            for (const BlockRunId row : rows) instance_.store.erase(row);
            forget_run_overrides(instance_, running[i].id);
            instance_.store.erase(running[i].id);
        }
    }

    ScheduleId trigger() {
        const Symbol pipeline = instance_.store.symbols.intern(product_.object_uuid);
        for (const Schedule& row : instance_.store.schedules())
            if (row.global_data_product_uuid == product_.uuid && row.name == kTrigger &&
                row.pipeline_uuid == pipeline && row.schedule_type == ScheduleType::time)
                return row.id;
        Schedule row;
        row.global_data_product_uuid = product_.uuid;
        row.name = std::string(kTrigger);
        row.pipeline_uuid = pipeline;
        row.schedule_type = ScheduleType::time;
        return create_schedule(instance_, std::move(row), {Cause::code, wait_.block_run.value});
    }

    CodeStep start() {
        const ScheduleId schedule = trigger();
        write(instance_, schedule, [](Schedule& row) { row.status = ScheduleStatus::active; },
              {Cause::code, wait_.block_run.value});
        if (product_.object_type != "pipeline")
            return raised("AttributeError: 'NoneType' object has no attribute 'type'");
        if (instance_.project->find_pipeline(product_.object_uuid) == nullptr)
            return raised("Exception: " + instance_.project->missing_pipeline(product_.object_uuid));
        const BlockRun& row = *instance_.store.block_run(wait_.block_run);
        const json::Object given = get_variables(instance_, *instance_.store.run(row.pipeline_run_id));
        const json::Value* variables = given.find("variables");
        const auto run = start_from_code(instance_, schedule, variables ? *variables : json::Value(), wait_.block_run);
        if (!run) return raised("Exception: " + run.error().message);
        wait_.run = *run;
        wait_.since = instance_.now;
        note(NoteKind::product_started, run->value);
        return {};
    }

    void note(NoteKind kind, std::uint32_t detail) {
        instance_.notes.append({.at = instance_.now,
                                .run = instance_.store.block_run(wait_.block_run)->pipeline_run_id,
                                .block_run = wait_.block_run,
                                .detail = detail,
                                .kind = kind});
    }

    Instance& instance_;
    RunWait& wait_;
    const DataProduct& product_;
    const Age age_;
    const std::vector<DateMinimum>& starting_at_;
};

}  // namespace

CodeStep see_to_product(Instance& instance, RunWait& wait, const DataProductUse& use) {
    const auto& products = instance.project->data_products;
    const auto product = std::find_if(products.begin(), products.end(),
                                      [&use](const DataProduct& entry) { return entry.uuid == use.uuid; });
    if (product == products.end()) return raised("AttributeError: 'NoneType' object has no attribute 'to_dict'");
    return Product(instance, wait, *product, use).look();
}

}  // namespace runsim
