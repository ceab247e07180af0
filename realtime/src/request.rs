//! From the wire's words to the engine's.

use syncwatch_protocol::{
    ChatPosition, ClientMessage, Code, IdempotencyKey, ParticipantId, Source, VideoId, VideoView,
};
use syncwatch_room::{Action, PlaybackRequest, QueueRequest, Request};

/// Milliseconds that a client's own clock may show: none before its start, and no more than a number holds exactly.
const CLOCKS: std::ops::Range<f64> = 0.0..9_007_199_254_740_992.0;

/// What a message asks for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The engine can answer it as it is.
    Engine(Request),
    /// The engine can answer it once the video has been looked up.
    Video(VideoId, Offer),
    /// Older lines of chat, from the store.
    Older(ChatPosition),
    /// The clock, answered at once.
    Clock {
        /// The client's time.
        c1: f64,
    },
    /// A second hello, or a time that no clock shows.
    Nonsense,
}

/// What the mailbox needs to know of a request.
pub(crate) trait Weight {
    /// Whether it may be lost when a room has too much to do, as another one comes soon.
    fn may_be_shed(&self) -> bool;
    /// The key by which the sender knows it.
    fn id(&self) -> Option<&IdempotencyKey>;
}

impl Weight for Request {
    fn may_be_shed(&self) -> bool {
        matches!(self, Self::Report(_) | Self::Acknowledge { .. } | Self::Heartbeat)
    }

    fn id(&self) -> Option<&IdempotencyKey> {
        match self {
            Self::Playback(request) => Some(&request.key),
            Self::Chat { key, .. } => Some(key),
            Self::Settings { id, .. }
            | Self::Select { id, .. }
            | Self::Kick { id, .. }
            | Self::Unban { id, .. }
            | Self::Transfer { id, .. }
            | Self::Delegate { id, .. }
            | Self::AnswerOwnership { id, .. }
            | Self::Queue { id, .. } => Some(id),
            Self::Acknowledge { .. } | Self::Catchup { .. } | Self::Report(_) | Self::Heartbeat | Self::Leave => None,
        }
    }
}

/// What is to become of a video.
#[derive(Debug)]
pub(crate) enum Offer {
    /// It is to be watched now.
    Watch { key: IdempotencyKey, expected: Option<u64> },
    /// It is to be watched later.
    Enqueue { id: IdempotencyKey },
}

/// A request about a video that was looked up, with its owner: the room accepts videos of its own people only.
#[derive(Debug)]
pub(crate) struct Offered {
    pub(crate) request: Request,
    pub(crate) owner: ParticipantId,
    /// The key by which the sender knows his request.
    pub(crate) id: IdempotencyKey,
}

impl Offer {
    /// The request, now that the video is known.
    pub(crate) fn with(self, video: VideoView, owner: ParticipantId) -> Offered {
        let (video, own_id) = (Box::new(video), self.id().clone());
        let request = match self {
            Self::Watch { key, expected } => {
                let action = Action::SetSource(Some(video));
                Request::Playback(PlaybackRequest { key, expected, action })
            }
            Self::Enqueue { id } => Request::Queue { id, request: QueueRequest::Add(video) },
        };
        Offered { request, owner, id: own_id }
    }

    /// The key by which the sender knows his request.
    pub(crate) fn id(&self) -> &IdempotencyKey {
        match self {
            Self::Watch { key, .. } => key,
            Self::Enqueue { id } => id,
        }
    }
}

/// What a client's message asks for.
pub(crate) fn understand(message: ClientMessage) -> Asked {
    let playback = |key, expected, action| Asked::Engine(Request::Playback(PlaybackRequest { key, expected, action }));
    match message {
        ClientMessage::Hello { .. } => Asked::Nonsense,
        ClientMessage::ClockPing { c1 } if CLOCKS.contains(&c1) => Asked::Clock { c1 },
        ClientMessage::ClockPing { .. } => Asked::Nonsense,
        ClientMessage::ChatHistory { before } => Asked::Older(before),
        ClientMessage::Play { id, media_time_ms, expected_sequence } => {
            playback(id, expected_sequence, Action::Play(media_time_ms))
        }
        ClientMessage::Pause { id, expected_sequence } => playback(id, expected_sequence, Action::Pause),
        ClientMessage::Seek { id, media_time_ms, expected_sequence } => {
            playback(id, expected_sequence, Action::Seek(media_time_ms))
        }
        ClientMessage::SetRate { id, rate, expected_sequence } => {
            playback(id, expected_sequence, Action::SetRate(rate))
        }
        ClientMessage::SetSource { id, source: Source::None, expected_sequence } => {
            playback(id, expected_sequence, Action::SetSource(None))
        }
        ClientMessage::SetSource { id, source: Source::Video { video_id }, expected_sequence } => {
            Asked::Video(video_id, Offer::Watch { key: id, expected: expected_sequence })
        }
        ClientMessage::QueueAdd { id, video_id } => Asked::Video(video_id, Offer::Enqueue { id }),
        other => Asked::Engine(plain(other)),
    }
}

fn plain(message: ClientMessage) -> Request {
    match message {
        ClientMessage::Ack { sequence_number, executed_at_ms } => {
            Request::Acknowledge { sequence: sequence_number, executed_at: executed_at_ms }
        }
        ClientMessage::Catchup { after_sequence } => Request::Catchup { after: after_sequence },
        ClientMessage::Report(report) => Request::Report(report),
        ClientMessage::ChatSend { id, text } => Request::Chat { key: id, text },
        ClientMessage::Settings { id, patch } => Request::Settings { id, patch },
        ClientMessage::Select { id, participant, selected } => Request::Select { id, participant, selected },
        ClientMessage::Kick { id, participant, reason, ban } => Request::Kick { id, participant, reason, ban },
        ClientMessage::Unban { id, participant } => Request::Unban { id, participant },
        ClientMessage::Transfer { id, participant } => Request::Transfer { id, participant },
        ClientMessage::QueueRemove { id, video_id } => Request::Queue { id, request: QueueRequest::Remove(video_id) },
        ClientMessage::QueueMove { id, video_id, to } => {
            Request::Queue { id, request: QueueRequest::Move(video_id, to as usize) }
        }
        ClientMessage::Heartbeat {} => Request::Heartbeat,
        ClientMessage::Delegate { id, participant } => Request::Delegate { id, participant },
        ClientMessage::AnswerOwnership { id, accept } => Request::AnswerOwnership { id, accept },
        ClientMessage::Leave {} => Request::Leave,
        ClientMessage::Hello { .. }
        | ClientMessage::ClockPing { .. }
        | ClientMessage::ChatHistory { .. }
        | ClientMessage::Play { .. }
        | ClientMessage::Pause { .. }
        | ClientMessage::Seek { .. }
        | ClientMessage::SetRate { .. }
        | ClientMessage::SetSource { .. }
        | ClientMessage::QueueAdd { .. } => unreachable!("understand() answers these itself"),
    }
}

/// Reads a message, or says what is wrong with it and which request it was.
pub(crate) fn parse(text: &str) -> Result<ClientMessage, (Code, Option<IdempotencyKey>)> {
    #[derive(serde::Deserialize)]
    struct Envelope {
        #[serde(default)]
        id: Option<IdempotencyKey>,
    }
    serde_json::from_str(text).map_err(|error| {
        let unknown = error.to_string().starts_with("unknown variant `");
        let code = if unknown && error.is_data() { Code::UnknownMessage } else { Code::MalformedMessage };
        let id = serde_json::from_str::<Envelope>(text).ok().and_then(|envelope| envelope.id);
        (code, id)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // SEC-3
    #[test]
    fn what_cannot_be_read_is_told_apart_and_named() {
        let code = |text: &str| parse(text).expect_err("it is wrong");
        assert_eq!(code("{").0, Code::MalformedMessage);
        assert_eq!(code("[]").0, Code::MalformedMessage);
        assert_eq!(code(r#"{"type":"sync:dance","id":"k1"}"#).0, Code::UnknownMessage);
        assert_eq!(code(r#"{"type":"sync:seek","id":"k1","mediaTimeMs":-5}"#).0, Code::MalformedMessage);
        let id = code(r#"{"type":"sync:seek","id":"k1"}"#).1.expect("the request is named");
        assert_eq!(id.as_str(), "k1");
    }

    proptest! {
        // SEC-3
        #[test]
        fn no_text_at_all_upsets_the_parser(text in ".{0,400}") {
            let _answer = parse(&text);
        }

        // SEC-3
        #[test]
        fn every_message_that_can_be_read_can_be_understood(
            kind in prop::sample::select(vec![
                "sync:play", "sync:pause", "sync:seek", "sync:rate", "sync:ack", "sync:catchup", "owner:heartbeat",
                "chat:send", "chat:history", "room:kick", "room:leave", "queue:move", "clock:ping", "sync:source",
            ]),
            number in any::<f64>(),
            text in ".{0,40}",
        ) {
            let message = serde_json::json!({
                "type": kind, "id": "k", "mediaTimeMs": 5, "rate": number, "c1": number, "text": text, "before": 1,
                "afterSequence": 2, "sequenceNumber": 3, "executedAtMs": 4, "to": 0, "source": { "kind": "none" },
                "participant": "01890a5d-ac96-774b-bcce-b302099a8057", "videoId": "01890a5d-ac96-774b-bcce-b302099a8057",
            });
            if let Ok(message) = parse(&message.to_string()) {
                let _asked = understand(message);
            }
        }
    }
}
