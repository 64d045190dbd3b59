/*
 * The folder with the bytes of attached files. A file is written once, under
 * a name that nobody chose and nobody can guess, and is on the disk for good
 * before anything speaks of it; it is never changed. nginx, which is in the
 * folder's group, sends it.
 */
#ifndef EXREG_ATTACH_VAULT_H
#define EXREG_ATTACH_VAULT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "crypto/crypto.h"

#define VAULT_NAME 32 /* hex digits */

/*
 * Write a file and make it last. name: VAULT_NAME + 1 bytes. 0, or -1 with
 * ERR_BUSY, and then nothing is left of it.
 */
int vault_write(const char *dir, const void *data, size_t len, char *name,
    struct err *e);

/* Is the file there with this size and hash? 0, or -1 with ERR_INTERNAL. */
int vault_check(const char *dir, const char *name, int64_t size,
    const unsigned char hash[SHA256_LEN], struct err *e);

#endif
