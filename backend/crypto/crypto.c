/*
 * Thin over OpenSSL's EVP. These functions have no failure a caller could
 * do anything about, so a failure ends the process: a digest or a token
 * that was not computed must never be used.
 */
#include "crypto/crypto.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

struct sha256_stream {
	EVP_MD_CTX *md;
};

_Noreturn static void
crypto_die(const char *what)
{
	fprintf(stderr, "crypto: %s failed\n", what);
	abort();
}

void
sha256(const void *data, size_t len, unsigned char out[SHA256_LEN])
{
	if (EVP_Digest(data, len, out, NULL, EVP_sha256(), NULL) != 1)
		crypto_die("SHA-256");
}

struct sha256_stream *
sha256_open(void)
{
	struct sha256_stream *s = malloc(sizeof(*s));

	if (s == NULL)
		crypto_die("allocation");
	s->md = EVP_MD_CTX_new();
	if (s->md == NULL || EVP_DigestInit_ex(s->md, EVP_sha256(), NULL) != 1)
		crypto_die("SHA-256");
	return s;
}

void
sha256_add(struct sha256_stream *s, const void *data, size_t len)
{
	if (EVP_DigestUpdate(s->md, data, len) != 1)
		crypto_die("SHA-256");
}

void
sha256_close(struct sha256_stream *s, unsigned char out[SHA256_LEN])
{
	if (EVP_DigestFinal_ex(s->md, out, NULL) != 1)
		crypto_die("SHA-256");
	EVP_MD_CTX_free(s->md);
	free(s);
}

void
random_bytes(void *out, size_t n)
{
	unsigned char *p = out;

	while (n > 0) {
		int part = n > INT_MAX ? INT_MAX : (int)n;

		/* OpenSSL seeds again after fork, so workers differ. */
		if (RAND_bytes(p, part) != 1)
			crypto_die("random");
		p += part;
		n -= (size_t)part;
	}
}

bool
bytes_equal(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

void
uuid7(int64_t now_us, unsigned char out[16])
{
	uint64_t ms = (uint64_t)(now_us / 1000);
	/* Microseconds as the first 12 bits below the millisecond, so that
	 * ids of one process sort within it too (RFC 9562, 6.2, method 3). */
	unsigned sub = (unsigned)(now_us % 1000) * 4096 / 1000;

	random_bytes(out, 16);
	for (int i = 0; i < 6; i++)
		out[i] = (unsigned char)(ms >> (40 - 8 * i) & 0xff);
	out[6] = (unsigned char)(0x70 | sub >> 8);
	out[7] = (unsigned char)(sub & 0xff);
	out[8] = (unsigned char)(0x80 | (out[8] & 0x3f));
}
