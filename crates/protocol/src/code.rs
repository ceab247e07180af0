//! Every refusal and problem has one stable code. The web application has a translated sentence for each; a test compares.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! codes {
    ($($(#[$section:meta])* $variant:ident = $name:literal, $sentence:literal;)*) => {
        /// Why something did not happen. Codes are part of the contract: they are added, never renamed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[ts(export, export_to = "protocol.ts")]
        pub enum Code {
            $(#[doc = $sentence] #[serde(rename = $name)] $variant,)*
        }

        impl Code {
            /// All of them, for the comparison with the translations.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in JSON, in metrics and in the translations.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What happened and what to do, in English; clients show their own translation.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)* }
            }
        }
    };
}

codes! {
    // Requests in general
    InvalidRequest = "invalid_request", "The request is not valid; see the details.";
    NotFound = "not_found", "There is nothing at this address.";
    MethodNotAllowed = "method_not_allowed", "This address does not take this kind of request.";
    PayloadTooLarge = "payload_too_large", "The request is too large.";
    RateLimited = "rate_limited", "Too many requests. Wait a moment and try again.";
    Unavailable = "unavailable", "The service cannot do this right now. Try again in a moment.";
    Internal = "internal", "Something went wrong on our side. Try again; if it stays, tell the administrator the request id.";
    Forbidden = "forbidden", "You may not do this.";

    // Accounts
    NotLoggedIn = "not_logged_in", "Log in first.";
    SessionExpired = "session_expired", "Your session has expired. Log in again.";
    CsrfMissing = "csrf_missing", "The request lacks the token that shows it came from the application. Reload the page.";
    WrongLogin = "wrong_login", "The name or the password is wrong.";
    WrongCurrentPassword = "wrong_current_password", "The current password is wrong.";
    EmailInvalid = "email_invalid", "This is not an e-mail address.";
    EmailTaken = "email_taken", "There is already an account with this e-mail address. Log in instead.";
    UsernameInvalid = "username_invalid", "A username has 3 to 30 letters, digits, dots, dashes or underscores.";
    UsernameTaken = "username_taken", "This username is taken. Choose another one.";
    PasswordTooShort = "password_too_short", "A password has at least 8 characters.";
    PasswordTooLong = "password_too_long", "A password has at most 72 bytes, which is 72 plain letters. Choose a shorter one.";
    PasswordTooCommon = "password_too_common", "This password is among the first that anybody tries. Choose another one.";
    NicknameInvalid = "nickname_invalid", "A nickname has 1 to 40 visible characters.";

    // Rooms
    RoomCodeInvalid = "room_code_invalid", "A room code has 8 letters and digits. Check it for typing errors.";
    RoomNotFound = "room_not_found", "There is no room with this code. Check it for typing errors, or ask for a new link.";
    RoomExpired = "room_expired", "This room has expired. Start a new one.";
    RoomClosed = "room_closed", "This room has been closed by its owner.";
    RoomFull = "room_full", "This room is full. Ask the owner to make it larger, or try again when somebody has left.";
    RoomPasswordNeeded = "room_password_needed", "This room has a password. Ask the person who invited you.";
    RoomPasswordWrong = "room_password_wrong", "The room's password is wrong.";
    RoomBanned = "room_banned", "You have been banned from this room.";
    RoomKicked = "room_kicked", "You have been sent out of this room.";
    RoomNeedsAccount = "room_needs_account", "Only people with an account can join this room. Log in or register.";
    RoomNameInvalid = "room_name_invalid", "A room's name has 1 to 80 visible characters.";
    RoomSizeInvalid = "room_size_invalid", "A room takes at least 2 people, and at most as many as this service allows (5 unless it was raised).";
    PrivacyUnavailable = "privacy_unavailable", "This kind of privacy is not available on this service yet.";

    // Commands in a room
    NotInRoom = "not_in_room", "You are not in this room any more. Join it again.";
    NotAllowedToControl = "not_allowed_to_control", "The owner has not given you control of playback.";
    OnlyOwner = "only_owner", "Only the room's owner can do this.";
    OwnerIsLocked = "owner_is_locked", "The owner cannot be sent out.";
    PersonNotFound = "person_not_found", "This person is not in the room any more.";
    NotSelf = "not_self", "You cannot do this to yourself.";
    NoSource = "no_source", "There is no film yet. Choose one first.";
    SourceNotReady = "source_not_ready", "The film is not ready yet. It can be played in a moment.";
    SourceFailed = "source_failed", "This film did not work. Choose another one.";
    PositionInvalid = "position_invalid", "This position is outside the film.";
    RateInvalid = "rate_invalid", "The speed must be between 0.25 and 2.";
    TooManyCommands = "too_many_commands", "Too many commands. Wait a moment.";
    ReportInvalid = "report_invalid", "The player reported numbers that cannot be true. Reload the page.";
    NothingOffered = "nothing_offered", "The room is not offered to you any more.";
    VideoNotFound = "video_not_found", "This film does not exist any more.";
    QueueFull = "queue_full", "The queue is full. Remove something first.";
    QueueItemNotFound = "queue_item_not_found", "This film is not in the queue any more.";
    ReasonTooLong = "reason_too_long", "A reason has at most 200 characters.";

    // Chat
    ChatOff = "chat_off", "Chat is switched off in this room.";
    GuestChatOff = "guest_chat_off", "Guests cannot write in this room. Log in to write.";
    MessageEmpty = "message_empty", "The message is empty.";
    MessageTooLong = "message_too_long", "A message has at most 2000 characters.";
    MessageTooFast = "message_too_fast", "You write faster than 30 messages a minute. Wait a moment.";

    // The socket
    MalformedMessage = "malformed_message", "The message could not be read.";
    UnknownMessage = "unknown_message", "There is no message of this type.";
    BinaryNotSupported = "binary_not_supported", "Messages are text. Binary ones are not read.";
    HelloExpected = "hello_expected", "The first message must be client:hello.";
    TokenInvalid = "token_invalid", "The token is not valid or has expired. Join the room again.";
    UpgradeRequired = "upgrade_required", "This version of the application is too old for the server. Reload the page.";
    TooManyErrors = "too_many_errors", "Too many messages that could not be read.";
    TooSlow = "too_slow", "Your connection is too slow to follow the room.";

    // Uploads and videos
    UnsupportedFormat = "unsupported_format", "This is not a film we can read. Use MP4, WebM, QuickTime or Matroska.";
    MimeMismatch = "mime_mismatch", "The file is not of the type it claims to be.";
    TooLarge = "too_large", "The file is larger than 8 GB.";
    TooLong = "too_long", "The film is longer than 3 hours.";
    QuotaExceeded = "quota_exceeded", "Your storage is full. Delete a film first.";
    Unreadable = "unreadable", "The file is damaged or incomplete and cannot be read.";
    MalwareFound = "malware_found", "The file contains malware, so it was removed.";
    ScanFailed = "scan_failed", "The file could not be checked for malware, so it was not taken yet. Try again in a while.";
    UploadNotFound = "upload_not_found", "This upload does not exist any more. Start it again.";
    UploadOffsetMismatch = "upload_offset_mismatch", "The upload stands at another place. Ask for the offset and go on from there.";
    UploadLocked = "upload_locked", "This upload is being written by another connection.";
    UploadChecksumMismatch = "upload_checksum_mismatch", "The bytes arrived damaged. Send them again.";
    UploadVersion = "upload_version", "This server speaks version 1.0.0 of the tus protocol.";
    UploadIncomplete = "upload_incomplete", "The upload is not complete.";
    StorageFull = "storage_full", "The server's disk is full. Tell its administrator; the upload can go on afterwards.";
    FfmpegMissing = "ffmpeg_missing", "FFmpeg is not installed on the server, so films cannot be made ready. Its administrator can install it (apt install ffmpeg).";
    Timeout = "timeout", "Making the film ready took too long and was stopped. Try again.";
    Oom = "oom", "Making the film ready needed too much memory. Try a smaller version of the film.";
    FormatError = "format_error", "The film is damaged in a way that cannot be repaired.";
    Storage = "storage", "The film could not be stored. Tell the administrator; then try again.";
    Cancelled = "cancelled", "It was cancelled.";
    TitleInvalid = "title_invalid", "A title has 1 to 200 visible characters.";
    VideoInUse = "video_in_use", "A room is watching this film. Choose another film there first.";
    LinkInvalid = "link_invalid", "This is not the address of a film. It begins with https:// and leads to an .mp4 file or an .m3u8 playlist.";
    LinkInsecure = "link_insecure", "This address begins with http://, and browsers do not load such films here. Use its https:// address, or upload the file.";
    LinkHostNotAllowed = "link_host_not_allowed", "Films from this host cannot be linked here. Upload the file instead, or ask the administrator to allow the host.";
    LinkPrivate = "link_private", "This address is in a private network, where nobody else can reach it. Upload the file instead.";
    LinkUnreachable = "link_unreachable", "There is no answer from this address. Check it for typing errors, or upload the file instead.";
    AuthRequired = "auth_required", "This address asks for a log-in, and the people in the room have none there. Upload the file instead.";
    DrmProtected = "drm_protected", "This film is protected against copying, and can only be watched on its own page.";
    UnknownProvider = "unknown_provider", "This is a web page and not a film. Use the address of the film itself, or upload the file.";
    XFrameOptions = "x_frame_options", "This page does not let itself be shown inside of others. Use the address of the film itself, or upload the file.";
    CspBlocked = "csp_blocked", "This page says where it may be shown, and here it may not. Use the address of the film itself, or upload the file.";
    LinkNoRanges = "link_no_ranges", "This server gives whole files only, so nobody could jump in the film. Upload the file instead.";
    LinkCorsBlocked = "link_cors_blocked", "This server lets its playlists be read by its own pages only. Upload the file instead.";
    LinkLive = "link_live", "This is a broadcast without an end, and only films can be linked.";
    LinkCodec = "link_codec", "Not every browser plays this kind of film. Upload the file, and it is made into one that does.";
    TooManySubtitles = "too_many_subtitles", "A film takes at most 20 subtitles of yours. Remove some first.";
    LinkExpired = "link_expired", "This link has expired. Reload the page for a new one.";
}

/// By hand, because the derived one does not see names that come out of a macro.
impl PartialSchema for Code {
    fn schema() -> RefOr<Schema> {
        let names = Self::ALL.iter().map(|code| code.as_str());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for Code {}

#[cfg(test)]
mod tests {
    use super::*;

    // WEB-7
    #[test]
    fn every_code_has_its_own_name_and_a_whole_sentence() {
        let names: std::collections::HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.sentence().ends_with('.'), "{} has no sentence", code.as_str());
            assert_eq!(serde_json::to_value(code).ok(), Some(code.as_str().into()));
        }
    }
}
