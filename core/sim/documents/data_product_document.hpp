#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/project.hpp"
#include "sim/documents/pipeline_document.hpp"
#include "sim/reading/fields.hpp"

namespace runsim {

// Mage's clean_name. It knows the letters of all scripts; here whatever is beyond ASCII counts as one.
std::string clean_name(std::string_view name);

// global_data_products.yaml. One entry that Mage cannot read takes all of them along; what is no number where one
// should be does not count. Notes say so.
std::vector<DataProduct> read_data_products(const json::Value& file, Notes& notes);

// What a block of the type global_data_product says of its product.
DataProductUse read_data_product_use(const json::Object& block, const Place& block_place, Notes& notes);

// A note for each block whose product is not there.
void note_missing_products(const Project& project, Notes& notes);

}  // namespace runsim
