import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeMessage } from '@/api/problem';
import { can, useLive, useSession } from '@/connection';
import { IconButton } from '@/ui/IconButton';

/** As the server counts: characters, not UTF-16 units. */
const MAX_CHARS = 2_000;

export function Composer() {
  const { t } = useTranslation();
  const session = useSession();
  // The words stay in the field itself: tools that fill fields, such as password managers, dictation and drivers of
  // browsers, do not all tell the page's code, and what stands there is what is sent.
  const field = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(0);
  const noteId = useId();
  const why = useLive(({ room, me }) => {
    const permission = room === null ? null : can.write(room, me);
    return permission === null || permission.allowed ? null : permission.why;
  });
  const note = why !== null ? codeMessage(why) : over > 0 ? t('chat.tooLong', { over }) : null;

  const send = () => {
    const text = field.current?.value.trim() ?? '';
    const tooMany = excess(text);
    setOver(tooMany);
    if (!field.current || text === '' || tooMany > 0 || why !== null) return;
    session.say(text);
    field.current.value = '';
  };
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const pressed = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form onSubmit={submitted} className="flex flex-col gap-1 p-3 pt-2">
      {note ? (
        <p id={noteId} role="status" className={why !== null ? 'text-dim text-xs' : 'text-alert text-xs'}>
          {note}
        </p>
      ) : null}
      <div className="flex items-end gap-1 rounded-[24px] border border-line-strong/50 bg-inset pr-1 focus-within:outline-2 focus-within:outline-(--focus) focus-within:outline-offset-1">
        <textarea
          aria-label={t('chat.message')}
          aria-describedby={note ? noteId : undefined}
          placeholder={t('chat.placeholder')}
          rows={1}
          dir="auto"
          ref={field}
          disabled={why !== null}
          enterKeyHint="send"
          onChange={(event) => setOver(excess(event.target.value))}
          onKeyDown={pressed}
          className="peer field-sizing-content max-h-32 min-h-11 flex-1 resize-none bg-transparent px-4 py-2.5 text-base outline-none placeholder:text-faint disabled:opacity-50 sm:text-sm"
        />
        <IconButton
          type="submit"
          label={t('chat.send')}
          disabled={over > 0 || why !== null}
          icon={<SendHorizontal size={20} aria-hidden="true" />}
          className="text-accent-text transition-opacity peer-placeholder-shown:opacity-40"
        />
      </div>
    </form>
  );
}

/** How many characters a message has too many. */
function excess(text: string): number {
  return Math.max(0, [...text.trim()].length - MAX_CHARS);
}
