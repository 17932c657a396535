#include <algorithm>

#include "sim/http/sim_answers.hpp"
#include "sim/http/transition_text.hpp"

namespace runsim {

namespace {

constexpr std::int64_t kMostListed = 1000;
constexpr std::int64_t kListed = 100;
constexpr std::int64_t kMostNumber = std::int64_t{1} << 53;  // exact in a JavaScript number

struct Page {
    std::vector<std::uint64_t> numbers;
    std::uint64_t next = 0;
};

// Without a run the cost is that of the page. With one, all transitions in between are checked, too: at most the whole
// record (66 048 transitions), which takes a fraction of a millisecond.
Page page_of(const BoundedLog<Transition>& log, std::uint64_t from, std::size_t limit, RunId run) {
    Page page;
    for (; from < log.end() && page.numbers.size() < limit; ++from)
        if (!run || log[from].run == run) page.numbers.push_back(from);
    if (run)
        while (from < log.end() && log[from].run != run) ++from;
    page.next = from;
    return page;
}

}  // namespace

api::Response list_transitions(const SimWorld& world, const SimCall& call) {
    const Instance& instance = world.instance;
    const auto& log = instance.transitions;
    if (const auto known = check_known(call.query, {"_limit", "from", "pipeline_run_id"}); !known)
        return sim_error(400, known.error().message);
    const auto limit = number_of(call.query, "_limit", 1, kMostListed);
    const auto from = number_of(call.query, "from", 0, kMostNumber);
    const auto run = number_of(call.query, "pipeline_run_id", 1, 0xffffffff);
    for (const auto* number : {&limit, &from, &run})
        if (!*number) return sim_error(400, number->error().message);
    const auto begin = std::max(static_cast<std::uint64_t>(from->value_or(0)), log.begin());
    if (begin > log.end())
        return sim_error(
            400, "from: " + std::to_string(begin) + " is beyond the end of the record, " + std::to_string(log.end()));

    const Page page =
        page_of(log, begin, static_cast<std::size_t>(limit->value_or(kListed)), RunId::from(run->value_or(0)));
    api::Response response;
    json::Writer w(response.body);
    w.begin_object();
    w.begin_array("transitions");
    for (const std::uint64_t number : page.numbers) write_transition(w, instance, number);
    w.end_array();
    w.begin_object("metadata");
    w.member("begin", static_cast<std::int64_t>(log.begin()));
    w.member("end", static_cast<std::int64_t>(log.end()));
    w.key("next");
    if (page.next < log.end())
        w.integer(static_cast<std::int64_t>(page.next));
    else
        w.null();
    w.end_object();
    w.end_object();
    return response;
}

}  // namespace runsim
