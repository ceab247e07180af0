import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { orTell } from '@/api/or-tell';
import { removeSubtitles } from '@/api/subtitles';
import { useRoom } from '@/connection';
import { formatLanguage } from '@/lib/format';
import { trackName } from '@/lib/languages';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { RadioList } from '@/ui/RadioList';
import { AddSubtitles } from './AddSubtitles';
import { SubtitleDelay } from './SubtitleDelay';
import { SubtitleLooks } from './SubtitleLooks';
import { OFF } from './subtitle-choice';
import { chooseSubtitles, hideSubtitles } from './subtitle-store';
import { useOwnFilm } from './use-own-film';
import type { ChoosableSubtitles, Subtitles } from './use-subtitles';

/** The subtitles that one reads oneself: which, when, and how they look. */
export function SubtitleChoice({ subtitles }: { subtitles: Subtitles }) {
  const { t, i18n } = useTranslation();
  const { film, tracks, shown, problem, retry } = subtitles;
  if (film === null) return null;
  const choose = (value: string) => {
    const track = tracks.find(({ id }) => id === value);
    if (track) chooseSubtitles(film, track);
    else hideSubtitles(film);
  };
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{t('player.tracks.subtitles')}</h3>
      <RadioList
        label={t('player.tracks.subtitles')}
        value={shown?.id ?? OFF}
        options={[
          { value: OFF, label: t('player.tracks.off') },
          ...tracks.map((track) => ({
            value: track.id,
            label: trackName(track.label, track.language, i18n.language),
            hint: hintOf(track, i18n.language, t),
          })),
        ]}
        onChange={choose}
      />
      {problem ? (
        <div className="flex items-center justify-between gap-3">
          <FieldNote id="subtitle-problem" tone="error">
            {t('player.tracks.unavailable')}
          </FieldNote>
          <Button size="sm" onClick={retry}>
            {t('ui.tryAgain')}
          </Button>
        </div>
      ) : null}
      <AddSubtitles film={film} />
      {shown ? (
        <>
          <RemoveTrack film={film} shown={shown} />
          <SubtitleDelay film={film} delayMs={subtitles.delayMs} />
          <SubtitleLooks />
        </>
      ) : null}
    </section>
  );
}

function hintOf(
  { kind, label, language, forced, ...rest }: ChoosableSubtitles,
  locale: string,
  t: ReturnType<typeof useTranslation>['t'],
): string | undefined {
  const spoken = language ? formatLanguage(language, locale) : null;
  const hints = [
    spoken && !trackName(label, language, locale).toLowerCase().includes(spoken.toLowerCase()) ? spoken : null,
    forced ? t('player.tracks.forced') : null,
    kind === 'own' ? t('player.tracks.onlyHere') : null,
    'track' in rest && rest.track.note === 'converted_from_ass' ? t('player.tracks.fromAss') : null,
  ].filter((hint) => hint !== null);
  return hints.length > 0 ? hints.join(' · ') : undefined;
}

/** What somebody added to his film he can take away again. */
function RemoveTrack({ film, shown }: { film: string; shown: ChoosableSubtitles }) {
  const { t } = useTranslation();
  const room = useRoom(({ code }) => code);
  const added = shown.kind === 'film' && shown.track.origin === 'added';
  const own = useOwnFilm(film, added) !== null;
  if (!added || !own) return null;
  return (
    <Button
      size="sm"
      variant="quiet"
      className="self-start"
      icon={<Trash2 size={16} aria-hidden="true" />}
      onClick={() => orTell(removeSubtitles(film, shown.id, room))}
    >
      {t('player.tracks.remove')}
    </Button>
  );
}
