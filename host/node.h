/* SPDX-License-Identifier: MIT */
/*
 * The node server: a FUSE mount in which every symbolic link under \??\ is a file that programs open.
 */
#ifndef HOST_NODE_H
#define HOST_NODE_H

struct node_server;

/*
 * Mounts at folder, which must be an empty directory of the caller's, and starts to follow the namespace. Returns 0, or an
 * errno value with a message printed.
 */
int node_server_start(const char *folder, struct node_server **ret_server);

/* Serves until a signal ends it. */
void node_server_serve(struct node_server *server);

/*
 * Unmounts, cancels the operations that run and closes the files that are open, so that devices can be removed. Accepts
 * NULL.
 */
void node_server_stop(struct node_server *server);

#endif /* HOST_NODE_H */
