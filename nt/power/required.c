/* SPDX-License-Identifier: MIT */
/*
 * Those who need the machine, or its display, to stay on.
 */
#include "nt/power/power.h"

static const EXECUTION_STATE counted[] = {ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED, ES_AWAYMODE_REQUIRED, ES_USER_PRESENT};

#define KNOWN_STATES (ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED | ES_AWAYMODE_REQUIRED | ES_USER_PRESENT)

struct system_state
{
    EXECUTION_STATE flags;
};

struct power_request_object
{
    PDEVICE_OBJECT device;
    uint32_t counts[PowerRequestExecutionRequired + 1];
};

/* The caller holds the lock. */
static void count(EXECUTION_STATE flags, int by)
{
    for (size_t index = 0; index < ARRAYSIZE(counted); index++)
    {
        power()->required_by[index] += (flags & counted[index]) != 0 ? (uint32_t)by : 0;
    }
}

bool power_is_required(EXECUTION_STATE state)
{
    bool required = false;

    platform_mutex_lock(&power()->required);
    for (size_t index = 0; index < ARRAYSIZE(counted); index++)
    {
        required |= (state & counted[index]) != 0 && power()->required_by[index] != 0;
    }
    platform_mutex_unlock(&power()->required);
    return required;
}

/* Without ES_CONTINUOUS it is a moment's need, which ends as soon as it has been noted. */
static void set_state(struct system_state *state, EXECUTION_STATE flags)
{
    platform_mutex_lock(&power()->required);
    count(state->flags, -1);
    state->flags = (flags & ES_CONTINUOUS) != 0 ? flags & KNOWN_STATES : 0;
    count(state->flags, 1);
    platform_mutex_unlock(&power()->required);
}

static EXECUTION_STATE state_of_type(POWER_REQUEST_TYPE type)
{
    return type == PowerRequestDisplayRequired  ? ES_DISPLAY_REQUIRED :
           type == PowerRequestAwayModeRequired ? ES_AWAYMODE_REQUIRED :
                                                  ES_SYSTEM_REQUIRED;
}

static bool is_type(POWER_REQUEST_TYPE type)
{
    return type >= PowerRequestDisplayRequired && type <= PowerRequestExecutionRequired;
}

/*
 * Published entry points.
 */
PVOID PoRegisterSystemState(PVOID StateHandle, EXECUTION_STATE Flags)
{
    struct system_state *state = StateHandle == NULL ? platform_zalloc(sizeof(*state)) : StateHandle;

    if (state != NULL)
    {
        set_state(state, Flags | ES_CONTINUOUS);
    }
    return state;
}

VOID PoUnregisterSystemState(PVOID StateHandle)
{
    set_state(StateHandle, ES_CONTINUOUS);
    platform_free(StateHandle, sizeof(struct system_state));
}

/* The machine does not fall asleep by itself, so a moment's need has nothing to put off. */
VOID PoSetSystemState(EXECUTION_STATE Flags)
{
    struct system_state state = {0};

    set_state(&state, Flags & ~(EXECUTION_STATE)ES_CONTINUOUS);
}

NTSTATUS PoCreatePowerRequest(PVOID *PowerRequest, PDEVICE_OBJECT DeviceObject, PCOUNTED_REASON_CONTEXT Context)
{
    struct power_request_object *request;

    *PowerRequest = NULL;
    if (Context != NULL && Context->Version != DIAGNOSTIC_REASON_VERSION)
    {
        return STATUS_INVALID_PARAMETER;
    }
    request = platform_zalloc(sizeof(*request));
    if (request == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request->device = DeviceObject;
    *PowerRequest = request;
    return STATUS_SUCCESS;
}

NTSTATUS PoSetPowerRequest(PVOID PowerRequest, POWER_REQUEST_TYPE Type)
{
    struct power_request_object *request = PowerRequest;

    if (!is_type(Type))
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&power()->required);
    request->counts[Type]++;
    count(state_of_type(Type), 1);
    platform_mutex_unlock(&power()->required);
    return STATUS_SUCCESS;
}

NTSTATUS PoClearPowerRequest(PVOID PowerRequest, POWER_REQUEST_TYPE Type)
{
    struct power_request_object *request = PowerRequest;
    NTSTATUS status = STATUS_SUCCESS;

    if (!is_type(Type))
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&power()->required);
    if (request->counts[Type] == 0)
    {
        status = STATUS_UNSUCCESSFUL;
    }
    else
    {
        request->counts[Type]--;
        count(state_of_type(Type), -1);
    }
    platform_mutex_unlock(&power()->required);
    return status;
}

VOID PoDeletePowerRequest(PVOID PowerRequest)
{
    struct power_request_object *request = PowerRequest;

    platform_mutex_lock(&power()->required);
    for (int type = 0; type <= PowerRequestExecutionRequired; type++)
    {
        for (; request->counts[type] != 0; request->counts[type]--)
        {
            count(state_of_type((POWER_REQUEST_TYPE)type), -1);
        }
    }
    platform_mutex_unlock(&power()->required);
    platform_free(request, sizeof(*request));
}
