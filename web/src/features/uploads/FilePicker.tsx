import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonSize, type ButtonVariant } from '@/ui/Button';
import { ACCEPTED_FILES } from './accepts';

export interface FilePickerProps {
  onFiles: (files: File[]) => void;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Another name for the button, where the same file is asked for again. */
  label?: string;
  /** And another name for its input, so that the two can be told apart. */
  inputLabel?: string;
}

/** The button `Upload a film` and, beside it, the file input that it opens. */
export function FilePicker({ onFiles, variant = 'primary', size = 'md', label, inputLabel }: FilePickerProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="relative inline-flex">
      <Button
        variant={variant}
        size={size}
        icon={<Upload size={18} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        {label ?? t('uploads.button')}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED_FILES}
        aria-label={inputLabel ?? t('uploads.file')}
        // The button is the way for the keyboard; the input stays for assistive technology.
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be picked again: after a failure that is what people do.
          event.target.value = '';
        }}
      />
    </span>
  );
}
