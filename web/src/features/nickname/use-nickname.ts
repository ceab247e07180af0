import { useEffect, useRef, useState } from 'react';
import { rememberedNickname, rememberSuggestion } from '@/api/room-memory';
import { generateNickname } from '@/api/rooms';

export interface Nickname {
  value: string;
  /**
   * What stands in the field, and is kept from then on. Tools that fill fields, such as password managers and drivers of
   * browsers, do not all tell the page's code.
   */
  shown: (field: HTMLInputElement | null) => string;
  /** Whether a name was typed in this visit: then nobody has to be asked whether it is the right one. */
  isTyped: (name: string) => boolean;
  set: (value: string) => void;
  /** Brings another generated one. */
  roll: () => void;
}

/**
 * A nickname that is ready: the one used last, or else one made by the server. What somebody types always wins.
 * A suggestion is kept, so that whoever looks in twice is offered the same name twice.
 */
export function useNickname(): Nickname {
  const [value, setValue] = useState(() => rememberedNickname() ?? '');
  const [touched, setTouched] = useState(value !== '');
  const [round, setRound] = useState(0);
  // Known at once: an answer that is already on its way through React would still find the state of before.
  const typed = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks for another one, though it is not read.
  useEffect(() => {
    if (touched) return;
    let current = true;
    // A failure leaves the field empty; the person types a name, and the server says no if it cannot be reached.
    generateNickname().then(
      (nickname) => {
        if (!current || typed.current) return;
        rememberSuggestion(nickname);
        setValue(nickname);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [touched, round]);

  const set = (next: string) => {
    typed.current = true;
    setTouched(true);
    setValue(next);
  };
  return {
    value,
    shown: (field) => {
      const name = field?.value ?? value;
      if (name !== value) set(name);
      return name;
    },
    isTyped: (name) => typed.current || name !== value,
    set,
    roll: () => {
      typed.current = false;
      setTouched(false);
      setRound(round + 1);
    },
  };
}
