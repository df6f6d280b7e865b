/* hotlinectl modem probe: which modems are there, and are they fit for use? What is in use is not touched: what the core knows
 * of it is shown. The rest is asked by hotline-modem --probe, which this becomes: hotlinectl opens no tty. */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/config/profiles.h"
#include "ctl/client.h"
#include "ctl/ports.h"
#include "ctl/program.h"
#include "ctl/text.h"

#define TTYS_MAX 32 /* that hotline-modem takes at once */

struct probing {
	struct ctl *ctl;
	struct profiles *profiles;
	json_t *modems;          /* what the core knows; NULL where no core answers */
	struct ports ports;
	const char *tty[TTYS_MAX];
	size_t tty_count;
	json_t *also;            /* for --json: what is not asked, and why */
	json_t *usb;             /* of the ttys to be asked */
	bool red;
};

/* ---- what there is ----------------------------------------------------------------------------------------------- */

static void load_profiles(struct probing *p)
{
	char folder[PATH_MAX];
	const char *config = p->ctl->config ? p->ctl->config : CTL_CONFIG_DEFAULT, *slash = strrchr(config, '/');

	if (!client_config_path(p->ctl, "modems_dir", folder, sizeof(folder)))
		snprintf(folder, sizeof(folder), "%.*smodems", slash ? (int)(slash - config + 1) : 0, config);
	p->profiles = profiles_load(folder);
	if (!profiles_name(p->profiles, 0))
		ctl_fail(CTL_FAILED, "no profiles in %s: every modem is taken for a generic one (--config FILE names another configuration)",
			 folder);
}

/* Without a core nothing is in use by its workers. */
static void ask_core(struct probing *p)
{
	char path[256] = CTL_SOCKET_DEFAULT;
	json_t *answer;

	if (p->ctl->socket_path)
		hl_strlcpy(path, sizeof(path), p->ctl->socket_path);
	else
		client_config_path(p->ctl, "control_socket", path, sizeof(path));
	if (access(path, R_OK | W_OK) || client_connect(p->ctl) || client_ask(p->ctl, json_pack("{s:s}", "op", "modems"), &answer))
		return;
	p->modems = json_incref(json_object_get(answer, "modems"));
	json_decref(answer);
}

static bool same_file(const char *a, const char *b)
{
	char one[PATH_MAX], other[PATH_MAX];

	return *a && *b && (strcmp(a, b) == 0 || (realpath(a, one) && realpath(b, other) && strcmp(one, other) == 0));
}

/* The modem whose worker has this tty. */
static const json_t *user_of(const struct probing *p, const char *tty)
{
	const json_t *m;
	size_t i;

	json_array_foreach(p->modems, i, m)
		if (ctl_true(m, "connected") && same_file(ctl_text(m, "tty"), tty))
			return m;
	return NULL;
}

/* ---- what is told at once ----------------------------------------------------------------------------------------- */

static void tell(struct probing *p, json_t *o, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void tell(struct probing *p, json_t *o, const char *format, ...)
{
	va_list ap;

	json_array_append_new(p->also, o);
	if (p->ctl->json)
		return;
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
}

static void tell_used(struct probing *p, const char *tty, const json_t *m)
{
	const char *detail = ctl_text(m, "detail");
	bool ready = ctl_true(m, "ready");
	char age[TEXT_SHORT];

	p->red = p->red || !ready;
	tell(p, json_pack("{s:s, s:s, s:b, s:O}", "tty", tty, "used_by", ctl_text(m, "name"), "green", ready, "modem", m),
	     "%s is in use by the worker of %s and is not asked. What the core knows of it:\n"
	     "  %s  %s%s%s; signal %lld of 31; %lld of %lld slots used; told: %s%s%s\n", tty, ctl_text(m, "name"),
	     ready ? "green" : "red", ctl_text(m, "state"), *ctl_text(m, "operator") ? ", " : "", ctl_text(m, "operator"),
	     (long long)ctl_int(m, "signal"), (long long)ctl_int(m, "sim_used"), (long long)ctl_int(m, "sim_total"),
	     text_age(text_now_ms(), ctl_int(m, "told_ms"), age), *detail ? "; " : "", detail);
	if (!ready && !p->ctl->json)
		printf("  mend: as it says; to probe it all the same, first: systemctl stop 'hotline-modem*'\n");
}

static void tell_disk(struct probing *p, const struct port *port)
{
	const json_t *profile = NULL, *line;
	const char *name;
	size_t i;

	p->red = true;
	for (i = 0; (name = profiles_name(p->profiles, i)); i++)
		if (strcmp(name, port->family) == 0)
			profile = profiles_get(p->profiles, i);
	tell(p, json_pack("{s:s, s:s, s:b, s:b}", "usb", port->usb, "profile", port->family, "disk", true, "green", false),
	     "USB %s (%s) is still a disk with drivers, not a modem\n", port->usb, port->family);
	json_array_foreach(json_object_get(profile, "mode_switch"), i, line)
		if (!p->ctl->json)
			printf("  mend: %s\n", json_string_value(line));
}

static void tell_left_out(struct probing *p, const struct port *port)
{
	bool known = port->family[0] != '\0';

	tell(p, json_pack("{s:s, s:s, s:s, s:i}", "tty", port->tty, "usb", port->usb, "profile", port->family, "interface",
			  port->interface),
	     "%s (USB %s, interface %d): %s; not asked\n", port->tty, port->usb, port->interface,
	     known ? "not the AT port of its family" : "no profile lists it: name the TTY to ask it all the same");
}

/* ---- choosing ----------------------------------------------------------------------------------------------------- */

static void ask_port(struct probing *p, const char *tty, const char *usb)
{
	const json_t *user = user_of(p, tty);

	if (user) {
		tell_used(p, tty, user);
	} else if (p->tty_count < TTYS_MAX) {
		p->tty[p->tty_count++] = tty;
		if (*usb)
			json_object_set_new(p->usb, tty, json_string(usb));
	}
}

static void choose_all(struct probing *p, const char *root)
{
	ports_find(root, p->profiles, &p->ports);
	for (size_t i = 0; i < p->ports.count; i++) {
		const struct port *port = &p->ports.port[i];
		if (port->is_disk)
			tell_disk(p, port);
		else if (port->is_at)
			ask_port(p, port->tty, port->usb);
		else
			tell_left_out(p, port);
	}
}

/* ---- becoming hotline-modem ---------------------------------------------------------------------------------------- */

static json_t *plan_of(const struct probing *p)
{
	json_t *list = json_array();
	const char *name;

	for (size_t i = 0; (name = profiles_name(p->profiles, i)); i++)
		json_array_append_new(list, json_pack("{s:s, s:O}", "name", name, "profile", profiles_get(p->profiles, i)));
	return json_pack("{s:o, s:O, s:O}", "profiles", list, "also", p->also, "usb", p->usb);
}

/* In memory: it outlives exec, and no file is left behind. */
static int write_plan(const struct probing *p, char path[32])
{
	json_t *plan = plan_of(p);
	int fd = memfd_create("plan", 0), err = fd < 0 || json_dumpfd(plan, fd, JSON_COMPACT);

	json_decref(plan);
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return err ? -1 : 0;
}

static int become_probe(struct probing *p)
{
	const char *argv[TTYS_MAX + 8] = { "hotline-modem", "--probe", "--plan" };
	char program[CTL_PATH_SIZE], plan[32];
	size_t n = 4;

	if (!program_find("hotline-modem", "HOTLINE_MODEM", program))
		return ctl_fail(CTL_NOT_FOUND, "hotline-modem was not found: name it in the environment variable HOTLINE_MODEM");
	if (write_plan(p, plan))
		return ctl_fail(CTL_FAILED, "cannot keep the profiles for hotline-modem: %s", strerror(errno));
	argv[3] = plan;
	if (p->ctl->json)
		argv[n++] = "--json";
	if (p->ctl->colour)
		argv[n++] = "--colour";
	if (p->red)
		argv[n++] = "--red";
	argv[n++] = "--";
	for (size_t i = 0; i < p->tty_count; i++)
		argv[n++] = p->tty[i];
	fflush(NULL);
	execv(program, (char *const *)(uintptr_t)argv);
	return ctl_fail(CTL_FAILED, "cannot run %s: %s", program, strerror(errno));
}

static int end_without(struct probing *p)
{
	if (p->ctl->json)
		ctl_print_json(json_pack("{s:O}", "ports", p->also));
	else if (json_array_size(p->also) == 0)
		return ctl_fail(CTL_NOT_FOUND, "no modem on USB: plug one in; one on a serial line is probed by its TTY, such as /dev/ttyS0");
	return p->red ? CTL_FAILED : json_array_size(p->also) ? CTL_OK : CTL_NOT_FOUND;
}

int cmd_modem_probe(struct ctl *ctl, const struct ctl_args *args)
{
	struct probing *p = hl_calloc(1, sizeof(*p));
	int code;

	p->ctl = ctl;
	p->also = json_array();
	p->usb = json_object();
	load_profiles(p);
	ask_core(p);
	if (args->words)
		ask_port(p, args->word[0], "");
	else
		choose_all(p, args->option[0] ? args->option[0] : "");
	code = p->tty_count ? become_probe(p) : end_without(p);
	profiles_free(p->profiles);
	json_decref(p->modems);
	json_decref(p->also);
	json_decref(p->usb);
	free(p);
	return code;
}
