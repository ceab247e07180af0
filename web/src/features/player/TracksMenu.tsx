import { Captions } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Player } from '@/players';
import { IconButton } from '@/ui/IconButton';
import { Popover } from '@/ui/Popover';
import type { PlayerStore } from './player-store';
import { SoundChoice } from './SoundChoice';
import { SubtitleChoice } from './SubtitleChoice';
import type { Subtitles } from './use-subtitles';

interface TracksMenuProps {
  player: Player;
  status: PlayerStore;
  subtitles: Subtitles;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What one hears and reads of the film, each for himself (SRC-6). */
export function TracksMenu({ player, status, subtitles, open, onOpenChange }: TracksMenuProps) {
  const { t } = useTranslation();
  return (
    <Popover
      side="top"
      open={open}
      onOpenChange={onOpenChange}
      title={t('player.tracks.title')}
      trigger={
        <IconButton
          label={t('player.tracks.name')}
          icon={<Captions size={20} aria-hidden="true" />}
          active={subtitles.shown !== null}
        />
      }
    >
      <SoundChoice player={player} status={status} />
      <SubtitleChoice subtitles={subtitles} />
    </Popover>
  );
}
