import { describe, expect, it } from 'vitest';
import type { ManifestSource } from './player';
import { SignedAddress } from './signed-address';

const HOUR = 3_600_000;

/** A server whose addresses last an hour and are numbered. */
class Signatures implements ManifestSource {
  readonly kind = 'hls';
  now = 0;
  issued = 0;
  reachable = true;

  async fetch() {
    if (!this.reachable) throw new Error('unreachable');
    this.issued += 1;
    return { url: `http://host/media/v/1/sig${this.issued}/master.m3u8`, expiresAtMs: this.now + HOUR };
  }
}

function signed(): { server: Signatures; address: SignedAddress } {
  const server = new Signatures();
  return { server, address: new SignedAddress(server, () => server.now) };
}

describe('the signed address of a film', () => {
  // HLS-3
  it('is asked for once while it holds', async () => {
    const { server, address } = signed();
    await Promise.all([address.manifest(), address.manifest()]);
    expect(await address.signed('http://host/media/v/1/sig1/720p/4.m4s')).toBe('http://host/media/v/1/sig1/720p/4.m4s');
    expect(server.issued).toBe(1);
  });

  // HLS-3
  it('is renewed before it expires, and every later request carries the new one', async () => {
    const { server, address } = signed();
    await address.manifest();
    server.now = HOUR - 30_000;
    expect(await address.signed('http://host/media/v/1/sig1/720p/4.m4s')).toBe('http://host/media/v/1/sig2/720p/4.m4s');
    server.now = 2 * HOUR;
    expect(await address.signed('http://host/media/v/1/sig1/360p/9.m4s')).toBe('http://host/media/v/1/sig3/360p/9.m4s');
    expect(await address.signed('http://host/media/v/1/sig2/360p/9.m4s')).toBe('http://host/media/v/1/sig3/360p/9.m4s');
  });

  // HLS-3
  it('that the server refuses is renewed at once', async () => {
    const { address } = signed();
    await address.manifest();
    address.expire();
    expect(await address.signed('http://host/media/v/1/sig1/a.m4s')).toBe('http://host/media/v/1/sig2/a.m4s');
  });

  // HLS-3
  it('is used to its end while no newer one can be had', async () => {
    const { server, address } = signed();
    await address.manifest();
    server.reachable = false;
    server.now = HOUR - 10_000;
    expect(await address.signed('http://host/media/v/1/sig1/a.m4s')).toBe('http://host/media/v/1/sig1/a.m4s');
    server.now = HOUR + 1;
    await expect(address.signed('http://host/media/v/1/sig1/a.m4s')).rejects.toThrow('unreachable');
  });
});
