import { DoorOpen, PanelRightClose, PanelRightOpen, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can, useLive, useRoom } from '@/connection';
import { useUnread } from '@/features/chat';
import { IconButton } from '@/ui/IconButton';
import { InviteButton } from './InviteButton';
import { SettingsDialog } from './SettingsDialog';

interface TopBarProps {
  sideShown: boolean;
  onSide: () => void;
  onLeave: () => void;
}

export function TopBar({ sideShown, onSide, onLeave }: TopBarProps) {
  const { t } = useTranslation();
  const name = useRoom((room) => room.settings.name);
  const code = useRoom((room) => room.code);
  const manages = useRoom((room, { me }) => can.manage(room, me).allowed);
  const connected = useLive((state) => state.connection.kind === 'live');
  const unread = useUnread(sideShown);
  const [settings, setSettings] = useState(false);
  return (
    <header className="room-top flex items-center gap-2 px-3 sm:px-5">
      <div className="flex min-w-0 flex-1 items-baseline gap-3">
        <h1 className="truncate font-semibold text-base sm:text-lg">
          <bdi>{name}</bdi>
        </h1>
        <span
          className="tabular hidden shrink-0 rounded-full border border-line bg-inset px-2.5 py-0.5 font-medium text-dim text-xs tracking-widest sm:inline"
          title={t('room.code', { code })}
        >
          {code}
        </span>
        <span
          role="img"
          aria-label={connected ? t('connection.live') : t('connection.trying')}
          className={`size-2 shrink-0 self-center rounded-full ${connected ? 'bg-sync-good' : 'animate-pulse bg-sync-off'}`}
        />
      </div>
      <InviteButton />
      {manages ? (
        <IconButton
          label={t('room.settings')}
          icon={<SlidersHorizontal size={20} aria-hidden="true" />}
          onClick={() => setSettings(true)}
        />
      ) : null}
      <span className="room-side-switch relative">
        <IconButton
          label={sideShown ? t('room.hideSide') : t('room.showSide')}
          shortcut="c"
          icon={
            sideShown ? (
              <PanelRightClose size={20} aria-hidden="true" />
            ) : (
              <PanelRightOpen size={20} aria-hidden="true" />
            )
          }
          onClick={onSide}
        />
        {unread > 0 ? (
          <span className="tabular pointer-events-none absolute top-0.5 right-0.5 rounded-full bg-accent px-1.5 text-accent-ink text-xs">
            <span aria-hidden="true">{unread}</span>
            <span className="sr-only">{t('chat.unread', { count: unread })}</span>
          </span>
        ) : null}
      </span>
      <IconButton label={t('room.leave')} icon={<DoorOpen size={20} aria-hidden="true" />} onClick={onLeave} />
      {manages ? <SettingsDialog open={settings} onOpenChange={setSettings} /> : null}
    </header>
  );
}
