import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RoomCode } from '@/api/generated/protocol';
import { DropTarget } from './DropTarget';
import { FilePicker } from './FilePicker';
import { type OnCreated, uploadFile } from './upload-store';

export interface UploadDropProps {
  /** The film has its id; it can be chosen while its bytes still arrive. Also called when an upload is taken up again. */
  onCreated: OnCreated;
  room?: RoomCode;
  /** Fills a place that is all about bringing a film; otherwise only the button is seen. */
  roomy?: boolean;
}

/** Where a film comes in: dropped anywhere in the window, or picked (UPL-1). */
export function UploadDrop({ onCreated, room, roomy = true }: UploadDropProps) {
  const { t } = useTranslation();
  const take = (files: File[]) => {
    for (const file of files) uploadFile(file, { room, onCreated });
  };
  return (
    <>
      <DropTarget onFiles={take} />
      {roomy ? (
        <div className="flex w-full flex-col items-center justify-center gap-4 rounded-lg border-2 border-line-strong/60 border-dashed px-6 py-12 text-center">
          <span className="inline-flex size-16 items-center justify-center rounded-full bg-accent-soft text-accent-text">
            <Film size={30} aria-hidden="true" />
          </span>
          <div className="flex flex-col gap-1">
            <p className="font-semibold text-lg">{t('uploads.drop')}</p>
            <p className="text-dim text-sm">{t('uploads.formats')}</p>
          </div>
          <FilePicker onFiles={take} size="lg" />
        </div>
      ) : (
        <FilePicker onFiles={take} variant="secondary" size="sm" />
      )}
    </>
  );
}
