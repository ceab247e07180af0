import { afterEach, describe, expect, it } from 'vitest';
import { rememberedLags, rememberLags } from './device-memory';

const USUAL = { startMs: 50, restartMs: 50, seekMs: 160, loadMs: 550 };
afterEach(() => localStorage.clear());

describe('what a device takes', () => {
  // SYNC-10
  it('is remembered for each kind of player', () => {
    rememberLags('hls_js', { ...USUAL, startMs: 82 });
    expect(rememberedLags('hls_js', USUAL).startMs).toBe(82);
    expect(rememberedLags('embedded', USUAL)).toEqual(USUAL);
  });

  // SYNC-10
  it.each(['nonsense', '{"startMs":-5}', '{"startMs":1e12,"restartMs":1,"seekMs":1,"loadMs":1}'])(
    'is what is usual when %s was stored',
    (text) => {
      localStorage.setItem('syncwatch.lags.hls_js', text);
      expect(rememberedLags('hls_js', USUAL)).toEqual(USUAL);
    },
  );
});
