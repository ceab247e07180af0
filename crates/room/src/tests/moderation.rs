//! Sending people out, letting them back, settings.

use syncwatch_protocol::{CloseReason, Code, ParticipantId, Privacy, ServerMessage, SettingsPatch};

use super::{TestRoom, id_of, key};
use crate::{Output, Request, Via};

fn kick(name: &str, ban: bool) -> Request {
    Request::Kick { id: key("kick"), participant: id_of(name), reason: Some("spoilers".into()), ban }
}

fn settings(patch: SettingsPatch) -> Request {
    Request::Settings { id: key("set"), patch }
}

// ROOM-5
#[test]
fn who_is_kicked_is_told_why_and_comes_back_only_by_joining_anew() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ada", kick("ben", false));
    let closed = test.out.iter().find_map(|output| match output {
        Output::Close { reason, message, .. } => Some((*reason, message.clone())),
        _ => None,
    });
    assert_eq!(closed, Some((CloseReason::Kicked, Some("spoilers".into()))));
    assert_eq!(test.enter("ben", Via::Session).refusal(), Some(Code::RoomKicked));
    assert_eq!(test.join("ben").refusal(), None);
}

// ROOM-5
#[test]
fn who_is_banned_stays_out_until_the_ban_is_lifted() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ada", kick("ben", true));
    assert_eq!(test.join("ben").refusal(), Some(Code::RoomBanned));
    test.request("ada", Request::Unban { id: key("u"), participant: id_of("ben") });
    assert_eq!(test.join("ben").refusal(), None);
}

// ROOM-5
#[test]
fn nobody_but_the_owner_sends_out_and_nobody_sends_out_the_owner() {
    let mut test = TestRoom::with(["ada", "ben", "eve"]);
    assert_eq!(test.request("ben", kick("eve", false)).refusal(), Some(Code::OnlyOwner));
    assert_eq!(test.request("ada", kick("ada", true)).refusal(), Some(Code::OwnerIsLocked));
    assert_eq!(test.room.people().count(), 3);
    let nobody = Request::Kick { id: key("k"), participant: id_of("nobody"), reason: None, ban: true };
    assert_eq!(test.request("ada", nobody).refusal(), Some(Code::PersonNotFound));
}

// ROOM-6
#[test]
fn a_change_of_settings_is_seen_by_everybody_at_once() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ada", settings(SettingsPatch { chat: Some(false), ..SettingsPatch::default() }));
    let seen = test.told_all().into_iter().any(|event| match event {
        ServerMessage::State { settings, .. } => !settings.chat,
        _ => false,
    });
    assert!(seen);
}

// ROOM-6
#[test]
fn a_patch_with_one_wrong_value_changes_nothing() {
    let mut test = TestRoom::with(["ada", "ben"]);
    let before = test.room.settings().clone();
    let wrong = [
        (SettingsPatch { name: Some("x\u{202e}".into()), ..SettingsPatch::default() }, Code::RoomNameInvalid),
        (SettingsPatch { max_participants: Some(6), ..SettingsPatch::default() }, Code::RoomSizeInvalid),
        (SettingsPatch { privacy: Some(Privacy::FriendsOnly), ..SettingsPatch::default() }, Code::PrivacyUnavailable),
    ];
    for (patch, code) in wrong {
        let patch = SettingsPatch { chat: Some(false), ..patch };
        assert_eq!(test.request("ada", settings(patch)).refusal(), Some(code));
        assert_eq!(*test.room.settings(), before);
    }
    let patch = SettingsPatch { chat: Some(false), ..SettingsPatch::default() };
    assert_eq!(test.request("ben", settings(patch)).refusal(), Some(Code::OnlyOwner));
}

// ROOM-6
#[test]
fn where_the_installation_allows_more_places_an_owner_can_give_them() {
    let mut test = TestRoom::with(["ada"]);
    test.room.identity.places_cap = 50;
    let places = |number| settings(SettingsPatch { max_participants: Some(number), ..SettingsPatch::default() });
    assert_eq!(test.request("ada", places(50)).refusal(), None);
    assert_eq!(test.room.settings().max_participants, 50);
    assert_eq!(test.request("ada", places(51)).refusal(), Some(Code::RoomSizeInvalid));
}

// SEC-5
#[test]
fn what_an_owner_does_about_people_goes_into_the_audit_log() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.request("ada", kick("ben", true));
    let actor = test.out.iter().find_map(|output| match output {
        Output::Audit { actor, event: crate::AuditEvent::Kicked { target, banned: true } } => Some((*actor, *target)),
        _ => None,
    });
    assert_eq!(actor, Some((Some(id_of("ada")), id_of("ben"))) as Option<(Option<ParticipantId>, ParticipantId)>);
}
