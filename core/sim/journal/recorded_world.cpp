#include "sim/journal/recorded_world.hpp"

#include <algorithm>
#include <utility>

#include "api/http/envelope.hpp"
#include "base/text/base64.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "sim/http/sim_answers.hpp"
#include "sim/journal/journal_text.hpp"
#include "sim/journal/recorded_body.hpp"
#include "sim/world/prepare.hpp"

namespace runsim {

namespace {

// A request whose answer needs no note: it changes no world, whatever it is about.
bool only_reads(std::string_view bytes) {
    return bytes.starts_with("GET ") || bytes.starts_with("HEAD ") || bytes.starts_with("OPTIONS ");
}

// Whether events are due that have not happened: the clock was moved by single steps, or by the writes of calls.
bool is_early(const World& world) {
    const MaybeInstant next = world.next_event();
    return next && *next <= world.now();
}

std::string hash_text(const World& world) {
    std::string text;
    append_hex(text, world.hash(), 16);
    return text;
}

Error outside(Instant instant, std::string_view what, Instant limit) {
    std::string message = "instant: " + instant_text(instant);
    message += what;
    message += instant_text(limit);
    return {std::move(message)};
}

}  // namespace

RecordedWorld::RecordedWorld(World world) : world_(std::move(world)) {
    checkpoints_.edit().list.emplace_back(new Checkpoint(world_, {}));
}

Result<RecordedWorld> RecordedWorld::create(std::string_view document) {
    auto prepared = prepare_world(document);
    if (!prepared) return prepared.error();
    return begin(std::move(prepared).value());
}

Result<RecordedWorld> RecordedWorld::begin(PreparedWorld prepared) {
    auto world = World::begin(std::move(prepared));
    if (!world) return world.error();
    return RecordedWorld(std::move(world).value());
}

Result<RecordedWorld> RecordedWorld::load(std::string_view snapshot) {
    auto world = World::load(snapshot);
    if (!world) return world.error();
    RecordedWorld loaded(std::move(world).value());
    loaded.begins_with_snapshot_ = true;
    return loaded;
}

Result<RecordedWorld> RecordedWorld::play(std::string_view text) {
    const auto journal = read_journal(text);
    if (!journal) return journal.error();
    auto made = journal->snapshot.empty() ? create(journal->document) : load(journal->snapshot);
    if (!made) return Error{"journal: begin: " + made.error().message};
    RecordedWorld world = std::move(made).value();
    const auto pass_to = [&world](Instant until, std::optional<std::uint64_t> events) {
        const std::uint64_t most = std::min(events.value_or(kMostEventsPlayed), kMostEventsPlayed);
        return world.pass_to(until, most) || world.events_ < kMostEventsPlayed;
    };
    const auto too_much = [](std::string place) {
        return Error{place.append(": more than ").append(std::to_string(kMostEventsPlayed)) + " events come before it"};
    };
    for (const CallOfJournal& call : journal->calls) {
        if (!pass_to(call.at, call.events)) return too_much(call.place);
        const RecordedCall recorded{.at = call.at,
                                    .caller = call.caller,
                                    .method = call.method,
                                    .target = call.target,
                                    .content_type = call.content_type,
                                    .body = call.body};
        world.repeat(recorded);
    }
    if (!pass_to(journal->until, journal->events)) return too_much("journal: until");
    if (!journal->hash.empty() && journal->hash != hash_text(world.world_))
        return Error{"journal: hash: the world ends as " + hash_text(world.world_) + ", not as " + journal->hash +
                     ": the journal was changed, or is of another version of runsim. Without \"hash\" it is played"};
    return world;
}

const api::Response& RecordedWorld::handle_bytes(std::string_view bytes) {
    if (only_reads(bytes)) return world_.handle_bytes(bytes);
    const auto request = api::parse_request(bytes);
    return request ? answer(*request) : world_.handle_bytes(bytes);
}

const api::Response& RecordedWorld::answer(const api::Request& request) {
    RecordedCall call{.at = world_.now(),
                      .events = events_,
                      .early = is_early(world_),
                      .caller = caller_of(world_.instance(), request),
                      .method = request.method,
                      .target = request.target};
    const api::Response& response = world_.handle_held(request);
    RecordedBody body;
    read_body(request, body);
    call.content_type = body.content_type;
    call.body = body.text;
    log_.append(call);
    if (log_.bytes() > kMostBytes) forget_begin();
    keep_checkpoint();
    return response;
}

Advance RecordedWorld::advance_to(Instant until, std::uint64_t most_events, std::uint64_t most_transitions) {
    const auto transitions = [this] { return world_.instance().transitions.end(); };
    const std::uint64_t last_transition = transitions() + most_transitions;
    Advance done;
    for (;;) {
        const std::uint64_t to_checkpoint = next_checkpoint_ - position().sum();
        const Advance part = world_.advance_to(until, std::min(most_events - done.events, to_checkpoint),
                                               last_transition - transitions());
        events_ += part.events;
        done.events += part.events;
        done.limit_reached = part.limit_reached;
        const bool to_be_continued = part.limit_reached && part.events == to_checkpoint;
        keep_checkpoint();
        if (!to_be_continued || done.events == most_events || transitions() >= last_transition) return done;
    }
}

bool RecordedWorld::step() {
    if (!world_.step()) return false;
    ++events_;
    keep_checkpoint();
    return true;
}

bool RecordedWorld::pass_to(Instant until, std::uint64_t most_events) {
    const Advance done = advance_to(until, most_events > events_ ? most_events - events_ : 0);
    world_.wait_until(until);
    return !done.limit_reached;
}

void RecordedWorld::repeat(const RecordedCall& call) {
    api::Request request{.method = call.method, .target = call.target, .headers = {}, .body = call.body};
    if (!call.content_type.empty()) request.headers.emplace_back("Content-Type", call.content_type);
    const CallerHeaders headers = headers_of(world_.instance(), call.caller);
    headers.append_to(request, world_.instance());
    answer(request);
}

void RecordedWorld::follow(const RecordedWorld& other, Instant until) {
    while (log_.size() < other.log_.size()) {
        const RecordedCall call = other.log_[log_.size()];
        if (call.at > until) break;
        pass_to(call.at, call.events);
        repeat(call);
    }
    pass_to(until, log_.size() < other.log_.size() ? other.log_[log_.size()].events : other.events_);
}

Result<RecordedWorld> RecordedWorld::at(Instant instant) const {
    const auto& list = checkpoints_->list;
    const Instant begin = list.front()->world.now();
    if (instant < begin) return outside(instant, " is before the begin of the journal, ", begin);
    if (instant > world_.now()) return outside(instant, " has not come yet; it is ", world_.now());
    const auto later =
        std::upper_bound(list.begin(), list.end(), instant,
                         [](Instant at, const Shared<Checkpoint>& checkpoint) { return at < checkpoint->world.now(); });
    const Checkpoint& checkpoint = **(later - 1);

    RecordedWorld past = *this;
    past.world_ = checkpoint.world;
    past.log_.cut(checkpoint.position.calls);
    past.events_ = checkpoint.position.events;
    if (later != list.end()) {
        past.checkpoints_.edit().list.resize(static_cast<std::size_t>(later - list.begin()));
        past.next_checkpoint_ = checkpoint.position.sum() + past.distance_;
    }
    past.follow(*this, instant);
    return past;
}

Result<std::string> RecordedWorld::rewind(Instant instant) {
    auto past = at(instant);
    if (!past) return past.error();
    std::string removed;
    json::Writer w(removed);
    w.begin_object();
    write_calls(w, log_, past->log_.size(), {world_.now(), events_, is_early(world_)});
    w.end_object();
    *this = std::move(past).value();
    return removed;
}

std::string RecordedWorld::journal() const {
    const World& begin = checkpoints_->list.front()->world;
    std::string text;
    json::Writer w(text);
    w.begin_object();
    w.member("runsim_journal", kJournalVersion);
    w.begin_object("begin");
    if (begins_with_snapshot_)
        w.member("snapshot", base64(begin.save()));
    else
        w.member("document", begin.instance().project->document);
    w.end_object();
    write_calls(w, log_, 0, {world_.now(), events_, is_early(world_)});
    w.member("hash", hash_text(world_));
    w.end_object();
    return text;
}

void RecordedWorld::keep_checkpoint() {
    if (position().sum() < next_checkpoint_) return;
    if (checkpoints_->list.size() == kMostCheckpoints) thin_out_checkpoints();
    checkpoints_.edit().list.emplace_back(new Checkpoint(world_, position()));
    next_checkpoint_ = position().sum() + distance_;
}

// Also leaves the begin, which is the first.
void RecordedWorld::thin_out_checkpoints() {
    auto& list = checkpoints_.edit().list;
    for (std::size_t i = 1; 2 * i < list.size(); ++i) list[i] = list[2 * i];
    list.resize((list.size() + 1) / 2);
    distance_ *= 2;
}

// What is in the journal begins with the world as it is now.
void RecordedWorld::forget_begin() {
    log_ = CallLog();
    events_ = 0;
    begins_with_snapshot_ = true;
    checkpoints_.edit().list.clear();
    distance_ = kFirstDistance;
    next_checkpoint_ = 0;
}

}  // namespace runsim
