#include "ussd/gateway_inside.h"

#include <stdio.h>
#include <string.h>

#include "ussd/target.h"

/* Where the proxy in front connects, the address that it tells. */
static bool find_source(const struct listener *l, struct http_exchange *x, struct source *out)
{
	const char *header;

	*out = x->source;
	if (!source_is_in(&l->settings->proxies, &x->source))
		return true;
	header = http_header(x, l->settings->forwarded_header);
	return header && source_forwarded(header, out);
}

static bool is_trusted(const struct listener *l, struct http_exchange *x, const struct source *from)
{
	const struct settings_listener *s = l->settings;
	char value[sizeof(s->secret)] = "";
	bool in_query;

	if (s->allowed.count > 0 && !source_is_in(&s->allowed, from))
		return false;
	if (!*s->secret)
		return true;
	in_query = *s->secret_query && target_query(x->target, s->secret_query, value, sizeof(value));
	in_query = source_secret_is(s->secret, in_query ? value : NULL);
	explicit_bzero(value, sizeof(value));
	return in_query || source_secret_is(s->secret, http_header(x, s->secret_header));
}

static bool comes_too_often(struct listener *l, const struct codec_asked *asked)
{
	size_t len = strlen(asked->number);

	return !rate_take(l->numbers, asked->number, len, gateway_now_ms()) ||
		(asked->begin && !rate_take(l->beginnings, asked->number, len, gateway_now_ms()));
}

/* The number first: an operator's whole traffic comes from one address, and a phone that floods must not use it up
 * for all others. */
static bool has_room(struct listener *l, struct http_exchange *x, const struct codec_asked *asked)
{
	if (asked->kind == CODEC_STEP && comes_too_often(l, asked)) {
		step_refuse(l, x, asked, REFUSED_NUMBER, "one number comes too often");
		return false;
	}
	if (rate_take(l->sources, x->source.octets, sizeof(x->source.octets), gateway_now_ms()))
		return true;
	gateway_count_refused(l, REFUSED_SOURCE, "more than source_per_s");
	http_answer(x, 429, "text/plain; charset=utf-8", "Too often; try again later.\n");
	return false;
}

int gateway_on_head(void *arg, struct http_exchange *x)
{
	struct listener *l = arg;
	struct source from;

	if (!find_source(l, x, &from)) {
		gateway_count_refused(l, REFUSED_TRUST, "the proxy does not tell who asks");
		return 403;
	}
	if (!is_trusted(l, x, &from)) {
		gateway_count_refused(l, REFUSED_TRUST, "the secret, or the address, is not the operator's");
		return rate_take(l->sources, from.octets, sizeof(from.octets), gateway_now_ms()) ? 403 : 429;
	}
	x->source = from;
	return target_path(x->target, l->settings->path) ? 0 : 404;
}

void gateway_on_request(void *arg, struct http_exchange *x)
{
	struct listener *l = arg;
	struct codec_request r = { x->method, target_path(x->target, l->settings->path), x->type, x->body, x->body_len,
		l->owner->settings->country };
	struct codec_asked asked;
	struct ussd_session *session;
	struct hl_reason why;
	int status;

	*strchrnul(x->target, '?') = '\0';
	status = l->settings->codec->read(&r, &asked, &why);
	if (status) {
		char words[sizeof(why.text) + 1];
		gateway_count_refused(l, REFUSED_FORM, why.text);
		snprintf(words, sizeof(words), "%s\n", why.text);
		http_answer(x, status, "text/plain; charset=utf-8", words);
		return;
	}
	if (!has_room(l, x, &asked))
		return;
	session = asked.kind == CODEC_STEP ? NULL : sessions_find(l->owner->sessions, l->index, asked.session);
	if (asked.kind == CODEC_STEP) {
		step_take(l, x, &asked);
	} else if (asked.kind == CODEC_STATUS) {
		step_answer(l, x, &asked, "", !session || session->ended);
	} else {
		step_tell_end(l->owner, l, asked.session, asked.why);
		if (session)
			sessions_drop(l->owner->sessions, session);
		step_answer(l, x, &asked, "", true);
	}
	explicit_bzero(&asked, sizeof(asked));
}
