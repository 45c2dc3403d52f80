# SPDX-License-Identifier: MIT
"""Calls that have one place in the project, or none."""

import re

# name of the rule's subject, functions, folders where they are forbidden, folders inside those where they belong, explanation
FORBIDDEN = (
    ("strcpy strcat sprintf vsprintf gets", ("",), ("tests/crt/",),
     "writes without knowing the size of the buffer"),
    ("malloc calloc realloc free aligned_alloc posix_memalign strdup strndup", ("nt/", "wdf/", "dmf/", "drivers/"),
     # The C library of drivers, who free with free() what it gives them; and the framework, which allocates for its Modules.
     ("nt/crt/", "dmf/framework/"),
     "memory comes from the one allocator in platform/"),
    ("sleep usleep nanosleep clock_nanosleep thrd_sleep", ("tests/", "nt/", "wdf/", "platform/", "host/", "testkit/", "dmf/"),
     ("platform/posix/",),
     "waiting for a length of time hides a race; wait for the event"),
    (r"pthread_\w+", ("nt/", "wdf/", "dmf/", "host/core/", "testkit/", "drivers/", "tools/", "platform/"),
     ("platform/posix/",),  # and the rest of host/: its threads are those of FUSE, which never runs in simulation
     "threads and locks come from platform/"),
)

# Descriptors that a child process must not inherit: the call, and the flag that its arguments must name.
CLOSE_ON_EXEC = (
    ("open", "O_CLOEXEC"), ("openat", "O_CLOEXEC"), ("open64", "O_CLOEXEC"), ("socket", "SOCK_CLOEXEC"),
    ("socketpair", "SOCK_CLOEXEC"), ("accept4", "SOCK_CLOEXEC"), ("pipe2", "O_CLOEXEC"), ("eventfd", "EFD_CLOEXEC"),
    ("epoll_create1", "EPOLL_CLOEXEC"), ("timerfd_create", "TFD_CLOEXEC"), ("signalfd", "SFD_CLOEXEC"),
    ("memfd_create", "MFD_CLOEXEC"), ("inotify_init1", "IN_CLOEXEC"),
)
NEVER_CLOSE_ON_EXEC = {"pipe": "pipe2", "accept": "accept4", "dup": "fcntl(F_DUPFD_CLOEXEC)", "dup2": "dup3",
                       "epoll_create": "epoll_create1", "creat": "open"}
OPENS_DESCRIPTORS = ("platform/", "nt/", "host/", "client/", "drivers/", "testkit/", "tools/")

# A call, not a member of a structure, not a longer name.
CALL = r"(?<![\w.>])(%s)\s*\("


def own_c(tree):
    return (file for file in tree.files if file.is_c and not file.is_published and not file.is_data)


def arguments_at(code, offset):
    """The text between the parenthesis at the offset and its partner."""
    depth = 0
    for end in range(offset, len(code)):
        depth += {"(": 1, ")": -1}.get(code[end], 0)
        if depth == 0:
            return code[offset:end]
    return code[offset:]


def calls_of(file, names):
    """The calls of library functions; a function that the file defines for itself is another one."""
    for match in re.finditer(CALL % names.replace(" ", "|"), file.code):
        if not re.search(r"^static\b[^;{}()]*\b%s\s*\(" % match.group(1), file.code, re.MULTILINE):
            yield match


def forbidden_calls(tree):
    """A function is called only where it belongs."""
    for file in own_c(tree):
        for names, forbidden, belongs, why in FORBIDDEN:
            if not file.path.startswith(forbidden) or (belongs and file.path.startswith(belongs)):
                continue
            for match in calls_of(file, names):
                yield file.finding(file.line_of(match.start(1)), f"{match.group(1)}(): {why}")


def close_on_exec(tree):
    """Every descriptor is opened so that a child process does not get it."""
    for file in own_c(tree):
        if not file.path.startswith(OPENS_DESCRIPTORS):
            continue
        for name, flag in CLOSE_ON_EXEC:
            for match in calls_of(file, name):
                if flag not in arguments_at(file.code, match.end() - 1):
                    yield file.finding(file.line_of(match.start(1)), f"{name}() without {flag}")
        for match in calls_of(file, " ".join(NEVER_CLOSE_ON_EXEC)):
            better = NEVER_CLOSE_ON_EXEC[match.group(1)]
            yield file.finding(file.line_of(match.start(1)), f"{match.group(1)}() leaks into child processes; use {better}")


RULES = [forbidden_calls, close_on_exec]
