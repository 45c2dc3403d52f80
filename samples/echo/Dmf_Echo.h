/* SPDX-License-Identifier: MIT */
/*
 * Companion file to Dmf_Echo.c.
 */
#ifndef DMF_ECHO_H
#define DMF_ECHO_H

/* Client uses this structure to configure the Module specific parameters. */
typedef struct
{
    /* What a read returns. The text must live as long as the Module. */
    CONST CHAR* Greeting;
} DMF_CONFIG_Echo;

/* This macro declares the following functions: */
/* DMF_Echo_ATTRIBUTES_INIT() */
/* DMF_CONFIG_Echo_AND_ATTRIBUTES_INIT() */
/* DMF_Echo_Create() */
DECLARE_DMF_MODULE(Echo)

/* Module Methods */

/* This Module has none. */

#endif /* DMF_ECHO_H */
