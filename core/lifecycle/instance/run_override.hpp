#pragma once

#include "model/block_behaviour.hpp"
#include "model/ids.hpp"
#include "model/symbol.hpp"

namespace runsim {

// What somebody said of one block in one run, at run time.
struct RunOverride {
    RunId run;
    Symbol block_uuid;  // of a block, which means its children too, or of one child: "each:0"
    BlockBehaviourChange change;
};

template <class A>
void archive(A& a, RunOverride& m) {
    a(m.run, m.block_uuid, m.change);
}

}  // namespace runsim
