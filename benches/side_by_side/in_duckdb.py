"""in_duckdb.py DIR jsonl|nested|tables THREADS OUT: the twelve rules in SQL, on the dossiers as JSON Lines, as nested Parquet, or as Parquet tables."""

import sys

import duckdb

from prepare import CATALOGUE, STUDENTS, TABLES

RULES = """
WITH efficiency AS MATERIALIZED (
 SELECT id, SUM(credits) AS enrolled_for, SUM(CASE WHEN passed THEN credits ELSE 0 END) AS passed
 FROM earlier WHERE year = 2023 AND NOT exempted GROUP BY id HAVING SUM(credits) > 0),
total AS (SELECT id, SUM(CASE WHEN exempted THEN 0 ELSE credits END) AS credits FROM entry GROUP BY id),
past AS MATERIALIZED (
 SELECT id, course, MIN(year * 2 + semester) AS tried, MIN(CASE WHEN passed OR tolerated OR exempted THEN year * 2 + semester END) AS done, BOOL_OR(passed) AS passed
 FROM earlier GROUP BY id, course),
line AS MATERIALIZED (SELECT id, course, credits, semester, event FROM entry WHERE NOT exempted),
linked AS (SELECT isp.id, isp.class_group FROM isp JOIN class_group AS g ON g.class_group = isp.class_group AND g.programme = isp.programme AND g.phase = isp.phase),
violation AS (
SELECT isp.id, 'R01' AS rule, '-' AS subject FROM isp LEFT JOIN total USING (id) LEFT JOIN efficiency AS e USING (id)
 WHERE COALESCE(credits, 0) < (CASE WHEN contract = 'diploma' THEN 27 ELSE 3 END)
 OR COALESCE(credits, 0) > (CASE WHEN 200 * e.passed >= 159 * e.enrolled_for THEN 72 ELSE 60 END)
UNION ALL SELECT id, 'R02', course FROM entry WHERE credits <> ROUND(credits, 0)
UNION ALL SELECT l.id, 'R03', l.course || '/' || k.prior FROM line l JOIN edge k ON k.course = l.course AND k.kind = 'strict'
 LEFT JOIN past ON past.id = l.id AND past.course = k.prior LEFT JOIN entry AS m ON m.id = l.id AND m.course = k.prior
 WHERE NOT COALESCE(past.done < 4048 + l.semester, false) AND NOT COALESCE(m.exempted, false)
UNION ALL SELECT l.id, 'R04', l.course || '/' || k.prior FROM line l JOIN edge k ON k.course = l.course AND k.kind = 'flexible'
 LEFT JOIN past ON past.id = l.id AND past.course = k.prior LEFT JOIN entry AS m ON m.id = l.id AND m.course = k.prior
 WHERE NOT COALESCE(past.tried < 4048 + l.semester, false) AND NOT COALESCE(m.exempted OR m.semester < l.semester, false)
UNION ALL SELECT l.id, 'R05', l.course || '/' || k.prior FROM line l JOIN edge k ON k.course = l.course AND k.kind = 'simultaneous'
 ANTI JOIN past ON past.id = l.id AND past.course = k.prior ANTI JOIN entry AS m ON m.id = l.id AND m.course = k.prior
UNION ALL SELECT id, 'R06', '-' FROM isp
 WHERE submitted_on IS NULL OR submitted_on > (CASE WHEN enrolled_on <= DATE '2024-10-15' THEN DATE '2024-10-15' ELSE enrolled_on + 7 END)
UNION ALL SELECT id, 'R07', '-' FROM isp JOIN efficiency AS e USING (id) WHERE contract = 'diploma' AND 200 * e.passed < 59 * e.enrolled_for
UNION ALL SELECT isp.id, 'R08', '-' FROM isp ANTI JOIN linked USING (id) WHERE contract <> 'exam_diploma'
UNION ALL SELECT l.id, 'R09', l.course FROM line l JOIN linked k ON k.id = l.id JOIN isp ON isp.id = l.id AND isp.contract <> 'exam_diploma'
 ANTI JOIN served AS e ON e.event = l.event AND e.course = l.course AND e.class_group = k.class_group
UNION ALL SELECT isp.id, 'R10', c.course FROM isp JOIN course AS c ON c.programme = isp.programme AND c.phase = isp.phase AND c.compulsory
 ANTI JOIN entry AS m ON m.id = isp.id AND m.course = c.course
 ANTI JOIN (SELECT id, course FROM past WHERE done IS NOT NULL) AS h ON h.id = isp.id AND h.course = c.course WHERE isp.contract = 'diploma'
UNION ALL SELECT l.id, 'R11', l.course FROM line l JOIN isp ON isp.id = l.id AND isp.contract = 'exam_diploma' JOIN course AS c ON c.course = l.course AND NOT c.exam_contract
UNION ALL SELECT l.id, 'R12', l.course FROM line l SEMI JOIN (SELECT id, course FROM past WHERE passed) AS h ON h.id = l.id AND h.course = l.course)
SELECT student, rule, subject FROM violation JOIN isp USING (id)
"""


def main(folder, form, threads, out):
    connection = duckdb.connect(config={"threads": int(threads)})
    connection.execute("SET preserve_insertion_order = false")
    if form == "tables":
        for table in ("isp", "entry", "earlier"):
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{folder}/{table}.parquet'")
    else:
        lines = f"read_json('{folder}/students.jsonl', format = 'newline_delimited', {STUDENTS})"
        source = lines if form == "jsonl" else f"'{folder}/students.parquet'"
        connection.execute(f"CREATE VIEW raw AS SELECT * FROM {source}")
        for table, query in TABLES.items():
            connection.execute(f"CREATE TEMP TABLE {table} AS {query}")
    for table in CATALOGUE:
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM '{folder}/{table}.parquet'")
    connection.execute(f"COPY ({RULES}) TO '{out}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')")


if __name__ == "__main__":
    main(*sys.argv[1:])
