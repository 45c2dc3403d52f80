/* SPDX-License-Identifier: MIT */
/*
 * The console. Its functions are in wincon.h.
 */
#ifndef CONSOLEAPI_H
#define CONSOLEAPI_H

#include "wincon.h"

#endif /* CONSOLEAPI_H */
