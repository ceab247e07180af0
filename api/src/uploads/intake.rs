//! Where the bytes of an upload go: past the sniffer, onto the disk, and into what people see of the progress.

use bytes::Bytes;
use syncwatch_media::SNIFF_BYTES;
use syncwatch_protocol::{Code, VideoEvent, VideoStatus};
use syncwatch_store::{ObjectKey, ObjectWriter, VideoRow};

use crate::error::ApiError;
use crate::metrics;
use crate::state::ApiState;

/// Progress is stored and shown this often while bytes come.
const SHOW_EVERY_MS: u64 = 1_000;

/// Takes the bytes of one upload.
pub(crate) struct Intake<'a> {
    state: &'a ApiState,
    video: VideoRow,
    writer: ObjectWriter,
    sniffer: super::sniffer::Sniffer,
    began_ms: u64,
    began_at: u64,
    shown_ms: u64,
}

impl<'a> Intake<'a> {
    /// Opens what is stored of an upload, to go on at its end.
    pub(crate) async fn open(state: &'a ApiState, video: &VideoRow) -> Result<Self, ApiError> {
        let key = ObjectKey::upload(video.id);
        let writer = state.store.objects.append(&key).await?.ok_or(Code::UploadNotFound)?;
        let head = match state.store.objects.open(&key).await? {
            Some(stored) => stored.read_start(SNIFF_BYTES as u64).await?,
            None => Bytes::new(),
        };
        let sniffer = super::sniffer::Sniffer::resume(&head, video.size_bytes, &video.mime);
        let (began_ms, began_at) = (state.now_ms(), writer.offset());
        Ok(Self { state, video: video.clone(), writer, sniffer, began_ms, began_at, shown_ms: began_ms })
    }

    /// Where the next byte goes.
    pub(crate) fn offset(&self) -> u64 {
        self.writer.offset()
    }

    /// Takes bytes. A code means that this is no film we take; the upload must go.
    pub(crate) async fn take(&mut self, bytes: &Bytes) -> Result<(), ApiError> {
        self.sniffer.pass(bytes)?;
        self.writer.write(bytes).await?;
        metrics::upload_bytes(bytes.len() as u64);
        if self.state.now_ms().saturating_sub(self.shown_ms) >= SHOW_EVERY_MS {
            self.show().await?;
        }
        Ok(())
    }

    /// Makes everything safe, shows it, and says where the upload stands now.
    pub(crate) async fn close(mut self) -> Result<u64, ApiError> {
        let offset = self.writer.sync().await?;
        self.show().await?;
        Ok(offset)
    }

    async fn show(&mut self) -> Result<(), ApiError> {
        let now_ms = self.state.now_ms();
        self.shown_ms = now_ms;
        self.video.received_bytes = self.offset();
        self.video.eta_seconds = self.eta_seconds(now_ms);
        let expires_at_ms = expires_at_ms(self.state);
        self.state.store.rows.upload_advanced(self.video.id, self.offset(), expires_at_ms, now_ms).await?;
        if self.video.status == VideoStatus::Uploading {
            let view = self.state.view(&self.video);
            self.state.announce_video(VideoEvent::Changed(Box::new(view)), self.video.id).await;
        }
        Ok(())
    }

    /// At the pace of this request. Nothing is said before there is a second of it to judge by.
    fn eta_seconds(&self, now_ms: u64) -> Option<f64> {
        let (took_ms, came) = (now_ms.saturating_sub(self.began_ms), self.offset() - self.began_at);
        let left = self.video.size_bytes.saturating_sub(self.offset());
        (took_ms >= SHOW_EVERY_MS && came > 0).then(|| left as f64 * took_ms as f64 / came as f64 / 1_000.0)
    }
}

/// When an upload is given up that goes on no further from now.
pub(crate) fn expires_at_ms(state: &ApiState) -> u64 {
    state.now_ms() + state.settings.uploads.expire_hours * 60 * 60 * 1_000
}
