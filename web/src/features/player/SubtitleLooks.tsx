import { useTranslation } from 'react-i18next';
import { Select } from '@/ui/Select';
import { BACKGROUNDS, changeLook, SIZES, type SubtitleLook, useSubtitleLook } from './subtitle-store';

/** Size and background, kept by this device: a phone and a television need different ones. */
export function SubtitleLooks() {
  const { t } = useTranslation();
  const { size, background } = useSubtitleLook();
  return (
    <div className="grid grid-cols-2 gap-3">
      <Select<SubtitleLook['size']>
        label={t('player.tracks.size')}
        value={size}
        options={SIZES.map((value) => ({ value, label: t(`player.tracks.sizes.${value}`) }))}
        onChange={(value) => changeLook({ size: value })}
      />
      <Select<SubtitleLook['background']>
        label={t('player.tracks.background')}
        value={background}
        options={BACKGROUNDS.map((value) => ({ value, label: t(`player.tracks.backgrounds.${value}`) }))}
        onChange={(value) => changeLook({ background: value })}
      />
    </div>
  );
}
