/* SPDX-License-Identifier: MIT */
/*
 * The access token of the process: who it is on Linux says which privileges it has. Included after either flavour's headers.
 */
#ifndef NT_WIN32_NATIVE_TOKEN_H
#define NT_WIN32_NATIVE_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

/* Privileges have the numbers 2 to 36: LUID.LowPart. */
#define PRIVILEGE_FIRST 2
#define PRIVILEGE_LAST 36

/* Sets of privileges: a bit each, by number. */
struct native_privileges
{
    uint64_t present;
    uint64_t enabled;
};

NTSTATUS native_token_open(ACCESS_MASK access, HANDLE *ret_token);
NTSTATUS native_token_query(HANDLE token, struct native_privileges *ret_privileges);

/*
 * Enables and disables; removes for good, when that is asked for. What the token does not have stays away. *ret_before is what
 * it had before.
 */
NTSTATUS native_token_adjust(HANDLE token, uint64_t enable, uint64_t disable, uint64_t remove,
                             struct native_privileges *ret_before);

/* Whether the process is the superuser's. */
bool native_is_administrator(void);

#endif /* NT_WIN32_NATIVE_TOKEN_H */
