/* What a report is about, as keyed hashes: enough to see that two senders tell of the same, and nothing to read without the
 * key. Pure: the hash is given. Two kinds: the place (district with khoroo, or with a numbered place such as a school), and a
 * sketch of the words, which nearly equal texts share (Broder, On the resemblance and containment of documents, 1997). */
#ifndef HL_CORE_CASE_FEATURE_H
#define HL_CORE_CASE_FEATURE_H

#include <stddef.h>
#include <stdint.h>

#include "core/triage/triage.h"
#include "store/case_link.h"

enum feature_kind { FEATURE_PLACE, FEATURE_WORDS };

#define FEATURE_PLACES_MAX 3
#define FEATURE_SKETCH_SAME 4   /* numbers of two sketches that are equal: nearly the same text */
#define FEATURE_WORDS_MIN 5     /* fewer words are anybody's */
/* Two sketches that share FEATURE_SKETCH_SAME numbers share one of so many, whichever: by these a text is found. */
#define FEATURE_FOUND_BY (FEATURE_SKETCH - FEATURE_SKETCH_SAME + 1)
#define FEATURES_MAX (FEATURE_PLACES_MAX + FEATURE_FOUND_BY)

struct feature { enum feature_kind kind; uint8_t hash[FEATURE_HASH]; };
struct features { struct feature list[FEATURES_MAX]; size_t count; uint32_t sketch[FEATURE_SKETCH]; };

typedef void (*feature_hash)(void *arg, const void *data, size_t len, uint8_t hash[FEATURE_HASH]);

void feature_make(const char *text, size_t len, const struct triage_verdict *v, feature_hash hash, void *arg, struct features *out);

/* How many numbers two sketches share. */
int feature_shared(const uint32_t a[FEATURE_SKETCH], const uint32_t b[FEATURE_SKETCH]);

/* What another case has in common with a report. */
struct feature_match { int places, words; enum triage_exploitation own, other; };

enum feature_verdict { FEATURE_OTHER, FEATURE_SAME_TEXT, FEATURE_SAME_PLACE };

/* A place alone says little: the kind of harm must agree, or be unclear. */
enum feature_verdict feature_decide(const struct feature_match *m);

#endif
