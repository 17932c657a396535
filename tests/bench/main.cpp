// The native benchmarks. Prints a table and, where a file is named, writes the rows to it as JSON:  runsim_bench
// build/bench.json
#include <cstdio>

#include "benches.hpp"

int main(int argc, char** argv) {
    runsim::bench::Report report;
    runsim::bench::bench_store(report);
    std::fputs(report.table().c_str(), stdout);
    if (argc < 2) return 0;
    std::FILE* file = std::fopen(argv[1], "w");
    if (file == nullptr) {
        std::fprintf(stderr, "cannot write %s\n", argv[1]);
        return 1;
    }
    std::fputs(report.json().c_str(), file);
    std::fclose(file);
    return 0;
}
