import { useTranslation } from 'react-i18next';
import { useRoom } from '@/connection';
import { dropUpload, isOpen, UploadRow, useUploads } from '@/features/uploads';
import { Button } from '@/ui/Button';

/** From so many on, they can be cleared away together. */
const MANY = 2;

/** What this browser sends to the room, or could not, as far as neither the stage nor the queue shows it. */
export function RoomUploads() {
  const { t } = useTranslation();
  const code = useRoom((room) => room.code);
  const current = useRoom((room) => room.video?.id);
  const queue = useRoom((room) => room.queue);
  const uploads = useUploads().filter(
    (entry) =>
      entry.room === code &&
      isOpen(entry) &&
      (entry.videoId === undefined ||
        (entry.videoId !== current && !queue.some(({ videoId }) => videoId === entry.videoId))),
  );
  const failed = uploads.filter(({ state }) => state.kind === 'failed');
  if (uploads.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <ul className="room-uploads flex flex-col gap-2 overflow-y-auto">
        {uploads.map((entry) => (
          <li key={entry.id}>
            <UploadRow entry={entry} />
          </li>
        ))}
      </ul>
      {failed.length >= MANY ? (
        <Button
          variant="quiet"
          size="sm"
          className="self-end"
          onClick={() => {
            for (const { id } of failed) dropUpload(id);
          }}
        >
          {t('uploads.dismissFailed')}
        </Button>
      ) : null}
    </div>
  );
}
