//! Chat: who may write what how often, and the lines that newcomers and returning people get (CHAT-1, CHAT-2).

use std::collections::VecDeque;

use syncwatch_protocol::{
    ChatBody, ChatMessage, ChatPosition, Code, IdempotencyKey, ParticipantId, ServerMessage, ServerTime, SystemEvent,
    limits,
};

use crate::output::newest;
use crate::permissions::Right;
use crate::{ConnectionId, Outbox, Output, Recipients, Room};

/// Lines kept in memory: what somebody who was away for a while has missed at most.
const KEPT: usize = 200;
/// Lines a newcomer gets; older ones are asked for.
const SHOWN: usize = 50;
/// Lines about the coming and going of one person in a minute. Who goes in and out all the time is told of no further, so
/// that he cannot push everybody's words out of sight; the list of people stays true.
const PRESENCE_LINES_PER_MINUTE: usize = 6;

/// The last lines of a room's chat.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ChatLog {
    lines: VecDeque<ChatMessage>,
    older: bool,
    last: ChatPosition,
    /// Of whose coming and going was told within the last minute. Kept here, as his place is gone when he is.
    told: VecDeque<(ServerTime, ParticipantId)>,
}

impl ChatLog {
    /// The log as the store remembers it, oldest first.
    pub(crate) fn restored(messages: Vec<ChatMessage>, older: bool) -> Self {
        let last = newest(&messages);
        let mut log = Self { lines: messages.into(), older, last, told: VecDeque::new() };
        log.trim();
        log
    }

    /// The next line's place. Time, so that a place which was handed out but never stored is not handed out again after
    /// a crash to another line.
    fn next_position(&mut self, now: ServerTime) -> ChatPosition {
        self.last = ChatPosition((self.last.0 + 1).max(now.0.saturating_mul(1_000)));
        self.last
    }

    fn admits_presence_line(&mut self, now: ServerTime, person: ParticipantId) -> bool {
        while self.told.front().is_some_and(|(at, _)| now.ms_since(*at) >= 60_000) {
            self.told.pop_front();
        }
        let admitted = self.told.iter().filter(|(_, other)| *other == person).count() < PRESENCE_LINES_PER_MINUTE;
        if admitted {
            self.told.push_back((now, person));
        }
        admitted
    }

    fn push(&mut self, message: ChatMessage) {
        self.lines.push_back(message);
        self.trim();
    }

    fn trim(&mut self) {
        while self.lines.len() > KEPT {
            self.lines.pop_front();
            self.older = true;
        }
    }

    /// The newest lines, and whether there are older ones.
    pub(crate) fn latest(&self) -> (Vec<ChatMessage>, bool) {
        let skip = self.lines.len().saturating_sub(SHOWN);
        (self.lines.iter().skip(skip).cloned().collect(), self.older || skip > 0)
    }

    /// The lines after `seen`, and whether there were more between than are kept.
    pub(crate) fn since(&self, seen: ChatPosition) -> (Vec<ChatMessage>, bool) {
        let gap = self.older && self.lines.front().is_some_and(|first| first.position > seen);
        (self.lines.iter().filter(|line| line.position > seen).cloned().collect(), gap)
    }

    fn find(&self, author: ParticipantId, key: &IdempotencyKey) -> Option<ChatPosition> {
        let same = |line: &&ChatMessage| line.author == Some(author) && line.client_id.as_deref() == Some(key.as_str());
        self.lines.iter().rev().find(same).map(|line| line.position)
    }
}

impl Room {
    /// The newest lines, as a newcomer gets them, and whether there are older ones.
    pub fn latest_lines(&self) -> (Vec<ChatMessage>, bool) {
        self.chat.latest()
    }

    pub(crate) fn write(
        &mut self,
        now: ServerTime,
        connection: ConnectionId,
        person: ParticipantId,
        key: IdempotencyKey,
        text: &str,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        if let Some(position) = self.chat.find(person, &key) {
            out.push(Output::AfterStored { connection, event: ServerMessage::ChatAccepted { id: key, position } });
            return Ok(());
        }
        self.may(person, Right::Chat)?;
        let text = clean_text(text)?;
        let member = self.member_mut(person).expect("found by his connection");
        if !member.chat_rate.admits(now, limits::CHAT_PER_MINUTE, 60_000) {
            return Err(Code::MessageTooFast);
        }
        let position = self.line(now, Some(person), Some(key.as_str().to_owned()), ChatBody::Text { text }, out);
        out.push(Output::AfterStored { connection, event: ServerMessage::ChatAccepted { id: key, position } });
        Ok(())
    }

    /// A line about something that somebody did.
    pub(crate) fn tell(&mut self, now: ServerTime, person: ParticipantId, event: SystemEvent, out: &mut Outbox) {
        self.line(now, Some(person), None, ChatBody::System { event }, out);
    }

    /// A line about somebody's coming or going, unless there were many of him just now.
    pub(crate) fn tell_presence(
        &mut self,
        now: ServerTime,
        person: ParticipantId,
        event: SystemEvent,
        out: &mut Outbox,
    ) {
        if self.chat.admits_presence_line(now, person) {
            self.tell(now, person, event, out);
        }
    }

    /// A line about something that the room did.
    pub(crate) fn tell_of_room(&mut self, now: ServerTime, event: SystemEvent, out: &mut Outbox) {
        self.line(now, None, None, ChatBody::System { event }, out);
    }

    fn line(
        &mut self,
        now: ServerTime,
        author: Option<ParticipantId>,
        client_id: Option<String>,
        body: ChatBody,
        out: &mut Outbox,
    ) -> ChatPosition {
        let position = self.chat.next_position(now);
        let author_name = author.map(|author| self.name_of(author)).unwrap_or_default();
        let message = ChatMessage { position, sent_at_ms: now, author, author_name, client_id, body };
        self.chat.push(message.clone());
        out.push(Output::StoreChat(message.clone()));
        out.push(Output::Send { to: Recipients::Everyone, event: ServerMessage::ChatMessage { message } });
        position
    }
}

/// The words without what cannot be seen or would move other people's words.
fn clean_text(text: &str) -> Result<String, Code> {
    let kept = |c: &char| *c == '\n' || !(c.is_control() || limits::is_direction_mark(*c));
    let text: String = text.trim().chars().filter(kept).collect();
    match text.chars().count() {
        0 => Err(Code::MessageEmpty),
        count if count > limits::CHAT_MAX_CHARS => Err(Code::MessageTooLong),
        _ => Ok(text),
    }
}
