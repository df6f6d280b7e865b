#include "core/backup/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/backup/check.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/outbound/warn.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/meta.h"
#include "vault/archive.h"

#define DAMAGE "damage" /* in meta: what the last check found; empty: nothing */

enum state { IDLE, COPYING, CHECKING, READING };

struct backup {
	struct core *core;
	enum state state;
	char path[300];
	int64_t serial;               /* names the backup to who reads it, so that two never mix */
	int64_t asked_boot_ms;        /* the last question about it */
	struct store_backup *copy;    /* COPYING */
	struct check *check;          /* CHECKING */
	struct control_call *waiting; /* a question that is answered when something is known */
	int64_t answer_boot_ms;
	int fd;                       /* READING: the copy, which has no name any more */
	int64_t done, total;
	struct archive *archive;
	int64_t made_ms;              /* wall time at which the copy was complete */
	int failed_err;               /* of the backup with this serial, for who asks afterwards; "" where it did not fail */
	char failed[400];
	char head[ARCHIVE_HEAD_MAX];
	uint8_t start[ARCHIVE_START];
	struct event *next;
};

static const struct timeval at_once = { 0, 0 }, progress = { BACKUP_ANSWER_MS / 1000, BACKUP_ANSWER_MS % 1000 * 1000 };

/* ---- the end ---------------------------------------------------------------------------------------------------------------- */

static void rest(struct backup *b)
{
	if (b->state == IDLE)
		return;
	event_del(b->next);
	check_end(b->check);
	b->check = NULL;
	store_backup_end(b->copy);
	b->copy = NULL;
	archive_free(b->archive);
	b->archive = NULL;
	if (b->fd >= 0)
		close(b->fd);
	b->fd = -1;
	unlink(b->path);
	b->state = IDLE;
}

static void fail(struct backup *b, int err, const char *what)
{
	struct control_call *call = b->waiting;

	b->waiting = NULL;
	hl_log(HL_LOG_ERR, "backup", "failed why=\"%s: %s\"", what, hl_strerror(err));
	rest(b);
	if (err != HL_ESTATE) {
		turn_begin(b->core->turn);
		warn_operator(b->core, "sys.backup", "backup", NULL);
	}
	b->failed_err = err;
	snprintf(b->failed, sizeof(b->failed), "%s: %s; no backup was made", what, err == HL_ECORRUPT ?
		"stop hotlined, keep its files, and restore the last good backup" : hl_strerror(err));
	if (call)
		control_fail(call, err, "%s", b->failed);
}

/* ---- copying ---------------------------------------------------------------------------------------------------------------- */

static void answer_progress(struct backup *b)
{
	struct control_call *call = b->waiting;

	b->waiting = NULL;
	control_ok(call, json_pack("{s:I, s:I, s:I, s:b}", "backup", (json_int_t)b->serial, "copied", (json_int_t)b->done, "total",
		(json_int_t)b->total, "checking", b->state == CHECKING));
}

/* The copy is sound: from here on it has no name, so that nothing is left of it whatever happens. */
static void begin_reading(struct backup *b)
{
	uint8_t tie[VAULT_HASH];

	b->fd = open(b->path, O_RDONLY | O_CLOEXEC);
	if (b->fd < 0 || unlink(b->path)) {
		fail(b, HL_EIO, "reading the copy");
		return;
	}
	b->total = lseek(b->fd, 0, SEEK_END);
	lseek(b->fd, 0, SEEK_SET);
	b->done = 0;
	b->made_ms = hl_wall_ms(b->core->clock);
	snprintf(b->head, sizeof(b->head), "%s %lld %lld\n", BACKUP_NAME, (long long)b->made_ms, (long long)b->total);
	vault_backup_tie(b->core->vault, tie);
	b->archive = archive_seal_new(unit_recovery_public(b->core->units), tie, b->head, b->start);
	explicit_bzero(tie, sizeof(tie));
	b->state = READING;
	if (b->waiting)
		answer_progress(b);
}

/* On record either way, because who looks for when the damage began needs the last time that all was well. */
static void on_checked(void *arg, int err, const struct hl_reason *reason)
{
	struct hl_reason said = *reason, *why = &said; /* it ends with the check */
	struct backup *b = arg;
	struct core *core = b->core;

	check_end(b->check);
	b->check = NULL;
	event_del(b->next);
	turn_begin(core->turn);
	audit_append(core->store, hl_wall_ms(core->clock), "core", err ? "backup.damaged" : "backup.checked", "", err ? why->text : "");
	if (err == 0 || err == HL_ECORRUPT)
		meta_set_text(core->store, DAMAGE, err ? why->text : "");
	if (err)
		fail(b, err, why->text);
	else
		begin_reading(b);
}

/* Who asked is told how it goes meanwhile. */
static void begin_checking(struct backup *b)
{
	store_backup_end(b->copy);
	b->copy = NULL;
	b->state = CHECKING;
	b->check = check_start(b->core->base, b->path, on_checked, b);
	event_add(b->next, &progress);
}

static void on_settled(void *arg, int err)
{
	struct backup *b = arg;

	(void)err;
	if (b->state == COPYING)
		event_add(b->next, &at_once);
}

static bool is_forsaken(const struct backup *b)
{
	return !b->waiting && hl_boot_ms(b->core->clock) - b->asked_boot_ms >= BACKUP_FORSAKEN_MS;
}

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	struct backup *b = arg;
	int rc;

	(void)fd;
	(void)what;
	if (b->state == CHECKING) {
		if (b->waiting)
			answer_progress(b);
		event_add(b->next, &progress);
		return;
	}
	if (store_in_transaction(b->core->store)) { /* SQLite copies between transactions only */
		turn_reply(b->core->turn, on_settled, b);
		return;
	}
	rc = store_backup_step(b->copy, BACKUP_STEP_PAGES);
	store_backup_progress(b->copy, &b->done, &b->total);
	if (rc < 0) {
		fail(b, rc, "copying the database");
	} else if (rc == 0) {
		begin_checking(b);
	} else if (is_forsaken(b)) {
		rest(b);
	} else {
		if (b->waiting && hl_boot_ms(b->core->clock) >= b->answer_boot_ms)
			answer_progress(b);
		event_add(b->next, &at_once);
	}
}

/* ---- requests --------------------------------------------------------------------------------------------------------------- */

static bool has_room(struct control_call *call)
{
	struct store_health h;

	store_health(call->core->store, &h);
	if (h.free_bytes < 0 || h.free_bytes >= h.database_bytes + h.wal_bytes + BACKUP_ROOM)
		return true;
	control_fail(call, HL_EFULL, "a backup needs room for a copy beside the database for a while: free %lld MB of that disk",
		(long long)((h.database_bytes + h.wal_bytes + BACKUP_ROOM - h.free_bytes) >> 20) + 1);
	return false;
}

void control_backup_start(struct control_call *call)
{
	struct core *core = call->core;
	struct backup *b = core->backup;
	struct hl_reason why = { "" };
	int err;

	if (b->state == CHECKING || (b->state != IDLE && !is_forsaken(b))) {
		control_fail(call, HL_EBUSY, "a backup is being made; wait for its end");
		return;
	}
	rest(b);
	if (!has_room(call))
		return;
	err = store_backup_start(core->store, b->path, &b->copy, &why);
	if (err) {
		control_fail(call, err, "%s", why.text);
		return;
	}
	b->state = COPYING;
	b->serial++;
	b->failed[0] = '\0';
	b->done = b->total = 0;
	b->asked_boot_ms = hl_boot_ms(core->clock);
	event_add(b->next, &at_once);
	turn_begin(core->turn);
	audit_append(core->store, hl_wall_ms(core->clock), control_actor(call), "backup", "", "");
	control_ok(call, json_pack("{s:I}", "backup", (json_int_t)b->serial));
}

/* The next piece of the file: its head first, then a chunk an answer. */
static void answer_piece(struct backup *b, struct control_call *call)
{
	uint8_t plain[ARCHIVE_CHUNK], sealed[ARCHIVE_CHUNK + ARCHIVE_EXTRA + ARCHIVE_HEAD_MAX + ARCHIVE_START];
	char *hex = hl_calloc(2 * sizeof(sealed) + 1, 1);
	size_t len = 0;
	ssize_t n = read(b->fd, plain, sizeof(plain));
	bool last;

	if (n < 0 || (n < (ssize_t)sizeof(plain) && b->done + n != b->total)) {
		free(hex);
		b->waiting = control_keep(call);
		fail(b, HL_EIO, "reading the copy");
		return;
	}
	if (b->done == 0) {
		len = strlen(b->head);
		memcpy(sealed, b->head, len);
		memcpy(sealed + len, b->start, sizeof(b->start));
		len += sizeof(b->start);
	}
	b->done += n;
	last = b->done == b->total;
	len += archive_seal(b->archive, plain, (size_t)n, last, sealed + len);
	hl_hex_encode(sealed, len, hex);
	control_ok(call, json_pack("{s:I, s:s, s:b, s:I, s:I}", "backup", (json_int_t)b->serial, "data", hex, "last", last, "copied",
		(json_int_t)b->done, "total", (json_int_t)b->total));
	free(hex);
	if (last) {
		hl_log(HL_LOG_NOTICE, "backup", "read_out octets=%lld", (long long)b->total);
		turn_begin(b->core->turn);
		meta_set_int(b->core->store, "backup_ms", b->made_ms);
		audit_append(b->core->store, hl_wall_ms(b->core->clock), control_actor(call), "backup.done", "", "");
		rest(b);
	}
}

void control_backup_read(struct control_call *call)
{
	struct backup *b = call->core->backup;

	if (b->state == IDLE && *b->failed && json_integer_value(json_object_get(call->request, "backup")) == b->serial) {
		control_fail(call, b->failed_err, "%s", b->failed);
	} else if (b->state == IDLE || json_integer_value(json_object_get(call->request, "backup")) != b->serial) {
		control_fail(call, HL_ESTATE, "this backup is over: begin anew");
	} else if (b->state == READING) {
		b->asked_boot_ms = hl_boot_ms(call->core->clock);
		answer_piece(b, call);
	} else if (b->waiting) {
		control_fail(call, HL_EBUSY, "another question about this backup waits for its answer");
	} else {
		b->asked_boot_ms = hl_boot_ms(call->core->clock);
		b->answer_boot_ms = b->asked_boot_ms + BACKUP_ANSWER_MS;
		b->waiting = control_keep(call);
	}
}

int64_t backup_age_days(struct core *core)
{
	int64_t now_ms = hl_wall_ms(core->clock), made_ms = now_ms;

	if (!meta_get_int(core->store, "backup_ms", &made_ms))
		meta_get_int(core->store, "created_ms", &made_ms);
	return (now_ms - made_ms) / (86400 * (int64_t)1000);
}

bool backup_has_found_damage(struct core *core, char out[BACKUP_DAMAGE_SIZE])
{
	return meta_get_text(core->store, DAMAGE, out, BACKUP_DAMAGE_SIZE) && *out;
}

bool backup_has_lost_weeks(struct core *core)
{
	int64_t made_ms, destroyed_ms;

	return meta_get_int(core->store, "backup_ms", &made_ms) && meta_get_int(core->store, "destroyed_ms", &destroyed_ms) &&
		made_ms <= destroyed_ms;
}

/* ---- room ------------------------------------------------------------------------------------------------------------------- */

struct backup *backup_new(struct core *core)
{
	struct backup *b = hl_calloc(1, sizeof(*b));

	b->core = core;
	b->fd = -1;
	b->next = evtimer_new(core->base, on_next, b);
	if (!b->next)
		hl_fatal(EX_OSERR, "out of memory for timers");
	snprintf(b->path, sizeof(b->path), "%s-backup", core->config->database);
	if (unlink(b->path) == 0)
		hl_log(HL_LOG_NOTICE, "backup", "removed what=\"a copy that was never finished\"");
	return b;
}

void backup_free(struct backup *b)
{
	if (!b)
		return;
	if (b->waiting)
		fail(b, HL_ESTATE, "the core ends");
	rest(b);
	event_free(b->next);
	free(b);
}
