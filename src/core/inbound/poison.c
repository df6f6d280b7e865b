#include "core/inbound/poison.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

struct suspect {
	uint8_t hash[POISON_HASH];
	uint32_t times; /* 0: no suspect here */
};

/* The file. Another size or layout begins anew: all it holds is suspicion. */
struct marks {
	char magic[8];
	uint32_t next; /* where the next suspect goes */
	uint32_t busy; /* at_work holds a text */
	uint8_t at_work[POISON_HASH];
	struct suspect suspects[POISON_MAX];
};

struct poison {
	struct marks *marks;
};

static const char magic[8] = "HLMARK1";

static struct suspect *find(const struct poison *p, const uint8_t hash[POISON_HASH])
{
	for (size_t i = 0; i < POISON_MAX; i++) {
		struct suspect *s = &p->marks->suspects[i];
		if (s->times && memcmp(s->hash, hash, POISON_HASH) == 0)
			return s;
	}
	return NULL;
}

static int map(const char *path, struct poison *p, struct hl_reason *reason)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	void *at = MAP_FAILED;

	/* The room is reserved: a full disk must not end the core when it first writes to a page. */
	if (fd >= 0 && ftruncate(fd, sizeof(struct marks)) == 0 && posix_fallocate(fd, 0, sizeof(struct marks)) == 0)
		at = mmap(NULL, sizeof(struct marks), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		hl_fail(reason, HL_EIO, "cannot use %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (at == MAP_FAILED)
		return HL_EIO;
	p->marks = at;
	return 0;
}

int poison_open(const char *path, struct poison **poison, struct hl_reason *reason)
{
	struct poison *p = hl_calloc(1, sizeof(*p));
	int err = map(path, p, reason);

	if (err) {
		free(p);
		return err;
	}
	if (memcmp(p->marks->magic, magic, sizeof(magic)) != 0 || p->marks->next >= POISON_MAX) {
		memset(p->marks, 0, sizeof(*p->marks));
		memcpy(p->marks->magic, magic, sizeof(magic));
	}
	if (p->marks->busy) {
		hl_log(HL_LOG_NOTICE, "intake", "ended_at_work what=\"the core ended while it processed a text; after %d "
			"times it is quarantined\"", POISON_TIMES);
		poison_blame(p, p->marks->at_work);
		p->marks->busy = 0;
	}
	*poison = p;
	return 0;
}

void poison_close(struct poison *p)
{
	if (!p)
		return;
	munmap(p->marks, sizeof(*p->marks));
	free(p);
}

void poison_enter(struct poison *p, const uint8_t hash[POISON_HASH])
{
	memcpy(p->marks->at_work, hash, POISON_HASH);
	atomic_signal_fence(memory_order_seq_cst); /* written before whatever may end us */
	p->marks->busy = 1;
	atomic_signal_fence(memory_order_seq_cst);
}

void poison_leave(struct poison *p)
{
	atomic_signal_fence(memory_order_seq_cst);
	p->marks->busy = 0;
}

void poison_blame(struct poison *p, const uint8_t hash[POISON_HASH])
{
	struct suspect *s = find(p, hash);

	if (!s) {
		s = &p->marks->suspects[p->marks->next];
		p->marks->next = (p->marks->next + 1) % POISON_MAX;
		memcpy(s->hash, hash, POISON_HASH);
		s->times = 0;
	}
	s->times++;
}

void poison_acquit(struct poison *p, const uint8_t hash[POISON_HASH])
{
	struct suspect *s = find(p, hash);

	if (s)
		memset(s, 0, sizeof(*s));
}

bool poison_is(const struct poison *p, const uint8_t hash[POISON_HASH])
{
	const struct suspect *s = find(p, hash);

	return s && s->times >= POISON_TIMES;
}
