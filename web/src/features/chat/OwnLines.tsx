import { RotateCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { codeMessage } from '@/api/problem';
import { type OwnLine, useSession } from '@/connection';
import { IconButton } from '@/ui/IconButton';

/** One's own lines that the room does not show yet: on their way, or refused with the reason. */
export function OwnLines({ lines }: { lines: readonly OwnLine[] }) {
  return lines.map((line) => <OwnLineRow key={line.id} line={line} />);
}

function OwnLineRow({ line }: { line: OwnLine }) {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="my-1 flex items-start gap-2 pl-9.5">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="whitespace-pre-wrap text-dim text-sm [overflow-wrap:anywhere]">
          {line.text}
        </p>
        {line.kind === 'refused' ? (
          <p role="alert" className="text-alert text-xs">
            {codeMessage(line.code)}
          </p>
        ) : (
          <p className="sr-only">{t('chat.sending')}</p>
        )}
      </div>
      {line.kind === 'refused' ? (
        <>
          <IconButton
            size="sm"
            label={t('chat.retry')}
            icon={<RotateCw size={16} aria-hidden="true" />}
            onClick={() => session.sayAgain(line.id, line.text)}
          />
          <IconButton
            size="sm"
            label={t('chat.discard')}
            icon={<X size={16} aria-hidden="true" />}
            onClick={() => session.discard(line.id)}
          />
        </>
      ) : null}
    </div>
  );
}
