#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lifecycle/instance/instance.hpp"

namespace runsim::test {

// A project in a few lines, for tests that need no files:
//
//   auto project = ProjectBuilder()
//       .pipeline("diamond")
//           .block("load")
//           .block("left", {"load"}).block("right", {"load"})
//           .block("export", {"left", "right"}).lasts(Duration::seconds(2))
//       .build();
//
// Blocks take a second and succeed. Calls behind block(), conditional() and callback() concern the last block or
// pipeline named.
class ProjectBuilder {
public:
    ProjectBuilder();

    ProjectBuilder& queue_concurrency(std::int64_t workers);
    ProjectBuilder& pipeline(std::string uuid, std::string type = "python");
    // Of the last pipeline.
    ProjectBuilder& with_pipeline(const std::function<void(Pipeline&)>& change);
    ProjectBuilder& limits(ConcurrencyConfig limits);
    ProjectBuilder& variables(std::string_view json);

    ProjectBuilder& block(std::string uuid, std::initializer_list<std::string_view> upstream = {},
                          std::string type = "transformer");
    // Of the last block.
    ProjectBuilder& with(const std::function<void(Block&)>& change);
    ProjectBuilder& lasts(Duration duration);
    ProjectBuilder& lasts(Duration low, Duration high);
    ProjectBuilder& attempts(std::string_view outcomes);  // "ffo": fails twice, then succeeds, for good
    ProjectBuilder& fails(std::string error = "ValueError: boom");
    ProjectBuilder& retries(std::int64_t retries, Duration delay = Duration::seconds(5),
                            Duration max_delay = Duration::seconds(60), bool exponential = true);
    ProjectBuilder& timeout(std::int64_t seconds);
    ProjectBuilder& dynamic(std::int64_t items);
    ProjectBuilder& reduces();
    ProjectBuilder& conditional(std::string uuid, bool holds);
    ProjectBuilder& callback(std::string uuid);
    ProjectBuilder& replica_of(std::string_view target);

    std::shared_ptr<const Project> build();

private:
    Pipeline& last_pipeline();
    Block& last_block();

    Project project_;
};

}  // namespace runsim::test
