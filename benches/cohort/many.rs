//! A hundred and twenty rules: nine of the twelve again and again, under other names and with other limits. A kind of sequentiality can't be declared twice.

const DEFINED: [&str; 5] = ["enrolled_credits", "acquired_credits", "study_efficiency", "has_measured_year", "is_linked"];
const COPIES: usize = 12;

/// The twelve rules and their copies, as texts by name.
pub(crate) fn texts(twelve: &str) -> Vec<(String, String)> {
    let articles: Vec<&str> = twelve.split("\narticle ").skip(1).filter(|article| !article.contains("sequentiality")).collect();
    let copies = (1..=COPIES).map(|number| {
        let copied: Vec<String> = articles.iter().map(|article| copy(article, number)).collect();
        (format!("copy_{number}.regs"), format!("regs 1\n{}", copied.concat()))
    });
    std::iter::once(("twelve.regs".to_owned(), twelve.to_owned())).chain(copies).collect()
}

fn copy(article: &str, number: usize) -> String {
    let mut text = format!("\narticle {}", article.replacen('"', &format!("\"{number}-"), 1));
    for name in DEFINED {
        text = text.replace(name, &format!("{name}_{number}"));
    }
    for (limit, least) in [("27 credits", 15), ("72 credits", 60), ("30%", 18), ("80%", 68), ("7 calendar days", 1)] {
        let (_, unit) = limit.split_at(limit.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(0));
        text = text.replace(limit, &format!("{}{unit}", least + number));
    }
    let line = |line: &str| {
        let is_check = ["rule ", "bound ", "deadline "].iter().any(|word| line.trim_start().starts_with(word));
        if is_check { line.replacen(" {", &format!("_{number} {{"), 1) } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
