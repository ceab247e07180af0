import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PlaybackControl } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { useSession } from '@/api/session';
import { MY_VIDEOS } from '@/api/videos';
import { PasswordField } from '@/ui/PasswordField';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import type { RoomWishes } from './room-wishes';

const SIZES = [2, 3, 4, 5];
const NO_FILM = 'none';

export interface RoomOptionsProps {
  wishes: RoomWishes;
  onChange: (wishes: RoomWishes) => void;
}

export function RoomOptions({ wishes, onChange }: RoomOptionsProps) {
  const { t } = useTranslation();
  const set = (change: Partial<RoomWishes>) => onChange({ ...wishes, ...change });
  return (
    <div className="grid animate-rise gap-4 sm:grid-cols-2">
      <TextField
        className="sm:col-span-2"
        label={t('home.roomName')}
        hint={t('home.roomNameHint')}
        value={wishes.name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Select<PlaybackControl>
        label={t('home.control')}
        value={wishes.playbackControl}
        options={[
          { value: 'all', label: t('home.controlAll') },
          { value: 'owner_only', label: t('home.controlOwner') },
          { value: 'selected', label: t('home.controlSelected') },
        ]}
        onChange={(playbackControl) => set({ playbackControl })}
      />
      <Select
        label={t('home.size')}
        value={String(wishes.maxParticipants)}
        options={SIZES.map((count) => ({ value: String(count), label: t('home.sizePeople', { count }) }))}
        onChange={(size) => set({ maxParticipants: Number(size) })}
      />
      <div className="sm:col-span-2">
        <PasswordField
          label={t('home.password')}
          hint={t('home.passwordHint')}
          value={wishes.password}
          autoComplete="new-password"
          onChange={(event) => set({ password: event.target.value })}
        />
      </div>
      <FirstFilm wishes={wishes} onChange={onChange} />
    </div>
  );
}

/** Films belong to accounts; a guest brings his into the room itself. */
function FirstFilm({ wishes, onChange }: RoomOptionsProps) {
  const { t } = useTranslation();
  const loggedIn = useSession((state) => state.session.kind === 'account');
  const films = useQuery({ ...MY_VIDEOS, enabled: loggedIn });
  const watchable = films.data?.items.filter((film) => !hasFailed(film)) ?? [];
  if (watchable.length === 0) return null;
  return (
    <Select
      className="sm:col-span-2"
      label={t('home.firstFilm')}
      value={wishes.videoId ?? NO_FILM}
      options={[
        { value: NO_FILM, label: t('home.firstFilmNone') },
        ...watchable.map((film) => ({ value: film.id, label: film.title })),
      ]}
      onChange={(id) => onChange({ ...wishes, videoId: id === NO_FILM ? undefined : id })}
    />
  );
}
