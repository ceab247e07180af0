//! What this program counts (OBS-2).

use std::time::Duration;

use metrics::{counter, gauge, histogram};
use syncwatch_protocol::{Code, CommandKind};

pub(crate) fn connection_opened() {
    gauge!("syncwatch_websocket_connections").increment(1);
}

pub(crate) fn connection_closed() {
    gauge!("syncwatch_websocket_connections").decrement(1);
}

pub(crate) fn room_opened() {
    gauge!("syncwatch_active_rooms").increment(1);
}

pub(crate) fn room_closed() {
    gauge!("syncwatch_active_rooms").decrement(1);
}

/// From a command's scheduled moment to a client's word that it was carried out (SYNC-18).
pub(crate) fn command_executed(kind: CommandKind, latency_ms: u64) {
    histogram!("syncwatch_sync_command_latency_ms", "command_type" => name(kind)).record(latency_ms as f64);
}

pub(crate) fn drift_reported(drift_ms: f64) {
    histogram!("syncwatch_playback_drift_ms").record(drift_ms.abs());
}

pub(crate) fn message_refused(code: Code) {
    counter!("syncwatch_websocket_refused_messages_total", "code" => code.as_str()).increment(1);
}

/// Frames of broadcasts, one for each member who is told; answers to one member are not counted.
pub(crate) fn messages_sent(count: usize) {
    counter!("syncwatch_websocket_messages_total", "direction" => "sent").increment(count as u64);
}

pub(crate) fn message_received() {
    counter!("syncwatch_websocket_messages_total", "direction" => "received").increment(1);
}

/// Signs of life and reports that a busy room did not take.
pub(crate) fn event_shed() {
    counter!("syncwatch_websocket_shed_events_total").increment(1);
}

/// A member read too little for too long and was closed with 4008.
pub(crate) fn member_too_slow() {
    counter!("syncwatch_websocket_too_slow_total").increment(1);
}

pub(crate) fn room_stored(took: Duration) {
    histogram!("syncwatch_room_save_seconds").record(took.as_secs_f64());
}

const fn name(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Play => "play",
        CommandKind::Pause => "pause",
        CommandKind::Seek => "seek",
        CommandKind::SetRate => "set_rate",
        CommandKind::SetSource => "set_source",
        CommandKind::StateSnapshot => "state_snapshot",
    }
}
