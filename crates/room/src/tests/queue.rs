//! What is watched next.

use syncwatch_protocol::{
    ChatBody, Code, PlaybackControl, ServerMessage, SyncOutcome, SystemEvent, VideoId, VideoStatus, VideoView,
};

use super::{TestRoom, film, key, unfinished};
use crate::{Action, Input, QueueRequest, Request};

fn queue(request: QueueRequest) -> Request {
    Request::Queue { id: key("q"), request }
}

fn add(number: u128) -> Request {
    queue(QueueRequest::Add(Box::new(film(number))))
}

fn titles(test: &TestRoom) -> Vec<String> {
    test.room.view().queue.into_iter().map(|item| item.title).collect()
}

fn failed(number: u128) -> VideoView {
    VideoView { status: VideoStatus::Failed, ..unfinished(number) }
}

fn id(number: u128) -> VideoId {
    film(number).id
}

// ROOM-7
#[test]
fn films_are_added_moved_and_removed() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", add(2)).request("ben", add(3)).request("ada", add(4));
    test.request("ada", queue(QueueRequest::Move(id(4), 0)));
    test.request("ada", queue(QueueRequest::Remove(id(2))));
    assert_eq!(titles(&test), ["Film 4", "Film 3"]);
    assert_eq!(test.request("ada", queue(QueueRequest::Remove(id(9)))).refusal(), Some(Code::QueueItemNotFound));
}

// ROOM-7
#[test]
fn when_a_film_ends_the_next_one_starts() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", add(2)).pass(545_000);
    assert_eq!(test.room.video_id(), Some(id(2)));
    assert!(test.playback().is_playing);
    assert_eq!(titles(&test), [""; 0]);
}

// ROOM-7
#[test]
fn a_next_film_that_is_not_ready_starts_when_it_is() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", queue(QueueRequest::Add(Box::new(unfinished(2))))).pass(560_000);
    assert_eq!((test.room.video_id(), test.playback().is_playing), (Some(id(2)), false));
    test.input(Input::VideoChanged(Box::new(film(2))));
    assert!(test.playback().is_playing);
}

// SYNC-12
#[test]
fn the_queue_belongs_to_those_who_control_playback() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.playback_control = PlaybackControl::OwnerOnly);
    assert_eq!(test.request("ben", add(2)).refusal(), Some(Code::NotAllowedToControl));
}

// ROOM-7
#[test]
fn a_waiting_film_that_becomes_playable_or_fails_is_shown_so_to_everybody() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", queue(QueueRequest::Add(Box::new(unfinished(2)))));
    let shown = |test: &TestRoom| {
        test.told_all().into_iter().find_map(|event| match event {
            ServerMessage::State { queue, .. } => Some((queue[0].status, queue[0].playable)),
            _ => None,
        })
    };
    test.input(Input::VideoChanged(Box::new(VideoView { progress: 0.5, ..unfinished(2) })));
    assert_eq!(shown(&test), None, "progress alone is nobody's business yet");
    test.input(Input::VideoChanged(Box::new(film(2))));
    assert_eq!(shown(&test), Some((VideoStatus::Ready, true)));
    test.input(Input::VideoChanged(Box::new(failed(2))));
    assert_eq!(shown(&test), Some((VideoStatus::Failed, false)));
}

// ROOM-8
#[test]
fn a_film_that_failed_cannot_take_the_place_of_the_one_that_plays() {
    let mut test = TestRoom::playing(["ada"]);
    let before = test.playback();
    let reply = test.command("ada", Action::SetSource(Some(Box::new(failed(2)))));
    assert_eq!((reply.outcome, reply.code), (SyncOutcome::Refused, Some(Code::SourceFailed)));
    assert_eq!(test.playback(), before);
}

// ROOM-7
#[test]
fn a_film_that_failed_is_passed_over_and_stays_in_the_queue() {
    let mut test = TestRoom::playing(["ada"]);
    test.request("ada", add(2)).request("ada", add(3)).input(Input::VideoChanged(Box::new(failed(2))));
    test.pass(545_000);
    assert_eq!(test.room.video_id(), Some(id(3)));
    assert_eq!(titles(&test), ["Film 2"]);
}

// UPL-5, ROOM-7
#[test]
fn when_the_film_that_is_on_is_deleted_the_next_one_takes_its_place() {
    let mut test = TestRoom::playing(["ada"]);
    test.request("ada", add(2)).input(Input::VideoDeleted(id(1)));
    assert_eq!((test.room.video_id(), test.playback().is_playing), (Some(id(2)), true));
    assert_eq!(titles(&test), [""; 0]);
}

// UPL-5
#[test]
fn when_the_only_film_is_deleted_the_room_says_so() {
    let mut test = TestRoom::playing(["ada"]);
    test.input(Input::VideoDeleted(id(1)));
    let removed = SystemEvent::SourceChanged { title: String::new() };
    assert_eq!(test.lines().last(), Some(&ChatBody::System { event: removed }));
}

// UPL-5
#[test]
fn a_deleted_film_leaves_the_room_and_its_queue() {
    let mut test = TestRoom::playing(["ada"]);
    test.request("ada", add(2)).input(Input::VideoDeleted(id(2)));
    assert_eq!(titles(&test), [""; 0]);
    test.input(Input::VideoDeleted(id(1)));
    assert_eq!((test.room.video_id(), test.playback().is_playing), (None, false));
    assert_eq!(test.command("ada", Action::Play(None)).code, Some(Code::NoSource));
}
