//! The text of cues: markup of SubRip, WebVTT and ASS becomes the little that is kept, and everything else is escaped.

/// Characters of one cue. Nobody reads more before it is gone.
const TEXT_MAX_CHARS: usize = 2_000;

/// What is longer is no tag. Looking further for the end of each would take a minute for a file full of beginnings.
const TAG_MAX_BYTES: usize = 200;
const OVERRIDES_MAX_BYTES: usize = 4_000;

/// Tags that are understood; those that are not kept vanish, and what is not in this list is not a tag but text.
const TAGS: [&str; 14] = ["b", "i", "u", "em", "strong", "font", "c", "v", "lang", "ruby", "rt", "s", "span", "br"];

/// The text of a cue, made piece by piece.
#[derive(Default)]
pub(super) struct Payload {
    text: String,
    length: usize,
    open: Vec<Style>,
    /// It belongs to the top of the picture.
    pub(super) top: bool,
    /// What comes is a drawing, not text.
    drawing: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Bold,
    Italic,
    Underline,
}

impl Style {
    const fn letter(self) -> char {
        match self {
            Self::Bold => 'b',
            Self::Italic => 'i',
            Self::Underline => 'u',
        }
    }

    fn of(name: &str) -> Option<Self> {
        match name {
            "b" | "strong" => Some(Self::Bold),
            "i" | "em" => Some(Self::Italic),
            "u" => Some(Self::Underline),
            _ => None,
        }
    }
}

/// Lines as SubRip and WebVTT write them, and whether they belong to the top of the picture.
pub(super) fn tagged(lines: &str) -> (String, bool) {
    let mut payload = Payload::default();
    let mut rest = lines;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '<' => payload.tag(rest),
            '&' => payload.entity(rest),
            '{' => payload.overrides(rest),
            _ => None,
        };
        rest = match taken {
            Some(length) => &rest[length..],
            None => {
                payload.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    let top = payload.top;
    (payload.finish(), top)
}

/// Text as ASS writes it.
pub(super) fn overridden(text: &str) -> (String, bool) {
    let mut payload = Payload::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '{' => payload.overrides(rest),
            '\\' => payload.break_or_space(rest),
            _ => None,
        };
        rest = match taken {
            Some(length) => &rest[length..],
            None => {
                payload.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    let top = payload.top;
    (payload.finish(), top)
}

impl Payload {
    fn push(&mut self, c: char) {
        if self.drawing || self.length >= TEXT_MAX_CHARS {
            return;
        }
        self.length += 1;
        match c {
            '&' => self.text.push_str("&amp;"),
            '<' => self.text.push_str("&lt;"),
            '>' => self.text.push_str("&gt;"),
            '\t' => self.text.push(' '),
            // Marks of direction stay: Arabic and Hebrew need them, and a cue is a paragraph of its own.
            '\n' => self.text.push('\n'),
            c if c.is_control() || c == '\u{feff}' => {}
            c => self.text.push(c),
        }
    }

    fn switch(&mut self, style: Style, on: bool) {
        let place = self.open.iter().position(|open| *open == style);
        match (place, on) {
            (None, true) if self.length < TEXT_MAX_CHARS && self.text.len() < TEXT_MAX_CHARS * 8 => {
                self.text.extend(['<', style.letter(), '>']);
                self.open.push(style);
            }
            (Some(place), false) => {
                // Tags must nest: those that were opened later are closed with it and opened anew.
                let later = self.open.split_off(place);
                self.close(&later);
                for style in later.into_iter().skip(1) {
                    self.switch(style, true);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, styles: &[Style]) {
        for style in styles.iter().rev() {
            self.text.extend(['<', '/', style.letter(), '>']);
        }
    }

    /// A tag at the start of `rest`, by the length of it; `None` when it is text.
    fn tag(&mut self, rest: &str) -> Option<usize> {
        let end = rest.bytes().take(TAG_MAX_BYTES).position(|byte| byte == b'>')?;
        let inside = &rest[1..end];
        let (closes, name) = inside.strip_prefix('/').map_or((false, inside), |name| (true, name));
        let name = name.split([' ', '.', '\t', '\n', '/']).next().unwrap_or_default().to_ascii_lowercase();
        let is_time = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':'));
        let is_time = is_time && inside.contains(':');
        if !(is_time || TAGS.contains(&name.as_str())) {
            return None;
        }
        match Style::of(&name) {
            Some(style) => self.switch(style, !closes),
            None if name == "br" => self.push('\n'),
            None => {}
        }
        Some(end + 1)
    }

    fn entity(&mut self, rest: &str) -> Option<usize> {
        let end = rest.char_indices().take(10).find(|(_, c)| *c == ';')?.0;
        let c = match &rest[1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "lrm" => '\u{200e}',
            "rlm" => '\u{200f}',
            name => {
                let number = name.strip_prefix('#')?;
                let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
                char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)?
            }
        };
        self.push(c);
        Some(end + 1)
    }

    /// `{\i1\an8}`: ASS, and what SubRip borrowed from it.
    fn overrides(&mut self, rest: &str) -> Option<usize> {
        let end = rest.bytes().take(OVERRIDES_MAX_BYTES).position(|byte| byte == b'}')?;
        let inside = &rest[1..end];
        // A comment in ASS has no backslash and is not shown either; in SubRip braces without one are text.
        if !inside.contains('\\') {
            return None;
        }
        for order in inside.split('\\').skip(1) {
            self.obey(order.trim());
        }
        Some(end + 1)
    }

    fn obey(&mut self, order: &str) {
        let number = |name: &str| order.strip_prefix(name).and_then(|number| number.parse::<u32>().ok());
        for (name, style) in [("b", Style::Bold), ("i", Style::Italic), ("u", Style::Underline)] {
            if let Some(weight) = number(name) {
                self.switch(style, weight != 0);
            }
        }
        if let Some(scale) = number("p") {
            self.drawing = scale != 0;
        }
        if let Some(place) = number("an") {
            self.top = (7..=9).contains(&place);
        }
        if order == "r" {
            for style in self.open.clone() {
                self.switch(style, false);
            }
        }
    }

    /// `\N`, `\n` and `\h`.
    fn break_or_space(&mut self, rest: &str) -> Option<usize> {
        let c = match rest.as_bytes().get(1)? {
            b'N' | b'n' => '\n',
            b'h' => '\u{a0}',
            _ => return None,
        };
        self.push(c);
        Some(2)
    }

    /// The text without blank lines and with all tags closed; empty when nothing can be seen of it.
    fn finish(mut self) -> String {
        let open = std::mem::take(&mut self.open);
        self.close(&open);
        let text = tidy(self.text);
        if is_visible(&text) { text } else { String::new() }
    }
}

/// Without blanks around lines, lines without text, and tags without contents, each of which may leave another of them.
fn tidy(mut text: String) -> String {
    loop {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let shorter = lines.join("\n").replace("<b></b>", "").replace("<i></i>", "").replace("<u></u>", "");
        if shorter == text {
            return text;
        }
        text = shorter;
    }
}

fn is_visible(text: &str) -> bool {
    let mut in_tag = false;
    text.chars().any(|c| match c {
        '<' => {
            in_tag = true;
            false
        }
        '>' => {
            in_tag = false;
            false
        }
        c => !in_tag && !c.is_whitespace(),
    })
}
