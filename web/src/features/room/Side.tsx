import { MessageCircle, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoom } from '@/connection';
import { ChatPanel, useUnread } from '@/features/chat';
import { PeoplePanel } from '@/features/people';
import { Panel } from '@/ui/Panel';
import { Tabs } from '@/ui/Tabs';
import { QueueSection } from './QueueSection';

interface SideProps {
  /** One at a time: there is no room for both. */
  tabs: boolean;
  onResync: (() => void) | null;
}

/** People and chat: beside the film where there is room for both, as tabs below or over it on a phone. */
export function Side({ tabs, onResync }: SideProps) {
  return (
    <Panel as="aside" className="room-side flex min-h-0 flex-col overflow-hidden">
      {tabs ? <SideTabs onResync={onResync} /> : <SideColumn onResync={onResync} />}
    </Panel>
  );
}

function SideColumn({ onResync }: { onResync: SideProps['onResync'] }) {
  return (
    <>
      <PeoplePanel onResync={onResync} />
      <QueueSection />
      <ChatPanel className="border-line border-t" />
    </>
  );
}

type Tab = 'chat' | 'people';

function SideTabs({ onResync }: { onResync: SideProps['onResync'] }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('chat');
  const unread = useUnread(tab === 'chat');
  const people = useRoom((room) => room.participants.length);
  return (
    <Tabs<Tab>
      label={t('room.side')}
      value={tab}
      onChange={setTab}
      keepMounted
      className="min-h-0 flex-1 pt-2 *:data-[orientation]:mx-3"
      tabs={[
        {
          id: 'chat',
          label: t('chat.title'),
          icon: <MessageCircle size={16} aria-hidden="true" />,
          badge:
            unread > 0 ? (
              <span className="rounded-full bg-accent px-1.5 text-accent-ink text-xs">
                <span aria-hidden="true">{unread}</span>
                <span className="sr-only">{t('chat.unread', { count: unread })}</span>
              </span>
            ) : null,
          content: <ChatPanel hideTitle />,
        },
        {
          id: 'people',
          label: t('people.title'),
          icon: <Users size={16} aria-hidden="true" />,
          badge: <span className="tabular text-faint text-xs">{people}</span>,
          content: (
            <div className="min-h-0 flex-1 overflow-y-auto">
              <PeoplePanel onResync={onResync} hideTitle />
              <QueueSection />
            </div>
          ),
        },
      ]}
    />
  );
}
