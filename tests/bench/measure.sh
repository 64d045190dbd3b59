# The measurements, one function each. bash; read by scripts/bench after
# stack.sh. A result is a line "id<tab>what<tab>target<tab>measured<tab>pass".
# Every ratio is the median over alternating rounds of the same minutes.
# shellcheck shell=bash disable=SC2154

result() { # ID WHAT TARGET MEASURED PASS
	printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$work/results.tsv"
	say "$(printf '%-4s %s: %s (target %s)' "$1" "$2" "$4" "$3")"
}

# Numbers, one a line, on standard input.
median() {
	sort -g | awk '{ a[NR] = $1 } END { if (NR == 0) exit
		print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'
}

# calc EXPRESSION: two decimals. holds EXPRESSION: "pass" or "MISS".
calc() {
	awk "BEGIN { printf \"%.2f\", $1 }"
}

holds() {
	awk "BEGIN { print ($1) ? \"pass\" : \"MISS\" }"
}

# ---- B1, B2: a page under three filters ------------------------------------------

page='/api/v1/exceptions?status=active&document=VM-02&unit=IT'

# The statement as one would write it without our indexes in mind: the page
# with its four names joined, after the same look-up of the session.
joined_statement() {
	local document unit today
	document=$(sql -e "SELECT id FROM document WHERE document_key = 'VM-02'")
	unit=$(sql -e "SELECT id FROM unit WHERE code = 'IT'")
	today=$(date +%F)
	awk '{ print } /^;;$/ { exit }' "$work/$size/page.sql"
	sed -e "s/@document@/$document/; s/@unit@/$unit/; s/@today@/$today/" \
	    "$root/tests/bench/page_joined.sql"
}

measure_pages() {
	local r http_rate direct_rate joined_rate
	use "$1"
	sign_in ivy.chen
	record page "$page"
	joined_statement >"$work/$size/joined.sql"
	rm -f "$work"/{b1,b2,b1.http,b1.direct}
	for r in $(seq "$rounds"); do
		direct_rate=$(direct 2 -d "$seconds" "$work/$size/page.sql" | field rate)
		http_rate=$(http 8 -d "$seconds" "$page" | field rate)
		joined_rate=$(direct 2 -d "$seconds" "$work/$size/joined.sql" | field rate)
		calc "$http_rate / $direct_rate" >>"$work/b1" && echo >>"$work/b1"
		calc "$http_rate / $joined_rate" >>"$work/b2" && echo >>"$work/b2"
		echo "$http_rate" >>"$work/b1.http"
		echo "$direct_rate" >>"$work/b1.direct"
	done
	r=$(median <"$work/b1")
	result B1 "page of 50, three filters: nginx / 2 direct clients ($(median <"$work/b1.http") / $(median <"$work/b1.direct") a second)" \
	    '>= 0.75' "$r" "$(holds "$r >= 0.75")"
	r=$(median <"$work/b2")
	result B2 'the same / direct with four joins' '>= 1.00' "$r" \
	    "$(holds "$r >= 1.0")"
}

# ---- B3: one exception -------------------------------------------------------------

measure_record() {
	local r number path rate_http rate_direct
	use "$1"
	sign_in ivy.chen
	number=$(get '/api/v1/exceptions?limit=1' | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
	path=/api/v1/exceptions/$number
	record record "$path"
	rm -f "$work"/b3*
	for r in $(seq "$rounds"); do
		rate_direct=$(direct 2 -d "$seconds" "$work/$size/record.sql" | field rate)
		rate_http=$(http 8 -d "$seconds" "$path" | field rate)
		echo "$rate_direct" >>"$work/b3.direct"
		echo "$rate_http" >>"$work/b3.http"
		{ calc "$rate_http / $rate_direct"; echo; } >>"$work/b3"
		rate_direct=$(direct 1 -n 1000 "$work/$size/record.sql" | field p50_us)
		rate_http=$(http 1 -n 1000 "$path" | field p50_us)
		{ calc "($rate_http - $rate_direct) / 1000"; echo; } >>"$work/b3.ms"
	done
	r=$(median <"$work/b3")
	result B3 "one exception: nginx / 2 direct clients ($(median <"$work/b3.http") / $(median <"$work/b3.direct") a second)" \
	    '>= 0.50' "$r" "$(holds "$r >= 0.5")"
	r=$(median <"$work/b3.ms")
	result B3 'one exception, one client: added milliseconds' '<= 0.12' "$r" \
	    "$(holds "$r <= 0.12")"
}

# ---- B4, B11: every list shape and depth ---------------------------------------------

# An owner with many exceptions, and words that are common and rare.
shape_values() {
	owner=$(sql -e "SELECT owner_id FROM exception WHERE lane = 10
		GROUP BY owner_id ORDER BY COUNT(*) DESC, owner_id LIMIT 1")
	rare=$(sql -e "SELECT SUBSTRING_INDEX(words, ' ', -1) FROM exception_text
		ORDER BY exception_id DESC LIMIT 1")
}

# name<tab>path: what is asked of the register.
shapes() {
	local q
	while read -r name q; do
		printf '%s\t%s\n' "$name" "/api/v1/exceptions?limit=50&$q"
	done <<-LIST
		active sort=expires
		active-risk sort=-risk
		active-updated sort=-updated
		expiring status=expiring
		expired status=expired&sort=-expires
		denied status=denied&sort=-submitted
		in-review status=in_review&sort=submitted
		all-number status=all&sort=-number
		all-submitted status=all&sort=-submitted
		all-risk status=all&sort=-risk
		document document=VM-02
		document-all status=all&document=ISP-01&sort=-number
		clause document=VM-02&clause=4.1
		unit unit=IT
		unit-all status=all&unit=OPS&sort=-risk
		unit-document unit=IT&document=VM-02
		risk risk_min=10
		cause cause=regulatory
		dates status=all&expires_from=$(date +%F)&expires_to=$(date -d '+90 days' +%F)
		owner status=all&owner=$owner&sort=-number
	LIST
}

# The page that begins after so many rows, or the last full one before: its
# path. The way there is gone in steps of 100 rows; a cursor is a place, not
# a step.
deep_path() { # PATH ROWS
	local cursor='' last=$1 body rows=0
	local wide=${1/limit=50/limit=100}
	body=$(get "$1")
	[ "$(grep -o '"number":' <<<"$body" | wc -l)" = 50 ] || return 1
	while [ $rows -lt "$2" ]; do
		body=$(get "$wide${cursor:+&cursor=$cursor}")
		cursor=$(sed -n 's/.*"next_cursor":"\([^"]*\)".*/\1/p' <<<"$body")
		[ -n "$cursor" ] || break
		[ "$(get "$1&cursor=$cursor" | grep -o '"number":' | wc -l)" = 50 ] || break
		last="$1&cursor=$cursor"
		rows=$((rows + 100))
	done
	echo "$last"
}

# size<tab>shape<tab>depth<tab>path for all that have a full page.
list_paths() {
	local name path deep
	use "$1"
	sign_in ivy.chen
	shape_values
	shapes >"$work/$size/shapes"
	while IFS=$'\t' read -r name path; do
		deep=$(deep_path "$path" 0) || continue
		printf '%s\tfirst\t%s\n' "$name" "$deep"
		deep=$(deep_path "$path" 1000)
		printf '%s\t1000 rows\t%s\n' "$name" "$deep"
		deep=$(deep_path "$path" "$depth")
		printf '%s\tdeep\t%s\n' "$name" "$deep"
	done <"$work/$size/shapes" >"$work/$size/paths"
}

# Statements of a request, as the log of the workers has them: the least of
# some tries, for a worker asks once for names it has not met.
statements_of() {
	local try
	for try in {1..12}; do
		get "$1" >/dev/null
	done
	sleep 0.05
	tail -n "$try" "$v/log/register.log" | grep -o ' sql=[0-9]*' |
		cut -d= -f2 | sort -g | head -n 1
}

measure_shapes() { # SIZE ROUND
	local name at path line
	use "$1"
	sign_in ivy.chen
	while IFS=$'\t' read -r name at path; do
		line=$(http 1 -n "$repeat" "$path")
		printf '%s\t%s\t%s\t%s\t%s\n' "$size" "$name/$at" "$2" \
		    "$(field p50_us <<<"$line")" "$(field p99_us <<<"$line")"
	done <"$work/$size/paths" >>"$work/shapes.tsv"
}

count_statements() {
	local name at path
	use "$1"
	sign_in ivy.chen
	while IFS=$'\t' read -r name at path; do
		printf '%s\t%s\t%s\n' "$size" "$name/$at" "$(statements_of "$path")"
	done <"$work/$size/paths" >>"$work/statements.tsv"
}

# Median over the rounds of what is in column 4 (p50) or 5 (p99), large over
# small in the same round, by shape: "ratio shape milliseconds".
shape_ratios() {
	awk -F'\t' -v col="$1" -v small="$small" -v large="$large" '
		{ v[$1, $2, $3] = $col; shape[$2]; round[$3] }
		END {
			for (s in shape)
				for (r in round)
					if ((small, s, r) in v && (large, s, r) in v &&
					    v[small, s, r] > 0)
						print s "\t" v[large, s, r] / v[small, s, r] \
						    "\t" v[large, s, r] / 1000
		}' "$work/shapes.tsv" | sort -t"$(printf '\t')" -k1,1 -k2,2g |
		awk -F'\t' '
		function out() { if (n) printf "%.2f\t%s\t%.2f\n",
		    a[int((n + 1) / 2)], name, ms[int((n + 1) / 2)] }
		$1 != name { out(); n = 0; name = $1 }
		{ a[++n] = $2; ms[n] = $3 }
		END { out() }' | sort -g
}

report_shapes() {
	local col label limit ratios worst shape
	for col in 4 5; do
		label=p50 limit=1.25
		[ $col = 4 ] || label=p99 limit=1.5
		ratios=$(shape_ratios $col)
		echo "$ratios" >"$work/ratios-$label.tsv"
		worst=$(tail -n 1 <<<"$ratios" | cut -f1)
		shape=$(tail -n 1 <<<"$ratios" | cut -f2,3 | tr '\t' ' ')
		result B4 "lists, $(wc -l <<<"$ratios") shapes and depths, $label at $large / $small: worst is $shape ms; median $(cut -f1 <<<"$ratios" | median)" \
		    "<= $limit" "$worst" "$(holds "$worst <= $limit")"
	done
}

report_statements() {
	local odd most
	odd=$(awk -F'\t' '{ if ($2 in n && n[$2] != $3) bad[$2]; n[$2] = $3 }
		END { for (s in bad) printf "%s ", s }' "$work/statements.tsv")
	most=$(cut -f3 "$work/statements.tsv" | sort -g | tail -n 1)
	result B11 "statements of a list request, at most $most; other at another size: ${odd:-none}" \
	    constant "${odd:+differs}${odd:-constant}" \
	    "$([ -z "$odd" ] && echo pass || echo MISS)"
}

# Two sizes in turn, round by round.
measure_lists() {
	local r s
	rm -f "$work/shapes.tsv" "$work/statements.tsv"
	for s in $small $large; do
		list_paths "$s"
		count_statements "$s"
		[ "$small" != "$large" ] || break
	done
	report_statements
	[ "$small" != "$large" ] || return 0
	for r in $(seq "$rounds"); do
		for s in $small $large; do
			measure_shapes "$s" "$r"
		done
	done
	report_shapes
}

# ---- B6, B7: search, counts, dashboard -----------------------------------------------

# timed WHAT PATH: milliseconds of half and of 99 in 100.
timed() {
	local line p50 p99
	line=$(http 1 -n "$repeat" "$2")
	p50=$(calc "$(field p50_us <<<"$line") / 1000")
	p99=$(calc "$(field p99_us <<<"$line") / 1000")
	printf '%s\t%s\t%s\t%s\n' "$size" "$1" "$p50" "$p99" >>"$work/timed.tsv"
}

measure_search() {
	use "$1"
	sign_in ivy.chen
	shape_values
	local list='/api/v1/exceptions?limit=50' word
	for word in kernel vendor "$rare" 'kern vend' zzzz; do
		timed "search $word" "$list&q=${word// /+}"
		timed "search $word in all, by risk" "$list&status=all&sort=-risk&q=${word// /+}"
		timed "search $word in a unit" "$list&unit=IT&q=${word// /+}"
	done
	timed 'count active' '/api/v1/exceptions/count'
	timed 'count all' '/api/v1/exceptions/count?status=all'
	timed 'count document' '/api/v1/exceptions/count?document=VM-02&unit=IT'
	timed 'count search' '/api/v1/exceptions/count?q=kernel'
	timed 'dashboard' '/api/v1/dashboard'
	timed 'home' '/api/v1/home'
}

worst_timed() { # PATTERN: "p99 what" of the slowest one of $large
	awk -F'\t' -v size="$large" -v p="$1" '$1 == size && $2 ~ p' \
	    "$work/timed.tsv" | sort -t"$(printf '\t')" -k4,4g | tail -n 1
}

timed_of() { # SIZE WHAT
	awk -F'\t' -v s="$1" -v w="$2" '$1 == s && $2 == w { print $3 }' \
	    "$work/timed.tsv"
}

measure_searches() {
	local s worst ratio
	rm -f "$work/timed.tsv"
	for s in $all_sizes; do
		measure_search "$s"
	done
	worst=$(worst_timed '^search')
	result B6 "free-text pages at $large, p99 of the slowest ($(cut -f2 <<<"$worst")), ms" \
	    '<= 50' "$(cut -f4 <<<"$worst")" "$(holds "$(cut -f4 <<<"$worst") <= 50")"
	worst=$(worst_timed '^count')
	result B6 "counts at $large, p99 of the slowest ($(cut -f2 <<<"$worst")), ms" \
	    '<= 50' "$(cut -f4 <<<"$worst")" "$(holds "$(cut -f4 <<<"$worst") <= 50")"
	ratio=$(calc "$(timed_of "$large" dashboard) / $(timed_of "$small" dashboard)")
	result B7 "dashboard at $large: $(timed_of "$large" dashboard) ms, over $small" \
	    '<= 2; <= 10 ms' "$ratio" \
	    "$(holds "$ratio <= 2 && $(timed_of "$large" dashboard) <= 10")"
}

# ---- B5: export -------------------------------------------------------------------------

measure_export() {
	local r rows line rate_http rate_direct peak
	local path='/api/v1/exports/register.csv?status=all&sort=number'
	use "$1"
	sign_in ivy.chen
	restart export
	http 1 -n 1 -s "$work/$size/register.csv" "$path" >/dev/null
	rows=$(($(wc -l <"$work/$size/register.csv") - 1))
	rm -f "$work"/b5*
	for r in $(seq "$rounds"); do
		line=$(direct 1 -n 1 -o "$work/$size/bare.csv" "$root/tests/bench/export.sql")
		rate_direct=$(calc "$(field rows <<<"$line") / $(field seconds <<<"$line")")
		sign_in ivy.chen
		line=$(http 1 -n 1 "$path")
		[ "$(field errors <<<"$line")" = 0 ] || die 'the export failed'
		rate_http=$(calc "$rows / $(field seconds <<<"$line")")
		echo "$rate_http" >>"$work/b5.http"
		{ calc "$rate_http / $rate_direct"; echo; } >>"$work/b5"
	done
	peak=$(calc "$(memory_of export VmHWM) / 1024")
	rm -f "$work/$size/bare.csv" "$work/$size/register.csv"
	r=$(median <"$work/b5")
	result B5 "export of $rows rows: nginx / direct to a file ($(median <"$work/b5.http") rows a second)" \
	    '>= 0.80' "$r" "$(holds "$r >= 0.8")"
	result B5 'export: peak memory of the worker, MB' '<= 16' "$peak" \
	    "$(holds "$peak <= 16")"
}

# ---- B8: decisions -------------------------------------------------------------------------

# Requests that Sam Okafor may decide.
waiting="lane = 1 AND stage_role = 'security_lead'
	AND requested_until > CURRENT_DATE AND (SELECT id FROM person
	WHERE uid = 'sam.okafor') NOT IN (requester_id, owner_id)"

# Copies of those in the register, so many times, under numbers of their own.
copy_waiting() {
	local offset i table columns key step=20000
	[ "$size" -lt 100000 ] || step=500000
	offset=$(cat "$v/copies" 2>/dev/null || echo 2000000)
	echo "CREATE TEMPORARY TABLE waiting (id BIGINT PRIMARY KEY)
		SELECT id FROM exception WHERE $waiting
		AND id MOD 10000000 < 2000000;"
	for i in $(seq "$1"); do
		for table in exception exception_content exception_clause exception_facet; do
			key=exception_id
			[ $table != exception ] || key=id
			columns=$(sql -e "SET SESSION group_concat_max_len = 100000;
				SELECT GROUP_CONCAT(column_name)
				FROM information_schema.columns
				WHERE table_schema = 'exreg' AND table_name = '$table'
				AND column_name <> '$key'
				AND extra NOT LIKE '%GENERATED%'")
			echo "INSERT INTO $table ($key, $columns)
				SELECT $key + $offset, $columns FROM $table
				WHERE $key IN (SELECT id FROM waiting);"
		done
		offset=$((offset + step))
	done
	echo $offset >"$v/copies"
}

# Their findings: all that decisions wait for.
record_findings() {
	local kind
	for kind in business_validity security_implications; do
		echo "INSERT IGNORE INTO finding SELECT id, content_version, 1,
			'$kind', 1, 'Measured.', (SELECT id FROM person
			WHERE uid = 'lena.fischer'), NOW(6) FROM exception
			WHERE lane = 1 AND stage_role = 'security_lead';"
	done
}

prepare_decisions() { # HOW MANY
	local have originals
	have=$(sql -e "SELECT COUNT(*) FROM exception WHERE $waiting")
	originals=$(sql -e "SELECT COUNT(*) FROM exception WHERE $waiting
		AND id MOD 10000000 < 2000000")
	[ "$have" -ge "$1" ] || [ "$originals" -gt 0 ] ||
		die "no request waits any more: load the register with --fresh"
	[ "$have" -ge "$1" ] ||
		copy_waiting $((($1 - have + originals - 1) / originals)) |
		sql
	record_findings | sql
	sql --raw -e "SELECT CONCAT('POST', CHAR(9), '/api/v1/decisions', CHAR(9),
		'Sec-Fetch-Site: same-origin|If-Match: \"r', row_version, '-c',
		content_version, '\"|Idempotency-Key: bench-', id, CHAR(9),
		'{\"exception\":\"EX-', id DIV 10000000, '-',
		LPAD(id MOD 10000000, GREATEST(5, LENGTH(id MOD 10000000)), '0'),
		'\",\"content_version\":', content_version, ',\"content_hash\":\"',
		LOWER(HEX(content_hash)), '\",\"verdict\":\"approve\",',
		'\"reason\":\"Measured.\",\"expires_on\":\"', requested_until, '\"}')
		FROM exception WHERE $waiting ORDER BY id DESC LIMIT $1" \
		>"$work/$size/decisions"
}

measure_decisions() {
	local r each line bare errors=0
	use "$1"
	sign_in sam.okafor
	each=300
	prepare_decisions $((each * (rounds + 1)))
	split -l $each -a 3 -d "$work/$size/decisions" "$work/$size/decisions."
	rm -f "$work"/b8*
	http 8 -1 -f "$work/$size/decisions.000" >/dev/null
	for r in $(seq "$rounds"); do
		bare=$(direct 8 -i -n 100 | field rate)
		sql -e 'DELETE FROM exception WHERE id >= 20980000000'
		line=$(http 8 -1 -f "$work/$size/decisions.$(printf %03d "$r")")
		errors=$((errors + $(field errors <<<"$line")))
		field rate <<<"$line" >>"$work/b8.http"
		{ calc "$(field rate <<<"$line") / $bare"; echo; } >>"$work/b8"
	done
	rm -f "$work/$size"/decisions*
	sql -e "DELETE FROM audit_event WHERE action = 'bench'"
	r=$(median <"$work/b8")
	result B8 "decisions, 8 clients ($(median <"$work/b8.http") a second, $errors refused) / bare insert with audit row" \
	    '>= 0.70' "$r" "$(holds "$r >= 0.7 && $errors == 0")"
}

# ---- B10: memory ------------------------------------------------------------------------------

measure_memory() {
	local early late number
	use "$1"
	set_option register workers 1
	restart register
	sign_in ivy.chen
	number=$(get '/api/v1/exceptions?limit=1' | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
	printf 'GET\t%s\n' "$page" '/api/v1/exceptions?status=all&sort=-risk' \
	    "/api/v1/exceptions/$number" "/api/v1/exceptions/$number" \
	    /api/v1/me /api/v1/me '/api/v1/exceptions/count?document=VM-02' \
	    '/api/v1/documents' >"$work/mix"
	http 2 -n 2000 -f "$work/mix" >/dev/null
	early=$(memory_of register VmRSS)
	http 2 -n "$requests" -f "$work/mix" >/dev/null
	late=$(memory_of register VmRSS)
	set_option register workers
	restart register
	result B10 "memory of a worker after $requests requests, MB ($(calc "$early / 1024") after 2000)" \
	    '<= 12, flat' "$(calc "$late / 1024")" \
	    "$(holds "$late <= 12 * 1024 && $late <= $early * 1.1")"
}
