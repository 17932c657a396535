#include <algorithm>

#include "base/archive.hpp"
#include "lifecycle/instance/bounded_log.hpp"
#include "lifecycle/instance/event_queue.hpp"
#include "lifecycle/instance/job_queue.hpp"
#include "support/catch.hpp"
#include "support/pick.hpp"

using namespace runsim;

TEST_CASE("events come by instant, then by kind, then as they were pushed") {
    Prng prng(7);
    EventQueue queue;
    std::vector<Event> expected;
    for (int i = 0; i < 2'000; ++i) {
        const Instant at{static_cast<std::int64_t>(prng.below(50))};
        const auto kind = static_cast<EventKind>(prng.below(4));
        const auto sequence = queue.push(at, kind, static_cast<std::uint32_t>(i));
        expected.push_back({at, kind, sequence, static_cast<std::uint32_t>(i)});
        if (prng.below(3) == 0) {
            const auto first = std::min_element(expected.begin(), expected.end());
            REQUIRE(queue.pop() == *first);
            expected.erase(first);
        }
    }
    std::sort(expected.begin(), expected.end());
    REQUIRE(queue.top() == expected.front());
    const Event first = queue.top();
    CHECK(queue.second_at() == expected[1].at);
    const auto sequence = queue.repeat_top(Instant{1'000}, 3);
    CHECK(queue.push(Instant{2'000}, EventKind::tick) == sequence + 1);
    expected.erase(expected.begin());
    expected.push_back({Instant{1'000}, first.kind, sequence, first.subject});
    for (const Event& event : expected) REQUIRE(queue.pop() == event);
    CHECK(queue.second_at() == kLastInstant);
    queue.pop();
    CHECK(queue.empty());
}

TEST_CASE("a job queue finds what lives, hands out what waits in order, and comes back whole from an archive",
          "[row 86]") {
    Prng prng(11);
    JobQueue queue;
    std::vector<std::pair<JobQueue::Slot, std::uint32_t>> alive;
    std::vector<JobQueue::Slot> waiting;
    std::uint32_t next = 0;
    for (int i = 0; i < 5'000; ++i) {
        if (alive.empty() || prng.below(5) < 3) {
            const std::uint32_t subject = ++next;
            const auto slot = queue.enqueue(BlockRunId{subject}, RunId{1}, Instant{i});
            REQUIRE(queue.job(slot).serial == subject);
            alive.emplace_back(slot, subject);
            if (prng.below(2) == 0) {
                queue.set_waiting(slot);
                waiting.push_back(slot);
            }
        } else {
            const std::size_t victim = pick(prng, alive.size());
            std::erase(waiting, alive[victim].first);
            queue.remove(alive[victim].first);
            REQUIRE(queue.find(BlockRunId{alive[victim].second}) == JobQueue::kNone);
            alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(victim));
        }
        REQUIRE(queue.first_waiting() == (waiting.empty() ? JobQueue::kNone : waiting.front()));
        if (!waiting.empty() && prng.below(4) == 0) {
            queue.set_running(waiting.front());
            waiting.erase(waiting.begin());
        }
        if (i % 500 == 0) {
            ArchiveWriter writer;
            writer(queue);
            ArchiveReader reader(writer.text());
            JobQueue loaded;
            reader(loaded);
            REQUIRE(reader.ok());
            ArchiveWriter again;
            again(loaded);
            REQUIRE(again.text() == writer.text());
            queue = loaded;
        }
        if (i % 50 != 0) continue;
        for (const auto& [slot, subject] : alive) REQUIRE(queue.find(BlockRunId{subject}) == slot);
        REQUIRE(queue.find(RunId{alive.empty() ? 1 : alive[0].second}) == JobQueue::kNone);
    }
    CHECK(queue.alive() == static_cast<std::int64_t>(alive.size()));
}

TEST_CASE("a job that was killed leaves its event void, also when its slot has a new job") {
    JobQueue queue;
    const auto first = queue.enqueue(BlockRunId{1}, RunId{1}, Instant{});
    queue.job(first).event = 5;
    CHECK(queue.due(first, 5) != nullptr);
    queue.remove(first);
    CHECK(queue.due(first, 5) == nullptr);
    const auto second = queue.enqueue(BlockRunId{2}, RunId{1}, Instant{});
    CHECK(second == first);
    CHECK(queue.due(second, 5) == nullptr);
}

TEST_CASE("a bounded log keeps the newest entries under their numbers, and copies part ways when one is written to") {
    BoundedLog<std::uint64_t> log;
    const std::uint64_t total = 2 * BoundedLog<std::uint64_t>::kKept + 3;
    for (std::uint64_t i = 0; i < total; ++i) log.append(i);
    CHECK(log.end() == total);
    CHECK(log.end() - log.begin() >= BoundedLog<std::uint64_t>::kKept);
    CHECK(log.end() - log.begin() <= BoundedLog<std::uint64_t>::kKept + BoundedLog<std::uint64_t>::kChunk);
    for (std::uint64_t i = log.begin(); i < log.end(); ++i) REQUIRE(log[i] == i);

    BoundedLog<std::uint64_t> copy = log;
    copy.append(77);
    log.append(88);
    CHECK(copy[total] == 77);
    CHECK(log[total] == 88);
    // What the log drops, the copy keeps: a chunk is used again only if nobody else has it.
    BoundedLog<std::uint64_t> other = log;
    for (std::uint64_t i = 0; i < total; ++i) other.append(1'000'000 + i);
    for (std::uint64_t i = log.begin(); i < total; ++i) REQUIRE(log[i] == i);

    ArchiveWriter writer;
    writer(log);
    ArchiveReader reader(writer.text());
    BoundedLog<std::uint64_t> loaded;
    reader(loaded);
    REQUIRE(reader.ok());
    CHECK(loaded.begin() == log.begin());
    CHECK(loaded.end() == log.end());
    for (std::uint64_t i = log.begin(); i < log.end(); ++i) REQUIRE(loaded[i] == log[i]);
}
