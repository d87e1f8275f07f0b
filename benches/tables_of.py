"""Dossiers in JSON Lines, sorted by student, as a folder of CSV tables, a line at a time: python3 benches/tables_of.py students.jsonl exports

To measure the reading of tables against the reading of lines:

    ispect generate --students 100000 --seed 1 --output students.jsonl
    python3 benches/tables_of.py students.jsonl exports
    /usr/bin/time -v ispect check exports --threads 1 --format jsonl --output findings.jsonl
"""

import csv
import json
import os
import sys

ENROLMENT = ["academic_year", "programme", "contract"]
COLUMNS = {
    "student": ["student", "cohort", "first_enrolled_on"],
    "enrolment": ["student", *ENROLMENT, "main", "phase", "option", "itinerary", "start_semester", "class_group", "enrolled_on", "deregistered_on"],
    "isp": ["student", *ENROLMENT, "state", "submitted_on", "submitted_at", "decided_on", "decided_at", "requested_credits"],
    "entry": ["student", *ENROLMENT, "course", "semester", "credits", "kind", "event", "class_group", "added_on", "dropped_on", "changed_by", "replaces",
              "score", "outcome", "attempts", "first_chance_on", "decided_on", "published_on", "tolerance", "tolerance_settled_on"],
    "requested_course": ["student", *ENROLMENT, "course"],
    "status": ["student", "status", "valid_from", "valid_until", "hours_per_month"],
    "diploma": ["student", "level", "name", "awarded_on"],
    "exemption": ["student", "course", "credits", "basis", "requested_on", "granted_on"],
    "credit_certificate": ["student", "course", "name", "credits", "institution", "awarded_on"],
    "request": ["student", "kind", "academic_year", "programme", "course", "semester", "about_decision_on", "filed_on", "announced_on", "postponed_to",
                "decided_on", "outcome", "authority"],
    "decision": ["student", "check", "course", "prior", "programme", "academic_year", "outcome", "authority", "granted_on", "valid_from", "valid_until",
                 "reference"],
    "measure": ["student", "kind", "programme", "course", "academic_year", "scope", "imposed_on", "until", "lifted_on"],
    "account_entry": ["student", "booked_on", "kind", "credits"],
}
LISTS = {"statuses": "status", "diplomas": "diploma", "exemptions": "exemption", "credit_certificates": "credit_certificate", "requests": "request",
         "decisions": "decision", "measures": "measure", "learning_account": "account_entry"}


def main(lines, folder):
    os.makedirs(folder, exist_ok=True)
    files = {table: open(os.path.join(folder, table + ".csv"), "w", newline="", encoding="utf-8") for table in COLUMNS}
    writers = {table: csv.writer(file, lineterminator="\n") for table, file in files.items()}
    for table, names in COLUMNS.items():
        writers[table].writerow(names)

    def write(table, *parts):
        row = {name: value for part in parts for name, value in part.items() if not isinstance(value, (list, dict))}
        unknown = set(row) - set(COLUMNS[table])
        if unknown:
            sys.exit(f"{table} has no column {unknown}")
        cell = lambda value: "" if value is None else str(value).lower() if isinstance(value, bool) else value
        writers[table].writerow([cell(row.get(name)) for name in COLUMNS[table]])

    with open(lines, encoding="utf-8") as records:
        for line in records:
            record = json.loads(line, parse_float=str)
            student = {"student": record["student"]}
            write("student", record)
            for name, table in LISTS.items():
                for element in record.get(name, []):
                    write(table, student, element)
            for enrolment in record.get("enrolments", []):
                keys = student | {name: enrolment.get(name) for name in ENROLMENT}
                write("enrolment", student, enrolment)
                isp = enrolment.get("isp")
                if isp is not None:
                    write("isp", keys, isp)
                    for course in isp.get("requested_courses", []):
                        write("requested_course", keys, {"course": course})
                    for entry in isp.get("entries", []):
                        write("entry", keys, entry, entry.get("result") or {})
    for file in files.values():
        file.close()


main(*sys.argv[1:])
