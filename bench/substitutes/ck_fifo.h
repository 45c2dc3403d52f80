/* SPDX-License-Identifier: MIT */
/* rings.c includes this of Concurrency Kit and uses nothing of it. */
