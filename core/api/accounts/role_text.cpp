#include "api/accounts/role_text.hpp"

#include "model/date_style.hpp"

namespace runsim::api {

RoleFacts facts_of(Role role) {
    switch (role) {
        case Role::owner: return {"Owner", 1, 1};
        case Role::admin: return {"Admin", 2, 2};
        case Role::editor: return {"Editor", 3, 4};
        case Role::viewer: break;
    }
    return {"Viewer", 4, 8};
}

std::optional<Role> role_of_id(std::int64_t id) {
    for (const Role role : {Role::owner, Role::admin, Role::editor, Role::viewer})
        if (facts_of(role).id == id) return role;
    return std::nullopt;
}

std::string roles_date(const Instance& instance) {
    const Instant made = instance.options.start - Duration::microseconds(1);
    return date_text(stored_moment(instance, made), str_date_style(instance.store.dialect()));
}

}  // namespace runsim::api
