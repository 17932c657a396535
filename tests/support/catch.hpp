#pragma once

// Catch2 v2 (one header, Debian 12) or v3 (a compiled library, newer systems), whichever is there.
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#elif __has_include(<catch_amalgamated.hpp>)
#include <catch_amalgamated.hpp>
#else
#include <catch2/catch_all.hpp>
#endif
