#pragma once

#include <string_view>

namespace runsim {

// Whether a request with this target is about sessions or users: the only ones in which a password is one.
bool is_about_accounts(std::string_view target);

}  // namespace runsim
