/* SPDX-License-Identifier: MIT */
#include "nt/object/token.h"

#include "nt/object/object.h"

#define BIT(Number) (UINT64_C(1) << (Number))
/* What everybody may: change notification, shut down, undock, a larger working set, the time zone. */
#define OF_EVERYBODY (BIT(23) | BIT(19) | BIT(25) | BIT(33) | BIT(34))
#define OF_ADMINISTRATORS ((BIT(TOKEN_PRIVILEGE_LAST + 1) - 1) & ~(BIT(TOKEN_PRIVILEGE_FIRST) - 1))
/* Change notification, impersonation, global objects. */
#define ENABLED_AT_FIRST (BIT(23) | BIT(29) | BIT(30))

const struct object_type token_type = {
    .name = "Token",
    .mapping = {TOKEN_READ, TOKEN_WRITE, STANDARD_RIGHTS_EXECUTE, TOKEN_ALL_ACCESS},
    .valid_access = TOKEN_ALL_ACCESS,
};

NTSTATUS token_create(bool is_administrator, struct token **ret_token)
{
    void *body;
    NTSTATUS status = object_create(&token_type, sizeof(struct token), &body);
    struct token *token = body;

    if (NT_SUCCESS(status))
    {
        token->is_administrator = is_administrator;
        token->present = is_administrator ? OF_ADMINISTRATORS : OF_EVERYBODY;
        token->enabled = token->present & ENABLED_AT_FIRST;
        *ret_token = token;
    }
    return status;
}

/*
 * Published entry point of the kernel flavour.
 */
BOOLEAN SeTokenIsAdmin(PACCESS_TOKEN Token)
{
    return ((const struct token *)Token)->is_administrator;
}
