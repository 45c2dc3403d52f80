/* SPDX-License-Identifier: MIT */
/*
 * Loads a driver that was built from the Windows tree, checks what it exports and runs the self test inside it.
 */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    void *driver = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    int (*self_test)(void);
    int line;

    if (driver == NULL)
    {
        fprintf(stderr, "self test: %s\n", argc == 2 ? dlerror() : "name the driver");
        return 1;
    }
    if (dlsym(driver, "dmf_driver_binding") == NULL || dlsym(driver, "DriverEntry") != NULL)
    {
        fprintf(stderr, "self test: the driver exports the wrong names\n");
        return 1;
    }
    *(void **)&self_test = dlsym(driver, "SwitchSelfTest");
    line = self_test != NULL ? self_test() : -1;
    if (line != 0)
    {
        fprintf(stderr, "self test: line %d\n", line);
        return 1;
    }
    return 0;
}
