"""in_polars.py DIR jsonl|tables OUT: the twelve rules in Polars (lazy), on the dossiers as JSON Lines or as Parquet tables. POLARS_MAX_THREADS sets the threads."""

import datetime
import sys

import polars as pl
from polars import col

DEADLINE = datetime.date(2024, 10, 15)
TEXT = pl.String
ENTRY = pl.Struct({"course": TEXT, "semester": pl.Int64, "credits": pl.Float64, "kind": TEXT, "event": TEXT, "result": pl.Struct({"outcome": TEXT})})
ISP = pl.Struct({"submitted_at": TEXT, "entries": pl.List(ENTRY)})
ENROLMENT = pl.Struct(
    {"academic_year": TEXT, "programme": TEXT, "contract": TEXT, "phase": pl.Int64, "class_group": TEXT, "enrolled_on": TEXT, "isp": ISP}
)


def from_lines(folder):
    """The tables isp, entry and earlier, from JSON Lines."""
    raw = pl.read_ndjson(f"{folder}/students.jsonl", schema={"student": TEXT, "enrolments": pl.List(ENROLMENT)}).with_row_index("id").lazy()
    enrolment = raw.explode("enrolments").unnest("enrolments").unnest("isp")
    present = enrolment.filter(col("academic_year") == "2024-2025")
    past = enrolment.filter(col("academic_year") < "2024-2025")
    entries = lambda of, *more: of.select("id", *more, "entries").explode("entries").drop_nulls("entries").unnest("entries")
    exempted = (col("kind") == "exempted").alias("exempted")
    outcome = lambda word: (col("result").struct.field("outcome") == word).fill_null(False)
    isp = present.select(
        "id", "student", "programme", col("phase").cast(pl.Int8), "contract", "class_group", col("enrolled_on").str.to_date(),
        submitted_on=col("submitted_at").str.slice(0, 10).str.to_date(),
    )
    entry = entries(present).with_columns(exempted)
    earlier = entries(past, col("academic_year").str.slice(0, 4).cast(pl.Int16).alias("year")).with_columns(
        exempted, passed=outcome("passed"), tolerated=outcome("tolerated")
    )
    return isp, entry, earlier, (col("credits") * 10).round().cast(pl.Int32)


def from_tables(folder):
    return *(pl.scan_parquet(f"{folder}/{table}.parquet") for table in ("isp", "entry", "earlier")), (col("credits") * 10).cast(pl.Int32)


def main(folder, form, out):
    isp, entry, earlier, tenths = from_lines(folder) if form == "jsonl" else from_tables(folder)
    entry, earlier = entry.with_columns(credits=tenths), earlier.with_columns(credits=tenths)
    course, edge, group, served = (pl.scan_parquet(f"{folder}/{table}.parquet") for table in ("course", "edge", "class_group", "served"))
    counted = earlier.filter((col("year") == 2023) & ~col("exempted"))
    sums = counted.group_by("id").agg(e=col("credits").cast(pl.Int64).sum(), a=col("credits").cast(pl.Int64).filter(col("passed")).sum())
    efficiency = sums.filter(col("e") > 0)
    when = col("year").cast(pl.Int32) * 2 + col("semester")
    done = col("passed") | col("tolerated") | col("exempted")
    past = earlier.with_columns(t=when).group_by("id", "course").agg(tried=col("t").min(), done=col("t").filter(done).min(), passed=col("passed").any())
    line = entry.filter(~col("exempted"))
    total = line.group_by("id").agg(t=col("credits").sum())
    by_group = ["class_group", "programme", "phase"]
    linked = isp.join(group, on=by_group, how="semi").select("id", "class_group")
    of_exam = isp.filter(col("contract") == "exam_diploma")
    not_exam = isp.filter(col("contract") != "exam_diploma")

    def priors(kind):
        edges = line.select("id", "course", "semester").join(edge.filter(col("kind") == kind).select("course", "prior"), on="course")
        tried = edges.join(past, left_on=["id", "prior"], right_on=["id", "course"], how="left")
        taken = entry.select("id", "course", taken="semester", free="exempted")
        return tried.join(taken, left_on=["id", "prior"], right_on=["id", "course"], how="left")

    now = 4048 + col("semester").cast(pl.Int32)
    pair = pl.format("{}/{}", col("course"), col("prior")).alias("subject")
    unit = col("course").alias("subject")
    one = lambda query, rule, subject=pl.lit("-").alias("subject"): query.select("id", pl.lit(rule).alias("rule"), subject)
    measured = isp.join(efficiency, on="id", how="left")
    least = pl.when(col("contract") == "diploma").then(270).otherwise(30)
    most = pl.when((200 * col("a") >= 159 * col("e")).fill_null(False)).then(720).otherwise(600)
    last_day = pl.when(col("enrolled_on") <= DEADLINE).then(pl.lit(DEADLINE)).otherwise(col("enrolled_on") + pl.duration(days=7))
    compulsory = isp.filter(col("contract") == "diploma").select("id", "programme", "phase").join(course.filter(col("compulsory")), on=["programme", "phase"])
    violations = pl.concat([
        one(measured.join(total, on="id", how="left").with_columns(col("t").fill_null(0)).filter((col("t") < least) | (col("t") > most)), "R01"),
        one(entry.filter(col("credits") % 10 != 0), "R02", unit),
        one(priors("strict").filter(~(col("done") < now).fill_null(False) & ~col("free").fill_null(False)), "R03", pair),
        one(priors("flexible").filter(~(col("tried") < now).fill_null(False) & ~(col("free") | (col("taken") < col("semester"))).fill_null(False)), "R04", pair),
        one(priors("simultaneous").filter(col("tried").is_null() & col("taken").is_null()), "R05", pair),
        one(isp.filter(col("submitted_on").is_null() | (col("submitted_on") > last_day)), "R06"),
        one(measured.filter((col("contract") == "diploma") & (200 * col("a") < 59 * col("e"))), "R07"),
        one(not_exam.join(linked, on="id", how="anti"), "R08"),
        one(line.join(linked, on="id").join(not_exam, on="id", how="semi").join(served, on=["event", "course", "class_group"], how="anti"), "R09", unit),
        one(compulsory.join(entry, on=["id", "course"], how="anti").join(past.filter(col("done").is_not_null()), on=["id", "course"], how="anti"), "R10", unit),
        one(line.join(of_exam, on="id", how="semi").join(course.filter(~col("exam_contract")), on="course", how="semi"), "R11", unit),
        one(line.join(past.filter(col("passed")), on=["id", "course"], how="semi"), "R12", unit),
    ])
    named = violations.join(isp.select("id", "student"), on="id").select("student", "rule", "subject")
    named.sink_csv(out, separator="\t", include_header=False, quote_style="never")


if __name__ == "__main__":
    main(*sys.argv[1:])
