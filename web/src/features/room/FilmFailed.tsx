import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { VideoView } from '@/api/generated/protocol';
import { orTell } from '@/api/or-tell';
import { codeMessage } from '@/api/problem';
import { retryVideo } from '@/api/videos';
import { useRoom } from '@/connection';
import { useOwnFilm } from '@/features/player';
import { isWrongFile } from '@/features/uploads';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';

/** Why there is no film. Whoever brought it may have it tried again, where that can end better (TRN-6). */
export function FilmFailed({ video }: { video: VideoView }) {
  const { t } = useTranslation();
  const room = useRoom(({ code }) => code);
  const why = video.failure ?? 'unknown';
  const mayPass = !isWrongFile(why);
  const own = useOwnFilm(video.id, mayPass) !== null;
  return (
    <EmptyState
      role="alert"
      icon={<CircleAlert size={26} aria-hidden="true" />}
      title={t('room.progress.failed')}
      text={`${video.title}: ${codeMessage(why)}`}
      action={
        mayPass && own ? <Button onClick={() => orTell(retryVideo(video.id, room))}>{t('ui.tryAgain')}</Button> : null
      }
    />
  );
}
