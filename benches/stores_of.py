"""Dossiers in every other format: python3 benches/stores_of.py students.jsonl exports FOLDER [postgresql://user@host/database]

`exports` holds the CSV tables that `tables_of.py` makes of the dossiers. Written are `FOLDER/students.xlsx` (where a sheet has the rows for it),
`FOLDER/students.sqlite`, `FOLDER/tables/*.parquet`, `FOLDER/students.parquet`, and the tables in the schema `bench` of the server. It needs `duckdb` and
`xlsxwriter`, and `psql` for the server.
"""

import csv
import datetime
import glob
import os
import re
import sqlite3
import subprocess
import sys

import duckdb
import xlsxwriter

NUMBERS = {"credits", "score", "semester", "phase", "attempts", "requested_credits", "hours_per_month", "start_semester"}
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
ROWS_OF_A_SHEET = 1_048_576


def tables(exports):
    return {os.path.basename(path)[:-4]: path for path in sorted(glob.glob(os.path.join(exports, "*.csv")))}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def workbook(exports, file):
    """Texts are shared, as office programs write them; days are days."""
    counts = {table: sum(1 for _ in rows(path)) for table, path in tables(exports).items()}
    if max(counts.values()) > ROWS_OF_A_SHEET:
        print(f"no workbook: a table has {max(counts.values())} rows")
        return
    book = xlsxwriter.Workbook(file, {"tmpdir": os.path.dirname(file) or "."})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for table, path in tables(exports).items():
        if counts[table] < 2:
            continue
        sheet, lines = book.add_worksheet(table), rows(path)
        names = next(lines)
        sheet.write_row(0, 0, names)
        for number, row in enumerate(lines, 1):
            for column, (name, cell) in enumerate(zip(names, row)):
                if cell == "":
                    continue
                if name in NUMBERS:
                    sheet.write_number(number, column, float(cell))
                elif DAY.match(cell):
                    year, month, of_month = map(int, cell.split("-"))
                    sheet.write_number(number, column, days_of(year, month, of_month), day)
                elif cell in ("true", "false"):
                    sheet.write_boolean(number, column, cell == "true")
                else:
                    sheet.write_string(number, column, cell)
    book.close()


def days_of(year, month, of_month):
    return (datetime.date(year, month, of_month) - datetime.date(1899, 12, 30)).days


def database(exports, file):
    if os.path.exists(file):
        os.remove(file)
    connection = sqlite3.connect(file)
    for table, path in tables(exports).items():
        lines = rows(path)
        names = next(lines)
        column = lambda name: f'"{name}" {"NUMERIC" if name in NUMBERS else "BOOLEAN" if name == "main" else "TEXT"}'
        connection.execute(f'CREATE TABLE "{table}" ({", ".join(map(column, names))})')
        cell = lambda text: None if text == "" else {"true": 1, "false": 0}.get(text, text)
        places = ", ".join("?" * len(names))
        connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', ([cell(text) for text in row] for row in lines))
        connection.execute(f'CREATE INDEX "{table}_student" ON "{table}" (student)')
    connection.commit()
    connection.close()


def kind(name):
    if name in NUMBERS:
        return "DECIMAL(9, 3)"
    if name == "main":
        return "BOOLEAN"
    return "TIMESTAMPTZ" if name.endswith("_at") else "DATE" if name.endswith("_on") or name in ("valid_from", "valid_until", "until") else "VARCHAR"


def columns(exports, folder):
    os.makedirs(folder, exist_ok=True)
    for table, path in tables(exports).items():
        names = next(rows(path))
        types = ", ".join(f"'{name}': '{kind(name)}'" for name in names)
        duckdb.sql(f"COPY (FROM read_csv('{path}', header=true, columns={{{types}}}) ORDER BY student) TO '{folder}/{table}.parquet'")


def nested(lines, file):
    duckdb.sql(f"COPY (FROM read_json('{lines}', format='newline_delimited', sample_size=-1, map_inference_threshold=-1)) TO '{file}'")


def server(exports, address):
    script = "DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench;\n"
    for table, path in tables(exports).items():
        names = next(rows(path))
        types = ", ".join(f'"{name}" {kind(name).replace("VARCHAR", "text")}' for name in names)
        script += f"CREATE TABLE bench.\"{table}\" ({types});\n\\copy bench.\"{table}\" FROM '{path}' CSV HEADER\nCREATE INDEX ON bench.\"{table}\" (student);\n"
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", address], input=script + "ANALYZE;\n", text=True, check=True)


def main(lines, exports, folder, address=None):
    os.makedirs(folder, exist_ok=True)
    columns(exports, os.path.join(folder, "tables"))
    nested(lines, os.path.join(folder, "students.parquet"))
    database(exports, os.path.join(folder, "students.sqlite"))
    workbook(exports, os.path.join(folder, "students.xlsx"))
    if address:
        server(exports, address)


main(*sys.argv[1:])
