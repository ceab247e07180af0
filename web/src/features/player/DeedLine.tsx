import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandKind } from '@/api/generated/protocol';
import { type Deed, useLive } from '@/connection';
import { formatMediaTime } from '@/lib/format';
import { formatRate } from './rates';

const SHOWN_MS = 3_500;
const TOLD: readonly CommandKind[] = ['PLAY', 'PAUSE', 'SEEK', 'SET_RATE', 'SET_SOURCE'];
type ToldKind = Exclude<CommandKind, 'STATE_SNAPSHOT'>;

/** The small line on the film: who did what to it. It fades; the chat keeps it. */
export function DeedLine() {
  const { t, i18n } = useTranslation();
  const deed = useLive((state) => state.deed);
  const [seen, setSeen] = useState<number | null>(deed?.sequenceNumber ?? null);

  useEffect(() => {
    if (deed === null) return;
    const timer = setTimeout(() => setSeen(deed.sequenceNumber), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [deed]);

  if (deed === null || deed.sequenceNumber === seen || !TOLD.includes(deed.kind)) return null;
  const kind = deed.kind as ToldKind; // STATE_SNAPSHOT was left out above
  const values = valuesOf(deed, i18n.language);
  return (
    <p
      key={deed.sequenceNumber}
      role="status"
      className="glass-floating pointer-events-none max-w-full animate-rise truncate rounded-full px-4 py-1.5 text-sm"
    >
      {deed.mine ? t(`player.mine.${kind}`, values) : t(`player.deed.${kind}`, values)}
    </p>
  );
}

function valuesOf({ who, playback }: Deed, locale: string) {
  return {
    who,
    position: formatMediaTime(playback.anchorMediaTimeMs),
    rate: formatRate(playback.playbackRate, locale),
  };
}
