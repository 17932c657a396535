// The native benchmarks. Prints a table and, where a file is named, writes the rows to it as JSON:
//   runsim_bench tests/bench/project.json [build/bench.json]
#include <cstdio>
#include <string>

#include "benches.hpp"

namespace {

// "" when there is no such file: no project is empty.
std::string content_of(const char* path) {
    std::string content;
    if (std::FILE* file = std::fopen(path, "rb")) {
        char buffer[4096];
        while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, file)) content.append(buffer, got);
        std::fclose(file);
    }
    return content;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string project = argc < 2 ? std::string() : content_of(argv[1]);
    if (project.empty()) {
        std::fputs("usage: runsim_bench tests/bench/project.json [build/bench.json]\n", stderr);
        return 2;
    }
    runsim::bench::Report report;
    runsim::bench::bench_world(report, project);
    runsim::bench::bench_store(report);
    if (argc < 3) {
        std::fputs(report.table().c_str(), stdout);
        return 0;
    }
    std::FILE* file = std::fopen(argv[2], "w");
    if (file == nullptr) {
        std::fprintf(stderr, "cannot write %s\n", argv[2]);
        return 1;
    }
    std::fputs(report.json().c_str(), file);
    std::fclose(file);
    return 0;
}
