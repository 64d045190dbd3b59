/*
 * The only folder with libcrypto: SHA-256 and random bytes (Ed25519 comes
 * with the sealed audit trail). A failure of the library ends the process.
 */
#ifndef EXREG_CRYPTO_CRYPTO_H
#define EXREG_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_LEN 32

void sha256(const void *data, size_t len, unsigned char out[SHA256_LEN]);

/* Incremental form for files. */
struct sha256_stream;
struct sha256_stream *sha256_open(void);
void sha256_add(struct sha256_stream *s, const void *data, size_t len);
/* Writes the digest and frees s. */
void sha256_close(struct sha256_stream *s, unsigned char out[SHA256_LEN]);

/* n unpredictable bytes from the system. */
void random_bytes(void *out, size_t n);

/* Compare in constant time. */
bool bytes_equal(const void *a, const void *b, size_t n);

/* RFC 9562 UUIDv7 of that instant (microseconds): sorts by time. */
void uuid7(int64_t now_us, unsigned char out[16]);

#endif
