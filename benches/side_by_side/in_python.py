"""in_python.py CATALOGUE STUDENTS THREADS OUT: the twelve rules in plain Python with orjson, written for reading. A thread is a process here."""

import datetime
import multiprocessing
import os
import sys

import orjson

YEAR = 2024
DEADLINE = datetime.date(2024, 10, 15)


def read_catalogue(path):
    with open(path, "rb") as file:
        document = max(orjson.loads(file.read()), key=lambda document: document["academic_year"])
    priors = {}
    for edge in document["edges"]:
        priors.setdefault((edge["course"], edge["kind"]), []).append(edge["expression"])
    compulsory = {}
    for programme in document["programmes"]:
        for unit in programme["units"]:
            if unit["compulsory"]:
                compulsory.setdefault((programme["code"], unit["phase"]), []).append(unit["course"])
    exam_contract = {course["code"]: course["exam_contract"] for course in document["courses"]}
    groups = {group["code"]: (group["programme"], group["phase"]) for group in document["class_groups"]}
    events = {event["id"]: (event["course"], set(event["class_groups"])) for event in document["events"]}
    return priors, compulsory, exam_contract, groups, events


def tenths(credits):
    return round(credits * 10)


def day(text):
    return datetime.date.fromisoformat(text[:10])


def is_done(row):
    return row["kind"] == "exempted" or row.get("result", {}).get("outcome") in ("passed", "tolerated")


def is_passed(row):
    return row["kind"] != "exempted" and row.get("result", {}).get("outcome") == "passed"


def violations(catalogue, dossier):
    priors, compulsory, exam_contract, groups, events = catalogue
    present = next(e for e in dossier["enrolments"] if e["academic_year"][:4] == str(YEAR))
    past = [(int(e["academic_year"][:4]), row) for e in dossier["enrolments"] if e is not present for row in e["isp"]["entries"]]
    isp, contract, phase = present["isp"], present["contract"], present["phase"]
    entries = isp["entries"]
    counted = [row for year, row in past if year == YEAR - 1 and row["kind"] != "exempted"]
    enrolled_for = sum(tenths(row["credits"]) for row in counted)
    passed = sum(tenths(row["credits"]) for row in counted if is_passed(row))
    efficiency = (200 * passed + enrolled_for) // (2 * enrolled_for) if enrolled_for else None
    total = sum(tenths(line["credits"]) for line in entries if line["kind"] != "exempted")
    least, most = 270 if contract == "diploma" else 30, 720 if efficiency is not None and efficiency >= 80 else 600
    if not least <= total <= most:
        yield "R01", "-"
    enrolled, sent = day(present["enrolled_on"]), isp.get("submitted_at") and day(isp["submitted_at"])
    if not sent or sent > (DEADLINE if enrolled <= DEADLINE else enrolled + datetime.timedelta(days=7)):
        yield "R06", "-"
    if contract == "diploma" and efficiency is not None and efficiency < 30:
        yield "R07", "-"
    group = present.get("class_group")
    linked = groups.get(group) == (present["programme"], phase)
    if contract != "exam_diploma" and not linked:
        yield "R08", "-"
    for line in entries:
        course, semester = line["course"], line["semester"]
        if tenths(line["credits"]) % 10:
            yield "R02", course
        if line["kind"] == "exempted":
            continue
        earlier = lambda year, row: (year, row["semester"]) < (YEAR, semester)
        for prior in priors.get((course, "strict"), ()):
            free = any(other["course"] == prior and other["kind"] == "exempted" for other in entries)
            if not free and not any(row["course"] == prior and is_done(row) and earlier(year, row) for year, row in past):
                yield "R03", f"{course}/{prior}"
        for prior in priors.get((course, "flexible"), ()):
            taken = any(other["course"] == prior and (other["kind"] == "exempted" or other["semester"] < semester) for other in entries)
            if not taken and not any(row["course"] == prior and earlier(year, row) for year, row in past):
                yield "R04", f"{course}/{prior}"
        for prior in priors.get((course, "simultaneous"), ()):
            if not any(other["course"] == prior for other in entries) and not any(row["course"] == prior for _, row in past):
                yield "R05", f"{course}/{prior}"
        if contract != "exam_diploma" and linked:
            of, served = events.get(line.get("event"), (None, ()))
            if of != course or group not in served:
                yield "R09", course
        if contract == "exam_diploma" and not exam_contract[course]:
            yield "R11", course
        if any(row["course"] == course and is_passed(row) for _, row in past):
            yield "R12", course
    if contract == "diploma":
        for unit in compulsory.get((present["programme"], phase), ()):
            if not any(line["course"] == unit for line in entries) and not any(row["course"] == unit and is_done(row) for _, row in past):
                yield "R10", unit


def part(job):
    catalogue, students, start, end = job
    catalogue, found = read_catalogue(catalogue), []
    with open(students, "rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        while file.tell() < end:
            dossier = orjson.loads(file.readline())
            found.extend(f"{dossier['student']}\t{rule}\t{subject}\n" for rule, subject in violations(catalogue, dossier))
    return "".join(found)


def main(catalogue, students, threads, out):
    size, threads = os.path.getsize(students), int(threads)
    jobs = [(catalogue, students, size * at // threads, size * (at + 1) // threads) for at in range(threads)]
    with open(out, "w") as file:
        if threads == 1:
            file.write(part(jobs[0]))
        else:
            with multiprocessing.Pool(threads) as pool:
                file.writelines(pool.imap(part, jobs))


if __name__ == "__main__":
    main(*sys.argv[1:])
