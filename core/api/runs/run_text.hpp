#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors/failure.hpp"
#include "api/rows/row_writer.hpp"
#include "api/runs/run_text_cache.hpp"
#include "lifecycle/instance/instance.hpp"
#include "model/date_style.hpp"

namespace runsim::api {

// The presentation formats of runs (http-api.md 5.3).
enum class RunFormat : std::uint8_t {
    standard,  // CREATE, UPDATE, DELETE, and every unknown name
    list,
    detail,
    basic,  // with_basic_details
};
RunFormat run_format_of(std::string_view name);

// Writes runs as JSON objects. One presenter serves one request: the texts of a schedule are made once for neighbouring
// runs.
class RunPresenter {
public:
    // Optional fields of the list format.
    struct Extras {
        bool pipeline_tags = false;
        bool pipeline_type = false;
    };
    RunPresenter(const Instance& instance, RunTextCache& cache, Extras extras = {false, false})
        : store_(instance.store),
          project_(*instance.project),
          cache_(cache),
          extras_(extras),
          base_last_(traits_of(project_.release).base_columns_last),
          writer_(str_date_style(instance.store.dialect())) {}

    // Appends one existing run. It may fail for the formats list (the pipeline's file is gone, or an orphan) and detail
    // (an orphan with block runs).
    Outcome append(std::string& out, const Run& run, RunFormat format);
    // Appends the columns in their raw order (http-api.md 5.2), as in the trigger's answer.
    void append_raw(std::string& out, const Run& run);

private:
    RowCursor write_standard(RowCursor w, const Run& run) const;
    template <class Row>
    RowCursor write_base(RowCursor w, const Row& row) const;
    RowCursor write_block_run(RowCursor w, const BlockRun& row) const;
    std::size_t bound_of(const Run& run) const;
    std::size_t bound_of(const BlockRun& row) const;
    Outcome append_list(std::string& out, const Run& run);
    Outcome append_detail(std::string& out, const Run& run);
    void append_list_columns(std::string& out, const Run& run);
    Outcome append_list_end(std::string& out, const Run& run);
    void know_schedule(const Schedule& schedule);

    const Store& store_;
    const Project& project_;
    RunTextCache& cache_;
    Extras extras_;
    bool base_last_;
    RowWriter writer_;
    std::vector<const BlockRun*> block_rows_;  // of the run that is being written
    ScheduleId known_schedule_;                // schedule of these texts
    std::string schedule_columns_;             // pipeline_schedule_name, _token, _type
    std::string repo_path_;
    Symbol known_pipeline_;         // of pipeline_columns_
    std::string pipeline_columns_;  // pipeline_tags, pipeline_type
};

}  // namespace runsim::api
