#include "modem/locate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "modem/worker.h"

#define PORT_PATIENCE_MS 40000     /* sticks answer 5 to 30 s after they were plugged in */
#define PORT_AGAIN_MS 60000        /* doubled each time: most silent ports are not for AT, and stay silent */
#define PORT_AGAIN_MAX_MS 1800000
#define CANDIDATE_PATIENCE_MS 3000 /* it is up already */

static void take_fd(struct worker *w, int fd)
{
	worker_located(w, fd);
}

/* ---- a port ---------------------------------------------------------------------------------------------------- */

static void drop_fd(struct locate *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

/* Unplugging is no fault: the program ends as if told to, and udev starts one when it is plugged in again. */
static bool ended_with_port(struct worker *w)
{
	if (access(w->locate.port, F_OK) == 0)
		return false;
	hl_log(HL_LOG_NOTICE, "modem", "unplugged port=%s next=end", w->locate.port);
	event_base_loopbreak(w->base);
	return true;
}

static void start_asking_port(struct worker *w)
{
	identify_start(w->locate.identify, w->locate.port, 0, false, PORT_PATIENCE_MS);
}

/* A silent one says hello as well, so that it can be seen; it may also be configured by its port. */
static void port_identified(struct worker *w, const struct identity *who)
{
	struct locate *l = &w->locate;
	bool news = strcmp(l->imei, who->imei) != 0;

	if (who->fd < 0 && ended_with_port(w))
		return;
	drop_fd(l);
	l->fd = who->fd;
	hl_strlcpy(l->imei, sizeof(l->imei), who->imei);
	hl_strlcpy(l->model, sizeof(l->model), who->model);
	if (who->imei[0])
		hl_log(HL_LOG_INFO, "modem", "found port=%s usb=%s imei=%s model=\"%s\"", l->port, l->usb[0] ? l->usb : "-", l->imei,
		       l->model);
	else
		hl_log(HL_LOG_NOTICE, "modem", "silent port=%s usb=%s why=\"%s\"", l->port, l->usb[0] ? l->usb : "-", who->why);
	if (news || !uplink_is_started(w->uplink))
		uplink_start(w->uplink);
	else
		locate_unwelcome(w);
}

static void on_again(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	if (!w->welcomed && !ended_with_port(w))
		start_asking_port(w);
}

void locate_start_port(struct worker *w)
{
	start_asking_port(w);
}

void locate_unwelcome(struct worker *w)
{
	if (w->welcomed)
		return;
	drop_fd(&w->locate);
	/* Also where it is known: the port may be unplugged, and nothing else would tell. */
	timer_set(w->locate.again, w->locate.again_ms);
	w->locate.again_ms *= 2;
	if (w->locate.again_ms > PORT_AGAIN_MAX_MS)
		w->locate.again_ms = PORT_AGAIN_MAX_MS;
}

void locate_hello(const struct worker *w, struct wire_hello *hello)
{
	const struct locate *l = &w->locate;

	hl_strlcpy(hello->port, sizeof(hello->port), l->port);
	hl_strlcpy(hello->links, sizeof(hello->links), l->links);
	hl_strlcpy(hello->usb, sizeof(hello->usb), l->usb);
	hl_strlcpy(hello->imei, sizeof(hello->imei), l->imei);
	hl_strlcpy(hello->model, sizeof(hello->model), l->model);
}

static void open_port(struct worker *w)
{
	struct locate *l = &w->locate;
	struct hl_reason why;
	int fd = l->fd;

	l->fd = -1;
	evtimer_del(l->again);
	hl_strlcpy(l->tty, sizeof(l->tty), l->port);
	if (fd < 0)
		fd = tty_open(l->port, w->welcome.baud, w->profile.rtscts, &why);
	else if (tty_set_line(fd, l->port, w->welcome.baud, w->profile.rtscts, &why)) {
		close(fd);
		fd = -1;
	}
	if (fd >= 0) {
		take_fd(w, fd);
		return;
	}
	if (ended_with_port(w))
		return;
	if (fd == HL_EIO) /* the sandbox knows the device that was there at the start; this is another one */
		hl_fatal(EX_TEMPFAIL, "%s; ending for a restart", why.text);
	worker_not_located(w, why.text);
}

/* ---- a configured modem ---------------------------------------------------------------------------------------- */

/* Which one to look for: what the configuration says, or what sat at the configured tty before. */
static const char *wanted(const struct worker *w)
{
	if (w->welcome.imei[0])
		return w->welcome.imei;
	return identify_imei_is_usable(w->told.imei) ? w->told.imei : "";
}

static bool is_own_tty(const struct worker *w)
{
	return strcmp(w->locate.tty, w->welcome.tty) == 0;
}

static void search_failed(struct worker *w)
{
	struct locate *l = &w->locate;
	struct hl_reason why;
	int fd;

	if (l->silent) {
		hl_strlcpy(l->tty, sizeof(l->tty), w->welcome.tty);
		fd = tty_open(l->tty, w->welcome.baud, w->profile.rtscts, &why);
		if (fd >= 0)
			take_fd(w, fd);
		else
			worker_not_located(w, why.text);
		return;
	}
	hl_fail(&why, 0, "no modem with the IMEI %s at any port: is it plugged in?%s%s", wanted(w), l->other[0] ? " " : "", l->other);
	worker_not_located(w, why.text);
}

static void search_next(struct worker *w)
{
	struct locate *l = &w->locate;

	if (l->next == l->candidates.count) {
		search_failed(w);
		return;
	}
	hl_strlcpy(l->tty, sizeof(l->tty), l->candidates.path[l->next++]);
	identify_start(l->identify, l->tty, w->welcome.baud, w->profile.rtscts, CANDIDATE_PATIENCE_MS);
}

static void candidate_identified(struct worker *w, const struct identity *who)
{
	struct locate *l = &w->locate;

	if (who->fd >= 0 && strcmp(who->imei, wanted(w)) == 0) {
		if (!is_own_tty(w))
			hl_log(HL_LOG_NOTICE, "modem", "moved imei=%s to=%s", who->imei, l->tty);
		take_fd(w, who->fd);
		return;
	}
	if (who->fd >= 0)
		close(who->fd);
	if (is_own_tty(w) && who->fd >= 0 && !who->imei[0])
		l->silent = true;
	else if (is_own_tty(w))
		snprintf(l->other, sizeof(l->other), "%.60s: %.60s", l->tty, who->imei[0] ? "another modem is there" : who->why);
	search_next(w);
}

static void search(struct worker *w, bool own_tty_first)
{
	struct locate *l = &w->locate;

	l->next = 0;
	l->silent = false;
	l->other[0] = '\0';
	port_find_candidates(w->welcome.tty, &l->candidates);
	if (!own_tty_first || !w->welcome.tty[0]) {
		search_next(w);
		return;
	}
	hl_strlcpy(l->tty, sizeof(l->tty), w->welcome.tty);
	identify_start(l->identify, l->tty, w->welcome.baud, w->profile.rtscts, CANDIDATE_PATIENCE_MS);
}

static void open_configured(struct worker *w)
{
	struct locate *l = &w->locate;
	struct hl_reason why;
	int fd;

	if (w->welcome.imei[0]) {
		search(w, true);
		return;
	}
	hl_strlcpy(l->tty, sizeof(l->tty), w->welcome.tty);
	fd = tty_open(l->tty, w->welcome.baud, w->profile.rtscts, &why);
	if (fd >= 0)
		take_fd(w, fd);
	else if (fd == HL_ENOENT && *wanted(w))
		search(w, false);
	else
		worker_not_located(w, why.text);
}

/* ---- both ------------------------------------------------------------------------------------------------------ */

static void on_identified(void *arg, const struct identity *who)
{
	struct worker *w = arg;

	if (w->locate.port[0])
		port_identified(w, who);
	else
		candidate_identified(w, who);
}

void locate_open(struct worker *w)
{
	if (identify_is_busy(w->locate.identify))
		return;
	if (w->locate.port[0])
		open_port(w);
	else
		open_configured(w);
}

void locate_stop(struct worker *w)
{
	identify_stop(w->locate.identify);
}

bool locate_is_right(const struct worker *w, const char *imei, struct hl_reason *reason)
{
	const char *must = w->locate.port[0] ? w->locate.imei : w->welcome.imei;

	if (!*must || !identify_imei_is_usable(imei) || strcmp(must, imei) == 0)
		return true;
	hl_fail(reason, 0, "the modem at %s has the IMEI %s, not %s: looking for the right one", w->locate.tty, imei, must);
	return false;
}

void locate_init(struct worker *w, const char *port)
{
	struct locate *l = &w->locate;

	l->fd = -1;
	l->again_ms = PORT_AGAIN_MS;
	l->identify = identify_new(w->base, on_identified, w);
	l->again = timer_new(w->base, on_again, w);
	if (!port)
		return;
	hl_strlcpy(l->port, sizeof(l->port), port);
	port_read_usb(port, l->usb);
	port_read_links(port, l->links, sizeof(l->links));
}

void locate_free(struct worker *w)
{
	drop_fd(&w->locate);
	identify_free(w->locate.identify);
	event_free(w->locate.again);
}
