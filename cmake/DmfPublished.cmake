# SPDX-License-Identifier: MIT
#
# What a source needs to see the published headers: dmf_published_kernel and dmf_published_user.

foreach(flavour kernel user)
    add_library(dmf_published_${flavour} INTERFACE)
    target_compile_options(dmf_published_${flavour} INTERFACE
        -fshort-wchar -fms-extensions -fno-strict-aliasing
        -Wno-multichar -Wno-unknown-pragmas -Wno-unused-parameter
        $<$<COMPILE_LANG_AND_ID:C,Clang>:-Wno-microsoft-anon-tag -Wno-duplicate-decl-specifier>
        $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-microsoft-anon-tag>)
endforeach()

target_compile_definitions(dmf_published_kernel INTERFACE
    DMF_KERNEL_MODE _KERNEL_MODE KMDF_VERSION_MAJOR=1 KMDF_VERSION_MINOR=33 $<$<CONFIG:Debug>:DBG=1>)
target_compile_definitions(dmf_published_user INTERFACE
    DMF_USER_MODE UMDF_VERSION_MAJOR=2 UMDF_VERSION_MINOR=33 $<$<CONFIG:Debug>:DBG=1>)

target_include_directories(dmf_published_kernel INTERFACE
    "${DMF_ROOT_DIR}/nt/include/km" "${DMF_ROOT_DIR}/nt/include/shared" "${DMF_ROOT_DIR}/nt/include/crt"
    "${DMF_ROOT_DIR}/wdf/include" "${DMF_ROOT_DIR}/wdf/include/kmdf")
target_include_directories(dmf_published_user INTERFACE
    "${DMF_ROOT_DIR}/nt/include/um" "${DMF_ROOT_DIR}/nt/include/shared" "${DMF_ROOT_DIR}/nt/include/crt"
    "${DMF_ROOT_DIR}/wdf/include" "${DMF_ROOT_DIR}/wdf/include/umdf")
