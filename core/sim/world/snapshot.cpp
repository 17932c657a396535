#include "base/archive.hpp"
#include "base/text/text.hpp"
#include "lifecycle/requests/edit_project_files.hpp"
#include "sim/documents/scenario.hpp"
#include "sim/world/world.hpp"

// A snapshot consists of the mark, the version, the project document, the instance as base/archive.hpp writes it, and a
// check sum of all of these. A damaged snapshot is refused before anything trusts it. Numbers take 8 bytes, the lowest
// first.

namespace runsim {

namespace {

constexpr std::string_view kMark = "runsim snapshot\n";
constexpr std::uint64_t kVersion = 4;  // of the format; increase it when any archive() changes
constexpr std::size_t kNumber = 8;

void append_number(std::string& out, std::uint64_t number) {
    for (std::size_t i = 0; i < kNumber; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < kNumber; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return number;
}

Error refusal(std::string words) { return {"snapshot: " + std::move(words)}; }

}  // namespace

std::string World::save() const {
    ArchiveWriter writer;
    writer(instance_.project->document, instance_);
    std::string bytes(kMark);
    append_number(bytes, kVersion);
    bytes += writer.text();
    append_number(bytes, stable_hash(bytes));
    return bytes;
}

Result<World> World::load(std::string_view bytes) {
    constexpr std::size_t kHead = kMark.size() + kNumber;
    if (bytes.substr(0, kMark.size()) != kMark)
        return refusal("these " + std::to_string(bytes.size()) + " bytes are none of runsim's snapshots");
    if (bytes.size() < kHead + kNumber) return refusal("is cut off after " + std::to_string(bytes.size()) + " bytes");
    if (const std::uint64_t version = number_at(bytes, kMark.size()); version != kVersion)
        return refusal("was saved in form " + std::to_string(version) + "; this runsim reads form " +
                       std::to_string(kVersion));
    const std::size_t end = bytes.size() - kNumber;
    if (number_at(bytes, end) != stable_hash(bytes.substr(0, end)))
        return refusal("is damaged: its check sum does not fit its " + std::to_string(bytes.size()) + " bytes");

    ArchiveReader reader(bytes.substr(kHead, end - kHead));
    std::string document;
    reader(document);
    auto loaded = read_project_document(document);
    if (!loaded) return refusal("holds a project that does not load: " + loaded.error().message);
    Instance instance = make_instance(loaded->project, loaded->scenario.options);
    reader(instance);
    if (!reader.ok() || !reader.at_end()) return refusal("holds what no runsim writes");
    restore_files(instance);
    return World(std::move(instance), std::make_shared<const std::vector<std::string>>(std::move(loaded->notes)));
}

std::string World::hash_text() const {
    std::string text;
    append_hex(text, hash(), 16);
    return text;
}

std::uint64_t World::hash() const {
    ArchiveHasher hasher;
    hasher(instance_.project->document, instance_);
    return hasher.hash();
}

}  // namespace runsim
