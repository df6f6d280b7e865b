#include "core/health/metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/health/health_inside.h"
#include "store/store.h"

static void say_type(FILE *out, const char *name, const char *suffix, const char *type)
{
	fprintf(out, "# TYPE hotlined_%s%s %s\n", name, suffix, type);
}

static void say_gauge(FILE *out, const char *name, int64_t value)
{
	say_type(out, name, "", "gauge");
	fprintf(out, "hotlined_%s %" PRId64 "\n", name, value);
}

static void say_counters(FILE *out, const struct core *core)
{
	for (int i = 0; i < COUNTERS; i++) {
		const char *name = counter_name((enum counter)i);
		say_type(out, name, "_total", "counter");
		fprintf(out, "hotlined_%s_total %" PRId64 "\n", name, counter_get(core, (enum counter)i));
	}
}

static void say_outbox(FILE *out, json_t *lanes)
{
	const char *lane, *state;
	json_t *states, *count;

	say_type(out, "outbox", "", "gauge");
	json_object_foreach(lanes, lane, states)
		json_object_foreach(states, state, count)
			fprintf(out, "hotlined_outbox{lane=\"%s\",state=\"%s\"} %lld\n", lane, state, (long long)json_integer_value(count));
}

static void say_alerts(FILE *out, json_t *states)
{
	const char *state;
	json_t *count;

	say_type(out, "alerts", "", "gauge");
	json_object_foreach(states, state, count)
		fprintf(out, "hotlined_alerts{state=\"%s\"} %lld\n", state, (long long)json_integer_value(count));
}

static bool is_figure(const json_t *value)
{
	return json_is_integer(value) || json_is_boolean(value);
}

static long long figure_of(const json_t *value)
{
	return json_is_integer(value) ? (long long)json_integer_value(value) : json_is_true(value);
}

/* A worker's word: what a broken one says must not become lines of its own here. */
static const char *word_or_unknown(const char *word)
{
	return word && *word && word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0' ? word : "unknown";
}

/* Every figure that `modems` shows, the same one of all modems together as the format wants it. */
static void say_modems(FILE *out, json_t *modems)
{
	json_t *first = json_object_iter_value(json_object_iter(modems)), *value, *modem;
	const char *key, *name;

	json_object_foreach(first, key, value) {
		if (!is_figure(value))
			continue;
		fprintf(out, "# TYPE hotlined_modem_%s gauge\n", key);
		json_object_foreach(modems, name, modem)
			fprintf(out, "hotlined_modem_%s{modem=\"%s\"} %lld\n", key, name, figure_of(json_object_get(modem, key)));
	}
	say_type(out, "modem_state", "", "gauge");
	json_object_foreach(modems, name, modem)
		fprintf(out, "hotlined_modem_state{modem=\"%s\",state=\"%s\"} 1\n", name,
			word_or_unknown(json_string_value(json_object_get(modem, "state"))));
}

/* Whole units of the operator's currency; a SIM that nobody asked has none. */
static void say_credit(FILE *out, json_t *modems)
{
	json_t *modem, *balance;
	const char *name;

	say_type(out, "modem_credit", "", "gauge");
	json_object_foreach(modems, name, modem)
		if ((balance = json_object_get(modem, "balance")))
			fprintf(out, "hotlined_modem_credit{modem=\"%s\"} %lld\n", name, figure_of(json_object_get(balance, "amount")));
}

static void say_loop(FILE *out, const struct loop *l, json_t *modems)
{
	const char *name;
	json_t *modem;

	say_type(out, "loop_overdue", "", "gauge");
	json_object_foreach(modems, name, modem)
		fprintf(out, "hotlined_loop_overdue{modem=\"%s\"} %d\n", name, loop_state_of(l, name).overdue);
	say_type(out, "loop_took_ms", "", "gauge");
	json_object_foreach(modems, name, modem)
		fprintf(out, "hotlined_loop_took_ms{modem=\"%s\"} %" PRId64 "\n", name, loop_state_of(l, name).took_ms);
}

char *metrics_render(struct core *core)
{
	json_t *status = json_object(), *modems;
	struct store_health disk;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		hl_fatal(EXIT_FAILURE, "out of memory");
	control_outbox_counts(core, status);
	control_alert_counts(core, status);
	control_modem_counts(core, status);
	modems = json_object_get(status, "modems");
	store_health(core->store, &disk);
	say_counters(out, core);
	say_outbox(out, json_object_get(status, "outbox"));
	say_alerts(out, json_object_get(status, "alerts"));
	say_modems(out, modems);
	say_credit(out, modems);
	if (core->health) {
		say_loop(out, core->health->loop, modems);
		say_gauge(out, "quiet_hours", (int64_t)quiet_hours(core->health->quiet));
	}
	say_gauge(out, "database_bytes", disk.database_bytes);
	say_gauge(out, "wal_bytes", disk.wal_bytes);
	say_gauge(out, "disk_free_bytes", disk.free_bytes);
	say_gauge(out, "written_seconds", hl_wall_ms(core->clock) / 1000);
	fclose(out);
	json_decref(status);
	return text;
}

static int write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

int metrics_write(struct core *core, const char *path, struct hl_reason *reason)
{
	char tmp[300], *text;
	int fd, err = 0;

	snprintf(tmp, sizeof(tmp), "%s.tmp", path);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return hl_fail(reason, HL_EIO, "cannot write %s: %s", tmp, strerror(errno));
	text = metrics_render(core);
	/* what collects it is another user; whoever may look into its folder sees counts, and of nobody in particular */
	if (fchmod(fd, 0644) || write_all(fd, text, strlen(text)) || rename(tmp, path))
		err = hl_fail(reason, HL_EIO, "cannot write %s: %s", path, strerror(errno));
	free(text);
	close(fd);
	return err;
}
