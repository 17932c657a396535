#include "store/kept_lists.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "store/kept_list.hpp"
#include "store/kept_list_rule.hpp"
#include "store/store.hpp"

namespace runsim {

namespace {

// If more than one of so many rows changed, making the list anew costs less.
constexpr std::size_t kShareToRemake = 8;

}  // namespace

struct KeptLists::Kept {
    std::string key;
    KeptList list;
    std::size_t read = 0;  // how many of changes_ the list has
    std::vector<ScheduleId> schedules;
    std::uint64_t schedules_revision = 0;
};

KeptLists::KeptLists() = default;
KeptLists::KeptLists(const KeptLists&) {}
KeptLists::KeptLists(KeptLists&&) noexcept = default;
KeptLists::~KeptLists() = default;
KeptLists& KeptLists::operator=(KeptLists other) noexcept {
    kept_.swap(other.kept_);
    changes_.swap(other.changes_);
    noted_from_ = other.noted_from_;
    return *this;
}

const KeptList& KeptLists::get(const Store& store, const KeptListRule& rule) {
    std::string key = rule.key();
    Kept* kept = find(key);
    if (kept == nullptr || !update(*kept, store, rule)) {
        if (kept == nullptr) kept = &make(std::move(key));
        remake(*kept, store, rule);
    }
    kept->read = changes_.size();
    forget_read_changes();
    noted_from_ = store.revision() + 1;
    return kept->list;
}

bool KeptLists::update(Kept& kept, const Store& store, const KeptListRule& rule) const {
    if (kept.schedules_revision != store.schedules_revision()) {
        if (rule.schedules() != kept.schedules) return false;
        kept.schedules_revision = store.schedules_revision();
    }
    const auto unread = std::span(changes_).subspan(kept.read);
    if (unread.empty()) return true;
    if (unread.size() > store.runs().size() / kShareToRemake) return false;
    std::optional<std::vector<std::uint32_t>> rows = rule.changed(unread);
    if (!rows) return false;
    std::sort(rows->begin(), rows->end());
    rows->erase(std::unique(rows->begin(), rows->end()), rows->end());
    kept.list.update(*rows, rule);
    return true;
}

void KeptLists::remake(Kept& kept, const Store& store, const KeptListRule& rule) {
    kept.schedules = rule.schedules();
    kept.schedules_revision = store.schedules_revision();
    kept.list = KeptList(rule.has_stamps());
    kept.list.assign(rule.all(), rule);
}

KeptLists::Kept* KeptLists::find(std::string_view key) {
    const auto at = std::find_if(kept_.begin(), kept_.end(), [key](const auto& kept) { return kept->key == key; });
    if (at == kept_.end()) return nullptr;
    std::rotate(at, at + 1, kept_.end());
    return kept_.back().get();
}

KeptLists::Kept& KeptLists::make(std::string key) {
    if (kept_.size() == kMostLists) kept_.erase(kept_.begin());
    kept_.push_back(std::make_unique<Kept>());
    kept_.back()->key = std::move(key);
    return *kept_.back();
}

void KeptLists::add(const RunChange& change) {
    if (changes_.size() == kMostChanges) drop_half_of_changes();
    if (!kept_.empty()) changes_.push_back(change);
}

// Drops the lists that lack one of the dropped changes: nobody has asked for them for long.
void KeptLists::drop_half_of_changes() {
    constexpr std::size_t kHalf = kMostChanges / 2;
    std::erase_if(kept_, [](const auto& kept) { return kept->read < kHalf; });
    for (const auto& kept : kept_) kept->read -= kHalf;
    changes_.erase(changes_.begin(), changes_.begin() + kHalf);
    if (kept_.empty()) *this = KeptLists();
}

void KeptLists::forget_read_changes() {
    const bool all_read =
        std::all_of(kept_.begin(), kept_.end(), [this](const auto& kept) { return kept->read == changes_.size(); });
    if (!all_read) return;
    changes_.clear();
    for (const auto& kept : kept_) kept->read = 0;
}

}  // namespace runsim
