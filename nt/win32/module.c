/* SPDX-License-Identifier: MIT */
/*
 * Loaded libraries. A module handle is the loader's. The system's libraries (kernel32, ntdll, ...) are all the runtime itself,
 * of which only the published functions that it implements are found by name.
 */
#include "nt/win32/text.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

/* Where the definitions lie that only say that a function does not exist yet. Made by the linker; NULL when there are none. */
extern const char __start_dmf_unimplemented[] __attribute__((weak, visibility("hidden")));
extern const char __stop_dmf_unimplemented[] __attribute__((weak, visibility("hidden")));

/* Windows' libraries whose functions are the runtime's. */
static const char *const system_libraries[] = {
    "advapi32", "bcrypt", "cfgmgr32", "combase", "kernel32", "kernelbase", "ntdll",        "ole32",
    "powrprof", "rpcrt4", "setupapi", "user32",  "winmm",    "hal",        "ntoskrnl.exe",
};

static const char *last_part(const char *path)
{
    const char *name = path;

    for (; *path != '\0'; path++)
    {
        if (*path == '\\' || *path == '/')
        {
            name = path + 1;
        }
    }
    return name;
}

static bool is_system_library(const char *path)
{
    const char *name = last_part(path);
    size_t length = strlen(name);

    if (length > 4 && strcasecmp(name + length - 4, ".dll") == 0)
    {
        length -= 4;
    }
    if (strncasecmp(name, "api-ms-win-", 11) == 0 || strncasecmp(name, "ext-ms-win-", 11) == 0)
    {
        return true;
    }
    for (size_t index = 0; index < ARRAYSIZE(system_libraries); index++)
    {
        if (strlen(system_libraries[index]) == length && strncasecmp(system_libraries[index], name, length) == 0)
        {
            return true;
        }
    }
    return false;
}

static void *open_by_address(const void *address, int flags)
{
    struct link_map *map = NULL;
    Dl_info info;

    if (dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) == 0 || map == NULL)
    {
        return NULL;
    }
    /* The loader has no name for the program itself. */
    return dlopen(map->l_name[0] == '\0' ? NULL : map->l_name, RTLD_LAZY | flags);
}

static void *open_runtime(int flags)
{
    return open_by_address((const void *)(uintptr_t)GetModuleHandleW, flags);
}

static bool is_runtime(void *module)
{
    void *runtime = open_runtime(RTLD_NOLOAD);

    if (runtime != NULL)
    {
        (void)dlclose(runtime);
    }
    return module == runtime;
}

/* The path of a Windows name: slashes, and without the drive that is the root. */
static char *unix_path(char *path)
{
    for (char *at = path; *at != '\0'; at++)
    {
        *at = *at == '\\' ? '/' : *at;
    }
    return (path[0] == 'Z' || path[0] == 'z') && path[1] == ':' ? path + 2 : path;
}

/* The loader's handle, referenced; NULL when the library is not there. */
static void *open_library(char *name, int flags)
{
    if (name == NULL)
    {
        return dlopen(NULL, RTLD_LAZY);
    }
    return is_system_library(name) ? open_runtime(RTLD_NOLOAD) : dlopen(unix_path(name), RTLD_LAZY | flags);
}

static HMODULE find_module(const WCHAR *name, bool referenced)
{
    struct narrow_text narrow;
    void *module;

    if (!narrow_open(&narrow, name))
    {
        return NULL;
    }
    module = open_library(narrow.text, RTLD_NOLOAD);
    narrow_close(&narrow);
    if (module == NULL)
    {
        win32_set_error(ERROR_MOD_NOT_FOUND);
    }
    else if (!referenced)
    {
        (void)dlclose(module);
    }
    return (HMODULE)module;
}

HMODULE WINAPI GetModuleHandleW(LPCWSTR lpModuleName)
{
    return find_module(lpModuleName, false);
}

HMODULE WINAPI GetModuleHandleA(LPCSTR lpModuleName)
{
    struct wide_text wide;
    HMODULE module;

    if (!wide_open(&wide, lpModuleName))
    {
        return NULL;
    }
    module = GetModuleHandleW(wide.text);
    wide_close(&wide);
    return module;
}

static HMODULE module_of_address(const void *address, bool referenced)
{
    void *module = open_by_address(address, RTLD_NOLOAD);

    if (module == NULL)
    {
        win32_set_error(ERROR_MOD_NOT_FOUND);
    }
    else if (!referenced)
    {
        (void)dlclose(module);
    }
    return (HMODULE)module;
}

BOOL WINAPI GetModuleHandleExW(DWORD dwFlags, LPCWSTR lpModuleName, HMODULE *phModule)
{
    const DWORD both = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    bool referenced = (dwFlags & GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT) == 0;

    if (phModule == NULL || (dwFlags & ~(both | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS)) != 0 || (dwFlags & both) == both)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    /* A pinned module keeps the reference that is never given back. */
    *phModule = (dwFlags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) != 0 ? module_of_address(lpModuleName, referenced) :
                                                                          find_module(lpModuleName, referenced);
    return *phModule != NULL;
}

BOOL WINAPI GetModuleHandleExA(DWORD dwFlags, LPCSTR lpModuleName, HMODULE *phModule)
{
    struct wide_text wide;
    BOOL found;

    if ((dwFlags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) != 0)
    {
        return GetModuleHandleExW(dwFlags, (LPCWSTR)(const void *)lpModuleName, phModule);
    }
    if (!wide_open(&wide, lpModuleName))
    {
        return FALSE;
    }
    found = GetModuleHandleExW(dwFlags, wide.text, phModule);
    wide_close(&wide);
    return found;
}

HMODULE WINAPI LoadLibraryExW(LPCWSTR lpLibFileName, HANDLE hFile, DWORD dwFlags)
{
    const DWORD as_data = LOAD_LIBRARY_AS_DATAFILE | LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE | LOAD_LIBRARY_AS_IMAGE_RESOURCE;
    struct narrow_text narrow;
    void *module;

    if (lpLibFileName == NULL || lpLibFileName[0] == 0 || hFile != NULL)
    {
        win32_set_error(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if ((dwFlags & as_data) != 0)
    {
        win32_set_error(ERROR_NOT_SUPPORTED);
        return NULL;
    }
    if (!narrow_open(&narrow, lpLibFileName))
    {
        return NULL;
    }
    platform_point(PLATFORM_POINT_CALL);
    module = open_library(narrow.text, 0);
    narrow_close(&narrow);
    if (module == NULL)
    {
        win32_set_error(ERROR_MOD_NOT_FOUND);
    }
    return (HMODULE)module;
}

HMODULE WINAPI LoadLibraryExA(LPCSTR lpLibFileName, HANDLE hFile, DWORD dwFlags)
{
    struct wide_text wide;
    HMODULE module;

    if (!wide_open(&wide, lpLibFileName))
    {
        return NULL;
    }
    module = LoadLibraryExW(wide.text, hFile, dwFlags);
    wide_close(&wide);
    return module;
}

HMODULE WINAPI LoadLibraryW(LPCWSTR lpLibFileName)
{
    return LoadLibraryExW(lpLibFileName, NULL, 0);
}

HMODULE WINAPI LoadLibraryA(LPCSTR lpLibFileName)
{
    return LoadLibraryExA(lpLibFileName, NULL, 0);
}

/* The path of a loaded module; NULL when the handle is none. The loader keeps it. */
static const char *path_of(HMODULE module)
{
    for (const struct link_map *map = dlopen(NULL, RTLD_LAZY); map != NULL; map = map->l_next)
    {
        if ((const void *)map == (const void *)module)
        {
            return map->l_name;
        }
    }
    return NULL;
}

BOOL WINAPI FreeLibrary(HMODULE hLibModule)
{
    /* The runtime cannot be unloaded: its references are the process'. */
    if (is_runtime(hLibModule))
    {
        return TRUE;
    }
    if (path_of(hLibModule) == NULL)
    {
        return win32_fail(ERROR_MOD_NOT_FOUND);
    }
    platform_point(PLATFORM_POINT_CALL);
    return dlclose(hLibModule) == 0 ? TRUE : win32_fail(ERROR_INVALID_HANDLE);
}

BOOL WINAPI DisableThreadLibraryCalls(HMODULE hLibModule)
{
    /* No library is told of threads here, so there is nothing to end. */
    return path_of(hLibModule) != NULL ? TRUE : win32_fail(ERROR_INVALID_HANDLE);
}

/* Whether the runtime has the function itself: not by a library below it, and not only by name. */
static bool is_implemented(const void *function)
{
    const char *address = function;
    Dl_info info;
    Dl_info own;

    if (dladdr(function, &info) == 0 || dladdr((const void *)(uintptr_t)GetModuleHandleW, &own) == 0 ||
        info.dli_fbase != own.dli_fbase)
    {
        return false;
    }
    return address < __start_dmf_unimplemented || address >= __stop_dmf_unimplemented;
}

FARPROC WINAPI GetProcAddress(HMODULE hModule, LPCSTR lpProcName)
{
    void *module = hModule != NULL ? (void *)hModule : dlopen(NULL, RTLD_LAZY);
    void *function;

    /* A small number asks for a function by ordinal, which no library here has. */
    if ((uintptr_t)lpProcName <= 0xFFFF)
    {
        win32_set_error(lpProcName == NULL ? ERROR_PROC_NOT_FOUND : ERROR_INVALID_ORDINAL);
        return NULL;
    }
    if (path_of((HMODULE)module) == NULL)
    {
        win32_set_error(ERROR_MOD_NOT_FOUND);
        return NULL;
    }
    function = dlsym(module, lpProcName);
    if (function == NULL || (is_runtime((HMODULE)module) && !is_implemented(function)))
    {
        win32_set_error(ERROR_PROC_NOT_FOUND);
        return NULL;
    }
    return (FARPROC)(uintptr_t)function;
}

/* The module's path as a Windows path: the root is drive Z. */
static bool file_name_of(HMODULE module, char *path, size_t size)
{
    const char *name = module == NULL ? "" : path_of(module);
    ssize_t length;

    if (name == NULL)
    {
        win32_set_error(ERROR_MOD_NOT_FOUND);
        return false;
    }
    memcpy(path, "Z:", 2);
    /* The loader has no name for the program itself. */
    length = name[0] != '\0' ? (ssize_t)strnlen(name, size - 3) : readlink("/proc/self/exe", path + 2, size - 3);
    if (length < 0)
    {
        win32_set_error(ERROR_FILE_NOT_FOUND);
        return false;
    }
    if (name[0] != '\0')
    {
        memcpy(path + 2, name, (size_t)length);
    }
    path[length + 2] = '\0';
    for (char *at = path; *at != '\0'; at++)
    {
        *at = *at == '/' ? '\\' : *at;
    }
    return true;
}

DWORD WINAPI GetModuleFileNameW(HMODULE hModule, LPWSTR lpFilename, DWORD nSize)
{
    char path[4096 + 8];
    struct wide_text wide;
    size_t length;

    if (!file_name_of(hModule, path, sizeof(path)) || !wide_open(&wide, path))
    {
        return 0;
    }
    length = wide_length(wide.text);
    if (nSize != 0)
    {
        DWORD copied = length < nSize ? (DWORD)length : nSize - 1;

        memcpy(lpFilename, wide.text, copied * sizeof(WCHAR));
        lpFilename[copied] = 0;
    }
    wide_close(&wide);
    win32_set_error(length < nSize ? ERROR_SUCCESS : ERROR_INSUFFICIENT_BUFFER);
    return length < nSize ? (DWORD)length : nSize;
}

DWORD WINAPI GetModuleFileNameA(HMODULE hModule, LPSTR lpFilename, DWORD nSize)
{
    char path[4096 + 8];
    size_t length;

    if (!file_name_of(hModule, path, sizeof(path)))
    {
        return 0;
    }
    length = strlen(path);
    if (nSize != 0)
    {
        DWORD copied = length < nSize ? (DWORD)length : nSize - 1;

        memcpy(lpFilename, path, copied);
        lpFilename[copied] = '\0';
    }
    win32_set_error(length < nSize ? ERROR_SUCCESS : ERROR_INSUFFICIENT_BUFFER);
    return length < nSize ? (DWORD)length : nSize;
}
