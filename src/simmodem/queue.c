#include "simmodem/queue.h"

#include <stdlib.h>

#include "base/mem.h"

void queue_init(struct queue *q)
{
	STAILQ_INIT(&q->list);
	q->count = 0;
}

int queue_add(struct queue *q, const struct message *msg)
{
	struct message *copy;

	if (q->count >= QUEUE_MAX)
		return HL_EFULL;
	copy = hl_calloc(1, sizeof(*copy));
	*copy = *msg;
	STAILQ_INSERT_TAIL(&q->list, copy, next);
	q->count++;
	return 0;
}

struct message *queue_first(struct queue *q)
{
	return STAILQ_FIRST(&q->list);
}

void queue_drop(struct queue *q, bool keep_line)
{
	struct message *msg = STAILQ_FIRST(&q->list);

	STAILQ_REMOVE_HEAD(&q->list, next);
	q->count--;
	if (!keep_line)
		free(msg->line);
	free(msg);
}

void queue_clear(struct queue *q)
{
	while (q->count)
		queue_drop(q, false);
}
