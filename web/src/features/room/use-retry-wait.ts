import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionState } from '@/connection';
import { formatWait } from '@/lib/format';

/** The time to the next try in words, counting down; nothing while no try is waited for. */
export function useRetryWait(connection: ConnectionState | undefined): string | null {
  const { i18n } = useTranslation();
  const retryAt = connection?.kind === 'lost' ? connection.retryAt : null;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (retryAt === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [retryAt]);
  return retryAt === null ? null : formatWait(Math.max(1, (retryAt - now) / 1000), i18n.language);
}
