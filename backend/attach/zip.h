/*
 * Office files are ZIP archives. What is inside is read from the directory
 * at the end of the archive and the headers it points to; nothing is ever
 * unpacked here.
 */
#ifndef EXREG_ATTACH_ZIP_H
#define EXREG_ATTACH_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "attach/kind.h"
#include "base/arena.h"

#define ZIP_ENTRIES_MAX 2000
#define ZIP_UNPACKED_MAX (UINT64_C(200) << 20) /* bytes of all entries */
#define ZIP_RATIO_MAX 100 /* unpacked to packed, of the whole */

/*
 * Look an archive over. *kind: the office kind, or ATTACH_ZIP. Returns NULL,
 * or what is wrong with it: words that follow "The file ".
 */
const char *zip_fault(struct arena *a, const unsigned char *data, size_t len,
    enum attach_kind *kind);

#endif
