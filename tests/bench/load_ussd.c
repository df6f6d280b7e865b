/* The load of an operator's gateway (Africa's Talking's convention): so many people in the middle of a session at
 * once, each on a connection of its own, and so many steps a second among them all, begun on time whether or not
 * earlier ones were answered. Beside them one phone may flood. Prints one line of JSON. Usage: load_ussd PORT SECRET
 * SESSIONS STEPS_PER_S SECONDS FLOOD_PER_S INPUT... */
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#define TICK_US 1000
#define SAMPLES_MAX 4000000
#define TEXT_MAX 256
#define FLOOD_CONNECTIONS 20

struct person {
	struct bufferevent *bev;
	unsigned long number, session; /* of this walk */
	size_t step;
	char text[TEXT_MAX];
	bool flood, asked;
	int64_t due_us;
};

static struct {
	struct event_base *base;
	int port;
	const char *secret;
	char **inputs;
	size_t input_count, people_count, flood_count;
	struct person *people;
	double per_us, flood_per_us;
	int64_t begun_us, end_us, fired, next, flooded, next_flood;
	unsigned long sessions;
	uint32_t *samples;
	size_t answered, late, ended_early, refused, flood_con, flood_end, lost;
} the;

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void ask(struct person *p, int64_t due_us)
{
	char body[TEXT_MAX + 200];
	int len = snprintf(body, sizeof(body),
		"sessionId=load-%lu&phoneNumber=%%2B9760000%04lu&networkCode=0&serviceCode=*123%%23&text=%s", p->session,
		p->number, p->text);

	evbuffer_add_printf(bufferevent_get_output(p->bev), "POST /ussd HTTP/1.1\r\nHost: x\r\nX-Hotline-Secret: %s\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", the.secret, len, body);
	p->asked = true;
	p->due_us = due_us;
}

static void begin_session(struct person *p)
{
	p->session = ++the.sessions;
	p->step = 0;
	*p->text = '\0';
}

static void next_input(struct person *p)
{
	size_t len = strlen(p->text);

	if (p->step == the.input_count) {
		begin_session(p);
		return;
	}
	snprintf(p->text + len, sizeof(p->text) - len, "%s%s", len ? "*" : "", the.inputs[p->step++]);
}

static void take_answer(struct person *p, bool goes_on)
{
	int64_t took = now_us() - p->due_us;

	p->asked = false;
	if (p->flood) {
		*(goes_on ? &the.flood_con : &the.flood_end) += 1;
		begin_session(p);
		return;
	}
	if (the.answered < SAMPLES_MAX)
		the.samples[the.answered++] = (uint32_t)took;
	if (goes_on)
		next_input(p);
	else {
		the.ended_early += p->step < the.input_count;
		begin_session(p);
	}
}

static void on_read(struct bufferevent *bev, void *arg)
{
	struct person *p = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	size_t len = evbuffer_get_length(in), length;
	char *data = (char *)evbuffer_pullup(in, -1), *end, *field;

	if (!data || !(end = memmem(data, len, "\r\n\r\n", 4)) || !(field = memmem(data, len, "Content-Length: ", 16)))
		return;
	length = strtoul(field + 16, NULL, 10);
	if (len < (size_t)(end + 4 - data) + length)
		return;
	if (strncmp(data + 9, "200", 3) != 0)
		the.refused++;
	field = end + 4;
	length += (size_t)(field - data);
	{
		bool goes_on = strncmp(field, "CON", 3) == 0;
		evbuffer_drain(in, length);
		take_answer(p, goes_on);
	}
}

static void on_event(struct bufferevent *bev, short what, void *arg)
{
	(void)bev;
	(void)arg;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		the.lost++;
}

static void flood(int64_t now)
{
	for (int64_t due = (int64_t)((double)(now - the.begun_us) * the.flood_per_us); the.flooded < due; the.flooded++) {
		struct person *p = &the.people[the.people_count + (size_t)(the.next_flood++ % FLOOD_CONNECTIONS)];
		if (!p->asked)
			ask(p, now);
	}
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	int64_t now = now_us();
	int64_t due = (int64_t)((double)(now - the.begun_us) * the.per_us);

	(void)fd;
	(void)what;
	(void)arg;
	if (now >= the.end_us) {
		event_base_loopbreak(the.base);
		return;
	}
	if (the.flood_per_us > 0)
		flood(now);
	for (; the.fired < due; the.fired++) {
		size_t tried = 0;
		while (the.people[the.next].asked && tried++ < the.people_count)
			the.next = (the.next + 1) % (int64_t)the.people_count;
		the.late += tried > 0;
		if (tried <= the.people_count)
			ask(&the.people[the.next], the.begun_us + (int64_t)((double)the.fired / the.per_us));
		the.next = (the.next + 1) % (int64_t)the.people_count;
	}
}

static void connect_person(struct person *p, unsigned long number, bool flood)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)the.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	p->bev = bufferevent_socket_new(the.base, -1, BEV_OPT_CLOSE_ON_FREE);
	p->number = number;
	p->flood = flood;
	bufferevent_setcb(p->bev, on_read, NULL, on_event, p);
	bufferevent_enable(p->bev, EV_READ | EV_WRITE);
	if (bufferevent_socket_connect(p->bev, (struct sockaddr *)&to, sizeof(to)))
		exit(1);
	begin_session(p);
}

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static double percentile(double p)
{
	size_t i = (size_t)((double)the.answered * p);

	return the.answered ? the.samples[i < the.answered ? i : the.answered - 1] / 1000.0 : 0;
}

int main(int argc, char **argv)
{
	const struct timeval tick = { 0, TICK_US };
	struct rlimit limit;
	double seconds;
	struct event *timer;

	if (argc < 8)
		return 64;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	the.port = atoi(argv[1]);
	the.secret = argv[2];
	the.people_count = strtoul(argv[3], NULL, 10);
	the.per_us = atof(argv[4]) / 1e6;
	seconds = atof(argv[5]);
	the.flood_per_us = atof(argv[6]) / 1e6;
	the.flood_count = the.flood_per_us > 0 ? FLOOD_CONNECTIONS : 0;
	the.inputs = argv + 7;
	the.input_count = (size_t)argc - 7;
	the.sessions = (unsigned long)time(NULL) * 1000000;
	the.samples = calloc(SAMPLES_MAX, sizeof(*the.samples));
	the.people = calloc(the.people_count + the.flood_count, sizeof(*the.people));
	the.base = event_base_new();
	for (size_t i = 0; i < the.people_count + the.flood_count; i++)
		connect_person(&the.people[i], i < the.people_count ? 1000 + i % 8000 : 9999, i >= the.people_count);
	timer = event_new(the.base, -1, EV_PERSIST, on_tick, NULL);
	event_add(timer, &tick);
	the.begun_us = now_us();
	the.end_us = the.begun_us + (int64_t)(seconds * 1e6);
	event_base_dispatch(the.base);
	qsort(the.samples, the.answered, sizeof(*the.samples), compare);
	printf("{\"steps_per_s\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"answered\":%zu,\"busy\":%zu,\"ended_early\":%zu,\"refused\":%zu,\"lost\":%zu,"
		"\"flood_taken\":%zu,\"flood_refused\":%zu}\n", (double)the.answered / seconds, percentile(0.5), percentile(0.99),
			percentile(1),
		the.answered, the.late, the.ended_early, the.refused, the.lost, the.flood_con, the.flood_end);
	return 0;
}
