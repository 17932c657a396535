#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace runsim {

// A project document of pieces of JSON text, each of which a test may replace.
struct DocumentParts {
    std::string name = R"("lab")";
    std::string metadata = R"({"retry_config": {"retries": 0, "delay": 1}})";
    std::string pipelines;  // empty: lab_pipelines()
    std::string runsim = "{}";
    std::string options = "{}";
};
std::string document(const DocumentParts& parts);

// The pieces as one text.
std::string joined(std::initializer_list<std::string_view> pieces);

// "diamond" (load -> left, right -> export) and "slow" (begin -> wait_long -> finish).
std::string lab_pipelines();
// A pipeline with a metadata.yaml of these members, and triggers.yaml where `triggers` is not empty.
std::string pipeline(std::string_view uuid, std::string_view metadata_members, std::string_view triggers = "");
// A block of these lists of names (JSON texts without brackets) and further members (", ..." or nothing).
std::string block(std::string_view uuid, std::string_view type, std::string_view upstream, std::string_view downstream,
                  std::string_view members = "");

}  // namespace runsim
