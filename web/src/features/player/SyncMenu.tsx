import { Activity, RefreshCw, RotateCcw, Timer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openDiagnostics } from '@/features/diagnostics';
import { formatOffset } from '@/lib/format';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { Popover } from '@/ui/Popover';
import { Slider } from '@/ui/Slider';
import { Switch } from '@/ui/Switch';
import { OFFSET, setOffset, setRelaxed, usePersonalSync } from './personal-sync';

/** How one's own player follows the room: earlier or later, exactly or calmly, and once more from the start (BEY-5). */
export function SyncMenu({ onResync }: { onResync: () => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { offsetMs, toleranceMs } = usePersonalSync();
  return (
    <Popover
      side="top"
      open={open}
      onOpenChange={setOpen}
      title={t('player.sync.title')}
      trigger={
        <IconButton
          label={t('player.sync.name')}
          icon={<Timer size={20} aria-hidden="true" />}
          active={offsetMs !== 0 || toleranceMs !== 0}
        />
      }
    >
      <Offset offsetMs={offsetMs} />
      <Switch
        label={t('player.sync.relaxed')}
        hint={t('player.sync.relaxedHint')}
        checked={toleranceMs > 0}
        onChange={setRelaxed}
      />
      <div className="flex flex-wrap justify-end gap-2 border-line border-t pt-3">
        <Button
          size="sm"
          variant="quiet"
          icon={<Activity size={16} aria-hidden="true" />}
          onClick={() => {
            setOpen(false);
            openDiagnostics();
          }}
        >
          {t('player.sync.diagnostics')}
        </Button>
        <Button size="sm" icon={<RefreshCw size={16} aria-hidden="true" />} onClick={onResync}>
          {t('people.resync')}
        </Button>
      </div>
    </Popover>
  );
}

/** Shown while it is dragged, applied when it is let go: each step on the way would move the film. */
function Offset({ offsetMs }: { offsetMs: number }) {
  const { t, i18n } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? offsetMs;
  const words = formatOffset(shown, i18n.language);
  return (
    <div className="flex flex-col">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <span className="font-medium text-sm">{t('player.sync.offset')}</span>
        <span className="flex items-center gap-1">
          {shown === 0 ? null : (
            <IconButton
              size="sm"
              label={t('player.sync.reset')}
              icon={<RotateCcw size={16} aria-hidden="true" />}
              onClick={() => {
                setDragged(null);
                setOffset(0);
              }}
            />
          )}
          <output className="tabular whitespace-nowrap text-sm">{words}</output>
        </span>
      </div>
      <Slider
        label={t('player.sync.offset')}
        value={shown}
        min={OFFSET.leastMs}
        max={OFFSET.mostMs}
        step={OFFSET.stepMs}
        valueText={words}
        onChange={setDragged}
        onCommit={setOffset}
      />
      <p className="text-faint text-xs">{t('player.sync.offsetHint')}</p>
    </div>
  );
}
