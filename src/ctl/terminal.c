#include <config.h>

#include "ctl/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/client.h"

#define NAME_SIZE 256

static volatile sig_atomic_t caught; /* the signal that ended a question */

static void on_signal(int number)
{
	caught = number;
}

/* One octet, after waiting for it with the signal mask (NULL: the present one). 1, or 0 at the end and after a
 * signal. */
static int read_octet(int fd, const sigset_t *mask, char *c)
{
	struct pollfd p = { fd, POLLIN, 0 };
	ssize_t n;

	do {
		n = ppoll(&p, 1, NULL, mask) < 0 ? -1 : read(fd, c, 1);
	} while (n < 0 && errno == EINTR && !caught);
	return n == 1;
}

/* One line from a descriptor, octet by octet, so that nothing behind it is taken away and no buffer keeps it. A line
 * that does not fit is as if it were empty. False at the end and after a signal. */
static bool read_line(int fd, const sigset_t *mask, char *out, size_t size)
{
	size_t len = 0;
	int got;
	char c = 0;

	while ((got = read_octet(fd, mask, &c)) && c != '\n')
		if (len < size)
			out[len++] = c;
	if (len == size)
		len = 0;
	out[len] = '\0';
	return got || (len > 0 && !caught);
}

/* What must not leave the terminal without its echo. */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
#define SIGNALS (sizeof(signals) / sizeof(*signals))

/* The echo is off before the question stands there: nothing that is typed after it can be seen. Signals come only while
 * we wait, so that none is missed between a look and a wait, and go on to their old ends when the echo is back. */
static bool ask_quietly(int tty, const char *question, char *out, size_t size)
{
	struct sigaction old[SIGNALS], act = { .sa_handler = on_signal };
	struct termios before, quiet;
	sigset_t blocked, mask;
	bool said;

	if (tcgetattr(tty, &before))
		return false;
	caught = 0;
	sigemptyset(&blocked);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&blocked, signals[i]);
	sigprocmask(SIG_BLOCK, &blocked, &mask);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &act, &old[i]);
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(tty, TCSAFLUSH, &quiet);
	said = write(tty, question, strlen(question)) > 0 && read_line(tty, &mask, out, size);
	tcsetattr(tty, TCSAFLUSH, &before);
	if (write(tty, "\n", 1) < 0)
		said = false;
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &old[i], NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (caught)
		raise(caught);
	caught = 0;
	return said;
}

bool terminal_ask(const char *question, char *out, size_t size)
{
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool said;

	if (tty < 0)
		return false;
	said = write(tty, question, strlen(question)) > 0 && read_line(tty, NULL, out, size);
	close(tty);
	return said;
}

int terminal_secret(const struct ctl *ctl, const char *question, char *out, size_t size)
{
	int tty;
	bool said;

	if (ctl->password_stdin) {
		if (read_line(STDIN_FILENO, NULL, out, size) && *out)
			return CTL_OK;
		return ctl_fail(CTL_USAGE, "standard input ended where a secret was to come (%s)", question);
	}
	tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (tty < 0)
		return ctl_fail(CTL_USAGE, "there is no terminal to ask on: use --password-stdin");
	said = ask_quietly(tty, question, out, size);
	close(tty);
	return said && *out ? CTL_OK : ctl_fail(CTL_USAGE, "nothing was entered");
}

bool terminal_has_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static int login(struct ctl *ctl, const char *name)
{
	char question[NAME_SIZE + 32], password[TERMINAL_SECRET_MAX];
	json_t *request, *answer;
	int err = client_connect(ctl); /* nobody types a password for a core that is not there */

	if (err)
		return err;
	snprintf(question, sizeof(question), "Password of %s: ", name);
	err = terminal_secret(ctl, question, password, sizeof(password));
	if (!err) {
		request = json_pack("{s:s, s:s, s:s}", "op", "login", "person", name, "password", password);
		if (request)
			client_keep_login(ctl, request);
		err = request ? client_ask(ctl, request, &answer) : ctl_fail(CTL_USAGE, "a name and a password are UTF-8");
		if (!err)
			json_decref(answer);
	}
	explicit_bzero(password, sizeof(password));
	return err;
}

/* Whether somebody sits there who may be asked who they are. */
static bool person_is_there(const struct ctl *ctl)
{
	return !ctl->json && !ctl->password_stdin && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

int terminal_login(struct ctl *ctl, enum ctl_person person)
{
	const char *question = person == CTL_MAY ? "Your name (nothing: without texts): " : "Your name: ";
	char name[NAME_SIZE] = "";

	if (ctl->as)
		return login(ctl, ctl->as);
	if (person != CTL_NOBODY && person_is_there(ctl) && terminal_ask(question, name, sizeof(name)) && *name)
		return login(ctl, name);
	return person == CTL_MUST ? ctl_fail(CTL_USAGE, "who is asking? Name the person: --as NAME") : CTL_OK;
}

int terminal_begin(struct ctl *ctl, enum ctl_person person)
{
	int err = client_connect(ctl);

	return err ? err : terminal_login(ctl, person);
}
