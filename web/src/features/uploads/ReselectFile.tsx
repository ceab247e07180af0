import { useTranslation } from 'react-i18next';
import { FilePicker } from './FilePicker';
import { uploadFile } from './upload-store';

/** After a reload the browser has let go of the file; picked again, it goes on where the server stands. */
export function ReselectFile() {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-line bg-inset p-3 text-sm">
      <span className="min-w-48 flex-1 text-dim">{t('uploads.reselect')}</span>
      <FilePicker
        size="sm"
        variant="secondary"
        label={t('uploads.reselectButton')}
        inputLabel={t('uploads.reselectFile')}
        onFiles={(files) => {
          for (const file of files) uploadFile(file);
        }}
      />
    </div>
  );
}
