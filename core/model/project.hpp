#pragma once

// A Mage project as its files define it, with the additions of runsim.json. Made once, never changed, shared by all
// copies of a world.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/text.hpp"
#include "model/block_behaviour.hpp"
#include "model/data_product.hpp"
#include "model/release.hpp"
#include "model/symbol.hpp"

namespace runsim {

// lifecycle.md 2.9: the project's retry_config, overlaid by the block's.
struct RetryConfig {
    std::int64_t retries = 0;
    Duration delay = Duration::seconds(5);
    Duration max_delay = Duration::seconds(60);
    bool exponential_backoff = true;
};

struct Block {
    std::string uuid;
    Symbol symbol;  // of the uuid, as block runs carry it (replicas: "uuid:replicated")
    std::string name;
    std::string type;  // data_loader, transformer, ...
    std::string language;
    std::string color;
    std::vector<std::uint32_t> upstream;      // indexes into Pipeline::blocks
    std::vector<std::uint32_t> downstream;    // likewise
    std::vector<std::uint32_t> conditionals;  // indexes into Pipeline::conditionals, in order
    std::vector<std::uint32_t> callbacks;     // indexes into Pipeline::callbacks, in order
    std::optional<std::string> replicated_block;
    std::string function_file;  // path in the project of the file with its function; empty: it needs none
    bool dynamic = false;
    bool reduce_output = false;
    bool executable = true;               // gets a block run (lifecycle.md 2.2)
    bool waits_for_ever = false;          // for a callback, conditional or chart, which has no block run
    std::string code_error;               // raised before its code runs; empty: nothing
    std::string retry_error;              // raised by the worker at its retry_config; empty: nothing
    bool hangs = false;                   // its worker ends silently, so it stays running for ever
    std::optional<std::int64_t> timeout;  // seconds
    RetryConfig retry;
    BlockBehaviour model;
    std::optional<DataProductUse> data_product;  // only of type global_data_product
};

// A callback or conditional block. It has no block run; it runs with the blocks that it is attached to.
struct AttachedBlock {
    std::string uuid;
    std::string name;
};

enum class RunLimitPolicy : std::uint8_t { wait, skip };

struct ConcurrencyConfig {
    std::optional<std::int64_t> block_run_limit;
    std::optional<std::int64_t> pipeline_run_limit;
    std::optional<std::int64_t> pipeline_run_limit_all_triggers;
    RunLimitPolicy on_pipeline_run_limit_reached = RunLimitPolicy::wait;
    std::vector<std::string> unknown_keys = {};  // as in the file
};

struct Pipeline {
    std::string uuid;
    Symbol symbol;
    std::string name;
    std::optional<std::string> description;
    std::string type = "python";
    std::optional<std::vector<std::string>> tags;  // nullopt: the file has no `tags`
    json::Text variables;
    ConcurrencyConfig concurrency;
    bool run_in_one_process = false;
    std::string executor_type;         // as in the file; empty: none
    std::optional<RetryConfig> retry;  // used only for streaming pipelines (lifecycle.md 10.3)
    std::int64_t executor_count = 1;
    std::vector<Block> blocks;  // in file order
    std::vector<AttachedBlock> conditionals;
    std::vector<AttachedBlock> callbacks;
    std::vector<RunRule> rules;  // runs in which blocks behave differently; a later rule wins
    json::Text metadata;         // the file's content
    std::string start_error;     // why no run of it can have block runs; empty: it can
    std::string step_error;      // why the scheduler fails at every run of it that began; empty: it does not
    std::string detail_error;    // why it cannot be shown in full; empty: it can
    json::Text listed;           // the file in the list's cache; none: same as the file
    MaybeInstant updated_at;     // only if the API wrote the file

    const Block* find_block(std::string_view block_uuid) const;
};

// A pipeline whose file Mage cannot load: its runs cannot start. Its schedules stay.
struct BrokenPipeline {
    Pipeline shown;         // as the list of pipelines shows it: of type "invalid", or from the list's cache
    bool listed = true;     // false: the list leaves it out
    std::string error;      // the exception of a request for it
    std::string run_error;  // the exception of code that loads it for a run, such as a trigger
};

// A folder of custom_templates/blocks or custom_templates/pipelines that Mage can load.
struct CustomTemplate {
    std::string uuid;                  // its path below that folder
    json::Text metadata;               // the file's content, with the defaults
    std::string content;               // of a block: its code
    std::optional<Pipeline> pipeline;  // of a pipeline, where it can be shown in full
    std::string detail_error;          // why it cannot; empty: it can
};

struct CustomTemplates {
    std::vector<CustomTemplate> blocks;
    std::vector<CustomTemplate> pipelines;
};

// The content of the code files of blocks, by path in the project: custom/load.py. "" if the project did not include
// the text. None: the file is missing.
using CodeOfBlocks = std::map<std::string, std::optional<std::string>, std::less<>>;

struct Project {
    Release release = Release::mage_0_9_79;  // of Mage
    std::string name;
    std::string repo_path;  // /home/src/<name>
    std::string project_uuid;
    std::optional<bool> help_improve_mage;  // of metadata.yaml
    std::int64_t queue_concurrency = 20;
    RetryConfig retry;                   // of metadata.yaml, for blocks without retry_config
    BlockModels models;                  // of runsim.json, for blocks that the API creates
    std::vector<Pipeline> pipelines;     // by uuid
    std::vector<BrokenPipeline> broken;  // by uuid; none of them is in `pipelines`
    std::vector<DataProduct> data_products;
    CustomTemplates templates;
    CodeOfBlocks code;     // of those in `pipelines`
    SymbolTable symbols;   // has every uuid of the project; a world's store starts as a copy
    std::string document;  // the JSON document it was made from, kept for snapshots

    const Pipeline* find_pipeline(std::string_view uuid) const;
    const Pipeline* find_pipeline(Symbol uuid) const;
    // Returns nullptr if there is no such pipeline, or if it can be loaded.
    const BrokenPipeline* find_broken(std::string_view uuid) const;
    bool has_folder(std::string_view uuid) const { return find_pipeline(uuid) || find_broken(uuid); }
    // Returns the pipelines in the list of pipelines, by uuid.
    std::vector<const Pipeline*> listed_pipelines() const;
    // Returns Mage's error for a pipeline that cannot be loaded or has no folder.
    std::string missing_pipeline(std::string_view uuid) const;
};

}  // namespace runsim
