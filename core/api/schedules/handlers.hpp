#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 5.4, 7
Outcome list_pipeline_schedules(Call& call, std::string& out);
Outcome detail_pipeline_schedule(Call& call, std::string& out);
Outcome create_pipeline_schedule(Call& call, std::string& out);
Outcome update_pipeline_schedule(Call& call, std::string& out);
Outcome delete_pipeline_schedule(Call& call, std::string& out);

// http-api.md 10
Outcome list_backfills(Call& call, std::string& out);
Outcome detail_backfill(Call& call, std::string& out);
Outcome create_backfill(Call& call, std::string& out);
Outcome update_backfill(Call& call, std::string& out);
Outcome delete_backfill(Call& call, std::string& out);

// http-api.md 9: triggers.yaml
Outcome list_pipeline_triggers(Call& call, std::string& out);
Outcome create_pipeline_trigger(Call& call, std::string& out);

}  // namespace runsim::api
