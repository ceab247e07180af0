import { useTranslation } from 'react-i18next';
import type { Waiting } from '@/api/generated/protocol';
import { useLive, useRoom, useSecondsUntil, useSession } from '@/connection';
import { formatSeconds } from '@/lib/format';
import { Button } from '@/ui/Button';
import { CountdownRing } from '@/ui/CountdownRing';
import { useMayMove } from './use-playback-controls';
import { waitingWords } from './waiting-words';

/** How long a room waits at most, by the server's rule; only how full the ring is hangs on it. */
const LONGEST_S = { first_load: 60, rebuffer: 10 } as const;

/** The film stands for somebody: who it is, when it goes on without him, and the way to go on at once (BEY-4). */
export function WaitingNotice({ waiting }: { waiting: Waiting }) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const people = useRoom((room) => room.participants);
  const me = useLive((state) => state.me);
  const seconds = useSecondsUntil(waiting.untilMs);
  const may = useMayMove();
  const { title, reason } = waitingWords(waiting, people, me, t, i18n.language);
  return (
    <div className="glass-floating flex w-full max-w-lg animate-rise items-center gap-3 rounded-lg py-2.5 pr-3 pl-3 text-sm sm:gap-4 sm:py-3.5 sm:pr-4 sm:pl-4">
      <CountdownRing seconds={seconds} ofSeconds={LONGEST_S[waiting.cause]} />
      <div className="min-w-0 flex-1">
        <p role="status" className="font-semibold [overflow-wrap:anywhere] max-sm:line-clamp-2">
          {title}
        </p>
        <p className="text-dim">
          <span className="max-sm:hidden">{reason} </span>
          {/* A timer is not read out each second, as a status would be. */}
          <span role="timer" className="tabular whitespace-nowrap">
            {seconds === null ? null : t('player.waiting.goesOn', { wait: formatSeconds(seconds, i18n.language) })}
          </span>
        </p>
      </div>
      {may.allowed ? (
        <Button size="sm" variant="primary" onClick={() => session.command({ kind: 'play' })}>
          {t('player.waiting.goOn')}
        </Button>
      ) : null}
    </div>
  );
}
