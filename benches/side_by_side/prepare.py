"""prepare.py DIR: the cohort and the catalogue of DIR as Parquet.

students.parquet is the dossiers as they are, nested; isp, entry and earlier are the tables that an analyst would make of them for the twelve rules, and course,
edge, class_group and served those of the catalogue. Days are the first ten characters of a text: the cohort's instants are in local time."""

import sys

import duckdb

ENTRY = """STRUCT(course VARCHAR, semester TINYINT, credits DECIMAL(4,1), kind VARCHAR, event VARCHAR,
 result STRUCT(score TINYINT, outcome VARCHAR, decided_on DATE))"""
ENROLMENT = f"""STRUCT(academic_year VARCHAR, programme VARCHAR, contract VARCHAR, phase TINYINT, class_group VARCHAR, enrolled_on DATE,
 isp STRUCT(state VARCHAR, submitted_at VARCHAR, decided_at VARCHAR, entries {ENTRY}[]))"""
STUDENTS = f"columns = {{student: 'VARCHAR', cohort: 'VARCHAR', enrolments: '{ENROLMENT}[]'}}"

# What the twelve rules look at, from any table `raw` of nested dossiers.
TABLES = {
    "enrolment": "SELECT row_number() OVER () AS id, student, UNNEST(enrolments) AS e FROM raw",
    "isp": """SELECT id, student, e.programme, e.phase, e.contract, e.class_group, e.enrolled_on, e.isp.submitted_at[:10]::DATE AS submitted_on
 FROM enrolment WHERE e.academic_year = '2024-2025'""",
    "entry": """SELECT id, x.course, x.credits, x.semester, x.event, x.kind = 'exempted' AS exempted
 FROM (SELECT id, UNNEST(e.isp.entries) AS x FROM enrolment WHERE e.academic_year = '2024-2025')""",
    "earlier": """SELECT isp.id, year, x.course, x.semester, x.credits, x.kind = 'exempted' AS exempted,
 coalesce(x.result.outcome = 'passed', false) AS passed, coalesce(x.result.outcome = 'tolerated', false) AS tolerated
 FROM (SELECT student, e.academic_year[:4]::SMALLINT AS year, UNNEST(e.isp.entries) AS x FROM enrolment WHERE e.academic_year < '2024-2025')
 JOIN isp USING (student)""",
}
CATALOGUE = {
    "course": """SELECT p.code AS programme, u.course, u.phase, u.compulsory, c.exam_contract
 FROM (SELECT p, UNNEST(p.units) AS u FROM (SELECT UNNEST(programmes) AS p FROM latest)) JOIN (SELECT UNNEST(courses) AS c FROM latest) ON c.code = u.course""",
    "edge": "SELECT e.course, e.kind, e.expression AS prior FROM (SELECT UNNEST(edges) AS e FROM latest)",
    "class_group": "SELECT g.code AS class_group, g.programme, g.phase::TINYINT AS phase FROM (SELECT UNNEST(class_groups) AS g FROM latest)",
    "served": "SELECT e.id AS event, e.course, UNNEST(e.class_groups) AS class_group FROM (SELECT UNNEST(events) AS e FROM latest)",
}


def main(folder):
    connection = duckdb.connect()
    nested = f"SELECT * FROM read_json('{folder}/students.jsonl', format = 'newline_delimited', {STUDENTS})"
    connection.execute(f"COPY ({nested}) TO '{folder}/students.parquet' (FORMAT parquet, COMPRESSION zstd)")
    connection.execute(f"CREATE VIEW raw AS SELECT * FROM '{folder}/students.parquet'")
    connection.execute(
        f"""CREATE TABLE latest AS SELECT * FROM read_json('{folder}/catalogue.json', maximum_object_size = 100000000)
 ORDER BY academic_year DESC LIMIT 1"""
    )
    for name, query in (TABLES | CATALOGUE).items():
        connection.execute(f"CREATE TABLE {name} AS {query}")
        if name != "enrolment":
            connection.execute(f"COPY {name} TO '{folder}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main(sys.argv[1])
