import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '@/api/generated/protocol';
import { useSession } from '@/connection';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';

/** Asks before: somebody who was sent out cannot be un-sent by a click. */
export function SendOutDialog({ person, onClose }: { person: Participant; onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const [reason, setReason] = useState('');
  const [ban, setBan] = useState(false);

  const sendOut = () => {
    const words = reason.trim();
    session.request({ type: 'room:kick', participant: person.id, ban, ...(words === '' ? {} : { reason: words }) });
    onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('people.sendOutTitle', { name: person.name })}
      description={t('people.sendOutText')}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button variant="danger" onClick={sendOut}>
            {t('people.sendOut')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('people.reason')}
        hint={t('people.reasonHint')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Switch label={t('people.forGood')} hint={t('people.forGoodHint')} checked={ban} onChange={setBan} />
    </Dialog>
  );
}
