# The statements of one request from MariaDB's general log, each followed by
# a line ";;". Run with LC_ALL=C: a session's hash is written as raw bytes;
# it is replaced by -v session=HEX. What comes before the statement
# SELECT 'bench' is left out, and so are writes: only reads are repeated.

function flush() {
	if (text ~ /^SELECT 'bench'/)
		begun = 1
	if (keep && begun && text !~ /^(UPDATE|INSERT|CALL|SET)/) {
		if (text ~ /token_hash = '/) {
			head = tail = text
			sub(/token_hash = '.*/, "", head)
			sub(/.*' AND s\.ended_at/, "' AND s.ended_at", tail)
			text = head "token_hash = x'" session tail
		}
		print text "\n;;"
	}
	keep = 0
}

# "[time]<tab(s)>  id Command<tab>argument"
/^([0-9]+ +[0-9:]+)?\t+ *[0-9]+ [A-Z][A-Za-z ]*(\t|$)/ {
	flush()
	line = $0
	sub(/^([0-9]+ +[0-9:]+)?\t+ */, "", line)
	id = line
	sub(/ .*/, "", id)
	sub(/^[0-9]+ /, "", line)
	command = line
	sub(/\t.*/, "", command)
	sub(/^[^\t]*\t?/, "", line)
	if (command == "Connect")
		foreign[id] = line !~ /^exreg_/
	text = line
	keep = (command == "Execute" || command == "Query") && !foreign[id]
	next
}
keep { text = text "\n" $0 }
END { flush() }
