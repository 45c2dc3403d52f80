/* SPDX-License-Identifier: MIT */
/*
 * The folder that device nodes are mounted on.
 */
#ifndef HOST_MOUNT_FOLDER_H
#define HOST_MOUNT_FOLDER_H

/*
 * Whether nodes may be mounted on this folder: a directory (not a link to one), empty, and the caller's own. What a host that
 * was killed has left mounted there is taken away first. Returns 0, or an errno value with a message printed.
 */
int mount_folder_prepare(const char *folder);

#endif /* HOST_MOUNT_FOLDER_H */
