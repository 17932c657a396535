#include "api/calls/records.hpp"

#include "api/rows/record_id.hpp"
#include "base/text/text.hpp"

namespace runsim::api {

namespace {

template <class Id, class Lookup>
ResultOf<std::optional<Record>> find_row(const Instance& instance, std::string_view pk, std::string_view column,
                                         Lookup lookup) {
    const auto id = id_of(instance.store.dialect(), pk, column);
    if (!id) return id.error();
    if (!*id || !lookup(Id{**id})) return std::optional<Record>();
    return std::optional<Record>(Record{.resource = nullptr, .id = **id, .pipeline = nullptr});
}

}  // namespace

ResultOf<std::optional<Record>> find_pipeline_run(const Instance& instance, std::string_view pk) {
    return find_row<RunId>(instance, pk, "pipeline_run.id", [&](RunId id) { return instance.store.run(id); });
}

ResultOf<std::optional<Record>> find_pipeline_schedule(const Instance& instance, std::string_view pk) {
    return find_row<ScheduleId>(instance, pk, "pipeline_schedule.id",
                                [&](ScheduleId id) { return instance.store.schedule(id); });
}

ResultOf<std::optional<Record>> find_block_run(const Instance& instance, std::string_view pk) {
    return find_row<BlockRunId>(instance, pk, "block_run.id",
                                [&](BlockRunId id) { return instance.store.block_run(id); });
}

ResultOf<std::optional<Record>> find_backfill(const Instance& instance, std::string_view pk) {
    return find_row<BackfillId>(instance, pk, "backfill.id",
                                [&](BackfillId id) { return instance.store.backfill(id); });
}

ResultOf<std::optional<Record>> find_pipeline(const Instance& instance, std::string_view pk) {
    // The uuid is decoded one more time than the path (http-api.md 1.5).
    const std::string uuid = percent_decode(pk, false);
    if (const BrokenPipeline* broken = instance.project->find_broken(uuid)) return plain_exception(broken->error);
    const Pipeline* pipeline = instance.project->find_pipeline(uuid);
    if (!pipeline) return plain_exception("Pipeline " + uuid + " does not exist.");
    return std::optional<Record>(Record{.resource = nullptr, .id = 0, .pipeline = pipeline});
}

}  // namespace runsim::api
