/* SPDX-License-Identifier: MIT */
/*
 * A disk under SQLite that can be made to fail: the process is killed in the middle of a write, a call returns an error, or the
 * power goes, and with it any part of what was written since the last synchronisation.
 */
#ifndef CRASH_DISK_H
#define CRASH_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum crash_kind
{
    CRASH_NEVER,
    /* Half of the n-th change is done, then the process kills itself. */
    CRASH_KILL,
    /* The n-th change fails: no room, or an error of the disk, by turns. */
    CRASH_ERROR,
    /* Instead of the n-th change: what a disk might hold after a loss of power goes to another folder, and the process ends. */
    CRASH_POWER,
};

/* Puts itself under every database that is opened from now on. */
void crash_disk_install(void);

/* The n-th change from now, counted from one. The seed chooses what the disk has kept; the folder is where that goes. */
void crash_disk_plan(enum crash_kind kind, uint64_t n, uint64_t seed, const char *folder);

/* Changes since the plan was made; and synchronisations. */
uint64_t crash_disk_changes(void);
uint64_t crash_disk_synchronisations(void);

#endif /* CRASH_DISK_H */
