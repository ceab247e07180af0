import { Crown } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRoom, useSecondsUntil, useSession } from '@/connection';
import { formatSeconds } from '@/lib/format';
import { Button } from '@/ui/Button';

/**
 * Whoever lost the room by being away may have it back (OWN-3). Beside the film rather than in front of it: he has just come
 * back to watch, and may answer while he does.
 */
export function OwnershipOffer() {
  const { t, i18n } = useTranslation();
  const titleId = useId();
  const session = useSession();
  const until = useLive((state) => state.offerUntil);
  const seconds = useSecondsUntil(until);
  const owner = useRoom(({ participants, ownerId }) => participants.find(({ id }) => id === ownerId)?.name ?? '');
  if (until === null || seconds === 0) return null;
  return (
    <section
      aria-labelledby={titleId}
      className="room-offer glass-floating flex animate-rise flex-col gap-3 rounded-lg p-4 text-sm"
    >
      <div className="flex items-start gap-3">
        <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent-text">
          <Crown size={20} aria-hidden="true" />
        </span>
        <div role="alert" className="flex min-w-0 flex-col gap-0.5">
          <h2 id={titleId} className="font-semibold text-base">
            {t('room.offer.title')}
          </h2>
          <p className="text-dim [overflow-wrap:anywhere]">{t('room.offer.text', { name: owner })}</p>
        </div>
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2">
        <span role="timer" className="tabular flex-1 whitespace-nowrap text-faint text-xs">
          {seconds === null ? null : t('room.offer.left', { wait: formatSeconds(seconds, i18n.language) })}
        </span>
        <Button size="sm" variant="quiet" className="max-w-48" onClick={() => session.answerOffer(false)}>
          <span className="truncate">{t('room.offer.leave', { name: owner })}</span>
        </Button>
        <Button size="sm" variant="primary" onClick={() => session.answerOffer(true)}>
          {t('room.offer.take')}
        </Button>
      </footer>
    </section>
  );
}
