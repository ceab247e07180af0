import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoom } from '@/connection';
import { isOwnMachine } from '@/lib/invite';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/TextField';
import { toast } from '@/ui/toast-store';

const FEEDBACK_MS = 2_000;
/** Long enough to read what to do about a link that brings nobody here. */
const WARNING_MS = 12_000;

/** Copies the room's link and says so in place. Where the browser does not allow that, the link is shown to copy. */
export function InviteButton() {
  const { t } = useTranslation();
  const code = useRoom((room) => room.code);
  const [state, setState] = useState<'idle' | 'copied' | 'shown'>('idle');
  const link = `${location.origin}/r/${code}`;

  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async () => {
    if (isOwnMachine(location.hostname)) toast({ text: t('room.ownMachine'), tone: 'alert', durationMs: WARNING_MS });
    try {
      await navigator.clipboard.writeText(link);
      setState('copied');
    } catch {
      setState('shown');
    }
  };

  const copied = state === 'copied';
  return (
    <>
      <Button
        size="sm"
        variant="primary"
        // The name stays while the label tells of success: it is the same button.
        aria-label={t('room.copyInvite')}
        icon={copied ? <Check size={16} aria-hidden="true" /> : <Link2 size={16} aria-hidden="true" />}
        onClick={copy}
      >
        {/* Both texts take the same place, so that nothing moves. */}
        <span className="hidden sm:grid *:[grid-area:1/1]" aria-hidden="true">
          <span className={copied ? 'invisible' : undefined}>{t('room.copyInvite')}</span>
          <span className={copied ? undefined : 'invisible'}>{t('room.copied')}</span>
        </span>
      </Button>
      <span role="status" className="sr-only">
        {copied ? t('room.copied') : ''}
      </span>
      <Dialog open={state === 'shown'} onOpenChange={() => setState('idle')} title={t('room.copyFailed')}>
        <TextField label={t('room.invite')} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </Dialog>
    </>
  );
}
