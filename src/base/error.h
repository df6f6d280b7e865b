/* One list of errors for the whole program. Functions return 0 or a negative enum hl_error; where a person
 * will read the reason, they also fill a struct hl_reason: what was being done, to what, and the mend. */
#ifndef HL_BASE_ERROR_H
#define HL_BASE_ERROR_H

enum hl_error {
	HL_OK = 0,
	HL_EINVAL = -1,     /* malformed input */
	HL_ERANGE = -2,     /* a number or length outside its limits */
	HL_ENOENT = -3,     /* no such thing */
	HL_EEXIST = -4,     /* is there already */
	HL_EFULL = -5,      /* a named limit was reached, or the disk is full: temporary */
	HL_EIO = -6,        /* reading or writing failed */
	HL_EAUTH = -7,      /* wrong key, password or right */
	HL_ESTATE = -8,     /* not possible in this state */
	HL_EBUSY = -9,      /* not now: try again later */
	HL_EVERSION = -10,  /* made by another version */
	HL_ECORRUPT = -11,  /* failed its authentication or integrity check */
	HL_ETIME = -12,     /* time ran out */
	HL_EUNSUPPORTED = -13,
	HL_ERROR_LAST = HL_EUNSUPPORTED
};

/* A sentence for a person. Never holds a phone number or a word of a message. */
struct hl_reason {
	char text[256];
};

/* The table's short text of an error, "no error" for 0. Never NULL. */
const char *hl_strerror(int err);

/* Fills reason (may be NULL) and returns err, so that a function can `return hl_fail(why, HL_EINVAL, ...)`. */
int hl_fail(struct hl_reason *reason, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* For a broken environment only: logs the message and exits with a code of sysexits.h. */
_Noreturn void hl_fatal(int sysexit, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
