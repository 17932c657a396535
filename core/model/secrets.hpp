#pragma once

// Secrets stored through the API: names only, since nothing here reads a value.

#include <cstdint>
#include <string>
#include <vector>

namespace runsim {

struct Secret {
    std::uint32_t id = 0;
    std::string name;
    std::string scope;  // of its encryption key: "" for the server's own; names are unique within it
    friend bool operator==(const Secret&, const Secret&) = default;
};

struct Secrets {
    std::vector<Secret> rows;   // by id
    std::uint32_t last_id = 0;  // given out by the database
    friend bool operator==(const Secrets&, const Secrets&) = default;
};

template <class A>
void archive(A& a, Secret& s) {
    a(s.id, s.name, s.scope);
}
template <class A>
void archive(A& a, Secrets& s) {
    a(s.rows, s.last_id);
}

}  // namespace runsim
