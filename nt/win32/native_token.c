/* SPDX-License-Identifier: MIT */
/*
 * The access token of the process.
 */
#include "nt/internal.h"

#include "nt/win32/native_token.h"

#include "nt/object/object.h"
#include "nt/win32/state.h"

#include <unistd.h>

#define BIT(Number) (UINT64_C(1) << (Number))
/* What everybody may: change notification, shut down, undock, a larger working set, the time zone. */
#define OF_EVERYBODY (BIT(23) | BIT(19) | BIT(25) | BIT(33) | BIT(34))
#define OF_ADMINISTRATORS ((BIT(PRIVILEGE_LAST + 1) - 1) & ~(BIT(PRIVILEGE_FIRST) - 1))
/* Change notification, impersonation, global objects. */
#define ENABLED_AT_FIRST (BIT(23) | BIT(29) | BIT(30))

struct token
{
    struct platform_mutex lock;
    struct native_privileges privileges;
};

static const struct object_type token_type = {
    .name = "Token",
    .mapping = {TOKEN_READ, TOKEN_WRITE, STANDARD_RIGHTS_EXECUTE, TOKEN_ALL_ACCESS},
    .valid_access = TOKEN_ALL_ACCESS,
};

bool native_is_administrator(void)
{
    return geteuid() == 0;
}

static NTSTATUS token_create(struct token **ret_token)
{
    void *body;
    NTSTATUS status = object_create(&token_type, sizeof(struct token), &body);
    struct token *token = body;

    if (NT_SUCCESS(status))
    {
        token->privileges.present = native_is_administrator() ? OF_ADMINISTRATORS : OF_EVERYBODY;
        token->privileges.enabled = token->privileges.present & ENABLED_AT_FIRST;
        *ret_token = token;
    }
    return status;
}

/* The process' token, made on first use and then kept; referenced. */
static NTSTATUS token_of_process(struct token **ret_token)
{
    struct win32 *state = win32();
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&state->token_lock);
    if (state->token == NULL)
    {
        status = token_create(&state->token);
    }
    if (NT_SUCCESS(status))
    {
        object_reference(state->token);
        *ret_token = state->token;
    }
    platform_mutex_unlock(&state->token_lock);
    return status;
}

NTSTATUS native_token_open(ACCESS_MASK access, HANDLE *ret_token)
{
    struct token *token;
    NTSTATUS status = token_of_process(&token);

    return NT_SUCCESS(status) ? object_insert(token, NULL, access, ret_token) : status;
}

NTSTATUS native_token_query(HANDLE handle, struct native_privileges *ret_privileges)
{
    struct token *token;
    void *body;
    NTSTATUS status = handle_lookup(handle, &token_type, TOKEN_QUERY, &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    token = body;
    platform_mutex_lock(&token->lock);
    *ret_privileges = token->privileges;
    platform_mutex_unlock(&token->lock);
    object_release(body);
    return STATUS_SUCCESS;
}

NTSTATUS native_token_adjust(HANDLE handle, uint64_t enable, uint64_t disable, uint64_t remove,
                             struct native_privileges *ret_before)
{
    struct token *token;
    void *body;
    NTSTATUS status = handle_lookup(handle, &token_type, TOKEN_ADJUST_PRIVILEGES, &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    token = body;
    platform_mutex_lock(&token->lock);
    *ret_before = token->privileges;
    token->privileges.present &= ~remove;
    token->privileges.enabled = ((token->privileges.enabled & ~disable) | enable) & token->privileges.present;
    platform_mutex_unlock(&token->lock);
    object_release(body);
    return STATUS_SUCCESS;
}

/*
 * Published entry points of the kernel flavour: every token is the process'.
 */
BOOLEAN SeTokenIsAdmin(PACCESS_TOKEN Token)
{
    return native_is_administrator();
}
