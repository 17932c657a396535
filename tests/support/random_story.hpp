#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.hpp"
#include "support/stage.hpp"

namespace runsim::test {

// A random project, and what happens to it: a list of actions any of which can be left out, since each brings its own
// random numbers. So a story that fails can be shrunk.
struct Action {
    enum class Kind : std::uint8_t {
        step,    // the next event
        call,    // what a user does
        look,    // at all rows, whether they are as they must be
        reload,  // save it, load it, and let both go on
    };
    Kind kind = Kind::step;
    std::uint64_t draw = 0;  // seeds what a call chooses
};

struct Story {
    std::uint64_t seed = 0;  // of project and options
    std::vector<Action> actions;
};

std::shared_ptr<const Project> random_project(std::uint64_t seed);
Options random_options(std::uint64_t seed);
Story random_story(std::uint64_t seed, int steps);

// Performs a call, and says in a few words what it did.
std::string perform_call(Stage& stage, std::uint64_t draw);

// How a story ends: "" when all that must hold did, else the action after which something did not, and what.
struct Ending {
    std::string broken;
    std::size_t actions = 0;  // that were performed
    std::uint64_t events = 0;
};
// `also` is asked after every action, beside what must hold anyway; "" is well.
using Check = std::string (*)(const Instance&);
Ending play(const Story& story, Check also = nullptr);

// Plays it again in words: the project, each action, what is broken in the end.
std::string retell(const Story& story, Check also = nullptr);
// The shortest story that fails like this one, in words, with the seed that leads to the whole one.
std::string report(const Story& story, Check also = nullptr);

}  // namespace runsim::test
