/* SPDX-License-Identifier: MIT */
/*
 * Apartments of COM, beside what combaseapi.h has.
 */
#ifndef OBJBASE_H
#define OBJBASE_H

#include "combaseapi.h"

EXTERN_C_START

typedef enum tagCOINIT
{
    COINIT_APARTMENTTHREADED = 2,
    COINIT_MULTITHREADED = 0,
    COINIT_DISABLE_OLE1DDE = 4,
    COINIT_SPEED_OVER_MEMORY = 8
} COINIT;

WINBASEAPI DWORD WINAPI CoBuildVersion(void);
WINBASEAPI HRESULT WINAPI CoInitialize(LPVOID pvReserved);
WINBASEAPI BOOL WINAPI CoFileTimeToDosDateTime(FILETIME *lpFileTime, LPWORD lpDosDate, LPWORD lpDosTime);
WINBASEAPI BOOL WINAPI CoDosDateTimeToFileTime(WORD nDosDate, WORD nDosTime, FILETIME *lpFileTime);
WINBASEAPI HRESULT WINAPI CoFileTimeNow(FILETIME *lpFileTime);

EXTERN_C_END

#endif /* OBJBASE_H */
