# SPDX-License-Identifier: MIT
#
# dmf_add_driver() and dmf_add_module_library(): how a driver, or a library of Modules, is built from C or C++ sources.
#
#   dmf_add_driver(NAME <name> FLAVOUR kernel|user
#                  [SOURCES <file>...]            sources that are built by the project's own C compiler
#                  [CXX]                          SOURCES are C++, also those named .c
#                  [WINDOWS_SOURCES <path>...]    files or folders of an unmodified Windows source tree
#                  [MODULE_LIBRARIES <name>...]   libraries made by dmf_add_module_library()
#                  [WPP_CONFIG <file>...]         headers with a "begin_wpp config" block
#                  [INCLUDES <folder>...] [DEFINES <definition>...] [LIBRARIES <library>...])
#
# builds <name>.so, which `dmf run` loads. dmf_add_module_library() takes the same arguments except MODULE_LIBRARIES and
# builds one static library with hidden symbols per flavour, <name>_kernel and <name>_user, or the one that FLAVOUR names.
#
# DMF_ROOT_DIR is the project's source folder, or the folder of an installed package with the same layout.

if(NOT DEFINED DMF_ROOT_DIR)
    get_filename_component(DMF_ROOT_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
endif()
set(DMF_DRIVER_MODULE_DIR "${CMAKE_CURRENT_LIST_DIR}")

include(CheckCCompilerFlag)
check_c_compiler_flag(-fno-gnu-unique DMF_HAVE_NO_GNU_UNIQUE)

# What every object of a driver is compiled with, beyond the published headers (dmf_published_<flavour>). Format strings have
# Windows' widths, which a compiler cannot check, and the C library's functions are ours, so no compiler may replace them.
set(DMF_DRIVER_COMPILE_OPTIONS
    -fPIC -fvisibility=hidden
    -Wno-format
    -fno-builtin-printf -fno-builtin-fprintf -fno-builtin-sprintf -fno-builtin-snprintf
    -fno-builtin-vprintf -fno-builtin-vfprintf -fno-builtin-vsprintf -fno-builtin-vsnprintf
    -fno-builtin-wcslen)

function(dmf_check_flavour flavour)
    if(NOT flavour MATCHES "^(kernel|user)$")
        message(FATAL_ERROR "FLAVOUR is kernel or user, not '${flavour}'.")
    endif()
endfunction()

# Gives a target everything that driver code of a flavour needs.
function(dmf_setup_target target flavour)
    cmake_parse_arguments(PARSE_ARGV 2 ARG "" "" "INCLUDES;DEFINES")
    target_link_libraries(${target} PRIVATE dmf_published_${flavour})
    target_compile_options(${target} PRIVATE ${DMF_DRIVER_COMPILE_OPTIONS}
                           $<$<BOOL:${DMF_HAVE_NO_GNU_UNIQUE}>:-fno-gnu-unique>)
    target_include_directories(${target} PRIVATE ${ARG_INCLUDES})
    target_compile_definitions(${target} PRIVATE ${ARG_DEFINES})
    set_target_properties(${target} PROPERTIES C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden)
endfunction()

function(dmf_add_module_library)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "CXX" "NAME;FLAVOUR"
                          "SOURCES;WINDOWS_SOURCES;WPP_CONFIG;INCLUDES;DEFINES;LIBRARIES")
    set(flavours kernel user)
    if(ARG_FLAVOUR)
        dmf_check_flavour("${ARG_FLAVOUR}")
        set(flavours ${ARG_FLAVOUR})
    endif()
    foreach(flavour IN LISTS flavours)
        set(target ${ARG_NAME}_${flavour})
        add_library(${target} STATIC ${ARG_SOURCES})
        dmf_setup_target(${target} ${flavour} INCLUDES ${ARG_INCLUDES} DEFINES ${ARG_DEFINES})
        target_include_directories(${target} INTERFACE ${ARG_INCLUDES})
        target_link_libraries(${target} PUBLIC ${ARG_LIBRARIES})
    endforeach()
endfunction()

function(dmf_add_driver)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "CXX" "NAME;FLAVOUR"
                          "SOURCES;WINDOWS_SOURCES;MODULE_LIBRARIES;WPP_CONFIG;INCLUDES;DEFINES;LIBRARIES")
    dmf_check_flavour("${ARG_FLAVOUR}")
    set(flavour ${ARG_FLAVOUR})
    add_library(${ARG_NAME} MODULE ${ARG_SOURCES} "${DMF_ROOT_DIR}/wdf/stub/driver_binding.c")
    set_target_properties(${ARG_NAME} PROPERTIES PREFIX "")
    dmf_setup_target(${ARG_NAME} ${flavour} INCLUDES ${ARG_INCLUDES} DEFINES ${ARG_DEFINES})
    foreach(library IN LISTS ARG_MODULE_LIBRARIES)
        if(TARGET ${library}_${flavour})
            set(library ${library}_${flavour})
        endif()
        target_link_libraries(${ARG_NAME} PRIVATE ${library})
    endforeach()
    if(TARGET dmf_framework_${flavour})
        target_link_libraries(${ARG_NAME} PRIVATE dmf_framework_${flavour})
    endif()
    target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LIBRARIES} dmf_runtime)
    # A name that nobody exports is an error now and not when the driver loads. Only clang's sanitizers need the exception.
    if(NOT (DMF_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang"))
        target_link_options(${ARG_NAME} PRIVATE -Wl,-z,defs)
    endif()
endfunction()
