/* SPDX-License-Identifier: MIT */
/*
 * Those who want to hear of a bug check.
 */
#ifndef NT_CALLBACKS_H
#define NT_CALLBACKS_H

#include "nt/debug/dump.h"
#include "nt/internal.h"

/*
 * Calls everybody who registered, at HIGH_LEVEL, and puts what they have to say into the dump. Takes no lock: whoever
 * holds it may be who failed. A record that was overwritten is left out.
 */
void callbacks_run(struct dump_writer *writer, const struct dump_header *header);

/* Whether this thread calls them, or is called by one of them. What reads memory only may be called at any IRQL then. */
RUNTIME_API bool callbacks_run_here(void);

/* After callbacks_run() in a process that goes on. */
void callbacks_rewind(void);

/* Calls those who want to see the dump as it is written. For dump_writer.watch. */
void callbacks_watch(struct dump_writer *writer, KBUGCHECK_DUMP_IO_TYPE type, const void *data, size_t size);

/* Writes what a triage array lists. */
void triage_write(struct dump_writer *writer, const KTRIAGE_DUMP_DATA_ARRAY *array, const char *component);

#endif /* NT_CALLBACKS_H */
