import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatLanguage } from '@/lib/format';
import { trackName } from '@/lib/languages';
import type { Player, SoundTrack } from '@/players';
import { RadioList } from '@/ui/RadioList';
import type { PlayerStore } from './player-store';
import { rememberSound } from './sound-memory';

/** The sound of one's own film; the others go on hearing theirs. Nothing where there is no choice. */
export function SoundChoice({ player, status }: { player: Player; status: PlayerStore }) {
  const { t, i18n } = useTranslation();
  const { available, playing } = useStore(status, (state) => state.sound);
  if (available.length < 2) return null;
  const choose = (value: string) => {
    const track = available.find(({ id }) => String(id) === value);
    if (!track) return;
    player.chooseSound(track.id);
    rememberSound(track);
  };
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{t('player.tracks.sound')}</h3>
      <RadioList
        label={t('player.tracks.sound')}
        value={String(playing)}
        options={available.map((track) => ({
          value: String(track.id),
          label: nameOf(track, i18n.language, t('player.tracks.number', { number: track.id + 1 })),
          hint: hintOf(track, i18n.language),
        }))}
        onChange={choose}
      />
    </section>
  );
}

function nameOf({ label, language }: SoundTrack, locale: string, otherwise: string): string {
  return trackName(label, language, locale) || (language ? formatLanguage(language, locale) : otherwise);
}

/** The language, where the name alone does not say it. */
function hintOf({ label, language }: SoundTrack, locale: string): string | undefined {
  if (!label || !language) return undefined;
  const name = formatLanguage(language, locale);
  return trackName(label, language, locale).toLowerCase().includes(name.toLowerCase()) ? undefined : name;
}
