# The twelve rules in Rego, on a dossier as it is.
package isp
import rego.v1

tenths(x) := round(x * 10)
year_under_check := 2024
deadline := day("2024-10-15")

day(text) := time.parse_rfc3339_ns(concat("", [substring(text, 0, 10), "T00:00:00Z"])) / 86400000000000
year(enrolment) := to_number(substring(enrolment.academic_year, 0, 4))

present := e if { some e in input.enrolments; year(e) == year_under_check }
entries := present.isp.entries
history := [{"course": r.course, "year": year(e), "semester": r.semester, "credits": r.credits, "kind": r.kind, "outcome": object.get(r, ["result", "outcome"], "")} |
	some e in input.enrolments
	year(e) < year_under_check
	some r in e.isp.entries
]

done(r) if r.outcome == "passed"
done(r) if r.outcome == "tolerated"
done(r) if r.kind == "exempted"
before(r, semester) if r.year < year_under_check
before(r, semester) if { r.year == year_under_check; r.semester < semester }

lines := [l | some l in entries; l.kind != "exempted"]
total := sum([tenths(l.credits) | some l in lines])
enrolled_for := sum([tenths(r.credits) | some r in history; r.year == year_under_check - 1; r.kind != "exempted"])
passed := sum([tenths(r.credits) | some r in history; r.year == year_under_check - 1; r.kind != "exempted"; r.outcome == "passed"])
efficiency_below(p) if { enrolled_for > 0; 200 * passed < (2 * p - 1) * enrolled_for }
efficiency_at_least(p) if { enrolled_for > 0; 200 * passed >= (2 * p - 1) * enrolled_for }

diploma if present.contract == "diploma"
exam if present.contract == "exam_diploma"
default least := 30
least := 270 if diploma
default most := 600
most := 720 if efficiency_at_least(80)

enrolled := day(present.enrolled_on)
last_day := deadline if enrolled <= deadline
last_day := enrolled + 7 if enrolled > deadline

linked if {
	g := data.group[present.class_group]
	g.programme == present.programme
	g.phase == present.phase
}

done_before(p, semester) if { some r in history; r.course == p; done(r); before(r, semester) }
tried_before(p, semester) if { some r in history; r.course == p; before(r, semester) }
done_ever(p) if { some r in history; r.course == p; done(r) }
passed_ever(p) if { some r in history; r.course == p; r.outcome == "passed" }
tried_ever(p) if { some r in history; r.course == p }
taken(p) if { some l in entries; l.course == p }
exempted(p) if { some l in entries; l.course == p; l.kind == "exempted" }
earlier(p, semester) if { some l in entries; l.course == p; l.semester < semester }

v contains ["R01", "-"] if total < least
v contains ["R01", "-"] if total > most
v contains ["R02", l.course] if { some l in entries; tenths(l.credits) % 10 != 0 }
v contains ["R03", concat("/", [l.course, p])] if {
	some l in lines
	some p in data.course[l.course].strict
	not done_before(p, l.semester)
	not exempted(p)
}
v contains ["R04", concat("/", [l.course, p])] if {
	some l in lines
	some p in data.course[l.course].flexible
	not tried_before(p, l.semester)
	not exempted(p)
	not earlier(p, l.semester)
}
v contains ["R05", concat("/", [l.course, p])] if {
	some l in lines
	some p in data.course[l.course].simultaneous
	not taken(p)
	not tried_ever(p)
}
v contains ["R06", "-"] if not present.isp.submitted_at
v contains ["R06", "-"] if day(present.isp.submitted_at) > last_day
v contains ["R07", "-"] if { diploma; efficiency_below(30) }
v contains ["R08", "-"] if { not exam; not linked }
v contains ["R09", l.course] if { not exam; linked; some l in lines; not event_serves(l) }
event_serves(l) if { e := data.event[l.event]; e.course == l.course; e.groups[present.class_group] }
v contains ["R10", u] if {
	diploma
	some u in data.compulsory[present.programme][format_int(present.phase, 10)]
	not taken(u)
	not done_ever(u)
}
v contains ["R11", l.course] if { exam; some l in lines; not data.course[l.course].exam_contract }
v contains ["R12", l.course] if { some l in lines; passed_ever(l.course) }
