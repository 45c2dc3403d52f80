/* SPDX-License-Identifier: MIT */
/*
 * Access tokens: who somebody is, as far as drivers ask for it. The token of the process, and those of who opens devices.
 */
#ifndef NT_TOKEN_H
#define NT_TOKEN_H

#include "nt/internal.h"

/* Privileges have the numbers 2 to 36: LUID.LowPart. */
#define TOKEN_PRIVILEGE_FIRST 2
#define TOKEN_PRIVILEGE_LAST 36

struct token
{
    bool is_administrator;
    /* Somebody who is neither that nor the user of the process. Set before anybody else sees the token. */
    bool is_stranger;
    /* Guards what follows: sets of privileges, a bit each, by number. */
    struct platform_mutex lock;
    uint64_t present;
    uint64_t enabled;
};

extern const struct object_type token_type;

/* A new body with the privileges that an administrator, or everybody, has at first. The caller has the one reference. */
NTSTATUS token_create(bool is_administrator, struct token **ret_token);

#endif /* NT_TOKEN_H */
