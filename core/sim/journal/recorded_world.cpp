#include "sim/journal/recorded_world.hpp"

#include <algorithm>
#include <utility>

#include "api/http/envelope.hpp"
#include "base/text/base64.hpp"
#include "base/text/text.hpp"
#include "json/write.hpp"
#include "sim/http/sim_answers.hpp"
#include "sim/journal/recorded_texts.hpp"
#include "sim/world/prepare.hpp"

namespace runsim {

namespace {

// Whether events are due that have not happened: the clock was moved by single steps, or by the writes of calls.
bool is_early(const World& world) {
    const MaybeInstant next = world.next_event();
    return next && *next <= world.now();
}

// There is no such path, or not with this method.
bool has_no_handler(const api::Response& response) {
    return response.status >= 400 && (response.content_type == api::ContentType::html || response.body.empty());
}

// Most errors have HTTP status 200, as on the real server.
bool is_refusal(const api::Response& response) {
    return response.status >= 400 || response.body.starts_with(R"({"error": )");
}

// The session or the schedule that a call names has to be there.
Outcome check_caller(const Instance& instance, const CallOfJournal& call) {
    const std::size_t sessions = instance.accounts.sessions.size();
    if (call.caller.session != Caller::kRefused && call.caller.session > sessions)
        return Error{call.place + ".session: there is no session " + std::to_string(call.caller.session) + " of " +
                     std::to_string(sessions)};
    if (call.caller.trigger != 0 && instance.store.schedule(ScheduleId{call.caller.trigger}) == nullptr)
        return Error{call.place + ".trigger: there is no schedule " + std::to_string(call.caller.trigger)};
    return Done{};
}

Error outside(Instant instant, std::string_view what, Instant limit) {
    std::string message = "instant: " + instant_text(instant);
    message += what;
    message += instant_text(limit);
    return {std::move(message)};
}

}  // namespace

RecordedWorld::RecordedWorld(World world, const Limits& limits)
    : limits_(limits),
      world_(std::move(world)),
      distance_(limits.first_distance),
      next_checkpoint_(limits.first_distance) {
    checkpoints_.edit().list.emplace_back(new Checkpoint(world_, {}));
}

RecordedWorld::RecordedWorld(const RecordedWorld& present, const Checkpoint& checkpoint)
    : limits_(present.limits_),
      world_(checkpoint.world),
      log_(present.log_),
      events_(checkpoint.position.events),
      begins_with_snapshot_(present.begins_with_snapshot_),
      distance_(present.distance_),
      next_checkpoint_(checkpoint.position.sum() + present.distance_),
      checkpoints_(present.checkpoints_) {
    log_.cut(checkpoint.position.calls);
}

Result<RecordedWorld> RecordedWorld::recorded(Result<World> world, const Limits& limits) {
    if (!world) return world.error();
    return RecordedWorld(std::move(world).value(), limits);
}

Result<RecordedWorld> RecordedWorld::create(std::string_view document, const Limits& limits) {
    return recorded(World::create(document), limits);
}

Result<RecordedWorld> RecordedWorld::begin(PreparedWorld prepared, const Limits& limits) {
    return recorded(World::begin(std::move(prepared)), limits);
}

Result<RecordedWorld> RecordedWorld::load(std::string_view snapshot, const Limits& limits) {
    auto loaded = recorded(World::load(snapshot), limits);
    if (loaded) loaded->begins_with_snapshot_ = true;
    return loaded;
}

Result<RecordedWorld> RecordedWorld::play(std::string_view text, const Limits& limits) {
    const auto journal = read_journal(text);
    if (!journal) return journal.error();
    auto made = journal->snapshot ? load(*journal->snapshot, limits) : create(journal->document, limits);
    if (!made) return Error{"journal: begin: " + made.error().message};
    RecordedWorld world = std::move(made).value();
    for (const CallOfJournal& call : journal->calls) {
        if (auto passed = world.play_to(call.at, call.events, call.place); !passed) return passed.error();
        if (auto known = check_caller(world.world_.instance(), call); !known) return known.error();
        const RecordedCall recorded{.at = call.at,
                                    .caller = call.caller,
                                    .method = call.method,
                                    .target = call.target,
                                    .content_type = call.content_type,
                                    .body = call.body};
        world.repeat(recorded);
    }
    if (auto passed = world.play_to(journal->until, journal->events, "journal: until"); !passed) return passed.error();
    if (!journal->hash.empty() && journal->hash != world.world_.hash_text())
        return Error{"journal: hash: the world ends as " + world.world_.hash_text() + ", not as " + journal->hash +
                     ": the journal was changed, or is of another version of runsim. Without \"hash\" it is played"};
    return world;
}

const api::Response& RecordedWorld::handle_bytes(std::string_view bytes) {
    if (!api::may_write(bytes.substr(0, bytes.find(' ')))) return world_.handle_bytes(bytes);
    const auto request = api::parse_request(bytes);
    if (!request) return world_.handle_bytes(bytes);
    if (log_.bytes() > limits_.most_bytes) forget_begin();
    return answer(*request);
}

const api::Response& RecordedWorld::answer(const api::Request& request) {
    const RecordedTexts texts(world_.instance(), request);
    const RecordedCall call{.at = world_.now(),
                            .events = events_,
                            .early = is_early(world_),
                            .caller = caller_of(world_.instance(), request),
                            .method = request.method,
                            .target = texts.target,
                            .content_type = texts.content_type,
                            .body = texts.body};
    const api::Response& response = world_.handle_held(request);
    const bool changed_nothing =
        has_no_handler(response) || (world_.now() == call.at && is_refusal(response) && texts.is_about_accounts);
    if (changed_nothing) return response;
    log_.append(call);
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

void RecordedWorld::pass_to(Instant until, std::uint64_t events) {
    advance_to(until, events - events_);
    world_.wait_until(until);
}

Outcome RecordedWorld::play_to(Instant until, std::optional<std::uint64_t> events, std::string place) {
    const auto mistake = [&place](std::string words) { return Error{place.append(": ").append(words)}; };
    if (until < begin_world().now())
        return mistake("is before the begin of the journal, " + instant_text(begin_world().now()));
    if (events && *events < events_)
        return mistake("has " + std::to_string(*events) + " events, " + std::to_string(events_) + " happened before");
    const std::uint64_t most = std::min(events.value_or(limits_.most_events_played), limits_.most_events_played);
    const Advance done = advance_to(until, most - events_);
    if (!done.limit_reached && (!events || *events == events_)) return Done{};
    if (!done.limit_reached)
        return mistake("has " + std::to_string(*events) + " events, only " + std::to_string(events_) +
                       " happen by then");
    if (events_ == limits_.most_events_played)
        return mistake("more than " + std::to_string(limits_.most_events_played) + " events come before it");
    // No world lets its clock pass over what is due.
    if (world_.now() < until)
        return mistake("after " + std::to_string(*events) + " events another one is due at " +
                       instant_text(*world_.next_event()) + "; without \"events\" it happens");
    return Done{};
}

void RecordedWorld::repeat(const RecordedCall& call) {
    api::Request request{
        .method = call.method, .target = call.target, .headers = {}, .body = call.body, .is_played = true};
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
    if (instant < begin_world().now())
        return outside(instant, " is before the begin of the journal, ", begin_world().now());
    if (instant > world_.now()) return outside(instant, " has not come yet; it is ", world_.now());
    const auto later =
        std::upper_bound(list.begin(), list.end(), instant,
                         [](Instant at, const Shared<Checkpoint>& checkpoint) { return at < checkpoint->world.now(); });
    const Checkpoint& checkpoint = **(later - 1);

    RecordedWorld past(*this, checkpoint);
    if (later != list.end()) past.checkpoints_.edit().list.resize(static_cast<std::size_t>(later - list.begin()));
    past.follow(*this, instant);
    return past;
}

Result<std::string> RecordedWorld::rewind(Instant instant) {
    auto past = at(instant);
    if (!past) return past.error();
    std::string removed;
    json::Writer w(removed);
    w.begin_object();
    write_calls(w, log_, past->log_.size(), end());
    w.end_object();
    *this = std::move(past).value();
    return removed;
}

std::string RecordedWorld::journal() const {
    std::string text;
    json::Writer w(text);
    w.begin_object();
    w.member("runsim_journal", kJournalVersion);
    w.begin_object("begin");
    if (begins_with_snapshot_)
        w.member("snapshot", base64(begin_world().save()));
    else
        w.member("document", begin_world().instance().project->document);
    w.end_object();
    write_calls(w, log_, 0, end());
    w.member("hash", world_.hash_text());
    w.end_object();
    return text;
}

JournalEnd RecordedWorld::end() const { return {world_.now(), events_, is_early(world_)}; }

void RecordedWorld::keep_checkpoint() {
    if (position().sum() < next_checkpoint_) return;
    if (checkpoints_->list.size() == limits_.most_checkpoints) thin_out_checkpoints();
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

// The journal begins with a later state: one in the middle of its calls, or the present.
void RecordedWorld::forget_begin() {
    const auto& list = checkpoints_->list;
    const auto middle = std::find_if(list.begin(), list.end(), [this](const Shared<Checkpoint>& checkpoint) {
        return checkpoint->position.calls > 0 && 2 * checkpoint->position.calls >= log_.size();
    });
    const Position first = middle == list.end() ? position() : (*middle)->position;
    CallLog later;
    for (std::size_t i = first.calls; i < log_.size(); ++i) {
        RecordedCall call = log_[i];
        call.events -= first.events;
        later.append(call);
    }
    Shared<Checkpoints> kept;
    const auto keep = [&](const World& world, Position at) {
        const Position moved{at.calls - first.calls, at.events - first.events};
        kept.edit().list.emplace_back(new Checkpoint(world, moved));
    };
    for (auto it = middle; it != list.end(); ++it) keep((*it)->world, (*it)->position);
    if (middle == list.end()) keep(world_, position());
    next_checkpoint_ = std::max(next_checkpoint_, first.sum()) - first.sum();
    log_ = std::move(later);
    events_ -= first.events;
    checkpoints_ = std::move(kept);
    begins_with_snapshot_ = true;
}

}  // namespace runsim
