import { describe, expect, it } from 'vitest';
import { video } from '@/test/room-fixtures';
import { filmPhases } from './film-phases';

describe('a film on its way', () => {
  // TRN-4, UPL-1
  it('first arrives and then is made', () => {
    expect(filmPhases(video({ status: 'uploading', progress: 0.3 }))).toEqual({
      upload: 0.3,
      prepare: 0,
      line: 'uploading',
    });
    for (const status of ['scanning', 'pending'] as const) {
      expect(filmPhases(video({ status, progress: 0 }))).toEqual({ upload: 1, prepare: null, line: status });
    }
    expect(filmPhases(video({ status: 'processing', progress: 0.5 }))).toEqual({
      upload: 1,
      prepare: 0.5,
      line: 'processing',
    });
  });

  // TRN-5
  it('that does not move says so', () => {
    expect(filmPhases(video({ status: 'processing', progress: 0.5, stalled: true })).line).toBe('stalled');
    expect(filmPhases(video({ status: 'failed', progress: 0.5 })).line).toBe('failed');
  });
});
