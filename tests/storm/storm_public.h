/* SPDX-License-Identifier: MIT */
/*
 * What the storm's clients ask its drivers. Include it after a header that defines CTL_CODE.
 */
#ifndef STORM_PUBLIC_H
#define STORM_PUBLIC_H

#define STORM_CODE(Number) CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900 + (Number), METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Of the function driver. Each takes a number and answers with its complement, but the last two, which the bus driver ends. */
#define STORM_ANSWER STORM_CODE(0)
#define STORM_ORDERED STORM_CODE(1)
#define STORM_WAIT STORM_CODE(2)
#define STORM_MARK STORM_CODE(3)
#define STORM_WORK STORM_CODE(4)
/* Sent on to the device's local target. Answered there, or kept there until the sender's time is over. */
#define STORM_LOWER STORM_CODE(5)
#define STORM_LOWER_KEPT STORM_CODE(6)

/* Of the bus, each with the number of a child. */
#define STORM_PLUG STORM_CODE(16)
#define STORM_UNPLUG STORM_CODE(17)

enum
{
    STORM_CHILDREN = 2,
};

#endif /* STORM_PUBLIC_H */
