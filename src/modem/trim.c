#include "config.h" /* _GNU_SOURCE for dl_iterate_phdr(3) */

#include "modem/trim.h"

#include <link.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Only segments without a right to write: their pages are clean, so dropping them loses nothing. Relocated
 * constants lie in a writable segment (RELRO) and are left alone. */
static int trim_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	(void)size;
	(void)arg;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
		uintptr_t from = (info->dlpi_addr + ph->p_vaddr) & ~(page - 1);
		uintptr_t to = info->dlpi_addr + ph->p_vaddr + ph->p_memsz;
		if (ph->p_type == PT_LOAD && !(ph->p_flags & PF_W) && info->dlpi_addr)
			madvise((void *)from, to - from, MADV_DONTNEED); /* NOLINT: an address, not an object */
	}
	return 0;
}

void trim_memory(void)
{
	malloc_trim(0);
	dl_iterate_phdr(trim_object, NULL);
}
