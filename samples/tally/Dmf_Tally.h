/* SPDX-License-Identifier: MIT */
/*
 * Tally: adds up what programs send, and counts how often they do.
 */
#ifndef DMF_TALLY_H
#define DMF_TALLY_H

typedef struct
{
    /* What the sum begins with. */
    ULONG Start;
} DMF_CONFIG_Tally;

/* This macro declares the functions that every Module with a Config has. */
DECLARE_DMF_MODULE(Tally)

#endif /* DMF_TALLY_H */
