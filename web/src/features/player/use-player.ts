/** Opens the room's film in the page's `<video>` as soon as it can be played, keeps it in step, and closes it again. */

import { useEffect, useRef, useState } from 'react';
import { useRoom, useSession } from '@/connection';
import { noteTrouble } from '@/features/diagnostics';
import { openPlayer, type Player } from '@/players';
import { positionAt, viewAt } from '@/sync';
import { filmManifest } from './film-manifest';
import { openPatiently } from './open-patiently';
import { personalSync } from './personal-sync';
import { CLOSED, createPlayerStore, type PlayerStore } from './player-store';
import { rememberedSound } from './sound-memory';
import { type Room, SyncDriver } from './sync-driver';

export type PlayerHandle = {
  status: PlayerStore;
  player: Player | null;
  resync: () => void;
  /** After trouble: tries at once what is tried again by itself. */
  retry: () => void;
};

export function usePlayer(video: HTMLVideoElement | null): PlayerHandle {
  const session = useSession();
  const code = useRoom((room) => room.code);
  const videoId = useRoom((room) => (room.video?.playable ? room.video.id : null));
  const kind = useRoom((room) => room.video?.link?.kind ?? 'hls');
  const renditions = useRoom((room) => room.video?.renditions.length ?? 0);
  const [status] = useState(createPlayerStore);
  const [player, setPlayer] = useState<Player | null>(null);
  const driver = useRef<SyncDriver | null>(null);
  const [asked] = useState(() => new EventTarget());

  useEffect(() => {
    if (video === null || videoId === null) return;
    const closing = new AbortController();
    const { signal } = closing;
    const room = roomOf(session);
    const open = () => {
      const opening = {
        startAtMs: presentPosition(room),
        sound: rememberedSound(),
        watchable: () => watchableHeights(session),
      };
      return openPlayer(video, filmManifest(videoId, kind, code), opening, signal);
    };
    const onFailure = () => {
      status.setState({ trouble: 'network' });
      noteTrouble({ at: performance.now(), source: 'player', code: 'network' });
    };
    void openPatiently(open, { onFailure, asked, signal }).then((opened) => {
      if (opened === null || signal.aborted) return;
      status.setState({ trouble: null });
      if (opened.kind === 'unsupported') {
        status.setState({ trouble: 'unsupported' });
        return;
      }
      const stop = drive(opened.player, room, status, driver);
      const unsubscribePersonal = personalSync.subscribe((personal) => driver.current?.personalise(personal));
      const unsubscribe = session.store.subscribe((now, before) => {
        if (now.timeline !== before.timeline) driver.current?.roomChanged();
      });
      signal.addEventListener('abort', () => {
        unsubscribe();
        unsubscribePersonal();
        stop();
      });
      setPlayer(opened.player);
    });
    return () => {
      closing.abort();
      setPlayer(null);
      status.setState(CLOSED);
    };
  }, [session, video, videoId, kind, code, status, asked]);

  useEffect(() => {
    // What a hidden tab measured by its player's own word is no measure for the frames that are seen now (SYNC-15).
    const returned = () => document.hidden || driver.current?.roomChanged();
    document.addEventListener('visibilitychange', returned);
    return () => document.removeEventListener('visibilitychange', returned);
  }, []);

  useEffect(() => {
    // The list of qualities is read once; a rung that was made since is found by reading it again.
    if (player !== null && renditions > player.qualities().available.length) player.refresh();
  }, [player, renditions]);

  return {
    status,
    player,
    resync: () => driver.current?.resync(),
    retry: () => (player ? player.retry() : asked.dispatchEvent(new Event('retry'))),
  };
}

function drive(player: Player, room: Room, status: PlayerStore, driver: { current: SyncDriver | null }): () => void {
  const mirror = () =>
    status.setState({
      qualities: player.qualities(),
      sound: player.soundTracks(),
      buffered: player.view().buffered,
      madeUntilMs: player.madeUntilMs(),
    });
  const unsubscribe = player.subscribe((event) => {
    if (event.kind === 'change') mirror();
    if (event.kind === 'autoplay') status.setState({ autoplay: event.autoplay });
    if (event.kind === 'trouble') status.setState({ trouble: event.trouble });
  });
  driver.current = new SyncDriver(player, room, (now) => status.setState(now));
  driver.current.personalise(personalSync.getState());
  return () => {
    unsubscribe();
    driver.current?.destroy();
    driver.current = null;
    player.destroy();
  };
}

function roomOf(session: ReturnType<typeof useSession>): Room {
  const state = () => session.store.getState();
  return {
    timeline: () => state().timeline,
    serverTime: (local) => session.line.serverTime(local),
    durationMs: () => state().room?.video?.durationMs ?? null,
    link: () => session.line.quality(),
    report: (report) => session.report(report),
    acknowledge: (sequenceNumber, executedAt) => session.acknowledge(sequenceNumber, executedAt),
  };
}

/** The qualities that can be chosen at this moment. */
function watchableHeights(session: ReturnType<typeof useSession>): number[] {
  return session.store.getState().room?.video?.renditions.map(({ height }) => height) ?? [];
}

/** Where the film will be needed first, so that its first pieces are the right ones. */
function presentPosition(room: Room): number {
  const timeline = room.timeline();
  const now = room.serverTime(performance.now());
  return timeline === null || now === null ? 0 : positionAt(viewAt(timeline, now).current, now);
}
