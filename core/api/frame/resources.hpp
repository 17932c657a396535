#pragma once

#include "api/accounts/handlers.hpp"
#include "api/block_runs/handlers.hpp"
#include "api/calls/records.hpp"
#include "api/events/handlers.hpp"
#include "api/pipelines/handlers.hpp"
#include "api/runs/handlers.hpp"
#include "api/schedules/handlers.hpp"
#include "api/ui/handlers.hpp"
