/* A decoder that crashes: the message is refused, whole, the program lives, and wants a restart. The decoder and the socket to
 * the core are replaced at the linker. */
#include "cm.h"

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "modem/guard.h"
#include "modem/pdu.h"
#include "modem/reading.h"
#include "modem/worker.h"

static struct wire_link_msg told;
static unsigned told_count;

int __wrap_pdu_decode(const uint8_t *pdu, size_t len, struct pdu_message *out, struct hl_reason *reason);
bool __wrap_uplink_send(struct uplink *u, const struct wire_link_msg *msg);

static void crash(uint8_t how)
{
	if (how == 0xAA)
		abort();
	if (how == 0xBB)
		raise(SIGSEGV);
}

int __wrap_pdu_decode(const uint8_t *pdu, size_t len, struct pdu_message *out, struct hl_reason *reason)
{
	(void)reason;
	memset(out, 0, sizeof(*out));
	crash(pdu[len - 1]);
	out->kind = PDU_DELIVER;
	return 0;
}

bool __wrap_uplink_send(struct uplink *u, const struct wire_link_msg *msg)
{
	(void)u;
	told = *msg;
	told_count++;
	return true;
}

static void test_crash_is_refused(void **state)
{
	static const char *const poison[] = { "00AA", "00BB", "00AA" };
	static struct worker w;

	(void)state;
	guard_init(); /* here: cmocka has handlers of its own around each test */
	for (int i = 0; i < 3; i++) {
		unsigned before = told_count;
		reading_take(&w, 0, i, 1, poison[i]); /* odd, so it is read once more */
		assert_int_equal(told_count, before);
		reading_take(&w, 0, i, 1, poison[i]);
		assert_int_equal(told_count, before + 1);
		assert_int_equal(told.type, WIRE_REFUSED);
		assert_string_equal(told.u.refused.raw, poison[i]);
		assert_non_null(strstr(told.u.refused.reason, "crashed"));
		assert_true(w.reception.shaken);
		reading_take(&w, 0, 10 + i, 1, "00CC"); /* and the next flows */
		assert_int_equal(told.type, WIRE_INBOUND);
	}
	held_clear(&w.reception.held);
}

/* A bug elsewhere ends the program as ever. */
static void test_crash_outside(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		guard_init();
		crash(0xBB);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_crash_is_refused), cmocka_unit_test(test_crash_outside) };

#ifdef HL_SANITIZED
	return 77; /* a sanitizer catches crashes itself */
#endif
	return cmocka_run_group_tests(tests, NULL, NULL);
}
