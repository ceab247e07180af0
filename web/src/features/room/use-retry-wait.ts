import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionState } from '@/connection';
import { formatSeconds, formatWait } from '@/lib/format';

/** In words, and for where there is little room. */
type RetryWait = { words: string; brief: string };

/** The time to the next try, counting down; nothing while no try is waited for. */
export function useRetryWait(connection: ConnectionState | undefined): RetryWait | null {
  const { i18n } = useTranslation();
  const retryAt = connection?.kind === 'lost' ? connection.retryAt : null;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (retryAt === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [retryAt]);
  if (retryAt === null) return null;
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return { words: formatWait(seconds, i18n.language), brief: formatSeconds(seconds, i18n.language) };
}
