#pragma once

#include "api/failure.hpp"
#include "api/run_payload.hpp"
#include "base/date_text.hpp"
#include "json/value.hpp"
#include "lifecycle/instance.hpp"

namespace runsim::api {

// PipelineRun(**payload): every key is an attribute of the class or an error, in the order of the keys; then every column takes its value,
// or the database refuses it. `execution_date` is the run's date, which the payload's key need not hold.
ResultOf<NewRun> run_of_payload(Instance& instance, const json::Object& payload, const WrittenDate& execution_date);

}  // namespace runsim::api
