import { Upload } from 'lucide-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useFileDrop } from './use-file-drop';

/** The whole window takes films; while one hovers over it, it says so. */
export function DropTarget({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const hovering = useFileDrop(onFiles);
  if (!hovering) return null;
  return createPortal(
    <div className="pointer-events-none fixed inset-0 z-50 grid animate-fade place-items-center bg-scrim p-4 backdrop-blur-[3px]">
      <div className="glass-floating flex animate-rise items-center gap-4 rounded-lg border-2 border-accent px-8 py-6 font-semibold text-ink text-lg">
        <Upload size={26} className="text-accent-text" aria-hidden="true" />
        {t('uploads.letGo')}
      </div>
    </div>,
    document.body,
  );
}
