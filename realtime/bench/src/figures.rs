//! What was measured, against what was aimed at.

use std::path::Path;

use serde::Serialize;

/// One figure, with its aim.
#[derive(Debug, Serialize)]
struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    aim: String,
    ok: bool,
}

/// All figures of a run.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Figures(Vec<Figure>);

/// What is wanted of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    AtMost(f64),
    AtLeast(f64),
    /// Told for comparison; nothing is wanted of it.
    None,
}

impl Figures {
    pub(crate) fn add(&mut self, what: impl Into<String>, value: f64, unit: &'static str, aim: Aim) {
        let (aim, ok) = match aim {
            Aim::AtMost(most) => (format!("<= {most}"), value <= most),
            Aim::AtLeast(least) => (format!(">= {least}"), value >= least),
            Aim::None => (String::new(), true),
        };
        let what = what.into();
        eprintln!("  {what}: {value:.3} {unit} {aim}{}", if ok { "" } else { "  MISSED" });
        self.0.push(Figure { what, value: (value * 1_000.0).round() / 1_000.0, unit, aim, ok });
    }

    pub(crate) fn print(&self) {
        for Figure { what, value, unit, aim, ok } in &self.0 {
            let mark = if aim.is_empty() {
                "  "
            } else if *ok {
                "ok"
            } else {
                "✗ "
            };
            println!("{mark} {what:<76} {value:>10.3} {unit:<12} {aim}");
        }
    }

    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, serde_json::to_vec_pretty(self)?)?)
    }
}

/// The middle one, or the mean of the two in the middle.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
    }
}

/// The value that this share of all stays at or below.
pub(crate) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.max(1) - 1).copied().unwrap_or(f64::NAN)
}

/// The smallest and the largest, for people.
pub(crate) fn range(values: &[f64]) -> String {
    let (low, high) =
        values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    format!("{low:.2}–{high:.2}")
}
