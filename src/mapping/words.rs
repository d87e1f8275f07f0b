//! What administrations in Flanders call the tables and the columns, in Dutch and in English; a name of the record itself is always one of them.

use crate::vocabulary::Subject;

/// Names of a table, beside its own.
pub(super) const TABLES: &[(Subject, &str)] = &[
    (Subject::Student, "students, studenten, persoon, personen, studentgegevens, student data, deelnemers"),
    (
        Subject::Enrolment,
        "enrolments, enrollment, enrollments, registration, registrations, programme enrolments, inschrijving, inschrijvingen, \
         opleidingsinschrijving, opleidingsinschrijvingen, studentinschrijving, studentinschrijvingen, contracten, contracts",
    ),
    (
        Subject::Isp,
        "isps, individueel studieprogramma, individuele studieprogrammas, studieprogramma, studieprogrammas, jaarprogramma, \
         jaarprogrammas, year programmes, itps, study programmes",
    ),
    (
        Subject::Entry,
        "entries, isp entries, isp regels, isp lijnen, isp opleidingsonderdelen, opleidingsonderdeel, opleidingsonderdelen, olod, \
         olods, opo, opos, vak, vakken, vakinschrijvingen, inschrijvingsregel, inschrijvingsregels, inschrijvingslijnen, course \
         enrolments, course registrations, courses, course units, modules, curriculum, curriculumregels, resultaten, results, grades, \
         examenresultaten",
    ),
    (Subject::RequestedCourse, "requested courses, aangevraagde opleidingsonderdelen, aangevraagde vakken"),
    (Subject::Status, "statuses, statuten, statuut, studentenstatuten, studentstatuten, faciliteiten, student statuses"),
    (Subject::Diploma, "diplomas, vooropleiding, vooropleidingen, voordiplomas, behaalde diplomas, prior education"),
    (Subject::Exemption, "exemptions, vrijstelling, vrijstellingen"),
    (Subject::CreditCertificate, "credit certificates, creditbewijs, creditbewijzen, externe creditbewijzen"),
    (Subject::Request, "requests, aanvraag, aanvragen, verzoek, verzoeken, beroepen, appeals, applications"),
    (Subject::Decision, "decisions, beslissing, beslissingen, afwijkingen, toelatingen"),
    (Subject::Measure, "measures, maatregel, maatregelen, studievoortgangsmaatregelen, studievoortgang, bindende voorwaarden, progress measures"),
    (Subject::AccountEntry, "account entries, learning account, leerkrediet, leerkredieten, leerkredietboekingen, leerrekening, boekingen, bookings"),
];

/// Words before a heading that say nothing of what the column holds.
pub(super) const PREFIXES: [&str; 17] =
    ["tbl", "fk", "pk", "v", "vw", "dim", "fact", "dwh", "sap", "sis", "bison", "dho", "export", "exp", "stg", "rpt", "dbo"];

/// Headings of a column, beside its own name.
pub(super) struct Column {
    pub(super) name: &'static str,
    /// The tables in which they mean that; empty for every table that has such a column.
    tables: &'static [Subject],
    headings: &'static str,
}

impl Column {
    /// Whether a table has a column that may be this.
    pub(super) fn is_in(&self, table: Subject) -> bool {
        let table = if table == Subject::Result { Subject::Entry } else { table };
        self.tables.is_empty() || self.tables.contains(&table)
    }

    pub(super) fn headings(&self) -> impl Iterator<Item = &'static str> {
        listed(self.headings)
    }
}

/// The words of a list.
pub(super) fn listed(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(", ")
}

const fn of(name: &'static str, tables: &'static [Subject], headings: &'static str) -> Column {
    Column { name, tables, headings }
}

const ANY: &[Subject] = &[];

pub(super) const COLUMNS: &[Column] = &[
    of(
        "student",
        ANY,
        "studentnummer, student id, studentid, student code, stamnummer, rolnummer, r nummer, inschrijvingsnummer student, \
         persoonsnummer, matrikelnummer, matriculation number, stud nr, studnummer, studentennummer, person number, s nummer",
    ),
    of("academic_year", ANY, "academiejaar, acjaar, aj, schooljaar, studiejaar, academic yr, year, inschrijvingsjaar, ay, jaar"),
    of(
        "programme",
        ANY,
        "opleiding, opleidingscode, opleiding code, program, programcode, programme code, study programme, degree programme, \
         studierichting, opleidingsprogramma, opleidingid, studieprogramma code, code opleiding",
    ),
    of(
        "course",
        ANY,
        "opleidingsonderdeel, opleidingsonderdeelcode, code opleidingsonderdeel, opleidingsonderdeelnummer, olod, olodcode, olod code, \
         opo, opocode, opo code, vak, vakcode, code vak, cursuscode, cursus, course code, course unit, course unit code, module, \
         module code, unit code, ects code, code olod, z code",
    ),
    of(
        "credits",
        ANY,
        "studiepunten, stp, sp, ects, ects credits, ects punten, aantal studiepunten, credits ects, study points, studiepuntenaantal, \
         aantal credits, opgenomen studiepunten",
    ),
    of("class_group", ANY, "klasgroep, klas, groep, klasgroepcode, class, class group code, groepcode, lesgroep, group"),
    of("semester", ANY, "sem, semesternummer, term, onderwijsperiode, startsemester opleidingsonderdeel, academic period"),
    of(
        "phase",
        ANY,
        "fase, deeltraject, modeltrajectschijf, trajectschijf, studiefase, modeltrajectjaar, programmajaar, study phase, year of \
         study, fase nummer",
    ),
    of(
        "cohort",
        ANY,
        "cohorte, startjaar, eerste academiejaar, instroomjaar, instapjaar, first academic year, start year, generatie, generatiejaar, \
         generation",
    ),
    of(
        "first_enrolled_on",
        ANY,
        "eerste inschrijvingsdatum, datum eerste inschrijving, first enrolment date, first registration date, eerste inschrijving",
    ),
    of("contract", ANY, "contracttype, contract type, type contract, soort contract, contractsoort, inschrijvingscontract"),
    of("main", ANY, "hoofdinschrijving, is hoofdinschrijving, main enrolment, primary enrolment, hoofdopleiding"),
    of("option", ANY, "afstudeerrichting, keuzetraject, specialisatie, major, graduating option, specialisation, optie"),
    of("itinerary", ANY, "traject, trajecttype, type traject, trajectsoort, studietraject, itinerary type"),
    of("start_semester", ANY, "startsemester, instapsemester, start semester, instroomsemester, startmoment"),
    of(
        "enrolled_on",
        ANY,
        "inschrijvingsdatum, datum inschrijving, ingeschreven op, inschrijfdatum, enrolment date, enrollment date, registration date, \
         registered on, ingeschreven, startdatum inschrijving",
    ),
    of(
        "deregistered_on",
        ANY,
        "uitschrijvingsdatum, datum uitschrijving, uitgeschreven op, uitschrijfdatum, deregistration date, withdrawal date, \
         stopzettingsdatum, uitschrijving",
    ),
    of("state", ANY, "isp status, isp toestand, status isp, toestand isp, toestand, isp state, status studieprogramma"),
    of(
        "submitted_on",
        ANY,
        "indieningsdatum, isp indieningsdatum, ingediend op, verzenddatum, verstuurd op, datum indiening, isp ingediend op, isp \
         verstuurd op, submission date, isp submission date, sent on",
    ),
    of(
        "submitted_at",
        ANY,
        "indieningstijdstip, tijdstip indiening, isp ingediend om, ingediend om, verstuurd om, submission time, submission timestamp, \
         submitted timestamp, tijdstip verzending",
    ),
    of("decided_at", &[Subject::Isp, Subject::Enrolment], "goedkeuringstijdstip, tijdstip goedkeuring, goedgekeurd om, approval time"),
    of(
        "decided_on",
        &[Subject::Isp, Subject::Enrolment],
        "goedkeuringsdatum, datum goedkeuring, isp goedgekeurd op, goedgekeurd op, beslissingsdatum, approval date, approved on, datum \
         beslissing",
    ),
    of(
        "decided_on",
        &[Subject::Entry],
        "deliberatiedatum, datum deliberatie, beraadslaging, datum beraadslaging, deliberation date, delibereerdatum, proclamatiedatum",
    ),
    of("decided_on", &[Subject::Request], "beslissingsdatum, datum beslissing, beslist op, decision date, uitspraakdatum"),
    of("requested_credits", ANY, "aangevraagde studiepunten, gevraagde studiepunten, requested study points"),
    of("kind", &[Subject::Entry], "opnametype, type opname, soort opname, inschrijvingstype, opnamesoort, entry type, registration type"),
    of("event", ANY, "evenement, event id, activiteit, onderwijsactiviteit, lesactiviteit, event code, evenementcode, lesreeks, reeks"),
    of("added_on", ANY, "toegevoegd op, datum toevoeging, toevoegingsdatum, added date, date added, opgenomen op, opnamedatum"),
    of(
        "dropped_on",
        ANY,
        "geschrapt op, datum schrapping, schrappingsdatum, verwijderd op, date dropped, drop date, uitschrijvingsdatum \
         opleidingsonderdeel, stopgezet op",
    ),
    of("changed_by", ANY, "gewijzigd door, wijziging door, modified by, last changed by"),
    of("replaces", ANY, "vervangt, vervangt opleidingsonderdeel, ter vervanging van, replaced course, vervangen opleidingsonderdeel"),
    of(
        "score",
        ANY,
        "examencijfer, cijfer, punt, resultaat cijfer, score op 20, examenresultaat, eindcijfer, mark, grade, final mark, exam mark, \
         behaald cijfer, numeriek resultaat",
    ),
    of("outcome", &[Subject::Entry], "resultaat, uitslag, resultaatcode, examenuitslag, result, result code, resultaattype"),
    of("outcome", &[Subject::Request], "uitkomst, resultaat, beslissing, uitslag, decision"),
    of("outcome", &[Subject::Decision], "uitkomst, beslissing, resultaat, decision"),
    of("attempts", ANY, "examenkansen, aantal examenkansen, pogingen, aantal pogingen, examination attempts, exam attempts, kansen"),
    of("first_chance_on", ANY, "datum eerste kans, datum eerste examenkans, eerste examenkans, first exam date, examendatum, exam date"),
    of("published_on", ANY, "bekendmakingsdatum, bekendgemaakt op, datum bekendmaking, publicatiedatum, publication date, gepubliceerd op"),
    of("tolerance", ANY, "tolerantie, tolereren, tolerantiekeuze, getolereerd, tolerance choice, delibereerbaar keuze"),
    of("tolerance_settled_on", ANY, "tolerantiedatum, datum tolerantie, getolereerd op, tolerance date"),
    of("status", ANY, "statuut, statuutcode, studentenstatuut, statuut code, status code, type statuut"),
    of("valid_from", ANY, "geldig vanaf, geldig van, begindatum, startdatum, ingangsdatum, van, vanaf, start date, begin date, from date"),
    of("valid_until", ANY, "geldig tot, geldig tot en met, einddatum, tot, tot en met, end date, until date, vervaldatum"),
    of("hours_per_month", ANY, "uren per maand, aantal uren per maand, maanduren, hours a month, tewerkstellingsuren"),
    of("level", ANY, "niveau, diplomaniveau, onderwijsniveau, diploma level, graad"),
    of("name", &[Subject::Diploma], "diploma, diplomanaam, naam diploma, diploma name, benaming diploma, benaming"),
    of("name", &[Subject::CreditCertificate], "naam creditbewijs, benaming, naam opleidingsonderdeel, titel"),
    of(
        "awarded_on",
        ANY,
        "behaald op, uitreikingsdatum, datum uitreiking, datum behaald, uitgereikt op, award date, date awarded, conferral date, \
         diplomadatum",
    ),
    of("basis", ANY, "grond, vrijstellingsgrond, reden vrijstelling, basis vrijstelling, exemption basis, op basis van"),
    of("requested_on", ANY, "aanvraagdatum, aangevraagd op, datum aanvraag, request date"),
    of("granted_on", ANY, "toekenningsdatum, toegekend op, datum toekenning, verleend op, grant date, date granted, datum vrijstelling"),
    of("institution", ANY, "instelling, instellingsnaam, uitreikende instelling, issuing institution, university"),
    of("kind", &[Subject::Request], "aanvraagtype, type aanvraag, soort aanvraag, request type, type verzoek, soort"),
    of("about_decision_on", ANY, "datum bestreden beslissing, beslissing van, contested decision date"),
    of("filed_on", ANY, "ingediend op, indieningsdatum, datum indiening, aanvraagdatum, aangevraagd op, filing date, date filed, request date"),
    of("announced_on", ANY, "aangekondigd op, meldingsdatum, gemeld op, announcement date"),
    of("postponed_to", ANY, "uitgesteld tot, verplaatst naar, nieuwe datum, postponement date"),
    of("authority", ANY, "instantie, bevoegde instantie, beslist door, toegekend door, decided by, granted by, orgaan"),
    of("check", ANY, "regel, controle, rule, regelnaam"),
    of("prior", ANY, "volgtijdelijk opleidingsonderdeel, voorafgaand opleidingsonderdeel, vooraf, prior course, prerequisite, voorkennis"),
    of("reference", ANY, "referentie, kenmerk, dossiernummer, reference number, dossierref"),
    of("kind", &[Subject::Measure], "maatregel, maatregeltype, type maatregel, soort maatregel, measure type, soort"),
    of("scope", ANY, "draagwijdte, reikwijdte, toepassingsgebied"),
    of("imposed_on", ANY, "opgelegd op, datum oplegging, opleggingsdatum, date imposed"),
    of("until", ANY, "tot, tot en met, einddatum, geldig tot, end date"),
    of("lifted_on", ANY, "opgeheven op, datum opheffing, opheffingsdatum, date lifted"),
    of("booked_on", ANY, "boekingsdatum, geboekt op, datum boeking, booking date, boekdatum, mutatiedatum"),
    of("kind", &[Subject::AccountEntry], "boekingstype, type boeking, soort boeking, booking type, mutatietype, soort"),
];

/// Headings that say no more than that a column holds days.
pub(super) const ANY_DAY: [&str; 5] = ["datum", "dag", "day", "tijdstip", "timestamp"];

/// The last word of headings of names that stand beside a code.
pub(super) const NAMES: [&str; 8] = ["naam", "omschrijving", "name", "description", "benaming", "titel", "title", "label"];

/// What the check does not need, and should not get.
pub(super) const PERSONAL: [&str; 28] = [
    "naam",
    "voornaam",
    "familienaam",
    "achternaam",
    "name",
    "firstname",
    "lastname",
    "surname",
    "geboortedatum",
    "birthdatum",
    "birthday",
    "datumofbirth",
    "geboorteplaats",
    "geslacht",
    "gender",
    "sex",
    "email",
    "emailadres",
    "mail",
    "telefoon",
    "gsm",
    "phone",
    "adres",
    "address",
    "rijksregisternummer",
    "insz",
    "nationaliteit",
    "nationality",
];
