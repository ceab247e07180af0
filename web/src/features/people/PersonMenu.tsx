import { Crown, DoorOpen, EllipsisVertical, Hand, HandGrab, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '@/api/generated/protocol';
import { can, useLive, useRoom, useSession } from '@/connection';
import { IconButton } from '@/ui/IconButton';
import { Menu, type MenuEntry } from '@/ui/Menu';
import { toast } from '@/ui/toast-store';
import { SendOutDialog } from './SendOutDialog';

/** What the owner can do about a person. Nothing is shown to those who cannot. */
export function PersonMenu({ person }: { person: Participant }) {
  const { t } = useTranslation();
  const me = useLive((state) => state.me);
  const room = useRoom((state) => state);
  const session = useSession();
  const [sendingOut, setSendingOut] = useState(false);
  const entries: MenuEntry[] = [];

  const select = (selected: boolean) => {
    // Control by name begins with the first name that is given.
    if (selected && room.settings.playbackControl !== 'selected') {
      session.request({ type: 'room:settings', patch: { playbackControl: 'selected' } });
      toast({ text: t('people.controlByName') });
    }
    session.request({ type: 'room:select', participant: person.id, selected });
  };

  if (can.select(room, me, person.id).allowed && room.settings.playbackControl !== 'all') {
    const { selected } = person;
    entries.push({
      kind: 'item',
      label: selected ? t('people.takeControl') : t('people.giveControl'),
      icon: selected ? <HandGrab size={18} aria-hidden="true" /> : <Hand size={18} aria-hidden="true" />,
      onSelect: () => select(!selected),
    });
  }
  if (room.settings.autoHandover && can.delegate(room, me, person.id).allowed) {
    const isDelegate = room.delegateId === person.id;
    entries.push({
      kind: 'toggle',
      label: t('people.takesOver'),
      icon: <KeyRound size={18} aria-hidden="true" />,
      checked: isDelegate,
      onSelect: () => session.request({ type: 'room:delegate', participant: isDelegate ? null : person.id }),
    });
  }
  if (can.makeOwner(room, me, person.id).allowed) {
    entries.push({
      kind: 'item',
      label: t('people.makeOwner'),
      icon: <Crown size={18} aria-hidden="true" />,
      onSelect: () => session.request({ type: 'room:transfer', participant: person.id }),
    });
  }
  if (can.sendOut(room, me, person.id).allowed) {
    entries.push(
      { kind: 'separator' },
      {
        kind: 'item',
        label: t('people.sendOut'),
        icon: <DoorOpen size={18} aria-hidden="true" />,
        danger: true,
        onSelect: () => setSendingOut(true),
      },
    );
  }
  if (entries.length === 0) return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t('people.actions', { name: person.name })}
            icon={<EllipsisVertical size={18} aria-hidden="true" />}
          />
        }
        entries={entries}
      />
      {sendingOut ? <SendOutDialog person={person} onClose={() => setSendingOut(false)} /> : null}
    </>
  );
}
