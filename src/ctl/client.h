/* The control socket from the other side: one request, one answer, with a deadline. Says itself what went wrong, in
 * words. */
#ifndef HL_CTL_CLIENT_H
#define HL_CTL_CLIENT_H

#include "ctl/ctl.h"

#define CTL_SOCKET_DEFAULT "/run/hotlined/control.sock"
#define CTL_CONFIG_DEFAULT HL_SYSCONFDIR "/hotlined.conf"
#define CTL_ANSWER_MAX (1u << 20)  /* octets of one line */
#define CTL_ANSWER_S 30            /* a core that takes longer is stuck */

/* Connects if it is not connected yet. */
int client_connect(struct ctl *ctl);
void client_close(struct ctl *ctl);

/* Sends the request (taken over, and wiped) and waits for its answer: CTL_OK with *answer, to be ended by
 * json_decref(); otherwise an exit code after saying why. */
int client_ask(struct ctl *ctl, json_t *request, json_t **answer);

/* The same with a deadline of its own, for what takes the core long. */
int client_ask_within(struct ctl *ctl, json_t *request, int seconds, json_t **answer);

/* client_ask() for what changes something: the request gets a token, so that it is done once however often it comes, and where the
 * connection breaks before the answer it is asked once more, over another one. Takes over the request; NULL is a wrong argument. */
#define CTL_TOKEN_SIZE 65
int client_ask_once(struct ctl *ctl, json_t *request, json_t **answer);

/* How this person logs in, kept (a copy) until the command ends for a connection that breaks; and wiped. */
void client_keep_login(struct ctl *ctl, const json_t *request);
void client_forget_login(struct ctl *ctl);

/* The next event of a watch; waits for ever. CTL_UNREACHABLE after saying that the core went away. */
int client_event(struct ctl *ctl, json_t **event);

/* The string of a key in the configuration file, a path made absolute, in out. False where the file cannot be read
 * or has no such key: no error, for who may not read it names a socket or trusts the default. */
bool client_config_path(const struct ctl *ctl, const char *key, char *out, size_t size);

#endif
