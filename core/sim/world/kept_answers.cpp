#include "sim/world/kept_answers.hpp"

#include <algorithm>

namespace runsim {

const api::Response* KeptAnswers::find(std::string_view request) const {
    const auto found =
        std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.request == request; });
    return found == kept_.end() || request.empty() ? nullptr : &found->answer;
}

const api::Response& KeptAnswers::keep(std::string_view request, api::Response answer) {
    if (answer.body.size() > kMostBytes) return hold(std::move(answer));
    Kept& place = kept_[oldest_];
    oldest_ = (oldest_ + 1) % kAnswers;
    place.request = request;
    place.answer = std::move(answer);
    return place.answer;
}

void KeptAnswers::clear() {
    for (Kept& kept : kept_) kept.request.clear();
}

}  // namespace runsim
