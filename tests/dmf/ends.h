/* SPDX-License-Identifier: MIT */
/*
 * Two Modules that talk through an interface: TalkProtocol asks the other side to add one, TalkTransport to take one away.
 */
#ifndef ENDS_H
#define ENDS_H

#include "dmf_case.h"

typedef LONG EVT_TALK_ADD(DMFINTERFACE DmfInterface, LONG Number);
typedef LONG EVT_TALK_SUBTRACT(DMFINTERFACE DmfInterface, LONG Number);
typedef VOID EVT_TALK_BIND(DMFINTERFACE DmfInterface);

typedef struct
{
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR DmfProtocolDescriptor;
    EVT_TALK_SUBTRACT *Subtract;
} DMF_INTERFACE_PROTOCOL_Talk_DECLARATION_DATA;

typedef struct
{
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR DmfTransportDescriptor;
    EVT_TALK_BIND *Bind;
    EVT_TALK_BIND *Unbind;
    EVT_TALK_ADD *Add;
} DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA;

DECLARE_DMF_INTERFACE(Talk)

typedef struct
{
    ULONG Number;
} TALK_PROTOCOL_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TALK_PROTOCOL_CONTEXT, TalkProtocolContextGet)

typedef struct
{
    ULONG Number;
} TALK_TRANSPORT_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TALK_TRANSPORT_CONTEXT, TalkTransportContextGet)

/* What happened, and what is to happen. */
struct ends
{
    /* Only where one thread does everything. */
    char trace[1024];
    bool is_silent;
    volatile LONG bound;
    volatile LONG open;
    /* Calls between PostBind and the end of the unbinding. */
    volatile LONG calls;
    DMFINTERFACE interface;
    NTSTATUS bind_status;
    NTSTATUS reference_in_bind;
    NTSTATUS reference_in_post_bind;
    NTSTATUS reference_in_pre_unbind;
    NTSTATUS reference_in_unbind;
    bool unbinds_in_callbacks;
    bool has_no_events;
};
extern struct ends ends;
void ends_reset(void);

void ends_add_protocol(PDMFMODULE_INIT init, DMFMODULE *ret_module);
void ends_add_transport(PDMFMODULE_INIT init, DMFMODULE *ret_module);
NTSTATUS ends_create_protocol(DMFMODULE *ret_module);
NTSTATUS ends_create_transport(DMFMODULE *ret_module);
void ends_describe_transport(DMF_INTERFACE_TRANSPORT_Talk_DECLARATION_DATA *ret_data);

NTSTATUS ends_bind(DMFMODULE protocol, DMFMODULE transport);
void ends_unbind(DMFMODULE protocol, DMFMODULE transport);

/* Through the interface that was bound last, under a reference; -1 if that is refused. */
LONG ends_call_transport(DMFMODULE protocol, LONG number);
LONG ends_call_protocol(DMFMODULE transport, LONG number);

#endif /* ENDS_H */
