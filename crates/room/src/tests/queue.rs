//! What is watched next.

use syncwatch_protocol::{Code, PlaybackControl, VideoId};

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
