#include "base/error.h"

int main(void)
{
	hl_fatal(70, "not yet");
}
