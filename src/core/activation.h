/* systemd's socket activation (sd_listen_fds(3)): sockets that systemd opened before we started, by their names. */
#ifndef HL_CORE_ACTIVATION_H
#define HL_CORE_ACTIVATION_H

/* The listening descriptor with this FileDescriptorName=, made non-blocking and close-on-exec, or -1 where systemd
 * gave none. */
int activation_fd(const char *name);

#endif
