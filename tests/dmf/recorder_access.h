/* SPDX-License-Identifier: MIT */
/*
 * The in-flight recorder for tests of drivers, in plain C types: the program itself is the driver. Logs are read from their
 * beginning each time.
 */
#ifndef RECORDER_ACCESS_H
#define RECORDER_ACCESS_H

#include <stdbool.h>

/* Whether the driver's log has a record with this message, of a function whose name begins so. */
bool recorder_has(const char *function, const char *message);

/* The same for the log of a Module, of any function. And whether there is such a log. */
bool recorder_log_has(const char *log, const char *message);
/* The header of the log names these providers. */
bool recorder_provides(const char *log, const char *providers);
bool recorder_log_exists(const char *log);

/* The highest level that is recorded. */
void recorder_level(unsigned level);

/* Where the files of logs go that are made from now on. And whether any file there has a record with this message; takes the
 * folder away. */
bool recorder_folder(const char *folder);
bool recorder_folder_has(const char *folder, const char *message);

#endif /* RECORDER_ACCESS_H */
