/**
 * Keeps the addresses of a playing film alive. They carry an expiry and a signature in one folder of their path, and
 * playlists name everything else relatively; so a newer signature takes the place of the older in every request, and the
 * player never notices that it was renewed.
 */

import type { ManifestSource } from './player';

/** Renewed this long before the end: a slow segment may take a while to be asked for. */
const MARGIN_MS = 60_000;

type Signed = { url: string; folder: string; expiresAtMs: number };

export class SignedAddress {
  readonly #source: ManifestSource;
  readonly #now: () => number;
  #current: Signed | null = null;
  #renewal: Promise<Signed> | null = null;
  readonly #former = new Set<string>();

  constructor(source: ManifestSource, now: () => number = Date.now) {
    this.#source = source;
    this.#now = now;
  }

  /** The playlist's address, good for a while. */
  async manifest(): Promise<string> {
    return (await this.#fresh()).url;
  }

  /** The same file as `url`, under a signature that still holds. */
  async signed(url: string): Promise<string> {
    const { folder } = await this.#fresh();
    for (const former of this.#former) if (url.startsWith(former)) return folder + url.slice(former.length);
    return url;
  }

  /** The server said no: whatever the clock says, the next request gets another signature. */
  expire(): void {
    if (this.#current) this.#current = { ...this.#current, expiresAtMs: 0 };
  }

  #fresh(): Promise<Signed> {
    const current = this.#current;
    if (current && this.#now() < current.expiresAtMs - MARGIN_MS) return Promise.resolve(current);
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null;
    });
    // Old addresses are good until their end: an unreachable API does not stop a film that can go on.
    return this.#renewal.catch((error: unknown) => {
      if (current && this.#now() < current.expiresAtMs) return current;
      throw error;
    });
  }

  async #renew(): Promise<Signed> {
    const { url, expiresAtMs } = await this.#source.fetch();
    const absolute = new URL(url, location.href).href;
    const next = { url: absolute, folder: folderOf(absolute), expiresAtMs };
    if (this.#current && this.#current.folder !== next.folder) this.#former.add(this.#current.folder);
    this.#former.delete(next.folder);
    this.#current = next;
    return next;
  }
}

function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1);
}
