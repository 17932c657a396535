# Finds Emscripten's own toolchain file from the em++ on the path: Debian's package, an emsdk, or Homebrew's.

find_program(RUNSIM_EMXX em++ NO_CMAKE_FIND_ROOT_PATH)
if(NOT RUNSIM_EMXX)
    message(FATAL_ERROR "em++ not found: install emscripten (Debian: apt-get install emscripten) or activate an emsdk")
endif()
get_filename_component(emscripten_real ${RUNSIM_EMXX} REALPATH)
get_filename_component(emscripten_root ${emscripten_real} DIRECTORY)
if(NOT EXISTS ${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
    get_filename_component(emscripten_bin ${RUNSIM_EMXX} DIRECTORY)
    execute_process(COMMAND ${emscripten_bin}/em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten_root
                    OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
