import { ArrowRight } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Code } from '@/api/generated/protocol';
import { ProblemError, problemMessage } from '@/api/problem';
import { joinRoom } from '@/api/rooms';
import { useSession } from '@/api/session';
import type { JoinGrant, RoomInfo } from '@/api/types';
import { useNickname, WhoEnters } from '@/features/nickname';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { PasswordField } from '@/ui/PasswordField';
import { SoundCheck } from './SoundCheck';
import type { WayOut } from './use-entrance';

/** Refusals that close the door altogether; everything else can be put right in this form. */
const FINAL: ReadonlySet<string> = new Set([
  'room_banned',
  'room_expired',
  'room_closed',
  'room_not_found',
  'room_needs_account',
]);

const PASSWORD_CODES: ReadonlySet<string> = new Set(['room_password_wrong', 'room_password_needed']);

export interface EnterFormProps {
  room: RoomInfo;
  onEntered: (grant: JoinGrant) => void;
  onRefused: (why: WayOut) => void;
}

export function EnterForm({ room, onEntered, onRefused }: EnterFormProps) {
  const { t } = useTranslation();
  const guest = useSession((state) => state.session.kind === 'nobody');
  const nickname = useNickname();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const passwordShown = room.passwordNeeded || (problem !== undefined && PASSWORD_CODES.has(problem.code));

  const enter = async () => {
    const name = nickname.shown(field.current).trim();
    setBusy(true);
    setProblem(undefined);
    try {
      onEntered(
        await joinRoom(room.code, {
          ...(guest && name ? { nickname: name } : {}),
          ...(password ? { password } : {}),
        }),
      );
    } catch (cause) {
      const error = cause instanceof ProblemError ? cause : new ProblemError('unknown', 0);
      if (FINAL.has(error.code)) onRefused(error.code as Code);
      else setProblem(error);
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter();
  };
  const wrong = (codes: (code: string) => boolean) =>
    problem && codes(problem.code) ? problemMessage(problem) : undefined;
  const nicknameWrong = wrong((code) => code === 'nickname_invalid');
  const passwordWrong = wrong((code) => PASSWORD_CODES.has(code));

  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <WhoEnters ref={field} nickname={nickname} hint={t('lobby.nicknameHint')} error={nicknameWrong} />
      {passwordShown ? (
        <PasswordField
          label={t('lobby.password')}
          value={password}
          autoComplete="off"
          error={passwordWrong}
          onChange={(event) => setPassword(event.target.value)}
        />
      ) : null}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={busy}
        className="w-full"
        icon={<ArrowRight size={20} aria-hidden="true" />}
      >
        {t('lobby.enter')}
      </Button>
      {problem && !nicknameWrong && !passwordWrong ? (
        <FieldNote id="enter-problem" tone="error">
          {problemMessage(problem)}
        </FieldNote>
      ) : null}
      <SoundCheck />
    </form>
  );
}
