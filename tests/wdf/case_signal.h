/* SPDX-License-Identifier: MIT */
/*
 * A counting signal between a case and the callbacks that it waits for, in both flavours.
 */
#ifndef CASE_SIGNAL_H
#define CASE_SIGNAL_H

#include "wdf_case.h"

#if defined(DMF_USER_MODE)
struct case_signal
{
    HANDLE semaphore;
};

static inline void case_signal_make(struct case_signal *signal)
{
    signal->semaphore = CreateSemaphoreW(NULL, 0, 100000, NULL);
    CHECK(signal->semaphore != NULL);
}

static inline void case_signal_free(struct case_signal *signal)
{
    CHECK(CloseHandle(signal->semaphore));
}

static inline void case_signal_give(struct case_signal *signal)
{
    CHECK(ReleaseSemaphore(signal->semaphore, 1, NULL));
}

static inline void case_signal_take(struct case_signal *signal)
{
    CHECK_EQUAL(WaitForSingleObject(signal->semaphore, INFINITE), WAIT_OBJECT_0);
}
#else
struct case_signal
{
    KSEMAPHORE semaphore;
};

static inline void case_signal_make(struct case_signal *signal)
{
    KeInitializeSemaphore(&signal->semaphore, 0, 100000);
}

static inline void case_signal_free(struct case_signal *signal)
{
    UNREFERENCED_PARAMETER(signal);
}

static inline void case_signal_give(struct case_signal *signal)
{
    (void)KeReleaseSemaphore(&signal->semaphore, 0, 1, FALSE);
}

static inline void case_signal_take(struct case_signal *signal)
{
    CHECK_EQUAL(KeWaitForSingleObject(&signal->semaphore, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}
#endif

#endif /* CASE_SIGNAL_H */
