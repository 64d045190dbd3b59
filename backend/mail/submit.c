/*
 * curl returns the same code for a refusal for good and for now; the last
 * SMTP reply tells them apart (measured: 550 and 451 both end in
 * CURLE_SEND_ERROR). Replies 530 to 538 speak of TLS and authentication,
 * which no message can help: those mean that nothing goes for the moment.
 */
#include "mail/submit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

struct submit {
	const struct submit_config *cfg;
	CURL *curl;
	char words[CURL_ERROR_SIZE];
};

struct source {
	const char *data;
	size_t left;
};

static size_t
read_source(char *out, size_t size, size_t n, void *arg)
{
	struct source *s = arg;
	size_t len = size * n < s->left ? size * n : s->left;

	memcpy(out, s->data, len);
	s->data += len;
	s->left -= len;
	return len;
}

struct submit *
submit_open(const struct submit_config *cfg)
{
	struct submit *s = calloc(1, sizeof(*s));

	if (s == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort();
	s->cfg = cfg;
	s->curl = curl_easy_init();
	if (s->curl == NULL)
		abort();
	return s;
}

void
submit_close(struct submit *s)
{
	if (s == NULL)
		return;
	curl_easy_cleanup(s->curl);
	curl_global_cleanup();
	free(s);
}

static CURLcode
set_server(struct submit *s)
{
	const struct submit_config *c = s->cfg;
	long timeout = c->timeout_s == 0 ? 30 : (long)c->timeout_s;
	CURLcode rc = CURLE_OK;

	curl_easy_reset(s->curl);
	rc |= curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->words);
	rc |= curl_easy_setopt(s->curl, CURLOPT_URL, c->url);
	rc |= curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	rc |= curl_easy_setopt(s->curl, CURLOPT_PROXY, "");
	rc |= curl_easy_setopt(s->curl, CURLOPT_USE_SSL, CURLUSESSL_ALL);
	rc |= curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, 10L);
	rc |= curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, timeout);
	if (c->ca_file != NULL)
		rc |= curl_easy_setopt(s->curl, CURLOPT_CAINFO, c->ca_file);
	if (c->user != NULL)
		rc |= curl_easy_setopt(s->curl, CURLOPT_USERNAME, c->user);
	if (c->password != NULL)
		rc |= curl_easy_setopt(s->curl, CURLOPT_PASSWORD, c->password);
	return rc;
}

static CURLcode
send_message(struct submit *s, struct curl_slist *to, struct source *data)
{
	curl_off_t len = (curl_off_t)data->left;
	CURLcode rc = set_server(s);

	rc |= curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, s->cfg->from);
	rc |= curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to);
	rc |= curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	rc |= curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, len);
	rc |= curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, read_source);
	rc |= curl_easy_setopt(s->curl, CURLOPT_READDATA, data);
	return rc != CURLE_OK ? CURLE_FAILED_INIT : curl_easy_perform(s->curl);
}

static enum submit_result
result_of(CURLcode rc, long reply)
{
	if (rc == CURLE_OK)
		return SUBMIT_OK;
	if (rc == CURLE_LOGIN_DENIED || (reply >= 530 && reply <= 538))
		return SUBMIT_DOWN;
	if (reply >= 500 && reply <= 599)
		return SUBMIT_NEVER;
	return reply >= 400 && reply <= 499 && reply != 421 ? SUBMIT_LATER :
							      SUBMIT_DOWN;
}

enum submit_result
submit_message(struct submit *s, const char *to, const char *data, size_t len,
    struct err *e)
{
	struct source source = { .data = data, .left = len };
	struct curl_slist *list = curl_slist_append(NULL, to);
	CURLcode rc = CURLE_OUT_OF_MEMORY;
	long reply = 0;

	s->words[0] = '\0';
	if (list != NULL)
		rc = send_message(s, list, &source);
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &reply);
	curl_slist_free_all(list);
	if (rc != CURLE_OK) {
		err_set(e, ERR_INTERNAL, "the message was not sent");
		err_cause(e, "smtp reply %ld, curl %d: %s", reply, (int)rc,
		    s->words[0] != '\0' ? s->words : curl_easy_strerror(rc));
	}
	return result_of(rc, reply);
}
