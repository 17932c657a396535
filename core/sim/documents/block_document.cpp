#include <iterator>

#include "json/loose_values.hpp"
#include "json/write.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/nearest.hpp"

namespace runsim {

namespace {

using json::Object;
using json::Value;

bool never_runs(std::string_view type) { return type == "chart" || type == "markdown" || type == "scratchpad"; }

}  // namespace

void add_notes(const EntryFaults& faults, const Place& entry, Notes& notes) {
    for (const EntryFault& fault : faults) {
        const Place key = entry.key(fault.key);
        add_note(notes, fault.of_retry.empty() ? key : key.key(fault.of_retry),
                 (fault.value ? shown(*fault.value)
                              : no_such_key(fault.of_retry, {std::begin(kRetryKeys), std::end(kRetryKeys)})) +
                     fault.says);
    }
}

BlockText read_block(const Object& entry, const Object& file, const Place& place, const RetryConfig& project_retry,
                     Notes& notes) {
    BlockText text{{},
                   place,
                   texts_of(entry, "upstream_blocks"),
                   texts_of(entry, "downstream_blocks"),
                   value_of(entry, "has_callback").truthy()};
    Block& block = text.block;
    const Value& uuid = value_of(entry, "uuid");
    block.uuid = uuid.string() ? *uuid.string() : json::python_repr(uuid);
    if (!uuid.string()) {
        block.waits_for_ever = true;
        add_note(notes, place.key("uuid"), shown(uuid) + " is not a text: as in Mage, the block never starts");
    }
    block.name = text_or(entry, "name", block.uuid);
    block.type = text_or(entry, "type", "");
    block.language = text_or(entry, "language", "");
    block.color = text_or(entry, "color", "");
    if (const std::string* replicated = entry.text("replicated_block"); replicated && !replicated->empty())
        block.replicated_block = *replicated;
    block.executable = !never_runs(block.type);
    EntryFaults faults;
    read_entry(entry, file, project_retry, block, faults);
    add_notes(faults, place, notes);
    return text;
}

}  // namespace runsim
