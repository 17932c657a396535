#pragma once

#include "model/block_behaviour.hpp"
#include "model/ids.hpp"
#include "model/symbol.hpp"

namespace runsim {

// A changed behaviour of one block in one run, set while the world runs.
struct RunOverride {
    RunId run;
    Symbol block_uuid;  // a block, including its children, or one child: "each:0"
    BlockBehaviourChange change;
};

template <class A>
void archive(A& a, RunOverride& m) {
    a(m.run, m.block_uuid, m.change);
}

}  // namespace runsim
