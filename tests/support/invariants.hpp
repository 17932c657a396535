#pragma once

#include <cstdint>
#include <string>

#include "lifecycle/instance/instance.hpp"

namespace runsim::test {

// What must hold of an instance after every event and every call. Each function says what does not, "" when all does.
class Invariants {
public:
    explicit Invariants(const Options& options) : has_faults_(!options.faults.planned.empty()) {}

    std::string broken(const Instance& instance);
    // Costly: of the rows themselves.
    static std::string broken_rows(const Instance& instance);

private:
    std::string broken_transitions(const Instance& instance);
    std::string broken_transition(const Instance& instance, const Transition& t) const;

    bool has_faults_;
    Instant last_now_ = kFirstInstant;
    Instant last_transition_ = kFirstInstant;
    std::uint64_t seen_ = 0;
};

}  // namespace runsim::test
