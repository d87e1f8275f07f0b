//! Which cells of a sheet are shown as percentages: what they hold is a hundredth of what people see.

use calamine::{Style, XlsxError};

use crate::records::from_xlsx::cells::CellReader;

/// The places of such cells, in their order.
pub(super) struct Percentages<'w> {
    styles: CellReader<'w>,
    /// Nothing after the last, beyond which it must not read.
    next: Option<(u32, u32)>,
}

impl<'w> Percentages<'w> {
    pub(super) fn new(styles: CellReader<'w>) -> Result<Self, XlsxError> {
        let mut percentages = Self { styles, next: None };
        percentages.advance()?;
        Ok(percentages)
    }

    /// Whether the cell in a place is one; places are asked for in their order.
    pub(super) fn has(&mut self, at: (u32, u32)) -> Result<bool, XlsxError> {
        while self.next.is_some_and(|next| next < at) {
            self.advance()?;
        }
        Ok(self.next == Some(at))
    }

    fn advance(&mut self) -> Result<(), XlsxError> {
        self.next = None;
        while let Some((row, column, style)) = self.styles.next_style_id()? {
            if self.styles.styles().get(style).is_some_and(is_percentage) {
                self.next = Some((row, column));
                break;
            }
        }
        Ok(())
    }
}

/// Whether any cell of the workbook can be one.
pub(super) fn may_have_percentages(cells: &CellReader<'_>) -> bool {
    cells.styles().iter().any(is_percentage)
}

fn is_percentage(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows_hundredths(&format.format_code))
}

/// Whether a format has a sign of percentages that is no mere letter: `0%`, but not `0"%"` or `0\%`.
fn shows_hundredths(format: &str) -> bool {
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        let closing = match sign {
            '%' => return true,
            '"' => '"',
            '[' => ']',
            '\\' | '_' | '*' => {
                signs.next();
                continue;
            }
            _ => continue,
        };
        signs.by_ref().find(|sign| *sign == closing);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_hundredths;

    #[test]
    fn a_format_shows_hundredths_or_not() {
        for (format, expected) in [
            ("0%", true),
            ("0.00%;[Red]-0.00%", true),
            ("0 %", true),
            ("General", false),
            ("0\"%\"", false),
            ("0\\%", false),
            ("0_%", false),
            ("0\" of 100\"%", true),
            ("[$%]0", false),
            ("0\"", false),
        ] {
            assert_eq!(shows_hundredths(format), expected, "{format}");
        }
    }
}
