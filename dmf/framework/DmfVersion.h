/* SPDX-License-Identifier: MIT */
/*
 * The version of the published DMF whose names and behaviour this framework has.
 */
#ifndef DMF_VERSION_H
#define DMF_VERSION_H

#define DMF_VERSION 0x0101009A

#endif /* DMF_VERSION_H */
