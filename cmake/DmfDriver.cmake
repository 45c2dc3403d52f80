# SPDX-License-Identifier: MIT
#
# dmf_add_driver() and dmf_add_module_library(): how a driver, or a library of Modules, is built from C or C++ sources.
#
#   dmf_add_driver(NAME <name> FLAVOUR kernel|user
#                  [SOURCES <file>...]            C sources, and C++ sources by their extension
#                  [WINDOWS_SOURCES <path>...]    files or folders of an unmodified Windows source tree
#                  [CXX]                          the sources named .c are C++ as well, as Windows projects often say
#                  [MODULE_LIBRARIES <name>...]   libraries made by dmf_add_module_library()
#                  [WPP_CONFIG <file>...]         headers with a "begin_wpp config" block, where they are not found by themselves
#                  [INCLUDES <folder>...] [DEFINES <definition>...] [LIBRARIES <library>...])
#
# builds <name>.so, which `dmf run` loads. dmf_add_module_library() takes the same arguments except MODULE_LIBRARIES and
# builds one static library with hidden symbols per flavour, <name>_kernel and <name>_user, or the one that FLAVOUR names.
#
# SOURCES in C are built by the project's own compiler. WINDOWS_SOURCES, and everything that CXX makes C++, are built by clang
# with Microsoft's rules, whatever the project's compiler is; for WINDOWS_SOURCES names of files have no case and may be
# written with back slashes. That holds for the folders that are given and what is below them: a folder beside the tree that
# the sources reach ("..\inc\Public.h") is named in INCLUDES.
#
# Each source gets its .tmh file from dmf-wpp. Configuration headers are looked for beside the source and upwards to the
# folder that was given, then in INCLUDES.
#
# DMF_ROOT_DIR is the project's source folder, or the folder of an installed package with the same layout.

if(NOT DEFINED DMF_ROOT_DIR)
    get_filename_component(DMF_ROOT_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
endif()

# What the functions below read stands in the cache, because a project that uses this one as a subfolder calls them from a
# folder that never included this file.
set(DMF_DRIVER_ROOT_DIR "${DMF_ROOT_DIR}" CACHE INTERNAL "Where the published headers and the driver's binding are")
set(DMF_DRIVER_MODULE_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "Where dmf_add_driver() is")

include(CheckCCompilerFlag)
check_c_compiler_flag(-fno-gnu-unique DMF_HAVE_NO_GNU_UNIQUE)

# What every object of a driver is compiled with, beyond the published headers (dmf_published_<flavour>). Format strings have
# Windows' widths, which a compiler cannot check, and the C library's functions are ours, so no compiler may replace them.
set(DMF_DRIVER_COMPILE_OPTIONS
    -fPIC -fvisibility=hidden
    -Wno-format
    -fno-builtin-printf -fno-builtin-fprintf -fno-builtin-sprintf -fno-builtin-snprintf
    -fno-builtin-vprintf -fno-builtin-vfprintf -fno-builtin-vsprintf -fno-builtin-vsnprintf
    -fno-builtin-wcslen
    CACHE INTERNAL "Options of every object of a driver")

# What clang needs beyond that for sources written for Microsoft's compiler. -fms-compatibility takes back slashes in includes
# and jumps over initialisations; it also takes away what GNU's headers ask for, which the options after it give back.
# Warnings that only say "this is Microsoft's way" are off.
set(DMF_WINDOWS_COMPILE_OPTIONS
    -fshort-wchar -fms-extensions -fms-compatibility -fms-compatibility-version=19.29 -fgnuc-version=4.2.1
    -fno-delayed-template-parsing -fno-strict-aliasing
    -Wno-microsoft -Wno-nonportable-include-path -Wno-multichar -Wno-four-char-constants -Wno-unknown-pragmas
    -Wno-ignored-pragmas -Wno-pragma-pack -Wno-macro-redefined -Wno-writable-strings -Wno-null-conversion
    -Wno-null-arithmetic -Wno-unused-value -Wno-extern-c-compat -Wno-switch
    -Wno-duplicate-decl-specifier
    CACHE INTERNAL "Options of sources that are built by Microsoft's rules")
set(DMF_WINDOWS_C_OPTIONS -x c -std=gnu17 -D__STDC__=1 -Werror=implicit-function-declaration CACHE INTERNAL "And in C")
set(DMF_WINDOWS_CXX_OPTIONS -x c++ -std=gnu++17 CACHE INTERNAL "And in C++")

# Drivers see what Microsoft's project files define for them.
set(DMF_DRIVER_DEFINES UNICODE _UNICODE CACHE INTERNAL "Definitions of every object of a driver")

function(dmf_check_flavour flavour)
    if(NOT flavour MATCHES "^(kernel|user)$")
        message(FATAL_ERROR "FLAVOUR is kernel or user, not '${flavour}'.")
    endif()
endfunction()

# Stops with a message in the caller's words when arguments are missing, unknown, or name files that are not there.
function(dmf_check_arguments function)
    cmake_parse_arguments(PARSE_ARGV 1 CHECK "" "NAME" "UNKNOWN;PATHS")
    if(NOT CHECK_NAME)
        message(FATAL_ERROR "${function}() needs a NAME.")
    endif()
    if(CHECK_UNKNOWN)
        list(JOIN CHECK_UNKNOWN " " unknown)
        message(FATAL_ERROR "${CHECK_NAME}: ${function}() does not know what to do with: ${unknown}")
    endif()
    if(NOT CHECK_PATHS)
        message(FATAL_ERROR "${CHECK_NAME}: ${function}() needs SOURCES or WINDOWS_SOURCES.")
    endif()
    foreach(path IN LISTS CHECK_PATHS)
        get_filename_component(full "${path}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
        get_source_file_property(generated "${full}" GENERATED)
        if(NOT generated AND NOT path MATCHES "\\$<" AND NOT EXISTS "${full}")
            message(FATAL_ERROR "${CHECK_NAME}: there is no file or folder ${full}.")
        endif()
    endforeach()
endfunction()

# The command of one of our tools: the target of this build, or the installed program.
function(dmf_find_tool result tool)
    if(TARGET ${tool})
        set(${result} ${tool} PARENT_SCOPE)
        return()
    endif()
    string(MAKE_C_IDENTIFIER "DMF_TOOL_${tool}" variable)
    find_program(${variable} ${tool} HINTS "${DMF_DRIVER_ROOT_DIR}/bin" "${DMF_DRIVER_ROOT_DIR}/../../bin" REQUIRED)
    set(${result} "${${variable}}" PARENT_SCOPE)
endfunction()

# clang for the sources that need it: the project's own when it is clang.
function(dmf_find_clang)
    if(CMAKE_C_COMPILER_ID MATCHES "Clang")
        set(DMF_CLANG "${CMAKE_C_COMPILER}" CACHE FILEPATH "clang, for sources written for Windows")
    else()
        find_program(DMF_CLANG NAMES clang clang-19 clang-18 clang-17 clang-16 clang-15 clang-14 REQUIRED
                     DOC "clang, for sources written for Windows")
    endif()
    mark_as_advanced(DMF_CLANG)
endfunction()

# The headers among the given ones that hold a configuration block.
function(dmf_filter_wpp_configs result)
    set(found)
    foreach(header IN LISTS ARGN)
        file(STRINGS "${header}" lines REGEX "^[ \t/*]*begin_wpp[ \t]+config[ \t]*$" LIMIT_COUNT 1)
        if(lines)
            list(APPEND found "${header}")
        endif()
    endforeach()
    set(${result} ${found} PARENT_SCOPE)
endfunction()

# The configuration headers nearest to a source: in its folder, in a folder above it up to `top`, or in one of the folders
# that follow.
function(dmf_find_wpp_configs result source top)
    get_filename_component(folder "${source}" DIRECTORY)
    while(TRUE)
        get_property(known GLOBAL PROPERTY "DMF_WPP_CONFIGS_${folder}" SET)
        if(NOT known)
            file(GLOB headers LIST_DIRECTORIES FALSE "${folder}/*.[hH]")
            dmf_filter_wpp_configs(configs ${headers})
            set_property(GLOBAL PROPERTY "DMF_WPP_CONFIGS_${folder}" "${configs}")
        endif()
        get_property(configs GLOBAL PROPERTY "DMF_WPP_CONFIGS_${folder}")
        if(configs OR folder STREQUAL top)
            break()
        endif()
        get_filename_component(above "${folder}" DIRECTORY)
        string(FIND "${above}/" "${top}/" position)
        if(NOT position EQUAL 0)
            break()
        endif()
        set(folder "${above}")
    endwhile()
    foreach(folder IN LISTS ARGN)
        if(configs)
            break()
        endif()
        file(GLOB headers LIST_DIRECTORIES FALSE "${folder}/*.[hH]")
        dmf_filter_wpp_configs(configs ${headers})
    endforeach()
    set(${result} ${configs} PARENT_SCOPE)
endfunction()

# Adds the rule that writes a source's .tmh file into a folder.
function(dmf_add_tmh result source folder)
    cmake_parse_arguments(PARSE_ARGV 3 ARG "" "TOP" "WPP_CONFIG;INCLUDES")
    set(configs)
    foreach(config IN LISTS ARG_WPP_CONFIG)
        get_filename_component(config "${config}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
        list(APPEND configs "${config}")
    endforeach()
    if(NOT configs)
        dmf_find_wpp_configs(configs "${source}" "${ARG_TOP}" ${ARG_INCLUDES})
    endif()
    set(options)
    foreach(config IN LISTS configs)
        list(APPEND options "--config=${config}")
    endforeach()
    get_filename_component(name "${source}" NAME_WLE)
    set(output "${folder}/${name}.tmh")
    file(MAKE_DIRECTORY "${folder}")
    dmf_find_tool(wpp dmf-wpp)
    add_custom_command(OUTPUT "${output}"
                       COMMAND ${wpp} ${options} "--output=${output}" "${source}"
                       DEPENDS ${wpp} "${source}" ${configs}
                       COMMENT "Tracing macros ${name}.tmh" VERBATIM)
    set(${result} "${output}" PARENT_SCOPE)
endfunction()

# Reports the type long in the sources of a target, once per change.
function(dmf_add_long_lint target)
    dmf_find_tool(lint dmf-lint-long)
    set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${target}.dmf/lint-long.stamp")
    add_custom_command(OUTPUT "${stamp}"
                       COMMAND ${lint} --warn ${ARGN}
                       COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
                       DEPENDS ${lint} ${ARGN}
                       COMMENT "Looking for the type long in ${target}" VERBATIM)
    target_sources(${target} PRIVATE "${stamp}")
endfunction()

# Gives a target everything that driver code of a flavour needs.
function(dmf_setup_target target flavour)
    cmake_parse_arguments(PARSE_ARGV 2 ARG "" "" "INCLUDES;DEFINES")
    target_link_libraries(${target} PRIVATE dmf_published_${flavour})
    # An undeclared function would lose the upper half of the pointer that it returns; Windows' build refuses it as well.
    target_compile_options(${target} PRIVATE ${DMF_DRIVER_COMPILE_OPTIONS}
                           $<$<COMPILE_LANGUAGE:C>:-Werror=implicit-function-declaration>
                           $<$<BOOL:${DMF_HAVE_NO_GNU_UNIQUE}>:-fno-gnu-unique>)
    target_include_directories(${target} PRIVATE ${ARG_INCLUDES})
    target_compile_definitions(${target} PRIVATE ${DMF_DRIVER_DEFINES} ${ARG_DEFINES})
    set_target_properties(${target} PROPERTIES C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden LINKER_LANGUAGE C)
endfunction()

# Adds one object that clang builds by Microsoft's rules.
function(dmf_add_windows_object target flavour source language object overlay)
    cmake_parse_arguments(PARSE_ARGV 6 ARG "" "" "INCLUDES;DEPENDS")
    dmf_find_clang()
    string(TOUPPER "${language}" upper)
    set(language_options ${DMF_WINDOWS_${upper}_OPTIONS})
    if(language STREQUAL "CXX")
        if(flavour STREQUAL "kernel")
            list(APPEND language_options -fno-exceptions -fno-rtti)
        else()
            list(APPEND language_options -fexceptions -fcxx-exceptions)
        endif()
    endif()
    set(instrumentation)
    # The sanitizers of two compilers do not mix: objects of clang in a driver of gcc stay without.
    if(DMF_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang")
        set(instrumentation -fsanitize=${DMF_SANITIZE} -fno-omit-frame-pointer)
        if(DMF_SANITIZE MATCHES "undefined")
            list(APPEND instrumentation -fno-sanitize-recover=undefined -fno-sanitize=vptr,function)
        endif()
    endif()
    set(overlay_options)
    if(overlay)
        set(overlay_options -ivfsoverlay "${overlay}")
    endif()
    set(includes "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    get_filename_component(folder "${object}" DIRECTORY)
    file(MAKE_DIRECTORY "${folder}")
    file(RELATIVE_PATH shown "${CMAKE_BINARY_DIR}" "${object}")
    add_custom_command(
        OUTPUT "${object}"
        COMMAND "${DMF_CLANG}" ${language_options} ${DMF_DRIVER_COMPILE_OPTIONS} ${DMF_WINDOWS_COMPILE_OPTIONS}
                "$<$<CONFIG:Debug>:-g>" "$<$<CONFIG:RelWithDebInfo>:-g;-O2>"
                "$<$<CONFIG:Release>:-O2>" "$<$<CONFIG:MinSizeRel>:-Os>" ${instrumentation}
                "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>"
                ${ARG_INCLUDES} "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>" ${overlay_options}
                -MD -MQ "${object}" -MF "${object}.d" -c "${source}" -o "${object}"
        DEPENDS "${source}" ${overlay} ${ARG_DEPENDS}
        DEPFILE "${object}.d"
        COMMAND_EXPAND_LISTS VERBATIM
        COMMENT "Building ${language} object ${shown} by Microsoft's rules")
    set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
    target_sources(${target} PRIVATE "${object}")
endfunction()

# All sources of a target: their .tmh files, their objects where clang builds them, and the lint.
function(dmf_add_sources target flavour)
    cmake_parse_arguments(PARSE_ARGV 2 ARG "CXX" "" "SOURCES;WINDOWS_SOURCES;WPP_CONFIG;INCLUDES")
    set(private_dir "${CMAKE_CURRENT_BINARY_DIR}/${target}.dmf")
    set(linted)
    set(any_cxx FALSE)
    list(TRANSFORM ARG_INCLUDES REPLACE "^([^/$].*)$" "${CMAKE_CURRENT_SOURCE_DIR}/\\1")

    # SOURCES: C by the project's compiler, all .tmh files in one folder.
    set(names)
    foreach(source IN LISTS ARG_SOURCES)
        get_filename_component(source "${source}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
        get_filename_component(extension "${source}" LAST_EXT)
        if(NOT extension MATCHES "^\\.(c|C|cpp|CPP|cxx|cc)$")
            target_sources(${target} PRIVATE "${source}")
            continue()
        endif()
        get_filename_component(name "${source}" NAME_WLE)
        if(name IN_LIST names)
            message(FATAL_ERROR "${target}: two SOURCES are named ${name}; each needs a ${name}.tmh of its own.")
        endif()
        list(APPEND names "${name}")
        list(APPEND linted "${source}")
        get_filename_component(folder "${source}" DIRECTORY)
        dmf_add_tmh(tmh "${source}" "${private_dir}/tmh" TOP "${folder}" WPP_CONFIG ${ARG_WPP_CONFIG}
                    INCLUDES ${ARG_INCLUDES})
        target_sources(${target} PRIVATE "${tmh}")
        if(extension STREQUAL ".c" AND NOT ARG_CXX)
            target_sources(${target} PRIVATE "${source}")
        else()
            set(any_cxx TRUE)
            dmf_add_windows_object(${target} ${flavour} "${source}" CXX "${private_dir}/objects/${name}.o" ""
                                   DEPENDS "${tmh}")
        endif()
    endforeach()
    target_include_directories(${target} PRIVATE "${private_dir}/tmh")

    # WINDOWS_SOURCES: each folder is searched for sources; a file stands for itself, with its folder as the tree.
    set(roots)
    set(pairs)
    foreach(path IN LISTS ARG_WINDOWS_SOURCES)
        get_filename_component(path "${path}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
        if(IS_DIRECTORY "${path}")
            file(GLOB_RECURSE found LIST_DIRECTORIES FALSE "${path}/*")
            list(FILTER found INCLUDE REGEX "\\.([cC]|[cC][pP][pP]|[cC][xX][xX]|[cC][cC])$")
            list(APPEND roots "${path}")
            set(top "${path}")
        else()
            set(found "${path}")
            get_filename_component(top "${path}" DIRECTORY)
            list(APPEND roots "${top}")
        endif()
        foreach(source IN LISTS found)
            list(APPEND pairs "${source}" "${top}")
        endforeach()
    endforeach()
    if(pairs)
        # Every folder whose files a source may name: the trees, the folders of INCLUDES, the published headers and the .tmh
        # files. The overlay is looked at anew in every build, and its file changes only when a name does.
        set(overlay "${private_dir}/overlay.yaml")
        set(tmh_root "${private_dir}/tmh-tree")
        file(MAKE_DIRECTORY "${private_dir}" "${tmh_root}")
        get_target_property(published dmf_published_${flavour} INTERFACE_INCLUDE_DIRECTORIES)
        set(folders ${roots} ${ARG_INCLUDES} ${published})
        list(REMOVE_DUPLICATES folders)
        set(existing)
        foreach(folder IN LISTS folders)
            if(IS_DIRECTORY "${folder}")
                list(APPEND existing "${folder}")
            endif()
        endforeach()
        dmf_find_tool(overlay_tool dmf-overlay)
        set(tmh_files)
        while(pairs)
            list(POP_FRONT pairs source top)
            file(RELATIVE_PATH relative "${top}" "${source}")
            get_filename_component(folder "${relative}" DIRECTORY)
            get_filename_component(name "${relative}" NAME_WLE)
            get_filename_component(extension "${relative}" LAST_EXT)
            set(tmh_folder "${tmh_root}/${folder}")
            list(APPEND linted "${source}")
            dmf_add_tmh(tmh "${source}" "${tmh_folder}" TOP "${top}" WPP_CONFIG ${ARG_WPP_CONFIG} INCLUDES ${ARG_INCLUDES})
            list(APPEND tmh_files "${tmh}")
            if(extension MATCHES "^\\.[cC]$" AND NOT ARG_CXX)
                set(language C)
            else()
                set(language CXX)
                set(any_cxx TRUE)
            endif()
            # The source's own folder comes first, then its .tmh file, then the tree.
            get_filename_component(own "${source}" DIRECTORY)
            dmf_add_windows_object(${target} ${flavour} "${source}" ${language}
                                   "${private_dir}/objects/${relative}.o" "${overlay}"
                                   INCLUDES "-I${own}" "-I${tmh_folder}" "-I${top}" DEPENDS "${tmh}")
        endwhile()
        add_custom_target(${target}_overlay_scan
                          COMMAND ${overlay_tool} "--output=${overlay}" ${existing} "${tmh_root}"
                          DEPENDS ${overlay_tool} ${tmh_files}
                          BYPRODUCTS "${overlay}"
                          COMMENT "File names of ${target}" VERBATIM)
        add_dependencies(${target} ${target}_overlay_scan)
    endif()
    if(any_cxx)
        target_link_libraries(${target} PUBLIC stdc++)
    endif()
    if(linted)
        dmf_add_long_lint(${target} ${linted})
    endif()
endfunction()

function(dmf_add_module_library)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "CXX" "NAME;FLAVOUR"
                          "SOURCES;WINDOWS_SOURCES;WPP_CONFIG;INCLUDES;DEFINES;LIBRARIES")
    dmf_check_arguments(dmf_add_module_library NAME "${ARG_NAME}" UNKNOWN ${ARG_UNPARSED_ARGUMENTS}
                        PATHS ${ARG_SOURCES} ${ARG_WINDOWS_SOURCES})
    set(flavours kernel user)
    if(ARG_FLAVOUR)
        dmf_check_flavour("${ARG_FLAVOUR}")
        set(flavours ${ARG_FLAVOUR})
    endif()
    set(cxx)
    if(ARG_CXX)
        set(cxx CXX)
    endif()
    foreach(flavour IN LISTS flavours)
        set(target ${ARG_NAME}_${flavour})
        add_library(${target} STATIC)
        dmf_setup_target(${target} ${flavour} INCLUDES ${ARG_INCLUDES} DEFINES ${ARG_DEFINES})
        dmf_add_sources(${target} ${flavour} ${cxx} SOURCES ${ARG_SOURCES} WINDOWS_SOURCES ${ARG_WINDOWS_SOURCES}
                        WPP_CONFIG ${ARG_WPP_CONFIG} INCLUDES ${ARG_INCLUDES})
        target_include_directories(${target} INTERFACE ${ARG_INCLUDES})
        # Modules are built on DMF, whose headers they find without asking. The driver links it.
        if(TARGET dmf_framework_${flavour} AND NOT target STREQUAL "dmf_framework_${flavour}")
            target_include_directories(${target}
                PRIVATE $<TARGET_PROPERTY:dmf_framework_${flavour},INTERFACE_INCLUDE_DIRECTORIES>)
        endif()
        target_link_libraries(${target} PUBLIC ${ARG_LIBRARIES})
    endforeach()
endfunction()

function(dmf_add_driver)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "CXX" "NAME;FLAVOUR"
                          "SOURCES;WINDOWS_SOURCES;MODULE_LIBRARIES;WPP_CONFIG;INCLUDES;DEFINES;LIBRARIES")
    dmf_check_arguments(dmf_add_driver NAME "${ARG_NAME}" UNKNOWN ${ARG_UNPARSED_ARGUMENTS}
                        PATHS ${ARG_SOURCES} ${ARG_WINDOWS_SOURCES})
    dmf_check_flavour("${ARG_FLAVOUR}")
    set(target ${ARG_NAME})
    set(flavour ${ARG_FLAVOUR})
    set(cxx)
    if(ARG_CXX)
        set(cxx CXX)
    endif()
    add_library(${target} MODULE "${DMF_DRIVER_ROOT_DIR}/wdf/stub/driver_binding.c")
    set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so")
    dmf_setup_target(${target} ${flavour} INCLUDES ${ARG_INCLUDES} DEFINES ${ARG_DEFINES})
    dmf_add_sources(${target} ${flavour} ${cxx} SOURCES ${ARG_SOURCES} WINDOWS_SOURCES ${ARG_WINDOWS_SOURCES}
                    WPP_CONFIG ${ARG_WPP_CONFIG} INCLUDES ${ARG_INCLUDES})
    set(archives)
    foreach(library IN LISTS ARG_MODULE_LIBRARIES)
        if(TARGET ${library}_${flavour})
            set(library ${library}_${flavour})
        endif()
        target_link_libraries(${target} PRIVATE ${library})
        list(APPEND archives "$<TARGET_FILE:${library}>")
    endforeach()
    if(TARGET dmf_framework_${flavour})
        target_link_libraries(${target} PRIVATE dmf_framework_${flavour})
    endif()
    target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES} dmf_runtime)
    # A name that nobody exports is an error now and not when the driver loads. Only clang's sanitizers need the exception.
    if(NOT (DMF_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang"))
        target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
    add_custom_command(TARGET ${target} POST_BUILD
                       COMMAND sh "${DMF_DRIVER_MODULE_DIR}/dmf-check-imports.sh" "${CMAKE_NM}" "$<TARGET_FILE:${target}>"
                               "$<TARGET_OBJECTS:${target}>" ${archives}
                       COMMAND_EXPAND_LISTS VERBATIM)
endfunction()

# dmf_link_driver(TARGET <executable> FLAVOUR kernel|user [MODULE_LIBRARIES <name>...] [INCLUDES <folder>...]): makes one driver
# of a program's sources, DriverEntry among them, and links it with the test kit, so that testkit_load_linked() can load it. For unit tests.
# SIMULATION takes the runtime that runs in the simulation.
function(dmf_link_driver)
    cmake_parse_arguments(PARSE_ARGV 0 ARG "SIMULATION" "TARGET;FLAVOUR" "MODULE_LIBRARIES;INCLUDES")
    if(NOT TARGET "${ARG_TARGET}" OR ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "dmf_link_driver() needs a TARGET that exists, and takes no: ${ARG_UNPARSED_ARGUMENTS}")
    endif()
    dmf_check_flavour("${ARG_FLAVOUR}")
    set(suffix "")
    if(ARG_SIMULATION)
        set(suffix _simulation)
    endif()
    target_sources(${ARG_TARGET} PRIVATE "${DMF_DRIVER_ROOT_DIR}/wdf/stub/driver_binding.c")
    dmf_setup_target(${ARG_TARGET} ${ARG_FLAVOUR} INCLUDES "${DMF_DRIVER_ROOT_DIR}" ${ARG_INCLUDES})
    foreach(library IN LISTS ARG_MODULE_LIBRARIES)
        if(TARGET ${library}_${ARG_FLAVOUR})
            set(library ${library}_${ARG_FLAVOUR})
        endif()
        target_link_libraries(${ARG_TARGET} PRIVATE ${library})
    endforeach()
    # Only linked: the engine's own headers and definitions are not for a driver.
    target_link_libraries(${ARG_TARGET} PRIVATE $<LINK_ONLY:dmf_testkit${suffix}>)
endfunction()
