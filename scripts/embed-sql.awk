# sql/queries/*.sql -> the statement table (store/statements.h and .c).
#
#   awk -v kind=header|source -f embed-sql.awk sql/queries/*.sql
#
#   -- name: exception_by_id (is) -> exception
#   -- A comment, as many lines as it takes.
#   SELECT id, title FROM exception WHERE id = ? AND state = ?;
#
# One letter a parameter (i s b d t, see db/db.h); "-> row" names the struct
# whose schema takes the columns, left out when there are none. A statement
# ends with ";" at the end of a line. Anything else is an error.

function fail(why)
{
	printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
	bad = 1
	exit 1
}

function heading(    part)
{
	if (name != "")
		fail("statement " name " has no end")
	if ($0 !~ /^-- name: [a-z][a-z0-9_]* \([isbdt]*\)( -> [a-z][a-z0-9_]*)?$/)
		fail("heading is not: -- name: NAME (isbdt) -> ROW")
	split($0, part, /[ ()]+/)
	name = part[3]
	if (name in seen)
		fail("statement " name " is also in " seen[name])
	file = FILENAME
	sub(/.*\//, "", file)
	seen[name] = file ":" FNR
	names[++count] = name
	sig[name] = $0
	sub(/^[^(]*\(/, "", sig[name])
	sub(/\).*/, "", sig[name])
	row[name] = /->/ ? $NF : ""
}

# The body of a C string literal, lines joined with a line feed.
function append(body, line)
{
	gsub(/["\\]/, "\\\\&", line)
	return body == "" ? line : body "\\n\"\n\t    \"" line
}

BEGIN { if (ARGC < 2) exit }

FNR == 1 && name != "" { fail("statement " name " of the file before has no end") }
/^-- name:/ { heading(); next }
/^[ \t]*(--.*)?$/ { next }
name == "" { fail("text outside a statement") }
{
	sub(/[ \t]+$/, "")
	sub(/^[ \t]+/, "")
	end = sub(/;$/, "")
	text[name] = append(text[name], $0)
	if (end && text[name] == "")
		fail("statement " name " is empty")
	if (end)
		name = ""
}

END {
	if (!bad && name != "") {
		printf "%s: statement %s has no end\n", FILENAME, name > "/dev/stderr"
		bad = 1
	}
	if (bad)
		exit 1
	print "/* Made from sql/queries by scripts/embed-sql.awk. */"
	if (kind == "header") {
		print "#ifndef EXREG_STORE_STATEMENTS_H"
		print "#define EXREG_STORE_STATEMENTS_H\n"
		print "#include \"db/db.h\"\n"
		print "enum stmt_id {"
		for (i = 1; i <= count; i++)
			print "\tSTMT_" toupper(names[i]) ","
		print "\tSTMT__MAX\n};\n"
		print "/* STMT__MAX rows, then an empty one. */"
		print "extern const struct stmt_def statements[];\n\n#endif"
		exit
	}
	print "#include \"store/statements.h\"\n"
	print "#include \"store/row_schemas.h\"\n"
	print "const struct stmt_def statements[STMT__MAX + 1] = {"
	for (i = 1; i <= count; i++) {
		n = names[i]
		schema = row[n] == "" ? "NULL" : "&" row[n] "_schema"
		printf "\t{ \"%s\", \"%s\", %s, \"%s\",\n\t    \"%s\" },\n", n, sig[n], schema, seen[n], text[n]
	}
	print "\t{ NULL, NULL, NULL, NULL, NULL },\n};"
}
