#include "sim/documents/data_product_document.hpp"

#include <algorithm>

namespace runsim {

namespace {

constexpr std::int64_t kMost = 1'000'000'000;

// The number at a key, if there is one.
std::optional<std::int64_t> number_at(const json::Object& object, std::string_view key, const Place& place,
                                      Notes& notes) {
    const json::Value* value = object.find(key);
    if (!value) return std::nullopt;
    if (const std::int64_t* integer = value->integer(); integer && -kMost <= *integer && *integer <= kMost)
        return *integer;
    notes.push_back(place.key(key).text() + ": " + shown(*value) +
                    " is not a whole number; it does not count, while Mage fails where it reads it");
    return std::nullopt;
}

// The object at a key. Returns nullptr if it is absent or empty.
const json::Object* object_at(const json::Object& object, std::string_view key, const Place& place, Notes& notes) {
    const json::Value* value = object.find(key);
    if (!value || !value->truthy()) return nullptr;
    if (!value->object())
        notes.push_back(place.key(key).text() + ": " + shown(*value) +
                        " is not a mapping; it does not count, while Mage fails where it reads it");
    return value->object();
}

std::optional<Age> read_age(const json::Object& entry, const Place& place, Notes& notes) {
    const json::Object* after = object_at(entry, "outdated_after", place, notes);
    if (!after) return std::nullopt;
    const Place at = place.key("outdated_after");
    const auto number = [&](std::string_view key) { return number_at(*after, key, at, notes).value_or(0); };
    return Age{number("years"), number("months"), number("weeks"), number("seconds")};
}

std::optional<std::vector<DateMinimum>> read_minimums(const json::Object& entry, const Place& place, Notes& notes) {
    const json::Object* starting = object_at(entry, "outdated_starting_at", place, notes);
    if (!starting) return std::nullopt;
    std::vector<DateMinimum> minimums;
    for (std::size_t i = 0; i < kDateParts.size(); ++i) {
        const json::Value* value = starting->find(kDateParts[i]);
        if (!value || value->is_null()) continue;
        if (const auto least = number_at(*starting, kDateParts[i], place.key("outdated_starting_at"), notes))
            minimums.push_back({static_cast<DatePart>(i), *least});
    }
    return minimums;
}

std::string text_at(const json::Object& object, std::string_view key) {
    const json::Value* value = object.find(key);
    return value && value->string() ? *value->string() : std::string();
}

}  // namespace

std::string clean_name(std::string_view name) {
    std::string clean;
    for (const char c : name) {
        if (std::string_view("\"$\n\r\t").find(c) != std::string_view::npos) continue;
        const bool is_upper = c >= 'A' && c <= 'Z';
        const bool is_word =
            is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
        clean += is_upper ? static_cast<char>(c - 'A' + 'a') : is_word ? c : '_';
    }
    return !clean.empty() && clean[0] >= '0' && clean[0] <= '9' ? "letter_" + clean : clean;
}

std::vector<DataProduct> read_data_products(const json::Value& file, Notes& notes) {
    const Place place("global_data_products.yaml");
    const auto give_up = [&](const Place& at, const json::Value& value) {
        notes.push_back(at.text() + ": " + shown(value) +
                        " is not a mapping; no block finds its global data product, as in Mage");
        return std::vector<DataProduct>();
    };
    if (!file.truthy()) return {};
    if (!file.object()) return give_up(place, file);
    std::vector<DataProduct> products;
    for (const json::Member& member : *file.object()) {
        const Place at = place.part("product " + quoted(member.key));
        const json::Object* entry = member.value.object();
        if (!entry) return give_up(at, member.value);
        products.push_back(
            {.uuid = clean_name(member.key),
             .object_type = text_at(*entry, "object_type"),
             .object_uuid = text_at(*entry, "object_uuid"),
             .outdated_after = read_age(*entry, at, notes).value_or(Age()),
             .outdated_starting_at = read_minimums(*entry, at, notes).value_or(std::vector<DateMinimum>())});
    }
    return products;
}

DataProductUse read_data_product_use(const json::Object& block, const Place& block_place, Notes& notes) {
    const json::Value* configuration = block.find("configuration");
    const json::Object* use =
        configuration && configuration->object() ? configuration->object()->object("global_data_product") : nullptr;
    if (!use) return {};
    const Place place = block_place.key("configuration").key("global_data_product");
    return {text_at(*use, "uuid"), read_age(*use, place, notes), read_minimums(*use, place, notes)};
}

void note_missing_products(const Project& project, Notes& notes) {
    for (const Pipeline& pipeline : project.pipelines)
        for (const Block& block : pipeline.blocks) {
            if (!block.data_product) continue;
            const auto& products = project.data_products;
            if (std::any_of(products.begin(), products.end(),
                            [&](const DataProduct& product) { return product.uuid == block.data_product->uuid; }))
                continue;
            const Place place("pipelines/" + pipeline.uuid + "/metadata.yaml");
            notes.push_back(place.part("block " + quoted(block.uuid)).text() + ": there is no global data product " +
                            quoted(block.data_product->uuid) + ": its runs fail, as in Mage");
        }
}

}  // namespace runsim
