import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaybackControl, SettingsPatch, WaitingPolicy } from '@/api/generated/protocol';
import { orTell } from '@/api/or-tell';
import { deleteRoom, roomInfo } from '@/api/rooms';
import { useRoom, useSession } from '@/connection';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { placesOffered } from './places';

/** What the owner can set while the room is open; every change holds at once (ROOM-6). */
export function SettingsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const settings = useRoom((room) => room.settings);
  const cap = useRoom((room) => room.placesCap);
  const change = (patch: SettingsPatch) => session.request({ type: 'room:settings', patch });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={t('room.settingsDialog.title')}
      description={t('room.settingsDialog.text')}
    >
      <RoomName name={settings.name} onName={(name) => change({ name })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<PlaybackControl>
          label={t('room.settingsDialog.control')}
          value={settings.playbackControl}
          options={[
            { value: 'all', label: t('room.settingsDialog.controlAll') },
            { value: 'owner_only', label: t('room.settingsDialog.controlOwner') },
            { value: 'selected', label: t('room.settingsDialog.controlSelected') },
          ]}
          onChange={(playbackControl) => change({ playbackControl })}
        />
        <Select
          label={t('room.settingsDialog.places')}
          value={String(settings.maxParticipants)}
          options={placesOffered(cap, settings.maxParticipants).map((places) => ({
            value: String(places),
            label: places.toLocaleString(i18n.language),
          }))}
          onChange={(value) => change({ maxParticipants: Number(value) })}
        />
        <Select<WaitingPolicy>
          className="sm:col-span-2"
          label={t('room.settingsDialog.waiting')}
          value={settings.waiting}
          options={[
            {
              value: 'go_on',
              label: t('room.settingsDialog.waitingGoOn'),
              hint: t('room.settingsDialog.waitingGoOnHint'),
            },
            {
              value: 'wait',
              label: t('room.settingsDialog.waitingWait'),
              hint: t('room.settingsDialog.waitingWaitHint'),
            },
            {
              value: 'quorum',
              label: t('room.settingsDialog.waitingQuorum'),
              hint: t('room.settingsDialog.waitingQuorumHint'),
            },
          ]}
          onChange={(waiting) => change({ waiting })}
        />
      </div>
      <PasswordNote />
      <div className="flex flex-col gap-1">
        <Switch
          label={t('room.settingsDialog.chat')}
          hint={t('room.settingsDialog.chatHint')}
          checked={settings.chat}
          onChange={(chat) => change({ chat })}
        />
        <Switch
          label={t('room.settingsDialog.guestChat')}
          hint={t('room.settingsDialog.guestChatHint')}
          checked={settings.guestChat}
          disabled={!settings.chat}
          onChange={(guestChat) => change({ guestChat })}
        />
        <Switch
          label={t('room.settingsDialog.handover')}
          hint={t('room.settingsDialog.handoverHint')}
          checked={settings.autoHandover}
          onChange={(autoHandover) => change({ autoHandover })}
        />
      </div>
      <BannedPeople />
      <CloseRoom />
    </Dialog>
  );
}

/** Sent when the field is left: a name half typed is nobody's business. */
function RoomName({ name, onName }: { name: string; onName: (name: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const commit = () => {
    if (typed.trim() !== '' && typed.trim() !== name) onName(typed.trim());
    else setTyped(name);
  };
  return (
    <TextField
      label={t('room.settingsDialog.name')}
      maxLength={80}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

/** Whether strangers are asked for a password, which is given to a room when it is made (ROOM-1). */
function PasswordNote() {
  const { t } = useTranslation();
  const code = useRoom((room) => room.code);
  const { data } = useQuery({ queryKey: ['rooms', code], queryFn: () => roomInfo(code) });
  if (data === undefined) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-dim text-sm">{t('room.settingsDialog.password')}</h3>
      <p className="text-faint text-xs">
        {t(data.passwordNeeded ? 'room.settingsDialog.passwordSet' : 'room.settingsDialog.passwordNone')}
      </p>
    </section>
  );
}

function BannedPeople() {
  const { t } = useTranslation();
  const session = useSession();
  const banned = useRoom((room) => room.banned);
  if (banned.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-dim text-sm">{t('room.settingsDialog.banned')}</h3>
      <ul>
        {banned.map(({ id, name, reason }) => (
          <li key={id} className="flex min-h-11 items-center justify-between gap-3 text-sm">
            <span className="min-w-0 truncate">
              <bdi>{name}</bdi>
              {reason ? <span className="ml-2 text-dim">{reason}</span> : null}
            </span>
            <Button size="sm" onClick={() => session.request({ type: 'room:unban', participant: id })}>
              {t('room.settingsDialog.unban', { name })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CloseRoom() {
  const { t } = useTranslation();
  const code = useRoom((room) => room.code);
  const [sure, setSure] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4">
      <p className="text-dim text-sm">{t('room.settingsDialog.closeHint')}</p>
      <Button
        variant="danger"
        size="sm"
        onClick={() => (sure ? orTell(deleteRoom(code)) : setSure(true))}
        onBlur={() => setSure(false)}
      >
        {sure ? t('room.settingsDialog.closeSure') : t('room.settingsDialog.close')}
      </Button>
    </div>
  );
}
