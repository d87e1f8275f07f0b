//! What the parser would have taken, in the words of a person: sets of rules become "a value" or "an operator", single words stay themselves.

use super::grammar::Rule;

/// At most this many words are listed one by one.
const MOST_WORDS: usize = 4;

/// `a clause`, `an operator or nothing more`, `` `least` or `most` ``
pub(super) fn expected(rules: &[Rule]) -> String {
    let mut said = sets(rules);
    let operator = has_operator(rules);
    let worth_saying = |rule: &&Rule| **rule != Rule::kw_per && !(operator && (OPERATORS.contains(rule) || UNITS.contains(rule)));
    let words: Vec<String> = rules.iter().filter(worth_saying).filter_map(|rule| rule.word()).collect();
    if said.is_empty() || words.len() <= MOST_WORDS {
        said.extend(words.iter().take(2 * MOST_WORDS).map(|word| format!("`{word}`")));
    }
    if rules.contains(&Rule::EOI) || said.is_empty() {
        said.push("nothing more".to_owned());
    }
    let mut once: Vec<String> = Vec::new();
    for words in said {
        if !once.contains(&words) {
            once.push(words);
        }
    }
    enumerate(&once)
}

/// The sets of rules among those that were tried.
fn sets(rules: &[Rule]) -> Vec<String> {
    let whole_value = rules.iter().any(|rule| WHOLE_VALUES.contains(rule));
    let comparison = rules.contains(&Rule::known_test).then_some("a value, `known`, `missing`, or words such as `at least`, `before`, `one of`");
    let value = whole_value.then_some("a value");
    let operator = has_operator(rules).then_some("an operator");
    let named = NAMED
        .iter()
        .filter(|(rule, _)| rules.contains(rule) && !(whole_value && VALUE_PARTS.contains(rule)) && !(operator.is_some() && *rule == Rule::month))
        .map(|(_, words)| *words);
    comparison.or(value).into_iter().chain(operator).chain(named).map(str::to_owned).collect()
}

/// One operator alone is said as the word it is.
fn has_operator(rules: &[Rule]) -> bool {
    rules.iter().filter(|rule| OPERATORS.contains(rule)).count() > 1
}

fn enumerate(said: &[String]) -> String {
    match said {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Rules that are tried only where any value may stand.
const WHOLE_VALUES: &[Rule] =
    &[Rule::expression, Rule::condition, Rule::not_word, Rule::sum, Rule::operand, Rule::special_word, Rule::group, Rule::at_least];

/// Kinds of value, not worth saying where any value may stand.
const VALUE_PARTS: &[Rule] = &[
    Rule::name,
    Rule::code,
    Rule::text,
    Rule::string,
    Rule::academic_year,
    Rule::integer,
    Rule::month,
    Rule::weekday,
    Rule::number,
    Rule::day_number,
];

const OPERATORS: &[Rule] = &[
    Rule::and_word,
    Rule::or_word,
    Rule::kw_is,
    Rule::is_tail,
    Rule::sign_tail,
    Rule::sign,
    Rule::plus,
    Rule::minus,
    Rule::times,
    Rule::divided,
    Rule::kw_has,
    Rule::kw_acquired,
    Rule::kw_serves,
    Rule::kw_contains,
    Rule::kw_exempted,
    Rule::kw_took,
    Rule::kw_same,
    Rule::kw_includes,
    Rule::acquired_tail,
    Rule::kw_tolerated,
    Rule::tolerated_tail,
    Rule::exempted_from_tail,
    Rule::includes_tail,
    Rule::contains_tail,
    Rule::serves_tail,
    Rule::took_up_tail,
    Rule::same_unit_tail,
    Rule::rounded_part,
    Rule::kw_rounded,
];

const UNITS: &[Rule] = &[Rule::kw_calendar, Rule::kw_working, Rule::kw_credits, Rule::kw_credit, Rule::kw_days, Rule::kw_day];

const NAMED: &[(Rule, &str)] = &[
    (Rule::close_bracket, "`)`"),
    (Rule::open_bracket, "`(`"),
    (Rule::close_brace, "`}`"),
    (Rule::open_brace, "`{`"),
    (Rule::colon, "`:`"),
    (Rule::equals, "`=`"),
    (Rule::declaration_item, "a declaration"),
    (Rule::clause_item, "a clause"),
    (Rule::calendar_line_item, "a line of the calendar"),
    (Rule::default_item, "a default"),
    (Rule::step_item, "a line of an example"),
    (Rule::cell_item, "a value or `_`"),
    (Rule::verdict_item, "a verdict such as `satisfied`"),
    (Rule::column_item, "a name"),
    (Rule::edge_item, "a code"),
    (Rule::edge, "a code"),
    (Rule::demand_item, "a unit or what else is demanded"),
    (Rule::name, "a name"),
    (Rule::any_word, "a name"),
    (Rule::dotted_name, "a name"),
    (Rule::code, "a code"),
    (Rule::text, "a text in quotes"),
    (Rule::string, "a text in quotes"),
    (Rule::language, "a language such as `en`"),
    (Rule::academic_year, "an academic year such as `2023-2024`"),
    (Rule::integer, "a whole number"),
    (Rule::edition_number, "the number of the edition"),
    (Rule::step_number, "a number"),
    (Rule::number, "a number"),
    (Rule::month, "a month"),
    (Rule::weekday, "a day of the week"),
    (Rule::own_word, "`phase` or `semester`"),
    (Rule::where_part, "`where`"),
    (Rule::when_part, "`when`"),
    (Rule::satisfies_part, "`satisfies`"),
    (Rule::element_list, "an element and its list, as in `e in isp.entries`"),
    (Rule::element, "an element and its list, as in `e in isp.entries`"),
    (Rule::list, "a list"),
    (Rule::prior_part, "a state such as `completed`"),
    (Rule::prior_states, "a state such as `completed`"),
    (Rule::demand, "a unit or what else is demanded"),
    (Rule::demand_part, "a unit or what else is demanded"),
    (Rule::demand_unit, "a unit or what else is demanded"),
    (Rule::verdict, "a verdict such as `satisfied`"),
    (Rule::satisfied, "a verdict such as `satisfied`"),
    (Rule::expect_value, "a name and its value"),
    (Rule::given_subject, "a subject"),
    (Rule::given_field, "a field and its value"),
    (Rule::dates, "`from` and two days"),
    (Rule::years, "`from` and an academic year"),
    (Rule::rounding, "a rounding such as `half up to whole`"),
    (Rule::half_up, "a rounding such as `half up to whole`"),
];
