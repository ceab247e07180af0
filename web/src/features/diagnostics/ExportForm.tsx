import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/connection';
import { Button } from '@/ui/Button';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { readRecords } from './diagnostics-store';
import { figuresOf } from './figures';
import { download, logAsCsv, logAsJson } from './log-files';
import { PARTS, type Part, roomLog } from './room-log';

const AT_FIRST: ReadonlySet<Part> = new Set<Part>(['sync', 'errors', 'analytics']);

/** What this page noted, as a file: which parts of it, from when to when, and in which form. */
export function ExportForm() {
  const { t } = useTranslation();
  const session = useSession();
  const [chosen, setChosen] = useState(AT_FIRST);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const backwards = from !== '' && to !== '' && from > to;

  const choose = (part: Part, on: boolean) =>
    setChosen(new Set(PARTS.filter((other) => (other === part ? on : chosen.has(other)))));

  const save = (form: 'json' | 'csv') => {
    const records = readRecords();
    const figures = figuresOf(session, records);
    const utcMs = Math.round(figures.serverTimeMs ?? figures.localTimeMs);
    const chat = session.store.getState().chat.messages;
    const wish = { parts: chosen, fromMs: momentOf(from) ?? 0, toMs: momentOf(to) ?? utcMs };
    const log = roomLog({ records, chat, now: performance.now(), utcMs }, wish);
    const stamp = new Date(figures.localTimeMs).toISOString().slice(0, 19).replaceAll(':', '-');
    if (form === 'csv') download(`syncwatch-${stamp}.csv`, logAsCsv(log), 'text/csv;charset=utf-8');
    else download(`syncwatch-${stamp}.json`, logAsJson(log, figures, navigator.userAgent), 'application/json');
  };

  return (
    <form
      aria-label={t('diagnostics.save')}
      className="flex shrink-0 animate-fade flex-col gap-3 rounded-md border border-line bg-inset p-3"
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="grid gap-x-6 sm:grid-cols-2">
        {PARTS.map((part) => (
          <Switch
            key={part}
            label={t(`diagnostics.part.${part}`)}
            hint={t(`diagnostics.partHint.${part}`)}
            checked={chosen.has(part)}
            onChange={(on) => choose(part, on)}
          />
        ))}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          type="datetime-local"
          step={1}
          label={t('diagnostics.from')}
          hint={t('diagnostics.fromHint')}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          type="datetime-local"
          step={1}
          label={t('diagnostics.to')}
          hint={t('diagnostics.toHint')}
          error={backwards ? t('diagnostics.backwards') : undefined}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        {(['csv', 'json'] as const).map((form) => (
          <Button
            key={form}
            size="sm"
            icon={<Download size={16} aria-hidden="true" />}
            disabled={chosen.size === 0 || backwards}
            onClick={() => save(form)}
          >
            {t(`diagnostics.${form}`)}
          </Button>
        ))}
      </div>
    </form>
  );
}

/** What a person enters is by the clock on his wall. */
function momentOf(entered: string): number | null {
  const moment = new Date(entered).getTime();
  return Number.isNaN(moment) ? null : moment;
}
