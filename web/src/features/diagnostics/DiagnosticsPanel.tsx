import { Download, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can, useRoom, useSession } from '@/connection';
import { everyWhileVisible } from '@/lib/while-visible';
import { IconButton } from '@/ui/IconButton';
import { DriftChart } from './DriftChart';
import { readRecords } from './diagnostics-store';
import { ExportForm } from './ExportForm';
import { figureGroups } from './figure-lines';
import { figuresOf } from './figures';
import { LastDeeds } from './LastDeeds';
import './diagnostics.css';

/** Quick enough to watch, slow enough to read and to cost nothing. */
const LOOK_MS = 500;

/** How well this page follows, in numbers. Beside the film rather than in front of it: it is watched while the film runs. */
export function DiagnosticsPanel({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const { figures, records } = useFigures();
  // Everybody may look. What a room did is handed on by its owner alone.
  const maySave = useRoom((room, { me }) => can.manage(room, me).allowed);
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const escaped = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };

  return (
    <section
      ref={panel}
      role="dialog"
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={escaped}
      className="diagnostics glass-reading flex animate-rise flex-col gap-3 overflow-y-auto rounded-lg p-4 text-ink outline-none"
    >
      <header className="flex items-center gap-1">
        <h2 id={titleId} className="flex-1 font-semibold text-base">
          {t('diagnostics.title')}
        </h2>
        {maySave ? (
          <IconButton
            size="sm"
            label={t('diagnostics.save')}
            icon={<Download size={18} aria-hidden="true" />}
            aria-expanded={saving}
            onClick={() => setSaving(!saving)}
          />
        ) : null}
        <IconButton size="sm" label={t('ui.close')} icon={<X size={18} aria-hidden="true" />} onClick={onClose} />
      </header>
      {maySave && saving ? <ExportForm /> : null}
      <DriftChart records={records} />
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {figureGroups(figures, t, i18n.language).map(({ title, lines }) => (
          <section key={title} className="flex flex-col gap-1">
            <h3 className="font-medium text-faint text-xs">{title}</h3>
            <dl className="tabular grid grid-cols-[1fr_auto] gap-x-4 text-sm">
              {lines.map(({ label, value }) => (
                <div key={label} className="contents">
                  <dt className="text-dim">{label}</dt>
                  <dd className="text-right">{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <LastDeeds records={records} />
      </div>
    </section>
  );
}

function useFigures() {
  const session = useSession();
  const read = () => {
    const records = readRecords();
    return { records, figures: figuresOf(session, records) };
  };
  const [shown, setShown] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` closes over the session alone.
  useEffect(() => everyWhileVisible(LOOK_MS, () => setShown(read())), [session]);
  return shown;
}
