/* SPDX-License-Identifier: MIT */
/*
 * The benchmark driver under another name, because one image is one driver.
 */
#define BENCH_LINK L"\\DosDevices\\Bench1"
#include "bench_driver.c"
