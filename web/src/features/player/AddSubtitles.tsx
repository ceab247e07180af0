import { useMutation } from '@tanstack/react-query';
import { FilePlus2, Users } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VideoId } from '@/api/generated/protocol';
import { convertSubtitles } from '@/api/subtitles';
import { useRoom } from '@/connection';
import { parseVtt } from '@/lib/vtt';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { ShareSubtitles } from './ShareSubtitles';
import { labelOf, languageOf, SUBTITLE_FILES } from './subtitle-file';
import { subtitleProblem } from './subtitle-problem';
import { addOwnSubtitles } from './subtitle-store';
import { useOwnFilm } from './use-own-film';

/** A file of subtitles for oneself, in this tab; whoever brought the film may add one for everybody. */
export function AddSubtitles({ film }: { film: VideoId }) {
  const { t } = useTranslation();
  const room = useRoom(({ code }) => code);
  const own = useOwnFilm(film, true) !== null;
  const [shared, setShared] = useState<File | null>(null);
  const convert = useMutation({
    mutationFn: async (file: File) => {
      const language = languageOf(file.name);
      const cues = parseVtt(await convertSubtitles(file, language, room));
      addOwnSubtitles(film, { label: labelOf(file.name), language, cues });
    },
  });
  if (shared) return <ShareSubtitles film={film} file={shared} onDone={() => setShared(null)} />;
  return (
    <div className="flex flex-col gap-2 pb-1">
      <div className="-mx-1 flex flex-wrap gap-1">
        <FileButton
          label={t('player.tracks.addOwn')}
          icon={<FilePlus2 size={16} aria-hidden="true" />}
          busy={convert.isPending}
          onFile={(file) => convert.mutate(file)}
        />
        {own ? (
          <FileButton
            label={t('player.tracks.addShared')}
            icon={<Users size={16} aria-hidden="true" />}
            onFile={setShared}
          />
        ) : null}
      </div>
      {convert.error ? (
        <FieldNote id="convert-problem" tone="error">
          {subtitleProblem(convert.error, t)}
        </FieldNote>
      ) : null}
    </div>
  );
}

interface FileButtonProps {
  label: string;
  icon: ReactNode;
  busy?: boolean;
  onFile: (file: File) => void;
}

function FileButton({ label, icon, busy = false, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="relative inline-flex">
      <Button size="sm" variant="quiet" icon={icon} busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={SUBTITLE_FILES}
        aria-label={label}
        // The button is the way for the keyboard; the input stays for assistive technology.
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          // The same file can be picked again.
          event.target.value = '';
        }}
      />
    </span>
  );
}
