import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRoom, useSecondsUntil, useSession } from '@/connection';
import { formatSeconds } from '@/lib/format';
import { Button } from '@/ui/Button';
import { CountdownRing } from '@/ui/CountdownRing';

/** How long an offer stands, by the server's rule; only how full the ring is hangs on it. */
const LONGEST_S = 60;

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
        <CountdownRing seconds={seconds} ofSeconds={LONGEST_S} />
        <div role="alert" className="flex min-w-0 flex-col gap-0.5">
          <h2 id={titleId} className="font-semibold text-base">
            {t('room.offer.title')}
          </h2>
          <p className="text-dim [overflow-wrap:anywhere]">{t('room.offer.text', { name: owner })}</p>
        </div>
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2">
        <span role="timer" className="sr-only">
          {seconds === null ? null : t('room.offer.left', { wait: formatSeconds(seconds, i18n.language) })}
        </span>
        <Button size="sm" variant="quiet" onClick={() => session.answerOffer(false)}>
          {t('room.offer.leave')}
        </Button>
        <Button size="sm" variant="primary" onClick={() => session.answerOffer(true)}>
          {t('room.offer.take')}
        </Button>
      </footer>
    </section>
  );
}
