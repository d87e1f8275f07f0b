//! Excel workbooks: how they are written here, and what is said of sheets and cells that can't be read.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use serde_json::Value;

use crate::init_from::{proposed, renamed};
use crate::tables::{Tables, first_steps_tables, sorted};
use crate::worlds::{World, assert_shown};

/// Tables as sheets: texts as text, but days as days.
fn workbook(tables: &Tables) -> Workbook {
    let mut workbook = Workbook::new();
    for (table, rows) in tables {
        let sheet = workbook.add_worksheet().set_name(*table).unwrap();
        let (names, rows) = sorted(rows);
        for (column, name) in (0..).zip(&names) {
            sheet.write(0, column, *name).unwrap();
        }
        for (number, row) in (1..).zip(rows) {
            for (column, name) in (0..).zip(&names) {
                put(sheet, (number, column), row.get(*name));
            }
        }
    }
    workbook
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), value: Option<&Value>) {
    let is_day = |text: &str| text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    match value {
        Some(Value::String(text)) if is_day(text) => {
            let day = ExcelDateTime::parse_from_str(text).unwrap();
            sheet.write_with_format(row, column, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        }
        Some(Value::String(text)) => {
            sheet.write(row, column, text).unwrap();
        }
        Some(Value::Number(number)) => {
            sheet.write(row, column, number.as_f64().unwrap()).unwrap();
        }
        Some(Value::Bool(truth)) => {
            sheet.write(row, column, *truth).unwrap();
        }
        _ => {}
    }
}

pub(crate) fn write(world: &World, file: &str, tables: &Tables) {
    workbook(tables).save(world.path().join(file)).unwrap();
}

/// A case: its name, its exit code, and what is done to the first steps, whose `entry` has the columns student, `academic_year`, contract, course, credits,
/// programme and semester, and whose `isp` ends with `submitted_at` in the sixth.
type Case = (&'static str, i32, fn(&mut Workbook));

fn sheet<'w>(workbook: &'w mut Workbook, name: &str) -> &'w mut Worksheet {
    workbook.worksheet_from_name(name).unwrap()
}

const CASES: &[Case] = &[
    ("as_it_is", 1, |_| {}),
    ("formula_error", 1, |book| {
        sheet(book, "entry").write(2, 4, Formula::new("=VLOOKUP(1,A:B,2,FALSE)").set_result("#N/A")).unwrap();
    }),
    ("formula_error_that_nobody_declared", 1, |book| {
        let entry = sheet(book, "entry").write(0, 7, "room").unwrap();
        entry.write(2, 7, Formula::new("=VLOOKUP(1,A:B,2,FALSE)").set_result("#N/A")).unwrap();
    }),
    ("formula_error_in_student", 2, |book| {
        sheet(book, "entry").write(2, 0, Formula::new("=A99").set_result("#REF!")).unwrap();
    }),
    ("number_as_id", 1, |book| {
        sheet(book, "entry").write(2, 3, 101).unwrap();
    }),
    ("student_is_a_number", 2, |book| {
        sheet(book, "student").write(1, 0, 745_123).unwrap();
    }),
    ("text_became_a_day", 1, |book| {
        put(sheet(book, "entry"), (2, 3), Some(&Value::from("2023-02-01")));
    }),
    ("numbers_as_text", 1, |book| {
        sheet(book, "entry").write(1, 4, "12,0").unwrap().write(2, 4, "15").unwrap();
    }),
    ("percentages", 1, |book| {
        let (percent, letters) = (Format::new().set_num_format("0%"), Format::new().set_num_format("0\"%\""));
        let entry = sheet(book, "entry");
        entry.write_with_format(1, 4, 0.12, &percent).unwrap().write_with_format(2, 4, 15, &letters).unwrap();
        entry.write(0, 7, "present").unwrap().write_with_format(6, 7, 0.85, &percent).unwrap();
    }),
    ("date_time_without_offset", 1, |book| {
        let moment = ExcelDateTime::parse_from_str("2023-10-15T14:20:00").unwrap();
        sheet(book, "isp").write_with_format(1, 5, &moment, &Format::new().set_num_format("dd/mm/yyyy hh:mm")).unwrap();
    }),
    ("hidden_list", 2, |book| {
        sheet(book, "entry").set_hidden(true);
    }),
    ("hidden_choices", 1, |book| {
        book.add_worksheet().set_name("choices").unwrap().set_hidden(true).write(0, 0, "diploma").unwrap();
    }),
    ("empty_sheet", 1, |book| {
        book.add_worksheet().set_name("Sheet2").unwrap();
    }),
    ("empty_list", 2, |book| {
        book.add_worksheet().set_name("diploma").unwrap();
    }),
    ("unknown_sheet", 2, |book| {
        book.add_worksheet().set_name("Exemptions").unwrap().write(0, 0, "student").unwrap();
    }),
    ("merged", 2, |book| {
        sheet(book, "entry").merge_range(1, 1, 2, 1, "2023-2024", &Format::new()).unwrap();
    }),
    ("no_heading", 2, |book| {
        sheet(book, "entry").write_blank(0, 1, &Format::new().set_bold()).unwrap();
    }),
    ("beyond_headings", 1, |book| {
        sheet(book, "entry").write(2, 8, "see the mail of 3 May").unwrap();
    }),
    ("title_above_headings", 2, |book| {
        let sheet = sheet(book, "student");
        sheet.write(0, 0, "Export of 1 December").unwrap();
    }),
    ("unsorted", 2, |book| {
        sheet(book, "entry").write(1, 0, "r0000003").unwrap();
    }),
    ("blank_rows", 1, |book| {
        sheet(book, "student").write_blank(20, 0, &Format::new().set_bold()).unwrap();
    }),
];

#[test]
fn what_is_wrong_with_a_workbook_is_said() {
    let mut wrong = Vec::new();
    for (name, code, change) in CASES {
        let (world, tables) = first_steps_tables();
        let mut book = workbook(&tables);
        change(&mut book);
        book.save(world.path().join("export.xlsx")).unwrap();
        let ran = world.run(&["check", "export.xlsx", "--format", "concise"]);
        if ran.code != *code {
            wrong.push(format!("{name} {}: {}{}", ran.code, ran.stdout, ran.stderr));
        }
        assert_shown("xlsx", name, &world.shown_with_problems_drawn(&["check", "export.xlsx"]));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_is_no_workbook() {
    let (world, tables) = first_steps_tables();
    write(&world, "whole.xlsx", &tables);
    let whole = std::fs::read(world.path().join("whole.xlsx")).unwrap();
    world.write("half.xlsx", &whole[..whole.len() / 2]);
    assert_shown("xlsx", "half", &world.shown(&world.run(&["check", "half.xlsx"])));
    world.write("text.xlsx", "student;cohort\n");
    let ran = world.run(&["check", "text.xlsx"]);
    assert!(ran.code == 2 && ran.stderr.contains("text.xlsx is not a workbook that can be read"), "{}", ran.stderr);
}

/// Codes that became numbers, a date-time of no clock, a column and a sheet of which nobody knows what they are.
#[test]
fn what_is_proposed_from_a_workbook() {
    let (world, tables) = first_steps_tables();
    let mut book = workbook(&renamed(&tables));
    let moment = ExcelDateTime::parse_from_str("2023-10-15T14:20:00").unwrap();
    let format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    for row in 1..4 {
        sheet(&mut book, "Studieprogrammas").write_with_format(row, 3, &moment, &format).unwrap();
    }
    sheet(&mut book, "ISP regels").write(2, 3, 101).unwrap().write(3, 5, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet(&mut book, "Inschrijvingen").write_blank(0, 3, &Format::new().set_bold()).unwrap();
    book.add_worksheet().set_name("Lokalen").unwrap().write(0, 0, "gebouw").unwrap().write(0, 1, "lokaal").unwrap().write(1, 1, 12).unwrap();
    book.add_worksheet().set_name("Keuzes").unwrap().set_hidden(true).write(0, 0, "diploma").unwrap();
    book.add_worksheet().set_name("Blad2").unwrap();
    book.save(world.path().join("export.xlsx")).unwrap();
    world.remove("ispect.toml");
    assert_shown("init_from", "workbook", &proposed(&world, "export.xlsx"));
}

/// A workbook with one sheet `student`, written by hand: what no library writes.
fn by_hand(properties: &str, rows: &str) -> Vec<u8> {
    let of = |kind: &str| format!("http://schemas.openxmlformats.org/{kind}");
    let (main, office) = (of("spreadsheetml/2006/main"), of("officeDocument/2006/relationships"));
    let relations = |kind: &str, target: &str| {
        let package = of("package/2006/relationships");
        format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{properties}<sheets><sheet name=\"student\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let formats = "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
    zipped(&[
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{main}\">{formats}</styleSheet>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\"><si><t>2023-09-14</t></si><si><t>2023-09-15</t></si></sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// Files in a zip archive, stored as they are.
fn zipped(files: &[(&str, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut crc = flate2::Crc::new();
        crc.update(content.as_bytes());
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.extend(crc.sum().to_le_bytes());
        header.extend([size, size].concat());
        header.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend([0, 0]);
        directory
            .extend([&b"PK\x01\x02\x14\x00"[..], &header, &[0; 10], &u32::try_from(archive.len()).unwrap().to_le_bytes(), name.as_bytes()].concat());
        archive.extend([&b"PK\x03\x04"[..], &header, name.as_bytes(), content.as_bytes()].concat());
    }
    let (at, count) = (u32::try_from(archive.len()).unwrap(), u16::try_from(files.len()).unwrap().to_le_bytes());
    let size = u32::try_from(directory.len()).unwrap();
    archive.extend(directory);
    archive.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0, 0]].concat());
    archive
}

const HEADINGS: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>student</t></is></c>\
    <c r=\"B1\" t=\"inlineStr\"><is><t>first_enrolled_on</t></is></c></row>";

fn row(cell: &str) -> String {
    format!("{HEADINGS}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>r0745123</t></is></c>{cell}</row>")
}

#[test]
fn a_formula_that_nobody_calculated() {
    let world = World::first_steps();
    world.write("export.xlsx", by_hand("", &row("<c r=\"B2\"><f>TODAY()</f></c>")));
    assert_shown("xlsx", "not_calculated", &world.shown(&world.run(&["check", "export.xlsx"])));
}

/// An error that came into the world after the library: its cell is found, be cells named or counted, and the other rows are read.
#[test]
fn an_error_that_the_library_does_not_know() {
    let world = World::first_steps();
    let text = |place: &str, text: &str| format!("<c{place} t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = |named: bool| {
        let at = |place: &str| if named { format!(" r=\"{place}\"") } else { String::new() };
        let error = |place: &str| format!("<c{} t=\"e\"><f>SEQUENCE(9)</f><v>#SPILL!</v></c>", at(place));
        let first = format!("<row>{}{}</row>", text(&at("A2"), "r0000001"), text(&at("B2"), "2023-09-14"));
        let second = format!("<row>{}{}{}</row>", text(&at("A3"), "r0000002"), error("B3"), text(&at("C3"), "2023-2024"));
        let third = format!("<row>{}{}{}</row>", text(&at("A4"), "r0000003"), text(&at("B4"), "2023-09-14"), error("C4"));
        let headings = HEADINGS.replace("</row>", &(text(" r=\"C1\"", "cohort") + "</row>"));
        format!("{headings}{first}{second}{third}")
    };
    world.write("export.xlsx", by_hand("", &rows(true)));
    let named = world.shown(&world.run(&["check", "export.xlsx"]));
    world.write("export.xlsx", by_hand("", &rows(false)));
    assert_eq!(world.shown(&world.run(&["check", "export.xlsx"])), named);
    assert_shown("xlsx", "unknown_error", &named);
    world.write("export.xlsx", by_hand("", &format!("{HEADINGS}<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#SPILL!</v></c></row>")));
    assert_shown("xlsx", "unknown_error_in_student", &world.shown(&world.run(&["check", "export.xlsx"])));
}

/// Cells whose places say that they are not where they are read: counted on, they would stand in other columns.
#[test]
fn cells_that_are_out_of_order() {
    let world = World::first_steps();
    let day = |place: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>2023-09-14</t></is></c>");
    let second = format!("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>r0745124</t></is></c>{}</row>", day("B3"));
    for (name, rows) in [
        ("cell_twice", row(&(day("B2") + &day("B2")))),
        ("cell_before", row(&day("A2")).replace("r0745123", "r0745122")),
        ("row_twice", row(&day("B2")) + &second.replace("3\"", "2\"")),
        ("row_before", row(&day("B2")).replace("\"2\"", "\"4\"").replace("2\"", "4\"") + &second),
        ("cell_beyond", row(&day("XFE2"))),
        ("heading_twice", row(&day("B2")).replace("\"B1\"", "\"A1\"")),
        ("heading_beyond", row(&day("B2")).replace("\"B1\"", "\"ZZZZZ1\"")),
    ] {
        world.write("export.xlsx", by_hand("", &rows));
        assert_shown("xlsx", &format!("out_of_order_{name}"), &world.shown(&world.run(&["check", "export.xlsx"])));
    }
}

/// Values that XML may keep in pieces, and that no spreadsheet program does: the library would read the first piece, or none.
#[test]
fn values_that_are_written_in_pieces() {
    let world = World::first_steps();
    for (name, cell) in [
        ("comment", "<c r=\"B2\" s=\"1\"><v>45<!-- of 2023 -->214</v></c>"),
        ("comment_before", "<c r=\"B2\" s=\"1\"><v><!-- of 2023 -->45214</v></c>"),
        ("instruction", "<c r=\"B2\" s=\"1\"><v>45<?of 2023?>214</v></c>"),
        ("reference", "<c r=\"B2\" s=\"1\"><v>4521&#52;</v></c>"),
        ("section", "<c r=\"B2\" s=\"1\"><v><![CDATA[45214]]></v></c>"),
        ("section_of_text", "<c r=\"B2\" t=\"str\"><v>2023<![CDATA[-09-14]]></v></c>"),
        ("shared_text", "<c r=\"B2\" t=\"s\"><v><!-- the second -->1</v></c>"),
        ("spaces_of_shared_text", "<c r=\"B2\" t=\"s\"><v>\n  1\n</v></c>"),
        ("cell_without_place", "<c s=\"1\"><v><![CDATA[45214]]></v></c>"),
    ] {
        world.write("export.xlsx", by_hand("", &row(cell)));
        assert_shown("xlsx", &format!("in_pieces_{name}"), &world.shown(&world.run(&["check", "export.xlsx"])));
    }
    world.write(
        "export.xlsx",
        by_hand("", &row("").replace(">student<", "><!-- number -->student<").replace("<row r=\"2\">", "<!-- one -->\n<row r=\"2\">")),
    );
    let plain = world.shown(&world.run(&["check", "export.xlsx"]));
    assert_shown("xlsx", "in_pieces_that_are_read", &plain);
    for cell in [
        "<c r=\"B2\" t=\"str\"><v>2&#48;23-09<!-- of the year -->-14</v></c>",
        "<c r=\"B2\" t=\"inlineStr\"><v><![CDATA[2]]></v><is><t>2023<![CDATA[-09-1]]>4</t></is></c>",
        "<c r=\"B2\" t=\"s\"><f>IF(A1&lt;A2, \"&amp;\", 0)</f><v>0</v></c>",
    ] {
        world.write("export.xlsx", by_hand("", &row(cell)));
        assert_eq!(world.shown(&world.run(&["check", "export.xlsx"])), plain, "{cell}");
    }
}

#[test]
fn a_value_in_pieces_of_which_a_mapping_is_asked() {
    let world = World::empty();
    world.write("export.xlsx", by_hand("", &row("<c r=\"B2\" s=\"1\"><v>45<!-- of 2023 -->214</v></c>")));
    assert_shown("xlsx", "in_pieces_for_init", &world.shown(&world.run(&["init", "--from", "export.xlsx"])));
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let world = World::first_steps();
    let day = "<c r=\"B2\" s=\"1\"><v>110000</v></c>";
    for (properties, day) in [("", row(day)), ("<workbookPr date1904=\"1\"/>", row(day))] {
        world.write("export.xlsx", by_hand(properties, &day));
        let shown = if properties.is_empty() { "1900" } else { "1904" };
        assert_shown("xlsx", &format!("days_from_{shown}"), &world.shown(&world.run(&["check", "export.xlsx"])));
    }
}
