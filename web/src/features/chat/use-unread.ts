import { useEffect, useState } from 'react';
import { useLive } from '@/connection';

/** How many lines others wrote since the chat was last in view. */
export function useUnread(inView: boolean): number {
  const messages = useLive((state) => state.chat.messages);
  const me = useLive((state) => state.me);
  const last = messages.at(-1)?.position ?? 0;
  const [seen, setSeen] = useState(last);

  useEffect(() => {
    if (inView) setSeen(last);
  }, [inView, last]);

  if (inView) return 0;
  return messages.filter(({ position, author, body }) => position > seen && author !== me && body.kind === 'text')
    .length;
}
