/* SPDX-License-Identifier: MIT */
#include "platform/platform.h"

#include <unistd.h>

bool platform_is_superuser(void)
{
    return geteuid() == 0;
}
