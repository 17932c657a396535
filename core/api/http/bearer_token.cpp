#include "api/http/bearer_token.hpp"

#include "base/text/text.hpp"

namespace runsim::api {

std::optional<std::string> bearer_token(std::string_view header) {
    for (const std::string_view piece : split(header, ',')) {
        if (to_lower(piece).find("bearer") == std::string::npos) continue;
        std::string token(piece);
        for (const std::string_view word : {"Bearer ", "bearer "}) {
            for (std::size_t at = token.find(word); at != std::string::npos; at = token.find(word, at)) {
                token.erase(at, word.size());
            }
        }
        return token;
    }
    return std::nullopt;
}

}  // namespace runsim::api
