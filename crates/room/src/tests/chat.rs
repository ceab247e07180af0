//! Chat.

use syncwatch_protocol::{ChatBody, Code, ServerMessage, SystemEvent};

use super::{TestRoom, key, person};
use crate::{Action, Input, Missed, Output, Request, Via};

fn say(text: &str) -> Request {
    Request::Chat { key: key(&format!("k{}", text.len())), text: text.into() }
}

// CHAT-1
#[test]
fn a_message_reaches_everybody_and_is_acknowledged_once_stored() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ben", say("hello"));
    assert!(test.told_all().iter().any(|event| matches!(event, ServerMessage::ChatMessage { .. })));
    let stored = test.out.iter().position(|output| matches!(output, Output::StoreChat(_)));
    let acknowledged = test
        .out
        .iter()
        .position(|output| matches!(output, Output::AfterStored { event: ServerMessage::ChatAccepted { .. }, .. }));
    assert!(stored.expect("stored") < acknowledged.expect("acknowledged"));
}

// CHAT-1
#[test]
fn the_room_tells_who_came_and_what_was_done() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.command("ben", Action::Pause);
    let events: Vec<_> = test
        .lines()
        .into_iter()
        .map(|body| match body {
            ChatBody::System { event } => event,
            ChatBody::Text { .. } => panic!("nobody wrote"),
        })
        .collect();
    assert_eq!(events[..2], [SystemEvent::Joined, SystemEvent::Joined]);
    assert!(matches!(events[2], SystemEvent::SourceChanged { .. }));
    assert!(matches!(events[3], SystemEvent::Played { .. }));
    assert!(matches!(events[4], SystemEvent::Paused { .. }));
}

// CHAT-1
#[test]
fn a_message_sent_again_after_a_lost_connection_stands_there_once() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ben", say("once"));
    test.lose("ben").enter("ben", Via::Session).request("ben", say("once"));
    let texts = test.lines().into_iter().filter(|body| matches!(body, ChatBody::Text { .. })).count();
    assert_eq!(texts, 1);
    assert!(test.out.iter().any(|output| matches!(output, Output::AfterStored { .. })));
}

// CHAT-2
#[test]
fn empty_long_and_fast_messages_are_refused_each_for_its_reason() {
    let mut test = TestRoom::with(["ada"]);
    for empty in ["", "  \n ", "\u{202e}", "\u{0}"] {
        assert_eq!(test.request("ada", say(empty)).refusal(), Some(Code::MessageEmpty), "{empty:?}");
    }
    assert_eq!(test.request("ada", say(&"x".repeat(2_001))).refusal(), Some(Code::MessageTooLong));
    for length in 1..=30 {
        assert_eq!(test.request("ada", say(&"y".repeat(length))).refusal(), None);
    }
    assert_eq!(test.request("ada", say(&"y".repeat(31))).refusal(), Some(Code::MessageTooFast));
    test.pass(60_000);
    assert_eq!(test.request("ada", say(&"y".repeat(32))).refusal(), None);
}

// CHAT-1
#[test]
fn guests_write_where_the_room_lets_them_and_nobody_where_chat_is_off() {
    let mut test = TestRoom::with(["ada", "ben"]).settings(|s| s.guest_chat = false);
    assert_eq!(test.request("ben", say("hi")).refusal(), Some(Code::GuestChatOff));
    assert_eq!(test.request("ada", say("my room")).refusal(), None);
    let mut test = test.settings(|s| s.chat = false);
    assert_eq!(test.request("ada", say("off!")).refusal(), Some(Code::ChatOff));
}

// SYNC-7
#[test]
fn who_was_away_gets_the_lines_since_the_last_he_saw_and_learns_of_a_gap() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ada", say("one"));
    let seen = test.room.chat.latest().0.last().map(|line| line.position);
    test.lose("ben").request("ada", say("three"));
    let returns = |test: &mut TestRoom| {
        let resume = Some(syncwatch_protocol::Resume { epoch: 1, last_sequence: 0, last_chat: seen });
        let connection = crate::ConnectionId(500);
        test.input(Input::Enter { connection, person: person("ben"), via: Via::Session, resume });
        test.out.iter().find_map(|output| match output {
            Output::Welcome(welcome) => Some(welcome.missed.clone()),
            _ => None,
        })
    };
    let Some(Missed::Since { messages, gap: false, .. }) = returns(&mut test) else { panic!("not resumed") };
    assert_eq!(messages.len(), 1);
    test.input(Input::Drop { connection: crate::ConnectionId(500) });
    for round in 0..210 {
        test.now = test.now.plus_ms(3_000);
        test.request("ada", Request::Chat { key: key(&format!("r{round}")), text: "on and on".into() });
    }
    assert!(matches!(returns(&mut test), Some(Missed::Since { gap: true, .. })));
}
