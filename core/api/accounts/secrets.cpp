#include <algorithm>

#include "api/accounts/handlers.hpp"
#include "api/calls/paging.hpp"
#include "api/errors/database_error.hpp"
#include "base/text/text.hpp"
#include "json/loose_values.hpp"
#include "json/write.hpp"

// Secrets (http-api.md 5.12): an id and a name. Values are not kept.
namespace runsim::api {

namespace {

constexpr std::size_t kMostSecrets = 10'000;

void append_secret(std::string& out, const Secret& secret) {
    json::Writer w(out);
    w.begin_object();
    w.member("id", secret.id);
    w.member("name", secret.name);
    w.end_object();
}

// Returns the scope of the encryption key for a secret in the payload.
ResultOf<std::string> scope_of(const json::Object& payload) {
    const std::string* entity = value_of(payload, "entity").string();
    if (!entity || (*entity != "project" && *entity != "pipeline")) return std::string();
    if (*entity == "project") return *entity;
    const json::Value& pipeline = value_of(payload, "pipeline_uuid");
    if (!pipeline.truthy()) return plain_exception("Missing values for creating secret: pipeline_uuid.");
    return *entity + "/" + (pipeline.string() ? *pipeline.string() : json::python_repr(pipeline));
}

Failure taken(const Call& call) {
    if (call.dialect() == Dialect::postgres) {
        return refused_value("UniqueViolation", "duplicate key value violates unique constraint \"name_key_uuid_uc\"",
                             "secret", "name");
    }
    return Failure(Exception{"sqlalchemy.exc.IntegrityError",
                             "(sqlite3.IntegrityError) UNIQUE constraint failed: secret.name, secret.key_uuid\n"
                             "[SQL: INSERT INTO secret (name, value, repo_name, key_uuid) VALUES (?, ?, ?, ?)]"});
}

bool is_taken(const Secrets& secrets, std::string_view name, std::string_view scope) {
    return std::any_of(secrets.rows.begin(), secrets.rows.end(),
                       [&](const Secret& secret) { return secret.name == name && secret.scope == scope; });
}

Secret& operated(Call& call) {
    return *std::find_if(call.instance.secrets.rows.begin(), call.instance.secrets.rows.end(),
                         [&call](const Secret& secret) { return secret.id == call.record.id; });
}

}  // namespace

ResultOf<std::optional<Record>> find_secret(const Instance& instance, std::string_view pk) {
    for (const Secret& secret : instance.secrets.rows)
        if (secret.name == pk) return std::optional<Record>(Record{.resource = nullptr, .id = secret.id});
    return std::optional<Record>();
}

// Lists the secrets that the server's own key can read.
Outcome list_secrets(Call& call, std::string& out) {
    std::vector<const Secret*> rows;
    for (const Secret& secret : call.instance.secrets.rows)
        if (secret.scope.empty()) rows.push_back(&secret);
    const auto page = read_page(call.query);
    if (!page) return page.error();
    const auto count = static_cast<std::int64_t>(rows.size());
    return write_page(call, out, trim_rows(memory_rows(*page, count), page->limit, count),
                      [&](std::size_t i) { append_secret(out, *rows[i]); });
}

Outcome create_secret(Call& call, std::string& out) {
    const json::Value& name = value_of(call.payload, "name");
    const json::Value& value = value_of(call.payload, "value");
    if (name.is_null() && value.is_null())
        return type_error("create_secret() missing 2 required positional arguments: 'name' and 'value'");
    if (name.is_null() || value.is_null()) {
        return type_error("create_secret() missing 1 required positional argument: '" +
                          std::string(name.is_null() ? "name" : "value") + "'");
    }
    const auto scope = scope_of(call.payload);
    if (!scope) return scope.error();
    if (!value.string()) return no_attribute(value.python_type(), "encode");
    Secrets& secrets = call.instance.secrets;
    if (secrets.rows.size() >= kMostSecrets)
        return plain_exception("secret: there are " + std::to_string(kMostSecrets) + ", more are not possible");
    const std::string text = name.string() ? *name.string() : json::python_repr(name);
    if (is_taken(secrets, text, *scope)) {
        if (call.dialect() == Dialect::postgres) ++secrets.last_id;  // a sequence never goes back
        return taken(call);
    }
    call.instance.moment();
    if (call.dialect() == Dialect::sqlite) secrets.last_id = secrets.rows.empty() ? 0 : secrets.rows.back().id;
    secrets.rows.push_back({++secrets.last_id, text, *scope});
    append_secret(out, secrets.rows.back());
    return Done{};
}

Outcome update_secret(Call& call, std::string& out) {
    Secret& secret = operated(call);
    const std::string* name = value_of(call.payload, "name").string();
    if (name && *name != secret.name) {
        if (is_taken(call.instance.secrets, *name, secret.scope)) return taken(call);
        call.instance.moment();
        secret.name = *name;
    }
    append_secret(out, secret);
    return Done{};
}

Outcome delete_secret(Call& call, std::string& out) {
    append_secret(out, operated(call));
    call.instance.moment();
    std::erase_if(call.instance.secrets.rows, [&call](const Secret& secret) { return secret.id == call.record.id; });
    return Done{};
}

}  // namespace runsim::api
