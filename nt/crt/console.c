/* SPDX-License-Identifier: MIT */
/*
 * The console functions of Microsoft's C library, and its random number.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"
#include "format.h"

#include "platform/platform.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* The terminal gives lines; while a character is asked for, it gives characters. */
static bool terminal_raw(bool echo, struct termios *ret_before)
{
    struct termios raw;
    if (tcgetattr(STDIN_FILENO, ret_before) != 0)
    {
        return false;
    }
    raw = *ret_before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_lflag |= echo ? ECHO : 0;
    return tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

CRT_EXPORT int _kbhit(void)
{
    struct termios before;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    bool raw = terminal_raw(false, &before);
    int ready = poll(&input, 1, 0);
    if (raw)
    {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
    return ready > 0 && (input.revents & POLLIN) != 0;
}

static int read_key(bool echo)
{
    struct termios before;
    unsigned char character;
    bool raw = terminal_raw(echo, &before);
    ssize_t count = read(STDIN_FILENO, &character, 1);
    if (raw)
    {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &before);
    }
    return count == 1 ? character : EOF;
}

CRT_EXPORT int _getch(void)
{
    return read_key(false);
}

CRT_EXPORT int _getche(void)
{
    return read_key(true);
}

CRT_EXPORT uint16_t _getwch(void)
{
    return (uint16_t)read_key(false);
}

CRT_EXPORT uint16_t _getwche(void)
{
    return (uint16_t)read_key(true);
}

CRT_EXPORT int _putch(int character)
{
    return putchar(character);
}

CRT_EXPORT int _cputs(const char *text)
{
    return fputs(text, stdout) == EOF ? -1 : 0;
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
