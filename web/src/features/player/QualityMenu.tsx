import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useRoom } from '@/connection';
import type { Player, Qualities } from '@/players';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import type { PlayerStore } from './player-store';

const AUTO = 'auto';

/** The quality of one's own picture; nobody else sees a difference. What is not made yet is not offered (TRN-3). */
export function QualityMenu({ player, status }: { player: Player; status: PlayerStore }) {
  const { t } = useTranslation();
  const qualities = useStore(status, (state) => state.qualities);
  const unfinished = useRoom(({ video }) => (video === null || video.status === 'ready' ? null : video.renditions));
  const offered = qualities.available.filter(
    ({ height }) => unfinished?.some((made) => made.height === height) ?? true,
  );
  if (offered.length < 2) return null;
  const now = heightOf(qualities, qualities.playing);
  const automatic = now === null ? t('player.qualityAuto') : t('player.qualityAutoNow', { quality: now });
  const fixed = offered.sort((a, b) => b.height - a.height);
  return (
    <Menu
      side="top"
      trigger={<IconButton label={t('player.quality')} icon={<Settings2 size={20} aria-hidden="true" />} />}
      entries={[
        { kind: 'label', label: t('player.qualityTitle') },
        {
          kind: 'options',
          value: qualities.choice.kind === 'auto' ? AUTO : String(qualities.choice.id),
          options: [
            { value: AUTO, label: qualities.choice.kind === 'auto' ? automatic : t('player.qualityAuto') },
            ...fixed.map(({ id, height }) => ({ value: String(id), label: `${height}p` })),
          ],
          onSelect: (value) =>
            player.chooseQuality(value === AUTO ? { kind: 'auto' } : { kind: 'fixed', id: Number(value) }),
        },
      ]}
    />
  );
}

function heightOf({ available }: Qualities, id: number | null): string | null {
  const quality = available.find((candidate) => candidate.id === id);
  return quality ? `${quality.height}p` : null;
}
