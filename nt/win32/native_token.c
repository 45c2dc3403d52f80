/* SPDX-License-Identifier: MIT */
/*
 * The access token of the process.
 */
#include "nt/internal.h"

#include "nt/win32/native_token.h"

#include "nt/object/object.h"
#include "nt/object/token.h"
#include "nt/win32/state.h"

bool native_is_administrator(void)
{
    return platform_is_superuser();
}

/* The process' token, made on first use and then kept; referenced. */
static NTSTATUS token_of_process(struct token **ret_token)
{
    struct win32 *state = win32();
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&state->token_lock);
    if (state->token == NULL)
    {
        status = token_create(native_is_administrator(), &state->token);
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
    *ret_privileges = (struct native_privileges){.present = token->present, .enabled = token->enabled};
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
    *ret_before = (struct native_privileges){.present = token->present, .enabled = token->enabled};
    token->present &= ~remove;
    token->enabled = ((token->enabled & ~disable) | enable) & token->present;
    platform_mutex_unlock(&token->lock);
    object_release(body);
    return STATUS_SUCCESS;
}
