#include "lifecycle/instance/schedule_settings.hpp"

#include "support/catch.hpp"

using namespace runsim;

namespace {

ScheduleSettings settings(std::string_view json) { return parse_settings(json::Text(json)); }

}  // namespace

TEST_CASE("a schedule without settings has the defaults") {
    for (const auto& text :
         {json::Text(), json::Text("{}"), json::Text("[]"), json::Text("null"), json::Text("{\"other\": 1}")}) {
        INFO(text.json());
        const auto parsed = parse_settings(text);
        CHECK_FALSE(parsed.skip_if_previous_running);
        CHECK_FALSE(parsed.allow_blocks_to_fail);
        CHECK_FALSE(parsed.create_initial_pipeline_run);
        CHECK_FALSE(parsed.landing_time_enabled);
        CHECK_FALSE(parsed.pipeline_run_limit.has_value());
        CHECK_FALSE(parsed.timeout.has_value());
        CHECK_FALSE(parsed.timeout_status.has_value());
    }
}

TEST_CASE("a switch is on where Python takes its value for true") {
    const std::pair<const char*, bool> cases[] = {{"true", true},   {"false", false}, {"1", true},     {"0", false},
                                                  {"\"no\"", true}, {"\"\"", false},  {"null", false}, {"[0]", true},
                                                  {"{}", false},    {"0.0", false}};
    for (const auto& [value, on] : cases) {
        INFO(value);
        const auto with = [text = value](const std::string& key) {
            return settings("{\"" + key + "\": " + text + "}");
        };
        CHECK(with("skip_if_previous_running").skip_if_previous_running == on);
        CHECK(with("allow_blocks_to_fail").allow_blocks_to_fail == on);
        CHECK(with("create_initial_pipeline_run").create_initial_pipeline_run == on);
        CHECK(with("landing_time_enabled").landing_time_enabled == on);
    }
}

TEST_CASE("numbers of settings are what Python's int makes of them") {
    struct Case {
        const char* value;
        std::optional<std::int64_t> limit, timeout;
    };
    const Case cases[] = {
        {"5", 5, 5},         {"0", 0, {}},      {"-1", -1, -1},   {"2.9", 2, 2},
        {"\"60\"", 60, 60},  {"\" 7 \"", 7, 7}, {"\"0\"", 0, 0},  {"true", 1, 1},
        {"false", 0, {}},    {"null", {}, {}},  {"\"\"", {}, {}}, {"\"5.5\"", {}, {}},
        {"\"abc\"", {}, {}}, {"[5]", {}, {}},   {"{}", {}, {}},   {"1e30", {}, {}},
    };
    for (const Case& c : cases) {
        INFO(c.value);
        CHECK(settings(std::string("{\"pipeline_run_limit\": ") + c.value + "}").pipeline_run_limit == c.limit);
        CHECK(settings(std::string("{\"timeout\": ") + c.value + "}").timeout == c.timeout);
    }
}

TEST_CASE("a timeout status is a text that is not empty") {
    CHECK(settings(R"({"timeout_status": "cancelled"})").timeout_status == "cancelled");
    CHECK_FALSE(settings(R"({"timeout_status": ""})").timeout_status.has_value());
    CHECK_FALSE(settings(R"({"timeout_status": 1})").timeout_status.has_value());
    CHECK_FALSE(settings(R"({"timeout_status": null})").timeout_status.has_value());
}
