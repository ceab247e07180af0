import { Dices } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '@/ui/TextField';
import type { Nickname } from './use-nickname';

const MAX_LENGTH = 40;

export interface NicknameFieldProps {
  ref?: Ref<HTMLInputElement>;
  nickname: Nickname;
  hint?: string | undefined;
  error?: string | undefined;
}

/** What the others call a guest, with dice for another suggestion (ACC-6). */
export function NicknameField({ ref, nickname, hint, error }: NicknameFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => field.current);
  const { value, isTyped } = nickname;
  // A suggestion that comes while somebody is about to type gives way to the first letter.
  useEffect(() => {
    if (field.current === document.activeElement && !isTyped(value)) field.current?.select();
  }, [value, isTyped]);
  return (
    <TextField
      ref={field}
      label={t('home.nickname')}
      value={value}
      maxLength={MAX_LENGTH}
      autoComplete="nickname"
      spellCheck={false}
      hint={hint}
      error={error}
      onChange={(event) => nickname.set(event.target.value)}
      trailing={
        <button
          type="button"
          aria-label={t('home.anotherNickname')}
          title={t('home.anotherNickname')}
          className="touch-target inline-flex size-9 items-center justify-center rounded-full text-dim hover:bg-hover hover:text-ink"
          onClick={nickname.roll}
        >
          <Dices size={18} aria-hidden="true" />
        </button>
      }
    />
  );
}
