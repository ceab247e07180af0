import { Check, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useSession } from '@/connection';
import { useRetryWait } from './use-retry-wait';

const GREETING_MS = 2_500;
/** Most losses are over before anybody needs to know. */
const QUIET_MS = 400;

/** The slim line at the top while the room cannot be reached; green for a moment when it is back. */
export function ConnectionLine() {
  const { t } = useTranslation();
  const session = useSession();
  const connection = useLive((state) => state.connection);
  const isPlaying = useLive((state) => state.room?.playback.isPlaying === true);
  const wait = useRetryWait(connection);
  const shown = useShown(
    connection.kind === 'live' ? 'live' : 'lost',
    connection.kind === 'live' && connection.returned,
  );

  if (shown === 'nothing') return null;
  if (shown === 'back') {
    return (
      <p role="status" className="connection-line connection-line-back animate-fade">
        <Check size={16} className="text-sync-good" aria-hidden="true" />
        {t('connection.back')}
      </p>
    );
  }
  return (
    <div role="alert" className="connection-line animate-fade">
      <WifiOff size={16} className="shrink-0 text-alert" aria-hidden="true" />
      {wait === null ? (
        <span className="truncate">
          {connection.kind === 'silent' ? t('connection.silent') : t('connection.trying')}
        </span>
      ) : (
        <>
          <span className="tabular truncate max-sm:hidden">{t('connection.lost', { wait: wait.words })}</span>
          <span className="tabular truncate sm:hidden">{t('connection.lostShort', { wait: wait.brief })}</span>
        </>
      )}
      {isPlaying ? <span className="hidden text-dim sm:inline">{t('connection.playsOn')}</span> : null}
      {wait === null && connection.kind !== 'silent' ? null : (
        <button
          type="button"
          className="shrink-0 rounded-full px-2 font-semibold text-accent-text underline-offset-2 hover:underline"
          onClick={() => session.retryNow()}
        >
          {t('connection.tryNow')}
        </button>
      )}
    </div>
  );
}

function useShown(state: 'live' | 'lost', returned: boolean): 'nothing' | 'lost' | 'back' {
  const [shown, setShown] = useState<'nothing' | 'lost' | 'back'>('nothing');
  useEffect(() => {
    if (state === 'lost') {
      const timer = setTimeout(() => setShown('lost'), QUIET_MS);
      return () => clearTimeout(timer);
    }
    // Only those who saw it go are told that it is back.
    setShown((before) => (before === 'lost' && returned ? 'back' : 'nothing'));
    const timer = setTimeout(() => setShown('nothing'), GREETING_MS);
    return () => clearTimeout(timer);
  }, [state, returned]);
  return shown;
}
