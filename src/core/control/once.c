#include "core/control/once.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/store.h"
#include "vault/vault.h"

#define ASKER_SIZE 128

bool once_heeds(const char *op)
{
	static const char *const never[] = { "login", "logout", "modem.ussd", "person.add", "person.remove" };

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strcmp(op, never[i]) == 0)
			return false;
	return true;
}

/* People by their name, so that the next connection of theirs counts; else users of the machine. */
static void asker_of(const struct session *session, char out[ASKER_SIZE])
{
	const char *name = session_name(session);

	if (*name)
		snprintf(out, ASKER_SIZE, "person %s", name);
	else
		snprintf(out, ASKER_SIZE, "user %lld", (long long)session_uid(session));
}

/* All of the request but what names it: the same words in whatever order. */
static void hash_request(const struct core *core, const json_t *request, uint8_t hash[ANSWERED_HASH])
{
	json_t *copy = json_copy((json_t *)(uintptr_t)request); /* shallow, and only keys of the copy change */
	char *text;

	json_object_del(copy, "id");
	json_object_del(copy, "token");
	text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
	vault_once_hash(core->vault, "request", text, hash);
	explicit_bzero(text, strlen(text));
	free(text);
	json_decref(copy);
}

static bool token_is_one(const char *token)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	size_t len = token ? strlen(token) : 0;

	return len >= ONCE_TOKEN_MIN && len <= ONCE_TOKEN_MAX && strspn(token, allowed) == len;
}

/* Ties a sealed answer to its token. */
static struct vault_binding binding_of(const uint8_t token[ANSWERED_HASH], int64_t made_ms)
{
	int64_t row;

	memcpy(&row, token, sizeof(row));
	return (struct vault_binding){ "answered", row, 0, 1, made_ms };
}

static json_t *open_answer(const struct core *core, const uint8_t token[ANSWERED_HASH], const struct answered_row *row)
{
	struct vault_binding b = binding_of(token, row->made_ms);
	char *text = hl_calloc(row->body_len + 1, 1);
	json_t *answer = NULL;

	if (vault_transit_open(core->vault, &b, row->body, row->body_len, text, row->body_len + 1) == 0)
		answer = json_loads(text, 0, NULL);
	explicit_bzero(text, row->body_len);
	free(text);
	return answer;
}

enum once_verdict once_look(struct core *core, const struct session *session, const json_t *request, struct once *once, json_t **answer)
{
	const json_t *token = json_object_get(request, "token");
	struct answered_row row;
	char asker[ASKER_SIZE];
	enum once_verdict v = ONCE_DO;

	*once = (struct once){ .on = token != NULL };
	*answer = NULL;
	if (!token)
		return ONCE_DO;
	if (!token_is_one(json_string_value(token)))
		return ONCE_BAD;
	asker_of(session, asker);
	vault_once_hash(core->vault, asker, json_string_value(token), once->token);
	hash_request(core, request, once->request);
	if (!answered_get(core->store, once->token, &row))
		return ONCE_DO;
	if (row.made_ms >= hl_wall_ms(core->clock) - ONCE_KEEP_MS)
		v = memcmp(row.request, once->request, ANSWERED_HASH) != 0 ? ONCE_OTHER : ONCE_DONE;
	if (v == ONCE_DONE && !(*answer = open_answer(core, once->token, &row)))
		v = ONCE_OTHER; /* somebody was at the row: doing it again is what must not happen */
	free(row.body);
	return v;
}

void once_keep(struct core *core, const struct once *once, const json_t *answer)
{
	struct answered_row row = { .made_ms = hl_wall_ms(core->clock) };
	struct vault_binding b = binding_of(once->token, row.made_ms);
	char *text;
	size_t len;

	if (!once->on)
		return;
	text = json_dumps(answer, JSON_COMPACT);
	len = strlen(text);
	memcpy(row.request, once->request, sizeof(row.request));
	row.body = hl_calloc(len + VAULT_AEAD_EXTRA, 1);
	row.body_len = vault_transit_seal(core->vault, &b, text, len, row.body);
	explicit_bzero(text, len);
	free(text);
	once_forget(core);
	answered_put(core->store, once->token, &row);
	free(row.body);
}

void once_forget(struct core *core)
{
	answered_forget(core->store, hl_wall_ms(core->clock) - ONCE_KEEP_MS);
}
