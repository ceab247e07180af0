import { Volume1, Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { Slider } from '@/ui/Slider';
import type { Volume } from './use-volume';

/** How loud it is on this device. Phones have buttons for that, so there only the switch is shown. */
export function VolumeControl({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const { level, muted, setLevel, toggleMuted } = volume;
  const silent = muted || level === 0;
  const Icon = silent ? VolumeX : level < 0.5 ? Volume1 : Volume2;
  return (
    <div className="flex items-center gap-1">
      <IconButton
        label={silent ? t('player.unmute') : t('player.mute')}
        shortcut="m"
        icon={<Icon size={20} aria-hidden="true" />}
        onClick={toggleMuted}
      />
      <div className="hidden w-20 md:block">
        <Slider
          label={t('player.volume')}
          value={silent ? 0 : Math.round(level * 100)}
          max={100}
          step={5}
          valueText={`${silent ? 0 : Math.round(level * 100)} %`}
          onChange={(value) => setLevel(value / 100)}
        />
      </div>
    </div>
  );
}
