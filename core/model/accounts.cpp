#include "model/accounts.hpp"

#include "base/sha256.hpp"
#include "base/text/base64.hpp"

namespace runsim {

namespace {

constexpr std::string_view kMark = "sha256:";
constexpr std::size_t kDigits = 43;  // base64 of 32 bytes

bool is_digest(std::string_view text) {
    return text.starts_with(kMark) && text.size() == kMark.size() + kDigits &&
           from_base64(text.substr(kMark.size())).has_value();
}

}  // namespace

std::string as_password_digest(std::string_view text) {
    return is_digest(text) ? std::string(text) : password_digest(text);
}

std::string password_digest(std::string_view password) {
    return std::string(kMark).append(base64_url(bytes_of(sha256(password))));
}

}  // namespace runsim
