use super::*;

const START: ServerTime = ServerTime(1_000_000);
const KIB: usize = 1_024;

/// A frame of about this size that tells by its letter what it is.
fn frame(letter: char, bytes: usize) -> Frame {
    Frame::json(&letter.to_string().repeat(bytes))
}

fn at(ms: u64) -> ServerTime {
    START.plus_ms(ms)
}

/// The letters of what would go out, in order.
fn letters(backlog: &Backlog) -> String {
    let letter =
        |frame: &Frame| frame.iter().find(|byte| byte.is_ascii_alphabetic()).map_or('#', |byte| char::from(*byte));
    backlog.frames().map(letter).collect()
}

fn with(frames: &[(Kind, char, usize)]) -> Backlog {
    let mut backlog = Backlog::new(START);
    for (kind, letter, bytes) in frames {
        backlog.push(START, *kind, &frame(*letter, *bytes)).expect("within the limits");
    }
    backlog
}

// SYNC-8
#[test]
fn the_clock_goes_before_control_before_chat_before_presence_and_nothing_before_a_frame_that_is_begun() {
    let mut backlog = with(&[(Kind::Presence, 'p', 9), (Kind::Line, 'l', 9), (Kind::Control, 'c', 9)]);
    backlog.written(START, 3);
    backlog.push(START, Kind::Clock, &frame('t', 9)).expect("within the limits");
    assert_eq!(letters(&backlog), "ctlp");
}

// DESIGN §4
#[test]
fn what_is_written_leaves_byte_by_byte_and_in_order() {
    let mut backlog = with(&[(Kind::Control, 'a', 5), (Kind::Line, 'b', 5), (Kind::Control, 'c', 5)]);
    let all: Vec<u8> = backlog.frames().flat_map(|frame| frame.to_vec()).collect();
    let mut seen = Vec::new();
    while !backlog.is_written() {
        let (slices, count) = backlog.gather();
        seen.push(slices[..count].iter().flat_map(|slice| slice.to_vec()).next().expect("a byte"));
        backlog.written(START, 1);
    }
    assert_eq!(seen, all);
    assert!(backlog.is_over());
}

// DESIGN §4
#[test]
fn over_16_kib_or_250_ms_only_the_newest_state_is_kept() {
    let mut full = with(&[(Kind::Control, 'c', 16 * KIB), (Kind::State, 's', 9), (Kind::Film, 'f', 9)]);
    full.push(START, Kind::State, &frame('S', 9)).expect("within the limits");
    assert_eq!(letters(&full), "cfS");
    let mut old = with(&[(Kind::State, 's', 9)]);
    old.push(at(250), Kind::State, &frame('t', 9)).expect("within the limits");
    old.push(at(251), Kind::State, &frame('u', 9)).expect("within the limits");
    assert_eq!(letters(&old), "u");
}

// DESIGN §4
#[test]
fn changes_of_presence_are_left_out_together_and_made_up_for_by_the_whole_list() {
    let mut slow = with(&[(Kind::Control, 'c', 16 * KIB), (Kind::Presence, 'p', 9)]);
    slow.push(START, Kind::Presence, &frame('q', 9)).expect("within the limits");
    slow.push(START, Kind::Presence, &frame('r', 9)).expect("within the limits");
    assert_eq!(letters(&slow), "c");
    slow.written(START, usize::MAX);
    assert_eq!(slow.lacking(), Lacking { lines: false, people: true });
    slow.make_up(START, slow.lacking(), vec![(Kind::People, frame('w', 9))]);
    slow.push(START, Kind::Presence, &frame('s', 9)).expect("within the limits");
    assert_eq!(letters(&slow), "ws");
}

// DESIGN §4, CHAT-1
#[test]
fn over_48_kib_or_1_s_lines_are_withheld_until_the_latest_were_given() {
    for mut slow in [with(&[(Kind::Line, 'l', 49 * KIB)]), with(&[(Kind::Line, 'l', 9)])] {
        slow.push(at(1_001), Kind::Control, &frame('c', 9)).expect("within the limits");
        slow.push(at(1_001), Kind::Line, &frame('m', 9)).expect("within the limits");
        slow.push(at(1_001), Kind::Chat, &frame('a', 9)).expect("within the limits");
        assert_eq!(letters(&slow), "ca", "an acknowledgement is no line");
        assert!(!slow.lacking().lines, "not while the socket is full");
        slow.written(at(1_002), usize::MAX);
        assert!(slow.lacking().lines && !slow.is_over());
        slow.make_up(at(1_003), slow.lacking(), vec![(Kind::Chat, frame('g', 9))]);
        slow.push(at(1_003), Kind::Line, &frame('n', 9)).expect("within the limits");
        assert_eq!(letters(&slow), "gn");
    }
}

// SYNC-7
#[test]
fn what_was_left_out_is_owed_until_it_is_made_up_for_even_when_something_else_comes_between() {
    let mut slow = with(&[(Kind::Line, 'l', 49 * KIB)]);
    slow.push(START, Kind::Line, &frame('m', 9)).expect("within the limits");
    slow.written(START, usize::MAX);
    slow.push(START, Kind::Control, &frame('r', 9)).expect("within the limits");
    slow.make_up(START, slow.lacking(), Vec::new());
    slow.written(START, usize::MAX);
    assert!(slow.lacking().lines);
}

// SEC-3, DESIGN §4
#[test]
fn whatever_a_member_asks_for_without_reading_it_costs_512_kib_at_most_and_his_welcome_does_not_count() {
    for kind in [Kind::Chat, Kind::Missed] {
        let mut greedy = with(&[(Kind::Welcome, 'w', 2_000 * KIB), (kind, 'a', 300 * KIB), (kind, 'b', 213 * KIB)]);
        assert_eq!(greedy.push(START, kind, &frame('c', 9)), Err(TooSlow), "{kind:?}");
    }
}

// DESIGN §4
#[test]
fn over_64_kib_for_a_second_or_5_s_without_control_the_member_is_given_up() {
    let mut full = with(&[(Kind::Control, 'c', 65 * KIB)]);
    assert_eq!(full.push(at(1_000), Kind::Control, &frame('d', 9)), Ok(()), "a storm that passes");
    assert_eq!(full.push(at(1_001), Kind::Control, &frame('e', 9)), Err(TooSlow));
    let mut flooded = with(&[(Kind::Control, 'c', 513 * KIB)]);
    assert_eq!(flooded.push(START, Kind::Control, &frame('d', 9)), Err(TooSlow));
    let mut old = with(&[(Kind::Control, 'c', 9), (Kind::Control, 'd', 9)]);
    assert_eq!(old.check(at(5_000)), Ok(()));
    assert_eq!(old.push(at(5_001), Kind::Control, &frame('e', 9)), Err(TooSlow));
    old.cut_off(frame('z', 9));
    assert_eq!((letters(&old).as_str(), old.check(at(9_000))), ("z", Ok(())));
}

// SYNC-7
#[test]
fn a_room_larger_than_every_limit_reaches_a_newcomer_as_long_as_its_bytes_move() {
    let mut backlog = with(&[(Kind::Welcome, 'w', 900 * KIB), (Kind::Chat, 'h', 200 * KIB), (Kind::Control, 'c', 9)]);
    for second in 1..=9 {
        backlog.written(at(second * 1_000), 100 * KIB);
        assert_eq!(backlog.check(at(second * 1_000)), Ok(()), "after {second} s");
    }
    assert_eq!(backlog.check(at(14_001)), Err(TooSlow), "nothing moved for five seconds");
}

// DESIGN §4
#[test]
fn a_member_who_was_slow_once_and_took_everything_is_not_late_with_what_comes_much_later() {
    let mut slow = with(&[(Kind::Line, 'l', 49 * KIB), (Kind::Line, 'm', 9)]);
    slow.written(START, usize::MAX);
    assert!(slow.lacking().lines);
    slow.push(at(60_000), Kind::Control, &frame('c', 9)).expect("he takes everything");
    slow.push(at(60_000), Kind::Control, &frame('d', 9)).expect("he takes everything");
}

// DESIGN §4
#[test]
fn nothing_comes_after_the_close_frame() {
    let mut backlog = with(&[(Kind::Line, 'l', 9), (Kind::Presence, 'p', 9)]);
    backlog.close(frame('z', 9));
    backlog.close(frame('y', 9));
    backlog.push(START, Kind::Control, &frame('c', 9)).expect("left out");
    assert_eq!(letters(&backlog), "lz");
    backlog.written(START, usize::MAX);
    assert!(backlog.is_written() && !backlog.is_over());
}
