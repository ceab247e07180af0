import { useTranslation } from 'react-i18next';
import { Menu } from '@/ui/Menu';
import { formatRate, RATES } from './rates';

interface SpeedMenuProps {
  rate: number;
  disabled: boolean;
  onRate: (rate: number) => void;
}

/** The speed of the whole room. */
export function SpeedMenu({ rate, disabled, onRate }: SpeedMenuProps) {
  const { t, i18n } = useTranslation();
  const shown = formatRate(rate, i18n.language);
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          disabled={disabled}
          aria-label={t('player.speed', { rate: shown })}
          className="tabular inline-flex h-11 min-w-11 items-center justify-center rounded-full px-2 font-semibold text-dim text-sm hover:bg-hover hover:text-ink disabled:opacity-40"
        >
          {shown}
        </button>
      }
      entries={[
        { kind: 'label', label: t('player.speedTitle') },
        {
          kind: 'options',
          value: String(rate),
          options: RATES.map((value) => ({ value: String(value), label: formatRate(value, i18n.language) })),
          onSelect: (value) => onRate(Number(value)),
        },
      ]}
    />
  );
}
