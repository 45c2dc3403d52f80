/* SPDX-License-Identifier: MIT */
/*
 * The console functions and the random number that Microsoft's C library adds to the standard.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"

#include "platform/platform.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The terminal gives lines; while a character is asked for, it gives characters. */
static bool terminal_raw(struct termios *ret_before)
{
    struct termios raw;
    if (tcgetattr(STDIN_FILENO, ret_before) != 0)
    {
        return false;
    }
    raw = *ret_before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    return tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

CRT_EXPORT int dmf_kbhit(void)
{
    struct termios before;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    bool raw = terminal_raw(&before);
    int ready = poll(&input, 1, 0);
    if (raw)
    {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
    return ready > 0 && (input.revents & POLLIN) != 0;
}

CRT_EXPORT int dmf_getch(void)
{
    struct termios before;
    unsigned char character;
    bool raw = terminal_raw(&before);
    ssize_t count = read(STDIN_FILENO, &character, 1);
    if (raw)
    {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
    return count == 1 ? character : EOF;
}

CRT_EXPORT int dmf_rand_s(unsigned *value)
{
    if (value == NULL)
    {
        return EINVAL;
    }
    *value = (unsigned)platform_random64();
    return 0;
}
