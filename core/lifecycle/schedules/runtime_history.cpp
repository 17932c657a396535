#include "lifecycle/schedules/runtime_history.hpp"

#include <algorithm>
#include <cmath>

#include "lifecycle/schedules/execution_date.hpp"

namespace runsim {
namespace {

// Measured from the row's creation, not from the run's start, to its completion.
std::int64_t runtime_of(const Run& run) { return (*run.completed_at - run.created_at).us; }

// The runtimes stored with a landing-time run, in microseconds.
std::vector<std::int64_t> stored_runtimes(const Run& run) {
    std::vector<std::int64_t> runtimes;
    if (run.metrics.json().find("\"previous_runtimes\"") == std::string_view::npos) return runtimes;
    const json::Value metrics = run.metrics.value();
    const json::Value* list = metrics.object() != nullptr ? metrics.object()->find("previous_runtimes") : nullptr;
    if (list == nullptr || list->array() == nullptr) return runtimes;
    for (const json::Value& seconds : *list->array()) {
        constexpr double kMost = 1e12;  // more seconds do not fit as microseconds
        if (const auto* whole = seconds.integer(); whole != nullptr && std::abs(static_cast<double>(*whole)) < kMost)
            runtimes.push_back(*whole * 1'000'000);
        if (const auto* real = seconds.real(); real != nullptr && std::abs(*real) < kMost)
            runtimes.push_back(std::llround(*real * 1e6));
    }
    return runtimes;
}

}  // namespace

std::vector<std::int64_t> runtime_history(const Instance& instance, ScheduleId schedule, std::size_t sample_size) {
    std::vector<std::int64_t> history;
    const auto& runs = instance.store.runs_by_date(schedule);
    bool first = true;
    std::size_t others = 0;
    for (auto it = runs.rbegin(); it != runs.rend() && others < sample_size; ++it) {
        const Run& run = *instance.store.run(*it);
        if (run.status != RunStatus::completed || !run.completed_at) continue;
        history.push_back(runtime_of(run));
        if (!first) {
            ++others;
            continue;
        }
        first = false;
        const auto stored = stored_runtimes(run);
        history.insert(history.end(), stored.begin(), stored.end());
        if (stored.size() + 1 >= sample_size) break;
    }
    history.resize(std::min(history.size(), sample_size));
    return history;
}

double to_hundredths(double value) {
    constexpr int kFractionBits = 53;
    int exponent = 0;
    const double fraction = std::frexp(std::fabs(value), &exponent);
    const int shift = kFractionBits - exponent;  // the value is the next number / 2^shift
    const auto scaled = 100 * static_cast<std::int64_t>(std::ldexp(fraction, kFractionBits));
    if (shift <= 0) return value;  // a whole number
    if (shift > 61) return 0;      // less than half a hundredth
    const std::int64_t half = std::int64_t{1} << (shift - 1);
    const std::int64_t rest = scaled & (2 * half - 1);
    std::int64_t hundredths = scaled >> shift;
    if (rest > half || (rest == half && hundredths % 2 != 0)) ++hundredths;
    return static_cast<double>(value < 0 ? -hundredths : hundredths) / 100.0;
}

std::optional<double> runtime_average(const Instance& instance, ScheduleId schedule, std::size_t sample_size) {
    const auto history = runtime_history(instance, schedule, sample_size);
    if (history.empty()) return std::nullopt;
    std::int64_t sum = 0;
    for (const auto runtime : history) sum += runtime;
    const double mean = static_cast<double>(sum) / (static_cast<double>(history.size()) * 1e6);
    return to_hundredths(mean);
}

}  // namespace runsim
