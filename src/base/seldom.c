#include "base/seldom.h"

bool hl_seldom(struct hl_seldom *s, int64_t now_ms, uint64_t *left_out)
{
	if (now_ms < s->next_ms) {
		s->left_out++;
		return false;
	}
	*left_out = s->left_out;
	*s = (struct hl_seldom){ now_ms + HL_SELDOM_MS, 0 };
	return true;
}
