/* SPDX-License-Identifier: MIT */
/*
 * The whole framework, in either flavour.
 */
#ifndef WDF_H
#define WDF_H

#include "wdftypes.h"
#include "wdfglobals.h"
#include "wdfstatus.h"

#include "wdfassert.h"
#include "wdfbugcodes.h"
#include "wdfcore.h"
#include "wdfverifier.h"

#include "wdfobject.h"
#include "wdfroletypes.h"
#include "wdfcollection.h"
#include "wdfmemory.h"
#include "wdfregistry.h"
#include "wdfstring.h"
#include "wdfsync.h"

#include "wdfdriver.h"
#include "wdfdevice.h"
#include "wdffdo.h"
#include "wdffileobject.h"
#include "wdfinterrupt.h"
#include "wdfio.h"
#include "wdfiotarget.h"
#include "wdfqueryinterface.h"
#include "wdfrequest.h"
#include "wdfresource.h"
#include "wdftimer.h"
#include "wdfusb.h"
#include "wdfworkitem.h"

#include "wdfchildlist.h"
#include "wdfcontrol.h"
#include "wdfdpc.h"
#include "wdfpdo.h"
#include "wdfwmi.h"

#if defined(UMDF_VERSION_MAJOR)
#include "wdfcompanion.h"
#include "wdfhwaccess.h"
#include "wdftriage.h"
#else
#include "wdfcommonbuffer.h"
#include "wdfcompaniontarget.h"
#include "wdfdmaenabler.h"
#include "wdfdmatransaction.h"
#include "wdfminiport.h"
#endif

/* The annotations that a header of the C++ library may have taken away are the source's again. */
#include <sal.h>

#endif /* WDF_H */
