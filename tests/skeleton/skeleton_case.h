/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the walking skeleton share: PROGRAM CASE DRIVER.so [FIRST_SEED LAST_SEED].
 *
 * Each program is linked twice, with the machine's own threads and with the simulation, where each case runs for a range of
 * seeds. A case whose name begins with "stops_" expects the process to stop, with a message that names what was wrong.
 */
#ifndef SKELETON_CASE_H
#define SKELETON_CASE_H

#include "journal.h"
#include "testkit/testkit.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))
#define CHECK_JOURNAL(expected) check_journal(__FILE__, __LINE__, expected)

#define NODE "\\??\\Life0"
#define LIFE_INTERFACE "\\??\\ROOT#LIFE#0000#{6a3c1e70-52d4-4b0f-9c11-207e35d84401}\\"

#define STATUS(value) ((int32_t)(value))

#define ADD "AddBefore AddAfter "
#define UP "Prepare D0Entry D0EntryPost IoInit"
#define DOWN "IoSuspend D0ExitPre D0Exit Release IoFlush IoCleanup"
#define GONE "ChildCleanup DeviceCleanup DeviceDestroy"

struct machine_under_test
{
    struct testkit_driver *driver;
    struct testkit_device *device;
};

struct skeleton_case
{
    const char *name;
    void (*run)(void);
};

#define CASE(name)  \
    {               \
#name, name \
    }
#define CASES_END \
    {             \
        0         \
    }

/* Of the test program; ends with CASES_END. */
extern const struct skeleton_case skeleton_cases[];

/* The driver that the cases are about. */
extern const char *driver_path;

void check_failed(const char *file, int line, const char *condition);
void check_journal(const char *file, int line, const char *expected);

/* Load the driver; start the device as well, which leaves the journal empty; the ways back, with the journal checked. */
void load(struct machine_under_test *test);
void bring_up(struct machine_under_test *test);
void unload(struct machine_under_test *test);
void take_down(struct machine_under_test *test);

struct testkit_file *open_node(void);

#endif /* SKELETON_CASE_H */
