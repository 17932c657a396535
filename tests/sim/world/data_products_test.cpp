#include "sim/reading/time_text.hpp"
#include "sim/worlds.hpp"

using namespace runsim;

namespace {

// Pipelines "source" (src) and "uses" (need, a block of the type global_data_product, with after below it).
struct Setup {
    std::string products =
        R"({"prod": {"object_type": "pipeline", "object_uuid": "source", "outdated_after": {"seconds": 600}}})";
    std::string use = R"("uuid": "prod")";
    std::string blocks;   // of runsim.json, ", ..." or nothing
    std::string members;  // of the block, likewise
};

std::string document_of(const Setup& setup) {
    const std::string pipelines =
        "[" + pipeline("source", R"("blocks": [)" + block("src", "custom", "", "") + "]") + ", " +
        pipeline("uses",
                 R"("blocks": [)" +
                     block("need", "global_data_product", "", R"("after")",
                           R"(, "configuration": {"global_data_product": {)" + setup.use + "}}" + setup.members) +
                     ", " + block("after", "custom", R"("need")", "") + "]") +
        "]";
    return R"({"name": "lab", "metadata": {}, "pipelines": )" + pipelines + R"(, "global_data_products": )" +
           setup.products + R"(, "runsim": {"blocks": {"*": {"duration": "1s"})" + setup.blocks +
           R"(}, "schedules": [{"id": 1, "pipeline": "uses", "name": "hook", "schedule_type": "api", )"
           R"("status": "active", "token": "0123456789abcdef0123456789abcdef"}]}})";
}

World world_of(const Setup& setup) {
    auto world = World::create(document_of(setup));
    INFO((world ? "" : world.error().message));
    REQUIRE(world);
    return std::move(world).value();
}

void use(World& world) {
    call(world, "POST", "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef", "{}");
}
void advance(World& world, Duration length) { world.advance_to(world.now() + length); }

// The runs of a pipeline, by id: "completed running".
std::string runs_of(const World& world, std::string_view pipeline) {
    std::string text;
    for (const Run& run : world.instance().store.runs())
        if (world.instance().store.symbols.text(run.pipeline_uuid) == pipeline)
            text += (text.empty() ? "" : " ") + std::string(name_of(run.status));
    return text;
}

std::string error_of(const World& world, std::string_view uuid) {
    for (const BlockRun& block : world.instance().store.block_runs()) {
        if (world.instance().store.symbols.text(block.block_uuid) != uuid) continue;
        const json::Value metrics = block.metrics.value();
        const json::Object* error = metrics.object() ? metrics.object()->object("error") : nullptr;
        if (error) return *error->text("error");
    }
    return "";
}

}  // namespace

TEST_CASE("a block of a global data product has its pipeline run, and waits for it", "[L6][lifecycle 2.15][row 80]") {
    World world = world_of({});
    use(world);
    advance(world, Duration::seconds(5));
    const std::string schedule = call(world, "GET", "/api/pipeline_schedules/2").body;
    for (const std::string_view part :
         {R"("name": "GLOBAL_DATA_PRODUCT_TRIGGER")", R"("pipeline_uuid": "source")", R"("schedule_type": "time")",
          R"("status": "active")", R"("schedule_interval": null)", R"("settings": null)", R"("start_time": null)",
          R"("last_enabled_at": null)", R"("repo_path": null)", R"("global_data_product_uuid": "prod")"}) {
        INFO(part);
        CHECK(schedule.find(part) != std::string::npos);
    }
    CHECK(runs_of(world, "source") == "initial");
    const std::string why = at(call(world, "GET", "/__sim/pipeline_runs/1"), "pipeline_run.block_runs.0.why");
    CHECK(why.find("it waits for global data product `prod`, made by run 2 of pipeline `source`, which is initial; it "
                   "looks again at ") != std::string::npos);
    // The run completes with the third tick; the block looks 30 s after it began.
    advance(world, Duration::seconds(24));
    CHECK(runs_of(world, "source") == "completed");
    CHECK(runs_of(world, "uses") == "running");
    advance(world, Duration::minutes(1));
    CHECK(runs_of(world, "uses") == "completed");
    const std::string log = call(world, "GET", "/api/pipelines/uses/logs").body;
    for (const std::string_view line :
         {"Number of blocks that use Global Data Product prod: 0",
          "Created pipeline run 2 for global data product prod.",
          "Round 1: status check for global data product prod, finished; will check again after 30 seconds.",
          "Pipeline run 2 for global data product prod: completed."}) {
        INFO(line);
        CHECK(log.find(line) != std::string::npos);
    }

    SECTION("what is fresh enough is not made again") {
        use(world);
        advance(world, Duration::minutes(1));
        CHECK(runs_of(world, "source") == "completed");
        CHECK(runs_of(world, "uses") == "completed completed");
    }
    SECTION("what is outdated is, on the same trigger") {
        advance(world, Duration::minutes(10));
        use(world);
        advance(world, Duration::minutes(2));
        CHECK(runs_of(world, "source") == "completed completed");
        CHECK(world.instance().store.schedules().size() == 2);
    }
    SECTION("a trigger that was switched off is active again") {
        call(world, "PUT", "/api/pipeline_schedules/2", R"({"pipeline_schedule": {"status": "inactive"}})");
        advance(world, Duration::minutes(10));
        use(world);
        advance(world, Duration::minutes(2));
        CHECK(runs_of(world, "source") == "completed completed");
    }
    SECTION("a snapshot of a world that waits goes on") {
        advance(world, Duration::minutes(10));
        use(world);
        advance(world, Duration::seconds(15));
        auto loaded = World::load(world.save());
        REQUIRE(loaded);
        CHECK(loaded->hash() == world.hash());
        advance(*loaded, Duration::minutes(1));
        CHECK(runs_of(*loaded, "uses") == "completed completed");
    }
}

TEST_CASE("when a global data product is outdated", "[L6][lifecycle 2.15][row 79]") {
    struct Row {
        std::string product;  // members of its entry
        std::string use;      // members of the block's configuration
        std::string after;    // how long after the first run the second asks
        bool made_again;
    };
    // The world begins on Thursday, 2026-01-01 00:00:00, the first day of the first ISO week.
    const Row rows[] = {
        {"", "", "40d", false},  // never, where nothing says when
        {R"("outdated_after": {})", "", "40d", false},
        {R"("outdated_after": {"days": 1})", "", "40d", false},  // Mage knows no days
        {R"("outdated_after": {"seconds": 0})", "", "40d", false},
        {R"("outdated_after": {"seconds": 65})", "", "60s", false},
        {R"("outdated_after": {"seconds": 65})", "", "70s", true},
        {R"("outdated_after": {"weeks": 1, "seconds": 60})", "", "7d", false},
        {R"("outdated_after": {"weeks": 1, "seconds": 60})", "", "7d2m", true},
        {R"("outdated_after": {"months": 1})", "", "30d23h", false},
        {R"("outdated_after": {"months": 1})", "", "31d1h", true},
        {R"("outdated_after": {"years": 1})", "", "40d", false},
        {R"("outdated_after": {"years": 1})", "", "365d1h", true},
        // What the block says goes before it, unless it is empty.
        {R"("outdated_after": {"seconds": 60})", R"("outdated_after": {"months": 1})", "1d", false},
        {R"("outdated_after": {"months": 1})", R"("outdated_after": {"seconds": 60})", "1d", true},
        {R"("outdated_after": {"seconds": 60})", R"("outdated_after": {})", "1d", true},
        // Only from some moment of the day, week, month or year on.
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"hour_of_day": 6})", "", "5h", false},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"hour_of_day": 6})", "", "7h", true},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"hour_of_day": 6, "minute_of_hour": 30})", "",
         "7h5m", false},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_week": 5})", "", "1h",
         false},  // Thu: 4
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_week": 5})", "", "1d1h", true},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_week": 1})", "", "3d1h",
         false},  // Sun: 0
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_month": 2})", "", "1h", false},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_month": 2})", "", "1d1h", true},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_year": 32})", "", "30d1h", false},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"day_of_year": 32})", "", "31d1h", true},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"month_of_year": 2})", "", "31d1h", true},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"second_of_minute": 59})", "", "1h", false},
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"week_of_month": 2})", "", "2d1h",
         false},  // Sat
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"week_of_month": 2})", "", "3d1h",
         true},  // Sun
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"week_of_year": 2})", "", "3d1h",
         false},                                                                                                  // Sun
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"week_of_year": 2})", "", "4d1h", true},  // Mon
        {R"("outdated_after": {"seconds": 60}, "outdated_starting_at": {"hour_of_day": 6})",
         R"("outdated_starting_at": {"hour_of_day": 1})", "2h", true},
    };
    for (const Row& row : rows) {
        INFO(row.product << " " << row.use << " after " << row.after);
        Setup setup;
        setup.products = R"({"prod": {"object_type": "pipeline", "object_uuid": "source")" +
                         (row.product.empty() ? "" : ", " + row.product) + "}}";
        if (!row.use.empty()) setup.use += ", " + row.use;
        World world = world_of(setup);
        use(world);
        advance(world, Duration::seconds(55));
        REQUIRE(runs_of(world, "uses") == "completed");
        const Instant made = *world.instance().store.run(RunId{2})->execution_date;
        // The block asks 1.3 s after the tick that follows the call, as it did the first time.
        world.advance_to(made + *parse_duration(row.after) - Duration::seconds(8));
        use(world);
        advance(world, Duration::minutes(2));
        CHECK(runs_of(world, "source") == (row.made_again ? "completed completed" : "completed"));
    }
}

TEST_CASE("what becomes of a block whose global data product does not come", "[L6][lifecycle 2.15][row 77]") {
    struct Row {
        Setup setup;
        std::string error;
    };
    const std::string none = "'NoneType' object has no attribute 'to_dict'";
    Setup fails;
    fails.blocks = R"(, "source/src": {"outcome": "fail"})";
    const auto products = [](std::string text) {
        Setup setup;
        setup.products = std::move(text);
        return setup;
    };
    const auto uses = [](std::string text) {
        Setup setup;
        setup.use = std::move(text);
        return setup;
    };
    const Row rows[] = {
        {fails, "Pipeline run 2 for global data product prod: failed."},
        {uses(R"("uuid": "other")"), none},
        {uses(""), none},
        {products("null"), none},
        {products("[1]"), none},
        {products(R"("line 1: a mistake")"), none},
        {products(R"({"prod": {"object_type": "pipeline", "object_uuid": "source"}, "x": 1})"), none},
        {products(R"({"prod": {"object_type": "pipeline", "object_uuid": "nowhere"}})"),
         "Pipeline nowhere does not exist in repo_path /home/src/lab."},
        {products(R"({"prod": {"object_uuid": "source"}})"), "'NoneType' object has no attribute 'type'"},
        // Mage cleans the name in the file, not the one in the block.
        {[] {
             Setup setup;
             setup.products = R"({"My prod": {"object_type": "pipeline", "object_uuid": "source"}})";
             setup.use = R"("uuid": "My prod")";
             return setup;
         }(),
         none},
    };
    for (const Row& row : rows) {
        INFO(row.setup.products << " " << row.setup.use);
        World world = world_of(row.setup);
        use(world);
        advance(world, Duration::minutes(2));
        CHECK(runs_of(world, "uses") == "failed");
        CHECK(error_of(world, "need") == row.error);
    }
    Setup cleaned;
    cleaned.products = R"({"My-prod 2": {"object_type": "pipeline", "object_uuid": "source"}})";
    cleaned.use = R"("uuid": "my_prod_2")";
    World world = world_of(cleaned);
    use(world);
    advance(world, Duration::minutes(2));
    CHECK(runs_of(world, "uses") == "completed");
}

TEST_CASE("a run of a product that failed is followed by another one where the block tries again", "[L6]") {
    Setup setup;
    setup.blocks = R"(, "source/src": {"outcome": "fail"})";
    setup.members = R"(, "retry_config": {"retries": 1, "delay": 1})";
    World world = world_of(setup);
    use(world);
    advance(world, Duration::minutes(3));
    CHECK(runs_of(world, "source") == "failed failed");
    CHECK(runs_of(world, "uses") == "failed");
}

TEST_CASE("a run of a product that is cancelled sets the block free", "[L6][row 78]") {
    Setup setup;
    setup.blocks = R"(, "source/src": {"duration": "1h"})";
    World world = world_of(setup);
    use(world);
    advance(world, Duration::minutes(2));
    CHECK(runs_of(world, "uses") == "running");
    call(world, "PUT", "/api/pipeline_runs/2", R"({"pipeline_run": {"status": "cancelled"}})");
    advance(world, Duration::minutes(1));
    CHECK(runs_of(world, "uses") == "completed");
}

TEST_CASE("a second block waits for a run of the product that is running", "[L6]") {
    Setup setup;
    setup.blocks = R"(, "source/src": {"duration": "5m"})";
    World world = world_of(setup);
    use(world);
    advance(world, Duration::minutes(1));
    use(world);
    advance(world, Duration::minutes(3));
    CHECK(runs_of(world, "source") == "running");
    CHECK(runs_of(world, "uses") == "running running");
    advance(world, Duration::minutes(4));
    CHECK(runs_of(world, "source") == "completed");
    CHECK(runs_of(world, "uses") == "completed completed");
}

TEST_CASE("of two runs of a product that overlap, the newer one is deleted", "[L6]") {
    Setup setup;
    setup.blocks = R"(, "source/src": {"duration": "5m"})";
    World world = world_of(setup);
    use(world);
    use(world);
    advance(world, Duration::seconds(20));
    CHECK(runs_of(world, "source") == "running running");
    advance(world, Duration::minutes(1));
    CHECK(runs_of(world, "source") == "running");
    CHECK(world.instance().store.run(RunId{3}) != nullptr);
    advance(world, Duration::minutes(7));
    CHECK(runs_of(world, "uses") == "completed completed");
}

TEST_CASE("a run of a product that nothing starts is followed by another one after a minute", "[L6]") {
    Setup setup;
    World world = world_of(setup);
    use(world);
    advance(world, Duration::seconds(5));
    REQUIRE(runs_of(world, "source") == "initial");
    call(world, "PUT", "/api/pipeline_schedules/2", R"({"pipeline_schedule": {"status": "inactive"}})");
    advance(world, Duration::seconds(40));
    CHECK(runs_of(world, "source") == "initial");
    advance(world, Duration::seconds(40));
    CHECK(runs_of(world, "source") == "completed completed");  // the trigger is active again
}

TEST_CASE("notes say which global data products are not as they should be", "[L6]") {
    const auto notes_of = [](const Setup& setup) {
        World world = world_of(setup);
        std::string text;
        for (const std::string& note : world.notes()) text += note + "\n";
        return text;
    };
    CHECK(notes_of({}).empty());
    Setup setup;
    setup.use = R"("uuid": "other")";
    CHECK(
        notes_of(setup) ==
        "pipelines/uses/metadata.yaml: block \"need\": there is no global data product \"other\": its runs fail, as in "
        "Mage\n");
    setup = {};
    setup.products =
        R"({"prod": {"object_type": "pipeline", "object_uuid": "source", "outdated_after": {"seconds": "60"}}})";
    CHECK(notes_of(setup) ==
          "global_data_products.yaml: product \"prod\": outdated_after.seconds: \"60\" is not a whole number; it does "
          "not "
          "count, while Mage fails where it reads it\n");
    setup.products = R"({"prod": {"object_type": "pipeline", "object_uuid": "source"}, "x": 1})";
    CHECK(
        notes_of(setup).starts_with("global_data_products.yaml: product \"x\": 1 is not a mapping; no block finds its "
                                    "global data product, as in Mage\n"));
}
