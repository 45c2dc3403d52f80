# SPDX-License-Identifier: MIT
#
# Build options that the presets set, and the warnings that our own code is compiled with.

set(DMF_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")
option(DMF_COVERAGE "Instrument for coverage" OFF)
option(DMF_WERROR "Warnings are errors" ON)

if(DMF_SANITIZE)
    add_compile_options(-fsanitize=${DMF_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${DMF_SANITIZE})
    if(DMF_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
    if(CMAKE_C_COMPILER_ID MATCHES "Clang" AND DMF_SANITIZE MATCHES "thread")
        # The shared run-time library of clang 14's thread sanitizer crashes before main. The static one is in the program, and
        # exported from there; a shared object finds its symbols at run time only.
        add_link_options(-Wl,--warn-unresolved-symbols)
    elseif(CMAKE_C_COMPILER_ID MATCHES "Clang")
        # A driver must resolve the sanitizer's symbols from the host process, not carry a runtime of its own.
        add_link_options(-shared-libsan)
        execute_process(COMMAND ${CMAKE_C_COMPILER} -print-runtime-dir OUTPUT_VARIABLE dmf_sanitizer_dir
                        OUTPUT_STRIP_TRAILING_WHITESPACE)
        add_link_options(-Wl,-rpath,${dmf_sanitizer_dir})
    endif()
endif()

if(DMF_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()

# Warnings for our own code. Driver sources built by dmf_add_driver() choose their own.
add_library(dmf_warnings INTERFACE)
target_compile_options(dmf_warnings INTERFACE
    -Wall -Wextra -Wshadow -Wvla -Wpointer-arith -Wwrite-strings
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition>
    $<$<BOOL:${DMF_WERROR}>:-Werror>)
