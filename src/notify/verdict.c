#include "notify/verdict.h"

#include <stdio.h>

static void say(struct verdict *v, enum verdict_outcome outcome, const char *what, const char *trouble, long answer)
{
	v->outcome = outcome;
	snprintf(v->why, sizeof(v->why), answer ? "%s (%.60s, answer %ld)" : "%s (%.60s)", what, trouble ? trouble : "", answer);
}

/* What is the house's to mend, and not the note's fault: tried again. */
static bool is_ours(const struct verdict_facts *f, struct verdict *v)
{
	if (f->certificate)
		say(v, VERDICT_FAILED, "the server's certificate is not right: see ca_file in notify.conf", f->trouble, 0);
	else if (f->no_tls)
		say(v, VERDICT_FAILED, "the mail server offers no STARTTLS: see smtp_url in notify.conf", f->trouble, 0);
	else if (f->refused_login)
		say(v, VERDICT_FAILED, "the mail server refuses user and password: see notify.conf", f->trouble, f->answer);
	return f->certificate || f->no_tls || f->refused_login;
}

bool verdict_mail_is_taken(bool all_given, long answer)
{
	return all_given && answer >= 200 && answer < 300;
}

/* 5xx that are about us and not about the mail: RFC 4954 6, and what is said to everybody. */
static bool is_about_us(const struct verdict_facts *f)
{
	return f->of_server || f->answer == 530 || f->answer == 534 || f->answer == 535 || f->answer == 538;
}

void verdict_mail(const struct verdict_facts *f, struct verdict *v)
{
	if (!f->trouble || verdict_mail_is_taken(f->all_given, f->answer))
		say(v, VERDICT_SENT, "", NULL, 0);
	else if (is_ours(f, v))
		return;
	else if (f->answer >= 400 && f->answer < 500)
		say(v, VERDICT_FAILED, "the mail server asks to try later", f->trouble, f->answer);
	else if (f->answer >= 500 && is_about_us(f))
		say(v, VERDICT_FAILED, "the mail server refuses us, whatever the mail: see smtp_url, smtp_user in notify.conf",
			f->trouble, f->answer);
	else if (f->answer >= 500)
		say(v, VERDICT_FINAL, "the mail server refuses it", f->trouble, f->answer);
	else if (f->all_given)
		say(v, VERDICT_UNKNOWN, "the mail server did not answer after it had the mail", f->trouble, 0);
	else
		say(v, VERDICT_FAILED, "the mail server was not reached, or went away", f->trouble, 0);
}

void verdict_webhook(const struct verdict_facts *f, struct verdict *v)
{
	bool later = f->answer == 408 || f->answer == 425 || f->answer == 429 || f->answer >= 500;

	if (f->answer >= 200 && f->answer < 300) /* whatever became of the rest of the answer */
		say(v, VERDICT_SENT, "", NULL, 0);
	else if (is_ours(f, v))
		return;
	else if (f->answer >= 300 && f->answer < 400)
		say(v, VERDICT_FINAL, "redirects are not followed: write the last URL into the roster", f->trouble, f->answer);
	else if (later)
		say(v, VERDICT_FAILED, "the webhook's server asks to try later", f->trouble, f->answer);
	else if (f->answer >= 400)
		say(v, VERDICT_FINAL, "the webhook's server refuses it", f->trouble, f->answer);
	else
		say(v, VERDICT_FAILED, "the webhook's server was not reached in time, or went away", f->trouble, 0);
}
