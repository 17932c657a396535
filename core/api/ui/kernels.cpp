#include "api/ui/handlers.hpp"

// The kernel that would run blocks in a notebook. There is one; it is alive and idle.
namespace runsim::api {

namespace {

constexpr std::string_view kKernel =
    R"({"alive": true, "id": "00000000-0000-4000-8000-000000000000", "name": "python3", "processes": [], )"
    R"("usage": {"hostname": "runsim", "pid": 3, "kernel_cpu": 0.0, "kernel_memory": 67108864, "cpu_count": 2, )"
    R"("host_virtual_memory": {"total": 8589934592, "available": 4294967296, "percent": 50.0, "used": 4294967296, )"
    R"("free": 4294967296, "active": 0, "inactive": 0, "buffers": 0, "cached": 0, "shared": 0, "slab": 0}}})";

}  // namespace

Outcome list_kernels(Call&, std::string& out) {
    out += '[';
    out += kKernel;
    out += ']';
    return Done{};
}

// Accepts any id in the path. Interrupt and restart have nothing to stop.
Outcome update_kernel(Call&, std::string& out) {
    out += kKernel;
    return Done{};
}

}  // namespace runsim::api
