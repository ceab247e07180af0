import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoId } from '@/api/generated/protocol';
import { addSubtitles } from '@/api/subtitles';
import { useRoom } from '@/connection';
import { formatLanguage } from '@/lib/format';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { LABEL_CHARACTERS, LANGUAGES, labelOf, languageOf } from './subtitle-file';
import { subtitleProblem } from './subtitle-problem';
import { chooseSubtitles } from './subtitle-store';

const UNKNOWN = 'unknown';

/** The name under which everybody finds the subtitles that somebody adds to his film. */
export function ShareSubtitles({ film, file, onDone }: { film: VideoId; file: File; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const room = useRoom(({ code }) => code);
  const [language, setLanguage] = useState(languageOf(file.name) ?? UNKNOWN);
  const [label, setLabel] = useState(labelOf(file.name));
  const spoken = language === UNKNOWN ? null : language;
  const add = useMutation({
    mutationFn: () => addSubtitles(film, file, { label: label.trim() || labelOf(file.name), language: spoken }, room),
    onSuccess: (track) => {
      chooseSubtitles(film, track);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className="flex flex-col gap-3 border-line border-y py-3" onSubmit={submit}>
      <TextField
        label={t('player.tracks.label')}
        value={label}
        maxLength={LABEL_CHARACTERS}
        autoComplete="off"
        error={add.error ? subtitleProblem(add.error, t) : undefined}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Select
        label={t('player.tracks.language')}
        value={language}
        options={languages(i18n.language, t('player.tracks.unknownLanguage'))}
        onChange={setLanguage}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button size="sm" variant="primary" type="submit" busy={add.isPending}>
          {t('player.tracks.addShared')}
        </Button>
      </div>
    </form>
  );
}

function languages(locale: string, unknown: string): { value: string; label: string }[] {
  const named = LANGUAGES.map((value) => ({ value, label: formatLanguage(value, locale) }));
  const { compare } = new Intl.Collator(locale);
  return [{ value: UNKNOWN, label: unknown }, ...named.sort((a, b) => compare(a.label, b.label))];
}
