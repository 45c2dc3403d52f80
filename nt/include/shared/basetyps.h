/* SPDX-License-Identifier: MIT */
/*
 * Small vocabulary of interfaces that are declared by macro, as C headers of buses do.
 */
#ifndef BASETYPS_H
#define BASETYPS_H

#include "ntbase.h"

#define STDMETHODIMP HRESULT STDMETHODCALLTYPE
#define STDMETHODIMP_(Type) Type STDMETHODCALLTYPE
#define STDAPI_(Type) EXTERN_C Type STDAPICALLTYPE
#ifndef DECLARE_INTERFACE
#define PURE
#define THIS_
#define THIS void
#endif

#ifndef _ERROR_STATUS_T_DEFINED
#define _ERROR_STATUS_T_DEFINED
typedef ULONG error_status_t;
#endif

#endif /* BASETYPS_H */
