#include "lifecycle/instance/project_facts.hpp"

#include <algorithm>
#include <optional>

#include "base/contains.hpp"
#include "base/prng.hpp"
#include "base/sort_stably.hpp"
#include "json/write.hpp"
#include "model/code_folder.hpp"

namespace runsim {

namespace {

bool is_type_name(std::string_view text) {
    if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::string code_path(const Project& project, const Block& block) {
    std::string path = project.repo_path + "/" + code_folder(block.type) + "/";
    path += block.replicated_block ? *block.replicated_block : block.uuid;
    return path + (block.language == "sql" ? ".sql" : ".py");
}

// The call stack of a worker when the code of a block raises (lifecycle.md 9.2). Files, lines and functions are the
// real server's; source lines are replaced by their position.
struct Frame {
    std::string_view file;  // in the package
    std::string_view line;
    std::string_view function;
};
constexpr Frame kWorkerFrames[] = {
    {"data_preparation/executors/block_executor.py", "647", "execute"},
    {"shared/retry.py", "54", "retry_func"},
    {"shared/retry.py", "38", "retry_func"},
    {"data_preparation/executors/block_executor.py", "621", "__execute_with_retry"},
    {"data_preparation/executors/block_executor.py", "1154", "_execute"},
    {"data_preparation/models/block/__init__.py", "1691", "execute_sync"},
    {"data_preparation/models/block/__init__.py", "1668", "__execute"},
    {"data_preparation/models/block/__init__.py", "1570", "__execute"},
    {"data_preparation/models/block/__init__.py", "1910", "execute_block"},
    {"data_preparation/models/block/__init__.py", "2073", "_execute_block"},
    {"data_preparation/models/block/__init__.py", "2169", "execute_block_function"},
};

// A traceback without its last line.
std::string worker_frames() {
    std::string text = "Traceback (most recent call last):\n";
    for (const Frame& frame : kWorkerFrames) {
        text.append("  File \"/usr/local/lib/python3.11/site-packages/mage_ai/").append(frame.file);
        text.append("\", line ").append(frame.line).append(", in ").append(frame.function).append("\n    ...\n");
    }
    return text + "  File \"<string>\", line 1, in run\n";
}

// lifecycle.md 2.10: a block is a dynamic child below a dynamic block or another dynamic child, unless all of them
// reduce.
class DynamicChildren {
public:
    explicit DynamicChildren(const Pipeline& pipeline) : pipeline_(pipeline), known_(pipeline.blocks.size()) {}

    bool holds(std::uint32_t block) {
        if (!known_[block]) {
            known_[block] = false;  // ends the recursion if a block is above itself
            known_[block] = find_out(pipeline_.blocks[block]);
        }
        return *known_[block];
    }

private:
    bool find_out(const Block& block) {
        bool below = false;
        bool all_reduce = true;
        for (const std::uint32_t up : block.upstream) {
            const Block& upstream = pipeline_.blocks[up];
            if (!upstream.dynamic && !holds(up)) continue;
            below = true;
            all_reduce = all_reduce && upstream.reduce_output;
        }
        return below && !all_reduce;
    }

    const Pipeline& pipeline_;
    std::vector<std::optional<bool>> known_;
};

// lifecycle.md 2.2, "Initial metrics".
json::Text first_metrics(const Pipeline& pipeline, const Block& block, bool dynamic_child) {
    const bool original = std::any_of(block.upstream.begin(), block.upstream.end(),
                                      [&](std::uint32_t up) { return pipeline.blocks[up].dynamic; });
    json::Array flags;
    if (dynamic_child) flags.emplace_back("dynamic_child");
    if (dynamic_child && original) flags.emplace_back("original");
    if (block.dynamic) flags.emplace_back("dynamic");
    if (block.replicated_block) flags.emplace_back("replicated");
    if (block.reduce_output) flags.emplace_back("reduce_output");
    if (flags.empty()) return {};
    json::Object metadata;
    metadata.set("flags", std::move(flags));
    json::Object metrics;
    metrics.set("metadata", std::move(metadata));
    return json::Text::of(std::move(metrics));
}

void add_ancestors(const Pipeline& pipeline, const Block& block, std::vector<std::uint32_t>& out) {
    for (const std::uint32_t up : block.upstream) {
        if (contains(out, up)) continue;
        out.push_back(up);
        add_ancestors(pipeline, pipeline.blocks[up], out);
    }
}

// Checks that the worker of a streaming pipeline can begin (lifecycle.md 10.3).
bool stream_is_sound(const Pipeline& pipeline) {
    std::size_t sources = 0;
    for (const Block& block : pipeline.blocks) {
        if (block.type == "data_loader") {
            ++sources;
            if (!block.upstream.empty() || block.downstream.empty()) return false;
        } else if (block.type == "data_exporter" || block.type == "transformer") {
            if (block.upstream.size() != 1) return false;
            if (block.type == "data_exporter" && !block.downstream.empty()) return false;
        }
    }
    return sources == 1;
}

// Returns whether nothing keeps Mage from running the block's code. Without its file it finds no function to run.
bool can_run(const Block& block, const CodeOfBlocks& code) {
    if (block.hangs || !block.retry_error.empty() || !block.code_error.empty()) return false;
    if (block.function_file.empty()) return true;
    const auto file = code.find(block.function_file);
    return file != code.end() && file->second.has_value();
}

PipelineFacts facts_of(const Project& project, const Pipeline& pipeline, const CodeOfBlocks& code) {
    PipelineFacts facts;
    facts.pipeline = &pipeline;
    facts.streaming = pipeline.type == "streaming";
    facts.integration = pipeline.type == "integration";
    facts.fails_scheduler =
        traits_of(project.release).unknown_limit_ends_tick && !pipeline.concurrency.unknown_keys.empty();
    facts.one_process = pipeline.run_in_one_process;
    facts.stream_is_sound = stream_is_sound(pipeline);
    DynamicChildren children(pipeline);
    for (std::uint32_t i = 0; i < pipeline.blocks.size(); ++i) {
        const Block& block = pipeline.blocks[i];
        BlockFacts known;
        known.block = &block;
        known.stream = stable_hash(pipeline.uuid + "/" + std::string(project.symbols.text(block.symbol)));
        known.dynamic_child = children.holds(i);
        known.sensor = block.type == "sensor";
        known.runs = can_run(block, code);
        known.first_metrics = first_metrics(pipeline, block, known.dynamic_child);
        known.error_metrics = error_metrics(project, block, block.model.error);
        if (known.dynamic_child) add_ancestors(pipeline, block, known.ancestors);
        facts.dynamic = facts.dynamic || known.dynamic_child;
        facts.block_timeouts = facts.block_timeouts || block.timeout.has_value();
        facts.blocks.push_back(std::move(known));
        facts.by_symbol.emplace_back(block.symbol, i);
        if (block.replicated_block)  // its children carry its own uuid: "copy:0"
            if (const auto own = project.symbols.find(block.uuid)) facts.by_symbol.emplace_back(*own, i);
        if (block.executable && !facts.streaming) facts.rows.push_back(i);
    }
    sort_stably(facts.by_symbol);
    return facts;
}

}  // namespace

json::Text error_metrics(const Project& project, const Block& block, std::string_view error_text) {
    const ErrorText error = split_error(error_text);
    const std::string frame = "  File \"" + code_path(project, block) + "\", line 1, in <module>\n";
    std::string trace = worker_frames() + std::string(error.type);
    if (!error.message.empty()) trace += ": " + std::string(error.message);
    trace += "\n";
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    writer.key("error");
    writer.begin_object();
    writer.key("error");
    writer.string(error.message);
    writer.key("errors");
    writer.begin_array();
    writer.string("  File \"runsim/worker\", line 1, in run_block\n    execute(block)\n");
    writer.string(frame + "    raise " + std::string(error.type) + "\n");
    writer.end_array();
    writer.key("message");
    writer.string(trace);
    writer.end_object();
    writer.end_object();
    return json::Text(std::move(out));
}

std::uint32_t PipelineFacts::find(Symbol block_uuid) const {
    const auto at = std::lower_bound(by_symbol.begin(), by_symbol.end(), std::pair(block_uuid, std::uint32_t{0}));
    return at != by_symbol.end() && at->first == block_uuid ? at->second : kNoBlock;
}

ProjectFacts::ProjectFacts(const Project& project, const CodeOfBlocks& code) {
    for (const Pipeline& pipeline : project.pipelines) {
        pipelines_.push_back(facts_of(project, pipeline, code));
        if (by_symbol_.size() <= pipeline.symbol.value) by_symbol_.resize(pipeline.symbol.value + 1);
        by_symbol_[pipeline.symbol.value] = static_cast<std::uint32_t>(pipelines_.size());
    }
}

const PipelineFacts* ProjectFacts::find(Symbol pipeline_uuid) const {
    if (pipeline_uuid.value >= by_symbol_.size() || by_symbol_[pipeline_uuid.value] == 0) return nullptr;
    return &pipelines_[by_symbol_[pipeline_uuid.value] - 1];
}

ErrorText split_error(std::string_view error) {
    const std::size_t colon = error.find(": ");
    if (colon != std::string_view::npos && is_type_name(error.substr(0, colon)))
        return {error.substr(0, colon), error.substr(colon + 2)};
    return {"Exception", error};
}

}  // namespace runsim
