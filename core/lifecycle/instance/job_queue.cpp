#include "lifecycle/instance/job_queue.hpp"

#include "base/assert.hpp"

namespace runsim {

namespace {

constexpr JobQueue::Slot kEmpty = JobQueue::kNone;

std::size_t hash(JobSubject subject) {
    const std::uint64_t key =
        (std::uint64_t{subject.id} << 2 | static_cast<std::uint64_t>(subject.kind)) * 0x9e3779b97f4a7c15;
    return static_cast<std::size_t>(key ^ (key >> 32));
}

}  // namespace

std::size_t JobQueue::place_of(JobSubject subject) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t place = hash(subject) & mask;
    while (table_[place] != kEmpty) {
        const Job& held = slots_[table_[place]];
        if (held.subject == subject.id && held.kind == subject.kind) break;
        place = (place + 1) & mask;
    }
    return place;
}

JobQueue::Slot JobQueue::find(JobSubject subject) const { return alive_ == 0 ? kNone : table_[place_of(subject)]; }

void JobQueue::grow() {
    std::size_t size = 16;
    while (size < 4 * static_cast<std::size_t>(alive_ + 1)) size *= 2;
    table_.assign(size, kEmpty);
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        const Job& held = slots_[slot];
        if (held.serial != 0) table_[place_of(held.what())] = slot;
    }
}

JobQueue::Slot JobQueue::enqueue(JobSubject subject, RunId run, Instant at) {
    if (2 * static_cast<std::size_t>(alive_ + 1) > table_.size()) grow();
    const std::size_t place = place_of(subject);
    RUNSIM_ASSERT(table_[place] == kEmpty, "a job is enqueued once while it lives");
    Slot slot = static_cast<Slot>(slots_.size());
    if (free_.empty()) {
        slots_.emplace_back();
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Job fresh;
    fresh.serial = ++last_serial_;
    fresh.kind = subject.kind;
    fresh.subject = subject.id;
    fresh.run = run;
    fresh.since = at;
    slots_[slot] = fresh;
    table_[place] = slot;
    ++alive_;
    return slot;
}

Job& JobQueue::job(Slot slot) {
    RUNSIM_ASSERT(slot < slots_.size() && slots_[slot].serial != 0, "a slot with a job in it");
    return slots_[slot];
}

const Job& JobQueue::job(Slot slot) const {
    RUNSIM_ASSERT(slot < slots_.size() && slots_[slot].serial != 0, "a slot with a job in it");
    return slots_[slot];
}

Job* JobQueue::due(Slot slot, std::uint64_t sequence) {
    if (slot >= slots_.size()) return nullptr;
    Job& held = slots_[slot];
    return held.serial != 0 && held.event == sequence ? &held : nullptr;
}

void JobQueue::remove(Slot slot) {
    Job& gone = job(slot);
    const std::size_t mask = table_.size() - 1;
    std::size_t hole = place_of(gone.what());
    table_[hole] = kEmpty;
    // Backward-shift deletion: move later entries of the probe sequence into the hole, so that no search stops early.
    for (std::size_t next = (hole + 1) & mask; table_[next] != kEmpty; next = (next + 1) & mask) {
        const Job& held = slots_[table_[next]];
        const std::size_t home = hash(held.what()) & mask;
        if (((next - home) & mask) < ((next - hole) & mask)) continue;
        table_[hole] = table_[next];
        table_[next] = kEmpty;
        hole = next;
    }
    if (gone.state == JobState::running) --running_;
    --alive_;
    gone = Job();
    free_.push_back(slot);
}

void JobQueue::set_running(Slot slot) {
    Job& starting = job(slot);
    RUNSIM_ASSERT(starting.state != JobState::running, "a job begins once");
    starting.state = JobState::running;
    ++running_;
}

void JobQueue::set_waiting(Slot slot) {
    Job& held = job(slot);
    held.state = JobState::waiting;
    held.event = 0;
    waiting_.emplace_back(slot, held.serial);
}

void JobQueue::set_lost(Slot slot) {
    Job& held = job(slot);
    held.state = JobState::lost;
    held.event = 0;
}

JobQueue::Slot JobQueue::first_lost() const {
    Slot first = kNone;
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        const Job& held = slots_[slot];
        if (held.serial == 0 || held.state != JobState::lost) continue;
        if (first == kNone || held.serial < slots_[first].serial) first = slot;
    }
    return first;
}

JobQueue::Slot JobQueue::first_waiting() {
    for (; waiting_head_ < waiting_.size(); ++waiting_head_) {
        const auto [slot, serial] = waiting_[waiting_head_];
        if (slots_[slot].serial == serial && slots_[slot].state == JobState::waiting) return slot;
    }
    waiting_.clear();
    waiting_head_ = 0;
    return kNone;
}

std::vector<std::pair<JobQueue::Slot, std::uint32_t>> JobQueue::waiting() const {
    std::vector<std::pair<Slot, std::uint32_t>> alive;
    for (std::size_t i = waiting_head_; i < waiting_.size(); ++i) {
        const auto [slot, serial] = waiting_[i];
        if (slots_[slot].serial == serial && slots_[slot].state == JobState::waiting) alive.emplace_back(slot, serial);
    }
    return alive;
}

bool JobQueue::restore() {
    waiting_head_ = 0;
    running_ = alive_ = 0;
    std::size_t free_slots = 0;
    for (const Job& held : slots_) {
        if (held.kind > JobKind::generic_job || held.state > JobState::lost || held.serial > last_serial_) return false;
        alive_ += held.serial != 0;
        free_slots += held.serial == 0;
        running_ += held.serial != 0 && held.state == JobState::running;
    }
    if (free_.size() != free_slots) return false;
    for (const Slot slot : free_)
        if (slot >= slots_.size() || slots_[slot].serial != 0) return false;
    for (const auto& [slot, serial] : waiting_)
        if (slot >= slots_.size()) return false;
    grow();
    return true;
}

}  // namespace runsim
