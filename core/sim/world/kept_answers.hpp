#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/http_message.hpp"

namespace runsim {

// The latest answers to requests that only read. As long as the world is the same, the same bytes of a request get the
// same answer: pages ask again and again while nothing happens. Answers are derived, so not part of a world's value:
// never saved, hashed or copied (a copy starts empty). References to answers are valid until the next call that is not
// const.
class KeptAnswers {
public:
    KeptAnswers() = default;
    KeptAnswers(const KeptAnswers&) : KeptAnswers() {}
    KeptAnswers& operator=(const KeptAnswers& other) {
        if (this != &other) clear();
        return *this;
    }
    KeptAnswers(KeptAnswers&&) = default;
    KeptAnswers& operator=(KeptAnswers&&) = default;

    // Returns the answer to these bytes, or nullptr if it is not kept.
    const api::Response* find(std::string_view request) const;
    // Keeps an answer, in the place of the oldest one, and returns it. A large one is only held.
    const api::Response& keep(std::string_view request, api::Response answer);
    // Holds an answer that must not be given a second time, and returns it.
    const api::Response& hold(api::Response answer) { return held_ = std::move(answer); }
    // The world has changed: nothing is found any more.
    void clear();

    static constexpr std::size_t kAnswers = 8;
    static constexpr std::size_t kMostBytes = 256 * 1024;  // of one body

private:
    struct Kept {
        std::string request;  // "": no answer
        api::Response answer;
    };

    std::array<Kept, kAnswers> kept_;
    std::size_t oldest_ = 0;
    api::Response held_;
};

}  // namespace runsim
