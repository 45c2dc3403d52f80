/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules in words.
 */
#include "wdf/verifier.h"

static const struct
{
    const char *name;
    const char *title;
} rules[RULE_COUNT] = {
    [RULE_V01] = {"V01", "request completed twice"},
    [RULE_V02] = {"V02", "request used while the driver does not own it"},
    [RULE_V03] = {"V03", "request completed while it is marked cancelable"},
    [RULE_V04] = {"V04", "request completed outside its cancel callback after the unmarking said that it is cancelled"},
    [RULE_V05] = {"V05", "request marked cancelable twice"},
    [RULE_V06] = {"V06", "cancellation asked about while the request is marked cancelable"},
    [RULE_V07] = {"V07", "request sent or forwarded while it is marked cancelable"},
    [RULE_V08] = {"V08", "driver-created request completed, or presented request deleted"},
    [RULE_V09] = {"V09", "request sent without having been formatted"},
    [RULE_V10] = {"V10", "formatted request sent and forgotten"},
    [RULE_V11] = {"V11", "request sent asynchronously without a completion routine"},
    [RULE_V12] = {"V12", "request sent twice, or without a stack location or I/O content"},
    [RULE_V13] = {"V13", "request that could not be sent was left over when the callback returned"},
    [RULE_V14] = {"V14", "status of a request asked for before it was sent"},
    [RULE_V15] = {"V15", "synchronous send without a time-out"},
    [RULE_V16] = {"V16", "request of one kind sent through a function of another"},
    [RULE_V17] = {"V17", "Information is larger than the output buffer"},
    [RULE_V18] = {"V18", "buffer touched after its request was completed"},
    [RULE_V19] = {"V19", "request completed while its memory objects are referenced"},
    [RULE_V20] = {"V20", "buffer of the wrong direction retrieved"},
    [RULE_V21] = {"V21", "request forgotten"},
    [RULE_V22] = {"V22", "EvtIoStop left a request unacknowledged"},
    [RULE_V23] = {"V23", "WdfRequestStopAcknowledge outside EvtIoStop"},
    [RULE_V24] = {"V24", "WdfRequestStopAcknowledge without requeueing where there is no EvtIoResume"},
    [RULE_V25] = {"V25", "WdfRequestGetParameters in EvtIoStop or EvtIoResume"},
    [RULE_V26] = {"V26", "request forwarded to a queue that it cannot go to"},
    [RULE_V27] = {"V27", "queues or requests ended in EvtDeviceSurpriseRemoval"},
    [RULE_V28] = {"V28", "found request not retrieved or released as it must be"},
    [RULE_V29] = {"V29", "queue states changed concurrently or nested"},
    [RULE_V30] = {"V30", "queue used against its configuration"},
    [RULE_V31] = {"V31", "file object asked for where none is configured"},
    [RULE_V32] = {"V32", "object created without a parent"},
    [RULE_V33] = {"V33", "device initialisation changed after the device was created, or of the wrong kind"},
    [RULE_V34] = {"V34", "device initialisation leaked, freed twice or used after it was freed"},
    [RULE_V35] = {"V35", "success returned although the driver or device was not created"},
    [RULE_V36] = {"V36", "control device not finished or not deleted"},
    [RULE_V37] = {"V37", "power, PnP or child-list function called by a driver that does not have that role"},
    [RULE_V38] = {"V38", "function called above its maximum IRQL"},
    [RULE_V39] = {"V39", "callback returned at another IRQL or in another critical region"},
    [RULE_V40] = {"V40", "lock not released, released by somebody else, or acquired twice"},
    [RULE_V41] = {"V41", "request sent or completed, or wait begun, under a spin lock"},
    [RULE_V42] = {"V42", "wait in the callback that is waited for"},
    [RULE_V43] = {"V43", "locks acquired in opposite orders"},
    [RULE_V44] = {"V44", "USB target used against its protocol"},
    [RULE_V45] = {"V45", "invalid handle"},
    [RULE_V46] = {"V46", "required parameter is NULL, or structure of the wrong size"},
    [RULE_V47] = {"V47", "reference not balanced"},
    [RULE_V48] = {"V48", "object, reference or memory leaked"},
    [RULE_V49] = {"V49", "callback or wait took too long"},
    [RULE_V50] = {"V50", "PnP event inside another"},
    [RULE_V51] = {"V51", "I/O target used in the wrong state"},
    [RULE_V52] = {"V52", "memory freed while something in it is in use"},
    [RULE_D01] = {"D01", "Method called on a Module that is not open"},
    [RULE_D02] = {"D02", "failed Module reference used"},
    [RULE_D03] = {"D03", "Module reference not balanced"},
    [RULE_D04] = {"D04", "Module lock misused"},
    [RULE_D05] = {"D05", "Module callbacks out of order"},
    [RULE_D06] = {"D06", "Module configuration of the wrong type or size"},
    [RULE_D07] = {"D07", "buffer of a Module misused"},
    [RULE_D08] = {"D08", "handle of another Module type"},
    [RULE_D09] = {"D09", "Module initialisation out of order"},
    [RULE_D10] = {"D10", "request of a Module's target returned more or less than once"},
    [RULE_D11] = {"D11", "notification not opened and closed in pairs"},
    [RULE_D12] = {"D12", "Transport or Interface used unbound"},
};

const char *verifier_rule_name(enum verifier_rule rule)
{
    return rules[rule].name;
}

const char *verifier_rule_title(enum verifier_rule rule)
{
    return rules[rule].title;
}
