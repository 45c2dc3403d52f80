/* SPDX-License-Identifier: MIT */
/* rings.c includes this of liburcu and uses nothing of it. */
