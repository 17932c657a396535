#include "api/http/http_message.hpp"

#include "api/http/envelope.hpp"
#include "support/catch.hpp"

using namespace runsim;
using namespace runsim::api;

TEST_CASE("a request is its first line, its headers and whatever follows") {
    const std::string bytes = "POST /api/x?a=1%20b HTTP\nContent-Type: text/plain\r\nx-empty:\n\n{\"a\":\n1}";
    const auto request = parse_request(bytes);
    REQUIRE(request.ok());
    CHECK(request->method == "POST");
    CHECK(request->target == "/api/x?a=1%20b HTTP");
    CHECK(request->header("content-TYPE") == "text/plain");
    CHECK(request->header("X-Empty") == "");
    CHECK(request->header("missing") == "");
    CHECK(request->body == "{\"a\":\n1}");
}

TEST_CASE("bytes that are no request are refused with what is wrong") {
    struct Case {
        std::string bytes;
        std::string message;
    };
    const std::vector<Case> cases = {
        {"", "request: no line feed after METHOD TARGET"},
        {"GET /x", "request: no line feed after METHOD TARGET"},
        {"GET\n\n", "request: the first line is not METHOD TARGET but 'GET'"},
        {" /x\n\n", "request: the first line is not METHOD TARGET but ' /x'"},
        {"GET /x\nA: b\n", "request: no empty line after the headers"},
        {"GET /x\nno header\n\n", "request: a header line is not NAME: VALUE but 'no header'"},
        {"GET /" + std::string(kMaxHead, 'x'), "request: the request line is longer than 65536 bytes"},
        {"GET /\nA: " + std::string(kMaxHead, 'x') + "\n\n", "request: the head is longer than 65536 bytes"},
        {"GET /\n\n" + std::string(kMaxBody + 1, 'x'), "request: the body is longer than 16777216 bytes"},
    };
    for (const Case& c : cases) {
        const auto request = parse_request(c.bytes);
        REQUIRE_FALSE(request.ok());
        CHECK(request.error().message == c.message);
    }
}

TEST_CASE("a body may be as long as the limit") {
    const std::string bytes = "GET /\n\n" + std::string(kMaxBody, 'x');
    const auto request = parse_request(bytes);
    REQUIRE(request.ok());
    CHECK(request->body.size() == kMaxBody);
}

TEST_CASE("a refused request is answered in the API's error envelope") {
    const Response wrong = refuse({"request: no line feed after METHOD TARGET"});
    CHECK(wrong.status == 400);
    CHECK(
        wrong.body ==
        R"({"error": {"code": 400, "message": "request: no line feed after METHOD TARGET", "type": "record_invalid"}, "status": 400})");
    const auto large = parse_request("GET /\n\n" + std::string(kMaxBody + 1, 'x'));
    CHECK(refuse(large.error()).status == 413);
    // The words of the message play no part: a client may send them.
    const auto quoted = parse_request("POST /api\nthis line is longer than others\n\n");
    CHECK(quoted.error().message.find("is longer than") != std::string::npos);
    CHECK(refuse(quoted.error()).status == 400);
}

TEST_CASE("the head of an answer has its content type and the CORS headers") {
    std::string head;
    append_head(head, Response{});
    CHECK(head ==
          "200\nContent-Type: application/json\nAccess-Control-Allow-Headers: *\n"
          "Access-Control-Allow-Methods: DELETE, GET, PATCH, POST, PUT, OPTIONS\nAccess-Control-Allow-Origin: *\n\n");
    head.clear();
    append_head(head, Response{.status = 404, .content_type = ContentType::html, .cors = false, .body = {}});
    CHECK(head == "404\nContent-Type: text/html; charset=UTF-8\n\n");
    head.clear();
    append_head(head, Response{.status = 204, .content_type = ContentType::none, .cors = false, .body = {}});
    CHECK(head == "204\n\n");
}
