import { ArrowDown } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRoom, useSession } from '@/connection';
import { Button } from '@/ui/Button';
import { Spinner } from '@/ui/Spinner';
import { ChatLines } from './ChatLines';
import { OwnLines } from './OwnLines';
import { useChatScroll } from './use-chat-scroll';

export function MessageList() {
  const { t } = useTranslation();
  const session = useSession();
  const chat = useLive((state) => state.chat);
  const participants = useRoom((room) => room.participants);
  const loadOlder = useCallback(() => session.loadOlder(), [session]);
  const { list, lines, behind, onScroll, toEnd } = useChatScroll(chat, loadOlder);
  const quiet = chat.messages.length === 0 && chat.own.length === 0;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={list}
        role="log"
        aria-label={t('chat.title')}
        // Reachable by keyboard, because it scrolls.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-md px-3 py-1 [overflow-anchor:none]"
      >
        <div ref={lines}>
          {chat.loadingOlder ? (
            <p role="status" className="flex items-center justify-center gap-2 py-2 text-dim text-xs">
              <Spinner /> {t('chat.loadingOlder')}
            </p>
          ) : null}
          {chat.more && !chat.loadingOlder ? (
            <div className="flex justify-center py-1">
              <Button size="sm" variant="quiet" onClick={loadOlder}>
                {t('chat.older')}
              </Button>
            </div>
          ) : null}
          {quiet ? <p className="px-2 py-6 text-center text-dim text-sm">{t('chat.empty')}</p> : null}
          <ChatLines messages={chat.messages} participants={participants} />
          <OwnLines lines={chat.own} />
        </div>
      </div>
      {behind ? (
        <Button
          size="sm"
          className="-translate-x-1/2 glass-floating absolute bottom-2 left-1/2"
          icon={<ArrowDown size={16} aria-hidden="true" />}
          onClick={toEnd}
        >
          {t('chat.newMessages')}
        </Button>
      ) : null}
    </div>
  );
}
