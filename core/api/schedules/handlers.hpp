#pragma once

#include "api/calls/resource.hpp"

namespace runsim::api {

// http-api.md 5.4, 7
Status list_pipeline_schedules(Call& call, std::string& out);
Status detail_pipeline_schedule(Call& call, std::string& out);
Status create_pipeline_schedule(Call& call, std::string& out);
Status update_pipeline_schedule(Call& call, std::string& out);
Status delete_pipeline_schedule(Call& call, std::string& out);

// http-api.md 10
Status list_backfills(Call& call, std::string& out);
Status detail_backfill(Call& call, std::string& out);
Status create_backfill(Call& call, std::string& out);
Status update_backfill(Call& call, std::string& out);
Status delete_backfill(Call& call, std::string& out);

// http-api.md 9: triggers.yaml
Status list_pipeline_triggers(Call& call, std::string& out);
Status create_pipeline_trigger(Call& call, std::string& out);

}  // namespace runsim::api
