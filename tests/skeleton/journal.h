/* SPDX-License-Identifier: MIT */
/*
 * What a test driver and the test that loads it share: a record of callbacks in their order, and a list of steps that the
 * driver is to fail. A library of its own, because a driver exports nothing and imports only what it is linked with.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

/* Appends a word to the record. */
void journal_write(const char *word);

/* The record so far, words separated by blanks. Valid until the next call of any of these functions. */
const char *journal_text(void);

/* Empties the record and forgets which step is to fail. */
void journal_clear(void);

/* The one step that is to fail from now on; NULL for none. The text must stay. */
void journal_fail(const char *step);

/* For drivers: whether this step is to fail. */
int journal_fails(const char *step);

#endif /* JOURNAL_H */
