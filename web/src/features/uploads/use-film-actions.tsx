import { Info, Pencil, Play, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { VideoView } from '@/api/generated/protocol';
import { hasFailed } from '@/api/has-failed';
import { orTell } from '@/api/or-tell';
import { createRoom } from '@/api/rooms';
import { retryVideo } from '@/api/videos';
import type { MenuEntry } from '@/ui/Menu';
import { filmState } from './film-state';

export interface FilmActions {
  onChanged: () => void;
  onDetails: () => void;
  onRename: () => void;
  onDelete: () => void;
}

/** What can be done with a film, by its state. */
export function useFilmActions(
  film: VideoView,
  { onChanged, onDetails, onRename, onDelete }: FilmActions,
): { entries: MenuEntry[]; watch: () => void; retry: (() => void) | null } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const openRoom = async () => {
    const grant = await createRoom({ videoId: film.id, playbackControl: 'all' });
    await navigate(`/r/${grant.room.code}`);
  };
  const retry = async () => {
    await retryVideo(film.id);
    onChanged();
  };

  const state = filmState(film);
  const retriable = state.kind === 'failed' && state.retriable;
  const tryAgain: MenuEntry = {
    kind: 'item',
    label: t('ui.tryAgain'),
    icon: <RotateCw size={16} aria-hidden="true" />,
    onSelect: () => orTell(retry()),
  };
  const watch: MenuEntry = {
    kind: 'item',
    label: t('uploads.films.watch'),
    icon: <Play size={16} aria-hidden="true" />,
    onSelect: () => orTell(openRoom()),
  };
  const entries: MenuEntry[] = [
    ...(hasFailed(film) ? [] : [watch]),
    ...(retriable ? [tryAgain] : []),
    {
      kind: 'item',
      label: t('uploads.details.open'),
      icon: <Info size={16} aria-hidden="true" />,
      onSelect: onDetails,
    },
    {
      kind: 'item',
      label: t('uploads.films.rename'),
      icon: <Pencil size={16} aria-hidden="true" />,
      onSelect: onRename,
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('uploads.films.delete'),
      icon: <Trash2 size={16} aria-hidden="true" />,
      danger: true,
      onSelect: onDelete,
    },
  ];
  return { entries, watch: () => orTell(openRoom()), retry: retriable ? () => orTell(retry()) : null };
}
