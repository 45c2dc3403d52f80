/* SPDX-License-Identifier: MIT */
/*
 * Notification of changes of power settings.
 */
#ifndef POWERSETTING_H
#define POWERSETTING_H

#include "powrprof.h"

#endif /* POWERSETTING_H */
