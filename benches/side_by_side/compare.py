"""compare.py DIR DOSSIERS [--rounds N] [--only REGEX] [--threads 1,2] [--most SECONDS]: every engine as a whole process over the same dossiers.

Before anything is timed, all must report the same violations. Each round runs each engine once, so that a drift of the machine touches all alike; a row gives
medians of wall and CPU seconds (user and system) and of peak memory, and the ratio of CPU to ispect's on one thread, the median of the ratios round by round. The
order of engines turns from round to round. An engine that took longer than `--most` seconds is not run again."""

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MADE = ROOT / "target" / "side_by_side"
KEPT = MADE / "growth.json"
CHECKS = {
    "size_of_diploma_programme": "R01",
    "size_of_other_programme": "R01",
    "whole_credits": "R02",
    "sequentiality_strict": "R03",
    "sequentiality_flexible": "R04",
    "sequentiality_simultaneous": "R05",
    "isp_sent": "R06",
    "efficiency": "R07",
    "class_group": "R08",
    "event_of_class_group": "R09",
    "compulsory_units": "R10",
    "exam_contract": "R11",
    "not_acquired_yet": "R12",
}
PROJECT = """[regulations]
files = ["{root}/benches/twelve/*.regs"]
[records]
catalogue = "catalogue.json"
students = ["students.jsonl"]
[check]
academic_year = "2024-2025"
as_of = "2025-09-01"
"""
# The name, the most dossiers worth the wait, and the command: {threads}, {out}, {dir}.
ISPECT = f"{ROOT}/target/release/ispect check --project {{dir}} --threads {{threads}} --format jsonl --output {{out}} --fail-on never --no-progress"
PYTHON, PEERS = f"{MADE}/venv/bin/python", f"{MADE}/release"
FILES = "{dir}/catalogue.json {dir}/students.jsonl {threads} {out}"
ENGINES = [
    ("ispect, JSONL", 10**9, ISPECT + " {dir}/students.jsonl"),
    ("ispect, Parquet", 10**9, ISPECT + " {dir}/students.parquet"),
    ("Rust by hand, serde_json", 10**9, f"{PEERS}/by_hand {FILES}"),
    ("DuckDB, JSONL", 10**9, f"{PYTHON} {HERE}/in_duckdb.py {{dir}} jsonl {{threads}} {{out}}"),
    ("DuckDB, nested Parquet", 10**9, f"{PYTHON} {HERE}/in_duckdb.py {{dir}} nested {{threads}} {{out}}"),
    ("DuckDB, Parquet tables", 10**9, f"{PYTHON} {HERE}/in_duckdb.py {{dir}} tables {{threads}} {{out}}"),
    ("Polars, JSONL", 10**9, f"POLARS_MAX_THREADS={{threads}} {PYTHON} {HERE}/in_polars.py {{dir}} jsonl {{out}}"),
    ("Polars, Parquet tables", 10**9, f"POLARS_MAX_THREADS={{threads}} {PYTHON} {HERE}/in_polars.py {{dir}} tables {{out}}"),
    ("plain Python, orjson", 10**6, f"{PYTHON} {HERE}/in_python.py {FILES}"),
    ("regorus, compiled", 10**5, f"{PEERS}/regorus machine {HERE}/isp.rego {FILES}"),
    ("regorus, interpreter", 10**4, f"{PEERS}/regorus interpreter {HERE}/isp.rego {FILES}"),
]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("dir", type=Path)
    parser.add_argument("dossiers", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--most", type=float, default=120)
    return parser.parse_args()


def run(command, out, threads, folder):
    """Wall seconds, CPU seconds and peak MiB of one run."""
    out.unlink(missing_ok=True)
    words = command.format(threads=threads, out=out, dir=folder).split()
    settings = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    words = [word for word in words if not re.match(r"[A-Z_]+=", word)]
    cost = MADE / "cost"
    done = subprocess.run([f"{PEERS}/measured", cost, *words], env=os.environ | settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    wall, cpu, peak = (float(number) for number in cost.read_text().split())
    return wall, cpu, peak / 2**20


def subjects(finding):
    if finding["check"] == "compulsory_units":
        return finding["values"]["failing"]
    course, priors = finding["subject"]["entry"] or "-", finding["subject"]["prior"]
    return [f"{course}/{prior}" for prior in priors] if priors else [course]


def violations(out):
    """The digest of the sorted violations of an output."""
    with open(out) as file:
        if not out.name.startswith("ispect"):
            lines = file.read().splitlines()
        else:
            findings = [json.loads(line) for line in file]
            lines = [f"{f['student']}\t{CHECKS[f['check']]}\t{s}" for f in findings if f["verdict"] == "violated" for s in subjects(f)]
    return len(lines), hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def out_of(name):
    return MADE / "out" / (re.sub(r"\W+", "-", name) + ".out")


def verify(engines, folder):
    first = None
    for name, command in engines:
        run(command, out_of(name), 2, folder)
        found = violations(out_of(name))
        first = first or (name, found)
        if found != first[1]:
            sys.exit(f"{name} reports {found[0]} violations and {first[0]} {first[1][0]}, or not the same ones")
    print(f"all report the same {first[1][0]:,} violations\n")


def measure(cases, options):
    rows, slow = {}, set()
    for turn in range(options.rounds):
        for name, command, threads in cases[turn % len(cases):] + cases[: turn % len(cases)]:
            if (name, threads) in slow:
                continue
            measured = run(command, out_of(name), threads, options.dir)
            rows.setdefault((name, threads), {})[turn] = measured
            if measured[0] > options.most:
                slow.add((name, threads))
    return rows


def table(cases, rows, dossiers):
    print("| engine | threads | wall s | CPU s | CPU µs a dossier | dossiers/s | peak MiB | × CPU of ispect |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    reference = {form: rows.get((f"ispect, {form}", 1), {}) for form in ("JSONL", "Parquet")}
    for name, _, threads in cases:
        runs = rows[(name, threads)]
        wall, cpu, peak = (statistics.median(values) for values in zip(*runs.values()))
        against = reference["Parquet" if "Parquet" in name else "JSONL"]
        ratios = [runs[turn][1] / against[turn][1] for turn in runs if turn in against]
        ratio = f"{statistics.median(ratios):.2f}" if ratios else ""
        print(f"| {name} | {threads} | {wall:.3f} | {cpu:.3f} | {cpu / dossiers * 1e6:.2f} | {dossiers / wall:,.0f} | {peak:.0f} | {ratio} |")


def keep(rows, dossiers):
    """The medians of CPU on one thread, for growth.py, beside those of other sizes."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for (name, threads), runs in rows.items():
        if threads == 1:
            kept.setdefault(name, {})[str(dossiers)] = statistics.median(cpu for _, cpu, _ in runs.values())
    KEPT.write_text(json.dumps(kept))


def main():
    options = arguments()
    (MADE / "out").mkdir(exist_ok=True)
    (options.dir / "ispect.toml").write_text(PROJECT.format(root=ROOT))
    engines = [(name, command) for name, most, command in ENGINES if options.dossiers <= most and re.search(options.only, name)]
    size = os.path.getsize(options.dir / "students.jsonl") / 1e6
    print(f"\n## {options.dossiers:,} dossiers, {size:,.0f} MB of JSON Lines\n")
    verify(engines, options.dir)
    cases = [(name, command, int(threads)) for name, command in engines for threads in options.threads.split(",")]
    rows = measure(cases, options)
    table(cases, rows, options.dossiers)
    keep(rows, options.dossiers)


if __name__ == "__main__":
    main()
