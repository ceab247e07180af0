import { AudioLines } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Player } from '@/players';
import { IconButton } from '@/ui/IconButton';
import { Popover } from '@/ui/Popover';
import type { PlayerStore } from './player-store';
import { SoundChoice } from './SoundChoice';

/** What one hears and reads of the film, each for himself (SRC-6). */
export function TracksMenu({ player, status }: { player: Player; status: PlayerStore }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const hasChoice = useStore(status, (state) => state.sound.available.length > 1);
  if (!hasChoice) return null;
  return (
    <Popover
      side="top"
      open={open}
      onOpenChange={setOpen}
      title={t('player.tracks.title')}
      trigger={<IconButton label={t('player.tracks.name')} icon={<AudioLines size={20} aria-hidden="true" />} />}
    >
      <SoundChoice player={player} status={status} />
    </Popover>
  );
}
