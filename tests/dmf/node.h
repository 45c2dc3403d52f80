/* SPDX-License-Identifier: MIT */
/*
 * Nodes: Modules that write down each of their callbacks, and a Client Driver that does the same under the name C. For tests of
 * the order in which callbacks are called.
 */
#ifndef NODE_H
#define NODE_H

#include "dmf_case.h"

/* A Module and its children. */
struct node
{
    const char *name;
    DmfModuleOpenOption open_option;
    /* Implements every callback of WDF; otherwise only those of DMF, and DMF opens and closes it. */
    bool every_callback;
    /* Ended by NULL, or NULL itself. */
    const struct node *const *children;
};

#define NODES(...) ((const struct node *const[]){__VA_ARGS__, NULL})

/* Adds a tree. */
void node_add(PDMFMODULE_INIT init, const struct node *node);

/* Writes down "NAME.STEP" and gives what the step is to return. */
NTSTATUS node_step(const char *name, const char *step);

/* All that has been written since the last call, separated by blanks. */
#define NODE_TRACE(Expected) node_check_trace(__FILE__, __LINE__, (Expected))
void node_check_trace(const char *file, int line, const char *expected);

/*
 * Checks and forgets one step only, whatever else is written: the names are expected that it has, up to the given one, or all if
 * that is NULL.
 */
#define NODE_TRACE_OF(Step, Names, Last) node_check_trace_of(__FILE__, __LINE__, (Step), (Names), (Last))
void node_check_trace_of(const char *file, int line, const char *step, const char *names, const char *last);

void node_forget(void);

/* The step of that name returns the status from now on, or handles the request; NULL ends that. */
void node_answer(const char *name, const char *step, NTSTATUS status);

/* What each callback of WDF is to find in its parameters, as their node_sum(); zero for anything. */
extern ULONG_PTR node_expected_sum;
#define node_sum(First, Second, Third) ((ULONG_PTR)(First)*3 + (ULONG_PTR)(Second)*5 + (ULONG_PTR)(Third)*7)

/* If set, what Nodes created from now on have for device controls instead of writing them down. */
extern DMF_ModuleDeviceIoControl *node_control_override;

/* The Client Driver's own callbacks, all of them. */
void node_client_pnp_power(WDF_PNPPOWER_EVENT_CALLBACKS *callbacks);
void node_client_power_policy(WDF_POWER_POLICY_EVENT_CALLBACKS *callbacks);
void node_client_files(WDF_FILEOBJECT_CONFIG *config);
void node_client_queue(WDF_IO_QUEUE_CONFIG *config);

#endif /* NODE_H */
