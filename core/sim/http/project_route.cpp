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
    w.member("uuid", block.uuid);
    w.member("name", block.name);
    w.member("type", block.type);
    w.member("language", block.language);
    w.member("color", block.color);
    w.member("executable", block.executable);
    w.member("dynamic", block.dynamic);
    w.member("dynamic_child", facts.dynamic_child);
    w.begin_array("conditional_blocks");
    for (const std::uint32_t conditional : block.conditionals) w.string(pipeline.conditionals[conditional].uuid);
    w.end_array();
    w.member("retries", block.retry.retries);
    w.member("timeout", block.timeout);
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
    w.member("uuid", pipeline.uuid);
    w.member("name", pipeline.name);
    w.member("description", pipeline.description);
    w.member("type", pipeline.type);
    w.key("tags");
    write_texts(w, pipeline.tags.value_or(std::vector<std::string>()));
    w.begin_array("blocks");
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
    w.begin_object("project");
    w.member("name", project.name);
    w.member("repo_path", project.repo_path);
    w.member("mage", name_of(project.release));
    w.key("notes");
    write_texts(w, world.notes);
    w.member("start_us", world.instance.options.start.us);
    w.member("scheduler_interval_us", world.instance.options.scheduler_interval.us);
    w.begin_array("pipelines");
    for (const PipelineFacts& pipeline : project_facts(world.instance).pipelines()) write_pipeline(w, pipeline);
    w.end_array();
    w.end_object();
    w.end_object();
    return response;
}

}  // namespace runsim
