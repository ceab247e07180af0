//! Conditional requests (RFC 9110, section 13): has the file changed since the client last saw it?

use axum::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE};
use axum::http::{HeaderMap, HeaderName};

/// What tells one state of a file from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Validators {
    /// A strong entity tag, with its quotes.
    pub(crate) etag: String,
    /// When it was last written, as HTTP writes it.
    pub(crate) last_modified: String,
}

/// Whether the client's copy is still right. A tag goes before a date, which has only whole seconds.
pub(crate) fn not_modified(headers: &HeaderMap, validators: &Validators) -> bool {
    match text(headers, &IF_NONE_MATCH) {
        Some(tags) => tags.split(',').map(str::trim).any(|tag| tag == "*" || weak(tag) == validators.etag),
        // The very same date that we sent: parsing and comparing would only add ways to be wrong.
        None => text(headers, &IF_MODIFIED_SINCE).is_some_and(|date| date == validators.last_modified),
    }
}

/// Whether a range belongs to the file as it is now; else the whole file is sent.
pub(crate) fn range_still_fits(headers: &HeaderMap, validators: &Validators) -> bool {
    let condition = text(headers, &IF_RANGE);
    condition.is_none_or(|seen| seen == validators.etag || seen == validators.last_modified)
}

fn weak(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    fn validators() -> Validators {
        Validators { etag: "\"3-a\"".into(), last_modified: "Sun, 06 Nov 1994 08:49:37 GMT".into() }
    }

    // HLS-1
    #[test]
    fn a_copy_is_right_when_its_tag_or_else_its_date_is_ours() {
        for (value, right) in [("\"3-a\"", true), ("\"x\", W/\"3-a\"", true), ("*", true), ("\"x\"", false)] {
            assert_eq!(not_modified(&headers(IF_NONE_MATCH, value), &validators()), right, "{value}");
        }
        assert!(not_modified(&headers(IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:37 GMT"), &validators()));
        let mut both = headers(IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:37 GMT");
        both.insert(IF_NONE_MATCH, "\"x\"".parse().unwrap());
        assert!(!not_modified(&both, &validators()));
        assert!(!not_modified(&HeaderMap::new(), &validators()));
    }

    // HLS-1
    #[test]
    fn a_range_of_an_older_file_is_not_cut_out_of_the_new_one() {
        assert!(range_still_fits(&HeaderMap::new(), &validators()));
        assert!(range_still_fits(&headers(IF_RANGE, "\"3-a\""), &validators()));
        assert!(!range_still_fits(&headers(IF_RANGE, "W/\"3-a\""), &validators()), "a weak tag does not do for bytes");
        assert!(!range_still_fits(&headers(IF_RANGE, "\"x\""), &validators()));
    }
}
