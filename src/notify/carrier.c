#include "notify/carrier.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

#define STACK_OCTETS (512u << 10) /* libcurl with OpenSSL needs a tenth of it */

/* The ends of one pair of sockets: outcomes go in at one in whole datagrams, and come out in the loop at the other. */
struct carrier {
	const struct settings *settings;
	carrier_ended ended;
	void *arg;
	int out_fd, in_fd;
	struct event *told;
};

struct errand {
	const struct settings *settings;
	int in_fd;
	struct wire_note note;
};

static void tell(int fd, const struct outcome *out)
{
	if (send(fd, out, sizeof(*out), MSG_NOSIGNAL) < 0)
		return; /* the program is ending */
}

/* An address stands in it, and perhaps the code that acknowledges. */
static void wipe_errand(struct errand *e)
{
	explicit_bzero(e, sizeof(*e));
	free(e);
}

static void *run(void *arg)
{
	struct errand *e = arg;
	struct outcome out;

	transfer_run(e->settings, &e->note, &out);
	tell(e->in_fd, &out);
	wipe_errand(e);
	return NULL;
}

static void on_told(evutil_socket_t fd, short what, void *arg)
{
	struct carrier *c = arg;
	struct outcome out;

	(void)what;
	while (recv(fd, &out, sizeof(out), MSG_DONTWAIT) == (ssize_t)sizeof(out))
		c->ended(c->arg, &out);
}

static int start_thread(struct errand *e)
{
	pthread_attr_t attr;
	pthread_t thread;
	int err = pthread_attr_init(&attr);

	if (err)
		return err;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, STACK_OCTETS);
	err = pthread_create(&thread, &attr, run, e);
	pthread_attr_destroy(&attr);
	return err;
}

void carrier_begin(struct carrier *c, const struct wire_note *note)
{
	struct errand *e = hl_calloc(1, sizeof(*e));
	const struct outcome none = { .id = note->id,
		.verdict = { VERDICT_FAILED, "the system gives hotline-notify no thread: see TasksMax of its unit, and its memory" } };

	e->settings = c->settings;
	e->in_fd = c->in_fd;
	e->note = *note;
	if (start_thread(e) == 0)
		return;
	wipe_errand(e);
	tell(c->in_fd, &none);
}

struct carrier *carrier_new(struct event_base *base, const struct settings *settings, carrier_ended ended, void *arg)
{
	struct carrier *c = hl_calloc(1, sizeof(*c));
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds))
		hl_fatal(EX_OSERR, "cannot make a pair of sockets");
	*c = (struct carrier){ settings, ended, arg, fds[0], fds[1], NULL };
	c->told = event_new(base, c->out_fd, EV_READ | EV_PERSIST, on_told, c);
	if (!c->told || event_add(c->told, NULL))
		hl_fatal(EX_OSERR, "cannot watch a socket");
	return c;
}

/* The end that threads use stays open: its number must not become another file's. */
void carrier_free(struct carrier *c)
{
	event_free(c->told);
	close(c->out_fd);
	free(c);
}
