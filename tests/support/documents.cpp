#include "support/documents.hpp"

namespace runsim {

std::string joined(std::initializer_list<std::string_view> pieces) {
    std::string text;
    for (const std::string_view piece : pieces) text += piece;
    return text;
}

std::string block(std::string_view uuid, std::string_view type, std::string_view upstream, std::string_view downstream,
                  std::string_view members) {
    return joined({R"({"uuid": ")", uuid, R"(", "name": ")", uuid, R"(", "type": ")", type,
                   R"(", "language": "python", "upstream_blocks": [)", upstream, R"(], "downstream_blocks": [)",
                   downstream, "]", members, "}"});
}

std::string pipeline(std::string_view uuid, std::string_view metadata_members, std::string_view triggers) {
    // An empty file is no pipeline.
    const std::string members =
        metadata_members.empty() ? joined({R"("uuid": ")", uuid, R"(")"}) : std::string(metadata_members);
    std::string entry = joined({R"({"uuid": ")", uuid, R"(", "metadata": {)", members, "}"});
    if (!triggers.empty()) entry += joined({R"(, "triggers": )", triggers});
    return entry + "}";
}

std::string lab_pipelines() {
    const std::string diamond =
        joined({R"("uuid": "diamond", "type": "python", "tags": ["red"], "variables": {"region": "eu"}, "blocks": [)",
                block("load", "data_loader", "", R"("left", "right")"), ", ",
                block("left", "transformer", R"("load")", R"("export")"), ", ",
                block("right", "transformer", R"("load")", R"("export")"), ", ",
                block("export", "data_exporter", R"("left", "right")", ""), "]"});
    const std::string slow =
        joined({R"("uuid": "slow", "type": "python", "blocks": [)", block("begin", "data_loader", "", R"("wait_long")"),
                ", ", block("wait_long", "transformer", R"("begin")", R"("finish")"), ", ",
                block("finish", "data_exporter", R"("wait_long")", ""), "]"});
    return joined({"[", pipeline("diamond", diamond), ", ", pipeline("slow", slow), "]"});
}

std::string document(const DocumentParts& parts) {
    return joined({R"({"name": )", parts.name, R"(, "metadata": )", parts.metadata, R"(, "pipelines": )",
                   parts.pipelines.empty() ? lab_pipelines() : parts.pipelines, R"(, "runsim": )", parts.runsim,
                   R"(, "options": )", parts.options, "}"});
}

}  // namespace runsim
