/* SPDX-License-Identifier: MIT */
/*
 * dmf run: loads drivers, starts a device for each, serves their nodes until a signal, and takes everything down in order.
 */
#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/command.h"
#include "host/core/loader.h"
#include "host/node.h"
#include "nt/debug/recorder.h"
#include "nt/pnp/devnode.h"

struct running_device
{
    struct loaded_driver *driver;
    struct devnode *devnode;
};

struct run
{
    const char *mount;
    const char *device;
    char made_folder[4096];
    struct node_server *server;
    struct running_device *devices;
    int count;
};

static int usage(void)
{
    fprintf(stderr, "usage: dmf run [--mount DIR] [--device NAME] [--recorder DIR] DRIVER.so...\n");
    return COMMAND_USAGE;
}

static int parse(struct run *run, int count, char **words)
{
    static const struct option options[] = {
        {"mount", required_argument, NULL, 'm'},
        {"device", required_argument, NULL, 'd'},
        {"recorder", required_argument, NULL, 'r'},
        {0},
    };
    int option;

    optind = 1;
    while ((option = getopt_long(count, words, "m:d:r:", options, NULL)) != -1)
    {
        switch (option)
        {
            case 'm':
                run->mount = optarg;
                break;
            case 'd':
                run->device = optarg;
                break;
            case 'r':
                if (!NT_SUCCESS(recorder_set_folder(optarg)))
                {
                    fprintf(stderr, "dmf run: the name of the recorder's folder is too long\n");
                    return COMMAND_USAGE;
                }
                break;
            default:
                return usage();
        }
    }
    if (optind >= count)
    {
        fprintf(stderr, "dmf run: which driver?\n");
        return usage();
    }
    if (run->device != NULL && count - optind > 1)
    {
        fprintf(stderr, "dmf run: --device names the device of one driver, and there are %d\n", count - optind);
        return COMMAND_USAGE;
    }
    return 0;
}

/* Makes a folder that only this user can enter, when the user names none. */
static int choose_folder(struct run *run)
{
    const char *base = getenv("XDG_RUNTIME_DIR");

    if (run->mount != NULL)
    {
        return 0;
    }
    if (base == NULL || base[0] != '/' || access(base, W_OK) != 0)
    {
        base = "/tmp";
    }
    if (snprintf(run->made_folder, sizeof(run->made_folder), "%s/dmf-XXXXXX", base) >= (int)sizeof(run->made_folder) ||
        mkdtemp(run->made_folder) == NULL)
    {
        fprintf(stderr, "dmf run: cannot make a folder in %s: %s\n", base, strerror(errno));
        run->made_folder[0] = 0;
        return 1;
    }
    run->mount = run->made_folder;
    return 0;
}

static int start_device(struct run *run, const char *path)
{
    struct running_device *device = &run->devices[run->count];
    char error[LOADER_ERROR_SIZE];
    NTSTATUS status = loader_load(path, &device->driver, error);

    if (!NT_SUCCESS(status))
    {
        fprintf(stderr, "dmf run: %s (0x%08X)\n", error, (unsigned)status);
        return 1;
    }
    run->count++;
    status = devnode_create(run->device != NULL ? run->device : device->driver->service, device->driver->driver_object,
                            &device->devnode);
    if (NT_SUCCESS(status))
    {
        status = devnode_start(device->devnode);
    }
    if (!NT_SUCCESS(status))
    {
        fprintf(stderr, "dmf run: %s: the device did not start: status 0x%08X\n", path, (unsigned)status);
        return 1;
    }
    return 0;
}

/* Ends of the process wait from here on until there is something that takes the mount away again. */
static void hold_signals(int how)
{
    sigset_t ends;

    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGHUP);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    (void)pthread_sigmask(how, &ends, NULL);
}

/* Takes one device down and unloads its driver; with nothing open only the driver itself can object. */
static int stop_device(struct running_device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (device->devnode != NULL && devnode_state(device->devnode) == DEVNODE_STARTED)
    {
        status = devnode_remove(device->devnode);
        if (!NT_SUCCESS(status))
        {
            fprintf(stderr, "dmf run: driver %s refuses to be removed (0x%08X); taking its device away\n",
                    device->driver->service, (unsigned)status);
            status = devnode_surprise_remove(device->devnode);
        }
    }
    devnode_free(device->devnode);
    loader_unload(device->driver);
    return NT_SUCCESS(status) ? 0 : 1;
}

static int run_until_signal(struct run *run, char **paths, int path_count)
{
    int result;

    hold_signals(SIG_BLOCK);
    result = choose_folder(run);
    run->devices = calloc((size_t)path_count, sizeof(*run->devices));
    if (result == 0 && run->devices == NULL)
    {
        result = 1;
    }
    if (result == 0)
    {
        result = node_server_start(run->mount, &run->server) == 0 ? 0 : 1;
    }
    hold_signals(SIG_UNBLOCK);
    for (int index = 0; index < path_count && result == 0; index++)
    {
        result = start_device(run, paths[index]);
    }
    if (result == 0)
    {
        printf("ready %s\n", run->mount);
        (void)fflush(stdout);
        node_server_serve(run->server);
    }
    return result;
}

static int stop_all(struct run *run)
{
    int result = 0;

    node_server_stop(run->server);
    /* The last closes may have let devices go that were lost before; they go before they are freed. */
    pnp_settle();
    while (run->count > 0)
    {
        result |= stop_device(&run->devices[--run->count]);
    }
    free(run->devices);
    if (run->made_folder[0] != 0)
    {
        (void)rmdir(run->made_folder);
    }
    return result;
}

int command_run(int count, char **words)
{
    struct run run = {0};
    int result = parse(&run, count, words);

    if (result != 0)
    {
        return result;
    }
    result = run_until_signal(&run, words + optind, count - optind);
    return stop_all(&run) != 0 ? 1 : result;
}
