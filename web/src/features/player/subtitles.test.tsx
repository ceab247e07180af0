import { act, screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { useState } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { VideoView } from '@/api/generated/protocol';
import type { SubtitleTrack, VideoParts } from '@/api/video-parts';
import { NO_SOUND_TRACKS, type Player, type PlayerEvent, type SoundTracks } from '@/players';
import { showInRoom } from '@/test/in-room';
import { mockServer, problem } from '@/test/mock-server';
import { roomView, video } from '@/test/room-fixtures';
import { createPlayerStore } from './player-store';
import { SubtitleOverlay } from './SubtitleOverlay';
import { subtitleStore } from './subtitle-store';
import { TracksMenu } from './TracksMenu';
import { useSubtitleKeys } from './use-subtitle-keys';
import { useSubtitles } from './use-subtitles';

const track = (changes: Partial<SubtitleTrack>): SubtitleTrack => ({
  id: 'en',
  label: 'English',
  language: 'en',
  forced: false,
  origin: 'embedded',
  note: null,
  url: '/media/v/sig/subtitles-1/all.vtt',
  ...changes,
});
const TRACKS = [track({}), track({ id: 'de', label: 'Deutsch', language: 'de', note: 'converted_from_ass' })];
const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nWho <i>are</i> you &amp; I?\nשלום';

/** A player that stands at a moment and can be told to show another. */
class StillPlayer {
  positionMs = 0;
  listeners = new Set<(event: PlayerEvent) => void>();
  readonly chooseSound = vi.fn();
  view() {
    return { positionMs: this.positionMs, paused: true, seeking: false, ready: true, blocked: false, buffered: [] };
  }
  subscribe(listener: (event: PlayerEvent) => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  show(mediaTimeMs: number) {
    this.positionMs = mediaTimeMs;
    act(() => {
      for (const listener of this.listeners) listener({ kind: 'frame', frame: { mediaTimeMs, shownAt: 0 } });
    });
  }
}

let player: StillPlayer;

function Stage({ sound }: { sound: SoundTracks }) {
  const [status] = useState(() => {
    const store = createPlayerStore();
    store.setState({ sound });
    return store;
  });
  const [open, setOpen] = useState(false);
  const subtitles = useSubtitles(status);
  const delay = useSubtitleKeys(subtitles);
  const shown = player as unknown as Player; // the rest of a player moves it
  return (
    <>
      <SubtitleOverlay player={shown} subtitles={subtitles} raisedBy={0} />
      <button type="button" onClick={() => delay(3)}>
        three steps later
      </button>
      <TracksMenu player={shown} status={status} subtitles={subtitles} open={open} onOpenChange={setOpen} />
    </>
  );
}

function show(changes: Partial<VideoView> & Partial<VideoParts> = { subtitles: TRACKS }, sound = NO_SOUND_TRACKS) {
  return showInRoom(<Stage sound={sound} />, roomView({ video: video(changes) }));
}

async function openMenu({ user }: ReturnType<typeof show>) {
  await user.click(screen.getByRole('button', { name: 'Subtitles and sound' }));
  return user;
}

const owned = (films: VideoView[]) =>
  mockServer.use(http.get('*/api/v1/videos', () => HttpResponse.json({ items: films, storage: {} })));
const srt = (name: string) => new File(['1\n00:00:01,000 --> 00:00:02,000\nMine'], name);

beforeEach(() => {
  player = new StillPlayer();
  subtitleStore.setState(subtitleStore.getInitialState());
  owned([]);
  mockServer.use(
    http.get('*/media/v/sig/*', () => HttpResponse.text(VTT)),
    http.post('*/api/v1/subtitles/convert', () =>
      HttpResponse.text('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nMine', { headers: { 'Content-Type': 'text/vtt' } }),
    ),
  );
});

// SRC-6
test('subtitles that were chosen are read from the frame on for which they are meant', async () => {
  const user = await openMenu(show());
  expect(screen.getByRole('radio', { name: 'Off' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'English' }));
  await waitFor(() => {
    player.show(1_000);
    expect(screen.getByText('are')).toHaveClass('italic');
  });
  expect(screen.getByText('you & I?', { exact: false })).toBeVisible();
  expect(screen.getByText('שלום').closest('[dir]')).toHaveAttribute('dir', 'auto');
  player.show(2_000);
  expect(screen.queryByText('are')).toBeNull();
});

// SRC-6
test('what was chosen is wished for in the next film, by its language', async () => {
  const user = await openMenu(show());
  await user.click(screen.getByRole('radio', { name: 'Deutsch' }));
  expect(JSON.parse(localStorage.getItem('syncwatch.subtitles') ?? '')).toMatchObject({
    wish: { kind: 'language', language: 'de', label: 'Deutsch' },
  });
});

// SRC-6
test('a track that lost its styles says so', async () => {
  await openMenu(show());
  expect(screen.getByText('German · without the styles of the original')).toBeVisible();
});

// SRC-6
test('subtitles can be moved against the film, by button and by key, and back', async () => {
  const user = await openMenu(show());
  await user.click(screen.getByRole('radio', { name: 'English' }));
  await user.click(screen.getByRole('button', { name: 'Subtitles later' }));
  await user.click(screen.getByRole('button', { name: 'Subtitles earlier' }));
  await user.click(screen.getByRole('button', { name: 'Subtitles earlier' }));
  expect(screen.getByText('-0.1s')).toBeVisible();
  await waitFor(() => {
    player.show(900);
    expect(screen.getByText('are')).toBeVisible();
  });
  await user.click(screen.getByRole('button', { name: 'Reset the delay' }));
  expect(screen.queryByText('are')).toBeNull();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'three steps later' }));
  player.show(1_200);
  expect(screen.queryByText('are')).toBeNull();
  player.show(1_300);
  expect(screen.getByText('are')).toBeVisible();
});

// SRC-6, BEY-5
test('size and background are this device’s own', async () => {
  const user = await openMenu(show());
  await user.click(screen.getByRole('radio', { name: 'English' }));
  await user.click(screen.getByRole('combobox', { name: 'Size' }));
  await user.click(await screen.findByRole('option', { name: 'Very large' }));
  expect(subtitleStore.getState().look).toEqual({ size: 'huge', background: 'shade' });
  expect(localStorage.getItem('syncwatch.subtitles')).toContain('huge');
});

// SRC-6
test('signs are shown without being asked for to whoever hears the film in their language', async () => {
  const signs = track({ id: 'signs', label: 'Signs', language: 'de', forced: true });
  const sound = { available: [{ id: 0, label: 'Deutsch', language: 'deu' }], playing: 0 };
  await openMenu(show({ subtitles: [...TRACKS, signs] }, sound));
  expect(screen.getByRole('radio', { name: 'Signs' })).toBeChecked();
});

describe('an address that ran out', () => {
  // SRC-6, HLS-3
  test('is asked for anew', async () => {
    const renewed = track({ url: '/media/v/new/all.vtt' });
    mockServer.use(
      http.get('*/media/v/sig/*', () => problem(403, 'link_expired')),
      http.get('*/media/v/new/*', () => HttpResponse.text(VTT)),
      http.get('*/api/v1/videos/:id/status', () => HttpResponse.json({ ...video(), subtitles: [renewed] })),
    );
    const user = await openMenu(show());
    await user.click(screen.getByRole('radio', { name: 'English' }));
    await waitFor(() => {
      player.show(1_500);
      expect(screen.getByText('are')).toBeVisible();
    });
  });

  // WEB-7
  test('that stays away is told, with a way to try again', async () => {
    mockServer.use(
      http.get('*/media/v/sig/*', () => problem(403, 'link_expired')),
      http.get('*/api/v1/videos/:id/status', () => HttpResponse.json({ ...video(), subtitles: TRACKS })),
    );
    const user = await openMenu(show());
    await user.click(screen.getByRole('radio', { name: 'English' }));
    expect(await screen.findByText('These subtitles cannot be fetched right now.')).toBeVisible();
    mockServer.use(http.get('*/media/v/sig/*', () => HttpResponse.text(VTT)));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('These subtitles cannot be fetched right now.')).toBeNull());
  });
});

describe('a file of subtitles', () => {
  // SRC-6
  test('is for whoever brings it alone, and chosen at once', async () => {
    const user = await openMenu(show({ subtitles: [] }));
    await user.upload(screen.getByLabelText('Add a file for me', { selector: 'input' }), srt('Train.en.srt'));
    expect(await screen.findByRole('radio', { name: 'Train.en' })).toBeChecked();
    expect(screen.getByText('English · only for you, in this tab')).toBeVisible();
    player.show(1_000);
    expect(screen.getByText('Mine')).toBeVisible();
    expect(localStorage.getItem('syncwatch.subtitles')).toBeNull();
  });

  // WEB-7
  test('that is none is refused in words that fit', async () => {
    mockServer.use(http.post('*/api/v1/subtitles/convert', () => problem(415, 'unsupported_format')));
    const user = await openMenu(show({ subtitles: [] }));
    await user.upload(screen.getByLabelText('Add a file for me', { selector: 'input' }), srt('Train.srt'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This is no file of subtitles. SRT, WebVTT and ASS work.',
    );
  });

  // WEB-7
  test('that is too large is not sent at all', async () => {
    const user = await openMenu(show({ subtitles: [] }));
    const film = new File([new Uint8Array(1024 ** 2 + 1)], 'Train.srt');
    await user.upload(screen.getByLabelText('Add a file for me', { selector: 'input' }), film);
    expect(await screen.findByRole('alert')).toHaveTextContent('This file is too large for subtitles.');
  });

  // SRC-6
  test('can be added for everybody by whoever brought the film, under a name and a language', async () => {
    owned([video()]);
    let asked: URL | undefined;
    mockServer.use(
      http.post('*/api/v1/videos/:id/subtitles', ({ request }) => {
        asked = new URL(request.url);
        return HttpResponse.json(track({ id: 'new', origin: 'added' }), { status: 201 });
      }),
    );
    const user = await openMenu(show({ subtitles: [] }));
    const input = await screen.findByLabelText('Add for everybody', { selector: 'input' });
    await user.upload(input, srt('Train.de.srt'));
    expect(screen.getByRole('combobox', { name: 'Language' })).toHaveTextContent('German');
    await user.clear(screen.getByRole('textbox', { name: 'Name' }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Für alle');
    await user.click(screen.getByRole('button', { name: 'Add for everybody' }));
    await waitFor(() => expect(asked?.search).toBe('?label=F%C3%BCr+alle&language=de'));
    expect(subtitleStore.getState().films[video().id]?.chosen).toBe('new');
  });

  // SRC-6
  test('can be added for everybody by nobody else', async () => {
    await openMenu(show({ subtitles: [] }));
    await screen.findByRole('button', { name: 'Add a file for me' });
    expect(screen.queryByRole('button', { name: 'Add for everybody' })).toBeNull();
  });

  // SRC-6
  test('that was added is taken away by whoever brought the film', async () => {
    owned([video()]);
    const removed = vi.fn();
    mockServer.use(
      http.delete('*/api/v1/videos/:id/subtitles/:track', ({ params }) => {
        removed(params.track);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const user = await openMenu(show({ subtitles: [track({ id: 'added', origin: 'added' })] }));
    await user.click(screen.getByRole('radio', { name: 'English' }));
    await user.click(await screen.findByRole('button', { name: 'Remove for everybody' }));
    await waitFor(() => expect(removed).toHaveBeenCalledWith('added'));
  });
});
