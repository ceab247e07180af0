import { useTranslation } from 'react-i18next';
import { DIAGNOSTICS_KEYS } from '@/features/diagnostics';
import { Dialog } from '@/ui/Dialog';
import { Key } from '@/ui/Key';

export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  const keys: [string, string][] = [
    [t('player.key.space'), t('player.key.toggle')],
    ['←', t('player.key.back')],
    ['→', t('player.key.forward')],
    ['f', t('player.key.fullscreen')],
    ['m', t('player.key.mute')],
    ['c', t('player.key.sidebar')],
    ['g', t('player.tracks.earlier')],
    ['h', t('player.tracks.later')],
    ['?', t('player.key.help')],
    [DIAGNOSTICS_KEYS, t('player.key.diagnostics')],
  ];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('player.keysTitle')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-3 text-sm">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt className="justify-self-end">
              <Key>{key}</Key>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
