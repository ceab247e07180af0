import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playChime } from '@/lib/chime';
import { Button } from '@/ui/Button';

/** Before the film starts is the time to find out that the loudspeakers are off. */
export function SoundCheck() {
  const { t } = useTranslation();
  const [played, setPlayed] = useState(false);
  const play = () =>
    void playChime().then(
      () => setPlayed(true),
      () => setPlayed(false),
    );
  return (
    <div className="-my-1 flex min-h-9 items-center justify-center gap-2">
      <Button variant="quiet" size="sm" icon={<Volume2 size={16} aria-hidden="true" />} onClick={play}>
        {t('lobby.soundCheck')}
      </Button>
      <span role="status" className="text-dim text-sm">
        {played ? t('lobby.soundPlayed') : null}
      </span>
    </div>
  );
}
