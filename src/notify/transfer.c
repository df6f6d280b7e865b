#include "notify/transfer.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/error.h"
#include "notify/message.h"

#define ANSWER_MAX 4096 /* octets of a webhook's answer that are read */
#define BRACKETS_MAX 32 /* that open in it: jansson goes as deep as they do, on the stack of a thread */

struct transfer {
	const struct settings *settings;
	const struct wire_note *note;
	CURL *easy;
	struct curl_slist *list; /* recipients or headers */
	char *body;
	size_t body_len, given;
	bool mail, all_given;
	char answer[ANSWER_MAX];
	size_t answer_len;
};

/* ---- what libcurl asks for --------------------------------------------------------------------------------------- */

static size_t on_read(char *to, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = t->body_len - t->given;

	if (n > size * count)
		n = size * count;
	memcpy(to, t->body + t->given, n);
	t->given += n;
	t->all_given |= n == 0; /* the end of the mail: the final dot follows */
	return n;
}

/* More than we have room for ends the transfer: its status line is here already. */
static size_t on_write(char *from, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count;

	if (n > sizeof(t->answer) - t->answer_len)
		return 0;
	memcpy(t->answer + t->answer_len, from, n);
	t->answer_len += n;
	return n;
}

static long answer_of(const struct transfer *t)
{
	long answer = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &answer);
	return answer;
}

/* A server that has taken the mail may keep silent to our QUIT: that is nothing to wait for. */
static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct transfer *t = arg;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return t->mail && verdict_mail_is_taken(t->all_given, answer_of(t));
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

#define SET(option, value) curl_easy_setopt(t->easy, option, value)

static void append(struct transfer *t, const char *line)
{
	struct curl_slist *longer = curl_slist_append(t->list, line);

	if (!longer)
		hl_fatal(EX_OSERR, "out of memory");
	t->list = longer;
}

static void set_mail(struct transfer *t)
{
	const struct settings *s = t->settings;
	char from[300], to[300];

	snprintf(from, sizeof(from), "<%s>", s->from);
	snprintf(to, sizeof(to), "<%s>", t->note->address);
	append(t, to);
	SET(CURLOPT_URL, s->smtp_url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, s->smtp_plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	SET(CURLOPT_MAIL_FROM, from);
	SET(CURLOPT_MAIL_RCPT, t->list);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, on_read);
	SET(CURLOPT_READDATA, t);
	if (*s->smtp_user) {
		SET(CURLOPT_USERNAME, s->smtp_user);
		SET(CURLOPT_PASSWORD, s->password);
	}
}

static void set_webhook(struct transfer *t)
{
	const struct settings *s = t->settings;
	char line[256], signature[MESSAGE_SIGNATURE_MAX];

	append(t, "Content-Type: application/json");
	snprintf(line, sizeof(line), "%s: %s", s->key_header, t->note->key);
	append(t, line);
	message_sign(s->secret, strlen(s->secret), time(NULL), t->body, signature);
	snprintf(line, sizeof(line), "%s: %s", s->signature_header, signature);
	append(t, line);
	SET(CURLOPT_URL, t->note->address);
	SET(CURLOPT_PROTOCOLS_STR, s->http_loopback ? "https,http" : "https");
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_POSTFIELDS, t->body);
	SET(CURLOPT_POSTFIELDSIZE, (long)t->body_len);
	SET(CURLOPT_HTTPHEADER, t->list);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
}

static void set_all(struct transfer *t)
{
	const struct settings *s = t->settings;

	SET(CURLOPT_WRITEFUNCTION, on_write);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_NOPROGRESS, 0L);
	SET(CURLOPT_XFERINFOFUNCTION, on_progress);
	SET(CURLOPT_XFERINFODATA, t);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L); /* a name server that is silent is not waited for when the time is over */
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_TIMEOUT, (long)s->timeout_s);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)s->timeout_s);
	SET(CURLOPT_FRESH_CONNECT, 1L);
	SET(CURLOPT_FORBID_REUSE, 1L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (*s->ca_file)
		SET(CURLOPT_CAINFO, s->ca_file);
}

/* ---- the whole of it --------------------------------------------------------------------------------------------- */

static bool says_read(const struct transfer *t)
{
	size_t brackets = 0;
	json_t *o;
	bool read;

	for (size_t i = 0; i < t->answer_len; i++)
		brackets += t->answer[i] == '[' || t->answer[i] == '{';
	if (brackets > BRACKETS_MAX)
		return false;
	o = json_loadb(t->answer, t->answer_len, 0, NULL);
	read = json_is_true(json_object_get(o, "read"));
	json_decref(o);
	return read;
}

static bool is_certificate(CURLcode code)
{
	return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

static void judge(const struct transfer *t, CURLcode code, struct outcome *out)
{
	const struct verdict_facts f = {
		.trouble = code == CURLE_OK ? NULL : curl_easy_strerror(code),
		.certificate = is_certificate(code),
		.of_server = !t->all_given && (code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_REMOTE_ACCESS_DENIED),
		.no_tls = code == CURLE_USE_SSL_FAILED,
		.refused_login = code == CURLE_LOGIN_DENIED,
		.all_given = t->all_given,
		.answer = answer_of(t),
	};

	(t->mail ? verdict_mail : verdict_webhook)(&f, &out->verdict);
	out->answer = f.answer >= (t->mail ? 400 : 300) ? f.answer : 0;
	out->read = !t->mail && out->verdict.outcome == VERDICT_SENT && says_read(t);
}

void transfer_run(const struct settings *settings, const struct wire_note *note, struct outcome *out)
{
	struct transfer t = { .settings = settings, .note = note, .mail = strcmp(note->channel, "mail") == 0 };

	*out = (struct outcome){ .id = note->id };
	t.easy = curl_easy_init();
	if (!t.easy)
		hl_fatal(EX_OSERR, "libcurl makes no transfer");
	t.body = t.mail ? message_mail(note, settings->from, time(NULL)) : message_webhook(note);
	t.body_len = strlen(t.body);
	set_all(&t);
	if (t.mail)
		set_mail(&t);
	else
		set_webhook(&t);
	judge(&t, curl_easy_perform(t.easy), out);
	curl_easy_cleanup(t.easy);
	curl_slist_free_all(t.list);
	explicit_bzero(t.body, t.body_len);
	free(t.body);
}
