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

/* Somebody else emptied the slot before the core had the text: now it is only here, and is kept until the core has it. */
static void test_emptied_before_the_core_has_it(void **state)
{
	static struct worker w;
	struct held *h;

	(void)state;
	reading_take(&w, 0, 5, 1, "00CC");
	assert_int_equal(told.type, WIRE_INBOUND);
	h = held_find(&w.reception.held, 0, 5);
	assert_non_null(h);
	reading_take_empty(&w, 0, 5);
	assert_null(held_find(&w.reception.held, 0, 5));
	assert_int_equal(w.reception.held.count, 1);
	assert_string_equal(h->raw, "00CC");
	assert_int_equal(h->state, HELD_OFFERED);
	reading_take(&w, 0, 5, 1, "00CD"); /* another in its slot is another text */
	assert_int_equal(w.reception.held.count, 2);
	held_find(&w.reception.held, 0, 5)->state = HELD_STORED;
	reading_take_empty(&w, 0, 5); /* what the core has is gone with its slot */
	assert_int_equal(w.reception.held.count, 1);
	held_clear(&w.reception.held);
}

/* Noise does not repeat itself: what is odd is read once more, and the sound reading counts. */
static void test_noise_is_read_again(void **state)
{
	static struct worker w;
	unsigned before = told_count;

	(void)state;
	reading_take(&w, 0, 6, 3, "00C1"); /* shorter than its header says */
	assert_int_equal(told_count, before);
	assert_int_equal(held_find(&w.reception.held, 0, 6)->state, HELD_DOUBT);
	reading_take(&w, 0, 6, 3, "00C1C2C3");
	assert_int_equal(told_count, before + 1);
	assert_int_equal(told.type, WIRE_INBOUND);
	assert_string_equal(held_find(&w.reception.held, 0, 6)->raw, "00C1C2C3");
	reading_take(&w, 0, 6, 3, "00C1"); /* and noise over a text that is known offers nothing */
	assert_int_equal(told_count, before + 1);
	assert_string_equal(held_find(&w.reception.held, 0, 6)->raw, "00C1C2C3");
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
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_crash_is_refused), cmocka_unit_test(test_emptied_before_the_core_has_it),
		cmocka_unit_test(test_noise_is_read_again), cmocka_unit_test(test_crash_outside) };

#ifdef HL_SANITIZED
	return 77; /* a sanitizer catches crashes itself */
#endif
	return cmocka_run_group_tests(tests, NULL, NULL);
}
