/* SPDX-License-Identifier: MIT */
/*
 * Those who hear of what happens to devnodes.
 */
#include "nt/pnp/claim.h"
#include "nt/pnp/sequence.h"

NTSTATUS news_tell(struct devnode *devnode, enum devnode_news news)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (PLIST_ENTRY link = pnp()->listeners.Flink; link != &pnp()->listeners; link = link->Flink)
    {
        struct devnode_listener *listener = CONTAINING_RECORD(link, struct devnode_listener, link);
        NTSTATUS answer = listener->hear(devnode, news, listener->context);

        status = NT_SUCCESS(status) ? answer : status;
    }
    return status;
}

void devnode_listen(struct devnode_listener *listener)
{
    claim_take(&pnp()->root, CLAIM_SUBTREE);
    InsertTailList(&pnp()->listeners, &listener->link);
    claim_release(&pnp()->root);
}

void devnode_unlisten(struct devnode_listener *listener)
{
    claim_take(&pnp()->root, CLAIM_SUBTREE);
    RemoveEntryList(&listener->link);
    claim_release(&pnp()->root);
}
