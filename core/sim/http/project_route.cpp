#include "json/write.hpp"
#include "sim/http/behaviour_text.hpp"
#include "sim/http/sim_answers.hpp"

namespace runsim {

namespace {

void write_texts(json::Writer& w, const std::vector<std::string>& texts) {
    w.begin_array();
    for (const std::string& text : texts) w.string(text);
    w.end_array();
}

void write_names(json::Writer& w, const Pipeline& pipeline, const std::vector<std::uint32_t>& blocks) {
    w.begin_array();
    for (const std::uint32_t block : blocks) w.string(pipeline.blocks[block].uuid);
    w.end_array();
}

void write_block(json::Writer& w, const Pipeline& pipeline, const BlockFacts& facts) {
    const Block& block = *facts.block;
    w.begin_object();
    w.key("uuid");
    w.string(block.uuid);
    w.key("name");
    w.string(block.name);
    w.key("type");
    w.string(block.type);
    w.key("language");
    w.string(block.language);
    w.key("color");
    w.string(block.color);
    w.key("executable");
    w.boolean(block.executable);
    w.key("dynamic");
    w.boolean(block.dynamic);
    w.key("dynamic_child");
    w.boolean(facts.dynamic_child);
    w.key("conditional_blocks");
    w.begin_array();
    for (const std::uint32_t conditional : block.conditionals) w.string(pipeline.conditionals[conditional].uuid);
    w.end_array();
    w.key("retries");
    w.integer(block.retry.retries);
    w.key("timeout");
    if (block.timeout)
        w.integer(*block.timeout);
    else
        w.null();
    w.key("upstream_blocks");
    write_names(w, pipeline, block.upstream);
    w.key("downstream_blocks");
    write_names(w, pipeline, block.downstream);
    w.key("model");
    write_behaviour(w, block.model);
    w.end_object();
}

void write_pipeline(json::Writer& w, const PipelineFacts& facts) {
    const Pipeline& pipeline = *facts.pipeline;
    w.begin_object();
    w.key("uuid");
    w.string(pipeline.uuid);
    w.key("name");
    w.string(pipeline.name);
    w.key("description");
    if (pipeline.description)
        w.string(*pipeline.description);
    else
        w.null();
    w.key("type");
    w.string(pipeline.type);
    w.key("tags");
    write_texts(w, pipeline.tags.value_or(std::vector<std::string>()));
    w.key("blocks");
    w.begin_array();
    for (const BlockFacts& block : facts.blocks) write_block(w, pipeline, block);
    w.end_array();
    w.end_object();
}

}  // namespace

api::Response show_project(const SimWorld& world, const SimCall&) {
    const Project& project = *world.instance.project;
    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.key("project");
    w.begin_object();
    w.key("name");
    w.string(project.name);
    w.key("repo_path");
    w.string(project.repo_path);
    w.key("notes");
    write_texts(w, world.notes);
    w.key("start_us");
    w.integer(world.instance.options.start.us);
    w.key("scheduler_interval_us");
    w.integer(world.instance.options.scheduler_interval.us);
    w.key("pipelines");
    w.begin_array();
    for (const PipelineFacts& pipeline : project_facts(world.instance).pipelines()) write_pipeline(w, pipeline);
    w.end_array();
    w.end_object();
    w.end_object();
    return response;
}

}  // namespace runsim
