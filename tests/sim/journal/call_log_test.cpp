#include "sim/journal/call_log.hpp"

#include <string>
#include <vector>

#include "base/prng.hpp"
#include "support/catch.hpp"
#include "support/pick.hpp"

using namespace runsim;

namespace {

// A call with texts of its own.
struct OwnedCall {
    std::int64_t at = 0;
    std::uint64_t events = 0;
    bool early = false;
    Caller caller;
    std::string method, target, content_type, body;

    RecordedCall view() const {
        return {.at = Instant{at},
                .events = events,
                .early = early,
                .caller = caller,
                .method = method,
                .target = target,
                .content_type = content_type,
                .body = body};
    }
    friend bool operator==(const OwnedCall&, const OwnedCall&) = default;
};

OwnedCall owned(const RecordedCall& call) {
    return {call.at.us,
            call.events,
            call.early,
            call.caller,
            std::string(call.method),
            std::string(call.target),
            std::string(call.content_type),
            std::string(call.body)};
}

OwnedCall random_call(Prng& prng, const OwnedCall& before) {
    OwnedCall call;
    call.at = before.at + static_cast<std::int64_t>(prng.below(100));
    call.events = before.events + (prng.below(50) == 0 ? std::uint64_t{1} << 33 : prng.below(10));
    call.early = prng.below(4) == 0;
    call.caller.session = static_cast<std::uint32_t>(prng.below(2));
    call.method = prng.below(3) == 0 ? "PUT" : "POST";
    call.target = "/api/pipeline_runs/" + std::to_string(prng.below(3));
    call.content_type = prng.below(2) == 0 ? "" : "application/json";
    call.body = std::string(prng.below(200) == 0 ? 300'000 : pick(prng, 3), 'x');
    return call;
}

std::vector<OwnedCall> all_of(const CallLog& log) {
    std::vector<OwnedCall> calls;
    for (std::size_t i = 0; i < log.size(); ++i) calls.push_back(owned(log[i]));
    return calls;
}

}  // namespace

TEST_CASE("a log of calls is a list: copies, cuts and appends in any order") {
    Prng prng = Prng::fork(1, "calls");
    std::vector<CallLog> logs(1);
    std::vector<std::vector<OwnedCall>> models(1);
    for (int step = 0; step < 6'000; ++step) {
        const std::size_t i = pick(prng, logs.size());
        const std::uint64_t choice = prng.below(200);
        if (choice == 0 && logs.size() < 5) {
            logs.push_back(logs[i]);
            models.push_back(models[i]);
        } else if (choice == 1) {
            const std::size_t size = pick(prng, models[i].size() + 1);
            logs[i].cut(size);
            models[i].resize(size);
        } else {
            const OwnedCall call = random_call(prng, models[i].empty() ? OwnedCall() : models[i].back());
            logs[i].append(call.view());
            models[i].push_back(call);
        }
        if (step % 500 == 499)
            for (std::size_t k = 0; k < logs.size(); ++k) CHECK(all_of(logs[k]) == models[k]);
    }
}

TEST_CASE("a call like the one before takes 16 bytes") {
    CallLog log;
    OwnedCall call;
    call.method = "POST";
    call.target = "/api/pipeline_schedules/1/pipeline_runs/0123456789abcdef0123456789abcdef";
    call.body = R"({"pipeline_run": {"variables": {"env": "dev"}}})";
    for (int i = 0; i < 100; ++i) log.append(call.view());
    const std::size_t bytes = log.bytes();
    for (int i = 0; i < 100; ++i) log.append(call.view());
    CHECK(log.bytes() - bytes == 1'600);
}
