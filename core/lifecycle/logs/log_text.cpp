#include "base/date/date_text.hpp"
#include "base/prng.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "lifecycle/logs/logs.hpp"
#include "lifecycle/rows/run_variables.hpp"

namespace runsim {

namespace {

// Gives a line the same uuid whenever it is read.
std::string uuid_of(const LogLine& line, std::size_t place) {
    std::string hex;
    std::uint64_t bits = stable_hash(line.message, static_cast<std::uint64_t>(line.at.us) ^ place);
    for (int word = 0; word < 2; ++word, bits = stable_hash(line.message, bits ^ line.run.value))
        for (int i = 0; i < 16; ++i) hex += kHexDigits[(bits >> (4 * i)) & 15];
    return hex;
}

json::Object run_tags(const Instance& instance, const Run& run) {
    json::Object tags;
    tags.append("pipeline_run_id", std::int64_t{run.id.value});
    tags.append("pipeline_schedule_id",
                run.pipeline_schedule_id ? json::Value(std::int64_t{run.pipeline_schedule_id.value}) : json::Value());
    tags.append("pipeline_uuid", std::string(instance.store.symbols.text(run.pipeline_uuid)));
    return tags;
}

std::string last_line(std::string_view traceback) {
    while (!traceback.empty() && traceback.back() == '\n') traceback.remove_suffix(1);
    const std::size_t newline = traceback.rfind('\n');
    return std::string(newline == std::string_view::npos ? traceback : traceback.substr(newline + 1));
}

}  // namespace

std::string log_text(const Instance& instance, const std::vector<LogLine>& lines) {
    std::string text;
    std::size_t place = 0;
    for (const LogLine& line : lines) {
        json::Object members = line.tags;
        // A block's tags include a type, which comes after the run's.
        json::Value block_type;
        if (const json::Value* type = members.find("block_type")) {
            block_type = *type;
            members.erase("block_type");
        }
        for (json::Member& tag : run_tags(instance, *instance.store.run(line.run)))
            members.append(std::move(tag.key), std::move(tag.value));
        if (!block_type.is_null()) members.append("block_type", std::move(block_type));
        members.append("level", std::string(name_of(line.level)));
        members.append("message", line.message);
        members.append("timestamp", static_cast<double>(line.at.us) / 1e6);
        members.append("uuid", uuid_of(line, place++));
        if (!line.error.empty()) {
            members.append("error", line.error);
            members.append("error_stack", json::Array());
            members.append("error_stacktrace", std::string(split_error(last_line(line.error)).message));
        }
        text += date_text(line.at.floor_second(), DateStyle::iso);
        text += ' ';
        json::append(text, members);
        text += '\n';
        if (line.level == LogLevel::exception) text += line.error.empty() ? "NoneType: None\n" : line.error;
    }
    return text;
}

std::string scheduler_log_path(const Instance& instance, const Run& run) {
    return instance.project->repo_path + "/pipelines/" + std::string(instance.store.symbols.text(run.pipeline_uuid)) +
           "/.logs/" + execution_partition(run) + "/scheduler.log";
}

std::string block_log_path(const Instance& instance, const BlockRun& row) {
    const Run& run = *instance.store.run(row.pipeline_run_id);
    std::string path = scheduler_log_path(instance, run);
    path.resize(path.rfind('/') + 1);
    for (const char c : instance.store.symbols.text(row.block_uuid)) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        path += plain ? c : '_';
    }
    return path + ".log";
}

}  // namespace runsim
