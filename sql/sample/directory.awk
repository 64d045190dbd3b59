# The directory of the sample organisation, Harbour & Vale: 24 units,
# 200 people, 34 groups. The same run gives the same bytes, so the sample
# register can refer to the people by their entryUUID.
#
#   LC_ALL=C awk -v what=ldif   -f sql/sample/directory.awk   for slapadd
#   LC_ALL=C awk -v what=people -f ...   uuid uid dn name mail title unit_code manager_uid
#   LC_ALL=C awk -v what=units  -f ...   code parent_code name
#   LC_ALL=C awk -v what=groups -f ...   uuid cn dn description
#   LC_ALL=C awk -v what=members -f ...  group_cn kind(person|group) member
#
# The lists are tab separated, without a header line. Everybody's password
# is "harbour-demo"; the service account cn=exreg,ou=services has
# "exreg-service-demo". Made for demonstrations and tests only.
# Units, named people and groups are the tables at the end of this file.
# A new person goes last, or the counters behind the UUIDs move.

BEGIN {
	if (length("é") != 2) {
		print "directory.awk: run it with LC_ALL=C" > "/dev/stderr"
		exit 1
	}
	base = "dc=harbourvale,dc=example"
	# {SSHA} of harbour-demo and of exreg-service-demo, fixed salts
	password = "{SSHA}NDMV8eNgZAT9bZPTsgyVwgWOzxVoYXJib3VydmFsZQ=="
	service = "{SSHA}KHEQ3km1BPGRD7Ira2OVAAf6vS5oYXJib3Vyc2VydmljZQ=="
	if (what == "")
		what = "ldif"
	load_units()
	load_names()
	make_named()
	make_others()
	load_groups()
	if (what == "ldif")
		print_ldif()
	else if (what == "people")
		print_people()
	else if (what == "units")
		print_units()
	else if (what == "groups")
		print_groups()
	else if (what == "members")
		print_members()
	else {
		print "directory.awk: what=" what " is not known" > "/dev/stderr"
		exit 1
	}
}

# ---- people -------------------------------------------------------------

function uuid(kind, n) {
	return sprintf("6f1d%04d-5a3c-4b7e-8d21-%012d", kind, n)
}

function person_dn(id) {
	return "uid=" id ",ou=people," base
}

function group_dn(cn) {
	return "cn=" cn ",ou=groups," base
}

# name is "Given Family"; plain is the same in ASCII, for the uid.
function add_person(name, plain, unit, title,    id, at) {
	id = tolower(plain)
	gsub(/ /, ".", id)
	npeople++
	uids[npeople] = id
	number[id] = npeople
	names[id] = name
	at = index(name, " ")
	given[id] = substr(name, 1, at - 1)
	family[id] = substr(name, at + 1)
	units_of[id] = unit
	titles[id] = title
	in_unit[unit]++
	if (title == head_title[unit])
		head[unit] = id
	return id
}

function make_named(    i, n, line, p, id) {
	n = split(named_people(), line, "\n")
	for (i = 1; i <= n; i++) {
		if (split(line[i], p, "|") < 3)
			continue
		id = add_person(p[1], p[1], p[2], p[3])
		if (p[4] != "")
			fixed_manager[id] = p[4]
	}
}

# Walks both name lists with steps that have no common factor with their
# lengths, and passes over a uid that is taken.
function next_name(    g, f, id) {
	do {
		walk++
		g = (walk * 29) % ngiven + 1
		f = (walk * 41 + int(walk / nfamily)) % nfamily + 1
		id = tolower(given_plain[g] "." family_plain[f])
	} while (id in number)
	picked = given_names[g] " " family_names[f]
	picked_plain = given_plain[g] " " family_plain[f]
}

function make_others(    u, i, n, k, t, code) {
	for (u = 1; u <= nunits; u++) {
		code = unit_codes[u]
		if (!(code in head)) {
			next_name()
			add_person(picked, picked_plain, code, head_title[code])
		}
	}
	for (u = 1; u <= nunits; u++) {
		code = unit_codes[u]
		n = split(staff_titles[code], t, ";")
		for (k = 0; in_unit[code] < unit_size[code]; k++) {
			next_name()
			add_person(picked, picked_plain, code, t[k % n + 1])
		}
	}
}

# The head of the unit; for a head, the head of the unit above.
function manager(id,    unit) {
	if (id in fixed_manager)
		return fixed_manager[id]
	unit = units_of[id]
	if (head[unit] != id)
		return head[unit]
	return unit_parent[unit] == "" ? "" : head[unit_parent[unit]]
}

# ---- groups -------------------------------------------------------------

# A member is a uid, "@cn" for a nested group, "#UNIT" for everybody in a
# unit and the units below it, "head:UNIT" for the head and the heads of
# the units right below it.
function load_groups(    i, n, line, g, j, m, w) {
	n = split(groups_table(), line, "\n")
	for (i = 1; i <= n; i++) {
		if (split(line[i], g, "|") != 3)
			continue
		ngroups++
		group_names[ngroups] = g[1]
		descriptions[g[1]] = g[2]
		m = split(g[3], w, " ")
		for (j = 1; j <= m; j++)
			add_members(g[1], w[j])
	}
}

function add_members(cn, word,    i, u) {
	if (word ~ /^@/)
		add_member(cn, "group", substr(word, 2))
	else if (word ~ /^head:/) {
		u = substr(word, 6)
		for (i = 1; i <= nunits; i++)
			if (unit_codes[i] == u || unit_parent[unit_codes[i]] == u)
				add_member(cn, "person", head[unit_codes[i]])
	} else if (word ~ /^#/) {
		u = substr(word, 2)
		for (i = 1; i <= npeople; i++)
			if (is_below(units_of[uids[i]], u))
				add_member(cn, "person", uids[i])
	} else
		add_member(cn, "person", word)
}

function add_member(cn, kind, name) {
	if ((cn, kind, name) in member_seen)
		return
	member_seen[cn, kind, name] = 1
	nmembers[cn]++
	member_kind[cn, nmembers[cn]] = kind
	member_name[cn, nmembers[cn]] = name
}

function is_below(unit, top) {
	for (; unit != ""; unit = unit_parent[unit])
		if (unit == top)
			return 1
	return 0
}

# ---- output -------------------------------------------------------------

function print_people(    i, id) {
	for (i = 1; i <= npeople; i++) {
		id = uids[i]
		printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", uuid(1, i), id,
		    person_dn(id), names[id], id "@harbourvale.example",
		    titles[id], units_of[id], manager(id)
	}
}

function print_units(    i) {
	for (i = 1; i <= nunits; i++)
		printf "%s\t%s\t%s\n", unit_codes[i],
		    unit_parent[unit_codes[i]], unit_names[unit_codes[i]]
}

function print_groups(    i, cn) {
	for (i = 1; i <= ngroups; i++) {
		cn = group_names[i]
		printf "%s\t%s\t%s\t%s\n", uuid(2, i), cn, group_dn(cn),
		    descriptions[cn]
	}
}

function print_members(    i, j, cn) {
	for (i = 1; i <= ngroups; i++) {
		cn = group_names[i]
		for (j = 1; j <= nmembers[cn]; j++)
			printf "%s\t%s\t%s\n", cn, member_kind[cn, j],
			    member_name[cn, j]
	}
}

function print_ldif(    i, j, cn, name) {
	print "dn: " base "\nobjectClass: dcObject\nobjectClass: organization"
	print "dc: harbourvale\no: Harbour & Vale\nentryUUID: " uuid(0, 1) "\n"
	print_branch("people", 2)
	print_branch("groups", 3)
	print_branch("services", 4)
	print "dn: cn=exreg,ou=services," base
	print "objectClass: applicationProcess"
	print "objectClass: simpleSecurityObject\ncn: exreg"
	print "description: Reads people and groups for the exception register"
	print "userPassword: " service "\nentryUUID: " uuid(0, 5) "\n"
	for (i = 1; i <= npeople; i++)
		print_person(uids[i], i)
	for (i = 1; i <= ngroups; i++) {
		cn = group_names[i]
		print "dn: " group_dn(cn) "\nobjectClass: groupOfNames\ncn: " cn
		print "description: " descriptions[cn]
		for (j = 1; j <= nmembers[cn]; j++) {
			name = member_name[cn, j]
			print "member: " (member_kind[cn, j] == "group" ? \
			    group_dn(name) : person_dn(name))
		}
		print "entryUUID: " uuid(2, i) "\n"
	}
}

function print_branch(ou, n) {
	print "dn: ou=" ou "," base "\nobjectClass: organizationalUnit"
	print "ou: " ou "\nentryUUID: " uuid(0, n) "\n"
}

function print_person(id, n,    boss) {
	boss = manager(id)
	print "dn: " person_dn(id) "\nobjectClass: inetOrgPerson"
	print "uid: " id
	attribute("cn", names[id])
	attribute("displayName", names[id])
	attribute("givenName", given[id])
	attribute("sn", family[id])
	print "mail: " id "@harbourvale.example"
	print "title: " titles[id]
	print "departmentNumber: " units_of[id]
	print "ou: " unit_names[units_of[id]]
	print "employeeNumber: " 10000 + n
	printf "telephoneNumber: +44 20 7946 %04d\n", n
	if (boss != "")
		print "manager: " person_dn(boss)
	print "userPassword: " password
	print "entryUUID: " uuid(1, n) "\n"
}

# RFC 2849: a value beyond ASCII goes out in base64.
function attribute(name, value) {
	if (value ~ /^[A-Za-z][ -~]*$/)
		print name ": " value
	else
		print name ":: " base64(value)
}

function base64(s,    i, n, out, b, c, d) {
	if (!base64_ready) {
		for (i = 1; i < 256; i++)
			ord[sprintf("%c", i)] = i
		digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" \
		    "abcdefghijklmnopqrstuvwxyz0123456789+/"
		base64_ready = 1
	}
	n = length(s)
	out = ""
	for (i = 1; i <= n; i += 3) {
		b = ord[substr(s, i, 1)]
		c = i + 1 <= n ? ord[substr(s, i + 1, 1)] : 0
		d = i + 2 <= n ? ord[substr(s, i + 2, 1)] : 0
		out = out digit(int(b / 4)) digit((b % 4) * 16 + int(c / 16)) \
		    (i + 1 <= n ? digit((c % 16) * 4 + int(d / 64)) : "=") \
		    (i + 2 <= n ? digit(d % 64) : "=")
	}
	return out
}

function digit(v) {
	return substr(digits, v + 1, 1)
}

# ---- tables -------------------------------------------------------------

function load_units(    i, n, line, u) {
	n = split(units_table(), line, "\n")
	for (i = 1; i <= n; i++) {
		if (split(line[i], u, "|") != 6)
			continue
		nunits++
		unit_codes[nunits] = u[1]
		unit_parent[u[1]] = u[2]
		unit_names[u[1]] = u[3]
		unit_size[u[1]] = u[4]
		head_title[u[1]] = u[5]
		staff_titles[u[1]] = u[6]
	}
}

function load_names(    i, w, p) {
	ngiven = split(given_table(), w, " ")
	for (i = 1; i <= ngiven; i++) {
		split(w[i], p, "=")
		given_names[i] = p[1]
		given_plain[i] = p[2] == "" ? p[1] : p[2]
	}
	nfamily = split(family_table(), w, " ")
	for (i = 1; i <= nfamily; i++) {
		split(w[i], p, "=")
		family_names[i] = p[1]
		family_plain[i] = p[2] == "" ? p[1] : p[2]
	}
}

# code | parent | name | people | title of the head | titles of the others
function units_table() {
	return \
"HV||Harbour & Vale|4|Chief Executive|Chief of Staff;Board Secretary;Communications Lead\n" \
"IT|HV|Information Technology|3|Director of Information Technology|Enterprise Architect;Portfolio Manager\n" \
"IT-OPS|IT|Infrastructure Operations|16|Head of Infrastructure|Systems Engineer;Storage Engineer;Platform Engineer;Backup Administrator\n" \
"IT-NET|IT|Network and Voice|10|Head of Network|Network Engineer;Voice Engineer;Firewall Engineer\n" \
"IT-DEV|IT|Application Development|18|Head of Application Development|Software Engineer;Test Engineer;Integration Developer;Product Owner\n" \
"IT-WPL|IT|Workplace Services|10|Head of Workplace Services|Service Desk Analyst;Endpoint Engineer;Print Services Engineer\n" \
"SEC|HV|Information Security|4|Chief Information Security Officer|Security Architect;Security Programme Manager\n" \
"SEC-GRC|SEC|Governance, Risk and Compliance|6|Deputy Security Lead|Risk Analyst;Policy Analyst;Third-Party Risk Analyst\n" \
"SEC-OPS|SEC|Security Operations|8|Security Operations Manager|Security Analyst;Vulnerability Analyst;Incident Responder\n" \
"FIN|HV|Finance|4|Chief Financial Officer|Treasury Manager;Finance Systems Analyst\n" \
"FIN-AP|FIN|Accounts Payable|10|Accounts Payable Manager|Accounts Payable Specialist;Invoice Analyst;Payments Clerk\n" \
"FIN-CTL|FIN|Controlling|7|Head of Controlling|Financial Controller;Reporting Analyst\n" \
"FIN-PRO|FIN|Procurement|7|Head of Procurement|Buyer;Contract Manager;Supplier Analyst\n" \
"HR|HV|Human Resources|4|Director of Human Resources|HR Business Partner;HR Systems Analyst\n" \
"HR-PAY|HR|Payroll|7|Payroll Manager|Payroll Specialist;Benefits Specialist\n" \
"HR-TAL|HR|Talent and Learning|7|Head of Talent and Learning|Talent Partner;Learning Designer;Recruiter\n" \
"LEG|HV|Legal and Privacy|6|General Counsel|Data Protection Officer;Legal Counsel;Privacy Analyst\n" \
"AUD|HV|Internal Audit|6|Head of Internal Audit|Internal Auditor;IT Auditor\n" \
"OPS|HV|Operations|5|Chief Operating Officer|Operations Planner;Continuity Manager\n" \
"OPS-LAB|OPS|Laboratories|14|Laboratory Director|Laboratory Scientist;Instrument Technician;Sample Coordinator\n" \
"OPS-LOG|OPS|Logistics|12|Head of Logistics|Warehouse Coordinator;Fleet Planner;Cold Chain Technician\n" \
"OPS-FAC|OPS|Facilities|10|Head of Facilities|Building Manager;Access Control Technician;Energy Engineer\n" \
"RES|HV|Research|8|Director of Research|Research Scientist;Data Scientist;Study Coordinator\n" \
"PAT|HV|Patient Services|14|Director of Patient Services|Patient Adviser;Scheduling Coordinator;Records Specialist\n"
}

# name | unit | title | uid of the manager when it is not the unit's head
function named_people() {
	return \
"Ada Marsh|IT-OPS|Senior Systems Engineer|nora.quinn\n" \
"Sam Okafor|SEC|Chief Information Security Officer|\n" \
"Lena Fischer|SEC-GRC|Deputy Security Lead|\n" \
"Ivy Chen|AUD|Senior Internal Auditor|\n" \
"Tom Reyes|IT-WPL|Identity and Access Administrator|\n" \
"Hana Sato|FIN-CTL|Head of Controlling|\n" \
"Paul Brandt|HR|Director of Human Resources|\n" \
"Nora Quinn|IT|Director of Information Technology|\n" \
"Omar Haddad|FIN-AP|Accounts Payable Specialist|\n" \
"Elsa Lind|HR-TAL|Talent Partner|\n"
}

# cn | description | members
function groups_table() {
	return \
"security-leads|Security Lead and deputy; decide on exceptions|sam.okafor lena.fischer\n" \
"security-office|Everybody in Information Security|@security-leads #SEC-GRC #SEC-OPS\n" \
"internal-audit|Internal auditors|ivy.chen head:AUD\n" \
"it-audit|Auditors of information technology|#AUD\n" \
"auditors|All who may read the whole register|@internal-audit @it-audit\n" \
"register-admins|Administrators of the exception register|tom.reyes\n" \
"finance-controllers|Approve exceptions for Finance|hana.sato head:FIN\n" \
"hr-leads|Approve exceptions for Human Resources|paul.brandt head:HR\n" \
"it-leadership|Leaders of Information Technology|nora.quinn head:IT\n" \
"executive-board|Heads of the divisions|head:HV\n" \
"it-operations|Infrastructure operations|#IT-OPS\n" \
"it-network|Network and voice|#IT-NET\n" \
"it-development|Application development|#IT-DEV\n" \
"it-workplace|Workplace services|#IT-WPL\n" \
"it-staff|Everybody in Information Technology|@it-leadership @it-operations @it-network @it-development @it-workplace\n" \
"asset-owners|Owners of systems and applications|ada.marsh head:IT head:OPS head:FIN\n" \
"policy-owners|Owners of published policies|sam.okafor head:SEC head:LEG head:HR\n" \
"privacy-office|Legal and privacy|#LEG\n" \
"change-board|Change advisory board|@it-leadership @security-leads head:OPS\n" \
"all-staff|Everybody; may sign in to the register|#HV\n" \
"security-lead-deputies|Decide when both Security Leads have a part|efua.lindqvist\n" \
"smb-analysts|Security Management Branch|thandi.lopez noor.castillo liam.garcia\n" \
"iso-it|ISO of Information Technology|hugo.kowalski\n" \
"iso-operations|ISO of Operations|pavel.bianchi\n" \
"iso-finance|ISO of Finance|giulia.martins\n" \
"iso-research|ISO of Research|lars.ibrahim\n" \
"cdt-iso|CDT ISO|viktor.ibrahim rosa.park\n" \
"exception-committee|Members of the exception committee|oisin.okonkwo jakub.gupta zoe.farouk kamala.baptiste rosa.park\n" \
"committee-chairs|Chair of the exception committee|oisin.okonkwo\n" \
"compliance-officers|Compliance officers|efua.rahman xavier.joshi\n" \
"managers-it|Manager of Information Technology|nora.quinn\n" \
"managers-operations|Manager of Operations|viktor.dubois\n" \
"managers-finance|Manager of Finance|xavier.blum\n" \
"managers-research|Manager of Research|rafael.mahmoud\n"
}

function given_table() {
	return "Amara Bruno Chloé=Chloe Dmitri Esther Farid Greta Hugo Ines " \
	    "Jakub Keiko Liam Mei Noor Olga Pavel Quentin Rosa Siddharth " \
	    "Tamsin Umar Vera Wanjiru Xavier Yusuf Zoë=Zoe Anneke Bilal " \
	    "Carmen Darragh Eleni Felix Giulia Hassan Isla Jorge Kamala " \
	    "Lars Marek Nadia Oisin Priya Rafael Søren=Soren Thandi Ulrike " \
	    "Viktor Wen Yara Zanele Aisha Björn=Bjorn Cecilia Daniel Efua " \
	    "Fiona Gareth Helena Ivan Joanna"
}

function family_table() {
	return "Abbott Achebe Almeida Andersson Baptiste Bauer Bianchi Blum " \
	    "Castillo Chaudhry Clarke Costa Dahl Delgado Dubois Eriksen " \
	    "Farouk Ferreira Fontaine Gallagher Garcia Gupta Hansen " \
	    "Hernández=Hernandez Hoffmann Ibrahim Ito Jansen Joshi Kamau " \
	    "Kapoor Keller Kim Kowalski Larsen Lefèvre=Lefevre Lindqvist " \
	    "Lopez Mahmoud Martins Mbeki Mensah Moreau Müller=Mueller Nakamura " \
	    "Ndiaye Nguyen Novak Nowak Oduya Okonkwo Olsen Ortega Papadakis " \
	    "Park Petrov Popescu Rahman Ramos Rossi Ryan Santos Schneider " \
	    "Sharma Silva Singh Sørensen=Sorensen Suzuki Tanaka Thomsen"
}
