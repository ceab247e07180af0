import { ArrowRight, ChevronDown, Play } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemError, problemMessage } from '@/api/problem';
import { createRoom } from '@/api/rooms';
import { useSession } from '@/api/session';
import type { CreateRoomRequest } from '@/api/types';
import { useNickname, WhoEnters } from '@/features/nickname';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { type RoomWishes, roomRequest, UNCHANGED } from './room-wishes';

const RoomOptions = lazy(async () => ({ default: (await import('./RoomOptions')).RoomOptions }));

/**
 * From here to a shared room with one click and a nickname (WT-1). Who has typed a name goes straight in; who has not is
 * shown the one that is ready, because it is what the others will read all evening.
 */
export function StartRoom() {
  const { t } = useTranslation();
  const guest = useSession((state) => state.session.kind === 'nobody');
  const nickname = useNickname();
  const [wishes, setWishes] = useState<RoomWishes>(UNCHANGED);
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { busy, error, start } = useStart();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = nickname.shown(field.current);
    if (guest && !naming && !nickname.isTyped(name)) {
      setNaming(true);
      field.current?.focus();
      field.current?.select();
      return;
    }
    void start(roomRequest(wishes, guest ? name : undefined));
  };

  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <WhoEnters
        ref={field}
        nickname={nickname}
        hint={naming ? t('lobby.nicknameHint') : undefined}
        error={error?.code === 'nickname_invalid' ? problemMessage(error) : undefined}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={busy}
        icon={
          naming ? (
            <ArrowRight size={18} aria-hidden="true" />
          ) : (
            <Play size={18} fill="currentColor" aria-hidden="true" />
          )
        }
        className="w-full"
      >
        {t(naming ? 'lobby.enter' : 'home.start')}
      </Button>
      {error && error.code !== 'nickname_invalid' ? (
        <FieldNote id="start-problem" tone="error">
          {problemMessage(error)}
        </FieldNote>
      ) : null}
      <Button
        variant="quiet"
        size="sm"
        className="-my-1 self-center"
        aria-expanded={open}
        aria-controls="room-options"
        onClick={() => setOpen(!open)}
      >
        {t('home.options')}
        <ChevronDown
          size={16}
          aria-hidden="true"
          className={open ? 'rotate-180 transition-[rotate]' : 'transition-[rotate]'}
        />
      </Button>
      <div id="room-options" hidden={!open}>
        {open ? (
          <Suspense fallback={<div className="h-64" />}>
            <RoomOptions wishes={wishes} onChange={setWishes} />
          </Suspense>
        ) : null}
      </div>
    </form>
  );
}

function useStart() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ProblemError>();

  const start = async (body: CreateRoomRequest) => {
    setBusy(true);
    setError(undefined);
    try {
      const grant = await createRoom(body);
      await navigate(`/r/${grant.room.code}`);
    } catch (cause) {
      setError(cause instanceof ProblemError ? cause : new ProblemError('unknown', 0));
      setBusy(false);
    }
  };
  return { busy, error, start };
}
