import { useEffect, useState } from 'react';
import { useLive, useSession } from '@/connection';
import { personColour } from '@/ui/person-colour';

const SHOWN = 4;
const SHOWN_MS = 9_000;

/** In fullscreen the newest lines float over the picture for a while; the rest waits in the panel. */
export function ChatOverlay() {
  const session = useSession();
  const messages = useLive((state) => state.chat.messages);
  const participants = useLive((state) => state.room?.participants ?? null);
  const [now, setNow] = useState(() => session.serverNow() ?? 0);

  useEffect(() => {
    const timer = setInterval(() => setNow(session.serverNow() ?? 0), 1_000);
    return () => clearInterval(timer);
  }, [session]);

  const recent = messages.slice(-SHOWN).filter(({ sentAtMs }) => now - sentAtMs < SHOWN_MS);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute bottom-32 left-4 z-10 flex max-w-sm flex-col gap-1.5"
    >
      {recent.map(({ position, author, authorName, body }) =>
        body.kind === 'text' ? (
          <p
            key={position}
            className="glass-floating animate-rise rounded-md px-3 py-1.5 text-sm [overflow-wrap:anywhere]"
          >
            <span
              className="mr-2 font-semibold"
              style={{ color: personColour(participants?.find(({ id }) => id === author)?.colour ?? 0) }}
            >
              {authorName}
            </span>
            {body.text}
          </p>
        ) : null,
      )}
    </div>
  );
}
