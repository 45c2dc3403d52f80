# SPDX-License-Identifier: MIT
#
# Programs that are a driver and its test in one, for both flavours and both platforms. Their sources are compiled once per
# flavour: a driver does not know which platform it runs on.

# case_labels(RESULT BACKEND [ONLY]): the labels of a case's test. With the address sanitizer, which makes each process dear, the
# everyday tier runs a case in the simulation only, if it runs there at all (ONLY says that it does not), and all cases of a
# program by one test (each_case); on real threads it runs under the thread sanitizer and in the optimised tree.
function(case_labels result backend)
    set(labels concurrency)
    if(DMF_SANITIZE MATCHES "address" AND NOT "ONLY" IN_LIST ARGN)
        list(APPEND labels full)
    endif()
    set(${result} ${labels} PARENT_SCOPE)
endfunction()

# each_case(NAME BACKEND COMMAND...): the test of all cases of a program in the simulation, where cases are not tests of every day.
function(each_case name backend)
    if(backend STREQUAL "simulation" AND DMF_SANITIZE MATCHES "address")
        add_test(NAME ${name} COMMAND ${ARGN})
        set_tests_properties(${name} PROPERTIES LABELS each TIMEOUT 400)
    endif()
endfunction()

# driver_objects(TARGET FLAVOUR SOURCES file... [INCLUDES folder...] [LIBRARIES name...]): what programs of a flavour share.
# Libraries are those of dmf_add_module_library().
function(driver_objects target flavour)
    cmake_parse_arguments(PARSE_ARGV 2 OBJECTS "" "" "SOURCES;INCLUDES;LIBRARIES")
    add_library(${target} OBJECT ${OBJECTS_SOURCES})
    # First, so that what the published headers ask for has the last word with clang as well.
    target_link_libraries(${target} PRIVATE dmf_warnings)
    dmf_setup_target(${target} ${flavour} INCLUDES "${DMF_ROOT_DIR}" ${OBJECTS_INCLUDES})
    # What is tested is optimised in the trees that optimise; the tests need not be, and compile in half the time.
    target_compile_options(${target} PRIVATE -O0)
    foreach(library IN LISTS OBJECTS_LIBRARIES)
        target_include_directories(${target}
            PRIVATE $<TARGET_PROPERTY:${library}_${flavour},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
endfunction()

# driver_test(GROUP wdf|dmf NAME name [FLAVOURS kernel user] [SEEDS n] [UNVERIFIED] [SOURCES file...] [OBJECTS library...]
#             [LIBRARIES name...] [INCLUDES folder...] [POSIX]): tests GROUP.NAME.CASE and GROUP.NAME-user.CASE of the cases in
# NAME_test.c, and both with _simulation, where each case runs with seeds 1 to n (20) and with the libraries' twins, whose names
# end in _scheduled. UNVERIFIED: all of them once more with -unverified, where nobody verifies the driver, so that its requests
# take the short ways that only such drivers have. POSIX: no program in the simulation.
function(driver_test)
    cmake_parse_arguments(PARSE_ARGV 0 TEST "UNVERIFIED;POSIX" "GROUP;NAME;SEEDS" "FLAVOURS;SOURCES;OBJECTS;LIBRARIES;INCLUDES")
    if(TEST_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "driver_test() does not know what to do with: ${TEST_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT TEST_SEEDS)
        set(TEST_SEEDS 20)
    endif()
    if(NOT TEST_FLAVOURS)
        set(TEST_FLAVOURS kernel user)
    endif()
    set(backends posix simulation)
    if(TEST_POSIX OR DMF_SANITIZE MATCHES "thread")
        set(backends posix) # The thread sanitizer knows nothing of coroutines.
    endif()
    # A line may have several: the layout tool puts short ones side by side.
    file(READ ${TEST_NAME}_test.c text)
    string(REGEX MATCHALL "[ \n](CASE|STOPS|DEBUG_STOPS)\\([ \n]*[a-z0-9_]+" cases "${text}")
    if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
        list(FILTER cases EXCLUDE REGEX "DEBUG_STOPS")
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${TEST_NAME}_test.c)
    foreach(flavour IN LISTS TEST_FLAVOURS)
        set(objects ${TEST_GROUP}_${TEST_NAME}_${flavour}_objects)
        driver_objects(${objects} ${flavour} SOURCES ${TEST_NAME}_test.c ${TEST_SOURCES}
                       INCLUDES ${TEST_INCLUDES} LIBRARIES ${TEST_LIBRARIES})
        foreach(backend IN LISTS backends)
            set(program ${TEST_NAME})
            if(flavour STREQUAL "user")
                set(program ${program}-user)
            endif()
            set(seeds 1 1)
            set(simulation "")
            set(libraries ${TEST_LIBRARIES})
            if(backend STREQUAL "simulation")
                set(program ${program}_simulation)
                set(seeds 1 ${TEST_SEEDS})
                set(simulation SIMULATION)
                list(TRANSFORM libraries APPEND _scheduled)
            endif()
            set(target ${TEST_GROUP}_${program}_test)
            add_executable(${target} $<TARGET_OBJECTS:${objects}> $<TARGET_OBJECTS:${TEST_GROUP}_case_${flavour}>
                           $<TARGET_OBJECTS:nt_case>)
            dmf_link_driver(TARGET ${target} FLAVOUR ${flavour} ${simulation} MODULE_LIBRARIES ${libraries})
            target_link_libraries(${target} PRIVATE dmf_warnings)
            foreach(library IN LISTS TEST_OBJECTS)
                target_sources(${target} PRIVATE $<TARGET_OBJECTS:${library}>)
            endforeach()
            set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
            each_case(${TEST_GROUP}.${program} ${backend} ${target} each ${seeds})
            foreach(case IN LISTS cases)
                string(REGEX REPLACE ".*\\([ \n]*" "" case "${case}")
                add_test(NAME ${TEST_GROUP}.${program}.${case} COMMAND ${target} ${case} ${seeds})
                case_labels(labels ${backend})
                set_tests_properties(${TEST_GROUP}.${program}.${case} PROPERTIES LABELS "${labels}" TIMEOUT 120)
                if(TEST_UNVERIFIED)
                    set(test ${TEST_GROUP}.${program}-unverified.${case})
                    add_test(NAME ${test} COMMAND ${target} ${case} ${seeds})
                    set_tests_properties(${test} PROPERTIES LABELS "${labels}" TIMEOUT 120 ENVIRONMENT CASE_UNVERIFIED=1)
                endif()
            endforeach()
        endforeach()
    endforeach()
endfunction()
