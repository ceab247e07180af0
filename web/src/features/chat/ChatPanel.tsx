import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@/ui/class-names';
import { Composer } from './Composer';
import { MessageList } from './MessageList';

/** What people say to each other and what the room tells of itself. */
export function ChatPanel({ hideTitle = false, className }: { hideTitle?: boolean; className?: string }) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={classNames('flex min-h-0 flex-1 flex-col', className)}>
      <h2 id={titleId} className={hideTitle ? 'sr-only' : 'px-4 pt-3 pb-1 font-semibold text-dim text-sm'}>
        {t('chat.title')}
      </h2>
      <MessageList />
      <Composer />
    </section>
  );
}
