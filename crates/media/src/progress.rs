//! What FFmpeg says with `-progress`, and what people want to know: how far, how fast, how long still (TRN-4).

use std::time::Duration;

use crate::Micros;

/// One report of FFmpeg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// How far the film is done.
    pub out_time: Micros,
    /// Film seconds per second, once known.
    pub speed: Option<f64>,
    /// This was the last report.
    pub finished: bool,
}

/// Collects the lines of a report until it is whole.
#[derive(Debug, Clone, Default)]
pub struct ProgressReader {
    out_time: Option<Micros>,
    speed: Option<f64>,
}

impl ProgressReader {
    /// Reads one line. The report is whole with the line that starts with `progress=`.
    pub fn line(&mut self, line: &str) -> Option<Progress> {
        let (key, value) = line.trim().split_once('=')?;
        let value = value.trim();
        match key {
            // Before the first packet it says "N/A"; the last known place stays.
            "out_time_us" => self.out_time = value.parse().ok().map(Micros).or(self.out_time),
            "speed" => self.speed = value.trim_end_matches('x').trim().parse().ok().filter(|speed| *speed > 0.0),
            "progress" => {
                let out_time = self.out_time.unwrap_or_default().max(Micros::ZERO);
                return Some(Progress { out_time, speed: self.speed, finished: value == "end" });
            }
            _ => {}
        }
        None
    }
}

/// What people are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// 0 to 1.
    pub fraction: f64,
    /// Film seconds per second.
    pub speed: Option<f64>,
    /// Until this run is done.
    pub eta: Option<Duration>,
}

impl Progress {
    /// How far a run over a film of that length is.
    pub fn outlook(&self, film: Micros) -> Outlook {
        let length = film.seconds().max(0.001);
        let fraction = if self.finished { 1.0 } else { (self.out_time.seconds() / length).clamp(0.0, 1.0) };
        let left = (length * (1.0 - fraction)).max(0.0);
        let eta = self.speed.and_then(|speed| Duration::try_from_secs_f64(left / speed).ok());
        Outlook { fraction, speed: self.speed, eta }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // TRN-4
    #[test]
    fn a_report_is_whole_with_its_last_line() {
        let mut reader = ProgressReader::default();
        let lines =
            ["frame=240", "out_time_us=30000000", "out_time=00:00:30.000000", "speed=2.5x", "progress=continue"];
        let report = lines.iter().filter_map(|line| reader.line(line)).next().unwrap();
        assert_eq!(report, Progress { out_time: Micros::from_seconds(30.0), speed: Some(2.5), finished: false });
        let outlook = report.outlook(Micros::from_seconds(60.0));
        assert_eq!(outlook, Outlook { fraction: 0.5, speed: Some(2.5), eta: Some(Duration::from_secs(12)) });
    }

    // TRN-4
    #[test]
    fn before_the_first_frame_nothing_is_known_and_nothing_is_claimed() {
        let mut reader = ProgressReader::default();
        let lines = ["out_time_us=N/A", "speed=N/A", "progress=continue"];
        let report = lines.iter().filter_map(|line| reader.line(line)).next().unwrap();
        assert_eq!(report.outlook(Micros::from_seconds(60.0)), Outlook { fraction: 0.0, speed: None, eta: None });
    }

    proptest! {
        // TRN-4
        #[test]
        fn whatever_it_says_the_fraction_stays_between_nothing_and_all(
            lines in proptest::collection::vec("(out_time_us|speed|progress|x)= ?-?[0-9a-z.]{0,12}", 0..20),
            film in any::<i64>(),
        ) {
            let mut reader = ProgressReader::default();
            for progress in lines.iter().filter_map(|line| reader.line(line)) {
                prop_assert!((0.0..=1.0).contains(&progress.outlook(Micros(film)).fraction));
            }
        }
    }
}
