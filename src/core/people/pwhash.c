#include "core/people/pwhash.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/mem.h"

struct jobs { struct pwhash_job *first, **last; };

struct pwhash {
	pthread_mutex_t mutex;       /* over waiting, finished and stop */
	pthread_cond_t work;
	struct jobs waiting, finished;
	bool stop;
	size_t count;                /* submitted and not done: of the event loop alone */
	int fd;
	struct event *readable;
	pthread_t threads[PWHASH_THREADS];
};

struct pwhash_job *pwhash_job_new(void)
{
	struct pwhash_job *job;

	vault_start();
	job = sodium_malloc(sizeof(*job));
	if (!job)
		hl_fatal(EX_OSERR, "out of memory for keys");
	sodium_memzero(job, sizeof(*job));
	return job;
}

void pwhash_job_free(struct pwhash_job *job)
{
	sodium_free(job);
}

static void jobs_clear(struct jobs *j)
{
	j->first = NULL;
	j->last = &j->first;
}

static void jobs_add(struct jobs *j, struct pwhash_job *job)
{
	job->next = NULL;
	*j->last = job;
	j->last = &job->next;
}

static struct pwhash_job *jobs_take(struct jobs *j)
{
	struct pwhash_job *job = j->first;

	if (job) {
		j->first = job->next;
		if (!j->first)
			j->last = &j->first;
	}
	return job;
}

static void run(struct pwhash_job *job)
{
	if (job->op == PWHASH_OPEN)
		job->err = vault_person_open(job->password, job->blob, job->secret);
	else
		job->err = vault_person_seal(job->password, &job->cost, job->secret, job->blob);
	sodium_memzero(job->password, sizeof(job->password));
}

static void *work(void *arg)
{
	static const uint64_t one = 1;
	struct pwhash *p = arg;
	struct pwhash_job *job;

	pthread_mutex_lock(&p->mutex);
	for (;;) {
		while (!p->stop && !p->waiting.first)
			pthread_cond_wait(&p->work, &p->mutex);
		if (p->stop)
			break;
		job = jobs_take(&p->waiting);
		pthread_mutex_unlock(&p->mutex);
		run(job);
		pthread_mutex_lock(&p->mutex);
		jobs_add(&p->finished, job);
		if (write(p->fd, &one, sizeof(one)) < 0 && errno != EAGAIN) /* EAGAIN: it is readable already */
			hl_fatal(EX_OSERR, "the eventfd of the password threads failed: %s", strerror(errno));
	}
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

static struct pwhash_job *take_locked(struct pwhash *p, struct jobs *from)
{
	struct pwhash_job *job;

	pthread_mutex_lock(&p->mutex);
	job = jobs_take(from);
	pthread_mutex_unlock(&p->mutex);
	return job;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct pwhash *p = arg;
	struct pwhash_job *job;
	uint64_t count;

	(void)what;
	if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN)
		hl_fatal(EX_OSERR, "the eventfd of the password threads failed: %s", strerror(errno));
	while ((job = take_locked(p, &p->finished))) {
		p->count--;
		job->done(job);
	}
}

/* Signals are the main thread's: every one is blocked in ours. */
static void start_threads(struct pwhash *p)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (size_t i = 0; i < PWHASH_THREADS; i++)
		if (pthread_create(&p->threads[i], NULL, work, p) != 0)
			hl_fatal(EX_OSERR, "no thread for passwords could be started: raise TasksMax or the process limit");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct pwhash *pwhash_new(struct event_base *base)
{
	struct pwhash *p = hl_calloc(1, sizeof(*p));

	vault_start();
	pthread_mutex_init(&p->mutex, NULL);
	pthread_cond_init(&p->work, NULL);
	jobs_clear(&p->waiting);
	jobs_clear(&p->finished);
	p->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (p->fd < 0)
		hl_fatal(EX_OSERR, "no eventfd for the password threads: %s", strerror(errno));
	p->readable = event_new(base, p->fd, EV_READ | EV_PERSIST, on_readable, p);
	if (!p->readable || event_add(p->readable, NULL) != 0)
		hl_fatal(EX_OSERR, "the password threads cannot be watched");
	start_threads(p);
	return p;
}

void pwhash_free(struct pwhash *p)
{
	struct pwhash_job *job;

	if (!p)
		return;
	pthread_mutex_lock(&p->mutex);
	p->stop = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->mutex);
	for (size_t i = 0; i < PWHASH_THREADS; i++)
		pthread_join(p->threads[i], NULL);
	while ((job = jobs_take(&p->finished)) || (job = jobs_take(&p->waiting))) {
		job->err = HL_ESTATE;
		job->done(job);
	}
	event_free(p->readable);
	close(p->fd);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->mutex);
	free(p);
}

int pwhash_submit(struct pwhash *p, struct pwhash_job *job)
{
	if (p->count >= PWHASH_JOBS_MAX)
		return HL_EBUSY;
	p->count++;
	pthread_mutex_lock(&p->mutex);
	jobs_add(&p->waiting, job);
	pthread_cond_signal(&p->work);
	pthread_mutex_unlock(&p->mutex);
	return 0;
}
